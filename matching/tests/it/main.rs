//! Tests of the public interface, in one binary.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod brute;
mod common;
mod explain;
mod files;
mod full;
mod reference;
mod resolve;
mod verify;
