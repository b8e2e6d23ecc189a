//! Elements to a schedule: the conference, its days and rooms.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::{
    Zone,
    schedule::{Schedule, ScheduleAbout, ScheduleDay, ScheduleRoom, ScheduleTrack},
};

use super::{Fault, quote, session::session, tree::Node, values};

/// When a new day begins where the file does not say: people are still up at three.
const DAY_CHANGE: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// What a session needs of its day to say when it starts.
pub(super) struct Clock {
    pub(super) zone: Zone,
    pub(super) date: NaiveDate,
    /// Earlier times are of the night that follows.
    change: NaiveTime,
    /// Where the day ends on the wall, if the file says so.
    ends: Option<NaiveDateTime>,
}

impl Clock {
    /// The date and time on the wall of a session that says only its time.
    pub(super) fn wall(&self, time: NaiveTime) -> NaiveDateTime {
        let same = self.date.and_time(time);
        let next = self.date.succ_opt().unwrap_or(self.date).and_time(time);
        // A breakfast before the day's own start is not one for after its end.
        if time < self.change && self.ends.is_none_or(|end| next < end) { next } else { same }
    }
}

pub(super) fn schedule(root: &Node, zone: Option<Zone>) -> Result<Schedule, Fault> {
    if root.name != "schedule" {
        let says = format!(
            "the root is {}, not <schedule>; give a schedule.xml",
            quote(&format!("<{}>", root.name))
        );
        return Err(Fault::new(root.at, says));
    }
    let Some(conference) = root.one("conference")? else {
        return Err(Fault::new(root.at, "the schedule has no <conference>; add one with title and acronym"));
    };
    let zone = zone_of(conference, zone)?;
    let change = day_change(conference)?;
    let days = root
        .all("day")
        .zip(1..)
        .map(|(node, ordinal)| day(node, ordinal, zone, change))
        .collect::<Result<Vec<_>, _>>()?;
    if days.is_empty() {
        return Err(Fault::new(root.at, "the schedule has no <day>; export it again once it has sessions"));
    }
    no_index_twice(root, &days)?;
    no_guid_twice(root, &days)?;
    Ok(Schedule {
        acronym: needed(conference, "acronym")?.trim().to_owned(),
        title: needed(conference, "title")?,
        version: root.text_of("version")?,
        zone,
        about: about(root, conference)?,
        days,
    })
}

/// The text of a child that must say something.
pub(super) fn needed(node: &Node, name: &str) -> Result<String, Fault> {
    let text = node.text_of(name)?;
    if text.trim().is_empty() {
        let what = if node.name == "event" { "session" } else { &node.name };
        return Err(Fault::new(node.at, format!("the {what} has no {name}; add <{name}> to it")));
    }
    Ok(text)
}

fn zone_of(conference: &Node, fallback: Option<Zone>) -> Result<Zone, Fault> {
    let name = conference.word_of("time_zone_name")?;
    if name.is_empty() {
        return fallback.ok_or_else(|| {
            let says = "the conference names no time zone; give `--zone`, for example `--zone Europe/Berlin`";
            Fault::new(conference.at, says)
        });
    }
    name.parse().map_err(|()| {
        let says =
            format!("the time zone {} is not one; write an IANA name like Europe/Berlin", quote(&name));
        Fault::new(
            conference.one("time_zone_name").ok().flatten().map_or(conference.at, |node| node.at),
            says,
        )
    })
}

/// Older files say when their days change.
fn day_change(conference: &Node) -> Result<NaiveTime, Fault> {
    let text = conference.word_of("day_change")?;
    if text.is_empty() {
        return Ok(DAY_CHANGE);
    }
    values::time(&text).ok_or_else(|| {
        let says = format!("the day change {} is not a time; write it like 04:00", quote(&text));
        Fault::new(conference.at, says)
    })
}

