//! Reports (F3): somebody says that something is wrong, somebody decides and says why, and whom it
//! touches may ask once for a second look.

use serde::{Deserialize, Serialize};

use crate::{Instant, MemberId, Problems, Refusal, checks::Checks, members::string_enum};

string_enum! {
    /// What can be reported.
    ReportKind {
        /// A member.
        Member = "member",
        /// An event.
        Event = "event",
        /// A group.
        Group = "group",
        /// Thanks that everybody sees.
        Thanks = "thanks",
    }
}

string_enum! {
    /// Where a report stands.
    ReportState {
        /// Nobody has decided.
        Open = "open",
        /// Decided; may be appealed.
        Decided = "decided",
        /// A second look was asked for.
        Appealed = "appealed",
        /// Decided for good.
        Closed = "closed",
    }
}

string_enum! {
    /// What was decided.
    Decision {
        /// It stays as it is.
        Nothing = "nothing",
        /// It stays, but was not right.
        Warning = "warning",
        /// Nobody sees it any more.
        Hidden = "hidden",
    }
}

impl ReportKind {
    /// What may be decided about it: only words can be hidden by themselves. An event is cancelled and a
    /// member suspended on their own pages.
    #[must_use]
    pub fn decisions(self) -> &'static [Decision] {
        match self {
            Self::Thanks => &[Decision::Nothing, Decision::Warning, Decision::Hidden],
            Self::Member | Self::Event | Self::Group => &[Decision::Nothing, Decision::Warning],
        }
    }
}

/// Reads what somebody says is wrong: a sentence at least.
///
/// # Errors
/// What is wrong with `words`.
pub fn check_words(text: &str) -> Result<String, Problems> {
    checked("words", text, 10)
}

/// Reads why something was decided so: both sides read it.
///
/// # Errors
/// What is wrong with `reason`.
pub fn check_reason(text: &str) -> Result<String, Problems> {
    checked("reason", text, 10)
}

fn checked(field: &str, text: &str, min: usize) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text(field, text, min, 1000);
    checks.finish(Some(text))
}

/// Who stands where in a report, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it is about.
    pub kind: ReportKind,
    /// Where it stands.
    pub state: ReportState,
    /// Who reported; nobody when they are gone.
    pub reporter: Option<MemberId>,
    /// Whose doing it is, if somebody's.
    pub about: Option<MemberId>,
    /// What was decided last.
    pub decision: Option<Decision>,
    /// When it was appealed.
    pub appealed_at: Option<Instant>,
}

impl Case {
    /// Whether somebody may ask for a second look, once: the reporter when nothing was done, the other side
    /// when something was.
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

    /// Where it stands after a decision: the second one is the last.
    ///
    /// # Errors
    /// `DecidedAlready`; `BadChoice` when nothing of the kind can be decided about it.
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
            kind: ReportKind::Thanks,
            state,
            reporter: actor(1),
            about: actor(2),
            decision,
            appealed_at: None,
        }
    }

    #[test]
    fn f3_whom_a_decision_touches_may_appeal_once() {
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
    fn f3_the_second_decision_is_the_last() {
        assert_eq!(case(ReportState::Open, None).decided(Decision::Hidden), Ok(ReportState::Decided));
        assert_eq!(case(ReportState::Appealed, None).decided(Decision::Nothing), Ok(ReportState::Closed));
        for state in [ReportState::Decided, ReportState::Closed] {
            assert_eq!(case(state, None).decided(Decision::Nothing), Err(Refusal::DecidedAlready));
        }
        let event = Case { kind: ReportKind::Event, ..case(ReportState::Open, None) };
        assert_eq!(event.decided(Decision::Hidden), Err(Refusal::BadChoice));
    }
}
