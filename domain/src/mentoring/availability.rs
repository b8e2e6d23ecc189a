//! When people have time: a week in their own zone, and the same week in UTC.

use std::{fmt, str::FromStr};

/// Hours of a week.
pub const WEEK_HOURS: u8 = 168;
/// Half-hours of a week.
const HALF_HOURS: usize = 336;
/// Hexadecimal digits of a [`LocalWeek`] as text.
const DIGITS: usize = 42;

/// The hours of a week in which somebody has time, in their own zone. Hour 0 begins on Monday at 00:00.
///
/// As text it has 42 hexadecimal digits. The highest bit of the first digit is hour 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LocalWeek([u64; 3]);

impl LocalWeek {
    /// The week with these hours, each from 0 to 167. Other numbers are ignored.
    #[must_use]
    pub fn from_hours(hours: impl IntoIterator<Item = u8>) -> Self {
        let mut week = Self::default();
        for hour in hours.into_iter().filter(|&hour| hour < WEEK_HOURS) {
            week.0[usize::from(hour / 64)] |= 1 << (hour % 64);
        }
        week
    }

    /// Whether an hour is in it.
    #[must_use]
    pub fn has(self, hour: u8) -> bool {
        hour < WEEK_HOURS && self.0[usize::from(hour / 64)] >> (hour % 64) & 1 == 1
    }

    /// Its hours, in order.
    pub fn hours(self) -> impl Iterator<Item = u8> {
        (0..WEEK_HOURS).filter(move |&hour| self.has(hour))
    }

    /// The number of its hours.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether it has no hours.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == [0; 3]
    }
}

impl fmt::Display for LocalWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for first in (0..WEEK_HOURS).step_by(4) {
            let digit = (first..first + 4).fold(0_u8, |digit, hour| digit << 1 | u8::from(self.has(hour)));
            write!(f, "{digit:x}")?;
        }
        Ok(())
    }
}

impl FromStr for LocalWeek {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16)).collect::<Option<_>>().ok_or(())?;
        if digits.len() != DIGITS {
            return Err(());
        }
        let has = |hour: &u8| digits[usize::from(hour / 4)] >> (3 - hour % 4) & 1 == 1;
        Ok(Self::from_hours((0..WEEK_HOURS).filter(has)))
    }
}

/// The half-hours of a week in which somebody has time, in UTC. Some zones differ from UTC by half-hours.
///
/// Nepal and the Chatham Islands differ by quarter-hours. Their weeks are rounded to half-hours, so the overlap
/// with other zones can be wrong by 15 minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Week([u64; 6]);

impl Week {
    /// The week in UTC for a zone that is ahead of UTC by this many minutes.
    #[must_use]
    pub fn new(local: LocalWeek, offset_minutes: i32) -> Self {
        let mut week = Self::default();
        for hour in local.hours() {
            let first = (i32::from(hour) * 60 - offset_minutes).div_euclid(30);
            for half_hour in [first, first + 1] {
                // It is not negative.
                let at = half_hour.rem_euclid(HALF_HOURS as i32) as usize;
                week.0[at / 64] |= 1 << (at % 64);
            }
        }
        week
    }

    /// The number of half-hours that both weeks have.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(one, other)| (one & other).count_ones()).sum()
    }

    /// Adds the half-hours of another week.
    pub(super) fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_written_as_42_digits() {
        let week = LocalWeek::from_hours([0, 5, 167, 200]);
        assert_eq!(week.to_string(), format!("84{}1", "0".repeat(39)));
        assert_eq!(week.to_string().parse(), Ok(week));
        assert_eq!((week.count(), week.hours().collect::<Vec<_>>()), (3, vec![0, 5, 167]));
        assert!("84".parse::<LocalWeek>().is_err() && "g".repeat(42).parse::<LocalWeek>().is_err());
        assert!("é".repeat(21).parse::<LocalWeek>().is_err());
    }

    proptest::proptest! {
        #[test]
        fn a_shifted_week_is_the_same_week(hours in proptest::collection::vec(0_u8..168, 0..60), offset in -28..=28_i32) {
            let local = LocalWeek::from_hours(hours);
            let week = Week::new(local, offset * 30);
            proptest::prop_assert_eq!(week.overlap(&week), 2 * local.count());
            for hour in 0..WEEK_HOURS {
                // The half-hour at which this hour begins in UTC.
                let start = (i32::from(hour) * 2 - offset).rem_euclid(336);
                let probe = |at: i32| week.0[(at / 64) as usize] >> (at % 64) & 1 == 1;
                proptest::prop_assert_eq!(probe(start), local.has(hour));
                proptest::prop_assert_eq!(probe((start + 1) % 336), local.has(hour));
            }
        }
    }

    #[test]
    fn zones_with_half_hours_overlap_in_half_hours() {
        // 18:00 to 20:00 in Delhi is 12:30 to 14:30 in UTC.
        let evening = LocalWeek::from_hours([18, 19]);
        let delhi = Week::new(evening, 330);
        let utc = Week::new(LocalWeek::from_hours([12, 13, 14]), 0);
        assert_eq!(delhi.overlap(&utc), 4);
        assert_eq!(delhi.overlap(&Week::new(LocalWeek::from_hours([14]), 0)), 1);
        // A Monday morning east of UTC is Sunday in UTC.
        let sunday = Week::new(LocalWeek::from_hours([167]), 0);
        assert_eq!(Week::new(LocalWeek::from_hours([0]), 60).overlap(&sunday), 2);
        // Two people in Nepal lose nothing to the rounding.
        assert_eq!(Week::new(evening, 345).overlap(&Week::new(evening, 345)), 4);
    }
}
