//! Feeds of events (C12): calendars, Atom and JSON Feed for the community and for public groups, and each
//! member's private calendar at a secret address. No feed contains the address to join online.

pub(crate) mod atom;
mod ics;
mod json;

use app::{context::Visit, i18n::clocks, ui::Shape};
use axum::{
    Extension, Router,
    extract::{Path, Query, State as Shared},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    Instant, Locale, Slug,
    events::{Rsvp, RsvpState},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use store::{
    events,
    feeds::{self, Entry, Feed},
};
use uuid::Uuid;

use crate::{errors::Fail, state::State};

/// The formats of feeds.
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

    fn extension(self) -> &'static str {
        match self {
            Self::Ics => "ics",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }
}

/// The routes of feeds.
pub(crate) fn routes() -> Router<State> {
    let mut routes = Router::new()
        .route("/feeds/{file}", get(private))
        .route("/events/{slug}/event.ics", get(one_event))
        .route("/events/{slug}/schedule.ics", get(agenda));
    for kind in [FeedFormat::Ics, FeedFormat::Atom, FeedFormat::Json] {
        let all = move |state, visit, headers| community(state, visit, headers, kind);
        let one = move |state, visit, slug, headers| group(state, visit, slug, headers, kind);
        routes = routes
            .route(&format!("/events.{}", kind.extension()), get(all))
            .route(&format!("/groups/{{slug}}/events.{}", kind.extension()), get(one));
    }
    routes
}

/// A feed with what every format needs.
struct Page<'a> {
    title: String,
    /// The address of the page with the same events.
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

    /// The time of the last change of any entry.
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
        own: format!("{}/events.{}", visit.origin, kind.extension()),
        origin: &visit.origin,
        feed: &feed,
    };
    respond(&page, kind, &headers)
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
        own: format!("{}/groups/{slug}/events.{}", visit.origin, kind.extension()),
        origin: &visit.origin,
        feed: &feed,
    };
    respond(&page, kind, &headers)
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
        // Not the feed's own address, so that its secret isn't in the feed.
        own: format!("{}/profile/calendar", visit.origin),
        origin: &visit.origin,
        feed: &feed,
    };
    respond(&page, FeedFormat::Ics, &headers)
}

/// One event for the reader's calendar, without subscribing to anything.
async fn one_event(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let slug = Slug::parse(&slug).ok_or(store::StoreError::NotFound)?;
    let page = events::page(&state.store, &visit.actor, &slug).await?;
    let mut event = page.event;
    event.details.hide_link();
    let feed = Feed {
        group: None,
        entries: vec![Entry { event, rsvp: page.rsvp, updated_at: state.store.now() }],
        sessions: Vec::new(),
    };
    let page = Page {
        title: visit.community.clone(),
        home: format!("{}/events/{slug}", visit.origin),
        own: format!("{}/events/{slug}/event.ics", visit.origin),
        origin: &visit.origin,
        feed: &feed,
    };
    respond(&page, FeedFormat::Ics, &headers)
}

/// Which sessions of an agenda a calendar has. Both are ids.
#[derive(Deserialize)]
struct AgendaQuery {
    room: Option<String>,
    track: Option<String>,
}

/// The sessions of an event, or of one of its rooms or tracks (D15).
async fn agenda(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    Query(query): Query<AgendaQuery>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let slug = Slug::parse(&slug).ok_or(store::StoreError::NotFound)?;
    let id = |text: &Option<String>| -> Result<Option<Uuid>, store::StoreError> {
        text.as_ref().map(|text| text.parse().map_err(|_| store::StoreError::NotFound)).transpose()
    };
    let (room, track) = (id(&query.room)?, id(&query.track)?);
    let (event, name, sessions) =
        store::schedule::calendar(&state.store, &visit.actor, &slug, room, track).await?;
    let feed = Feed { group: None, entries: Vec::new(), sessions };
    let title = event.details.title.clone();
    let page = Page {
        title: name.map_or_else(|| title.clone(), |name| format!("{name} · {title}")),
        home: format!("{}/events/{slug}", visit.origin),
        own: format!("{}/events/{slug}/schedule.ics", visit.origin),
        origin: &visit.origin,
        feed: &feed,
    };
    respond(&page, FeedFormat::Ics, &headers)
}

fn respond(page: &Page<'_>, kind: FeedFormat, headers: &HeaderMap) -> Result<Response, Fail> {
    let body = match kind {
        FeedFormat::Ics => ics::write(page),
        FeedFormat::Atom => {
            atom::write(page).map_err(|error| app::error::AppError::internal(&error.to_string()))?
        }
        FeedFormat::Json => json::write(page),
    };
    Ok(unless_known(body, kind.content_type(), headers))
}

/// The response with a feed, or 304 if the reader has it already.
pub(crate) fn unless_known(body: String, content_type: &'static str, headers: &HeaderMap) -> Response {
    // The ETag is weak, because the response may be compressed later.
    let hash: String = Sha256::digest(&body)[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let etag = format!("W/\"{hash}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_known = known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == &etag[2..]);
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { body.into_response() };
    let response_headers = response.headers_mut();
    if !is_known {
        response_headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    // Only the reader may cache it, and has to revalidate it each time, so that an event that becomes private
    // disappears at once.
    response_headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(etag) = HeaderValue::try_from(etag) {
        response_headers.insert(header::ETAG, etag);
    }
    response
}

/// The active RSVP of the member whose private feed this is.
fn active_rsvp(entry: &Entry) -> Option<&Rsvp> {
    entry.rsvp.as_ref().filter(|rsvp| RsvpState::ACTIVE.contains(&rsvp.state))
}

/// Time, place and summary in one line, for formats without separate fields.
fn when_and_where(entry: &Entry) -> String {
    let details = &entry.event.details;
    let (when, _) = clocks::lines(Locale::En, &entry.event.time(), None, Shape::DateTimeYear);
    [when, details.place.clone(), details.summary.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
