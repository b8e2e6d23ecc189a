//! Validates the sections of the profile form, each of which is saved separately.

use serde::{Deserialize, Serialize};

use super::{Language, Level, ProfileInput, Seniority};
use crate::{Problems, Refusal, Slug, checks::Checks};

/// The longest bio, in characters.
pub const MAX_BIO: usize = 4_000;
/// The most topics that a member can choose.
pub const MAX_TOPICS: usize = 40;
/// The most languages that a member can choose.
pub const MAX_LANGUAGES: usize = 12;
/// The most links that a member can add.
pub const MAX_LINKS: usize = 10;

/// The section "About".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Pronouns, at most 40 characters.
    pub pronouns: String,
    /// Markdown, at most [`MAX_BIO`] characters.
    pub bio: String,
}

impl About {
    /// Validates the section.
    ///
    /// # Errors
    /// Problems with the fields `pronouns` and `bio`.
    pub fn check(pronouns: &str, bio: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let pronouns = checks.line("pronouns", pronouns, 0, 40);
        let bio = checks.text("bio", bio, 0, MAX_BIO);
        checks.finish(Some(Self { pronouns, bio }))
    }
}

/// The section "Work".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Slug of their team.
    pub team: Option<Slug>,
    /// Their manager as typed: the name of a member or the slug of their page.
    pub manager: String,
    /// How experienced they are.
    pub seniority: Option<Seniority>,
}

impl Work {
    /// Validates the section. The store checks that the team and the manager exist.
    ///
    /// # Errors
    /// Problems with the fields `team`, `manager` and `seniority`.
    pub fn check(team: &str, manager: &str, seniority: &str) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let team = checks.slug("team", team);
        let manager = checks.line("manager", manager, 0, 200);
        let seniority =
            if seniority.trim().is_empty() { None } else { checks.choice("seniority", seniority) };
        checks.finish(Some(Self { team, manager, seniority }))
    }
}

/// Everything on the tab "Profile", which is saved at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Name, headline, disciplines, time zone and language of the pages.
    pub basics: ProfileInput,
    /// Pronouns and bio.
    pub about: About,
    /// Team, line manager and seniority.
    pub work: Work,
    /// The languages that they speak.
    pub languages: Vec<Language>,
    /// Who sees which part, each as `part:audience`. Parts without a choice keep theirs.
    pub visible_to: Vec<String>,
}

/// The form of the tab "Profile", as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// Their name.
    pub name: String,
    /// One line about what they do.
    pub headline: String,
    /// Their pronouns.
    pub pronouns: String,
    /// Markdown.
    pub bio: String,
    /// Slugs of their disciplines.
    pub disciplines: Vec<String>,
    /// Slug of their team; empty for none.
    pub team: String,
    /// The name of a seniority; empty for no answer.
    pub seniority: String,
    /// Name or page of their manager.
    pub manager: String,
    /// Tags of languages.
    pub languages: Vec<String>,
    /// A time zone or a city.
    pub zone: String,
    /// The language of their pages and emails.
    pub locale: String,
    /// Who sees which part, each as `part:audience`.
    pub visible_to: Vec<String>,
}

impl DetailsForm {
    /// Validates all sections, so that the form shows the problems of all of them at once. The store checks
    /// what the form names.
    ///
    /// # Errors
    /// The problems of all sections, in the order of the form.
    pub fn check(&self) -> Result<Details, Problems> {
        let basics =
            ProfileInput::check(&self.name, &self.zone, &self.locale, &self.headline, &self.disciplines);
        let about = About::check(&self.pronouns, &self.bio);
        let work = Work::check(&self.team, &self.manager, &self.seniority);
        match (basics, about, work, check_languages(&self.languages)) {
            (Ok(basics), Ok(about), Ok(work), Ok(languages)) => {
                Ok(Details { basics, about, work, languages, visible_to: self.visible_to.clone() })
            }
            (basics, about, work, languages) => {
                let parts = [basics.err(), about.err(), work.err(), languages.err()];
                Err(parts.into_iter().flatten().flatten().collect())
            }
        }
    }
}

