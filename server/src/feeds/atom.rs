//! A feed as Atom (RFC 4287).

use domain::events::EventStatus;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Page, when_and_where};

pub(super) fn write(page: &Page<'_>) -> std::io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.write_inner_content(|xml| {
        text(xml, "id", &page.own)?;
        text(xml, "title", &page.title)?;
        text(xml, "updated", &page.updated_at().to_rfc3339())?;
        link(xml, "self", &page.own)?;
        link(xml, "alternate", &page.home)?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", &page.title))?;
        for entry in &page.feed.entries {
            xml.create_element("entry").write_inner_content(|xml| {
                text(xml, "id", &format!("urn:uuid:{}", entry.event.id))?;
                text(xml, "title", &entry.event.details.title)?;
                text(xml, "updated", &entry.updated_at.to_rfc3339())?;
                link(xml, "alternate", &page.address(entry))?;
                if entry.event.status == EventStatus::Cancelled {
                    xml.create_element("category").with_attribute(("term", "cancelled")).write_empty()?;
                }
                text(xml, "summary", &when_and_where(entry))
            })?;
        }
        Ok(())
    })?;
    Ok(String::from_utf8_lossy(&xml.into_inner()).into_owned())
}

/// Writes a text element. Control characters that XML 1.0 forbids are left out.
pub(crate) fn text(xml: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    let clean: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    xml.create_element(name).write_text_content(BytesText::new(&clean))?;
    Ok(())
}

/// Writes a link with its relation.
pub(crate) fn link(xml: &mut Writer<Vec<u8>>, rel: &str, to: &str) -> std::io::Result<()> {
    xml.create_element("link").with_attribute(("rel", rel)).with_attribute(("href", to)).write_empty()?;
    Ok(())
}
