//! Every kind of email that Guildhall sends. An email holds copies of its facts as they were when it was
//! queued, so later changes do not alter it.

use serde::{Deserialize, Serialize};

mod categories;
mod recipients;

pub use categories::{Delivery, EmailCategory, EmailPreference, EmailPreferences};
pub use recipients::{MAX_RSVP_EMAILS, RSVP_EMAILS_WINDOW};

use crate::{AnnouncementId, GroupId, Instant, Locale, MemberId, RsvpId, Slug, Zone};

/// One email: its kind and its facts. Stored as JSON in the outbox until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Email {
    /// The link and the code for signing in.
    SignIn {
        /// Path and secret, relative to the public address.
        link: String,
        /// The code, eight digits.
        code: String,
        /// When both expire.
        expires_at: Instant,
    },
    /// For an address without an account that was used to sign in while new people need an invitation.
    NoAccount,
    /// The code that proves that an address belongs to the member.
    ProveAddress {
        /// The code, eight digits.
        code: String,
        /// When the code expires.
        expires_at: Instant,
    },
    /// To a member's previous address: their account now uses another one.
    AddressChanged,
    /// The member has a seat, or the number of their guests changed.
    Confirmed {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
        /// SEQUENCE of the calendar invitation.
        sequence: u32,
        /// Whether the seat is online while the member waits for one in the room (A12).
        #[serde(default)]
        in_line: bool,
        /// The previous number of guests, when the member had the seat before and only this number changed.
        #[serde(default)]
        guests_before: Option<u8>,
    },
    /// The member is on the waitlist.
    Waitlisted {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
        /// Position on the waitlist; 1 is next.
        position: u32,
        /// Why there is no seat for them.
        #[serde(default)]
        because: WaitlistReason,
        /// Whether a free seat is offered and held, rather than given at once (A8, A9).
        #[serde(default)]
        offers: bool,
        /// The seats that are free now, when they are fewer than requested (A6).
        #[serde(default)]
        free: Option<FreeNow>,
    },
    /// The member has requested a seat, and the host will decide (A11).
    Requested {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
    },
    /// The host approved the request, and the member has a seat.
    Approved {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
        /// SEQUENCE of the calendar invitation.
        sequence: u32,
    },
    /// The host declined the request.
    #[serde(alias = "rejected")]
    SeatDeclined {
        /// The event that it is about.
        event: EventFacts,
        /// The host's message; may be empty.
        words: String,
    },
    /// To everyone who can edit an event: there are new requests to attend (A11).
    NewRequests {
        /// Slug of the event.
        slug: Slug,
        /// Title of the event.
        title: String,
        /// Number of new requests.
        requests: u32,
        /// Names of the first people who requested a seat. People without a name are only counted.
        names: Vec<String>,
    },
    /// To everyone who can edit an event: requests have been open for three days.
    RequestWaits {
        /// Slug of the event.
        slug: Slug,
        /// Title of the event.
        title: String,
        /// Number of open requests.
        requests: u32,
    },
    /// A seat is held for the member until they accept it (A8).
    Offer {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
        /// When the offer expires.
        until: Instant,
    },
    /// The member did not accept the offered seat in time, and it went to the next person.
    OfferExpired {
        /// The event that it is about.
        event: EventFacts,
        /// Whether the member keeps a seat online.
        keeps_online: bool,
    },
    /// Fewer seats are free than requested: would the member come with fewer guests? (A6)
    #[serde(alias = "fewer")]
    FewerOffered {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests that the member asked for.
        guests: u8,
        /// Number of free seats, including the member's own.
        free: u32,
        /// When the question expires.
        until: Instant,
    },
    /// The host reduced the seats, and the member moved back to the top of the waitlist (A4).
    #[serde(alias = "bumped")]
    MovedBack {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
        /// SEQUENCE of the calendar cancellation; `None` when the seat was only offered.
        sequence: Option<u32>,
    },
    /// The member got a seat from the waitlist.
    Promoted {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
        /// SEQUENCE of the calendar invitation.
        sequence: u32,
        /// Whether the host gave the seat, beyond the capacity or out of the waitlist's order.
        #[serde(default)]
        by_host: bool,
    },
    /// The member gave up their seat or left the waitlist.
    Left {
        /// The event that it is about.
        event: EventFacts,
        /// SEQUENCE of the calendar cancellation; `None` when they had no seat.
        sequence: Option<u32>,
    },
    /// The event has a new time, place, link to join or title.
    Rescheduled {
        /// The event as it is now.
        event: EventFacts,
        /// The event as the recipient knew it.
        was: EventFacts,
        /// SEQUENCE of the calendar invitation; `None` for people on the waitlist.
        sequence: Option<u32>,
    },
    /// The event is cancelled.
    Cancelled {
        /// The event that it is about.
        event: EventFacts,
        /// The organiser's reason; may be empty.
        reason: String,
        /// SEQUENCE of the calendar cancellation; `None` for people without a seat.
        sequence: Option<u32>,
    },
    /// A cancelled event is reinstated.
    Reinstated {
        /// The event that it is about.
        event: EventFacts,
        /// The event as the recipient knew it, if it has changed since.
        #[serde(default)]
        was: Option<EventFacts>,
        /// SEQUENCE of the calendar invitation; `None` for people without a seat.
        sequence: Option<u32>,
    },
    /// To the organisers of a group: somebody requests to join it.
    JoinRequested {
        /// The group that it is about.
        group: GroupFacts,
        /// Name of the person who requests to join.
        #[serde(alias = "who")]
        name: String,
        /// The person's message; may be empty.
        words: String,
    },
    /// The group approved or declined a request to join.
    JoinDecided {
        /// The group that it is about.
        group: GroupFacts,
        /// Whether the request was approved.
        accepted: bool,
        /// The organiser's message; may be empty.
        words: String,
    },
    /// An invitation to a group. The recipient need not be a member of the community.
    GroupInvitation {
        /// The group that it is about.
        group: GroupFacts,
        /// The group's purpose; may be empty.
        purpose: String,
        /// Name of the member who sent the invitation.
        from: String,
        /// The link that accepts it, only for people without an account. Members answer on their own pages.
        #[serde(default)]
        link: Option<AcceptLink>,
    },
    /// The recipient is no longer in a group, and gave up their RSVPs for its upcoming events (A10).
    GroupLeft {
        /// The group that it is about.
        group: GroupFacts,
        /// Whether an organiser removed them.
        removed: bool,
        /// The RSVPs that were given up, in the order of the events.
        events: Vec<GivenUp>,
    },
    /// A reminder of an event that starts soon.
    Reminder {
        /// The event that it is about.
        event: EventFacts,
        /// Number of guests the member brings.
        guests: u8,
        /// How many hours before the start the reminder is sent.
        hours: u8,
        /// The member and group for the unsubscribe link.
        mailing: Mailing,
    },
    /// A message from an organiser to people of an event (C10).
    Announcement {
        /// The announcement; `None` for a test email.
        #[serde(default)]
        id: Option<AnnouncementId>,
        /// The event that it is about.
        event: EventFacts,
        /// Name of the organiser; may be empty.
        from: String,
        /// Subject, a single line.
        subject: String,
        /// The message, paragraphs of plain text.
        words: String,
        /// Whether it is a test that only the organiser gets.
        trial: bool,
        /// The member and group for the unsubscribe link.
        mailing: Mailing,
    },
    /// A group has published a new event.
    NewEvent {
        /// The event that it is about.
        event: EventFacts,
        /// Summary in one line; may be empty.
        summary: String,
        /// The member and group for the unsubscribe link.
        mailing: Mailing,
    },
    /// One email with everything that was collected for it (C9).
    Digest {
        /// The collected emails, oldest first, as they were when each was queued.
        items: Vec<Email>,
        /// How many more emails were left out.
        more: u32,
        /// Upcoming events of the reader's groups.
        coming: Vec<EventFacts>,
        /// The member and group for the unsubscribe link.
        mailing: Mailing,
    },
    /// An invitation to the community.
    Invitation {
        /// Name of the member who sent it; may be empty.
        by: String,
        /// Their message; may be empty.
        note: String,
        /// When the invitation expires.
        until: Instant,
        /// Path and secret of the link that accepts the invitation.
        #[serde(default)]
        link: String,
    },
    /// Somebody requested an invitation with this address.
    InvitationRequested {
        /// Whether the address has an account already, so that its owner needs no invitation.
        member: bool,
    },
    /// An administrator declined a request for an invitation.
    RequestDeclined {
        /// The administrator's message; may be empty.
        words: String,
    },
    /// The member is suspended.
    Suspended {
        /// The reason that the administrator gave.
        reason: String,
    },
    /// The member is no longer suspended.
    SuspensionLifted,
    /// Emails to a member bounced, and they confirmed that their address works again.
    #[serde(alias = "mail_works")]
    EmailConfirmed,
    /// The account will be deleted at a set time, and the member can cancel that until then (F1).
    DeletionPlanned {
        /// When the account is deleted.
        at: Instant,
    },
    /// The account could not be deleted, because groups or the community would be left without anybody to
    /// run them (F1).
    DeletionWaits {
        /// Names of the groups without another organiser; empty for the last administrator.
        groups: Vec<String>,
    },
    /// The account is deleted. This is the last email to its owner (F1).
    DeletionDone,
    /// To the reporter: their report has arrived (F3).
    ReportReceived {
        /// What the reporter wrote.
        words: String,
    },
    /// To the reporter: the report was decided (F3).
    ReportDecided {
        /// Whether action was taken.
        acted: bool,
        /// The reason that the administrator gave.
        reason: String,
        /// Whether this is the decision on an appeal, which is final.
        last: bool,
    },
    /// To the member whose content was reported: the decision (F3).
    ReportedDecided {
        /// Whether some of their content is hidden.
        hidden: bool,
        /// Whether action was taken; `false` after a successful appeal.
        acted: bool,
        /// The reason that the administrator gave.
        reason: String,
        /// Whether this is the decision on an appeal, which is final.
        last: bool,
    },
}

