//! Emails: members' preferences, unsubscribing, and announcements by organisers.

#[cfg(feature = "ssr")]
pub mod announcements;
pub mod api;
#[cfg(feature = "ssr")]
pub mod preferences;
#[cfg(feature = "ssr")]
pub mod unsubscribe;

#[cfg(feature = "ssr")]
pub use unsubscribe::{Unsubscribe, no_invitations_page, unsubscribe_page};
