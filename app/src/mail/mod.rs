//! Mails: what members want to get, the end of what they do not, and what organisers write.

pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod unsubscribe;
#[cfg(feature = "ssr")]
pub mod wishes;

#[cfg(feature = "ssr")]
pub use unsubscribe::{Unsubscribe, no_invitations_page, unsubscribe_page};
