//! Writes a schedule as frab/pentabarf `schedule.xml` (D9). What the schema does not allow is left out: addresses
//! that are not http or https, and names in URLs of another form.

use std::io;

use domain::{
    Instant, Zone,
    schedule::{Schedule, ScheduleDay, ScheduleLink, ScheduleSession, ScheduleSpeaker, ScheduleTrack},
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{ids, span};

type Out = Writer<Vec<u8>>;

/// The file. `own` is its address.
pub(crate) fn write(schedule: &Schedule, own: &str) -> io::Result<Vec<u8>> {
    let numbers = ids::numbers(schedule);
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    out.create_element("schedule").write_inner_content(|out| {
        let generator = [("name", "guildhall"), ("version", env!("CARGO_PKG_VERSION"))];
        out.create_element("generator").with_attributes(generator).write_empty()?;
        let url = if ids::is_web(&schedule.about.url) { &schedule.about.url } else { own };
        text(out, "url", url)?;
        text(out, "version", &schedule.version)?;
        conference(out, schedule)?;
        for day in &schedule.days {
            self::day(out, schedule.zone, day, &|guid| numbers.get(guid).copied().unwrap_or(1))?;
        }
        Ok(())
    })?;
    Ok(out.into_inner())
}

fn conference(out: &mut Out, schedule: &Schedule) -> io::Result<()> {
    let about = &schedule.about;
    out.create_element("conference").write_inner_content(|out| {
        text(out, "title", &schedule.title)?;
        text(out, "acronym", &ids::acronym(&schedule.acronym))?;
        for (name, value) in [("start", &about.starts), ("end", &about.ends)] {
            if value.get(..10).is_some_and(|date| date.parse::<chrono::NaiveDate>().is_ok()) {
                text(out, name, value)?;
            }
        }
        text(out, "days", &schedule.days.len().to_string())?;
        filled(out, "timeslot_duration", &about.timeslot)?;
        for (name, value) in
            [("base_url", &about.base_url), ("logo", &about.logo), ("url", &about.conference_url)]
        {
            address(out, name, value)?;
        }
        text(out, "time_zone_name", schedule.zone.name())?;
        if about.colours.iter().any(|(name, _)| name == "primary") {
            let colours = about.colours.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            out.create_element("color").with_attributes(colours).write_empty()?;
        }
        about.tracks.iter().try_for_each(|track| self::track(out, track))
    })?;
    Ok(())
}

fn track(out: &mut Out, track: &ScheduleTrack) -> io::Result<()> {
    let attributes = [("name", &track.name), ("slug", &track.slug), ("color", &track.colour)];
    let filled = attributes.into_iter().filter(|(_, value)| !value.is_empty());
    out.create_element("track")
        .with_attributes(filled.map(|(name, value)| (name, value.as_str())))
        .write_empty()?;
    Ok(())
}

fn day(out: &mut Out, zone: Zone, day: &ScheduleDay, number: &dyn Fn(&str) -> u64) -> io::Result<()> {
    let (starts, ends) = span(zone, day);
    let (index, date) = (day.index.max(1).to_string(), day.date.to_string());
    let (starts, ends) = (instant(zone, starts), instant(zone, ends));
    let attributes = [("index", index.as_str()), ("date", &date), ("start", &starts), ("end", &ends)];
    out.create_element("day").with_attributes(attributes).write_inner_content(|out| {
        for room in &day.rooms {
            let guid = ids::is_uuid(&room.guid).then_some(("guid", room.guid.as_str()));
            let attributes = [("name", room.name.as_str())].into_iter().chain(guid);
            out.create_element("room").with_attributes(attributes).write_inner_content(|out| {
                let here = day.sessions.iter().filter(|session| session.room == room.name);
                here.into_iter().try_for_each(|one| session(out, zone, one, number(&one.guid)))
            })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn session(out: &mut Out, zone: Zone, session: &ScheduleSession, number: u64) -> io::Result<()> {
    let (guid, number) = (store::schedule::uuid_of(&session.guid).to_string(), number.to_string());
    let is_code = session.short_code.len() == 6
        && session.short_code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let code = is_code.then_some(("code", session.short_code.as_str()));
    let attributes = [("guid", guid.as_str()), ("id", &number)].into_iter().chain(code);
    out.create_element("event").with_attributes(attributes).write_inner_content(|out| {
        text(out, "room", &session.room)?;
        text(out, "title", &session.title)?;
        text(out, "subtitle", &session.subtitle)?;
        text(out, "type", &session.kind)?;
        text(out, "date", &instant(zone, session.starts_at))?;
        text(out, "start", &zone.wall(session.starts_at).format("%H:%M").to_string())?;
        text(out, "duration", &ids::duration(session.minutes))?;
        text(out, "abstract", &session.summary)?;
        if is_slug(&session.slug) {
            text(out, "slug", &session.slug)?;
        }
        text(out, "track", &session.track)?;
        address(out, "logo", &session.logo)?;
        out.create_element("persons").write_inner_content(|out| {
            session.speakers.iter().try_for_each(|speaker| person(out, speaker))
        })?;
        text(out, "language", &session.language)?;
        text(out, "description", &session.description)?;
        recording(out, session)?;
        links(out, ("links", "link"), &session.links)?;
        links(out, ("attachments", "attachment"), &session.attachments)?;
        for (name, value) in [
            ("video_download_url", &session.video_url),
            ("url", &session.url),
            ("feedback_url", &session.feedback_url),
            ("origin_url", &session.origin_url),
        ] {
            address(out, name, value)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn recording(out: &mut Out, session: &ScheduleSession) -> io::Result<()> {
    out.create_element("recording").write_inner_content(|out| {
        text(out, "license", &session.licence)?;
        text(out, "optout", if session.do_not_record { "true" } else { "false" })?;
        address(out, "url", &session.recording_url)?;
        address(out, "link", &session.recording_link)
    })?;
    Ok(())
}

fn person(out: &mut Out, speaker: &ScheduleSpeaker) -> io::Result<()> {
    let id = speaker.code.parse::<i64>().is_ok().then_some(("id", speaker.code.as_str()));
    let guid = ids::is_uuid(&speaker.guid).then_some(("guid", speaker.guid.as_str()));
    out.create_element("person")
        .with_attributes(id.into_iter().chain(guid))
        .write_text_content(BytesText::new(&clean(&speaker.name)))?;
    Ok(())
}

fn links(out: &mut Out, (list, item): (&str, &str), links: &[ScheduleLink]) -> io::Result<()> {
    out.create_element(list).write_inner_content(|out| {
        for link in links {
            let all = [("href", &link.href), ("type", &link.kind), ("service", &link.service)];
            // The schema has no service for attachments.
            let filled = all
                .into_iter()
                .filter(|(name, value)| !value.is_empty() && (item == "link" || *name != "service"));
            out.create_element(item)
                .with_attributes(filled.map(|(name, value)| (name, value.as_str())))
                .write_text_content(BytesText::new(&clean(&link.text)))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn text(out: &mut Out, name: &str, value: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(&clean(value)))?;
    Ok(())
}

/// An element that is left out if it would be empty.
fn filled(out: &mut Out, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() { Ok(()) } else { text(out, name, value) }
}

/// An element with an address. The schema allows http and https only.
fn address(out: &mut Out, name: &str, value: &str) -> io::Result<()> {
    if ids::is_web(value) { text(out, name, value) } else { Ok(()) }
}

pub(super) fn instant(zone: Zone, at: Instant) -> String {
    format!("{}{}", zone.wall(at).format("%Y-%m-%dT%H:%M:%S"), offset(zone, at))
}

/// The offset from UTC, for example `+02:00`.
fn offset(zone: Zone, at: Instant) -> String {
    let minutes = (zone.wall(at) - at.naive_utc()).num_minutes();
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// The form that the schema demands: two parts of at least four characters.
fn is_slug(text: &str) -> bool {
    let word = |part: &str, more: &[u8]| {
        part.len() >= 4
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || more.contains(&b))
    };
    text.split_once('-').is_some_and(|(first, rest)| word(first, b"") && word(rest, b"-"))
}

/// The text without characters that XML cannot contain.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
