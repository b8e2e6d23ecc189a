//! Rounds: what a coordinator enters about one, and how its state changes (M24).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::RoundState;
use crate::{Instant, Problems, Refusal, Slug, Zone, checks::Checks, members::string_enum};

/// The longest round, in days.
const MAX_ROUND_DAYS: i64 = 731;

/// The form of a round as a browser posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoundForm {
    /// A single line of text.
    pub name: String,
    /// When sign-up closes: a wall time in `zone`, as in `2027-01-31T18:00`.
    pub closes: String,
    /// The time zone of `closes`.
    pub zone: String,
    /// The first day of the mentorships.
    pub starts_on: String,
    /// The last day of the mentorships.
    pub ends_on: String,
    /// Version of the round that the form was filled from. Empty for a new round.
    pub version: String,
}

/// What a coordinator entered about a round, validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundDetails {
    /// 1 to 80 characters.
    pub name: String,
    /// When sign-up closes.
    pub closes_at: Instant,
    /// The first day of the mentorships. Never before sign-up closes.
    pub starts_on: NaiveDate,
    /// The last day of the mentorships, after the first one.
    pub ends_on: NaiveDate,
}

impl RoundForm {
    /// Validates every field of the form.
    ///
    /// # Errors
    /// Problems with the fields `name`, `closes`, `zone`, `starts_on` and `ends_on`.
    pub fn check(&self) -> Result<RoundDetails, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", &self.name, 1, 80);
        let wall = checks.local_time("closes", &self.closes);
        if wall.is_none() && self.closes.trim().is_empty() {
            checks.problem("closes", Refusal::Missing);
        }
        let zone = checks.zone("zone", &self.zone);
        let starts_on = checks.date("starts_on", &self.starts_on);
        let ends_on = checks.date("ends_on", &self.ends_on);
        if let (Some(wall), Some(starts_on)) = (wall, starts_on)
            && wall.date() > starts_on
        {
            checks.problem("starts_on", Refusal::StartsBeforeSignUpCloses);
        }
        if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
            && !(1..=MAX_ROUND_DAYS).contains(&(ends_on - starts_on).num_days())
        {
            checks.problem("ends_on", Refusal::RoundTooShortOrLong);
        }
        let details =
            wall.zip(zone).zip(starts_on.zip(ends_on)).map(|((wall, zone), (starts_on, ends_on))| {
                RoundDetails { name, closes_at: zone.resolve(wall).at, starts_on, ends_on }
            });
        checks.finish(details)
    }
}

impl RoundDetails {
    /// The slug that a new round wants: programme and name.
    #[must_use]
    pub fn slug(&self, programme: &str) -> Slug {
        Slug::of_title(&format!("{programme} {}", self.name), "round")
    }

    /// The form with these details.
    #[must_use]
    pub fn to_form(&self, zone: Zone, version: i32) -> RoundForm {
        RoundForm {
            name: self.name.clone(),
            closes: zone.wall(self.closes_at).format("%Y-%m-%dT%H:%M").to_string(),
            zone: zone.name().to_owned(),
            starts_on: self.starts_on.to_string(),
            ends_on: self.ends_on.to_string(),
            version: version.to_string(),
        }
    }
}

string_enum! {
    /// A change of a round's state.
    RoundChange {
        /// Members can sign up from now on.
        Open,
        /// Sign-up ends.
        Close,
        /// Sign-up begins again.
        Reopen,
        /// The proposals of a draft are sent.
        Publish,
        /// The round is over.
        Finish,
        /// The round does not take place.
        Cancel,
    }
}

/// Who or what changes a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedBy {
    /// A coordinator of the programme.
    Coordinator,
    /// A background job, because a time has come.
    Clock,
}

/// Every change of a round that exists: from which state, by which change, to which state, and who may make it.
/// A round has no other way to another state (M24).
pub const ROUND_CHANGES: &[(RoundState, RoundChange, RoundState, &[ChangedBy])] = {
    use ChangedBy::{Clock, Coordinator};
    use RoundState::{Cancelled, Closed, Draft, Finished, Open, Published};
    &[
        (Draft, RoundChange::Open, Open, &[Coordinator]),
        (Open, RoundChange::Close, Closed, &[Coordinator, Clock]),
        (Closed, RoundChange::Reopen, Open, &[Coordinator]),
        (Closed, RoundChange::Publish, Published, &[Coordinator]),
        (Published, RoundChange::Finish, Finished, &[Coordinator, Clock]),
        (Draft, RoundChange::Cancel, Cancelled, &[Coordinator]),
        (Open, RoundChange::Cancel, Cancelled, &[Coordinator]),
        (Closed, RoundChange::Cancel, Cancelled, &[Coordinator]),
    ]
};

/// One allowed change of a round. Only [`RoundState::step`] makes one, and the store's write step accepts nothing
/// else.
///
/// ```compile_fail,E0451
/// use domain::mentoring::{RoundState, RoundStep};
/// let step = RoundStep { from: RoundState::Draft, to: RoundState::Published };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a step changes nothing until it is saved"]
pub struct RoundStep {
    from: RoundState,
    to: RoundState,
}

impl RoundStep {
    /// The state before.
    #[must_use]
    pub fn from(self) -> RoundState {
        self.from
    }

    /// The state afterwards.
    #[must_use]
    pub fn to(self) -> RoundState {
        self.to
    }
}

