//! Tests of the server over a socket, byte for byte, and of the program.
#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

mod assets;
#[cfg(target_os = "linux")]
mod bodies;
mod command_line;
mod config;
mod guards;
mod headers;
mod health;
mod installation;
mod net;
mod portal;
#[cfg(target_os = "linux")]
mod process;
mod restore;
mod routes;
#[cfg(target_os = "linux")]
mod stopping;
