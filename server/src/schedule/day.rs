//! A `day` element: its date, its rooms and its sessions.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use domain::{
    Zone,
    schedule::{ScheduleDay, ScheduleRoom},
};

use super::{notes::Notes, quote, session::session, tree::Node, values};

/// What a session needs of its day to say when it starts.
pub(super) struct Clock {
    pub(super) zone: Zone,
    /// None when the file does not say it in any way.
    date: Option<NaiveDate>,
    /// Earlier times are of the night that follows.
    change: NaiveTime,
    /// The end of the day as wall time, if the file says so.
    ends: Option<NaiveDateTime>,
}

impl Clock {
    /// The date and wall time of a session that says only its time.
    pub(super) fn wall(&self, time: NaiveTime) -> Option<NaiveDateTime> {
        let date = self.date?;
        let same = date.and_time(time);
        let next = date.succ_opt().unwrap_or(date).and_time(time);
        // A breakfast before the day's own start is not one for after its end.
        let night = time < self.change && self.ends.is_none_or(|end| next < end);
        Some(if night { next } else { same })
    }
}

/// A day; none when nothing says which date it has and no session does either. `change` is when days change.
pub(super) fn day(
    node: &Node<'_>,
    ordinal: u32,
    zone: Zone,
    change: NaiveTime,
    notes: &mut Notes,
) -> Option<ScheduleDay> {
    // An edge that is a date alone says nothing about the time.
    let mut edge = |name: &str| {
        let text = node.attribute(name);
        let at = values::instant(text, zone);
        if at.is_none() && !text.is_empty() && values::date(text).is_none() {
            notes.add(node.at, format!("the day's {name} {} is not a date, so it was left out", quote(text)));
        }
        at
    };
    let (starts_at, ends_at) = (edge("start"), edge("end"));
    let starts = starts_at.map(|at| zone.wall(at));
    let date = date(node, starts, zone, change, notes);
    let change = starts.filter(|starts| Some(starts.date()) == date).map_or(change, |starts| starts.time());
    let clock = Clock { zone, date, change, ends: ends_at.map(|at| zone.wall(at)) };
    let (mut rooms, mut sessions) = (Vec::<ScheduleRoom>::new(), Vec::new());
    for room in node.all("room") {
        let (name, guid) = (room.attribute("name").to_owned(), room.attribute("guid").to_owned());
        if name.is_empty() {
            notes.add(room.at, "the room has no name. Add one, for example name='Hall 1'");
        }
        sessions.extend(room.all("event").filter_map(|event| session(event, &name, &clock, notes)));
        if !name.is_empty() && !rooms.iter().any(|known| known.name == name) {
            rooms.push(ScheduleRoom { name, guid });
        }
    }
    let index = node.attribute("index").parse().unwrap_or(ordinal);
    let Some(date) = date else {
        notes.add(node.at, "the day has no date and no session says one, so the day was left out");
        return None;
    };
    Some(ScheduleDay { index, date, starts_at, ends_at, rooms, sessions })
}

/// The date of a day in the zone of the venue. Some files write it in UTC, so the sessions decide: when all
/// of those that say their own date are on other days, the day has the date of most of them.
fn date(
    node: &Node<'_>,
    starts: Option<NaiveDateTime>,
    zone: Zone,
    change: NaiveTime,
    notes: &mut Notes,
) -> Option<NaiveDate> {
    let text = node.attribute("date");
    let said = values::date(text).or_else(|| values::instant(text, zone).map(|at| zone.wall(at).date()));
    if said.is_none() && !text.is_empty() {
        notes.add(node.at, format!("the day's date {} is not a date. Write it as 2026-06-05", quote(text)));
    }
    let start = values::date(node.attribute("start"));
    let said = said.or(starts.map(|starts| starts.date())).or(start);
    let change = starts.map_or(change, |starts| starts.time().min(change));
    let night = change - NaiveTime::MIN;
    let voted = most_common(node, zone, night);
    match (said, voted) {
        (Some(said), Some((voted, of_any))) if !of_any.contains_key(&said) => {
            let says =
                format!("the day's date is {said}, but its sessions are on {voted}, so {voted} was used");
            notes.add(node.at, says);
            Some(voted)
        }
        (None, Some((voted, _))) => {
            notes.add(
                node.at,
                format!("the day has no date, so {voted} was used, which is the date of its sessions"),
            );
            Some(voted)
        }
        (said, _) => said,
    }
}

/// The date that most sessions of a day are on, where the first hours count to the day before, and how many
/// are on each.
fn most_common(
    node: &Node<'_>,
    zone: Zone,
    night: TimeDelta,
) -> Option<(NaiveDate, BTreeMap<NaiveDate, usize>)> {
    let mut dates: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for event in node.all("room").flat_map(|room| room.all("event")) {
        let at = event.all("date").next().and_then(|date| values::instant(date.text.trim(), zone));
        if let Some(at) = at {
            *dates.entry((zone.wall(at) - night).date()).or_default() += 1;
        }
    }
    let max = dates.iter().rev().max_by_key(|(_, count)| **count).map(|(date, _)| *date)?;
    Some((max, dates))
}
