//! The database layer, and the only crate that contains SQL.
//!
//! Public functions take and return `domain` types. Reads use the reader connections of [`Store`]. Each change
//! is a verb: one function that runs as one transaction through `write`.

pub mod admin;
pub mod announcements;
mod audit;
pub mod backup;
pub mod blocks;
mod cascade;
mod catalogue;
mod channels;
pub mod circles;
mod clock;
pub mod comments;
mod connect;
pub mod data;
pub mod demands;
mod digest;
pub mod doctor;
pub mod drafts;
mod email;
mod entities;
mod error;
pub mod events;
pub mod feeds;
pub mod groups;
pub mod hellos;
pub mod installation;
pub mod inventory;
pub mod jobs;
pub mod kudos;
pub mod lists;
pub mod mailbox;
pub mod members;
pub mod mentoring;
pub mod mentorships;
pub mod notifications;
pub mod proposals;
pub mod questions;
pub mod readiness;
pub mod recipients;
pub mod reports;
pub mod restore;
mod retention;
pub mod runner;
pub mod schedule;
pub mod search;
mod secrets;
pub mod seed;
pub mod series;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod speed_rounds;
mod store;
pub mod teams;
pub mod tokens;
pub mod waiting;
mod write;

pub use channels::Channel;
pub use clock::Clock;
pub use connect::{Engine, OpenError, connect_for_migrations};
pub use email::{outbox, preferences, suppressions};
pub use error::StoreError;
pub use store::Store;
pub use write::UNSEEN_TABLES;
