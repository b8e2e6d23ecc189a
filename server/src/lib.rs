//! stub

pub mod mail;
