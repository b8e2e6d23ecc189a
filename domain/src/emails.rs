//! Letters: every kind of mail there is, with the facts it tells, frozen in the verb that posts it.

use serde::{Deserialize, Serialize};

mod categories;
mod recipients;

pub use categories::{Delivery, EmailCategory, EmailPreference, EmailPreferences};
pub use recipients::{MAX_RSVP_EMAILS, RSVP_EMAILS_WINDOW};

use crate::{AnnouncementId, GroupId, Instant, Locale, MemberId, RsvpId, Slug, Zone};

/// One mail: its kind and its facts. Kept as JSON in the outbox until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Email {
    /// The link and the code that sign in.
    SignIn {
        /// Path behind the public address, with its secret.
        link: String,
        /// Eight digits.
        code: String,
        /// Until when they work.
        expires_at: Instant,
    },
    /// Somebody asked to sign in with an address that no member has, where newcomers need an invitation.
    NoAccount,
    /// The code that proves that an address is a member's.
    ProveAddress {
        /// Eight digits.
        code: String,
        /// Until when it works.
        expires_at: Instant,
    },
    /// To the address a member had before: they have another one now.
    AddressChanged,
    /// A seat is taken, or its number of guests changed.
    Confirmed {
        /// Of what.
        event: EventFacts,
        /// How many come along.
        guests: u8,
        /// SEQUENCE of the invitation.
        sequence: u32,
        /// It is a seat online for now, beside a place in line for the room (A12).
        #[serde(default)]
        in_line: bool,
        /// How many guests came along before, when the seat is not new and only their number changed.
        #[serde(default)]
        guests_before: Option<u8>,
    },
    /// On the waitlist.
    Waitlisted {
        /// Of what.
        event: EventFacts,
        /// How many would come along.
        guests: u8,
        /// How many wait in front, oneself counted: 1 is next.
        position: u32,
        /// What else there is to say.
        #[serde(default)]
        because: WaitlistReason,
        /// Whether a seat that comes free is held for them and they are asked, rather than given (A8, A9).
        #[serde(default)]
        offers: bool,
        /// The seats that are free now, when they are fewer than were asked for (A6).
        #[serde(default)]
        free: Option<FreeNow>,
    },
    /// Asked the host for a seat (A11).
    Requested {
        /// Of what.
        event: EventFacts,
        /// How many would come along.
        guests: u8,
    },
    /// The host said yes: a seat is taken.
    Approved {
        /// Of what.
        event: EventFacts,
        /// How many come along.
        guests: u8,
        /// SEQUENCE of the invitation.
        sequence: u32,
    },
    /// The host said no.
    Rejected {
        /// Of what.
        event: EventFacts,
        /// The host's words; may be empty.
        words: String,
    },
    /// To everyone who looks after an event: new requests to attend (A11).
    NewRequests {
        /// Of what, as `/events/{slug}`.
        slug: Slug,
        /// Its title.
        title: String,
        /// How many new requests there are.
        requests: u32,
        /// The names of the first of those who asked; people without a name are only counted.
        names: Vec<String>,
    },
    /// To everyone who looks after an event: requests that nobody answered for three days.
    RequestWaits {
        /// Of what, as `/events/{slug}`.
        slug: Slug,
        /// Its title.
        title: String,
        /// How many requests wait.
        requests: u32,
    },
    /// A seat is held until it is claimed (A8).
    Offer {
        /// Of what.
        event: EventFacts,
        /// How many come along.
        guests: u8,
        /// Until when.
        until: Instant,
    },
    /// Nobody claimed the seat in time: it passed on.
    OfferExpired {
        /// Of what.
        event: EventFacts,
        /// Whether a seat online stays.
        keeps_online: bool,
    },
    /// Fewer seats are free than were asked for: come with fewer? (A6)
    Fewer {
        /// Of what.
        event: EventFacts,
        /// How many would come along.
        guests: u8,
        /// How many seats are free.
        free: u32,
        /// Until when an answer counts.
        until: Instant,
    },
    /// The host moved a seat back to the top of the waitlist, because there are fewer now (A4).
    Bumped {
        /// Of what.
        event: EventFacts,
        /// How many would come along.
        guests: u8,
        /// SEQUENCE of the cancelling calendar part; none for a seat that was only held.
        sequence: Option<u32>,
    },
    /// From the waitlist to a seat.
    Promoted {
        /// Of what.
        event: EventFacts,
        /// How many come along.
        guests: u8,
        /// SEQUENCE of the invitation.
        sequence: u32,
        /// Whether the host gave it, over the capacity or the order of the line.
        #[serde(default)]
        by_host: bool,
    },
    /// The seat or the place on the waitlist is given up.
    Left {
        /// Of what.
        event: EventFacts,
        /// SEQUENCE of the cancelling calendar part; none for who only waited.
        sequence: Option<u32>,
    },
    /// Another time, place, link to join or title.
    Rescheduled {
        /// As it is now.
        event: EventFacts,
        /// As it was.
        was: EventFacts,
        /// SEQUENCE of the invitation; none for who only waits.
        sequence: Option<u32>,
    },
    /// It will not take place.
    Cancelled {
        /// What.
        event: EventFacts,
        /// Why, in the organiser's words; may be empty.
        reason: String,
        /// SEQUENCE of the cancelling calendar part; none for who only waited.
        sequence: Option<u32>,
    },
    /// It takes place after all.
    Reinstated {
        /// What.
        event: EventFacts,
        /// As it was when the recipient was last told, if that is not what it is now.
        #[serde(default)]
        was: Option<EventFacts>,
        /// SEQUENCE of the invitation; none for who only waits.
        sequence: Option<u32>,
    },
    /// Somebody asks to come into a group that the recipient looks after.
    JoinRequested {
        /// Into which.
        group: GroupFacts,
        /// What they are called.
        #[serde(alias = "who")]
        name: String,
        /// Their words; may be empty.
        words: String,
    },
    /// A group has answered.
    JoinDecided {
        /// Which.
        group: GroupFacts,
        /// Yes or no.
        accepted: bool,
        /// The organiser's words; may be empty.
        words: String,
    },
    /// The recipient is invited into a group, perhaps without being a member of the community.
    GroupInvitation {
        /// Into which.
        group: GroupFacts,
        /// What it is for; may be empty.
        purpose: String,
        /// What who invites is called.
        from: String,
        /// The link that accepts, in emails to people who are not members.
        #[serde(default)]
        link: Option<AcceptLink>,
    },
    /// The recipient is in a group no more, and what they had at its coming events is given up (A10).
    GroupLeft {
        /// Which.
        group: GroupFacts,
        /// Whether somebody else did it.
        removed: bool,
        /// What is given up, the next first.
        events: Vec<GivenUp>,
    },
    /// The seat is used soon.
    Reminder {
        /// Of what.
        event: EventFacts,
        /// How many come along.
        guests: u8,
        /// How many hours before the start it is due.
        hours: u8,
        /// Under what it is muted.
        mailing: Mailing,
    },
    /// What an organiser writes to those around an event (C10).
    Announcement {
        /// Which, as it was written; none for a trial.
        #[serde(default)]
        id: Option<AnnouncementId>,
        /// About what.
        event: EventFacts,
        /// What the organiser is called; may be empty.
        from: String,
        /// A line.
        subject: String,
        /// Paragraphs.
        words: String,
        /// Only to the organiser, to see what it will look like.
        trial: bool,
        /// Under what it is muted.
        mailing: Mailing,
    },
    /// A group has a new event.
    NewEvent {
        /// What.
        event: EventFacts,
        /// What it is about, in a line; may be empty.
        summary: String,
        /// Under what it is muted.
        mailing: Mailing,
    },
    /// One mail for all that was put off (C9).
    Digest {
        /// What was put off, oldest first, frozen when it was posted.
        items: Vec<Email>,
        /// How many more there were.
        more: u32,
        /// What comes next in the reader's groups.
        coming: Vec<EventFacts>,
        /// Under what it is muted.
        mailing: Mailing,
    },
    /// Somebody may join.
    Invitation {
        /// Who invites; may be empty.
        by: String,
        /// In their words; may be empty.
        note: String,
        /// Until when it can be used.
        until: Instant,
        /// The path of the link that accepts, with its secret.
        #[serde(default)]
        link: String,
    },
    /// Somebody asked for an invitation with this address.
    InvitationRequested {
        /// Whether the address has an account already, so that its owner needs no invitation.
        member: bool,
    },
    /// An administrator declined a request for an invitation.
    RequestDeclined {
        /// The administrator's words; may be empty.
        words: String,
    },
    /// A member may not take part for now.
    Suspended {
        /// Why, in the administrator's words.
        reason: String,
    },
    /// They may again.
    SuspensionLifted,
    /// Mail to a member came back, and they say that it works again.
    EmailConfirmed,
    /// A member asked to be deleted, and may think better of it until then (F1).
    DeletionPlanned {
        /// When it happens.
        at: Instant,
    },
    /// They are not deleted yet: nobody would look after what they look after (F1).
    DeletionWaits {
        /// The names of the groups that nobody else organises; none for the last administrator.
        groups: Vec<String>,
    },
    /// They are deleted: the last letter (F1).
    DeletionDone,
    /// A report arrived (F3).
    ReportReceived {
        /// What the reporter wrote.
        words: String,
    },
    /// To who reported: what was decided (F3).
    ReportDecided {
        /// Whether something was done.
        acted: bool,
        /// Why, in the administrator's words.
        reason: String,
        /// Whether it was the second look.
        last: bool,
    },
    /// To whose doing was reported: what was decided (F3).
    ReportedDecided {
        /// Whether something of theirs is hidden.
        hidden: bool,
        /// Whether anything was done; not, when an appeal was right.
        acted: bool,
        /// Why, in the administrator's words.
        reason: String,
        /// Whether it was the second look.
        last: bool,
    },
}

