//! When the demo's people did what they did: nobody answers before they joined, nothing is in the future.

use chrono::Duration;
use domain::Instant;

use super::{
    groups::GROUPS,
    people::PEOPLE,
    samples,
    shape::{Group, Sample, Thank},
    thanks::THANKS,
};

/// Days between the announcement of an event and its start.
const NOTICE: i64 = 21;
/// Days ago that the first of the people joined, if nothing of theirs is older, and days between two.
const JOINED: (i64, i64) = (400, 6);

/// The times of a demo that is looked at today.
pub(super) struct Times {
    today: Instant,
    /// Days ago, by place; the list is in the order of joining.
    joined: Vec<i64>,
}

impl Times {
    pub(super) fn of(today: Instant) -> Self {
        let mut joined: Vec<i64> = Vec::new();
        for (place, person) in PEOPLE.iter().enumerate().rev() {
            let usual = JOINED.0 - JOINED.1 * salt(place);
            let next = joined.last().copied().unwrap_or(0);
            joined.push(usual.max(first_seen(person.key) + 2).max(next + 1));
        }
        joined.reverse();
        Self { today, joined }
    }

    pub(super) fn today(&self) -> Instant {
        self.today
    }

    /// Some hours into a day so many days ago; not everything happens at the hour the demo is made.
    fn ago(&self, days: i64, salt: i64) -> Instant {
        self.today - Duration::days(days) - Duration::minutes(salt * 47 % 600 + 5)
    }

    pub(super) fn joined(&self, place: usize) -> Instant {
        self.ago(self.joined_days(place), salt(place))
    }

    fn joined_days(&self, place: usize) -> i64 {
        self.joined.get(place).copied().unwrap_or(1)
    }

    pub(super) fn founded(&self, group: &Group) -> Instant {
        self.ago(founded_days(group), salt(group.name.len()))
    }

    /// When one of its people came to a group: when it began, or soon after they joined.
    pub(super) fn gathered(&self, group: &Group, key: &str) -> Instant {
        let place = PEOPLE.iter().position(|person| person.key == key).unwrap_or(0);
        self.ago(founded_days(group).min(self.joined_days(place)) - 1, salt(place))
    }

    /// The moments of an event's verbs, one after the other: announced three weeks before it starts, or
    /// last week when it is far off, then spread until two hours before it or until now.
    pub(super) fn of_event(&self, sample: &Sample, starts: Instant) -> impl Iterator<Item = Instant> + use<> {
        let announced = (starts - Duration::days(NOTICE)).min(self.ago(7, salt(sample.title.len())));
        let end = (starts - Duration::hours(2)).min(self.today - Duration::minutes(4));
        // Made, published, answered, left, cancelled.
        let verbs = 3 + sample.answers.len() + sample.left.len();
        let step = (end - announced) / i32::try_from(verbs).unwrap_or(i32::MAX);
        (0..).map(move |verb| announced + step * verb)
    }

    pub(super) fn given(&self, thank: &Thank) -> Instant {
        self.ago(thank.days, salt(thank.text.len()))
    }
}

fn salt(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(0)
}

/// Days ago that an event was announced, and a week for looking around before.
fn announced_days(sample: &Sample) -> i64 {
    (NOTICE - sample.days).max(7) + 7
}

/// Days ago that a group began: before its first event.
fn founded_days(group: &Group) -> i64 {
    let own = samples().filter(|sample| sample.group == group.slug);
    own.map(announced_days).max().unwrap_or(40) + 7
}

/// Days ago of the first thing that somebody did.
fn first_seen(key: &str) -> i64 {
    let events = samples()
        .filter(|sample| sample.host == key || sample.answers.iter().any(|(actor, _)| *actor == key))
        .map(announced_days);
    let thanks = THANKS.iter().filter(|thank| thank.from == key || thank.to == key).map(|thank| thank.days);
    // The first of the people makes the groups.
    let groups = GROUPS
        .iter()
        .filter(|group| key == PEOPLE[0].key || group.organisers.contains(&key))
        .map(founded_days);
    events.chain(thanks).chain(groups).max().unwrap_or(0)
}
