//! Mentorships: what a pair does from the first meeting to the end.
//!
//! The row of the mentorship is the lock of everything in it. Every read and every verb goes through `pair.rs`, which
//! answers `NotFound` to everybody but the two. What a pair writes is read here and nowhere else. Coordinators
//! read pairs through `supervise.rs`, which selects no text.

mod agreement;
mod check_ins;
mod due;
mod finish;
mod front;
mod goals;
mod guide;
mod leave;
mod measures;
mod meetings;
mod messages;
mod notes;
mod offers;
mod page;
mod pair;
mod report;
mod requests;
mod rows;
mod supervise;
mod to_do;

pub use agreement::{agree, save_agreement};
pub use check_ins::{AskedCheckIn, answer_check_in, answer_check_in_by_link, check_in_by_link};
pub use due::MENTORSHIP;
pub use finish::{GivenFeedback, change, extend, give_feedback};
pub use front::{PairCard, mine};
pub use goals::{remove_goal, save_goal};
pub use guide::{guide, save_guide};
pub use measures::{Measure, appeal, decide_measure, measure, measures, person_of, take_measure};
pub use meetings::{accept_meeting, cancel_meeting, move_meeting, propose_meeting, report_missed};
pub use messages::{Message, messages, send_message};
pub use notes::{Note, add_note, remove_note};
pub use offers::{offer_to_teach, open_offers};
pub use page::{MeetingRow, MentorshipPage, common_times_of, page};
pub use report::{Figure, Report, report};
pub use requests::{
    MENTOR_REQUESTS, OfferedMentor, RequestPage, offered, request, request_mentor, requests_to_answer,
    settle_request,
};
pub use supervise::{PairRow, pairs};
pub use to_do::{PairToDo, to_do};

pub(crate) use due::{due_mentorships, run_mentorship};
pub(crate) use leave::{end_between, forget};
pub(crate) use requests::{due_requests, offering, run_request, withdraw_between};
pub(crate) use rows::schedule;
