//! stub
pub mod mail;
pub mod schedule;
