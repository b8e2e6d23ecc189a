//! A meeting of a pair: one proposes up to three times, the other accepts one (M17).

use chrono::Duration;

use super::{MeetingState, PersonWeek, other_side};
use crate::{Instant, Problem, Problems, Refusal, checks::Checks, mentoring::SignUpRole};

/// How many times one can propose at once.
pub const MAX_TIMES: usize = 3;
/// The lengths of meetings, in minutes.
pub const MINUTES: [u16; 4] = [30, 45, 60, 90];
/// A meeting that is cancelled less than this before it begins was cancelled late.
pub const LATE_CANCEL: Duration = Duration::hours(3);
/// From this long after the start, one can say that the other did not come.
pub const MISSED_AFTER: Duration = Duration::minutes(10);
/// Until this long after the start, one can say so.
pub const MISSED_UNTIL: Duration = Duration::days(14);
/// The most characters of a place.
const MAX_PLACE: usize = 200;

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Where it is.
    pub state: MeetingState,
    /// The agreed time. It stays until another one is agreed.
    pub starts_at: Option<Instant>,
    /// Its length.
    pub minutes: u16,
    /// Proposed times that wait for an answer.
    pub times: Vec<Instant>,
    /// The one who proposed them.
    pub asked_by: SignUpRole,
    /// Rises with every calendar part that was sent.
    pub sequence: u32,
    /// Whether it was cancelled less than three hours before it would have begun.
    pub is_late: bool,
    /// The one who did not come.
    pub missed_by: Option<SignUpRole>,
}

/// Times that one proposes, with the length and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingPlan {
    /// One to three times, in order.
    pub times: Vec<Instant>,
    /// The length.
    pub minutes: u16,
    /// Where: a link or a room. May be empty.
    pub place: String,
}

/// The form that proposes times.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MeetingForm {
    /// The length in minutes.
    #[serde(default)]
    pub minutes: String,
    /// Where: a link or a room.
    #[serde(default)]
    pub place: String,
}

impl MeetingForm {
    /// Reads the form. `times` are the chosen times, as RFC 3339.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self, times: &[String]) -> Result<MeetingPlan, Problems> {
        let mut checks = Checks::default();
        let minutes = self.minutes.trim().parse().ok().filter(|minutes| MINUTES.contains(minutes));
        if minutes.is_none() {
            checks.problem("minutes", Refusal::BadChoice);
        }
        let mut read: Vec<Instant> = times.iter().filter_map(|text| text.parse().ok()).collect();
        read.sort_unstable();
        read.dedup();
        if read.is_empty() {
            checks.problem("times", Refusal::ChooseTimes);
        } else if read.len() > MAX_TIMES {
            checks.problem("times", Refusal::TooManyTimes);
        }
        let place = checks.line("place", &self.place, 0, MAX_PLACE);
        checks.finish(minutes.map(|minutes| MeetingPlan { times: read, minutes, place }))
    }
}

impl MeetingPlan {
    /// Whether each time is in the future, not too far away, and suits everybody.
    ///
    /// # Errors
    /// `TimesDoNotSuit` for the field `times`.
    pub fn check_times(&self, people: &[PersonWeek], now: Instant) -> Result<(), Problems> {
        let last = now + Duration::days(super::MAX_DAYS_AHEAD);
        let suits =
            |at: &Instant| (now..=last).contains(at) && people.iter().all(|one| one.suits(*at, self.minutes));
        match self.times.iter().all(suits) {
            true => Ok(()),
            false => Err(vec![Problem { field: "times".into(), why: Refusal::TimesDoNotSuit }]),
        }
    }
}

impl Meeting {
    /// A new meeting that waits for an answer.
    #[must_use]
    pub fn propose(by: SignUpRole, plan: &MeetingPlan) -> Self {
        Self {
            state: MeetingState::Proposed,
            starts_at: None,
            minutes: plan.minutes,
            times: plan.times.clone(),
            asked_by: by,
            sequence: 0,
            is_late: false,
            missed_by: None,
        }
    }

    /// When it ends, if it has a time.
    #[must_use]
    pub fn ends_at(&self) -> Option<Instant> {
        self.starts_at.map(|at| at + Duration::minutes(i64::from(self.minutes)))
    }

