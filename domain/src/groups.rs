//! Groups: what one is, who belongs to it.

use serde::{Deserialize, Serialize};

use crate::{Problems, Slug, checks::Checks, members::named};

named! {
    /// What a group is.
    GroupKind {
        /// Members of one place or one discipline.
        Chapter = "chapter",
        /// Members who work on one question.
        WorkingGroup = "working_group",
        /// Members of many disciplines who build one thing, for a time.
        VirtualTeam = "virtual_team",
    }
}

named! {
    /// How a member belongs to a group.
    GroupRole {
        /// Looks after it.
        Organiser = "organiser",
        /// Takes part.
        Member = "member",
    }
}

/// What is said of a group, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDetails {
    /// The name wanted in URLs; another one is made when it is taken.
    pub slug: Slug,
    /// 1 to 80 characters.
    pub name: String,
    /// What it is.
    pub kind: GroupKind,
    /// What it is for, at most 500 characters.
    pub purpose: String,
}

impl GroupDetails {
    /// Reads what was typed; an empty `slug` is made of the name.
    ///
    /// # Errors
    /// What is wrong with `name`, `slug`, `kind` and `purpose`.
    pub fn check(name: &str, slug: &str, kind: &str, purpose: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", name, 1, 80);
        let slug = checks.slug("slug", slug);
        let kind = checks.choice("kind", kind);
        let purpose = checks.line("purpose", purpose, 0, 500);
        let slug = slug.unwrap_or_else(|| Slug::of_title(&name, "group"));
        checks.finish(kind.map(|kind| Self { slug, name, kind, purpose }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_read() {
        let group = GroupDetails::check("Security champions", "", "chapter", "One for each team.").unwrap();
        assert_eq!((group.slug.as_str(), group.kind), ("security-champions", GroupKind::Chapter));
        let own = GroupDetails::check("Security champions", "champions", "virtual_team", "").unwrap();
        assert_eq!(own.slug.as_str(), "champions");
    }

    #[test]
    fn every_problem_is_said_at_once() {
        let problems = GroupDetails::check(" ", "No slug", "club", &"x".repeat(501)).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "slug", "kind", "purpose"]);
    }
}
