//! XML to elements, within bounds. Entities that the file declares are never expanded, so none can explode.

use domain::text::is_override;
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{StoreError, decode::is_allowed, notes::Notes, quote};

/// The format nests six deep.
const MAX_DEPTH: usize = 32;
/// A file of the largest size full of real sessions has half as many.
const MAX_NODES: usize = 500_000;

/// An element.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// The text directly in it.
    pub(super) text: String,
    pub(super) children: Vec<Self>,
    /// The byte of its start tag.
    pub(super) at: usize,
    /// Everything between its start tag and its end tag, as written.
    inner: &'a str,
}

impl<'a> Node<'a> {
    /// An attribute without the space around it; empty when it is not there.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The children of that name.
    pub(super) fn all<'n>(&'n self, name: &str) -> impl Iterator<Item = &'n Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of that name. Further ones are noted.
    pub(super) fn one(&self, name: &str, notes: &mut Notes) -> Option<&Self> {
        let mut found = self.all(name);
        let first = found.next();
        for further in found {
            notes.add(further.at, format!("<{}> has a second <{name}>. The first one was used", self.name));
        }
        first
    }

    /// Its text. When there are elements in it, they are kept as they are written: pages read them as HTML.
    pub(super) fn words(&self, notes: &mut Notes) -> String {
        let Some(child) = self.children.first() else { return self.text.clone() };
        let says = format!(
            "<{}> contains the element <{}> in its text, so it was read as HTML",
            self.name, child.name
        );
        notes.add(child.at, says);
        self.inner.replace("<![CDATA[", "").replace("]]>", "")
    }

    /// The text of the child of that name; empty when it is not there.
    pub(super) fn text_of(&self, name: &str, notes: &mut Notes) -> String {
        self.one(name, notes).map(|node| node.words(notes)).unwrap_or_default()
    }

    /// The same without the space around it.
    pub(super) fn word_of(&self, name: &str, notes: &mut Notes) -> String {
        self.text_of(name, notes).trim().to_owned()
    }

    /// Whether the element says nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.children.is_empty() && self.text.trim().is_empty()
    }
}

/// The root element of a well-formed text.
pub(super) fn parse<'a>(xml: &'a str, notes: &mut Notes) -> Result<Node<'a>, StoreError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let (mut open, mut root, mut nodes) = (Vec::<Node<'a>>::new(), None, 0_usize);
    loop {
        let at = position(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let says = format!("this is not well-formed XML ({error}). Correct it, or export the file again");
            StoreError::new(position(reader.error_position()), says)
        })?;
        match event {
            Event::Start(_) if open.is_empty() && root.is_some() => {
                return Err(StoreError::new(
                    at,
                    "there is a second root element. A file can contain only one schedule",
                ));
            }
            Event::Start(start) => {
                let mut node = element(&start, at, notes);
                node.inner = xml.get(position(reader.buffer_position())..).unwrap_or_default();
                nodes += 1 + node.attributes.len();
                if nodes > MAX_NODES {
                    let says =
                        "the file has more elements than any schedule. Check that it is the right file";
                    return Err(StoreError::new(at, says));
                }
                if open.len() == MAX_DEPTH {
                    let says = format!(
                        "elements are nested more than {MAX_DEPTH} levels deep, but a schedule has only six levels"
                    );
                    return Err(StoreError::new(at, says));
                }
                open.push(node);
            }
            Event::End(_) => {
                // The reader has matched every end with its start.
                let Some(mut node) = open.pop() else { continue };
                let rest = xml.len() - node.inner.len();
                node.inner = node.inner.get(..at.saturating_sub(rest)).unwrap_or_default();
                match open.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => root = Some(node),
                }
            }
            Event::Text(text) => {
                let text = text.xml10_content();
                if text.contains('&') && !open.is_empty() {
                    notes
                        .repeated(at, "an ampersand is not escaped and was kept as it is. Write it as &amp;");
                }
                write(&mut open, at, &text)?;
            }
            Event::CData(text) => write(&mut open, at, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let text = entity(&reference, at, notes);
                write(&mut open, at, &text)?;
            }
            Event::Eof => break,
            // An empty element comes as start and end; the rest says nothing about the schedule.
            Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    if let Some(node) = open.last() {
        let says = format!("<{}> is not closed at the end of the file. Get the complete file", node.name);
        return Err(StoreError::new(node.at, says));
    }
    root.ok_or_else(|| StoreError::new(0, "the file contains no element. Use a schedule.xml file"))
}

fn element<'a>(start: &BytesStart<'_>, at: usize, notes: &mut Notes) -> Node<'a> {
    let name = start.name().0.to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = match attribute {
            Ok(attribute) => attribute,
            Err(error) => {
                notes.add(at, format!("<{name}> has an attribute that cannot be read ({error})"));
                continue;
            }
        };
        let key = attribute.key.0.to_owned();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_or_else(
            |error| {
                let says = format!("the attribute {key} of <{name}> was read as it is written ({error})");
                notes.add(at, says);
                attribute.value.clone().into_owned()
            },
            |value| value.into_owned(),
        );
        attributes.push((key, value.chars().filter(|c| is_allowed(*c) && !is_override(*c)).collect()));
    }
    Node { name, attributes, text: String::new(), children: Vec::new(), at, inner: "" }
}

/// Text belongs to the innermost open element; outside of the root there is only space.
fn write(open: &mut [Node<'_>], at: usize, text: &str) -> Result<(), StoreError> {
    match open.last_mut() {
        Some(node) => node.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => {
            return Err(StoreError::new(at, "there is text outside of <schedule>. Use a schedule.xml file"));
        }
    }
    Ok(())
}

/// The text of an entity. One that XML does not know stays as it is written: pages read HTML's own.
fn entity(reference: &BytesRef<'_>, at: usize, notes: &mut Notes) -> String {
    let name: &str = reference;
    let written = format!("&{name};");
    match reference.resolve_char_ref() {
        Ok(Some(c)) if is_override(c) => String::new(),
        Ok(Some(c)) if is_allowed(c) => c.to_string(),
        Ok(Some(_)) | Err(_) => {
            notes.add(at, format!("{} is not a valid XML character, so it was left out", quote(&written)));
            String::new()
        }
        Ok(None) => resolve_predefined_entity(name).map_or_else(
            || {
                notes.repeated(
                    at,
                    format!("the entity {} is unknown, so it was kept as it is written", quote(&written)),
                );
                written.clone()
            },
            str::to_owned,
        ),
    }
}

/// The text is far below four billion bytes.
fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
