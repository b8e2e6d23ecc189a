//! The lists that administrators edit: disciplines, stages, topics and values.

use serde::{Deserialize, Serialize};

use crate::{Problems, checks::Checks, members::Mark, members::string_enum};

string_enum! {
    /// One of these lists.
    List {
        /// What members do for a living. Each entry has a mark.
        Disciplines,
        /// The stages of delivering software.
        Stages,
        /// What members talk and learn about.
        Topics,
        /// What kudos are given for.
        Values,
    }
}

impl List {
    /// Whether its entries have marks.
    #[must_use]
    pub fn has_marks(self) -> bool {
        self == Self::Disciplines
    }
}

/// A validated entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1 to 80 characters.
    pub name: String,
    /// Its mark, in a list that has marks.
    pub mark: Option<Mark>,
}

impl Entry {
    /// Validates an entry of a list.
    ///
    /// # Errors
    /// Problems with the fields `name` and `mark`.
    pub fn check(list: List, name: &str, mark: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", name, 1, 80);
        let mark = if list.has_marks() { checks.choice("mark", mark) } else { None };
        checks.finish(Some(Self { name, mark }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_disciplines_have_marks() {
        assert_eq!(Entry::check(List::Values, " Kindness ", "").unwrap().name, "Kindness");
        assert_eq!(
            Entry::check(List::Disciplines, "Writing", "star").unwrap().mark.map(Mark::name),
            Some("star")
        );
        assert_eq!(Entry::check(List::Disciplines, "Writing", "heart").unwrap_err()[0].field, "mark");
    }
}
