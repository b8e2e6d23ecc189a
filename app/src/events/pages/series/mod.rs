//! The pages of series.

pub mod dates;
pub mod end;
pub mod page;
pub mod paths;
pub mod questions;
pub mod repeat;
pub mod section;
pub mod still_wanted;

pub use self::{
    dates::DatesPage, end::EndSeriesPage, page::SeriesPage, questions::QuestionsDatesPage, repeat::RepeatPage,
};
