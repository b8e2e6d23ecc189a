//! Digests of what a run read and of what the solver got. Two equal digests mean equal data.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Collects fields. Each is written with its length, so that fields can't run into each other.
pub(super) struct Fold(Sha256);

impl Fold {
    pub(super) fn new() -> Self {
        Self(Sha256::new())
    }

    pub(super) fn bytes(&mut self, field: &[u8]) {
        self.0.update((field.len() as u64).to_le_bytes());
        self.0.update(field);
    }

    pub(super) fn text(&mut self, field: &str) {
        self.bytes(field.as_bytes());
    }

    pub(super) fn number(&mut self, field: impl Into<i128>) {
        self.bytes(&field.into().to_le_bytes());
    }

    /// The digest as 64 hexadecimal digits.
    pub(super) fn finish(self) -> String {
        let mut text = String::with_capacity(64);
        for byte in self.0.finalize() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}
