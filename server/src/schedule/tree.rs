//! XML to elements, within bounds. Entities of the file's own are refused, so none can explode.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{Fault, quote};

/// The format nests six deep.
const MOST_DEPTH: usize = 32;
/// A file of the largest size full of real sessions has half as many.
const MOST_NODES: usize = 500_000;

/// An element.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    /// What stands directly in it, as it stands there.
    pub(super) text: String,
    pub(super) children: Vec<Self>,
    /// The byte of its start tag.
    pub(super) at: usize,
}

impl Node {
    /// An attribute without the space around it; empty when it is not there.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The children of that name.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The child of that name: a second one would be lost, so it is refused.
    pub(super) fn one<'a>(&'a self, name: &str) -> Result<Option<&'a Self>, Fault> {
        let mut found = self.all(name);
        let first = found.next();
        match found.next() {
            None => Ok(first),
            Some(second) => {
                let says = format!(
                    "<{}> has a second <{name}>; a schedule has one there, remove the other",
                    self.name
                );
                Err(Fault::new(second.at, says))
            }
        }
    }

    /// Its text. Elements in it would be lost, so they are refused.
    pub(super) fn words(&self) -> Result<&str, Fault> {
        match self.children.first() {
            None => Ok(&self.text),
            Some(child) => {
                let says = format!(
                    "<{}> holds text, but here is the element <{}> in it; escape its markup or put it in CDATA",
                    self.name, child.name
                );
                Err(Fault::new(child.at, says))
            }
        }
    }

    /// The text of the child of that name, as it stands there; empty when it is not there.
    pub(super) fn text_of(&self, name: &str) -> Result<String, Fault> {
        Ok(self.one(name)?.map(Self::words).transpose()?.unwrap_or_default().to_owned())
    }

    /// The same without the space around it.
    pub(super) fn word_of(&self, name: &str) -> Result<String, Fault> {
        Ok(self.text_of(name)?.trim().to_owned())
    }
}

/// The root element of a well-formed text.
pub(super) fn parse(xml: &str) -> Result<Node, Fault> {
    if let Some((at, bad)) = xml.char_indices().find(|(_, c)| !is_allowed(*c)) {
        return Err(Fault::new(at, disallowed(bad)));
    }
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut root, mut nodes) = (Vec::<Node>::new(), None, 0_usize);
    loop {
        let at = position(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let says = format!("this is not well-formed XML ({error}); correct it or export the file again");
            Fault::new(position(reader.error_position()), says)
        })?;
        match event {
            Event::Start(_) if open.is_empty() && root.is_some() => {
                return Err(Fault::new(at, "there is a second root element; a file holds one schedule"));
            }
            Event::Start(start) => {
                let node = element(&start, at)?;
                nodes += 1 + node.attributes.len();
                if nodes > MOST_NODES {
                    let says =
                        "the file has more elements than any schedule; check that it is the right file";
                    return Err(Fault::new(at, says));
                }
                if open.len() == MOST_DEPTH {
                    let says =
                        format!("elements nest more than {MOST_DEPTH} deep; a schedule nests six deep");
                    return Err(Fault::new(at, says));
                }
                open.push(node);
            }
            Event::End(_) => match (open.pop(), open.last_mut()) {
                (Some(node), Some(parent)) => parent.children.push(node),
                (Some(node), None) => root = Some(node),
                // The reader has matched every end with its start.
                (None, _) => {}
            },
            Event::Text(text) => write(&mut open, at, &text.xml10_content())?,
            Event::CData(text) => write(&mut open, at, &text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let says = entity(&reference, at)?;
                write(&mut open, at, &says)?;
            }
            Event::Eof => break,
            // An empty element comes as start and end; the rest says nothing about the schedule.
            Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    if let Some(node) = open.last() {
        let says = format!("<{}> is not closed when the file ends; get the whole file", node.name);
        return Err(Fault::new(node.at, says));
    }
    root.ok_or_else(|| Fault::new(0, "the file holds no element; give a schedule.xml"))
}

fn element(start: &BytesStart<'_>, at: usize) -> Result<Node, Fault> {
    let name = start.name().0.to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| {
            Fault::new(at, format!("<{name}> has an attribute that is not XML ({error}); correct it"))
        })?;
        let key = attribute.key.0.to_owned();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| {
            Fault::new(at, format!("the attribute {key} of <{name}> cannot be read ({error}); correct it"))
        })?;
        if let Some(bad) = value.chars().find(|c| !is_allowed(*c)) {
            return Err(Fault::new(at, disallowed(bad)));
        }
        attributes.push((key, value.into_owned()));
    }
    Ok(Node { name, attributes, text: String::new(), children: Vec::new(), at })
}

/// Text belongs to the innermost open element; outside of the root there is only space.
fn write(open: &mut [Node], at: usize, text: &str) -> Result<(), Fault> {
    match open.last_mut() {
        Some(node) => node.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(Fault::new(at, "there is text outside of <schedule>; give a schedule.xml")),
    }
    Ok(())
}

fn entity(reference: &BytesRef<'_>, at: usize) -> Result<String, Fault> {
    let name: &str = reference;
    let named = |says: &str| Fault::new(at, format!("the entity {} {says}", quote(&format!("&{name};"))));
    match reference.resolve_char_ref() {
        Ok(Some(c)) if is_allowed(c) => Ok(c.to_string()),
        Ok(Some(_)) | Err(_) => Err(named("is no character of XML; remove it")),
        Ok(None) => resolve_predefined_entity(name)
            .map(str::to_owned)
            .ok_or_else(|| named("is none of XML's own; write the character itself")),
    }
}

fn disallowed(c: char) -> String {
    format!("the character U+{:04X} may not stand in XML; remove it", u32::from(c))
}

/// What XML 1.0 lets stand in a text.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// The text is far below four billion bytes.
fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
