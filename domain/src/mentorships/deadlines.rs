//! What falls due in a mentorship: the nudge, check-ins, the end of the term, and the release of feedback.

use chrono::{Duration, NaiveDate, NaiveTime};

use super::{CheckInKind, Outcome};
use crate::{Instant, mentoring::MentorshipState};

/// A pair without a meeting is nudged after this (M15).
pub const NUDGE_AFTER: Duration = Duration::days(7);
/// Both are asked whether they connected after this (M15).
pub const CONNECT_AFTER: Duration = Duration::days(10);
/// Feedback is released after this, also when only one has given it (M21).
pub const FEEDBACK_WAIT: Duration = Duration::days(14);
/// A pair without any meeting for so long is silent. Coordinators see it.
pub const SILENT_AFTER: Duration = Duration::days(21);
/// So many days before the end of the term, the two choose how it ends.
pub const DAYS_TO_CHOOSE: i64 = 14;

/// The term of a mentorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// When both accepted.
    pub started_at: Instant,
    /// Its last day, in UTC.
    pub ends_on: NaiveDate,
}

impl Term {
    /// The end of its last day.
    #[must_use]
    pub fn ends_at(self) -> Instant {
        self.ends_on.and_time(NaiveTime::MIN).and_utc() + Duration::days(1)
    }

    /// When so many percent of it are over.
    #[must_use]
    pub fn at_percent(self, percent: i32) -> Instant {
        let whole = (self.ends_at() - self.started_at).max(Duration::zero());
        self.started_at + whole * percent / 100
    }

    /// Whether its last two weeks have begun, in which the two choose how it ends.
    #[must_use]
    pub fn is_finishing(self, now: Instant) -> bool {
        now >= self.ends_at() - Duration::days(DAYS_TO_CHOOSE)
    }
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nudge both: there was no meeting for a week.
    Nudge,
    /// Ask both.
    Ask(CheckInKind),
    /// Tell both that the term is over, so that they choose how it ends.
    TermOver,
    /// Show each the other's feedback.
    ReleaseFeedback,
}

/// The facts that decide what is due, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Its state.
    pub state: MentorshipState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Its term.
    pub term: Term,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// The end of the last meeting that was held, or of the next one. `None` without one.
    pub last_meeting: Option<Instant>,
    /// The last proposed time that still waits for an answer. `None` when no proposal waits.
    pub proposed_until: Option<Instant>,
    /// When the two were nudged last.
    pub nudged_at: Option<Instant>,
    /// What they were asked already.
    pub asked: Vec<CheckInKind>,
    /// Whether they were told that the term is over.
    pub term_told: bool,
    /// Whether feedback was released.
    pub is_released: bool,
}

impl Timeline {
    /// Everything that falls due, with its time. Some of it may be due already.
    #[must_use]
    pub fn all(&self) -> Vec<(Instant, Due)> {
        match self.state {
            // A break stops the clock.
            MentorshipState::Paused => Vec::new(),
            MentorshipState::Active => self.while_active(),
            MentorshipState::Ended => self.after_the_end(),
        }
    }

    /// What is due by `now`, the earliest first. After a long break, only the latest question is asked.
    #[must_use]
    pub fn due(&self, now: Instant) -> Vec<Due> {
        let mut due: Vec<Due> =
            self.all().into_iter().filter(|(at, _)| *at <= now).map(|(_, due)| due).collect();
        let latest = due.iter().rev().find(|due| matches!(due, Due::Ask(_))).copied();
        due.retain(|due| !matches!(due, Due::Ask(_)) || Some(*due) == latest);
        due
    }

    /// When the next thing falls due.
    #[must_use]
    pub fn next(&self) -> Option<Instant> {
        self.all().first().map(|(at, _)| *at)
    }

    fn while_active(&self) -> Vec<(Instant, Due)> {
        let mut all = Vec::new();
        // One nudge for each quiet time: a new one comes only after another meeting.
        let quiet_since = self.last_meeting.unwrap_or(self.term.started_at).max(self.term.started_at);
        let was_nudged = self.nudged_at.is_some_and(|at| at >= quiet_since);
        if !was_nudged {
            // A proposal that waits is no silence, until its last time has passed.
            let quiet_until = quiet_since + NUDGE_AFTER;
            all.push((self.proposed_until.map_or(quiet_until, |at| at.max(quiet_until)), Due::Nudge));
        }
        // Who has met has connected.
        if self.last_meeting.is_none() {
            all.push((self.term.started_at + CONNECT_AFTER, Due::Ask(CheckInKind::Connected)));
        }
        for (percent, kind) in
            [(25, CheckInKind::Quarter), (50, CheckInKind::Half), (75, CheckInKind::ThreeQuarters)]
        {
            all.push((self.term.at_percent(percent), Due::Ask(kind)));
        }
        let is_asked = |due: &Due| matches!(due, Due::Ask(kind) if self.asked.contains(kind));
        let asked_until = all.iter().filter(|(_, due)| is_asked(due)).map(|(at, _)| *at).max();
        // A question that was skipped in favour of a later one is not asked any more.
        let is_over = |at: &Instant| asked_until.is_some_and(|until| *at <= until);
        all.retain(|(at, due)| !matches!(due, Due::Ask(_)) || !(is_asked(due) || is_over(at)));
        if !self.term_told {
            all.push((self.term.ends_at(), Due::TermOver));
        }
        all.sort_by_key(|(at, _)| *at);
        all
    }

