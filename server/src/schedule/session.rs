//! Reads an `event` element as a session.

use domain::{
    Instant,
    schedule::{ScheduleLink, ScheduleSession, ScheduleSpeaker},
    time::YEARS,
};

use chrono::{Datelike, Duration};

use super::{day::Clock, notes::Notes, quote, tree::Node, values};

/// Reads a session. `None`, with a note, if title, start or duration is missing or can't be read. `room` is the
/// name of the room that contains the element.
pub(super) fn session(
    node: &Node<'_>,
    room: &str,
    clock: &Clock,
    notes: &mut Notes,
) -> Option<ScheduleSession> {
    let guid = guid(node, notes);
    let required = required(node, clock, notes);
    let (title, starts_at, minutes) = match required {
        Ok(required) => required,
        Err(why) => {
            notes.left_out(node.at, guid, &why);
            return None;
        }
    };
    let recording = node.child("recording", notes);
    let recorded =
        |name: &str, notes: &mut Notes| recording.map(|node| node.text_of(name, notes)).unwrap_or_default();
    Some(ScheduleSession {
        guid,
        code: node.attribute("id").to_owned(),
        short_code: node.attribute("code").to_owned(),
        room: room_of(node, room, notes),
        starts_at,
        minutes,
        title,
        subtitle: node.text_of("subtitle", notes),
        track: node.text_of("track", notes),
        kind: node.text_of("type", notes),
        language: node.trimmed_text_of("language", notes),
        summary: node.text_of("abstract", notes),
        description: node.text_of("description", notes),
        url: node.trimmed_text_of("url", notes),
        slug: node.trimmed_text_of("slug", notes),
        logo: node.trimmed_text_of("logo", notes),
        feedback_url: node.trimmed_text_of("feedback_url", notes),
        origin_url: node.trimmed_text_of("origin_url", notes),
        video_url: node.trimmed_text_of("video_download_url", notes),
        recording_url: recorded("url", notes).trim().to_owned(),
        recording_link: recorded("link", notes).trim().to_owned(),
        licence: recorded("license", notes),
        do_not_record: opted_out(node, recorded("optout", notes).trim(), notes),
        speakers: speakers(node, notes),
        links: list(node, "links", "link", notes).into_iter().map(|node| link(node, notes)).collect(),
        attachments: list(node, "attachments", "attachment", notes)
            .into_iter()
            .map(|node| link(node, notes))
            .collect(),
    })
}

/// Title, start and duration in minutes, or why the session can't be read.
fn required(node: &Node<'_>, clock: &Clock, notes: &mut Notes) -> Result<(String, Instant, u32), String> {
    let title = node.text_of("title", notes);
    if title.trim().is_empty() {
        return Err("it has no title. Add a <title>".into());
    }
    let starts_at = starts_at(node, clock, notes)?;
    let minutes = minutes(node, notes)?;
    let ends_at = starts_at + Duration::minutes(i64::from(minutes));
    if !YEARS.contains(&ends_at.year()) {
        return Err(format!("it ends in the year {}", ends_at.year()));
    }
    Ok((title, starts_at, minutes))
}

/// The ID of a session: its guid, or its number, or its title.
fn guid(node: &Node<'_>, notes: &mut Notes) -> String {
    match (node.attribute("guid"), node.attribute("id")) {
        ("", "") => {
            notes.add(node.at, "the session has neither guid nor id, so it is identified by its title");
            let title = node.children_named("title").next().map_or("", |title| title.text.trim());
            format!("title:{title}")
        }
        ("", id) => format!("id:{id}"),
        (guid, _) => guid.to_owned(),
    }
}

/// The name of the room that contains the session. If that has no name, the session's own `room` is used.
fn room_of(node: &Node<'_>, room: &str, notes: &mut Notes) -> String {
    let own = node.trimmed_text_of("room", notes);
    if room.is_empty() {
        return own;
    }
    if !own.is_empty() && own != room {
        let message =
            format!("the session says that it is in {}, but it is listed in {}", quote(&own), quote(room));
        notes.add(node.at, message);
    }
    room.to_owned()
}