fn about(root: &Node, conference: &Node) -> Result<ScheduleAbout, Fault> {
    let day = |name: &str| {
        let text = conference.word_of(name)?;
        if text.is_empty() || values::date(&text).is_some() || values::instant(&text, Zone::UTC).is_some() {
            return Ok(text);
        }
        let says =
            format!("the conference's {name} {} is not a date; write it like 2026-06-05", quote(&text));
        Err(Fault::new(conference.at, says))
    };
    Ok(ScheduleAbout {
        url: root.word_of("url")?,
        conference_url: conference.word_of("url")?,
        base_url: conference.word_of("base_url")?,
        logo: conference.word_of("logo")?,
        starts: day("start")?,
        ends: day("end")?,
        timeslot: conference.word_of("timeslot_duration")?,
        colours: conference.one("color")?.map(|node| node.attributes.clone()).unwrap_or_default(),
        tracks: conference.all("track").map(track).collect(),
    })
}

fn track(node: &Node) -> ScheduleTrack {
    ScheduleTrack {
        name: node.attribute("name").to_owned(),
        slug: node.attribute("slug").to_owned(),
        colour: node.attribute("color").to_owned(),
    }
}

fn day(node: &Node, ordinal: u32, zone: Zone, change: NaiveTime) -> Result<ScheduleDay, Fault> {
    let bad = |name: &str, like: &str| {
        let says =
            format!("the day's {name} {} is not a date; write it like {like}", quote(node.attribute(name)));
        Fault::new(node.at, says)
    };
    let edge = |name: &str| match node.attribute(name) {
        "" => Ok(None),
        text => values::instant(text, zone).map(Some).ok_or_else(|| bad(name, "2026-06-05T09:00:00+02:00")),
    };
    let (starts_at, ends_at) = (edge("start")?, edge("end")?);
    let starts = starts_at.map(|at| zone.wall(at));
    let date = match (node.attribute("date"), starts) {
        ("", Some(starts)) => starts.date(),
        ("", None) => {
            return Err(Fault::new(node.at, "the day has no date; give it one like date='2026-06-05'"));
        }
        (text, _) => values::date(text).ok_or_else(|| bad("date", "2026-06-05"))?,
    };
    let change = starts.filter(|starts| starts.date() == date).map_or(change, |starts| starts.time());
    let clock = Clock { zone, date, change, ends: ends_at.map(|at| zone.wall(at)) };
    let index = match node.attribute("index") {
        "" => ordinal,
        text => text.parse().map_err(|_| {
            Fault::new(node.at, format!("the day's index {} is not a number; count from 1", quote(text)))
        })?,
    };
    let (mut rooms, mut sessions) = (Vec::<ScheduleRoom>::new(), Vec::new());
    for room in node.all("room") {
        let (name, guid) = (room.attribute("name").to_owned(), room.attribute("guid").to_owned());
        if name.is_empty() {
            return Err(Fault::new(room.at, "the room has no name; give it one like name='Hall 1'"));
        }
        for event in room.all("event") {
            sessions.push(session(event, &name, &clock)?);
        }
        if !rooms.iter().any(|known| known.name == name) {
            rooms.push(ScheduleRoom { name, guid });
        }
    }
    Ok(ScheduleDay { index, date, starts_at, ends_at, rooms, sessions })
}

fn no_index_twice(root: &Node, days: &[ScheduleDay]) -> Result<(), Fault> {
    let mut seen = HashMap::new();
    for (node, day) in root.all("day").zip(days) {
        if seen.insert(day.index, ()).is_some() {
            let says = format!("another day has the index {} as well; give each day its own", day.index);
            return Err(Fault::new(node.at, says));
        }
    }
    Ok(())
}

/// A changed file updates by guid, so two sessions may not share one.
fn no_guid_twice(root: &Node, days: &[ScheduleDay]) -> Result<(), Fault> {
    let events = root.all("day").flat_map(|day| day.all("room")).flat_map(|room| room.all("event"));
    let mut seen = HashMap::new();
    for (event, session) in events.zip(days.iter().flat_map(|day| &day.sessions)) {
        match seen.entry(session.guid.as_str()) {
            Entry::Vacant(free) => free.insert(session.title.as_str()),
            Entry::Occupied(taken) => {
                let says = format!(
                    "the guid {} is that of the session {} as well; give each session its own",
                    quote(&session.guid),
                    quote(taken.get())
                );
                return Err(Fault::new(event.at, says));
            }
        };
    }
    Ok(())
}
