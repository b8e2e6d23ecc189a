//! Comments below records of other features (K8). `target` asks the feature of the record who sees it, and every query
//! for a reader goes through it.

mod change;
mod moderate;
mod notify;
mod remove;
mod target;
mod thread;
mod write;

pub use change::{close, delete, edit};
pub use thread::{Author, Comment, Thread, thread};
pub use write::post;

pub(crate) use moderate::{authors, find_reported, readable, set_hidden};
pub(crate) use notify::refreshed;
pub(crate) use remove::{forget, remove_of};
