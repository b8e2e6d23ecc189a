//! Asking a mentor directly, outside a round (M25).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::RequestState;
use crate::{Instant, Problems, Refusal, checks::Checks, members::string_enum};

string_enum! {
    /// Which of the two would be the mentor.
    RequestKind {
        /// A member asks somebody to be their mentor (M25).
        Ask,
        /// A member offers to teach somebody with more experience: reverse mentoring (M32).
        Offer,
    }
}

/// How long a mentor has to answer.
pub const ANSWER_REQUEST_TIME: Duration = Duration::days(7);
/// How many open requests one person can have.
pub const MAX_OPEN_REQUESTS: u64 = 3;
/// How many requests one person can send in a day, also if they withdraw them.
pub const MAX_REQUESTS_A_DAY: u64 = 10;
const SENTENCE: (usize, usize) = (20, 300);

/// The form of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorRequestForm {
    /// One sentence about what the mentee wants to learn.
    #[serde(default)]
    pub sentence: String,
}

impl MentorRequestForm {
    /// Reads the form.
    ///
    /// # Errors
    /// For the field `sentence`.
    pub fn check(&self) -> Result<String, Problems> {
        let mut checks = Checks::default();
        let sentence = checks.line("sentence", &self.sentence, SENTENCE.0, SENTENCE.1);
        checks.finish(Some(sentence))
    }
}

/// Where a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MentorRequest {
    /// Its state.
    pub state: RequestState,
    /// Until when it can be answered.
    pub expires_at: Instant,
}

impl MentorRequest {
    /// The mentor answers, or the mentee withdraws. The same answer again changes nothing.
    ///
    /// # Errors
    /// `MentorRequestOver` when it was answered or has expired.
    pub fn settle(self, to: RequestState, now: Instant) -> Result<Self, Refusal> {
        match self.state {
            state if state == to => Ok(self),
            RequestState::Pending if now < self.expires_at => Ok(Self { state: to, ..self }),
            _ => Err(Refusal::MentorRequestOver),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m25_a_request_is_answered_once_within_seven_days() {
        let now: Instant = "2027-01-04T12:00:00Z".parse().unwrap();
        let request = MentorRequest { state: RequestState::Pending, expires_at: now + ANSWER_REQUEST_TIME };
        let accepted = request.settle(RequestState::Accepted, now).unwrap();
        assert_eq!(accepted.settle(RequestState::Accepted, now), Ok(accepted));
        assert_eq!(accepted.settle(RequestState::Declined, now), Err(Refusal::MentorRequestOver));
        let late = now + ANSWER_REQUEST_TIME;
        assert_eq!(request.settle(RequestState::OfficeHours, late), Err(Refusal::MentorRequestOver));
    }

    #[test]
    fn m25_a_request_is_one_sentence() {
        let check = |text: &str| MentorRequestForm { sentence: text.into() }.check().is_ok();
        assert!(check("I would like to lead our first threat model."));
        assert!(!check("Hi") && !check(&"long ".repeat(100)));
    }
}