    fn after_the_end(&self) -> Vec<(Instant, Due)> {
        let graduated = self.outcome.is_some_and(Outcome::is_graduation);
        let at = self.ended_at.filter(|_| graduated && !self.is_released);
        at.map(|at| (at + FEEDBACK_WAIT, Due::ReleaseFeedback)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn timeline() -> Timeline {
        Timeline {
            state: MentorshipState::Active,
            outcome: None,
            term: Term { started_at: at("2027-01-01T00:00:00Z"), ends_on: "2027-04-10".parse().unwrap() },
            ended_at: None,
            last_meeting: None,
            proposed_until: None,
            nudged_at: None,
            asked: Vec::new(),
            term_told: false,
            is_released: false,
        }
    }

    #[test]
    fn m15_a_nudge_on_day_7_and_a_question_on_day_10() {
        let start = timeline();
        assert_eq!(start.next(), Some(at("2027-01-08T00:00:00Z")));
        assert_eq!(start.due(at("2027-01-07T23:59:59Z")), []);
        assert_eq!(start.due(at("2027-01-08T00:00:00Z")), [Due::Nudge]);
        let nudged = Timeline { nudged_at: Some(at("2027-01-08T00:00:00Z")), ..timeline() };
        assert_eq!(nudged.due(at("2027-01-11T00:00:00Z")), [Due::Ask(CheckInKind::Connected)]);
        // After a meeting they have connected, and the next nudge comes a week after it.
        let met = Timeline { last_meeting: Some(at("2027-01-09T00:00:00Z")), ..nudged };
        assert_eq!(met.due(at("2027-01-15T23:59:59Z")), []);
        assert_eq!(met.due(at("2027-01-16T00:00:00Z")), [Due::Nudge]);
        // A proposal that waits is no silence.
        let proposed = Timeline { proposed_until: Some(at("2027-01-10T00:00:00Z")), ..timeline() };
        assert_eq!(proposed.due(at("2027-01-09T00:00:00Z")), []);
        assert_eq!(proposed.next(), Some(at("2027-01-10T00:00:00Z")), "it is looked at after its last time");
    }

    #[test]
    fn m18_check_ins_at_25_50_and_75_percent() {
        // The term has 100 days.
        let met = Timeline { last_meeting: Some(at("2027-04-05T00:00:00Z")), ..timeline() };
        let due = |now: &str, asked: &[CheckInKind]| {
            let timeline = Timeline { asked: asked.to_vec(), ..met.clone() };
            timeline.due(at(now)).len()
        };
        assert_eq!(due("2027-01-25T23:59:59Z", &[]), 0);
        assert_eq!(due("2027-01-26T00:00:00Z", &[]), 1);
        assert_eq!(due("2027-02-20T00:00:00Z", &[CheckInKind::Quarter]), 1);
        assert_eq!(due("2027-03-17T00:00:00Z", &[CheckInKind::Quarter, CheckInKind::Half]), 1);
        assert_eq!(due("2027-03-17T00:00:00Z", &[]), 1, "only the latest, after a break");
        assert_eq!(due("2027-03-17T00:00:00Z", &[CheckInKind::ThreeQuarters]), 0);
        let paused = Timeline { state: MentorshipState::Paused, ..met.clone() };
        assert_eq!(paused.next(), None, "a break stops the clock");
    }

    #[test]
    fn m21_feedback_is_released_after_14_days() {
        let ended = Timeline {
            state: MentorshipState::Ended,
            outcome: Some(Outcome::Finished),
            ended_at: Some(at("2027-04-01T00:00:00Z")),
            ..timeline()
        };
        assert_eq!(ended.due(at("2027-04-14T23:59:59Z")), []);
        assert_eq!(ended.due(at("2027-04-15T00:00:00Z")), [Due::ReleaseFeedback]);
        assert_eq!(Timeline { is_released: true, ..ended.clone() }.next(), None);
        assert_eq!(Timeline { outcome: Some(Outcome::Left), ..ended }.next(), None);
    }

    #[test]
    fn the_last_two_weeks_are_for_the_end() {
        let term = timeline().term;
        assert!(
            !term.is_finishing(at("2027-03-27T23:59:59Z")) && term.is_finishing(at("2027-03-28T00:00:00Z"))
        );
        assert_eq!(timeline().due(at("2027-04-11T00:00:00Z")).last(), Some(&Due::TermOver));
    }
}
