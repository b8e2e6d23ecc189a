//! Proposals: who may answer until when, and what an answer leads to (M10 to M13).

use chrono::Duration;

use super::states::{Answer, ProposalState, SignUpRole};
use crate::{Instant, Refusal};

/// How long both people have to answer (M10).
pub const ANSWER_TIME: Duration = Duration::days(7);
/// When each reminder is due after the proposal was made (M10).
pub const REMIND_AFTER: [Duration; 2] = [Duration::days(3), Duration::days(6)];
/// Proposals that a mentee gets in one round, at most. After that a coordinator looks for another way (M14).
pub const MAX_PROPOSALS: u32 = 3;
/// Proposals in a row that somebody can leave unanswered before they are paused (M13).
pub const MAX_MISSED: u32 = 2;

/// The answers to a proposal, and what follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposalAnswers {
    /// Where the proposal is.
    pub state: ProposalState,
    /// The mentee's answer.
    pub mentee: Option<Answer>,
    /// The mentor's answer.
    pub mentor: Option<Answer>,
    /// When it was proposed.
    pub proposed_at: Instant,
    /// When it expires.
    pub expires_at: Instant,
}

impl ProposalAnswers {
    /// A new proposal.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self {
            state: ProposalState::Pending,
            mentee: None,
            mentor: None,
            proposed_at: now,
            expires_at: now + ANSWER_TIME,
        }
    }

    /// The answer of one side.
    #[must_use]
    pub fn of(&self, side: SignUpRole) -> Option<Answer> {
        match side {
            SignUpRole::Mentee => self.mentee,
            SignUpRole::Mentor => self.mentor,
        }
    }

    /// One side answers. `is_free` says whether both can still take the mentorship: the mentor has a place, and
    /// the mentee has no mentor. If they can't, the proposal is withdrawn when the second one accepts (M11).
    /// Giving the same answer again changes nothing, so a retry is safe.
    ///
    /// # Errors
    /// `ProposalOver` when it is settled or expired.
    pub fn answer(
        self,
        side: SignUpRole,
        answer: Answer,
        is_free: bool,
        now: Instant,
    ) -> Result<Self, Refusal> {
        if self.state != ProposalState::Pending {
            return if self.of(side) == Some(answer) { Ok(self) } else { Err(Refusal::ProposalOver) };
        }
        if now >= self.expires_at {
            return Err(Refusal::ProposalOver);
        }
        let mut next = self;
        match side {
            SignUpRole::Mentee => next.mentee = Some(answer),
            SignUpRole::Mentor => next.mentor = Some(answer),
        }
        next.state = match (next.mentee, next.mentor) {
            (Some(Answer::Decline), _) | (_, Some(Answer::Decline)) => ProposalState::Declined,
            (Some(Answer::Accept), Some(Answer::Accept)) if is_free => ProposalState::Accepted,
            (Some(Answer::Accept), Some(Answer::Accept)) => ProposalState::Withdrawn,
            (None, _) | (_, None) => ProposalState::Pending,
        };
        Ok(next)
    }

    /// How many reminders are due by now. None is due when the proposal is settled or expired.
    #[must_use]
    pub fn reminders_due(&self, now: Instant) -> usize {
        if self.state != ProposalState::Pending || now >= self.expires_at {
            return 0;
        }
        REMIND_AFTER.into_iter().filter(|after| now >= self.proposed_at + *after).count()
    }

    /// The sides that have not answered.
    pub fn silent(&self) -> impl Iterator<Item = SignUpRole> {
        SignUpRole::ALL.iter().copied().filter(|side| self.of(*side).is_none())
    }
}

#[cfg(test)]
mod tests {
    use Answer::{Accept, Decline};
    use SignUpRole::{Mentee, Mentor};

    use super::*;

    fn start() -> Instant {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn new() -> ProposalAnswers {
        ProposalAnswers::new(start())
    }

    /// M10: a mentorship needs two acceptances, in any order.
    #[test]
    fn m10_both_accept() {
        for (first, second) in [(Mentee, Mentor), (Mentor, Mentee)] {
            let one = new().answer(first, Accept, true, start()).unwrap();
            assert_eq!((one.state, one.silent().collect::<Vec<_>>()), (ProposalState::Pending, vec![second]));
            assert_eq!(one.answer(second, Accept, true, start()).unwrap().state, ProposalState::Accepted);
            assert_eq!(one.answer(second, Accept, false, start()).unwrap().state, ProposalState::Withdrawn);
            // Before the other one answers, people can change their mind.
            assert_eq!(one.answer(first, Decline, true, start()).unwrap().state, ProposalState::Declined);
        }
    }

    #[test]
    fn an_answer_is_final_and_can_be_repeated() {
        let declined = new().answer(Mentor, Decline, true, start()).unwrap();
        assert_eq!(declined.state, ProposalState::Declined);
        assert_eq!(declined.answer(Mentor, Decline, true, start()), Ok(declined));
        assert_eq!(declined.answer(Mentor, Accept, true, start()), Err(Refusal::ProposalOver));
        assert_eq!(declined.answer(Mentee, Accept, true, start()), Err(Refusal::ProposalOver));
        let late = start() + ANSWER_TIME;
        assert_eq!(new().answer(Mentee, Accept, true, late), Err(Refusal::ProposalOver));
        assert!(new().answer(Mentee, Accept, true, late - Duration::seconds(1)).is_ok());
    }

    /// M10: reminders on day 3 and on day 6.
    #[test]
    fn m10_reminders_are_due_twice() {
        let due = |hours| new().reminders_due(start() + Duration::hours(hours));
        assert_eq!([due(71), due(72), due(143), due(144), due(168)], [0, 1, 1, 2, 0]);
    }
}
