//! The times of everything that happens in the demo. Nobody acts before they joined, and nothing is in the
//! future.

use chrono::Duration;
use domain::Instant;

use super::{
    groups::GROUPS,
    kudos_given::KUDOS,
    people::PEOPLE,
    sample_events,
    shape::{Group, SampleEvent, SampleKudos},
};

/// Days between the announcement of an event and its start.
const ANNOUNCED_DAYS_BEFORE: i64 = 21;
/// Days ago that the first person joined, unless something of theirs is older, and days between two people.
const JOINED: (i64, i64) = (400, 6);

/// The times of a demo that is created today.
pub(super) struct Times {
    today: Instant,
    /// Days ago that each person joined, in the order of the list of people.
    joined: Vec<i64>,
}

impl Times {
    pub(super) fn of(today: Instant) -> Self {
        let mut joined: Vec<i64> = Vec::new();
        for (index, person) in PEOPLE.iter().enumerate().rev() {
            let usual = JOINED.0 - JOINED.1 * salt(index);
            let next = joined.last().copied().unwrap_or(0);
            joined.push(usual.max(first_seen(person.key) + 2).max(next + 1));
        }
        joined.reverse();
        Self { today, joined }
    }

    pub(super) fn today(&self) -> Instant {
        self.today
    }

    /// A time on the day this many days ago. `salt` spreads the times over several hours.
    fn ago(&self, days: i64, salt: i64) -> Instant {
        self.today - Duration::days(days) - Duration::minutes(salt * 47 % 600 + 5)
    }

    pub(super) fn joined(&self, index: usize) -> Instant {
        self.ago(self.joined_days(index), salt(index))
    }

    fn joined_days(&self, index: usize) -> i64 {
        self.joined.get(index).copied().unwrap_or(1)
    }

    pub(super) fn group_created(&self, group: &Group) -> Instant {
        self.ago(group_created_days(group), salt(group.name.len()))
    }

    /// When a person joined a group: when it was created, or soon after they joined the community.
    pub(super) fn joined_group(&self, group: &Group, key: &str) -> Instant {
        let index = PEOPLE.iter().position(|person| person.key == key).unwrap_or(0);
        self.ago(group_created_days(group).min(self.joined_days(index)) - 1, salt(index))
    }

    /// The times of an event's verbs, in order. The event is announced three weeks before it starts, or a week
    /// ago if it is further away. The other verbs are spread evenly until two hours before the start, or until
    /// now.
    pub(super) fn of_event(
        &self,
        event: &SampleEvent,
        starts: Instant,
    ) -> impl Iterator<Item = Instant> + use<> {
        let announced =
            (starts - Duration::days(ANNOUNCED_DAYS_BEFORE)).min(self.ago(7, salt(event.title.len())));
        let end = (starts - Duration::hours(2)).min(self.today - Duration::minutes(4));
        // Created, published, RSVPs, given up, cancelled.
        let verbs = 3 + event.rsvps.len() + event.left.len();
        let step = (end - announced) / i32::try_from(verbs).unwrap_or(i32::MAX);
        (0..).map(move |verb| announced + step * verb)
    }

    pub(super) fn given(&self, sample: &SampleKudos) -> Instant {
        self.ago(sample.days, salt(sample.text.len()))
    }
}

fn salt(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(0)
}

/// Days ago that an event was announced, plus a week in which its host and attendees have already joined.
fn announced_days(event: &SampleEvent) -> i64 {
    (ANNOUNCED_DAYS_BEFORE - event.days).max(7) + 7
}

/// Days ago that a group was created, which is before its first event.
fn group_created_days(group: &Group) -> i64 {
    let own = sample_events().filter(|event| event.group == group.slug);
    own.map(announced_days).max().unwrap_or(40) + 7
}

/// Days ago of the first thing that a person did.
fn first_seen(key: &str) -> i64 {
    let events = sample_events()
        .filter(|event| event.host == key || event.rsvps.iter().any(|(actor, _)| *actor == key))
        .map(announced_days);
    let in_kudos = |sample: &&SampleKudos| {
        let reacts = sample.reactions.iter().any(|(who, _)| *who == key);
        sample.from == key || sample.to.contains(&key) || reacts
    };
    let kudos = KUDOS.iter().filter(in_kudos).map(|sample| sample.days);
    // The first person is the admin who adds the groups' organisers.
    let groups = GROUPS
        .iter()
        .filter(|group| key == PEOPLE[0].key || group.organisers.contains(&key))
        .map(group_created_days);
    events.chain(kudos).chain(groups).max().unwrap_or(0)
}
