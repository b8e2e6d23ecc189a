//! The types of the demo's data: people, groups, events and kudos.

use chrono::Duration;
use domain::{
    Instant, Role, Zone,
    events::EventForm,
    groups::{GroupForm, GroupKind},
    kudos::Reaction,
};

/// A sample person.
pub(super) struct Person {
    /// A unique key, also used to sign in as this person.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) role: Role,
    pub(super) zone: &'static str,
    pub(super) headline: &'static str,
    /// Slugs of their disciplines, at least one.
    pub(super) disciplines: &'static [&'static str],
}

/// A sample team.
pub(super) struct Team {
    pub(super) name: &'static str,
    /// The slug of the parent team. Empty for a team at the top.
    pub(super) parent: &'static str,
    pub(super) purpose: &'static str,
}

/// The detailed profile of a sample person.
pub(super) struct SampleProfile {
    /// Key of the person.
    pub(super) key: &'static str,
    /// Slug of the team.
    pub(super) team: &'static str,
    pub(super) seniority: &'static str,
    pub(super) pronouns: &'static str,
    pub(super) bio: &'static str,
    /// Each as `topic:level`, with the topic's slug.
    pub(super) topics: &'static [&'static str],
    /// Language tags, such as `de`.
    pub(super) languages: &'static [&'static str],
    pub(super) links: &'static [&'static str],
    /// Each as `part:audience`, where it differs from the default.
    pub(super) see: &'static [&'static str],
}

/// A sample group.
pub(super) struct Group {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: GroupKind,
    pub(super) purpose: &'static str,
    pub(super) description: &'static str,
    pub(super) private: bool,
    /// The name of a `domain::groups::Joining`.
    pub(super) joining: &'static str,
    pub(super) goal: &'static str,
    pub(super) out_of_scope: &'static str,
    /// One line for each discipline, with the number of people wanted.
    pub(super) wants: &'static str,
    /// Keys of the organisers.
    pub(super) organisers: &'static [&'static str],
    /// Keys of people, without the organisers.
    pub(super) members: &'static [&'static str],
}

/// Default values of a sample group.
pub(super) const DEFAULT_GROUP: Group = Group {
    slug: "",
    name: "",
    kind: GroupKind::Chapter,
    purpose: "",
    description: "",
    private: false,
    joining: "open",
    goal: "",
    out_of_scope: "",
    wants: "",
    organisers: &[],
    members: &[],
};

impl Group {
    /// The form that creates the group.
    pub(super) fn form(&self) -> GroupForm {
        GroupForm {
            name: self.name.into(),
            slug: self.slug.into(),
            kind: self.kind.name().into(),
            purpose: self.purpose.into(),
            description: self.description.into(),
            visibility: if self.private { "private".into() } else { "public".into() },
            joining: self.joining.into(),
            goal: self.goal.into(),
            out_of_scope: self.out_of_scope.into(),
            wants: self.wants.into(),
            ..GroupForm::default()
        }
    }
}

/// A sample event.
pub(super) struct SampleEvent {
    /// Key of the host.
    pub(super) host: &'static str,
    /// Slug of the group. Empty for an event without a group.
    pub(super) group: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: &'static str,
    pub(super) summary: &'static str,
    pub(super) description: &'static str,
    pub(super) place: &'static str,
    pub(super) join_url: &'static str,
    /// Days from today in the event's time zone. Negative for past events.
    pub(super) days: i64,
    pub(super) time: &'static str,
    pub(super) zone: &'static str,
    pub(super) minutes: &'static str,
    pub(super) capacity: &'static str,
    pub(super) guests_max: &'static str,
    /// The name of a `domain::events::Promotion`. Empty for the default.
    pub(super) promotion: &'static str,
    /// Number of seats online, if the event is hybrid. Empty for no limit.
    pub(super) online_capacity: &'static str,
    /// Keys of the people with an RSVP who attend online.
    pub(super) online: &'static [&'static str],
    /// Keys of the people with an RSVP, in this order, with their number of guests.
    pub(super) rsvps: &'static [(&'static str, u8)],
    /// Keys of the people who later gave up their seat or left the waitlist.
    pub(super) left: &'static [&'static str],
    /// The reason for cancelling. Empty if the event is not cancelled.
    pub(super) cancelled: &'static str,
    pub(super) draft: bool,
}

/// Default values of a sample event.
pub(super) const DEFAULT_EVENT: SampleEvent = SampleEvent {
    host: "grace",
    group: "",
    title: "",
    kind: "talk",
    summary: "",
    description: "",
    place: "",
    join_url: "",
    days: 0,
    time: "18:00",
    zone: "Europe/Stockholm",
    minutes: "90",
    capacity: "",
    guests_max: "0",
    promotion: "",
    online_capacity: "",
    online: &[],
    rsvps: &[],
    left: &[],
    cancelled: "",
    draft: false,
};

/// Sample kudos.
#[derive(Clone, Copy)]
pub(super) struct SampleKudos {
    /// Key of the giver.
    pub(super) from: &'static str,
    /// Keys of the recipients.
    pub(super) to: &'static [&'static str],
    /// Slug of the team that gets them. May be empty.
    pub(super) team: &'static str,
    /// Slugs of the values, with spaces between them.
    pub(super) values: &'static str,
    pub(super) text: &'static str,
    /// Number of days ago, at least 1.
    pub(super) days: i64,
    /// Keys of members who react, each with a reaction.
    pub(super) reactions: &'static [(&'static str, Reaction)],
}

/// Kudos without a team and without reactions, to fill in a sample.
pub(super) const KUDOS: SampleKudos =
    SampleKudos { from: "", to: &[], team: "", values: "", text: "", days: 1, reactions: &[] };

impl SampleEvent {
    /// The form that creates the event, with dates relative to `today`.
    pub(super) fn form(&self, today: Instant) -> EventForm {
        let zone: Zone = self.zone.parse().unwrap_or(Zone::UTC);
        let date = (zone.wall(today) + Duration::days(self.days)).date();
        EventForm {
            title: self.title.into(),
            kind: self.kind.into(),
            summary: self.summary.into(),
            description: self.description.into(),
            group: self.group.into(),
            place: self.place.into(),
            join_url: self.join_url.into(),
            date: date.format("%Y-%m-%d").to_string(),
            time: self.time.into(),
            zone: self.zone.into(),
            minutes: self.minutes.into(),
            capacity: self.capacity.into(),
            guests_max: self.guests_max.into(),
            promotion: self.promotion.into(),
            online_capacity: self.online_capacity.into(),
            ..EventForm::default()
        }
    }
}
