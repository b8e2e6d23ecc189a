//! Two widths of integer for one computation: the narrow one where the numbers of an instance fit.

use std::ops::{Add, Sub};

/// An integer that costs are counted in.
pub(crate) trait Weight: Copy + Ord + Default + Add<Output = Self> + Sub<Output = Self> {
    /// Farther than anything.
    const FAR: Self;
    /// From the wide form, which the caller knows to fit.
    fn narrow(wide: i128) -> Self;
    /// To the wide form.
    fn wide(self) -> i128;
    /// So many times.
    fn times(self, count: u32) -> Self;
}

impl Weight for i64 {
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

impl Weight for i128 {
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
