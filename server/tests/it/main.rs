//! The server as a client meets it: over a socket, byte for byte.

mod assets;
mod command_line;
mod config;
mod doors;
mod guards;
mod headers;
mod net;
mod portal;
