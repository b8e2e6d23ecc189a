//! The facts that emails copy from events, groups and members.

use serde::{Deserialize, Serialize};

use crate::{CommentId, GroupId, Instant, KudosId, Locale, MemberId, ProposalId, RsvpId, Slug, Zone};

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
    /// The name of its generated cover, for example `talk-7`.
    pub cover: String,
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
    /// The recipient's RSVP; `None` for people without one.
    #[must_use]
    pub fn rsvp(&self) -> Option<RsvpId> {
        Some(self.uid).filter(|uid| !uid.0.is_nil())
    }

    /// The path of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("events/{}", self.slug)
    }

    /// The path of its cover for emails, which mail programs load without signing in. Where visitors see the event, it is
    /// the picture that hosts uploaded, otherwise a generated one.
    #[must_use]
    pub fn cover_path(&self) -> String {
        format!("covers/{}/{}.jpg", self.cover, self.slug)
    }

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

/// An event that an email says the old and the new time of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The event as it is now.
    pub event: EventFacts,
    /// The event as the recipient knew it.
    pub was: EventFacts,
    /// SEQUENCE of the calendar invitation. `None` for people on the waitlist.
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

impl GroupFacts {
    /// The path of its page, or with `part` the path of a page below it.
    #[must_use]
    pub fn path(&self, part: &str) -> String {
        format!("groups/{}{part}", self.slug)
    }
}

/// A proposed pair as an email describes it to one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalFacts {
    /// Id of the proposal.
    pub proposal: ProposalId,
    /// Name of the programme.
    pub programme: String,
    /// Name of the other one.
    pub partner: String,
    /// When the proposal expires.
    pub until: Instant,
}

impl ProposalFacts {
    /// The path of the proposal's page.
    #[must_use]
    pub fn path(&self) -> String {
        proposal_path(self.proposal)
    }
}

/// The path of a proposal's page.
pub(super) fn proposal_path(proposal: ProposalId) -> String {
    format!("mentoring/proposals/{proposal}")
}

/// Why a proposal has ended. It never says who declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBecause {
    /// Somebody declined, or one of them can't take part any more.
    NotWanted,
    /// It was not answered in time.
    Expired,
    /// The mentor's last place was taken, or the mentee has a mentor already.
    Full,
    /// The round was matched again, and another pair lets one more mentee have a mentor.
    Rematched,
    /// A coordinator finished or cancelled the round.
    RoundOver,
}

/// Kudos as an email describes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KudosFacts {
    /// The kudos.
    pub kudos: KudosId,
    /// The giver's name, if the reader of the email may see it.
    pub from: Option<String>,
    /// The names of the recipients and of the team, as far as the reader may see them.
    pub to: Vec<ThankedFacts>,
    /// Number of recipients without a name.
    pub others: u32,
    /// The giver's text.
    pub text: String,
}

/// The text of a member that an email contains. When it is erased, so is the email.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quote {
    /// The text of kudos.
    Kudos(KudosId),
    /// The text of a comment.
    Comment(CommentId),
    /// A message that this member wrote to another one.
    Member(MemberId),
}

/// The name of somebody who got kudos. A field of its own, so that an erased member's name is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThankedFacts {
    /// The name of a person or a team.
    pub who: String,
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
