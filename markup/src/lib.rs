//! Markdown that members write and HTML that publishers of schedules write, as clean HTML for pages and as
//! plain text for search, titles and feeds.
//!
//! The plain text is always read from the clean HTML, so search finds exactly the words that a page shows.

mod clean;
pub mod markdown;
mod plain;
pub mod published;