    /// The last proposed time that is still to come. Until then, the other one can answer. `None` without one.
    #[must_use]
    pub fn waits_until(&self, now: Instant) -> Option<Instant> {
        self.times.iter().copied().filter(|at| *at > now).max()
    }

    /// Whether it can still be moved, answered or cancelled: it was not cancelled or missed, and its times are not over.
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        match self.state {
            MeetingState::Proposed => self.waits_until(now).is_some(),
            MeetingState::Agreed => self.starts_at.is_some_and(|at| at > now),
            MeetingState::Cancelled | MeetingState::Missed => false,
        }
    }

    /// Whether it took place, as far as we know.
    #[must_use]
    pub fn is_held(&self, now: Instant) -> bool {
        self.state == MeetingState::Agreed && self.ends_at().is_some_and(|at| at <= now)
    }

    fn check_open(&self, now: Instant) -> Result<(), Refusal> {
        if self.is_open(now) { Ok(()) } else { Err(Refusal::MeetingOver) }
    }

    /// Proposes other times. An agreed time stays until the other one accepts one of them. The length stays.
    ///
    /// # Errors
    /// `MeetingOver` when it is over or was cancelled.
    pub fn propose_again(&self, by: SignUpRole, times: &[Instant], now: Instant) -> Result<Self, Refusal> {
        self.check_open(now)?;
        Ok(Self { times: times.to_vec(), asked_by: by, ..self.clone() })
    }

    /// Accepts one of the proposed times.
    ///
    /// # Errors
    /// `MeetingOver` when it is over, or the time is no longer proposed or has passed. `NotYourAnswer` for the one
    /// who proposed it.
    pub fn accept(&self, by: SignUpRole, time: Instant, now: Instant) -> Result<Self, Refusal> {
        if self.state == MeetingState::Agreed && self.starts_at == Some(time) && self.times.is_empty() {
            return Ok(self.clone());
        }
        self.check_open(now)?;
        if by == self.asked_by {
            return Err(Refusal::NotYourAnswer);
        }
        if time <= now || !self.times.contains(&time) {
            return Err(Refusal::MeetingOver);
        }
        Ok(Self {
            state: MeetingState::Agreed,
            starts_at: Some(time),
            times: Vec::new(),
            sequence: self.sequence + 1,
            ..self.clone()
        })
    }

    /// Cancels it. Cancelling it again changes nothing.
    ///
    /// # Errors
    /// `MeetingOver` when it has begun.
    pub fn cancel(&self, now: Instant) -> Result<Self, Refusal> {
        if self.state == MeetingState::Cancelled {
            return Ok(self.clone());
        }
        self.check_open(now)?;
        let is_late = self.starts_at.is_some_and(|at| at - now < LATE_CANCEL);
        Ok(Self {
            state: MeetingState::Cancelled,
            times: Vec::new(),
            sequence: self.sequence + 1,
            is_late,
            ..self.clone()
        })
    }

    /// One says that the other did not come, from ten minutes after the start on.
    ///
    /// # Errors
    /// `NotMissedYet` before that, and `MeetingOver` after two weeks or without an agreed time.
    pub fn report_missed(&self, by: SignUpRole, now: Instant) -> Result<Self, Refusal> {
        match (self.state, self.starts_at) {
            (MeetingState::Missed, _) => Ok(self.clone()),
            (MeetingState::Agreed, Some(at)) if now < at + MISSED_AFTER => Err(Refusal::NotMissedYet),
            (MeetingState::Agreed, Some(at)) if now <= at + MISSED_UNTIL => Ok(Self {
                state: MeetingState::Missed,
                times: Vec::new(),
                missed_by: Some(other_side(by)),
                ..self.clone()
            }),
            _ => Err(Refusal::MeetingOver),
        }
    }
}

#[cfg(test)]
mod tests {
    use SignUpRole::{Mentee, Mentor};

    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn plan(times: &[&str]) -> MeetingPlan {
        MeetingPlan { times: times.iter().map(|time| at(time)).collect(), minutes: 60, place: String::new() }
    }

    const NOW: &str = "2027-01-04T12:00:00Z";
    const FIRST: &str = "2027-01-06T12:00:00Z";
    const SECOND: &str = "2027-01-07T12:00:00Z";

    fn proposed() -> Meeting {
        Meeting::propose(Mentee, &plan(&[FIRST, SECOND]))
    }

