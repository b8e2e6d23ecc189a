//! Why the program ends: one sentence for the operator, and the exit code.
//!
//! The exit codes follow `sysexits.h`: 64 wrong usage, 65 wrong content of a file, 69 a service is unavailable,
//! 70 internal error, 73 a file can't be created, 74 a file can't be read or written, 75 try again later, and
//! 78 wrong configuration. In addition, 1 means that `doctor` found a problem.

use std::fmt;

/// An error that ends the program.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code of the process, as listed in the module documentation.
    pub code: u8,
    /// What happened, and what the operator should do.
    pub sentence: String,
}

impl Failure {
    /// A failure with any exit code.
    pub fn new(code: u8, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into() }
    }

    /// Exit code 64: the command can't be run with these arguments.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self::new(64, sentence)
    }

    /// Exit code 69: a service that the program needs, usually the database, is unavailable.
    pub fn unavailable(sentence: impl Into<String>) -> Self {
        Self::new(69, sentence)
    }

    /// Exit code 70: an error in the program itself.
    pub fn internal(sentence: impl Into<String>) -> Self {
        Self::new(70, sentence)
    }

    /// Exit code 73: a file or folder can't be created.
    pub fn cannot_create(sentence: impl Into<String>) -> Self {
        Self::new(73, sentence)
    }

    /// Exit code 74: a file can't be read or written.
    pub fn io(sentence: impl Into<String>) -> Self {
        Self::new(74, sentence)
    }

    /// Exit code 78: the configuration or the environment has to be changed first.
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
