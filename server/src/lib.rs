//! The guildhall binary: configuration, guards, sign-in, email worker and command line.
// `output::say!` prints without panicking on a closed pipe.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod assets;
pub mod cli;
mod community;
pub mod config;
pub mod cookies;
mod covers;
mod database;
#[cfg(debug_assertions)]
pub mod dev_gallery;
pub mod errors;
mod event_cover;
mod event_people;
pub mod export;
pub mod failure;
mod feeds;
mod files;
pub mod guard;
pub mod health;
mod installation;
pub mod jobs;
pub mod kudos;
pub mod links;
mod logs;
pub mod mail;
mod mailbox;
mod manifest;
mod mentoring;
pub mod net;
mod outbox_email;
mod output;
mod page_cache;
pub mod pages;
mod picture;
mod preview;
pub(crate) mod profile;
mod proposals;
mod request_id;
mod room_screen;
mod router;
mod run;
pub mod schedule;
mod schedule_file;
mod see;
mod session_slides;
pub mod sign_in;
mod signed_links;
mod signed_page;
pub mod state;
mod unsubscribe;
pub mod upload;
mod visit;

pub use run::{Running, Start, start};

// A page allocates thousands of small pieces. With the allocator of the C library, it takes up to twice the processor time.
// It is part of the library, so that the tests and benchmarks run with it too.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