impl Email {
    /// The name of the kind: the folder of its templates and a column of the outbox.
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
            Self::SeatDeclined { .. } => "seat_declined",
            Self::NewRequests { .. } => "new_requests",
            Self::RequestWaits { .. } => "request_waits",
            Self::Offer { .. } => "offer",
            Self::OfferExpired { .. } => "offer_expired",
            Self::FewerOffered { .. } => "fewer_offered",
            Self::MovedBack { .. } => "moved_back",
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
            Self::EmailConfirmed => "email_confirmed",
            Self::DeletionPlanned { .. } => "deletion_planned",
            Self::DeletionWaits { .. } => "deletion_waits",
            Self::DeletionDone => "deletion_done",
            Self::ReportReceived { .. } => "report_received",
            Self::ReportDecided { .. } => "report_decided",
            Self::ReportedDecided { .. } => "reported_decided",
        }
    }

    /// The category under which its recipient chooses how to get it (C9).
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
            | Self::SeatDeclined { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::Offer { .. }
            | Self::OfferExpired { .. }
            | Self::FewerOffered { .. }
            | Self::MovedBack { .. }
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
            // A test email goes to the organiser who asked for it, so it is not optional.
            Self::Announcement { trial: true, .. } => EmailCategory::Own,
            Self::Announcement { .. } => EmailCategory::Announcements,
            Self::NewEvent { .. } => EmailCategory::NewEvents,
            Self::Digest { .. } => EmailCategory::Digest,
        }
    }

    /// The member and group for its unsubscribe link; `None` for emails that members can't turn off (C8).
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
            | Self::SeatDeclined { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::Offer { .. }
            | Self::OfferExpired { .. }
            | Self::FewerOffered { .. }
            | Self::MovedBack { .. }
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

    /// Whether it holds a link or a code that only its recipient may know. Nobody else may read such an
    /// email, and its facts are erased once it has ended. An email that expires need not be secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Self::SignIn { .. } | Self::ProveAddress { .. } => true,
            Self::Invitation { link, .. } => !link.is_empty(),
            Self::GroupInvitation { link, .. } => link.is_some(),
            _ => false,
        }
    }

    /// The time after which it must not be sent; `None` if it never expires.
    #[must_use]
    pub fn expires_at(&self) -> Option<Instant> {
        match self {
            Self::SignIn { expires_at, .. } | Self::ProveAddress { expires_at, .. } => Some(*expires_at),
            // The links are secrets, which are erased from the outbox once they are sent.
            Self::Invitation { until, .. } => Some(*until),
            Self::GroupInvitation { link, .. } => link.as_ref().map(|link| link.until),
            Self::Reminder { event, .. } => Some(event.starts_at),
            Self::Offer { until, .. } | Self::FewerOffered { until, .. } => Some(*until),
            Self::NoAccount
            | Self::AddressChanged
            | Self::Confirmed { .. }
            | Self::Waitlisted { .. }
            | Self::Requested { .. }
            | Self::Approved { .. }
            | Self::SeatDeclined { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::OfferExpired { .. }
            | Self::MovedBack { .. }
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

    /// Its calendar parts (C1, C2): one for each event, because each event has its own UID.
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
            | Self::SeatDeclined { .. }
            | Self::NewRequests { .. }
            | Self::RequestWaits { .. }
            | Self::Offer { .. }
            | Self::OfferExpired { .. }
            | Self::FewerOffered { .. }
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
            | Self::MovedBack { event, sequence, .. }
            | Self::Cancelled { event, sequence, .. } => part(Method::Cancel, event, *sequence),
        }
    }
}

