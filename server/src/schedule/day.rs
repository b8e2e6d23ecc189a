//! Reads a `day` element: its date, rooms and sessions.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use domain::{
    Zone,
    schedule::{ScheduleDay, ScheduleRoom},
};

use super::{notes::Notes, quote, session::session, tree::Node, values};

/// The facts of a day that are needed for the start of its sessions.
pub(super) struct Clock {
    pub(super) zone: Zone,
    /// The date, or `None` if neither the day nor its sessions say it.
    date: Option<NaiveDate>,
    /// Times before this one belong to the following night.
    change: NaiveTime,
    /// The end of the day in local time, if the file says it.
    ends: Option<NaiveDateTime>,
}

impl Clock {
    /// The date and local time of a session that only says its time.
    pub(super) fn wall(&self, time: NaiveTime) -> Option<NaiveDateTime> {
        let date = self.date?;
        let same = date.and_time(time);
        let next = date.succ_opt().unwrap_or(date).and_time(time);
        // An early session belongs to the next date only if the day hasn't ended by then.
        let night = time < self.change && self.ends.is_none_or(|end| next < end);
        Some(if night { next } else { same })
    }
}

/// Reads a day. `None` if neither the day nor its sessions say the date. `change` is when days change.
pub(super) fn day(
    node: &Node<'_>,
    ordinal: u32,
    zone: Zone,
    change: NaiveTime,
    notes: &mut Notes,
) -> Option<ScheduleDay> {
    // A start or end that is only a date says nothing about the time.
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
    for room in node.children_named("room") {
        let (name, guid) = (room.attribute("name").to_owned(), room.attribute("guid").to_owned());
        if name.is_empty() {
            notes.add(room.at, "the room has no name. Add one, for example name='Hall 1'");
        }
        sessions
            .extend(room.children_named("event").filter_map(|event| session(event, &name, &clock, notes)));
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

/// The date of a day in the venue's time zone. Some files write it in UTC, so the sessions decide. If all
/// sessions with a date are on other days, the most common of their dates is used.
fn date(
    node: &Node<'_>,
    starts: Option<NaiveDateTime>,
    zone: Zone,
    change: NaiveTime,
    notes: &mut Notes,
) -> Option<NaiveDate> {
    let text = node.attribute("date");
    let written = values::date(text).or_else(|| values::instant(text, zone).map(|at| zone.wall(at).date()));
    if written.is_none() && !text.is_empty() {
        notes.add(node.at, format!("the day's date {} is not a date. Write it as 2026-06-05", quote(text)));
    }
    let start = values::date(node.attribute("start"));
    let written = written.or(starts.map(|starts| starts.date())).or(start);
    let change = starts.map_or(change, |starts| starts.time().min(change));
    let night = change - NaiveTime::MIN;
    let common = most_common(node, zone, night);
    match (written, common) {
        (Some(written), Some((common, counts))) if !counts.contains_key(&written) => {
            let message = format!(
                "the day's date is {written}, but its sessions are on {common}, so {common} was used"
            );
            notes.add(node.at, message);
            Some(common)
        }
        (None, Some((common, _))) => {
            notes.add(
                node.at,
                format!("the day has no date, so {common} was used, which is the date of its sessions"),
            );
            Some(common)
        }
        (written, _) => written,
    }
}

/// The most common date of a day's sessions, and the number of sessions on each date. The first hours after
/// midnight, up to `night`, count as the day before.
fn most_common(
    node: &Node<'_>,
    zone: Zone,
    night: TimeDelta,
) -> Option<(NaiveDate, BTreeMap<NaiveDate, usize>)> {
    let mut dates: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for event in node.children_named("room").flat_map(|room| room.children_named("event")) {
        let at = event.children_named("date").next().and_then(|date| values::instant(date.text.trim(), zone));
        if let Some(at) = at {
            *dates.entry((zone.wall(at) - night).date()).or_default() += 1;
        }
    }
    let max = dates.iter().rev().max_by_key(|(_, count)| **count).map(|(date, _)| *date)?;
    Some((max, dates))
}
