//! The pages with a community's longer texts: the code of conduct and privacy.

pub mod pages;
