//! Times that suit both people of a pair (M17). Each person's week is in their own zone, so a time is looked up on both
//! clocks as they are on that day. Times stay right when the clocks change in one of the zones.

use chrono::{Datelike as _, Duration, DurationRound as _, Timelike as _};

use crate::{Instant, Zone, mentoring::LocalWeek};

/// How many days ahead meetings are proposed.
pub const MAX_DAYS_AHEAD: i64 = 21;
/// How soon a proposed meeting can begin, so that the other one can read it before.
const SOONEST: Duration = Duration::hours(2);

/// When a person has time, as their sign-up says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonWeek {
    /// The zone of the hours.
    pub zone: Zone,
    /// The hours, in that zone.
    pub week: LocalWeek,
}

impl PersonWeek {
    /// Whether the person has time from `start` on, for so many minutes.
    #[must_use]
    pub fn suits(self, start: Instant, minutes: u16) -> bool {
        let last = start + Duration::minutes(i64::from(minutes.max(1))) - Duration::seconds(1);
        let mut at = start;
        loop {
            if !self.week.has(self.hour_of_week(at)) {
                return false;
            }
            if at == last {
                return true;
            }
            at = (at + Duration::minutes(15)).min(last);
        }
    }

    fn hour_of_week(self, at: Instant) -> u8 {
        let wall = self.zone.wall(at);
        (wall.weekday().num_days_from_monday() * 24 + wall.hour()) as u8
    }

    fn is_full_hour(self, at: Instant) -> bool {
        self.zone.wall(at).minute() == 0
    }
}

/// The times in the next weeks that suit all of these people, at the full hour of one of them.
#[must_use]
pub fn common_times(people: &[PersonWeek], now: Instant, minutes: u16) -> Vec<Instant> {
    let quarter = Duration::minutes(15);
    let first = now + SOONEST;
    let first = first.duration_trunc(quarter).unwrap_or(first) + quarter;
    let last = now + Duration::days(MAX_DAYS_AHEAD);
    std::iter::successors(Some(first), |at| Some(*at + quarter))
        .take_while(|at| *at <= last)
        .filter(|at| people.iter().any(|one| one.is_full_hour(*at)))
        .filter(|at| people.iter().all(|one| one.suits(*at, minutes)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(zone: &str, hours: &[u8]) -> PersonWeek {
        PersonWeek { zone: zone.parse().unwrap(), week: LocalWeek::from_hours(hours.iter().copied()) }
    }

    fn times(people: &[PersonWeek], now: &str, minutes: u16) -> Vec<String> {
        let found = common_times(people, now.parse().unwrap(), minutes);
        found.iter().map(|at| at.format("%m-%d %H:%M").to_string()).collect()
    }

    /// M17: Mondays at 17:00 in Berlin. New York changes its clock on 8 March, Berlin on 29 March, so the same
    /// evening is at another hour in New York for three weeks.
    #[test]
    fn m17_common_times_follow_both_clocks_across_a_change() {
        let berlin = person("Europe/Berlin", &[17]);
        assert_eq!(
            times(&[berlin], "2027-03-19T00:00:00Z", 60),
            ["03-22 16:00", "03-29 15:00", "04-05 15:00"]
        );
        // In New York it is 11:00 before 14 March, 12:00 until 28 March, and then 11:00 again.
        let eleven = person("America/New_York", &[11]);
        assert_eq!(times(&[berlin, eleven], "2027-03-06T00:00:00Z", 60), ["03-08 16:00"]);
        assert_eq!(times(&[berlin, eleven], "2027-03-19T00:00:00Z", 60), ["03-29 15:00", "04-05 15:00"]);
        let twelve = person("America/New_York", &[12]);
        assert_eq!(times(&[berlin, twelve], "2027-03-06T00:00:00Z", 60), ["03-15 16:00", "03-22 16:00"]);
    }

    #[test]
    fn a_meeting_fits_into_the_hours_as_a_whole() {
        let two = person("UTC", &[9, 10]);
        let at = |text: &str| text.parse().unwrap();
        // 4 January 2027 is a Monday.
        assert!(two.suits(at("2027-01-04T09:00:00Z"), 120));
        assert!(two.suits(at("2027-01-04T10:30:00Z"), 30));
        assert!(!two.suits(at("2027-01-04T10:30:00Z"), 60));
        assert!(!two.suits(at("2027-01-04T08:45:00Z"), 30));
        assert!(!two.suits(at("2027-01-05T09:00:00Z"), 30), "not on Tuesday");
    }

    #[test]
    fn zones_with_half_hours_meet_at_the_full_hour_of_one_of_them() {
        let kolkata = person("Asia/Kolkata", &[18, 19]);
        let utc = person("UTC", &[12, 13, 14]);
        // 18:00 in Kolkata is 12:30 in UTC.
        assert_eq!(
            times(&[kolkata, utc], "2027-01-03T00:00:00Z", 60)[..3],
            ["01-04 12:30", "01-04 13:00", "01-04 13:30"]
        );
    }

    #[test]
    fn nobody_is_asked_to_meet_within_two_hours() {
        let always = person("UTC", &[9, 10, 11, 12]);
        assert_eq!(times(&[always], "2027-01-04T09:10:00Z", 30)[0], "01-04 12:00");
        assert!(times(&[person("UTC", &[])], "2027-01-04T09:10:00Z", 30).is_empty());
    }
}
