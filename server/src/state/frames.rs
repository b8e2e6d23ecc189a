//! Frames that many open walls share. Most readers see the same changes, and 5,000 walls must not read them 5,000 times
//! (K9). A reader who may see something else reads for themselves.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use app::context::Visit;
use axum::body::Bytes;
use domain::{Actor, Locale, MemberId, Role, Zone};
use store::{Store, kudos};
use tokio::sync::OnceCell;

/// Frames, the number of the feed that they lead to, and whether the stream ends with them.
#[derive(Clone, Debug)]
pub(crate) struct Frames {
    pub(crate) text: Bytes,
    pub(crate) seq: i64,
    pub(crate) is_last: bool,
}

/// What decides about the frames of an ordinary reader: from where on, for whom, and how the cards look.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    after: i64,
    role: Option<Role>,
    locale: Locale,
    zone: Zone,
    path: String,
}

impl Key {
    /// The key of a wall that has seen the entry `after`.
    pub(crate) fn of(visit: &Visit, after: i64) -> Self {
        let role = match visit.actor {
            Actor::Member { role, .. } => Some(role),
            Actor::Anonymous | Actor::Operator => None,
        };
        Self { after, role, locale: visit.locale, zone: visit.zone, path: visit.path_and_query.clone() }
    }
}

/// Frames for everybody but the members who are concerned. `None` when everybody has to read for themselves.
type Part = Option<(Frames, HashSet<MemberId>)>;

/// What readers of one kind share. It is empty until the first of them has read.
type Shared = Arc<OnceCell<Part>>;

/// The shared frames since the latest entry of the feed, with its number.
#[derive(Default)]
pub(crate) struct SharedFrames(Mutex<(i64, HashMap<Key, Shared>)>);

impl SharedFrames {
    /// The frames for this reader, read by them or by another reader who sees the same. `None` when the reader has to
    /// read for themselves. `latest` is the number of the feed that woke the wall.
    pub(crate) async fn frames(
        &self,
        store: &Store,
        actor: &Actor,
        key: Key,
        latest: i64,
        read: impl Future<Output = Option<Frames>> + Send,
    ) -> Option<Frames> {
        let after = key.after;
        let cell = self.cell(key, latest)?;
        let mut own = None;
        // Only one reader reads at a time. If it fails or is concerned itself, the next one tries.
        let part = cell.get_or_try_init(|| async {
            let frames = read.await.ok_or(())?;
            own = Some(frames.clone());
            let Some(me) = actor.member() else { return Ok(Some((frames, HashSet::new()))) };
            // Read after the frames, so that a reader who has become concerned by now shares nothing.
            let concerned = kudos::concerned(store, after, frames.seq).await.map_err(drop)?;
            let is_concerned = concerned.as_ref().is_some_and(|concerned| concerned.contains(&me));
            if is_concerned {
                Err(())
            } else {
                Ok::<Part, ()>(concerned.map(|concerned| (frames, concerned)))
            }
        });
        let part = part.await.ok().and_then(Option::as_ref);
        if own.is_some() {
            return own;
        }
        let (frames, concerned) = part?;
        let is_concerned = actor.member().is_some_and(|me| concerned.contains(&me));
        (!is_concerned).then(|| frames.clone())
    }

    fn cell(&self, key: Key, latest: i64) -> Option<Shared> {
        let mut shared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.0 > latest {
            return None;
        }
        if shared.0 < latest {
            *shared = (latest, HashMap::new());
        }
        Some(shared.1.entry(key).or_default().clone())
    }
}