impl RoundState {
    /// The step that a change makes from this state.
    ///
    /// # Errors
    /// `Refused(RoundStateChanged)` when the round can't change like that, or not by this person.
    pub fn step(self, change: RoundChange, by: ChangedBy) -> Result<RoundStep, Refusal> {
        let found = ROUND_CHANGES
            .iter()
            .find(|(from, with, _, who)| (*from, *with) == (self, change) && who.contains(&by));
        found.map(|(from, _, to, _)| RoundStep { from: *from, to: *to }).ok_or(Refusal::RoundStateChanged)
    }

    /// The changes that somebody can make from this state, in the order of [`ROUND_CHANGES`].
    pub fn changes(self, by: ChangedBy) -> impl Iterator<Item = RoundChange> {
        let can = move |(from, _, _, who): &&(RoundState, RoundChange, RoundState, &[ChangedBy])| {
            *from == self && who.contains(&by)
        };
        ROUND_CHANGES.iter().filter(can).map(|(_, change, ..)| *change)
    }
}

/// Whether members can sign up for a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpWindow {
    /// Not yet: the round is a draft.
    NotYet,
    /// Yes, and submitted sign-ups can be edited.
    Open,
    /// Yes, but the first matching no longer waits for it. The sign-up joins the queue for the next one (M6).
    Late,
    /// No longer.
    Over,
}

impl SignUpWindow {
    /// The window of a round in this state that closes at `closes_at`.
    #[must_use]
    pub fn of(state: RoundState, closes_at: Instant, now: Instant) -> Self {
        match state {
            RoundState::Draft => Self::NotYet,
            RoundState::Open if now < closes_at => Self::Open,
            RoundState::Open | RoundState::Closed | RoundState::Published => Self::Late,
            RoundState::Finished | RoundState::Cancelled => Self::Over,
        }
    }

    /// Whether a sign-up can be started or finished now.
    ///
    /// # Errors
    /// `Refused` with the reason.
    pub fn check(self) -> Result<(), Refusal> {
        match self {
            Self::Open | Self::Late => Ok(()),
            Self::NotYet => Err(Refusal::MentoringNotOpen),
            Self::Over => Err(Refusal::MentoringClosed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> RoundForm {
        RoundForm {
            name: "Spring 2027".into(),
            closes: "2027-01-31T18:00".into(),
            zone: "Europe/London".into(),
            starts_on: "2027-02-15".into(),
            ends_on: "2027-06-30".into(),
            version: String::new(),
        }
    }

    fn field(form: &RoundForm) -> String {
        form.check().unwrap_err()[0].field.clone()
    }

    #[test]
    fn a_round_closes_before_it_starts_and_ends_after_it() {
        let details = form().check().unwrap();
        assert_eq!(details.closes_at.to_rfc3339(), "2027-01-31T18:00:00+00:00");
        assert_eq!(
            details.to_form("Europe/London".parse().unwrap(), 3),
            RoundForm { version: "3".into(), ..form() }
        );
        assert_eq!(field(&RoundForm { closes: String::new(), ..form() }), "closes");
        assert_eq!(field(&RoundForm { starts_on: "2027-01-30".into(), ..form() }), "starts_on");
        assert_eq!(field(&RoundForm { ends_on: "2027-02-15".into(), ..form() }), "ends_on");
        assert_eq!(field(&RoundForm { ends_on: "2031-02-15".into(), ..form() }), "ends_on");
        assert_eq!(field(&RoundForm { zone: "Mars/Olympus".into(), ..form() }), "zone");
    }

    #[test]
    fn m24_a_round_changes_only_as_listed_and_only_by_the_people_listed() {
        let mut allowed = Vec::new();
        for state in RoundState::ALL {
            for change in RoundChange::ALL {
                for by in [ChangedBy::Coordinator, ChangedBy::Clock] {
                    if let Ok(step) = state.step(*change, by) {
                        assert_eq!(step.from(), *state);
                        allowed.push(format!(
                            "{} {} {by:?} {}",
                            state.name(),
                            change.name(),
                            step.to().name()
                        ));
                    }
                }
            }
        }
        assert_eq!(
            allowed,
            [
                "draft open Coordinator open",
                "draft cancel Coordinator cancelled",
                "open close Coordinator closed",
                "open close Clock closed",
                "open cancel Coordinator cancelled",
                "closed reopen Coordinator open",
                "closed publish Coordinator published",
                "closed cancel Coordinator cancelled",
                "published finish Coordinator finished",
                "published finish Clock finished",
            ]
        );
        let offered: Vec<_> = RoundState::Closed.changes(ChangedBy::Coordinator).collect();
        assert_eq!(offered, [RoundChange::Reopen, RoundChange::Publish, RoundChange::Cancel]);
    }

    #[test]
    fn m6_sign_up_stays_possible_after_it_closes() {
        let closes = "2027-01-31T18:00:00Z".parse().unwrap();
        let before = "2027-01-31T17:59:59Z".parse().unwrap();
        let window = |state, now| SignUpWindow::of(state, closes, now);
        assert_eq!(window(RoundState::Draft, before), SignUpWindow::NotYet);
        assert_eq!(window(RoundState::Open, before), SignUpWindow::Open);
        assert_eq!(window(RoundState::Open, closes), SignUpWindow::Late);
        assert_eq!(window(RoundState::Closed, before), SignUpWindow::Late);
        assert_eq!(window(RoundState::Published, closes), SignUpWindow::Late);
        assert_eq!(window(RoundState::Finished, closes), SignUpWindow::Over);
        assert_eq!(window(RoundState::Cancelled, before), SignUpWindow::Over);
        assert!(SignUpWindow::NotYet.check().is_err() && SignUpWindow::Late.check().is_ok());
    }
}
