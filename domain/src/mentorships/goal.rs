//! The goals of a pair (M16). Nobody else reads them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{GoalId, Problems, checks::Checks};

const MAX_TITLE: usize = 120;
const MAX_TEXT: usize = 600;

/// A goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Its id; `None` for a new one.
    pub id: Option<GoalId>,
    /// What the mentee wants to achieve.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// How the two will see that it is reached.
    pub evidence: String,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// 0 to 100.
    pub progress: u8,
}

/// The form of a goal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalForm {
    /// See [`Goal::title`].
    #[serde(default)]
    pub title: String,
    /// See [`Goal::why`].
    #[serde(default)]
    pub why: String,
    /// See [`Goal::evidence`].
    #[serde(default)]
    pub evidence: String,
    /// See [`Goal::due_on`].
    #[serde(default)]
    pub due_on: String,
    /// See [`Goal::progress`].
    #[serde(default)]
    pub progress: String,
}

impl GoalForm {
    /// Reads the form. An empty progress is 0.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self, id: Option<GoalId>) -> Result<Goal, Problems> {
        let mut checks = Checks::default();
        let title = checks.line("title", &self.title, 1, MAX_TITLE);
        let why = checks.text("why", &self.why, 0, MAX_TEXT);
        let evidence = checks.text("evidence", &self.evidence, 0, MAX_TEXT);
        let due_on = if self.due_on.trim().is_empty() { None } else { checks.date("due_on", &self.due_on) };
        let progress = checks.number("progress", &self.progress, 0, 100).unwrap_or(0);
        let progress = u8::try_from(progress).unwrap_or(0);
        checks.finish(Some(Goal { id, title, why, evidence, due_on, progress }))
    }
}

impl Goal {
    /// The form that shows it.
    #[must_use]
    pub fn to_form(&self) -> GoalForm {
        GoalForm {
            title: self.title.clone(),
            why: self.why.clone(),
            evidence: self.evidence.clone(),
            due_on: self.due_on.map(|day| day.to_string()).unwrap_or_default(),
            progress: self.progress.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m16_a_goal_is_read_back_as_written() {
        let form = GoalForm {
            title: "Lead a threat model".into(),
            why: "My team ships without one.".into(),
            evidence: "A review that the team signs.".into(),
            due_on: "2027-03-01".into(),
            progress: "50".into(),
        };
        assert_eq!(form.check(None).unwrap().to_form(), form);
        let field = |form: GoalForm| form.check(None).unwrap_err()[0].field.clone();
        assert_eq!(field(GoalForm { title: " ".into(), ..form.clone() }), "title");
        assert_eq!(field(GoalForm { due_on: "soon".into(), ..form.clone() }), "due_on");
        assert_eq!(field(GoalForm { progress: "101".into(), ..form }), "progress");
    }
}
