//! The community's settings, which each request needs.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use store::{
    Store, StoreError,
    settings::{self, Settings},
};

/// How long they are used. Another process on the same database may change them.
const KEPT: Duration = Duration::from_secs(1);

/// The settings as they were read last. After a change by this process they are read again.
#[derive(Default)]
pub(crate) struct KnownSettings(Mutex<Option<Known>>);

struct Known {
    /// The store's revision before they were read.
    revision: u64,
    read_at: Instant,
    settings: Settings,
}

impl KnownSettings {
    /// The settings, from memory if they are still true.
    pub(crate) async fn load(&self, store: &Store) -> Result<Settings, StoreError> {
        let revision = store.revision();
        if let Some(known) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && known.revision == revision
            && known.read_at.elapsed() < KEPT
        {
            return Ok(known.settings.clone());
        }
        let read_at = Instant::now();
        let settings = settings::load(store).await?;
        let known = Known { revision, read_at, settings: settings.clone() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(settings)
    }
}
