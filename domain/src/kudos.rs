//! Kudos: recognition from one member to others, for values of the community (K1 to K8).

mod details;
mod limits;
mod reactions;
mod rings;
mod visibility;

pub use details::{
    KudosDetails, KudosEdit, KudosForm, MAX_RECIPIENTS, MAX_VALUES, TEXT_LENGTH, check_edit, read_session,
};
pub use limits::{
    BOARD_DAYS, BOARD_PEOPLE, DAY, EDIT_WINDOW, MAX_ADDED, MAX_PER_DAY, MAX_PER_PERSON, WEEK, check_per_day,
    check_per_person, check_per_team, may_edit, may_give, text_key,
};
pub use reactions::Reaction;
pub use rings::{Given, Suspicion, suspicions};
pub use visibility::KudosVisibility;
