//! The community's settings, which each request needs.

use std::sync::{Mutex, PoisonError};

use store::{
    Store, StoreError,
    settings::{self, Settings},
};

/// The settings as they were read last, for a second at most, because another process on the same database may change
/// them. After a change by this process they are read again.
#[derive(Default)]
pub(crate) struct KnownSettings(Mutex<Option<(Read, Settings)>>);

/// When settings were read: at which revision of the store, and in which second.
type Read = (u64, i64);

impl KnownSettings {
    /// The settings, from memory if they are still true.
    pub(crate) async fn load(&self, store: &Store) -> Result<Settings, StoreError> {
        // Before the settings, so that it never stands for a change that they don't have.
        let now = (store.revision(), store.now().timestamp());
        if let Some((read, settings)) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && *read == now
        {
            return Ok(settings.clone());
        }
        let settings = settings::load(store).await?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, settings.clone()));
        Ok(settings)
    }
}
