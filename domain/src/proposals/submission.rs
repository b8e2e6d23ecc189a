//! The text of a proposal.

use serde::{Deserialize, Serialize};

use crate::{Problems, Refusal, checks::Checks};

/// The most characters of a title.
pub const MAX_TITLE: usize = 150;
/// The most characters of an abstract.
pub const MAX_SUMMARY: usize = 5_000;
/// The most characters of the notes for reviewers.
pub const MAX_NOTES: usize = 2_000;
/// The most characters of a question of the organisers, and of its answer.
pub const MAX_QUESTION: usize = 2_000;
/// The most co-speakers of a proposal, invited ones included.
pub const MAX_CO_SPEAKERS: u64 = 5;
/// The most proposals of one member to one call.
pub const MAX_DRAFTS_OF_CALL: u64 = 10;

/// A proposal that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalText {
    /// The title.
    pub title: String,
    /// The abstract, in Markdown. May be empty in a draft.
    pub summary: String,
    /// The name of one of the call's kinds of sessions. May be empty in a draft.
    pub kind: String,
    /// The language of the session. May be empty in a draft.
    pub language: String,
    /// Notes that organisers and reviewers read, and the audience does not. May be empty.
    pub notes: String,
    /// Whether the speakers do not want to be recorded.
    pub do_not_record: bool,
}

/// The form of a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProposalForm {
    /// See [`ProposalText::title`].
    pub title: String,
    /// See [`ProposalText::summary`].
    pub summary: String,
    /// See [`ProposalText::kind`].
    pub kind: String,
    /// See [`ProposalText::language`].
    pub language: String,
    /// See [`ProposalText::notes`].
    pub notes: String,
    /// `yes` if the speakers do not want to be recorded.
    pub do_not_record: String,
}

impl ProposalForm {
    /// Reads the form. A draft needs a title only.
    ///
    /// # Errors
    /// Every problem, with its field.
    pub fn check(&self, is_draft: bool) -> Result<ProposalText, Problems> {
        let mut checks = Checks::default();
        let needed = usize::from(!is_draft);
        let text = ProposalText {
            title: checks.line("title", &self.title, 1, MAX_TITLE),
            summary: checks.text("summary", &self.summary, needed, MAX_SUMMARY),
            kind: checks.line("kind", &self.kind, 0, 60),
            language: checks.line("language", &self.language, needed, 40),
            notes: checks.text("notes", &self.notes, 0, MAX_NOTES),
            do_not_record: self.do_not_record == "yes",
        };
        if !is_draft && text.kind.is_empty() {
            checks.problem("kind", Refusal::BadChoice);
        }
        checks.finish(Some(text))
    }
}

impl ProposalText {
    /// The form that this text comes from.
    #[must_use]
    pub fn to_form(&self) -> ProposalForm {
        ProposalForm {
            title: self.title.clone(),
            summary: self.summary.clone(),
            kind: self.kind.clone(),
            language: self.language.clone(),
            notes: self.notes.clone(),
            do_not_record: if self.do_not_record { "yes".to_owned() } else { String::new() },
        }
    }
}

/// Reads a question of the organisers.
///
/// # Errors
/// For the field `question`.
pub fn check_question(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("question", text, 1, MAX_QUESTION);
    checks.finish(Some(text))
}

/// Reads a speaker's answer.
///
/// # Errors
/// For the field `answer`.
pub fn check_answer(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("answer", text, 1, MAX_QUESTION);
    checks.finish(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_a_draft_needs_a_title_only() {
        let form = ProposalForm { title: "What broke".into(), ..ProposalForm::default() };
        let draft = form.check(true).unwrap();
        assert_eq!(draft.to_form(), form);
        let problems = form.check(false).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["summary", "language", "kind"]);
    }
}
