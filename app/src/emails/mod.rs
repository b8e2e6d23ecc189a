//! Mails: what members want to get, the end of what they do not, and what organisers write.

#[cfg(feature = "ssr")]
pub mod announcements;
pub mod api;
#[cfg(feature = "ssr")]
pub mod preferences;
#[cfg(feature = "ssr")]
pub mod unsubscribe;

#[cfg(feature = "ssr")]
pub use unsubscribe::{Unsubscribe, no_invitations_page, unsubscribe_page};