/// Why somebody is on the waitlist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitlistReason {
    /// All seats were taken.
    #[default]
    Full,
    /// The host approved the request, and all seats were taken.
    Accepted,
    /// The member keeps a seat online until the room has one.
    KeepsOnline,
}

/// Free seats that are too few for a waiting party. They are not held for anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeNow {
    /// Number of free seats.
    pub seats: u32,
    /// Until when this party is asked first. The next one is asked after that.
    pub until: Instant,
}

/// What changed about an event. The most important change comes first and becomes the email's subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It starts or ends at another time.
    Time,
    /// It is at another place or in another time zone.
    Place,
    /// It has another link to join.
    Link,
    /// It has another title.
    Title,
}

/// A calendar part of an email: an invitation or its cancellation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar<'a> {
    /// Whether it invites or cancels.
    pub method: Method,
    /// The event that it is about.
    pub event: &'a EventFacts,
    /// Rises with every calendar part for the same UID.
    pub sequence: u32,
}

/// The method of a calendar part (RFC 5546).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// REQUEST: invites, or updates an invitation.
    Request,
    /// CANCEL: withdraws an invitation.
    Cancel,
}

/// A link that accepts an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptLink {
    /// Its path with the secret.
    pub path: String,
    /// When the link expires.
    pub until: Instant,
}