/// The start of a session. `date` contains date and time. Without it, `start` is a local time on the day that
/// lists the session.
fn starts_at(node: &Node<'_>, clock: &Clock, notes: &mut Notes) -> Result<Instant, String> {
    let (date, start) = (node.trimmed_text_of("date", notes), node.trimmed_text_of("start", notes));
    if let Some(at) = values::instant(&date, clock.zone) {
        return Ok(at);
    }
    let Some(time) = values::time(&start) else {
        return Err(match (date.as_str(), start.as_str()) {
            ("", "") => "it has no start. Add a <date> or a <start>".into(),
            ("", start) => format!("its start {} is not a time. Write it as 09:30", quote(start)),
            (date, _) => {
                format!("its date {} cannot be read. Write it as 2026-06-05T09:30:00+02:00", quote(date))
            }
        });
    };
    if let Some(date) = values::date(&date) {
        return Ok(clock.zone.resolve(date.and_time(time)).at);
    }
    if !date.is_empty() {
        notes.add(
            node.at,
            format!("the session's date {} cannot be read, so its start was used", quote(&date)),
        );
    }
    let wall = clock.wall(time).ok_or("its day has no date. Add a <date>")?;
    Ok(clock.zone.resolve(wall).at)
}

fn minutes(node: &Node<'_>, notes: &mut Notes) -> Result<u32, String> {
    let text = node.trimmed_text_of("duration", notes);
    if text.is_empty() {
        return Err("it has no duration. Add a <duration>".into());
    }
    let (minutes, reading) = values::duration(&text)
        .ok_or_else(|| format!("its duration {} cannot be read. Write it as 01:30", quote(&text)))?;
    if let Some(how) = reading {
        notes.repeated(node.at, format!("a duration like {} was read as {how}", quote(&text)));
    }
    Ok(minutes)
}

/// Whether the session must not be recorded. A value that can't be read counts as yes.
fn opted_out(node: &Node<'_>, text: &str, notes: &mut Notes) -> bool {
    values::boolean(text).unwrap_or_else(|| {
        let message = format!(
            "the session's optout {} is neither true nor false, so the session is marked as not recorded",
            quote(text)
        );
        notes.add(node.at, message);
        true
    })
}

/// The items of a list, both in the list's element, as in the format, and directly in the session.
fn list<'n, 'a>(node: &'n Node<'a>, list: &str, item: &str, notes: &mut Notes) -> Vec<&'n Node<'a>> {
    let mut items: Vec<&Node<'a>> =
        node.children_named(list).flat_map(|list| list.children_named(item)).collect();
    let direct: Vec<&Node<'a>> = node.children_named(item).collect();
    if let Some(first) = direct.first() {
        notes.repeated(
            first.at,
            format!("<{item}> is directly in <event>, so it was read as part of <{list}>"),
        );
    }
    items.extend(direct);
    items
}

fn speakers(node: &Node<'_>, notes: &mut Notes) -> Vec<ScheduleSpeaker> {
    let mut speakers = Vec::new();
    for person in list(node, "persons", "person", notes) {
        let speaker = speaker(person, notes);
        if speaker.name.trim().is_empty() {
            notes.repeated(person.at, "a <person> without a name was left out");
        } else {
            speakers.push(speaker);
        }
    }
    speakers
}

fn speaker(node: &Node<'_>, notes: &mut Notes) -> ScheduleSpeaker {
    let (id, guid) = (node.attribute("id"), node.attribute("guid"));
    ScheduleSpeaker {
        code: if id.is_empty() { guid } else { id }.to_owned(),
        guid: guid.to_owned(),
        url: node.attribute("url").to_owned(),
        name: node.content(notes),
    }
}

fn link(node: &Node<'_>, notes: &mut Notes) -> ScheduleLink {
    ScheduleLink {
        href: node.attribute("href").to_owned(),
        text: node.content(notes),
        kind: node.attribute("type").to_owned(),
        service: node.attribute("service").to_owned(),
    }
}
