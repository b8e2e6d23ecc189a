//! When people have time: a week in their own zone, and the same week in UTC.

use std::{fmt, str::FromStr};

/// Hours of a week.
pub const WEEK_HOURS: u8 = 168;
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

/// A week as another clock shows it. Where the clocks differ by half an hour, each hour covers the second half of
/// one hour and the first half of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ShiftedWeek {
    /// The hours in which the two halves of each hour are.
    halves: [LocalWeek; 2],
}

impl ShiftedWeek {
    /// The number of half-hours that it shares with a week of the other clock.
    pub(super) fn overlap(&self, other: LocalWeek) -> u32 {
        let [first, second] = self.halves;
        let shared = first.shared(other);
        shared + if first == second { shared } else { second.shared(other) }
    }
}

/// A week and the same week again, so that shifting it by any number of hours is reading from another place.
#[derive(Clone, Copy, Debug)]
pub(super) struct DoubleWeek([u64; 7]);

impl DoubleWeek {
    pub(super) fn new(week: LocalWeek) -> Self {
        let [low, middle, high] = week.0;
        // The second week begins at hour 168, which is bit 40 of the third word.
        let again = [high | low << 40, low >> 24 | middle << 40, middle >> 24 | high << 40, high >> 24, 0];
        Self([low, middle, again[0], again[1], again[2], again[3], again[4]])
    }

    /// The week as a clock shows it that is ahead by this many half-hours.
    pub(super) fn shifted(&self, half_hours: i32) -> ShiftedWeek {
        // From 0 to 335.
        let ahead = half_hours.rem_euclid(2 * i32::from(WEEK_HOURS)) as usize;
        let first = self.moved_forward(ahead / 2);
        let second = if ahead.is_multiple_of(2) { first } else { self.moved_forward(ahead.div_ceil(2)) };
        ShiftedWeek { halves: [first, second] }
    }

    /// The week with every hour moved forward by 0 to 168 hours. The end of the week continues at its beginning.
    fn moved_forward(&self, hours: usize) -> LocalWeek {
        let from = usize::from(WEEK_HOURS) - hours;
        let (word, bit) = (from / 64, from % 64);
        let at = |at: usize| self.0[word + at] >> bit | self.0[word + at + 1] << 1 << (63 - bit);
        // The last word has 40 hours.
        LocalWeek([at(0), at(1), at(2) & ((1 << 40) - 1)])
    }
}

impl LocalWeek {
    /// The number of hours that both weeks have.
    fn shared(self, other: Self) -> u32 {
        self.0.iter().zip(other.0).map(|(one, other)| (one & other).count_ones()).sum()
    }

    /// Adds the hours of another week.
    pub(super) fn add(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, more)| *word |= more);
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

        #![proptest_config(crate::testing::cases())]

        #[test]
        fn the_overlap_counts_half_hours(
            one in proptest::collection::vec(0_u8..168, 0..60),
            other in proptest::collection::vec(0_u8..168, 0..60),
            ahead in -60..=60_i32,
        ) {
            let [one, other] = [one, other].map(LocalWeek::from_hours);
            let has = |week: LocalWeek, half_hour: i32| week.has((half_hour.rem_euclid(336) / 2) as u8);
            let expected = (0..336).filter(|&at| has(one, at - ahead) && has(other, at)).count();
            proptest::prop_assert_eq!(DoubleWeek::new(one).shifted(ahead).overlap(other) as usize, expected);
            // It is the same from the other side.
            proptest::prop_assert_eq!(DoubleWeek::new(other).shifted(-ahead).overlap(one) as usize, expected);
        }
    }
}
