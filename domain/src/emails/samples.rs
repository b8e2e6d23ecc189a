//! The data of sample emails, ordinary and hostile, for the gallery and the tests.

use chrono::Duration;
use uuid::Uuid;

use super::{EventFacts, GroupFacts, Mailing, MeetingFacts, ProposalFacts};
use crate::{GroupId, Instant, KudosId, MeetingId, MemberId, MentorshipId, ProposalId, RsvpId, Slug, Zone};

/// Text that tries to break out of headers, calendars, templates and pages.
const HOSTILE: &str = "<script>alert(1)</script>\"'&\r\nBcc: victim@evil.example\nATTENDEE:mailto:x@evil.example\r\
    END:VEVENT {{ 7*7 }} {% include %} { $title } \u{202E}txt.exe\u{2028}www.evil.example";

const GROUP: GroupId = GroupId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0004));
const MEMBER: MemberId = MemberId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0003));
const RSVP: u128 = 0x0193_5a00_0000_7000_8000_0000_0000_0002;

/// Makes the data of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Whether everything that people type tries to do harm.
    pub hostile: bool,
}

impl Sample {
    /// The time at which the samples are posted.
    #[must_use]
    pub fn now() -> Instant {
        Self::at("2026-11-20T09:00:00Z")
    }

    /// A time that is written as RFC 3339.
    pub(super) fn at(text: &str) -> Instant {
        text.parse().unwrap_or_default()
    }

    /// What somebody typed.
    #[must_use]
    pub fn text(&self, ordinary: &str) -> String {
        if self.hostile { HOSTILE } else { ordinary }.to_owned()
    }

    fn long_text(&self, ordinary: &str) -> String {
        if self.hostile { format!("{HOSTILE} {}", "very long ".repeat(20)) } else { ordinary.to_owned() }
    }

    /// The reason of a decision.
    pub(super) fn reason(&self) -> String {
        self.text("The words were about a person, not about their work.\nWe do not do that here.")
    }

    /// The message of somebody who wants to join a group.
    pub(super) fn join_message(&self) -> String {
        self.text("I keep our lock files.\nMondays suit me.")
    }

    /// An event in a room and online, for a recipient with a seat online.
    #[must_use]
    pub fn event(&self) -> EventFacts {
        let starts_at = Self::at("2026-11-24T18:00:00Z");
        let join = if self.hostile {
            "https://meet.example.org/\r\nATTENDEE:mailto:x@evil.example"
        } else {
            "https://meet.example.org/threats"
        };
        EventFacts {
            uid: RsvpId(Uuid::from_u128(RSVP)),
            slug: Slug::of_title("Threat modelling night", "event"),
            cover: "talk-7".to_owned(),
            title: self.long_text("Threat modelling night: a café of attacks"),
            starts_at,
            ends_at: starts_at + Duration::hours(2),
            zone: "Europe/London".parse().unwrap_or(Zone::UTC),
            place: self.long_text("Room 4, 12 Foundry Lane, London"),
            join_url: Some(join.to_owned()),
        }
    }

    /// The event for a recipient without a seat online.
    pub(super) fn waiting(&self) -> EventFacts {
        EventFacts { join_url: None, ..self.event() }
    }

    /// The event for a recipient without an RSVP.
    pub(super) fn visited(&self) -> EventFacts {
        EventFacts { uid: RsvpId(Uuid::nil()), ..self.waiting() }
    }

    /// The event before it was rescheduled.
    pub(super) fn earlier(&self) -> EventFacts {
        EventFacts {
            starts_at: Self::at("2026-11-23T23:30:00Z"),
            ends_at: Self::at("2026-11-24T01:00:00Z"),
            place: "Room 2".to_owned(),
            ..self.event()
        }
    }

    /// The date four weeks after an event, in the same series.
    pub(super) fn next_date(event: &EventFacts) -> EventFacts {
        EventFacts {
            starts_at: event.starts_at + Duration::days(28),
            ends_at: event.ends_at + Duration::days(28),
            uid: Self::other_rsvp(),
            ..event.clone()
        }
    }

    /// The recipient's RSVP for another event.
    pub(super) fn other_rsvp() -> RsvpId {
        RsvpId(Uuid::from_u128(RSVP + 1))
    }

    /// A group.
    pub(super) fn group(&self, name: &str) -> GroupFacts {
        GroupFacts { id: GROUP, slug: Slug::of_title(name, "group"), name: self.text(name) }
    }

    /// A proposal with this partner.
    pub(super) fn proposal(&self, partner: &str) -> ProposalFacts {
        ProposalFacts {
            proposal: ProposalId(Uuid::from_u128(RSVP + 2)),
            programme: self.programme(),
            partner: self.long_text(partner),
            until: Self::now() + Duration::days(7),
        }
    }

    /// The id of a mentorship.
    pub(super) fn mentorship() -> MentorshipId {
        MentorshipId(Uuid::from_u128(RSVP + 4))
    }

    /// A meeting of a mentorship.
    #[must_use]
    pub fn meeting(&self) -> MeetingFacts {
        let starts_at = Self::at("2026-11-25T17:00:00Z");
        MeetingFacts {
            uid: MeetingId(Uuid::from_u128(RSVP + 3)),
            mentorship: Self::mentorship(),
            partner: self.long_text("Grace Lindqvist"),
            starts_at,
            ends_at: starts_at + Duration::minutes(60),
            place: self.text("https://meet.example.org/grace"),
        }
    }

    /// The topics that a pair shares.
    pub(super) fn topics(&self) -> Vec<String> {
        vec![self.text("Threat modelling"), "Supply chain security".to_owned()]
    }

    /// The name of a mentoring programme.
    pub(super) fn programme(&self) -> String {
        self.long_text("Security mentoring")
    }

    /// The unsubscribe link of an email that comes from no group.
    pub(super) fn mailing(&self) -> Mailing {
        Mailing { member: MEMBER, group: None }
    }

    /// The unsubscribe link of an email from a group.
    pub(super) fn group_mailing(&self) -> Mailing {
        Mailing { member: MEMBER, group: Some(self.group("Design guild")) }
    }

    /// The id of kudos.
    pub(super) fn kudos() -> KudosId {
        KudosId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0005))
    }

    /// The text of kudos.
    pub(super) fn kudos_text(&self) -> String {
        self.text("You read my runbook aloud, and then we mended it.\nThe night shift slept.")
    }

    /// The path of a link that accepts an invitation.
    pub(super) fn accept_path() -> String {
        "invitations/q5w8zKcX0yqYkq7m3Zr4Ow".to_owned()
    }
}
