//! The types and rules of Guildhall that need no computer: no clock, file, network or database.
//!
//! Pure and wasm-safe. The current time and randomness are arguments. A rule decides and returns a value,
//! and `store` carries it out.

pub mod agenda;
pub mod announcements;
pub mod board;
pub mod changes;
pub mod checks;
pub mod circles;
pub mod comments;
pub mod community;
pub mod demands;
pub mod digest;

pub mod emails;
pub mod events;
pub mod follow_the_sun;
pub mod forms;
pub mod groups;
pub mod hellos;
pub mod ids;
pub mod invitations;
pub mod kudos;
pub mod links;
pub mod lists;
pub mod members;
pub mod mentoring;
pub mod mentorships;
pub mod next;
pub mod notifications;
pub mod policy;
pub mod proposals;
pub mod questions;
pub mod refusal;
pub mod reports;
pub mod rights;
pub mod schedule;
pub mod search;
pub mod series;
pub mod sessions;
pub mod sign_in;
pub mod speakers;
pub mod speed_rounds;
pub mod teams;
pub mod text;
pub mod time;
pub mod tokens;

#[cfg(test)]
mod testing;

pub use ids::{
    AnnouncementId, CheckInId, CircleId, CommentId, DemandId, EmailId, EventId, GoalId, GroupId, HelloId,
    InvitationId, InvitationRequestId, JobId, KudosId, MeasureId, MeetingId, MemberId, MentorRequestId,
    MentorshipId, NoteId, NotificationId, ProgrammeId, ProposalId, QuestionId, ReportId, RoundEmailId,
    RoundId, RsvpId, RunId, SeriesId, SeriesRsvpId, SessionQuestionId, SignInId, SignInSessionId, SignUpId,
    Slug, SpeedRoundId, SubmissionId,
};
pub use members::{Actor, Locale, Role};
pub use refusal::{Arg, Problem, Problems, Refusal};
pub use time::{Instant, Zone};
