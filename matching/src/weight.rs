//! What is compared: an exact number for the levels that count, and the lot that parts what they leave equal.
//!
//! Cost and kept pairs fold into one integer, `hi`, in 64 bits where an instance's numbers fit and in 128 bits
//! where they do not. The lot of a pair, `lo`, counts only among equal `hi`; it is never folded into it, so that
//! the prices of the upper levels can be read off and proved alone.

use std::ops::{Add, Sub};

/// An integer that the upper levels are counted in.
pub(crate) trait Level: Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> {
    /// Farther than anything.
    const FAR: Self;
    /// From the wide form, which the caller knows to fit.
    fn narrow(wide: i128) -> Self;
    /// To the wide form.
    fn wide(self) -> i128;
    /// So many times.
    fn times(self, count: u32) -> Self;
}

impl Level for i64 {
    const FAR: Self = Self::MAX;
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
    const FAR: Self = Self::MAX;
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

/// Levels first, then the lot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Weight<L> {
    pub(crate) hi: L,
    pub(crate) lo: i64,
}

impl<L: Level> Weight<L> {
    /// Farther than anything.
    pub(crate) const FAR: Self = Self { hi: L::FAR, lo: 0 };

    /// Nothing but levels.
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