impl Email {
    /// Its name: the folder of its templates, the column in the outbox.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::NoAccount => "no_account",
            Self::ProveAddress { .. } => "prove_address",
            Self::AddressChanged => "address_changed",
            Self::Confirmed { .. } => "confirmed",
            Self::Waitlisted { .. } => "waitlisted",
            Self::Requested { .. } => "requested",
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::NewRequests { .. } => "new_requests",
            Self::RequestWaits { .. } => "request_waits",
            Self::Offer { .. } => "offer",
            Self::OfferExpired { .. } => "offer_expired",
            Self::Fewer { .. } => "fewer",
            Self::Bumped { .. } => "bumped",
            Self::Promoted { .. } => "promoted",
            Self::Left { .. } => "left",
            Self::Rescheduled { .. } => "rescheduled",
            Self::Cancelled { .. } => "cancelled",
            Self::Reinstated { .. } => "reinstated",
            Self::JoinRequested { .. } => "join_requested",
            Self::JoinDecided { .. } => "join_decided",
            Self::GroupInvitation { .. } => "group_invitation",
            Self::GroupLeft { .. } => "group_left",
            Self::Reminder { .. } => "reminder",
            Self::Announcement { .. } => "announcement",
            Self::NewEvent { .. } => "new_event",
            Self::Digest { .. } => "digest",
            Self::Invitation { .. } => "invitation",
            Self::InvitationRequested { .. } => "invitation_requested",
            Self::RequestDeclined { .. } => "request_declined",
            Self::Suspended { .. } => "suspended",
            Self::SuspensionLifted => "suspension_lifted",
            Self::EmailConfirmed => "mail_works",
            Self::DeletionPlanned { .. } => "deletion_planned",
            Self::DeletionWaits { .. } => "deletion_waits",
            Self::DeletionDone => "deletion_done",
            Self::ReportReceived { .. } => "report_received",
            Self::ReportDecided { .. } => "report_decided",
            Self::ReportedDecided { .. } => "reported_decided",
        }
    }

    /// What it is about, for who chooses what they get (C9).
    #[must_use]
    pub fn category(&self) -> EmailCategory {
        match self {
            Self::SignIn { .. } | Self::NoAccount | Self::ProveAddress { .. } | Self::AddressChanged => {
                EmailCategory::Security
            }
            Self::Confirmed { .. }
            | Self::Waitlisted { .. }
            | Self::Promoted { .. }
            | Self::Left { .. }
            | Self::Requested { .. }
            | Self::Approved { .. }
            | Self::Rejected { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::Offer { .. }
            | Self::OfferExpired { .. }
            | Self::Fewer { .. }
            | Self::Bumped { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupInvitation { .. }
            | Self::GroupLeft { .. }
            | Self::Invitation { .. }
            | Self::InvitationRequested { .. }
            | Self::RequestDeclined { .. }
            | Self::Suspended { .. }
            | Self::SuspensionLifted
            | Self::EmailConfirmed
            | Self::DeletionPlanned { .. }
            | Self::DeletionWaits { .. }
            | Self::DeletionDone
            | Self::ReportReceived { .. }
            | Self::ReportDecided { .. }
            | Self::ReportedDecided { .. } => EmailCategory::Own,
            Self::Rescheduled { .. } | Self::Cancelled { .. } | Self::Reinstated { .. } => {
                EmailCategory::Changes
            }
            Self::Reminder { .. } => EmailCategory::Reminders,
            // Whoever asked to see a trial sees it.
            Self::Announcement { trial: true, .. } => EmailCategory::Own,
            Self::Announcement { .. } => EmailCategory::Announcements,
            Self::NewEvent { .. } => EmailCategory::NewEvents,
            Self::Digest { .. } => EmailCategory::Digest,
        }
    }

    /// Under what it is muted; none for what must be told (C8).
    #[must_use]
    pub fn mailing(&self) -> Option<&Mailing> {
        match self {
            Self::Reminder { mailing, .. }
            | Self::Announcement { mailing, .. }
            | Self::NewEvent { mailing, .. }
            | Self::Digest { mailing, .. } => Some(mailing).filter(|_| self.category().is_optional()),
            Self::SignIn { .. }
            | Self::NoAccount
            | Self::ProveAddress { .. }
            | Self::AddressChanged
            | Self::Confirmed { .. }
            | Self::Waitlisted { .. }
            | Self::Promoted { .. }
            | Self::Left { .. }
            | Self::Rescheduled { .. }
            | Self::Cancelled { .. }
            | Self::Reinstated { .. }
            | Self::Requested { .. }
            | Self::Approved { .. }
            | Self::Rejected { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::Offer { .. }
            | Self::OfferExpired { .. }
            | Self::Fewer { .. }
            | Self::Bumped { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupInvitation { .. }
            | Self::GroupLeft { .. }
            | Self::Invitation { .. }
            | Self::InvitationRequested { .. }
            | Self::RequestDeclined { .. }
            | Self::Suspended { .. }
            | Self::SuspensionLifted
            | Self::EmailConfirmed
            | Self::DeletionPlanned { .. }
            | Self::DeletionWaits { .. }
            | Self::DeletionDone
            | Self::ReportReceived { .. }
            | Self::ReportDecided { .. }
            | Self::ReportedDecided { .. } => None,
        }
    }

    /// Whether it holds a link or a code that only its reader may know. Nobody else may read such an email,
    /// and its facts are erased once it has ended. An email with an expiry need not be a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Self::SignIn { .. } | Self::ProveAddress { .. } => true,
            Self::Invitation { link, .. } => !link.is_empty(),
            Self::GroupInvitation { link, .. } => link.is_some(),
            _ => false,
        }
    }

    /// After when it must not be sent any more; `None` for always.
    #[must_use]
    pub fn expires_at(&self) -> Option<Instant> {
        match self {
            Self::SignIn { expires_at, .. } | Self::ProveAddress { expires_at, .. } => Some(*expires_at),
            // Their links are secrets, which are erased from the outbox once they are sent.
            Self::Invitation { until, .. } => Some(*until),
            Self::GroupInvitation { link, .. } => link.as_ref().map(|link| link.until),
            Self::Reminder { event, .. } => Some(event.starts_at),
            Self::Offer { until, .. } | Self::Fewer { until, .. } => Some(*until),
            Self::NoAccount
            | Self::AddressChanged
            | Self::Confirmed { .. }
            | Self::Waitlisted { .. }
            | Self::Requested { .. }
            | Self::Approved { .. }
            | Self::Rejected { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::OfferExpired { .. }
            | Self::Bumped { .. }
            | Self::Promoted { .. }
            | Self::Left { .. }
            | Self::Rescheduled { .. }
            | Self::Cancelled { .. }
            | Self::Reinstated { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupLeft { .. }
            | Self::Announcement { .. }
            | Self::NewEvent { .. }
            | Self::Digest { .. }
            | Self::InvitationRequested { .. }
            | Self::RequestDeclined { .. }
            | Self::Suspended { .. }
            | Self::SuspensionLifted
            | Self::EmailConfirmed
            | Self::DeletionPlanned { .. }
            | Self::DeletionWaits { .. }
            | Self::DeletionDone
            | Self::ReportReceived { .. }
            | Self::ReportDecided { .. }
            | Self::ReportedDecided { .. } => None,
        }
    }

    /// Its calendar parts (C1, C2): one for each event that it is about, since each has a UID of its own.
    #[must_use]
    pub fn calendars(&self) -> Vec<Calendar<'_>> {
        let part = |method, event, sequence: Option<u32>| {
            sequence.map(|sequence| Calendar { method, event, sequence }).into_iter().collect()
        };
        match self {
            Self::SignIn { .. }
            | Self::NoAccount
            | Self::ProveAddress { .. }
            | Self::AddressChanged
            | Self::Waitlisted { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupInvitation { .. }
            | Self::Requested { .. }
            | Self::Rejected { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::Offer { .. }
            | Self::OfferExpired { .. }
            | Self::Fewer { .. }
            | Self::Reminder { .. }
            | Self::Announcement { .. }
            | Self::NewEvent { .. }
            | Self::Digest { .. }
            | Self::Invitation { .. }
            | Self::InvitationRequested { .. }
            | Self::RequestDeclined { .. }
            | Self::Suspended { .. }
            | Self::SuspensionLifted
            | Self::EmailConfirmed
            | Self::DeletionPlanned { .. }
            | Self::DeletionWaits { .. }
            | Self::DeletionDone
            | Self::ReportReceived { .. }
            | Self::ReportDecided { .. }
            | Self::ReportedDecided { .. } => Vec::new(),
            Self::GroupLeft { events, .. } => events
                .iter()
                .filter_map(|GivenUp { event, sequence }| {
                    Some(Calendar { method: Method::Cancel, event, sequence: (*sequence)? })
                })
                .collect(),
            Self::Confirmed { event, sequence, .. }
            | Self::Approved { event, sequence, .. }
            | Self::Promoted { event, sequence, .. } => part(Method::Request, event, Some(*sequence)),
            Self::Rescheduled { event, sequence, .. } | Self::Reinstated { event, sequence, .. } => {
                part(Method::Request, event, *sequence)
            }
            Self::Left { event, sequence }
            | Self::Bumped { event, sequence, .. }
            | Self::Cancelled { event, sequence, .. } => part(Method::Cancel, event, *sequence),
        }
    }
}

/// What else a letter about the waitlist has to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitlistReason {
    /// Nothing: all seats were taken.
    #[default]
    Full,
    /// The host accepted the request, and all seats were taken.
    Accepted,
    /// The seat online stays until the room has one.
    KeepsOnline,
}

/// Seats that are free now, too few for who waits for more. They are not held for anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeNow {
    /// How many.
    pub seats: u32,
    /// Until when the member is asked first; then the next one is.
    pub until: Instant,
}

/// What a change of an event is about, the most important first: it becomes the subject of the email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It starts or ends at another time.
    Time,
    /// It is somewhere else, or in another time zone.
    Place,
    /// It has another link to join.
    Link,
    /// It has another title.
    Title,
}

/// A calendar part: an invitation or its withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar<'a> {
    /// REQUEST or CANCEL.
    pub method: Method,
    /// Of what.
    pub event: &'a EventFacts,
    /// Rises with every calendar part for the same UID.
    pub sequence: u32,
}

