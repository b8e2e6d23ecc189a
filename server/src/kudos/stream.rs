//! The stream of an open wall, as server-sent events (K9). Each wall gets what its reader may see, in the order of the
//! feed, from the number on that it has seen last. So nothing is lost or doubled when a connection or a server ends.

use std::{sync::Arc, time::Duration};

use app::{context::Visit, kudos::card::item_html, kudos::query::WallQuery};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State as Shared,
    response::{IntoResponse, Redirect, Response},
};
use domain::Actor;
use futures::stream::unfold;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use store::{
    Channel, Store, StoreError,
    kudos::{self, Change, Changes, Filter},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

use super::screen::as_visitor;
use crate::{
    cookies::CookieKind,
    errors::Fail,
    net::ConnectionSlot,
    state::{
        State,
        frames::{Frames, Key, SharedFrames},
    },
};

/// How often a process looks for new entries of the feed while a wall is open, although nothing woke it. A
/// notification of another process may be lost, for example behind a connection pooler.
const POLL: Duration = Duration::from_secs(5);
/// How often a silent wall gets a comment. Proxies close connections that are silent for longer.
const HEARTBEAT: Duration = Duration::from_secs(20);

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Tells open walls about new entries of the feed until the portal stops. Then it closes the walls, so that they do
/// not hold up the stop.
pub(crate) async fn watch(state: State, stop: CancellationToken) {
    let walls = &state.walls;
    let mut woken = state.store.listen(Channel::Kudos);
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            Ok(()) = woken.changed() => {}
            () = sleep(POLL) => {}
        }
        if walls.latest.receiver_count() == 0 {
            continue;
        }
        // While the database is down, walls wait. Requests log the cause.
        if let Ok(seq) = kudos::latest_seq(&state.store).await {
            walls.latest.send_if_modified(|known| std::mem::replace(known, seq) != seq);
        }
    }
    walls.closed.cancel();
}

/// One open wall.
struct Wall {
    store: Store,
    visit: Visit,
    token: Option<String>,
    filter: Filter,
    seq: i64,
    is_new: bool,
    latest: watch::Receiver<i64>,
    closed: CancellationToken,
    reads: Arc<Semaphore>,
    shared: Arc<SharedFrames>,
    _slot: OwnedSemaphorePermit,
}

