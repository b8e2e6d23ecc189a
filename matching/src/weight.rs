//! The number that the solver compares: an exact integer for the levels of the objective, and a tie-break
//! value.
//!
//! Cost and kept pairs are combined into one integer, `hi`. It has 64 bits if the numbers of the instance
//! fit, and 128 bits otherwise. The tie-break value `lo` only matters between equal `hi`. The two are kept
//! apart so that the prices of the levels can be read off and proved without it.

use std::ops::{Add, Sub};

/// The integer type for the levels.
pub(crate) trait Level: Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> {
    /// Greater than every distance.
    const INFINITE: Self;
    /// Converts from 128 bits. The caller knows that the number fits.
    fn narrow(wide: i128) -> Self;
    /// Converts to 128 bits.
    fn wide(self) -> i128;
    /// Multiplies by a count.
    fn times(self, count: u32) -> Self;
}

impl Level for i64 {
    const INFINITE: Self = Self::MAX;
    fn narrow(wide: i128) -> Self {
        wide as Self
    }
    fn wide(self) -> i128 {
        self.into()
    }
    fn times(self, count: u32) -> Self {
        self * Self::from(count)
    }
}

impl Level for i128 {
    const INFINITE: Self = Self::MAX;
    fn narrow(wide: i128) -> Self {
        wide
    }
    fn wide(self) -> i128 {
        self
    }
    fn times(self, count: u32) -> Self {
        self * Self::from(count)
    }
}

/// The levels first, then the tie-break value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Weight<L> {
    pub(crate) hi: L,
    pub(crate) lo: i64,
}

impl<L: Level> Weight<L> {
    /// Greater than every distance.
    pub(crate) const INFINITE: Self = Self { hi: L::INFINITE, lo: 0 };

    /// Levels without a tie-break value.
    pub(crate) fn level(hi: L) -> Self {
        Self { hi, lo: 0 }
    }
}

impl<L: Level> Add for Weight<L> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { hi: self.hi + other.hi, lo: self.lo + other.lo }
    }
}

impl<L: Level> Sub for Weight<L> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { hi: self.hi - other.hi, lo: self.lo - other.lo }
    }
}
