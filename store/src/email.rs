//! The email layer, which lies below the features: they post their emails through it. It decides what is sent
//! now, later or never. What is in an email is in `domain::emails`, and how it is sent is in the server.

pub(crate) mod digest_queue;
pub mod outbox;
pub mod preferences;
pub mod suppressions;
