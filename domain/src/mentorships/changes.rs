//! How a mentorship changes its state (M19, M21, M24).

use serde::{Deserialize, Serialize};

use super::{ChangedBy, Outcome};
use crate::{Refusal, members::string_enum, mentoring::MentorshipState};

string_enum! {
    /// A change of a mentorship's state.
    PairChange {
        /// They take a break.
        Pause,
        /// They go on after a break.
        Resume,
        /// One of them leaves, without a reason (M19).
        Leave,
        /// They reached the end (M21).
        Finish,
        /// They go on as peers (M21).
        Peers,
        /// One of them is gone from the community, from the programme, or from the other's life.
        End,
    }
}

/// Every change of a mentorship that exists: from which state, by which change, to which state, and who may make it.
/// A mentorship has no other way to another state (M24).
pub const PAIR_CHANGES: &[(MentorshipState, PairChange, MentorshipState, &[ChangedBy])] = {
    use ChangedBy::{Coordinator, Pair, System};
    use MentorshipState::{Active, Ended, Paused};
    &[
        (Active, PairChange::Pause, Paused, &[Pair, Coordinator]),
        (Paused, PairChange::Resume, Active, &[Pair, Coordinator]),
        (Active, PairChange::Leave, Ended, &[Pair]),
        (Paused, PairChange::Leave, Ended, &[Pair]),
        (Active, PairChange::Finish, Ended, &[Pair]),
        (Active, PairChange::Peers, Ended, &[Pair]),
        (Active, PairChange::End, Ended, &[Coordinator, System]),
        (Paused, PairChange::End, Ended, &[Coordinator, System]),
    ]
};

/// One allowed change. Only [`MentorshipState::step`] makes one, and the store's write step accepts nothing else.
///
/// ```compile_fail,E0451
/// use domain::{mentoring::MentorshipState, mentorships::PairStep};
/// let step = PairStep { from: MentorshipState::Ended, to: MentorshipState::Active, outcome: None };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a step changes nothing until it is saved"]
pub struct PairStep {
    from: MentorshipState,
    to: MentorshipState,
    outcome: Option<Outcome>,
}

impl PairStep {
    /// The state before.
    #[must_use]
    pub fn from(self) -> MentorshipState {
        self.from
    }

    /// The state afterwards.
    #[must_use]
    pub fn to(self) -> MentorshipState {
        self.to
    }

    /// How it ended, if the step ends it.
    #[must_use]
    pub fn outcome(self) -> Option<Outcome> {
        self.outcome
    }
}

impl MentorshipState {
    /// The step that a change makes from this state.
    ///
    /// # Errors
    /// `Refused(MentorshipOver)` when it has ended. `Refused(MentorshipChanged)` when it can't change like that now,
    /// or not by this person.
    pub fn step(self, change: PairChange, by: ChangedBy) -> Result<PairStep, Refusal> {
        let refusal = match self {
            Self::Ended => Refusal::MentorshipOver,
            Self::Active | Self::Paused => Refusal::MentorshipChanged,
        };
        let found = PAIR_CHANGES
            .iter()
            .find(|(from, with, _, who)| (*from, *with) == (self, change) && who.contains(&by));
        let outcome = match change {
            PairChange::Pause | PairChange::Resume => None,
            PairChange::Leave => Some(Outcome::Left),
            PairChange::Finish => Some(Outcome::Finished),
            PairChange::Peers => Some(Outcome::Peers),
            PairChange::End => Some(Outcome::Gone),
        };
        found.map(|(from, _, to, _)| PairStep { from: *from, to: *to, outcome }).ok_or(refusal)
    }

    /// Whether the two work together now.
    ///
    /// # Errors
    /// `Refused(MentorshipPaused)` or `Refused(MentorshipOver)`.
    pub fn check_active(self) -> Result<(), Refusal> {
        match self {
            Self::Active => Ok(()),
            Self::Paused => Err(Refusal::MentorshipPaused),
            Self::Ended => Err(Refusal::MentorshipOver),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m24_a_mentorship_changes_only_as_listed_and_only_by_the_people_listed() {
        let mut allowed = Vec::new();
        for state in MentorshipState::ALL {
            for change in PairChange::ALL {
                for by in ChangedBy::ALL {
                    if let Ok(step) = state.step(*change, *by) {
                        let (from, to) = (step.from().name(), step.to().name());
                        let ends = step.outcome().map_or("", Outcome::name);
                        allowed.push(format!("{from} {} {} {to} {ends}", change.name(), by.name()));
                    }
                }
            }
        }
        assert_eq!(
            allowed,
            [
                "active pause pair paused ",
                "active pause coordinator paused ",
                "active leave pair ended left",
                "active finish pair ended finished",
                "active peers pair ended peers",
                "active end coordinator ended gone",
                "active end system ended gone",
                "paused resume pair active ",
                "paused resume coordinator active ",
                "paused leave pair ended left",
                "paused end coordinator ended gone",
                "paused end system ended gone",
            ]
        );
        let over = MentorshipState::Ended.step(PairChange::Leave, ChangedBy::Pair);
        assert_eq!(over, Err(Refusal::MentorshipOver));
    }
}
