//! The server as a client meets it: over a socket, byte for byte.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod assets;
mod command_line;
mod config;
mod doors;
mod guards;
mod headers;
mod net;
mod portal;
