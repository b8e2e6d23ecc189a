//! Public kudos as Atom (RFC 4287), as a visitor sees them.

use app::{context::Visit, i18n};
use axum::{Extension, extract::State as Shared, response::Response};
use domain::Actor;
use http::HeaderMap;
use quick_xml::{
    Writer,
    events::{BytesDecl, Event},
};
use store::kudos::{self, Kudos};

use crate::{
    errors::Fail,
    feeds::{
        atom::{link, text},
        unless_known,
    },
    state::State,
};

/// The most entries in the feed.
pub(super) const MAX_ENTRIES: u64 = 50;

pub(super) async fn atom(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let kudos = kudos::latest(&state.store, &Actor::Anonymous, MAX_ENTRIES).await?;
    let body = write(&visit, &kudos).map_err(|error| app::error::AppError::internal(&error.to_string()))?;
    Ok(unless_known(body, "application/atom+xml; charset=utf-8", &headers))
}

fn write(visit: &Visit, kudos: &[Kudos]) -> std::io::Result<String> {
    let own = format!("{}/kudos.atom", visit.origin);
    let updated = kudos.iter().map(changed_at).max().unwrap_or_default();
    let title = visit.tr_with("kudos-feed-title", &[("community", i18n::quote(visit.community.clone()))]);
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    feed.write_inner_content(|xml| {
        text(xml, "id", &own)?;
        text(xml, "title", &title)?;
        text(xml, "updated", &updated.to_rfc3339())?;
        link(xml, "self", &own)?;
        link(xml, "alternate", &format!("{}/kudos", visit.origin))?;
        for one in kudos {
            entry(xml, visit, one)?;
        }
        Ok(())
    })?;
    Ok(String::from_utf8_lossy(&xml.into_inner()).into_owned())
}

fn entry(xml: &mut Writer<Vec<u8>>, visit: &Visit, kudos: &Kudos) -> std::io::Result<()> {
    let title = entry_title(visit, kudos);
    let author = kudos.from.as_ref().map_or(visit.community.as_str(), |person| person.name.as_str());
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &format!("urn:uuid:{}", kudos.id))?;
        text(xml, "title", &title)?;
        text(xml, "published", &kudos.given_at.to_rfc3339())?;
        text(xml, "updated", &changed_at(kudos).to_rfc3339())?;
        link(xml, "alternate", &format!("{}/kudos/{}", visit.origin, kudos.id))?;
        xml.create_element("author").write_inner_content(|xml| text(xml, "name", author))?;
        for value in &kudos.values {
            xml.create_element("category").with_attribute(("term", value.name.as_str())).write_empty()?;
        }
        text(xml, "summary", &markup::markdown::text(&kudos.text))
    })?;
    Ok(())
}

/// The title of an entry: to whom the kudos are.
pub(super) fn entry_title(visit: &Visit, kudos: &Kudos) -> String {
    let names: Vec<&str> = kudos.to.iter().map(|person| person.name.as_str()).collect();
    match names.as_slice() {
        [] => visit.tr("kudos-title"),
        names => visit.tr_with("kudos-page-title", &[("name", i18n::quote(names.join(", ")))]),
    }
}

pub(super) fn changed_at(kudos: &Kudos) -> domain::Instant {
    kudos.edited_at.unwrap_or(kudos.given_at)
}
