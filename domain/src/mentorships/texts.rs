//! Texts that people of a pair write: notes, messages and feedback. And the reasons of coordinators.

use serde::{Deserialize, Serialize};

use crate::{Problems, checks::Checks};

/// The most characters of a note.
pub const MAX_NOTE: usize = 4000;
/// The most characters of a message.
pub const MAX_MESSAGE: usize = 2000;
const MAX_FEEDBACK: usize = 1000;
const MAX_REASON: usize = 600;

fn check(field: &str, text: &str, max: usize) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text(field, text, 1, max);
    checks.finish(Some(text))
}

/// Reads a note.
///
/// # Errors
/// For the field `note`.
pub fn check_note(text: &str) -> Result<String, Problems> {
    check("note", text, MAX_NOTE)
}

/// Reads a message.
///
/// # Errors
/// For the field `message`.
pub fn check_message(text: &str) -> Result<String, Problems> {
    check("message", text, MAX_MESSAGE)
}

/// Reads the reason of a coordinator's measure, or of an appeal against it.
///
/// # Errors
/// For the field `reason`.
pub fn check_reason(text: &str) -> Result<String, Problems> {
    check("reason", text, MAX_REASON)
}

/// What one says about the other at the end (M21).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackText {
    /// What helped.
    pub helped: String,
    /// What the other could do better. May be empty.
    pub better: String,
}

/// The form of feedback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackForm {
    /// See [`FeedbackText::helped`].
    #[serde(default)]
    pub helped: String,
    /// See [`FeedbackText::better`].
    #[serde(default)]
    pub better: String,
}

impl FeedbackForm {
    /// Reads the form.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<FeedbackText, Problems> {
        let mut checks = Checks::default();
        let helped = checks.text("helped", &self.helped, 1, MAX_FEEDBACK);
        let better = checks.text("better", &self.better, 0, MAX_FEEDBACK);
        checks.finish(Some(FeedbackText { helped, better }))
    }
}
