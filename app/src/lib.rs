//! The pages of Guildhall. Pages are rendered on the server; only islands run in the browser.

#[cfg(feature = "ssr")]
pub mod words;
