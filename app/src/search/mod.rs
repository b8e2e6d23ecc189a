//! Search in members, groups, events and sessions.

pub mod pages;
