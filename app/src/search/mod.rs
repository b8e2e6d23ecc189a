//! Search over everything.

pub mod pages;
