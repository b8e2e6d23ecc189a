//! Members: profiles, the directory, invitations and sign-in.

#[cfg(feature = "ssr")]
pub mod address_page;
pub mod api;
#[cfg(feature = "ssr")]
pub mod calendar_feed;
#[cfg(feature = "ssr")]
pub mod card;
#[cfg(feature = "ssr")]
pub mod directory;
#[cfg(feature = "ssr")]
pub mod directory_query;
#[cfg(feature = "ssr")]
pub mod invitation_pages;
#[cfg(feature = "ssr")]
pub mod member;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod profile;
#[cfg(feature = "ssr")]
pub mod sections;
#[cfg(feature = "ssr")]
pub mod sign_in_pages;
