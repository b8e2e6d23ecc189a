//! An `event` element to a session.

use domain::{
    Instant,
    schedule::{ScheduleLink, ScheduleSession, ScheduleSpeaker},
};

use super::{
    Fault,
    build::{Clock, needed},
    quote,
    tree::Node,
    values,
};

/// What `<room>` in the element says is not asked: the room it stands in is the room it is in.
pub(super) fn session(node: &Node, room: &str, clock: &Clock) -> Result<ScheduleSession, Fault> {
    let recording = node.one("recording")?;
    let recorded =
        |name: &str| recording.map(|node| node.text_of(name)).transpose().map(Option::unwrap_or_default);
    Ok(ScheduleSession {
        guid: guid(node)?,
        code: node.attribute("id").to_owned(),
        short_code: node.attribute("code").to_owned(),
        room: room.to_owned(),
        starts_at: starts_at(node, clock)?,
        minutes: minutes(node)?,
        title: needed(node, "title")?,
        subtitle: node.text_of("subtitle")?,
        track: node.text_of("track")?,
        kind: node.text_of("type")?,
        language: node.word_of("language")?,
        summary: node.text_of("abstract")?,
        description: node.text_of("description")?,
        url: node.word_of("url")?,
        slug: node.word_of("slug")?,
        logo: node.word_of("logo")?,
        feedback_url: node.word_of("feedback_url")?,
        origin_url: node.word_of("origin_url")?,
        video_url: node.word_of("video_download_url")?,
        recording_url: recorded("url")?.trim().to_owned(),
        recording_link: recorded("link")?.trim().to_owned(),
        licence: recorded("license")?,
        do_not_record: values::boolean(recorded("optout")?.trim()).ok_or_else(|| {
            let says = "the session's optout is neither true nor false; write whether it may be recorded";
            Fault::new(node.at, says)
        })?,
        speakers: list(node, "persons", "person", speaker)?,
        links: list(node, "links", "link", link)?,
        attachments: list(node, "attachments", "attachment", link)?,
    })
}

fn guid(node: &Node) -> Result<String, Fault> {
    match (node.attribute("guid"), node.attribute("id")) {
        ("", "") => Err(Fault::new(node.at, "the session has neither guid nor id; give it one that stays")),
        ("", id) => Ok(format!("id:{id}")),
        (guid, _) => Ok(guid.to_owned()),
    }
}

/// `date` says it all; without it, `start` is a wall time of the day the session stands in.
fn starts_at(node: &Node, clock: &Clock) -> Result<Instant, Fault> {
    let (date, start) = (node.word_of("date")?, node.word_of("start")?);
    let bad = |what: &str, text: &str, like: &str| {
        Fault::new(node.at, format!("the session's {what} {} is not one; write it like {like}", quote(text)))
    };
    match (date.as_str(), start.as_str()) {
        ("", "") => Err(Fault::new(node.at, "the session has no start; add <date> or <start> to it")),
        ("", text) => {
            let time = values::time(text).ok_or_else(|| bad("start", text, "09:30"))?;
            Ok(clock.zone.resolve(clock.wall(time)).at)
        }
        (text, _) => {
            values::instant(text, clock.zone).ok_or_else(|| bad("date", text, "2026-06-05T09:30:00+02:00"))
        }
    }
}

fn minutes(node: &Node) -> Result<u32, Fault> {
    let text = needed(node, "duration")?;
    values::duration(text.trim()).ok_or_else(|| {
        let says = format!("the session's duration {} is not one; write it like 01:30", quote(text.trim()));
        Fault::new(node.at, says)
    })
}

/// The items of a list that is an element of its own.
fn list<T>(
    node: &Node,
    list: &str,
    item: &str,
    make: impl Fn(&Node) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    node.one(list)?.map_or(Ok(Vec::new()), |node| node.all(item).map(make).collect())
}

fn speaker(node: &Node) -> Result<ScheduleSpeaker, Fault> {
    let (id, guid) = (node.attribute("id"), node.attribute("guid"));
    Ok(ScheduleSpeaker {
        code: if id.is_empty() { guid } else { id }.to_owned(),
        guid: guid.to_owned(),
        url: node.attribute("url").to_owned(),
        name: node.words()?.to_owned(),
    })
}

fn link(node: &Node) -> Result<ScheduleLink, Fault> {
    Ok(ScheduleLink {
        href: node.attribute("href").to_owned(),
        text: node.words()?.to_owned(),
        kind: node.attribute("type").to_owned(),
        service: node.attribute("service").to_owned(),
    })
}
