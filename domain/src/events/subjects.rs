//! The subjects of an event: disciplines, topics, and stages of delivering software. All three are lists
//! that administrators edit. The slug of an entry never changes.

use crate::{Problems, Refusal, Slug, checks::Checks};

/// The subjects of an event. Each list is sorted and has no duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Subjects {
    /// Disciplines it is mainly for, at most 7; empty for everybody.
    pub disciplines: Vec<Slug>,
    /// Topics, at most 5.
    pub topics: Vec<Slug>,
    /// Stages, at most 8.
    pub stages: Vec<Slug>,
}

impl Subjects {
    /// Reads the chosen slugs. The store checks that the lists have these entries.
    ///
    /// # Errors
    /// Problems with the fields `disciplines`, `topics` and `stages`.
    pub fn check(disciplines: &[String], topics: &[String], stages: &[String]) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let mut read = |field: &str, chosen: &[String], max: usize| {
            let chosen: Vec<_> = chosen.iter().filter(|slug| !slug.is_empty()).collect();
            let mut slugs: Vec<Slug> = chosen.iter().filter_map(|slug| Slug::parse(slug)).collect();
            if slugs.len() < chosen.len() {
                checks.problem(field, Refusal::BadChoice);
            }
            slugs.sort();
            slugs.dedup();
            if slugs.len() > max {
                checks.problem(field, Refusal::TooMany { max: i64::try_from(max).unwrap_or(i64::MAX) });
            }
            slugs
        };
        let subjects = Self {
            disciplines: read("disciplines", disciplines, 7),
            topics: read("topics", topics, 5),
            stages: read("stages", stages, 8),
        };
        checks.finish(Some(subjects))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn duplicate_choices_count_once() {
        let chosen = texts(&["rust", "on-call", "rust", ""]);
        let subjects = Subjects::check(&[], &chosen, &[]).unwrap();
        assert_eq!(subjects.topics.iter().map(Slug::as_str).collect::<Vec<_>>(), ["on-call", "rust"]);
        assert_eq!(Subjects::check(&[], &[], &[]), Ok(Subjects::default()));
    }

    #[test]
    fn every_problem_is_reported_at_once() {
        let many = texts(&["a", "b", "c", "d", "e", "f"]);
        let problems = Subjects::check(&texts(&["../"]), &many, &[]).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| (problem.field.as_str(), &problem.why)).collect();
        assert_eq!(fields, [("disciplines", &Refusal::BadChoice), ("topics", &Refusal::TooMany { max: 5 })]);
    }
}
