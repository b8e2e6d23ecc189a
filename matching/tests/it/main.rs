//! Tests of the public interface, in one binary.
#![expect(clippy::unwrap_used, reason = "a failed test stops with its location")]

mod brute;
mod common;
mod explain;
mod files;
mod full;
mod reference;
mod resolve;
mod verify;
