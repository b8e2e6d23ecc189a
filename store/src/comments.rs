//! Comments below records of other features (K8), and the conversations of events and groups (C16 to C20). `target` asks
//! the feature of the record who sees it, and every query for a reader goes through it.

mod cards;
mod change;
mod follow;
mod manage;
mod moderate;
mod news;
mod notify;
mod questions;
mod remove;
mod target;
mod thread;
mod visibility;
mod write;

pub use change::{close, delete, edit};
pub use follow::follow;
pub use manage::{pin, remove, restore};
pub use questions::{HostQuestion, questions_to_host};
pub use target::find as target;
pub use thread::{Author, Comment, Removal, Thread, thread};
pub use write::post;

pub(crate) use moderate::{authors, find_reported, readable, set_hidden};
pub(crate) use news::{COMMENT_NEWS, due_news, run_news};
pub(crate) use notify::{COMMENT_NOTICE, refreshed, run_notice};
pub(crate) use remove::{forget, remove_of};
pub(crate) use visibility::{commented_by, commenters, counts};
