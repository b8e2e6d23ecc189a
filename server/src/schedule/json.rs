//! Writes and reads a schedule as `schedule.json` (D9), the second form of the interchange format.
//!
//! The form has no place for the recording's addresses and for the guid of a link, so the XML form keeps more.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use domain::{
    Instant, Zone,
    schedule::{
        Schedule, ScheduleAbout, ScheduleDay, ScheduleLink, ScheduleRoom, ScheduleSession, ScheduleSpeaker,
        ScheduleTrack,
    },
};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

use super::{ids, span, values};

/// The kinds of links that the schema knows.
const KINDS: &[&str] = &["slides", "paper", "web", "blog", "article", "media", "related", "activitypub"];

/// The file. `page` is the address of the event's page.
pub(crate) fn write(schedule: &Schedule, page: &str) -> Value {
    let numbers = ids::numbers(schedule);
    let about = &schedule.about;
    let date = |text: &str, day: Option<&ScheduleDay>| {
        let written = text.get(..10).and_then(|date| date.parse::<NaiveDate>().ok());
        written.or_else(|| day.map(|day| day.date)).unwrap_or_default().to_string()
    };
    let days: Vec<Value> = schedule.days.iter().map(|day| self::day(schedule, day, &numbers, page)).collect();
    let rooms: BTreeMap<_, _> =
        schedule.days.iter().flat_map(|day| &day.rooms).map(|room| (&room.name, room)).collect();
    let mut conference = json!({
        "acronym": ids::acronym(&schedule.acronym),
        "title": schedule.title,
        "start": date(&about.starts, schedule.days.first()),
        "end": date(&about.ends, schedule.days.last()),
        "daysCount": schedule.days.len(),
        "timeslot_duration": if about.timeslot.is_empty() { "00:05" } else { &about.timeslot },
        "time_zone_name": schedule.zone.name(),
        "colors": about.colours.iter().cloned().collect::<BTreeMap<_, _>>(),
        "tracks": about.tracks.iter().map(track).collect::<Vec<_>>(),
        "rooms": rooms.values().map(|room| json!({
            "name": room.name,
            "guid": if ids::is_uuid(&room.guid) { room.guid.clone() } else { store::schedule::uuid_of(&room.name).to_string() },
        })).collect::<Vec<_>>(),
        "days": days,
    });
    let url = if about.conference_url.is_empty() { page } else { &about.conference_url };
    set_web(&mut conference, &[("logo", &about.logo), ("url", url)]);
    let mut inner = json!({ "version": schedule.version, "conference": conference });
    set_web(&mut inner, &[("base_url", &about.base_url), ("url", &about.url)]);
    json!({
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": { "name": "guildhall", "version": env!("CARGO_PKG_VERSION") },
        "schedule": inner,
    })
}

fn track(track: &ScheduleTrack) -> Value {
    let mut value = json!({ "name": track.name });
    for (name, text) in [("slug", &track.slug), ("color", &track.colour)] {
        if !text.is_empty() {
            value[name] = Value::from(text.as_str());
        }
    }
    value
}

fn day(
    schedule: &Schedule,
    day: &ScheduleDay,
    numbers: &std::collections::HashMap<&str, u64>,
    page: &str,
) -> Value {
    let (starts, ends) = span(schedule.zone, day);
    let mut rooms = Map::new();
    for room in &day.rooms {
        let here = day.sessions.iter().filter(|session| session.room == room.name);
        let sessions = here
            .map(|one| session(schedule, one, numbers.get(one.guid.as_str()).copied().unwrap_or(1), page));
        rooms.insert(room.name.clone(), sessions.collect());
    }
    json!({
        "index": day.index,
        "date": day.date.to_string(),
        "day_start": instant(schedule.zone, starts),
        "day_end": instant(schedule.zone, ends),
        "rooms": rooms,
    })
}

fn session(schedule: &Schedule, session: &ScheduleSession, number: u64, page: &str) -> Value {
    let zone = schedule.zone;
    let guid = store::schedule::uuid_of(&session.guid).to_string();
    let ends = session.starts_at + Duration::minutes(session.minutes.into());
    let is_slug = |text: &str| {
        text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
            && text.len() > 1
            && text.bytes().last().is_some_and(|b| b.is_ascii_alphanumeric())
    };
    let made = format!("{}-{guid}", ids::acronym(&schedule.acronym));
    let url = if ids::is_web(&session.url) { session.url.as_str() } else { page };
    let mut value = json!({
        "guid": guid,
        "id": number,
        "date": instant(zone, session.starts_at),
        "start": zone.wall(session.starts_at).format("%H:%M").to_string(),
        "end": instant(zone, ends),
        // Unlike in the XML form, there are no days.
        "duration": format!("{:02}:{:02}", session.minutes / 60, session.minutes % 60),
        "room": session.room,
        "slug": if is_slug(&session.slug) { session.slug.as_str() } else { &made },
        "url": url,
        "title": session.title,
        "subtitle": session.subtitle,
        "track": session.track,
        "type": session.kind,
        "language": session.language,
        "abstract": session.summary,
        "description": session.description,
        "recording_license": session.licence,
        "do_not_record": session.do_not_record,
        "persons": session.speakers.iter().map(person).collect::<Vec<_>>(),
        "links": links(&session.links),
        "attachments": links(&session.attachments),
    });
    if !session.short_code.is_empty()
        && session.short_code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    {
        value["code"] = Value::from(session.short_code.as_str());
    }
    let addresses = [
        ("logo", &session.logo),
        ("feedback_url", &session.feedback_url),
        ("origin_url", &session.origin_url),
    ];
    set_web(&mut value, &addresses.map(|(name, text)| (name, text.as_str())));
    value
}