    #[test]
    fn m17_the_other_one_accepts_one_of_the_times() {
        let accept = |by, time| proposed().accept(by, at(time), at(NOW));
        assert_eq!(accept(Mentee, FIRST), Err(Refusal::NotYourAnswer));
        assert_eq!(accept(Mentor, NOW), Err(Refusal::MeetingOver));
        let agreed = accept(Mentor, FIRST).unwrap();
        assert_eq!((agreed.state, agreed.sequence), (MeetingState::Agreed, 1));
        assert_eq!(agreed.accept(Mentor, at(FIRST), at(NOW)), Ok(agreed.clone()), "a retry is safe");
        assert_eq!(proposed().accept(Mentor, at(FIRST), at(FIRST)), Err(Refusal::MeetingOver));
        assert_eq!(proposed().waits_until(at(FIRST)), Some(at(SECOND)));
        assert!(
            proposed().is_open(at(FIRST)) && !proposed().is_open(at(SECOND)),
            "nobody can answer any more"
        );
    }

    #[test]
    fn m17_a_meeting_moves_when_the_other_one_accepts_and_its_sequence_rises() {
        let agreed = proposed().accept(Mentor, at(FIRST), at(NOW)).unwrap();
        let asked = agreed.propose_again(Mentor, &[at(SECOND)], at(NOW)).unwrap();
        assert_eq!((asked.starts_at, asked.sequence), (Some(at(FIRST)), 1), "the first time still holds");
        let moved = asked.accept(Mentee, at(SECOND), at(NOW)).unwrap();
        assert_eq!((moved.starts_at, moved.sequence, moved.minutes), (Some(at(SECOND)), 2, 60));
        assert_eq!(moved.propose_again(Mentee, &[at(SECOND)], at(SECOND)), Err(Refusal::MeetingOver));
    }

    #[test]
    fn m17_cancelling_within_three_hours_is_late() {
        let agreed = proposed().accept(Mentor, at(FIRST), at(NOW)).unwrap();
        let cancel = |time: &str| agreed.cancel(at(time)).map(|meeting| meeting.is_late);
        assert_eq!(cancel("2027-01-06T09:00:00Z"), Ok(false));
        assert_eq!(cancel("2027-01-06T09:00:01Z"), Ok(true));
        assert_eq!(cancel(FIRST), Err(Refusal::MeetingOver));
        let cancelled = agreed.cancel(at(NOW)).unwrap();
        assert_eq!(cancelled.sequence, 2);
        assert_eq!(cancelled.cancel(at(NOW)), Ok(cancelled.clone()));
        assert!(!proposed().cancel(at(NOW)).unwrap().is_late);
    }

    #[test]
    fn m17_a_no_show_can_be_reported_after_ten_minutes() {
        let agreed = proposed().accept(Mentor, at(FIRST), at(NOW)).unwrap();
        let missed = |time: &str| agreed.report_missed(Mentee, at(time));
        assert_eq!(missed("2027-01-06T12:09:59Z"), Err(Refusal::NotMissedYet));
        assert_eq!(missed("2027-01-06T12:10:00Z").unwrap().missed_by, Some(Mentor));
        assert_eq!(missed("2027-01-21T12:00:00Z"), Err(Refusal::MeetingOver));
        assert_eq!(proposed().report_missed(Mentee, at(SECOND)), Err(Refusal::MeetingOver));
        assert!(agreed.is_held(at("2027-01-06T13:00:00Z")) && !agreed.is_held(at("2027-01-06T12:59:00Z")));
    }

    #[test]
    fn the_form_takes_one_to_three_times() {
        let form = MeetingForm { minutes: "45".into(), place: " https://meet.example ".into() };
        let times =
            |count: usize| (1..=count).map(|day| format!("2027-01-0{day}T12:00:00Z")).collect::<Vec<_>>();
        let read = form.check(&times(3)).unwrap();
        assert_eq!((read.times.len(), read.minutes, read.place.as_str()), (3, 45, "https://meet.example"));
        for wrong in [0, 4] {
            assert_eq!(form.check(&times(wrong)).unwrap_err()[0].field, "times");
        }
        let long = MeetingForm { minutes: "1000".into(), ..form };
        assert_eq!(long.check(&times(1)).unwrap_err()[0].field, "minutes");
    }
}
