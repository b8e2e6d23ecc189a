//! What forms about events do.