/// An event as an email describes it: a copy of its facts from when the email was queued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFacts {
    /// The recipient's RSVP, which is the UID of the calendar entry and never changes. Nil in emails to
    /// people without an RSVP, which have no calendar part.
    pub uid: RsvpId,
    /// Its page is `/events/{slug}`.
    pub slug: Slug,
    /// Title of the event.
    pub title: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// When it ends, UTC.
    pub ends_at: Instant,
    /// The event's time zone.
    pub zone: Zone,
    /// The place; empty for people who attend online.
    pub place: String,
    /// The link to join, only for people who attend online.
    pub join_url: Option<String>,
}

impl EventFacts {
    /// What differs from the facts that the recipient knew.
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

/// The member whose emails an unsubscribe link turns off, and the group that they are from (C8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// The member who gets the email.
    pub member: MemberId,
    /// The group that the email is from, if there is one.
    pub group: Option<GroupFacts>,
}

/// An RSVP that was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    /// The event that it is about.
    pub event: EventFacts,
    /// SEQUENCE of the calendar cancellation; `None` when the member had no seat.
    pub sequence: Option<u32>,
}

/// A group as an email describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// Id of the group.
    pub id: GroupId,
    /// Its page is `/groups/{slug}`.
    pub slug: Slug,
    /// Name of the group.
    pub name: String,
}

/// The recipient of an email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Their name; may be empty.
    pub name: String,
    /// The address that it is sent to.
    pub address: String,
    /// The time zone for the times in the email.
    pub zone: Zone,
    /// The language of the email.
    pub locale: Locale,
}