fn person(speaker: &ScheduleSpeaker) -> Value {
    let mut value = json!({ "name": speaker.name });
    if let Ok(id) = speaker.code.parse::<u64>() {
        value["id"] = Value::from(id);
    }
    if ids::is_uuid(&speaker.guid) {
        value["guid"] = Value::from(speaker.guid.as_str());
    }
    set_web(&mut value, &[("url", &speaker.url)]);
    value
}

/// The links with an address that the schema allows.
fn links(links: &[ScheduleLink]) -> Vec<Value> {
    let all = links.iter().filter(|link| ids::is_web(&link.href));
    all.map(|link| {
        let mut value = json!({ "url": link.href, "title": link.text });
        if KINDS.contains(&link.kind.as_str()) {
            value["type"] = Value::from(link.kind.as_str());
        }
        value
    })
    .collect()
}

/// Sets the addresses that are http or https.
fn set_web(value: &mut Value, addresses: &[(&str, &str)]) {
    for (name, address) in addresses.iter().filter(|(_, address)| ids::is_web(address)) {
        value[*name] = Value::from(*address);
    }
}

fn instant(zone: Zone, at: Instant) -> String {
    super::xml::instant(zone, at)
}

/// The file as it is read: everything may be missing or null, and what is unknown is ignored.
#[derive(Deserialize)]
struct File {
    schedule: Inner,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Inner {
    #[serde(deserialize_with = "or_default")]
    version: String,
    #[serde(deserialize_with = "or_default")]
    url: String,
    #[serde(deserialize_with = "or_default")]
    base_url: String,
    conference: Conference,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Conference {
    #[serde(deserialize_with = "or_default")]
    acronym: String,
    #[serde(deserialize_with = "or_default")]
    title: String,
    #[serde(deserialize_with = "or_default")]
    start: String,
    #[serde(deserialize_with = "or_default")]
    end: String,
    #[serde(deserialize_with = "or_default")]
    timeslot_duration: String,
    #[serde(deserialize_with = "or_default")]
    time_zone_name: String,
    #[serde(deserialize_with = "or_default")]
    logo: String,
    #[serde(deserialize_with = "or_default")]
    url: String,
    #[serde(deserialize_with = "or_default")]
    colors: BTreeMap<String, String>,
    #[serde(deserialize_with = "or_default")]
    tracks: Vec<Track>,
    #[serde(deserialize_with = "or_default")]
    rooms: Vec<Room>,
    #[serde(deserialize_with = "or_default")]
    days: Vec<Day>,
}

#[derive(Deserialize)]
struct Track {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    slug: String,
    #[serde(default, deserialize_with = "or_default")]
    color: String,
}

#[derive(Deserialize)]
struct Room {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    guid: String,
}

#[derive(Deserialize)]
struct Day {
    index: u32,
    date: NaiveDate,
    #[serde(default, deserialize_with = "or_default")]
    day_start: String,
    #[serde(default, deserialize_with = "or_default")]
    day_end: String,
    #[serde(default)]
    rooms: Map<String, Value>,
}

#[derive(Deserialize)]
struct Session {
    #[serde(default, deserialize_with = "or_default")]
    guid: String,
    #[serde(default)]
    id: Option<u64>,
    #[serde(default, deserialize_with = "or_default")]
    code: String,
    date: String,
    duration: String,
    title: String,
    #[serde(default, deserialize_with = "or_default")]
    subtitle: String,
    #[serde(default, deserialize_with = "or_default")]
    track: String,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: String,
    #[serde(default, deserialize_with = "or_default")]
    language: String,
    #[serde(rename = "abstract", default, deserialize_with = "or_default")]
    summary: String,
    #[serde(default, deserialize_with = "or_default")]
    description: String,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
    #[serde(default, deserialize_with = "or_default")]
    slug: String,
    #[serde(default, deserialize_with = "or_default")]
    logo: String,
    #[serde(default, deserialize_with = "or_default")]
    feedback_url: String,
    #[serde(default, deserialize_with = "or_default")]
    origin_url: String,
    #[serde(default, deserialize_with = "or_default")]
    recording_license: String,
    #[serde(default, deserialize_with = "or_default")]
    do_not_record: bool,
    #[serde(default, deserialize_with = "or_default")]
    persons: Vec<Person>,
    #[serde(default, deserialize_with = "or_default")]
    links: Vec<Link>,
    #[serde(default, deserialize_with = "or_default")]
    attachments: Vec<Link>,
}

#[derive(Deserialize)]
struct Person {
    #[serde(default)]
    id: Option<u64>,
    #[serde(default, deserialize_with = "or_default")]
    code: String,
    #[serde(default, deserialize_with = "or_default")]
    guid: String,
    #[serde(alias = "public_name", default, deserialize_with = "or_default")]
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    url: String,
}

#[derive(Deserialize)]
struct Link {
    url: String,
    #[serde(default, deserialize_with = "or_default")]
    title: String,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: String,
}

/// Reads null as the default.
fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// What is read from a file: the schedule, notes about sessions that were left out, and their guids.
pub(super) type Read = (Schedule, Vec<String>, Vec<String>);

/// Reads a file. The error is a sentence without its full stop.
pub(super) fn read(bytes: &[u8], zone: Option<Zone>) -> Result<Read, String> {
    let file: File =
        serde_json::from_slice(bytes).map_err(|error| format!("the file is not a schedule.json: {error}"))?;
    let Inner { version, url, base_url, conference } = file.schedule;
    let zone = match conference.time_zone_name.parse().ok().or(zone) {
        Some(zone) => zone,
        None => return Err("the schedule names no time zone. Give one with --zone Europe/Berlin".into()),
    };
    if conference.acronym.is_empty() && conference.title.is_empty() {
        return Err("the conference has neither an acronym nor a title. Add at least a title".into());
    }
    let (mut notes, mut unread) = (Vec::new(), Vec::new());
    let guid_of = |name: &str| {
        conference
            .rooms
            .iter()
            .find(|room| room.name == name)
            .map(|room| room.guid.clone())
            .unwrap_or_default()
    };
    let mut days = Vec::new();
    for day in conference.days {
        let mut rooms = Vec::new();
        let mut sessions = Vec::new();
        for (room, listed) in day.rooms {
            rooms.push(ScheduleRoom { guid: guid_of(&room), name: room.clone() });
            for value in listed.as_array().map(Vec::as_slice).unwrap_or_default() {
                match read_session(value, &room, zone) {
                    Ok(session) => sessions.push(session),
                    Err(why) => {
                        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
                        notes.push(format!(
                            "the session {} was left out: {why}",
                            super::quote(&text("title"))
                        ));
                        unread.push(text("guid"));
                    }
                }
            }
        }
        days.push(ScheduleDay {
            index: day.index,
            date: day.date,
            starts_at: values::instant(&day.day_start, zone),
            ends_at: values::instant(&day.day_end, zone),
            rooms,
            sessions,
        });
    }
    let title = if conference.title.is_empty() { conference.acronym.clone() } else { conference.title };
    let acronym = if conference.acronym.is_empty() { format!("title:{title}") } else { conference.acronym };
    let about = ScheduleAbout {
        url,
        conference_url: conference.url,
        base_url,
        logo: conference.logo,
        starts: conference.start,
        ends: conference.end,
        timeslot: conference.timeslot_duration,
        colours: conference.colors.into_iter().collect(),
        tracks: conference
            .tracks
            .into_iter()
            .map(|track| ScheduleTrack { name: track.name, slug: track.slug, colour: track.color })
            .collect(),
    };
    Ok((Schedule { acronym, title, version, zone, about, days }, notes, unread))
}

/// Reads a session, or says why it can't be read.
fn read_session(value: &Value, room: &str, zone: Zone) -> Result<ScheduleSession, String> {
    let session = Session::deserialize(value).map_err(|error| error.to_string())?;
    let starts_at = values::instant(&session.date, zone).ok_or("its date cannot be read")?;
    let (minutes, _) = values::duration(&session.duration).ok_or("its duration cannot be read")?;
    if session.title.trim().is_empty() {
        return Err("it has no title".into());
    }
    let number = session.id.map(|id| id.to_string()).unwrap_or_default();
    Ok(ScheduleSession {
        guid: if session.guid.is_empty() { format!("id:{number}") } else { session.guid },
        code: number,
        short_code: session.code,
        room: room.to_owned(),
        starts_at,
        minutes,
        title: session.title,
        subtitle: session.subtitle,
        track: session.track,
        kind: session.kind,
        language: session.language,
        summary: session.summary,
        description: session.description,
        url: session.url,
        slug: session.slug,
        logo: session.logo,
        feedback_url: session.feedback_url,
        origin_url: session.origin_url,
        licence: session.recording_license,
        do_not_record: session.do_not_record,
        speakers: session.persons.into_iter().map(speaker).filter(|one| !one.name.is_empty()).collect(),
        links: session.links.into_iter().map(link).collect(),
        attachments: session.attachments.into_iter().map(link).collect(),
        ..ScheduleSession::default()
    })
}

fn speaker(person: Person) -> ScheduleSpeaker {
    let id = person.id.map(|id| id.to_string()).unwrap_or_default();
    let code = [id, person.code, person.guid.clone()].into_iter().find(|code| !code.is_empty());
    ScheduleSpeaker { code: code.unwrap_or_default(), guid: person.guid, url: person.url, name: person.name }
}

fn link(link: Link) -> ScheduleLink {
    ScheduleLink { href: link.url, text: link.title, kind: link.kind, service: String::new() }
}
