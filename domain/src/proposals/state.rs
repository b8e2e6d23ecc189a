//! The states of a submission, and which changes lead from one to the next (D1).

use serde::{Deserialize, Serialize};

use crate::{Refusal, members::string_enum};

string_enum! {
    /// Where a submission is.
    SubmissionState {
        /// Its speaker writes it. Nobody else reads it.
        Draft,
        /// It was sent to the call.
        Submitted,
        /// The organisers asked its speaker a question.
        InfoNeeded,
        /// It was accepted, and the speaker knows. They have not confirmed.
        Accepted,
        /// The speaker has confirmed that they come.
        Confirmed,
        /// The speaker does not come, although it was accepted.
        Declined,
        /// It was rejected, and the speaker knows.
        Rejected,
        /// The speaker took it back before a decision.
        Withdrawn,
    }
}

string_enum! {
    /// A change of a submission.
    SubmissionChange {
        /// The speaker sends it to the call.
        Submit,
        /// An organiser asks a question.
        AskInfo,
        /// The speaker answers the question.
        AnswerInfo,
        /// The organisers' decision to accept it reaches the speaker.
        Accept,
        /// The organisers' decision to reject it reaches the speaker.
        Reject,
        /// The speaker confirms that they come.
        Confirm,
        /// The speaker says that they don't come.
        Decline,
        /// The speaker takes it back.
        Withdraw,
    }
}

string_enum! {
    /// What the organisers decided. The speaker does not know until the decisions are sent.
    Decision {
        /// Accept it.
        Accept,
        /// Reject it.
        Reject,
    }
}

impl Decision {
    /// The change that tells the speaker.
    #[must_use]
    pub fn change(self) -> SubmissionChange {
        match self {
            Self::Accept => SubmissionChange::Accept,
            Self::Reject => SubmissionChange::Reject,
        }
    }
}

impl SubmissionState {
    /// The states in which the organisers can still decide.
    pub const UNDECIDED: [Self; 2] = [Self::Submitted, Self::InfoNeeded];

    /// Whether organisers and reviewers read it. Drafts belong to their speakers, and so does what was withdrawn.
    #[must_use]
    pub fn is_sent(self) -> bool {
        match self {
            Self::Draft | Self::Withdrawn => false,
            Self::Submitted
            | Self::InfoNeeded
            | Self::Accepted
            | Self::Confirmed
            | Self::Declined
            | Self::Rejected => true,
        }
    }

    /// Whether the organisers can still decide.
    #[must_use]
    pub fn is_undecided(self) -> bool {
        Self::UNDECIDED.contains(&self)
    }

    /// The state after a change. The same change again leads to the same state.
    ///
    /// # Errors
    /// `SubmissionOver` when the change is not possible in this state.
    pub fn change(self, change: SubmissionChange) -> Result<Self, Refusal> {
        use SubmissionChange::{Accept, AnswerInfo, AskInfo, Confirm, Decline, Reject, Submit, Withdraw};
        match (self, change) {
            (Self::Draft | Self::Submitted | Self::Withdrawn, Submit) => Ok(Self::Submitted),
            (Self::Submitted | Self::InfoNeeded, AskInfo) => Ok(Self::InfoNeeded),
            (Self::Submitted | Self::InfoNeeded, AnswerInfo) => Ok(Self::Submitted),
            (Self::Submitted | Self::InfoNeeded | Self::Rejected | Self::Accepted, Accept) => {
                Ok(Self::Accepted)
            }
            (Self::Submitted | Self::InfoNeeded | Self::Rejected, Reject) => Ok(Self::Rejected),
            (Self::Accepted | Self::Confirmed, Confirm) => Ok(Self::Confirmed),
            (Self::Accepted | Self::Confirmed | Self::Declined, Decline) => Ok(Self::Declined),
            (Self::Draft | Self::Submitted | Self::InfoNeeded | Self::Withdrawn, Withdraw) => {
                Ok(Self::Withdrawn)
            }
            _ => Err(Refusal::SubmissionOver),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D1: every state with every change. Rows are states, columns the changes in their order.
    #[test]
    fn d1_the_table_of_changes_is_as_reviewed() {
        let mut table = String::new();
        for state in SubmissionState::ALL {
            table += state.name();
            for change in SubmissionChange::ALL {
                table += " ";
                table += state.change(*change).map_or("-", SubmissionState::name);
            }
            table += "\n";
        }
        assert_eq!(
            table,
            "draft submitted - - - - - - withdrawn\n\
             submitted submitted info_needed submitted accepted rejected - - withdrawn\n\
             info_needed - info_needed submitted accepted rejected - - withdrawn\n\
             accepted - - - accepted - confirmed declined -\n\
             confirmed - - - - - confirmed declined -\n\
             declined - - - - - - declined -\n\
             rejected - - - accepted rejected - - -\n\
             withdrawn submitted - - - - - - withdrawn\n"
        );
    }
}
