//! Letters: every kind of mail there is, with the facts it tells, frozen in the verb that posts it.

use serde::{Deserialize, Serialize};

mod topics;

pub use topics::{Delivery, Topic, Wish, Wishes};

use crate::{GroupId, Instant, Locale, MemberId, RsvpId, Slug, Zone};

/// One mail: its kind and its facts. Kept as JSON in the outbox until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
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
    /// A seat is taken, or its number of guests changed.
    Confirmed {
        /// Of what.
        event: EventFacts,
        /// How many come along.
        guests: u8,
        /// SEQUENCE of the invitation.
        sequence: u32,
    },
    /// On the waitlist.
    Waitlisted {
        /// Of what.
        event: EventFacts,
        /// How many would come along.
        guests: u8,
        /// How many wait in front, oneself counted: 1 is next.
        position: u32,
    },
    /// From the waitlist to a seat.
    Promoted {
        /// Of what.
        event: EventFacts,
        /// How many come along.
        guests: u8,
        /// SEQUENCE of the invitation.
        sequence: u32,
    },
    /// The seat or the place on the waitlist is given up.
    Left {
        /// Of what.
        event: EventFacts,
        /// SEQUENCE of the cancelling calendar part; none for who only waited.
        sequence: Option<u32>,
    },
    /// Another time or place.
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
        /// SEQUENCE of the invitation; none for who only waits.
        sequence: Option<u32>,
    },
    /// Somebody asks to come into a group that the recipient looks after.
    JoinRequested {
        /// Into which.
        group: GroupFacts,
        /// What they are called.
        who: String,
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
        items: Vec<Letter>,
        /// How many more there were.
        more: u32,
        /// What comes next in the reader's groups.
        coming: Vec<EventFacts>,
        /// Under what it is muted.
        mailing: Mailing,
    },
}

impl Letter {
    /// Its name: the folder of its templates, the column in the outbox.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::NoAccount => "no_account",
            Self::Confirmed { .. } => "confirmed",
            Self::Waitlisted { .. } => "waitlisted",
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
        }
    }

    /// What it is about, for who chooses what they get (C9).
    #[must_use]
    pub fn topic(&self) -> Topic {
        match self {
            Self::SignIn { .. } | Self::NoAccount => Topic::Security,
            Self::Confirmed { .. }
            | Self::Waitlisted { .. }
            | Self::Promoted { .. }
            | Self::Left { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupInvitation { .. }
            | Self::GroupLeft { .. } => Topic::Own,
            Self::Rescheduled { .. } | Self::Cancelled { .. } | Self::Reinstated { .. } => Topic::Changes,
            Self::Reminder { .. } => Topic::Reminders,
            // Whoever asked to see a trial sees it.
            Self::Announcement { trial: true, .. } => Topic::Own,
            Self::Announcement { .. } => Topic::Announcements,
            Self::NewEvent { .. } => Topic::NewEvents,
            Self::Digest { .. } => Topic::Digest,
        }
    }

    /// Under what it is muted; none for what must be told (C8).
    #[must_use]
    pub fn mailing(&self) -> Option<&Mailing> {
        match self {
            Self::Reminder { mailing, .. }
            | Self::Announcement { mailing, .. }
            | Self::NewEvent { mailing, .. }
            | Self::Digest { mailing, .. } => Some(mailing).filter(|_| self.topic().is_optional()),
            Self::SignIn { .. }
            | Self::NoAccount
            | Self::Confirmed { .. }
            | Self::Waitlisted { .. }
            | Self::Promoted { .. }
            | Self::Left { .. }
            | Self::Rescheduled { .. }
            | Self::Cancelled { .. }
            | Self::Reinstated { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupInvitation { .. }
            | Self::GroupLeft { .. } => None,
        }
    }

    /// After when it must not be sent any more; `None` for always.
    #[must_use]
    pub fn expires_at(&self) -> Option<Instant> {
        match self {
            Self::SignIn { expires_at, .. } => Some(*expires_at),
            Self::Reminder { event, .. } => Some(event.starts_at),
            Self::NoAccount
            | Self::Confirmed { .. }
            | Self::Waitlisted { .. }
            | Self::Promoted { .. }
            | Self::Left { .. }
            | Self::Rescheduled { .. }
            | Self::Cancelled { .. }
            | Self::Reinstated { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupInvitation { .. }
            | Self::GroupLeft { .. }
            | Self::Announcement { .. }
            | Self::NewEvent { .. }
            | Self::Digest { .. } => None,
        }
    }

    /// Its calendar part, if it has one (C1, C2).
    #[must_use]
    pub fn calendar(&self) -> Option<Calendar<'_>> {
        let part = |method, event, sequence| Some(Calendar { method, event, sequence });
        match self {
            Self::SignIn { .. }
            | Self::NoAccount
            | Self::Waitlisted { .. }
            | Self::JoinRequested { .. }
            | Self::JoinDecided { .. }
            | Self::GroupInvitation { .. }
            | Self::Reminder { .. }
            | Self::Announcement { .. }
            | Self::NewEvent { .. }
            | Self::Digest { .. } => None,
            // A calendar part is about one event (RFC 5546): with more of them, the words say so.
            Self::GroupLeft { events, .. } => match events.as_slice() {
                [GivenUp { event, sequence }] => part(Method::Cancel, event, (*sequence)?),
                _ => None,
            },
            Self::Confirmed { event, sequence, .. } | Self::Promoted { event, sequence, .. } => {
                part(Method::Request, event, *sequence)
            }
            Self::Rescheduled { event, sequence, .. } | Self::Reinstated { event, sequence } => {
                part(Method::Request, event, (*sequence)?)
            }
            Self::Left { event, sequence } | Self::Cancelled { event, sequence, .. } => {
                part(Method::Cancel, event, (*sequence)?)
            }
        }
    }
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
    /// Where, for people; may be empty.
    pub place: String,
    /// Where to join; only in letters to those who have a seat.
    pub join_url: Option<String>,
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
