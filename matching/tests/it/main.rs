//! The library from outside, one binary for all.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod brute;
mod common;
mod files;
mod resolve;
mod verify;
