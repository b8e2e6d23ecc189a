//! The shapes that the demo's data are written in: people, groups, events, thanks.

use chrono::Duration;
use domain::{
    Instant, Role, Zone,
    events::EventForm,
    groups::{GroupForm, GroupKind},
};

/// One of the demo's people.
pub(super) struct Person {
    /// What they sign in as; unique.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) role: Role,
    pub(super) zone: &'static str,
    pub(super) headline: &'static str,
    /// Slugs of disciplines.
    pub(super) disciplines: &'static [&'static str],
}

/// One of the demo's teams.
pub(super) struct Team {
    pub(super) name: &'static str,
    /// The slug of the team above, which follows its name; or empty.
    pub(super) parent: &'static str,
    pub(super) purpose: &'static str,
}

/// What one of the demo's people says of themself beyond a line.
pub(super) struct Said {
    /// A person's key.
    pub(super) key: &'static str,
    /// A team's slug.
    pub(super) team: &'static str,
    pub(super) seniority: &'static str,
    pub(super) pronouns: &'static str,
    pub(super) bio: &'static str,
    /// `topic:level`.
    pub(super) topics: &'static [&'static str],
    /// Tags.
    pub(super) languages: &'static [&'static str],
    pub(super) links: &'static [&'static str],
    /// `part:audience`, where it is not the usual.
    pub(super) see: &'static [&'static str],
}

/// One of the demo's groups.
pub(super) struct Group {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: GroupKind,
    pub(super) purpose: &'static str,
    pub(super) description: &'static str,
    pub(super) private: bool,
    /// A name of a way in.
    pub(super) joining: &'static str,
    pub(super) goal: &'static str,
    pub(super) out_of_scope: &'static str,
    /// A line for each discipline, with how many.
    pub(super) wants: &'static str,
    /// Keys of people.
    pub(super) organisers: &'static [&'static str],
    /// Keys of people; organisers are not listed again.
    pub(super) members: &'static [&'static str],
}

/// What most groups have in common.
pub(super) const GATHERED: Group = Group {
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
    /// The form that its founder would have filled.
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

/// One of the demo's events.
pub(super) struct Sample {
    /// A person's key.
    pub(super) host: &'static str,
    /// A group's slug, or empty.
    pub(super) group: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: &'static str,
    pub(super) summary: &'static str,
    pub(super) description: &'static str,
    pub(super) place: &'static str,
    pub(super) join_url: &'static str,
    /// Days from today, in the event's zone; negative is past.
    pub(super) days: i64,
    pub(super) time: &'static str,
    pub(super) zone: &'static str,
    pub(super) minutes: &'static str,
    pub(super) capacity: &'static str,
    pub(super) guests_most: &'static str,
    /// A name of how free seats get to who waits; empty for the usual.
    pub(super) promotion: &'static str,
    /// Seats online beside the room; empty for no limit.
    pub(super) online_capacity: &'static str,
    /// Who of those who answer comes online.
    pub(super) online: &'static [&'static str],
    /// Who answers, in this order, with how many guests.
    pub(super) answers: &'static [(&'static str, u8)],
    /// Who gave their seat or place back afterwards.
    pub(super) left: &'static [&'static str],
    /// The reason, when it is cancelled.
    pub(super) cancelled: &'static str,
    pub(super) draft: bool,
}

/// What most events have in common.
pub(super) const PLAIN: Sample = Sample {
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
    guests_most: "0",
    promotion: "",
    online_capacity: "",
    online: &[],
    answers: &[],
    left: &[],
    cancelled: "",
    draft: false,
};

/// One of the demo's thanks.
pub(super) struct Thank {
    /// A person's key.
    pub(super) from: &'static str,
    /// A person's key.
    pub(super) to: &'static str,
    /// A value's slug.
    pub(super) value: &'static str,
    pub(super) text: &'static str,
    /// How many days ago; positive.
    pub(super) days: i64,
}

impl Sample {
    /// The form that its host would have filled, relative to today.
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
            guests_most: self.guests_most.into(),
            promotion: self.promotion.into(),
            online_capacity: self.online_capacity.into(),
            ..EventForm::default()
        }
    }
}
