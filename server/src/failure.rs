//! Why the program ends: one sentence for the operator and the exit code that goes with it.
//!
//! The codes are those of `sysexits.h`: 1 `doctor` found something, 64 wrong usage, 65 a file
//! that does not hold what it should, 69 a service it needs is not there, 70 a fault of
//! its own, 75 try again later, 73 a file cannot be made, 74 a file cannot be read, 78 wrong configuration.

use std::fmt;

/// Ends the program. Its sentence says what to do next.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// What happened and what to do.
    pub sentence: String,
}

impl Failure {
    /// Any other code.
    pub fn new(code: u8, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into() }
    }

    /// The command cannot be done as it was asked for.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self::new(64, sentence)
    }

    /// Something it needs, the database most of all, does not answer.
    pub fn unavailable(sentence: impl Into<String>) -> Self {
        Self::new(69, sentence)
    }

    /// A fault of the program itself.
    pub fn internal(sentence: impl Into<String>) -> Self {
        Self::new(70, sentence)
    }

    /// A file or folder cannot be made.
    pub fn cannot_create(sentence: impl Into<String>) -> Self {
        Self::new(73, sentence)
    }

    /// A file cannot be read or written.
    pub fn io(sentence: impl Into<String>) -> Self {
        Self::new(74, sentence)
    }

    /// The configuration, or the place it runs in, must be changed first.
    pub fn config(sentence: impl Into<String>) -> Self {
        Self::new(78, sentence)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Failure {}
