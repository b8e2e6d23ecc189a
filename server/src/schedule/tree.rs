//! Parses XML into elements, within limits. Entities that the file declares are never expanded, so they can't
//! be used to exhaust the memory.

use domain::text::is_override;
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{ParseError, decode::is_allowed, notes::Notes, quote};

/// The deepest nesting of elements that is read. The format has six levels.
const MAX_DEPTH: usize = 32;
/// The most elements and attributes that are read. The largest file, full of real sessions, has half as many.
const MAX_NODES: usize = 500_000;

/// An XML element.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// The text directly in the element.
    pub(super) text: String,
    pub(super) children: Vec<Self>,
    /// The byte position of the start tag.
    pub(super) at: usize,
    /// The source between the start tag and the end tag.
    inner: &'a str,
}

impl<'a> Node<'a> {
    /// The trimmed value of an attribute, or empty if it is missing.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The children with this name.
    pub(super) fn children_named<'n>(&'n self, name: &str) -> impl Iterator<Item = &'n Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child with this name. Others are noted and ignored.
    pub(super) fn child(&self, name: &str, notes: &mut Notes) -> Option<&Self> {
        let mut children = self.children_named(name);
        let first = children.next();
        for further in children {
            notes.add(further.at, format!("<{}> has a second <{name}>. The first one was used", self.name));
        }
        first
    }

    /// The text of the element. If it contains elements, they are kept as source, and pages read the text as
    /// HTML.
    pub(super) fn content(&self, notes: &mut Notes) -> String {
        let Some(child) = self.children.first() else { return self.text.clone() };
        let message = format!(
            "<{}> contains the element <{}> in its text, so it was read as HTML",
            self.name, child.name
        );
        notes.add(child.at, message);
        self.inner.replace("<![CDATA[", "").replace("]]>", "")
    }

    /// The text of the child with this name, or empty if there is none.
    pub(super) fn text_of(&self, name: &str, notes: &mut Notes) -> String {
        self.child(name, notes).map(|node| node.content(notes)).unwrap_or_default()
    }

    /// The trimmed text of the child with this name, or empty if there is none.
    pub(super) fn trimmed_text_of(&self, name: &str, notes: &mut Notes) -> String {
        self.text_of(name, notes).trim().to_owned()
    }

    /// Whether the element has no attributes, children or text.
    pub(super) fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.children.is_empty() && self.text.trim().is_empty()
    }
}

/// Parses the text and returns its root element. Fails if it isn't well-formed XML or is beyond the limits.
pub(super) fn parse<'a>(xml: &'a str, notes: &mut Notes) -> Result<Node<'a>, ParseError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let (mut open, mut root, mut nodes) = (Vec::<Node<'a>>::new(), None, 0_usize);
    loop {
        let at = position(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let message =
                format!("this is not well-formed XML ({error}). Correct it, or export the file again");
            ParseError::new(position(reader.error_position()), message)
        })?;
        match event {
            Event::Start(_) if open.is_empty() && root.is_some() => {
                return Err(ParseError::new(
                    at,
                    "there is a second root element. A file can contain only one schedule",
                ));
            }
            Event::Start(start) => {
                let mut node = element(&start, at, notes);
                node.inner = xml.get(position(reader.buffer_position())..).unwrap_or_default();
                nodes += 1 + node.attributes.len();
                if nodes > MAX_NODES {
                    let message =
                        "the file has more elements than any schedule. Check that it is the right file";
                    return Err(ParseError::new(at, message));
                }
                if open.len() == MAX_DEPTH {
                    let message = format!(
                        "elements are nested more than {MAX_DEPTH} levels deep, but a schedule has only six levels"
                    );
                    return Err(ParseError::new(at, message));
                }
                open.push(node);
            }
            Event::End(_) => {
                // The reader has already matched each end tag with its start tag.
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
            // The reader reports an empty element as start and end. The others say nothing about the schedule.
            Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    if let Some(node) = open.last() {
        let message = format!("<{}> is not closed at the end of the file. Get the complete file", node.name);
        return Err(ParseError::new(node.at, message));
    }
    root.ok_or_else(|| ParseError::new(0, "the file contains no element. Use a schedule.xml file"))
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
                let message = format!("the attribute {key} of <{name}> was read as it is written ({error})");
                notes.add(at, message);
                attribute.value.clone().into_owned()
            },
            |value| value.into_owned(),
        );
        attributes.push((key, value.chars().filter(|c| is_allowed(*c) && !is_override(*c)).collect()));
    }
    Node { name, attributes, text: String::new(), children: Vec::new(), at, inner: "" }
}

/// Adds text to the innermost open element. Outside of the root element, only white space is allowed.
fn write(open: &mut [Node<'_>], at: usize, text: &str) -> Result<(), ParseError> {
    match open.last_mut() {
        Some(node) => node.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => {
            return Err(ParseError::new(at, "there is text outside of <schedule>. Use a schedule.xml file"));
        }
    }
    Ok(())
}

/// The text of an entity. An entity that XML doesn't know is kept as it is written, because pages know the
/// entities of HTML.
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

/// Converts a position of the reader. The text is much shorter than four billion bytes, so it never saturates.
fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
