//! Series: events that repeat (B7). The dates are events like all others, each with RSVPs and calendar entries of its
//! own. A series holds the rule that gives its dates, and creates them half a year ahead.

mod always;
mod ask;
mod create;
mod dates;
mod edit;
mod edit_job;
mod end;
mod questions;
mod read;
mod rows;

pub(crate) use always::{SERIES_SEATS, due_seats, run_seats};
pub use always::{always, stop};
pub(crate) use ask::{SERIES_ASK, due_asks, run_ask};
pub use ask::{StandingRsvp, standing_by_link, stop_by_link};
pub use create::repeat;
pub(crate) use dates::{SERIES_DATES, due_dates, run_dates};
pub(crate) use edit::EditKind;
pub use edit::{DatePreview, DatesChange, DatesPreview, cancel_dates, edit_dates, preview};
pub(crate) use edit_job::{SERIES_EDIT, run_edit};
pub use end::{Ending, end, ending};
pub use questions::{QuestionsDate, QuestionsPreview, apply_questions, questions_preview};
pub use read::{SeriesPage, SeriesPlace, page, place_of};