/// What a calendar part does (RFC 5546).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Invites, or changes the invitation.
    Request,
    /// Withdraws it.
    Cancel,
}

/// A link that accepts an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptLink {
    /// Its path, with its secret.
    pub path: String,
    /// Until when it works.
    pub until: Instant,
}

/// What a letter tells of an event, as it was when the letter was posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFacts {
    /// The recipient's answer: the UID of the calendar entry, stable for ever. Nil in letters to who has
    /// not answered, which have no calendar part.
    pub uid: RsvpId,
    /// Its page is `/events/{slug}`.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// When it ends, UTC.
    pub ends_at: Instant,
    /// Its own zone.
    pub zone: Zone,
    /// Where, for people; empty for who comes online.
    pub place: String,
    /// Where to join; only in letters to those who come online.
    pub join_url: Option<String>,
}

impl EventFacts {
    /// What is different from what was known before.
    #[must_use]
    pub fn changed_from(&self, was: &Self) -> Changed {
        if (self.starts_at, self.ends_at) != (was.starts_at, was.ends_at) {
            Changed::Time
        } else if (&self.place, self.zone) != (&was.place, was.zone) {
            Changed::Place
        } else if self.join_url != was.join_url {
            Changed::Link
        } else {
            Changed::Title
        }
    }
}

/// Under what a letter can be muted: by whom, and for which group (C8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// Who gets it.
    pub member: MemberId,
    /// The group that it comes from, if it comes from one.
    pub group: Option<GroupFacts>,
}

/// What is given up at one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    /// At which.
    pub event: EventFacts,
    /// SEQUENCE of the cancelling calendar part; none for who only waited.
    pub sequence: Option<u32>,
}

/// What a letter tells of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// Which.
    pub id: GroupId,
    /// Its page is `/groups/{slug}`.
    pub slug: Slug,
    /// Its name.
    pub name: String,
}

/// Who gets a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// What they are called; may be empty.
    pub name: String,
    /// Where it goes.
    pub address: String,
    /// The zone of the times in it.
    pub zone: Zone,
    /// The language of its words.
    pub locale: Locale,
}
