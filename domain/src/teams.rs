//! Teams: where members work. A team can be part of another one.

use crate::{Problems, Slug, checks::Checks};

/// A validated team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamDetails {
    /// The name, 1 to 80 characters.
    pub name: String,
    /// The team that it is part of.
    pub parent: Option<Slug>,
    /// The purpose, at most 400 characters.
    pub purpose: String,
}

impl TeamDetails {
    /// Validates every field of the form. The store checks that the parent exists.
    ///
    /// # Errors
    /// Problems with the fields `name`, `parent` and `purpose`.
    pub fn check(name: &str, parent: &str, purpose: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", name, 1, 80);
        let parent = checks.slug("parent", parent);
        let purpose = checks.text("purpose", purpose, 0, 400);
        checks.finish(Some(Self { name, parent, purpose }))
    }
}

/// How many levels of teams there can be.
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
