//! Converts Markdown from members and HTML from publishers of schedules. The results are clean HTML for
//! pages, and plain text for search, titles and feeds.
//!
//! The plain text is always taken from the clean HTML, so search finds exactly the text that a page shows.

mod clean;
pub mod markdown;
mod plain;
pub mod published;
