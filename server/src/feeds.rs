//! Feeds of events (C12): calendars, Atom and JSON Feed of the community and of public groups, and the
//! private calendar of a member behind a secret address. None says where to join.

mod atom;
mod ics;
mod json;

use app::{context::Visit, i18n::clocks, ui::Shape};
use axum::{
    Extension, Router,
    extract::{Path, State as Shared},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    Instant, Locale, Slug,
    events::{Rsvp, RsvpState},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest as _, Sha256};
use store::feeds::{self, Entry, Feed};

use crate::{errors::Fail, state::State};

/// How a feed is written.
#[derive(Clone, Copy)]
enum FeedFormat {
    Ics,
    Atom,
    Json,
}

impl FeedFormat {
    fn content_type(self) -> &'static str {
        match self {
            Self::Ics => "text/calendar; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::Ics => "ics",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }
}

/// The routes of feeds.
pub(crate) fn routes() -> Router<State> {
    let mut routes = Router::new().route("/feeds/{file}", get(private));
    for kind in [FeedFormat::Ics, FeedFormat::Atom, FeedFormat::Json] {
        let all = move |state, visit, headers| community(state, visit, headers, kind);
        let one = move |state, visit, slug, headers| group(state, visit, slug, headers, kind);
        routes = routes
            .route(&format!("/events.{}", kind.end()), get(all))
            .route(&format!("/groups/{{slug}}/events.{}", kind.end()), get(one));
    }
    routes
}

/// What every way of writing needs to know.
struct Page<'a> {
    title: String,
    /// Where people read the same.
    home: String,
    /// The address of the feed itself.
    own: String,
    origin: &'a str,
    feed: &'a Feed,
}

impl Page<'_> {
    fn address(&self, entry: &Entry) -> String {
        format!("{}/events/{}", self.origin, entry.event.slug)
    }

    /// The last change of anything in it.
    fn updated_at(&self) -> Instant {
        self.feed.entries.iter().map(|entry| entry.updated_at).max().unwrap_or_default()
    }
}

async fn community(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
    kind: FeedFormat,
) -> Result<Response, Fail> {
    let feed = feeds::public(&state.store, None).await?;
    let page = Page {
        title: visit.community.clone(),
        home: format!("{}/events", visit.origin),
        own: format!("{}/events.{}", visit.origin, kind.end()),
        origin: &visit.origin,
        feed: &feed,
    };
    answer(&page, kind, &headers)
}

async fn group(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    kind: FeedFormat,
) -> Result<Response, Fail> {
    let slug = Slug::parse(&slug).ok_or(store::StoreError::NotFound)?;
    let feed = feeds::public(&state.store, Some(&slug)).await?;
    let name = feed.group.clone().unwrap_or_default();
    let page = Page {
        title: format!("{name} · {}", visit.community),
        home: format!("{}/groups/{slug}", visit.origin),
        own: format!("{}/groups/{slug}/events.{}", visit.origin, kind.end()),
        origin: &visit.origin,
        feed: &feed,
    };
    answer(&page, kind, &headers)
}

async fn private(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let token = file.strip_suffix(".ics").ok_or(store::StoreError::NotFound)?;
    let feed = feeds::private(&state.store, token).await?;
    let page = Page {
        title: visit.community.clone(),
        home: format!("{}/events", visit.origin),
        // Its secret stands in no feed.
        own: format!("{}/profile/calendar", visit.origin),
        origin: &visit.origin,
        feed: &feed,
    };
    answer(&page, FeedFormat::Ics, &headers)
}

fn answer(page: &Page<'_>, kind: FeedFormat, headers: &HeaderMap) -> Result<Response, Fail> {
    let body = match kind {
        FeedFormat::Ics => ics::write(page),
        FeedFormat::Atom => {
            atom::write(page).map_err(|error| app::error::AppError::internal(&error.to_string()))?
        }
        FeedFormat::Json => json::write(page),
    };
    // Weak: behind it the same may come compressed.
    let hash: String = Sha256::digest(&body)[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let etag = format!("W/\"{hash}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_known = known.split(',').any(|one| one.trim().trim_start_matches("W/") == &etag[2..]);
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { body.into_response() };
    let answer = response.headers_mut();
    if !is_known {
        answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type()));
    }
    // Kept by who reads it, asked for again each time: what becomes private is gone at once.
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(etag) = HeaderValue::try_from(etag) {
        answer.insert(header::ETAG, etag);
    }
    Ok(response)
}

/// The answer of whose feed it is, while it stands.
fn standing(entry: &Entry) -> Option<&Rsvp> {
    entry.mine.as_ref().filter(|mine| RsvpState::ACTIVE.contains(&mine.state))
}

/// When and where, for feeds that have no room of their own for it.
fn when_and_where(entry: &Entry) -> String {
    let details = &entry.event.details;
    let (when, _) = clocks::lines(Locale::En, &entry.event.time(), None, Shape::DateTimeYear);
    [when, details.place.clone(), details.summary.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
