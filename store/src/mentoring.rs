//! Mentoring: programmes and their rounds, sign-ups, and what coordinators see of them. Rounds are matched in runs,
//! runs are published as proposals, and accepted proposals are mentorships.
//!
//! Pages read goals through `sign_ups::shown`, `run::board` and `proposals::page` only. Preferences are read for their
//! author and by the run, and nowhere else.

mod browse;
mod cancelled;
mod coordinators;
mod dashboard;
mod invite;
mod leave;
mod overview;
mod people;
mod preferences;
mod programmes;
pub mod proposals;
mod review;
mod round_emails;
mod rounds;
mod rows;
pub mod run;
mod sign_ups;
mod spreadsheet;
mod unfinished;
pub(crate) mod visibility;

pub use browse::{Candidate, Filter, People, people};
pub use coordinators::{add_coordinator, remove_coordinator};
pub use dashboard::{Dashboard, Sides, SignUpRow, dashboard};
pub use invite::invite;
pub use overview::{Overview, overview};
pub use people::Participant;
pub use preferences::{PreferenceChange, StatedPreference, set_preference};
pub use programmes::{ProgrammePage, create_programme, edit_programme, programme};
pub use round_emails::{
    ROUND_EMAIL, RoundEmailRow, RoundEmails, cancel_round_email, round_emails, write_to_round,
};
pub use rounds::{RoundPage, change_round, create_round, edit_round, round};
pub use rows::{ProgrammeCard, RoundCard};
pub use sign_ups::{ShownSignUp, SignUpForm, form, save_about, save_hours, shown, submit, withdraw};
pub use spreadsheet::{ImportReport, RowProblem, check_import, export, import, import_digest, may_import};
pub use unfinished::unfinished;

pub(crate) use cancelled::{CANCELLED, run_cancelled};
pub(crate) use leave::{check_not_excluded, check_not_paused, lock_rounds_of, people_of, withdraw_all};
pub(crate) use review::{CLOSE, REVIEW, due_reviews, due_to_close, run_close, run_review};
pub(crate) use round_emails::{due_round_emails, run_round_email};
