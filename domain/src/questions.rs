//! Questions to mentors, outside of mentorships: members ask, and mentors pick from a queue (M27).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Problems, Refusal, Slug, checks::Checks, members::string_enum};

/// How many open questions one person can have.
pub const MAX_OPEN_QUESTIONS: u64 = 3;
/// How long a question waits, and how long a mentor has once they picked it.
pub const QUESTION_TIME: Duration = Duration::days(14);
/// The most characters of a question.
pub const MAX_QUESTION: usize = 500;
/// The most characters of the line about when the member is free.
pub const MAX_FREE: usize = 200;
/// The most characters of a reply.
pub const MAX_REPLY: usize = 2000;
/// The most replies that a member writes in an hour.
pub const MAX_REPLIES_PER_HOUR: u64 = 30;
const MIN_QUESTION: usize = 20;

string_enum! {
    /// Where a question is.
    QuestionState {
        /// It is in the queue.
        Waiting,
        /// A mentor has picked it.
        Picked,
        /// The member has their answer.
        Answered,
        /// Nobody answered it in time.
        Expired,
        /// The member took it back.
        Withdrawn,
    }
}

string_enum! {
    /// A change of a question.
    QuestionChange {
        /// A mentor picks it.
        Pick,
        /// The mentor walks away. The question keeps its place in the queue.
        WalkAway,
        /// The member puts it back, because the mentor could not help. It keeps its place in the queue.
        PutBack,
        /// The member has their answer.
        Close,
        /// The member takes it back.
        Withdraw,
    }
}

impl QuestionState {
    /// Whether somebody can still answer it.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Picked => true,
            Self::Answered | Self::Expired | Self::Withdrawn => false,
        }
    }

    /// The state after a change.
    ///
    /// # Errors
    /// `QuestionTaken` when another mentor was faster, `QuestionOver` after the end.
    pub fn change(self, change: QuestionChange) -> Result<Self, Refusal> {
        use QuestionChange::{Close, Pick, PutBack, WalkAway, Withdraw};
        match (self, change) {
            (Self::Waiting, Pick) => Ok(Self::Picked),
            (Self::Picked, WalkAway | PutBack) | (Self::Waiting, PutBack) => Ok(Self::Waiting),
            (Self::Picked | Self::Answered, Close) => Ok(Self::Answered),
            (Self::Waiting | Self::Picked | Self::Withdrawn, Withdraw) => Ok(Self::Withdrawn),
            (Self::Picked, Pick) => Err(Refusal::QuestionTaken),
            _ => Err(Refusal::QuestionOver),
        }
    }
}

/// A question that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub topic: Slug,
    /// The question.
    pub text: String,
    /// When the member is free. May be empty.
    pub free: String,
}

/// The form of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionForm {
    /// See [`Question::topic`].
    #[serde(default)]
    pub topic: String,
    /// See [`Question::text`].
    #[serde(default)]
    pub text: String,
    /// See [`Question::free`].
    #[serde(default)]
    pub free: String,
}

impl QuestionForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<Question, Problems> {
        let mut checks = Checks::default();
        let topic = Slug::parse(self.topic.trim());
        if topic.is_none() {
            checks.problem("topic", Refusal::BadChoice);
        }
        let text = checks.text("text", &self.text, MIN_QUESTION, MAX_QUESTION);
        let free = checks.line("free", &self.free, 0, MAX_FREE);
        checks.finish(topic.map(|topic| Question { topic, text, free }))
    }
}

/// Reads a reply in the conversation about a question.
///
/// # Errors
/// For the field `text`.
pub fn check_reply(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("text", text, 1, MAX_REPLY);
    checks.finish(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// M27: every state with every change. Rows are states, columns the changes in their order.
    #[test]
    fn m27_the_table_of_changes_is_as_reviewed() {
        let mut table = String::new();
        for state in QuestionState::ALL {
            table += state.name();
            for change in QuestionChange::ALL {
                table += " ";
                table += match state.change(*change) {
                    Ok(state) => state.name(),
                    Err(Refusal::QuestionTaken) => "taken",
                    Err(_) => "-",
                };
            }
            table += "\n";
        }
        assert_eq!(
            table,
            "waiting picked - waiting - withdrawn\n\
             picked taken waiting waiting answered withdrawn\n\
             answered - - - answered -\n\
             expired - - - - -\n\
             withdrawn - - - - withdrawn\n"
        );
    }

    #[test]
    fn m27_a_question_has_a_topic_and_up_to_500_characters() {
        let form = |topic: &str, text: &str| QuestionForm {
            topic: topic.into(),
            text: text.into(),
            free: String::new(),
        };
        assert!(form("rust", "How do I test a parser without mocks?").check().is_ok());
        let fields =
            |form: QuestionForm| form.check().unwrap_err().into_iter().map(|it| it.field).collect::<Vec<_>>();
        assert_eq!(fields(form("", "Hm?")), ["topic", "text"]);
        assert_eq!(fields(form("rust", &"long ".repeat(120))), ["text"]);
    }
}
