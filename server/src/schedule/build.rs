//! Builds the schedule from the elements: the conference and its days.

use std::collections::HashSet;

use chrono::NaiveTime;
use domain::{
    Zone,
    schedule::{Schedule, ScheduleAbout, ScheduleDay, ScheduleTrack},
};

use super::{ParseError, day::day, guids, notes::Notes, quote, tree::Node, values};

/// When a new day starts, if the file doesn't say: a session at 3:00 belongs to the evening before.
const DAY_CHANGE: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// The most characters of an event's title.
const MAX_TITLE: usize = 120;

pub(super) fn schedule(
    root: &Node<'_>,
    zone: Option<Zone>,
    notes: &mut Notes,
) -> Result<Schedule, ParseError> {
    if root.name != "schedule" {
        let message = format!(
            "the root is {}, not <schedule>. Use a schedule.xml file",
            quote(&format!("<{}>", root.name))
        );
        return Err(ParseError::new(root.at, message));
    }
    let Some(conference) = root.child("conference", notes) else {
        return Err(ParseError::new(
            root.at,
            "the schedule has no <conference>. Add one with a title and an acronym",
        ));
    };
    let zone = zone_of(conference, zone, notes)?;
    let change = day_change(conference, notes);
    let (acronym, title) = names(conference, notes)?;
    let mut days: Vec<ScheduleDay> = root
        .children_named("day")
        .zip(1..)
        .filter_map(|(node, ordinal)| day(node, ordinal, zone, change, notes))
        .collect();
    number(&mut days, root.at, notes);
    guids::make_unique(&mut days, root.at, notes);
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
            let message = "the schedule has no sessions and no dates. Export it again when it has sessions";
            return Err(ParseError::new(root.at, message));
        }
        notes.add(root.at, "the schedule has no sessions, so the event uses the dates of the conference");
    }
    Ok(schedule)
}

/// The acronym, which identifies the conference, and the title. If one is missing, the other replaces it.
fn names(conference: &Node<'_>, notes: &mut Notes) -> Result<(String, String), ParseError> {
    let acronym = conference.trimmed_text_of("acronym", notes);
    let title = conference.text_of("title", notes);
    if title.trim().chars().count() > MAX_TITLE {
        let message =
            format!("the title is longer than {MAX_TITLE} characters, so the event's title was shortened");
        notes.add(conference.at, message);
    }
    match (acronym.as_str(), title.trim()) {
        ("", "") => Err(ParseError::new(
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

fn zone_of(conference: &Node<'_>, fallback: Option<Zone>, notes: &mut Notes) -> Result<Zone, ParseError> {
    let name = conference.trimmed_text_of("time_zone_name", notes);
    if let Ok(zone) = name.parse() {
        return Ok(zone);
    }
    let Some(zone) = fallback else {
        let message = if name.is_empty() {
            "the conference names no time zone. Use --zone, for example --zone Europe/Berlin".to_owned()
        } else {
            format!(
                "the time zone {} is unknown. Use --zone with an IANA name such as Europe/Berlin",
                quote(&name)
            )
        };
        return Err(ParseError::new(conference.at, message));
    };
    if !name.is_empty() {
        notes.add(conference.at, format!("the time zone {} is unknown, so {zone} was used", quote(&name)));
    }
    Ok(zone)
}

/// The time at which days change. Only older files contain it.
fn day_change(conference: &Node<'_>, notes: &mut Notes) -> NaiveTime {
    let text = conference.trimmed_text_of("day_change", notes);
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
        let text = conference.trimmed_text_of(name, notes);
        if text.is_empty() || values::date(&text).is_some() || values::instant(&text, Zone::UTC).is_some() {
            return text;
        }
        let message = format!("the conference's {name} {} is not a date, so it was left out", quote(&text));
        notes.add(conference.at, message);
        String::new()
    };
    ScheduleAbout {
        url: root.trimmed_text_of("url", notes),
        conference_url: conference.trimmed_text_of("url", notes),
        base_url: conference.trimmed_text_of("base_url", notes),
        logo: conference.trimmed_text_of("logo", notes),
        starts: day("start", notes),
        ends: day("end", notes),
        timeslot: conference.trimmed_text_of("timeslot_duration", notes),
        colours: conference.child("color", notes).map(|node| node.attributes.clone()).unwrap_or_default(),
        tracks: conference.children_named("track").map(track).collect(),
    }
}

fn track(node: &Node<'_>) -> ScheduleTrack {
    ScheduleTrack {
        name: node.attribute("name").to_owned(),
        slug: node.attribute("slug").to_owned(),
        colour: node.attribute("color").to_owned(),
    }
}

/// Makes the indexes of days unique. If two days have the same index, all are numbered from 1.
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