/// Reads the topics, each written as `topic:level`. The level is empty for topics that the member did not
/// choose. The store checks that the topics exist.
///
/// # Errors
/// A problem with the field `topics`.
pub fn check_topics(choices: &[String]) -> Result<Vec<(Slug, Level)>, Problems> {
    let mut checks = Checks::default();
    let mut topics: Vec<(Slug, Level)> = Vec::new();
    for choice in choices {
        let Some((topic, level)) = choice.split_once(':') else {
            checks.problem("topics", Refusal::BadChoice);
            break;
        };
        if level.is_empty() {
            continue;
        }
        match (Slug::parse(topic), level.parse()) {
            (Some(topic), Ok(level)) if topics.iter().all(|(known, _)| *known != topic) => {
                topics.push((topic, level));
            }
            _ => {
                checks.problem("topics", Refusal::BadChoice);
                break;
            }
        }
    }
    if topics.len() > MAX_TOPICS {
        checks.problem("topics", Refusal::TooMany { max: MAX_TOPICS as i64 });
    }
    checks.finish(Some(topics))
}

/// Reads the languages by their tags and removes duplicates.
///
/// # Errors
/// A problem with the field `languages`.
pub fn check_languages(tags: &[String]) -> Result<Vec<Language>, Problems> {
    let mut checks = Checks::default();
    let mut languages: Vec<Language> = Vec::new();
    for tag in tags {
        match tag.parse() {
            Ok(language) if languages.contains(&language) => {}
            Ok(language) => languages.push(language),
            Err(()) => {
                checks.problem("languages", Refusal::BadChoice);
                break;
            }
        }
    }
    if languages.len() > MAX_LANGUAGES {
        checks.problem("languages", Refusal::TooMany { max: MAX_LANGUAGES as i64 });
    }
    checks.finish(Some(languages))
}

/// Reads a link.
///
/// # Errors
/// A problem with the field `url`.
pub fn check_link(url: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    if url.trim().is_empty() {
        checks.problem("url", Refusal::Missing);
    }
    let url = checks.https_url("url", url);
    checks.finish(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn each_topic_has_a_level() {
        let read = check_topics(&texts(&["rust:teaching", "on-call:", "databases:learning"])).unwrap();
        let read: Vec<_> = read.iter().map(|(topic, level)| (topic.as_str(), level.name())).collect();
        assert_eq!(read, [("rust", "teaching"), ("databases", "learning")]);
        for bad in [&["rust"][..], &["rust:guru"], &["Rust!:working"], &["rust:working", "rust:learning"]] {
            assert!(check_topics(&texts(bad)).is_err(), "{bad:?}");
        }
        let many: Vec<String> = (0..=MAX_TOPICS).map(|i| format!("t{i}:working")).collect();
        assert!(check_topics(&many).is_err());
    }

    #[test]
    fn only_languages_of_the_table_are_accepted() {
        assert_eq!(check_languages(&texts(&["fi", "fi", "pt-BR"])).unwrap().len(), 2);
        assert!(check_languages(&texts(&["tlh"])).is_err());
    }

    #[test]
    fn a_link_must_be_https() {
        assert!(check_link(" https://github.com/mei ").is_ok());
        for bad in ["", "javascript:alert(1)", "http://example.org", "https://x"] {
            assert!(check_link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn all_problems_of_the_tab_are_shown_at_once() {
        let form = |name: &str, pronouns: &str| DetailsForm {
            name: name.into(),
            pronouns: pronouns.into(),
            zone: "UTC".into(),
            locale: "en".into(),
            ..DetailsForm::default()
        };
        assert!(form("Ada", "she/her").check().is_ok());
        let problems = form("", &"x".repeat(41)).check().unwrap_err();
        assert_eq!(problems.iter().map(|problem| &*problem.field).collect::<Vec<_>>(), ["name", "pronouns"]);
    }

    #[test]
    fn the_work_section_may_be_empty() {
        assert_eq!(Work::check("", " ", ""), Ok(Work::default()));
        assert_eq!(Work::check("x", "", "guru").unwrap_err()[0].field, "seniority");
    }
}
