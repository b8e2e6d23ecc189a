//! The elements and attributes of the format. Everything else in a file is noted as left out.

use super::{notes::Notes, quote, tree::Node};

/// An element of the format.
struct Element {
    name: &'static str,
    attributes: &'static [&'static str],
    children: &'static [&'static str],
}

/// The elements that contain other elements. All others contain text.
const CONTAINERS: &[Element] = &[
    Element {
        name: "schedule",
        attributes: &[],
        children: &["generator", "version", "url", "conference", "day"],
    },
    Element {
        name: "conference",
        attributes: &[],
        children: &[
            "acronym",
            "title",
            "start",
            "end",
            "days",
            "timeslot_duration",
            "day_change",
            "time_zone_name",
            "base_url",
            "url",
            "logo",
            "color",
            "track",
        ],
    },
    Element { name: "day", attributes: &["index", "date", "start", "end"], children: &["room"] },
    Element { name: "room", attributes: &["name", "guid"], children: &["event"] },
    Element {
        name: "event",
        attributes: &["guid", "id", "code"],
        children: &[
            "date",
            "start",
            "duration",
            "room",
            "slug",
            "url",
            "recording",
            "title",
            "subtitle",
            "track",
            "type",
            "language",
            "abstract",
            "description",
            "logo",
            "persons",
            "person",
            "links",
            "link",
            "attachments",
            "attachment",
            "feedback_url",
            "origin_url",
            "video_download_url",
        ],
    },
    Element { name: "recording", attributes: &[], children: &["license", "optout", "url", "link"] },
    Element { name: "persons", attributes: &[], children: &["person"] },
    Element { name: "links", attributes: &[], children: &["link"] },
    Element { name: "attachments", attributes: &[], children: &["attachment"] },
];

/// The attributes of elements that contain text.
const TEXTS: &[(&str, &[&str])] = &[
    ("person", &["id", "guid", "url"]),
    ("link", &["href", "type", "service"]),
    ("attachment", &["href", "type"]),
    ("track", &["name", "slug", "color"]),
];

/// The containers in an `event`. Its `room` is a text, unlike the `room` of a day.
const LISTS: &[&str] = &["recording", "persons", "links", "attachments"];
/// Elements that are not checked: the program that wrote the file, and colours, which keep all attributes.
const WITHOUT_MEANING: &[&str] = &["generator", "color"];

/// Adds a note for everything below an element that isn't part of the format and isn't empty.
pub(super) fn note_unknown(node: &Node<'_>, notes: &mut Notes) {
    let Some(known) = CONTAINERS.iter().find(|element| element.name == node.name) else { return };
    note_attributes(node, known.attributes, notes);
    if !node.text.trim().is_empty() {
        notes.add(node.at, format!("the text {} in <{}> was left out", quote(node.text.trim()), node.name));
    }
    for child in &node.children {
        if !known.children.contains(&child.name.as_str()) {
            if !child.is_empty() {
                notes.repeated(
                    child.at,
                    format!("<{}> in <{}> is unknown and was left out", child.name, node.name),
                );
            }
        } else if LISTS.contains(&child.name.as_str()) || (node.name != "event" && is_container(child)) {
            note_unknown(child, notes);
        } else if !WITHOUT_MEANING.contains(&child.name.as_str()) {
            let known = TEXTS.iter().find(|(name, _)| *name == child.name);
            note_attributes(child, known.map_or(&[], |(_, attributes)| attributes), notes);
        }
    }
}

fn is_container(node: &Node<'_>) -> bool {
    CONTAINERS.iter().any(|element| element.name == node.name)
}

fn note_attributes(node: &Node<'_>, known: &[&str], notes: &mut Notes) {
    for (name, value) in &node.attributes {
        // Namespaces and hints for validators say nothing about the schedule.
        let technical = name.starts_with("xml") || name.contains(':');
        if !technical && !known.contains(&name.as_str()) && !value.trim().is_empty() {
            notes.repeated(
                node.at,
                format!("the attribute {name} of <{}> is unknown and was left out", node.name),
            );
        }
    }
}
