//! stub
pub mod schedule;