/// Opens the stream of a wall. People who open the address in a browser get the wall itself.
pub(super) async fn stream(
    Shared(state): Shared<State>,
    Extension(mut visit): Extension<Visit>,
    Extension(connection): Extension<ConnectionSlot>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    // A screen that everybody sees gets public kudos only, whoever is signed in behind it.
    let is_screen = visit.query("screen").is_some();
    if is_screen {
        visit = as_visitor(visit);
    }
    let query = WallQuery::read(&visit);
    let wall_path = query.address("/kudos");
    let accepts = |value: &HeaderValue| value.to_str().is_ok_and(|text| text.contains("text/event-stream"));
    if method != Method::GET || !headers.get(header::ACCEPT).is_some_and(accepts) {
        return Ok(Redirect::to(&wall_path).into_response());
    }
    let slot = state.walls.slots.clone().try_acquire_owned();
    let slot = slot.map_err(|_| StoreError::Unavailable("too many open walls".into()))?;
    connection.release();
    let number = |text: &str| text.parse::<i64>().ok();
    let sent = headers.get(LAST_EVENT_ID).and_then(|value| value.to_str().ok()).and_then(number);
    let seq = match sent.or_else(|| visit.query("since").as_deref().and_then(number)) {
        Some(seq) => seq,
        None => kudos::latest_seq(&state.store).await?,
    };
    // Cards have forms that come back to the page they are on.
    visit.path_and_query = wall_path;
    let wall = Wall {
        store: state.store.clone(),
        token: CookieKind::Session.read(&headers, state.secure()).filter(|_| !is_screen),
        filter: query.filter,
        visit,
        seq,
        is_new: true,
        latest: state.walls.latest.subscribe(),
        closed: state.walls.closed.clone(),
        reads: state.walls.reads.clone(),
        shared: state.walls.shared.clone(),
        _slot: slot,
    };
    let frames = unfold(Some(wall), async |wall| {
        let (frame, wall) = next(wall?).await?;
        Some((Ok::<_, std::convert::Infallible>(frame), wall))
    });
    let mut response = Body::from_stream(frames).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        // The connection has given its slot back, so it must not carry another request.
        (header::CONNECTION, "close"),
        // Otherwise nginx keeps events back until its buffer is full.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// Waits for the next frames. What it does between is in boxes, because the memory of each open wall has room for the
/// largest thing that this function waits for. `None` ends the stream, and the wall connects again. The wall that is returned is
/// `None` when these are the last frames.
async fn next(mut wall: Wall) -> Option<(Bytes, Option<Wall>)> {
    if wall.is_new {
        wall.is_new = false;
        let reads = wall.reads.clone();
        let _turn = reads.acquire().await;
        // Catch up at once, and let the wall know that it is live.
        let (frames, last) = Box::pin(wall.read()).await?;
        return Some((format!(": open\n\n{frames}").into(), (!last).then_some(wall)));
    }
    loop {
        tokio::select! {
            () = wall.closed.clone().cancelled_owned() => return None,
            () = sleep(HEARTBEAT) => return Box::pin(wall.is_current()).await.then(|| (Bytes::from_static(b": open\n\n"), Some(wall))),
            changed = wall.latest.changed() => changed.ok()?,
        }
        let reads = wall.reads.clone();
        // The semaphore is never closed.
        let _turn = reads.acquire().await;
        if !Box::pin(wall.is_current()).await {
            return None;
        }
        let Frames { text, is_last, .. } = Box::pin(wall.read_shared()).await?;
        if !text.is_empty() {
            return Some((text, (!is_last).then_some(wall)));
        }
    }
}

impl Wall {
    /// Whether the reader is still signed in as when the stream was opened, with the same rights.
    async fn is_current(&self) -> bool {
        let Some(token) = self.token.as_deref().filter(|_| self.visit.actor != Actor::Anonymous) else {
            return true;
        };
        let signed_in = store::members::sign_in_session(&self.store, token).await;
        matches!(signed_in, Ok(Some(signed_in)) if signed_in.actor == self.visit.actor)
    }

    /// The frames for everything new. Readers who see the same share them.
    async fn read_shared(&mut self) -> Option<Frames> {
        let latest = *self.latest.borrow();
        // Who is in a group or at an event is not the same for all readers.
        let Filter { group, person, to, from, team, event, value: _, discipline: _ } = &self.filter;
        let is_open = [group, person, to, from, team, event].into_iter().all(Option::is_none);
        let shared = self.shared.clone();
        if is_open && latest > self.seq {
            let (store, actor, key) = (self.store.clone(), self.visit.actor, Key::of(&self.visit, self.seq));
            let frames = shared.frames(&store, &actor, key, latest, self.read_frames()).await;
            if let Some(frames) = frames {
                self.seq = frames.seq;
                return Some(frames);
            }
        }
        self.read_frames().await
    }

    async fn read_frames(&mut self) -> Option<Frames> {
        let (text, is_last) = self.read().await?;
        Some(Frames { text: text.into(), seq: self.seq, is_last })
    }

    /// The frames for everything new, and whether they are the last. `None` when the database does not answer.
    async fn read(&mut self) -> Option<(String, bool)> {
        let mut frames = String::new();
        loop {
            match kudos::since(&self.store, &self.visit.actor, &self.filter, self.seq).await {
                Ok(Some(Changes { seq, changes, more })) => {
                    if seq != self.seq {
                        changes.iter().for_each(|change| frames.push_str(&frame(&self.visit, change)));
                        // The number comes last, so that a connection that breaks in between repeats the cards.
                        frames.push_str(&format!("id: {seq}\nevent: seen\ndata: {{}}\n\n"));
                        self.seq = seq;
                    }
                    if !more {
                        return Some((frames, false));
                    }
                }
                Ok(None) => return Some(("event: reload\ndata: {}\n\n".to_owned(), true)),
                Err(_) => return None,
            }
        }
    }
}

fn frame(visit: &Visit, change: &Change) -> String {
    let (name, data) = match change {
        Change::Show(card) => ("show", serde_json::json!({ "html": item_html(visit, card) })),
        Change::Remove(id) => ("remove", serde_json::json!({ "id": id.to_string() })),
    };
    format!("event: {name}\ndata: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The memory of what an async function waits with.
    fn size<F: Future>(_: impl Fn(Wall) -> F) -> usize {
        size_of::<F>()
    }

    /// K9: a wall that waits is small. The control: a wall that reads is not.
    #[test]
    fn k9_an_open_wall_takes_little_memory() {
        let reads = size(async |mut wall: Wall| wall.read().await);
        assert!(size(next) < 4_000 && reads > 4_000, "{} and {reads}", size(next));
    }
}
