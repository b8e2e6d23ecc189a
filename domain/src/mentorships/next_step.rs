//! What is next for one of the two, for the first line of the page and for the "To do" list.

use super::{CheckInKind, Outcome};
use crate::{CheckInId, Instant, MeetingId, mentoring::MentorshipState};

/// What one of the two knows about the mentorship.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairFacts {
    /// Its state; `None` only in tests of nothing.
    pub state: Option<MentorshipState>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// A check-in that waits for the reader's answer.
    pub check_in: Option<(CheckInId, CheckInKind)>,
    /// A meeting with times that wait for the reader's answer.
    pub to_answer: Option<MeetingId>,
    /// A meeting with times that wait for the other one's answer.
    pub to_wait_for: Option<MeetingId>,
    /// The start of the next meeting.
    pub next_meeting: Option<Instant>,
    /// Whether the last two weeks of the term have begun.
    pub is_finishing: bool,
    /// Whether there is an agreement, and whether the reader agreed to it.
    pub agreement: Option<bool>,
    /// Whether there is any goal.
    pub has_goal: bool,
    /// Whether the other one wants to extend the term.
    pub extension_asked: bool,
    /// Whether the reader has given feedback.
    pub has_given_feedback: bool,
    /// Whether the reader can read the other one's feedback.
    pub is_released: bool,
}

/// What is next, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Answer a check-in.
    CheckIn(CheckInId, CheckInKind),
    /// Choose one of the proposed times.
    AnswerMeeting(MeetingId),
    /// Say whether the term is extended.
    AnswerExtension,
    /// Give feedback.
    GiveFeedback,
    /// Read the feedback, say what it was worth, and become a mentor.
    Graduated,
    /// It is over.
    Over,
    /// They take a break.
    Resume,
    /// Read the agreement and agree, or write one.
    Agree,
    /// Choose how it ends.
    ChooseEnd,
    /// The next meeting.
    Meet(Instant),
    /// The other one has to choose a time.
    WaitForAnswer(MeetingId),
    /// Write down a goal.
    SetGoal,
    /// Propose a meeting.
    ProposeMeeting,
}

impl NextStep {
    /// The next step for one of the two.
    #[must_use]
    pub fn of(facts: &PairFacts) -> Self {
        match facts.state {
            Some(MentorshipState::Ended) => Self::after_the_end(facts),
            Some(MentorshipState::Paused) => Self::Resume,
            Some(MentorshipState::Active) | None => Self::while_active(facts),
        }
    }

    fn after_the_end(facts: &PairFacts) -> Self {
        match facts.outcome {
            Some(outcome) if outcome.is_graduation() && !facts.has_given_feedback && !facts.is_released => {
                Self::GiveFeedback
            }
            Some(outcome) if outcome.is_graduation() => Self::Graduated,
            _ => Self::Over,
        }
    }

    fn while_active(facts: &PairFacts) -> Self {
        if let Some((id, kind)) = facts.check_in {
            return Self::CheckIn(id, kind);
        }
        if let Some(id) = facts.to_answer {
            return Self::AnswerMeeting(id);
        }
        if facts.extension_asked {
            return Self::AnswerExtension;
        }
        if facts.is_finishing {
            return Self::ChooseEnd;
        }
        match (facts.next_meeting, facts.to_wait_for) {
            (Some(at), _) if facts.agreement == Some(true) => return Self::Meet(at),
            (None, Some(id)) if facts.agreement == Some(true) => return Self::WaitForAnswer(id),
            _ => {}
        }
        match facts.agreement {
            Some(true) if facts.has_goal => Self::ProposeMeeting,
            Some(true) => Self::SetGoal,
            // The first meeting is the place to agree, so it is proposed before.
            None | Some(false) => match (facts.next_meeting, facts.to_wait_for) {
                (None, None) => Self::ProposeMeeting,
                _ => Self::Agree,
            },
        }
    }

    /// Whether it waits for the reader, so that it belongs to their "To do" list.
    #[must_use]
    pub fn waits_for_reader(self) -> bool {
        matches!(
            self,
            Self::CheckIn(..) | Self::AnswerMeeting(_) | Self::AnswerExtension | Self::GiveFeedback
        )
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn there_is_one_next_step_from_the_first_meeting_to_graduation() {
        let id = MeetingId(Uuid::from_u128(1));
        let check = CheckInId(Uuid::from_u128(2));
        let at: Instant = "2027-01-06T12:00:00Z".parse().unwrap();
        let mut facts = PairFacts { state: Some(MentorshipState::Active), ..PairFacts::default() };
        assert_eq!(NextStep::of(&facts), NextStep::ProposeMeeting);
        facts.to_wait_for = Some(id);
        assert_eq!(NextStep::of(&facts), NextStep::Agree);
        facts.agreement = Some(true);
        assert_eq!(NextStep::of(&facts), NextStep::WaitForAnswer(id));
        (facts.to_wait_for, facts.to_answer) = (None, Some(id));
        assert_eq!(NextStep::of(&facts), NextStep::AnswerMeeting(id));
        (facts.to_answer, facts.next_meeting) = (None, Some(at));
        assert_eq!(NextStep::of(&facts), NextStep::Meet(at));
        facts.check_in = Some((check, CheckInKind::Half));
        assert_eq!(NextStep::of(&facts), NextStep::CheckIn(check, CheckInKind::Half));
        (facts.check_in, facts.next_meeting) = (None, None);
        assert_eq!(NextStep::of(&facts), NextStep::SetGoal);
        facts.has_goal = true;
        assert_eq!(NextStep::of(&facts), NextStep::ProposeMeeting);
        facts.is_finishing = true;
        assert_eq!(NextStep::of(&facts), NextStep::ChooseEnd);
        facts.extension_asked = true;
        assert_eq!(NextStep::of(&facts), NextStep::AnswerExtension);
        (facts.state, facts.outcome) = (Some(MentorshipState::Ended), Some(Outcome::Finished));
        assert_eq!(NextStep::of(&facts), NextStep::GiveFeedback);
        facts.has_given_feedback = true;
        assert_eq!(NextStep::of(&facts), NextStep::Graduated);
        facts.outcome = Some(Outcome::Left);
        assert_eq!(NextStep::of(&facts), NextStep::Over);
        facts.state = Some(MentorshipState::Paused);
        assert_eq!(NextStep::of(&facts), NextStep::Resume);
    }
}
