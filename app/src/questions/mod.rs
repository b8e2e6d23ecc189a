//! Questions to mentors: the queue, the form, and the page of a question (M27).

pub mod api;
#[cfg(feature = "ssr")]
pub mod ask;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod queue;
