//! Reports (F3): a member reports content, an administrator decides and gives a reason, and the people
//! affected may appeal once.

use serde::{Deserialize, Serialize};

use crate::{Instant, MemberId, Problems, Refusal, checks::Checks, members::string_enum};

string_enum! {
    /// What can be reported.
    ReportKind {
        /// A member.
        Member,
        /// An event.
        Event,
        /// A group.
        Group,
        /// Public kudos.
        Kudos,
        /// A comment.
        Comment,
        /// A learning request.
        Demand,
        /// A question to the speakers of a session.
        Question,
    }
}

string_enum! {
    /// The state of a report.
    ReportState {
        /// Not decided yet.
        Open,
        /// Decided, and an appeal is possible.
        Decided,
        /// Appealed, and not decided again yet.
        Appealed,
        /// Decided on appeal, which is final.
        Closed,
    }
}

string_enum! {
    /// An administrator's decision.
    Decision {
        /// No action: the content is fine.
        Nothing,
        /// The content stays, but its author is warned.
        Warning,
        /// The content is hidden from everybody.
        Hidden,
    }
}

impl ReportKind {
    /// The possible decisions. Events are cancelled and members suspended on their own pages, so they are not hidden here.
    #[must_use]
    pub fn decisions(self) -> &'static [Decision] {
        match self {
            Self::Kudos | Self::Comment | Self::Demand | Self::Question => {
                &[Decision::Nothing, Decision::Warning, Decision::Hidden]
            }
            Self::Member | Self::Event | Self::Group => &[Decision::Nothing, Decision::Warning],
        }
    }
}

/// Reads the text of a report or an appeal: at least a sentence.
///
/// # Errors
/// A problem with the field `message`.
pub fn check_text(text: &str) -> Result<String, Problems> {
    checked("message", text, 10)
}

/// Reads the reason for a decision, which both sides read.
///
/// # Errors
/// A problem with the field `reason`.
pub fn check_reason(text: &str) -> Result<String, Problems> {
    checked("reason", text, 10)
}

fn checked(field: &str, text: &str, min: usize) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text(field, text, min, 1000);
    checks.finish(Some(text))
}

/// The facts of a report that decide what can happen next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What was reported.
    pub kind: ReportKind,
    /// Whether it is open, decided, appealed or closed.
    pub state: ReportState,
    /// The member who reported it; `None` after their account is deleted.
    pub reporter: Option<MemberId>,
    /// The member responsible for the content; `None` if there is none.
    pub about: Option<MemberId>,
    /// The last decision.
    pub decision: Option<Decision>,
    /// When the decision was appealed.
    pub appealed_at: Option<Instant>,
}

impl Case {
    /// Whether a member may appeal, once. The reporter may when no action was taken, and the other side may
    /// when action was taken.
    ///
    /// # Errors
    /// `NoAppeal`.
    pub fn may_appeal(&self, actor: MemberId) -> Result<(), Refusal> {
        let touched = match self.decision {
            Some(Decision::Nothing) => self.reporter == Some(actor),
            Some(Decision::Warning | Decision::Hidden) => self.about == Some(actor),
            None => false,
        };
        let fits = self.state == ReportState::Decided && self.appealed_at.is_none() && touched;
        if fits { Ok(()) } else { Err(Refusal::NoAppeal) }
    }

    /// The state after a decision. A decision on an appeal is final.
    ///
    /// # Errors
    /// `DecidedAlready`, or `BadChoice` when this decision is not possible for this kind of report.
    pub fn decided(&self, decision: Decision) -> Result<ReportState, Refusal> {
        if !self.kind.decisions().contains(&decision) {
            return Err(Refusal::BadChoice);
        }
        match self.state {
            ReportState::Open => Ok(ReportState::Decided),
            ReportState::Appealed => Ok(ReportState::Closed),
            ReportState::Decided | ReportState::Closed => Err(Refusal::DecidedAlready),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn case(state: ReportState, decision: Option<Decision>) -> Case {
        let actor = |n| Some(MemberId(Uuid::from_u128(n)));
        Case {
            kind: ReportKind::Kudos,
            state,
            reporter: actor(1),
            about: actor(2),
            decision,
            appealed_at: None,
        }
    }

    #[test]
    fn f3_people_affected_by_a_decision_may_appeal_once() {
        let (reporter, about, other) =
            (MemberId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)), MemberId(Uuid::from_u128(3)));
        let nothing = case(ReportState::Decided, Some(Decision::Nothing));
        assert_eq!(nothing.may_appeal(reporter), Ok(()));
        assert_eq!(nothing.may_appeal(about), Err(Refusal::NoAppeal));
        let hidden = case(ReportState::Decided, Some(Decision::Hidden));
        assert_eq!(hidden.may_appeal(about), Ok(()));
        assert_eq!(hidden.may_appeal(reporter), Err(Refusal::NoAppeal));
        assert_eq!(hidden.may_appeal(other), Err(Refusal::NoAppeal));
        for state in [ReportState::Open, ReportState::Appealed, ReportState::Closed] {
            assert_eq!(case(state, Some(Decision::Hidden)).may_appeal(about), Err(Refusal::NoAppeal));
        }
    }

    #[test]
    fn f3_the_decision_on_an_appeal_is_final() {
        assert_eq!(case(ReportState::Open, None).decided(Decision::Hidden), Ok(ReportState::Decided));
        assert_eq!(case(ReportState::Appealed, None).decided(Decision::Nothing), Ok(ReportState::Closed));
        for state in [ReportState::Decided, ReportState::Closed] {
            assert_eq!(case(state, None).decided(Decision::Nothing), Err(Refusal::DecidedAlready));
        }
        let event = Case { kind: ReportKind::Event, ..case(ReportState::Open, None) };
        assert_eq!(event.decided(Decision::Hidden), Err(Refusal::BadChoice));
    }
}
