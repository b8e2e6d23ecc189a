//! Public kudos as JSON Feed 1.1, as a visitor sees them.

use app::{context::Visit, i18n};
use axum::{Extension, extract::State as Shared, response::Response};
use domain::Actor;
use http::HeaderMap;
use markup::markdown;
use serde_json::json;
use store::kudos::{self, Kudos};

use super::atom::{MAX_ENTRIES, changed_at, entry_title};
use crate::{errors::Fail, feeds::unless_known, state::State};

pub(super) async fn json(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let kudos = kudos::latest(&state.store, &Actor::Anonymous, MAX_ENTRIES).await?;
    Ok(unless_known(write(&visit, &kudos), "application/feed+json; charset=utf-8", &headers))
}

fn write(visit: &Visit, kudos: &[Kudos]) -> String {
    let items = kudos.iter().map(|one| {
        let authors = one.from.iter().chain(&one.added).map(|person| json!({ "name": person.name }));
        json!({
            "id": format!("urn:uuid:{}", one.id),
            "url": format!("{}/kudos/{}", visit.origin, one.id),
            "title": entry_title(visit, one),
            "content_text": markdown::text(&one.text),
            "content_html": markdown::html(&one.text),
            "date_published": one.given_at.to_rfc3339(),
            "date_modified": changed_at(one).to_rfc3339(),
            "authors": authors.collect::<Vec<_>>(),
            "tags": one.values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>(),
        })
    });
    let community = [("community", i18n::quote(visit.community.clone()))];
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": visit.tr_with("kudos-feed-title", &community),
        "home_page_url": format!("{}/kudos", visit.origin),
        "feed_url": format!("{}/kudos.json", visit.origin),
        "items": items.collect::<Vec<_>>(),
    })
    .to_string()
}
