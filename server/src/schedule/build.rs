//! Elements to a schedule: the conference and its days.

use std::collections::HashSet;

use chrono::NaiveTime;
use domain::{
    Zone,
    schedule::{Schedule, ScheduleAbout, ScheduleDay, ScheduleTrack},
};

use super::{StoreError, day::day, guids, notes::Notes, quote, tree::Node, values};

/// When a new day begins where the file does not say: people are still up at three.
const DAY_CHANGE: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// The title of an event has no more characters.
const MAX_TITLE: usize = 120;

pub(super) fn schedule(
    root: &Node<'_>,
    zone: Option<Zone>,
    notes: &mut Notes,
) -> Result<Schedule, StoreError> {
    if root.name != "schedule" {
        let says = format!(
            "the root is {}, not <schedule>. Use a schedule.xml file",
            quote(&format!("<{}>", root.name))
        );
        return Err(StoreError::new(root.at, says));
    }
    let Some(conference) = root.one("conference", notes) else {
        return Err(StoreError::new(
            root.at,
            "the schedule has no <conference>. Add one with a title and an acronym",
        ));
    };
    let zone = zone_of(conference, zone, notes)?;
    let change = day_change(conference, notes);
    let (acronym, title) = names(conference, notes)?;
    let mut days: Vec<ScheduleDay> = root
        .all("day")
        .zip(1..)
        .filter_map(|(node, ordinal)| day(node, ordinal, zone, change, notes))
        .collect();
    number(&mut days, root.at, notes);
    guids::tell_apart(&mut days, root.at, notes);
    let schedule = Schedule {
        acronym,
        title,
        version: root.text_of("version", notes),
        zone,
        about: about(root, conference, notes),
        days,
    };
    if schedule.days.iter().all(|day| day.sessions.is_empty()) {
        if schedule.span().is_none() {
            let says = "the schedule has no sessions and no dates. Export it again when it has sessions";
            return Err(StoreError::new(root.at, says));
        }
        notes.add(root.at, "the schedule has no sessions, so the event uses the dates of the conference");
    }
    Ok(schedule)
}

/// What identifies the conference, as written, and its title. One stands for the other.
fn names(conference: &Node<'_>, notes: &mut Notes) -> Result<(String, String), StoreError> {
    let acronym = conference.word_of("acronym", notes);
    let title = conference.text_of("title", notes);
    if title.trim().chars().count() > MAX_TITLE {
        let says =
            format!("the title is longer than {MAX_TITLE} characters, so the event's title was shortened");
        notes.add(conference.at, says);
    }
    match (acronym.as_str(), title.trim()) {
        ("", "") => Err(StoreError::new(
            conference.at,
            "the conference has neither an acronym nor a title. Add at least a title",
        )),
        ("", known) => {
            let acronym = format!("title:{known}");
            notes.add(conference.at, "the conference has no acronym, so it is identified by its title");
            Ok((acronym, title))
        }
        (known, "") => {
            let title = known.to_owned();
            notes.add(conference.at, "the conference has no title, so its acronym was used");
            Ok((acronym, title))
        }
        _ => Ok((acronym, title)),
    }
}

fn zone_of(conference: &Node<'_>, fallback: Option<Zone>, notes: &mut Notes) -> Result<Zone, StoreError> {
    let name = conference.word_of("time_zone_name", notes);
    if let Ok(zone) = name.parse() {
        return Ok(zone);
    }
    let Some(zone) = fallback else {
        let says = if name.is_empty() {
            "the conference names no time zone. Use --zone, for example --zone Europe/Berlin".to_owned()
        } else {
            format!(
                "the time zone {} is unknown. Use --zone with an IANA name such as Europe/Berlin",
                quote(&name)
            )
        };
        return Err(StoreError::new(conference.at, says));
    };
    if !name.is_empty() {
        notes.add(conference.at, format!("the time zone {} is unknown, so {zone} was used", quote(&name)));
    }
    Ok(zone)
}

/// Older files say when their days change.
fn day_change(conference: &Node<'_>, notes: &mut Notes) -> NaiveTime {
    let text = conference.word_of("day_change", notes);
    if text.is_empty() {
        return DAY_CHANGE;
    }
    values::time(&text).unwrap_or_else(|| {
        notes.add(conference.at, format!("the day change {} is not a time, so 04:00 was used", quote(&text)));
        DAY_CHANGE
    })
}

fn about(root: &Node<'_>, conference: &Node<'_>, notes: &mut Notes) -> ScheduleAbout {
    let day = |name: &str, notes: &mut Notes| {
        let text = conference.word_of(name, notes);
        if text.is_empty() || values::date(&text).is_some() || values::instant(&text, Zone::UTC).is_some() {
            return text;
        }
        let says = format!("the conference's {name} {} is not a date, so it was left out", quote(&text));
        notes.add(conference.at, says);
        String::new()
    };
    ScheduleAbout {
        url: root.word_of("url", notes),
        conference_url: conference.word_of("url", notes),
        base_url: conference.word_of("base_url", notes),
        logo: conference.word_of("logo", notes),
        starts: day("start", notes),
        ends: day("end", notes),
        timeslot: conference.word_of("timeslot_duration", notes),
        colours: conference.one("color", notes).map(|node| node.attributes.clone()).unwrap_or_default(),
        tracks: conference.all("track").map(track).collect(),
    }
}

fn track(node: &Node<'_>) -> ScheduleTrack {
    ScheduleTrack {
        name: node.attribute("name").to_owned(),
        slug: node.attribute("slug").to_owned(),
        colour: node.attribute("color").to_owned(),
    }
}

/// Days are told apart by their index. When two share one, all are counted from 1.
fn number(days: &mut [ScheduleDay], at: usize, notes: &mut Notes) {
    let mut seen = HashSet::new();
    if days.iter().all(|day| seen.insert(day.index)) {
        return;
    }
    notes.add(at, "two days have the same index, so the days were numbered from 1");
    for (day, index) in days.iter_mut().zip(1..) {
        day.index = index;
    }
}
