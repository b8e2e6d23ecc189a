//! Teams: where members work, one below another.

use crate::{Problems, Slug, checks::Checks};

/// What is said of a team, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamDetails {
    /// Its name, 1 to 80 characters.
    pub name: String,
    /// The team it belongs to.
    pub parent: Option<Slug>,
    /// What it is for, at most 400 characters.
    pub purpose: String,
}

impl TeamDetails {
    /// Reads the form. Whether there is such a parent, the store finds out.
    ///
    /// # Errors
    /// What is wrong with `name`, `parent` and `purpose`.
    pub fn check(name: &str, parent: &str, purpose: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", name, 1, 80);
        let parent = checks.slug("parent", parent);
        let purpose = checks.text("purpose", purpose, 0, 400);
        checks.finish(Some(Self { name, parent, purpose }))
    }
}

/// How deep teams go.
pub const MAX_DEPTH: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_has_a_name() {
        assert!(TeamDetails::check("Payments", "", "Keeps money moving").is_ok());
        assert_eq!(TeamDetails::check(" ", "", "").unwrap_err()[0].field, "name");
    }
}
