//! The server.
pub mod assets;
pub mod config;
pub mod cookies;
pub mod failure;
pub mod logs;
pub mod net;
pub mod schedule;
