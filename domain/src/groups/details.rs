//! What an organiser says of a group: the form as typed, and the same checked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{GroupKind, Joining, Visibility};
use crate::{Problems, Refusal, Slug, checks::Checks};

/// The group form as a browser posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupForm {
    /// A line.
    pub name: String,
    /// The name wanted in URLs; empty to make it of the name. Only asked for once.
    pub slug: String,
    /// A name of [`GroupKind`].
    pub kind: String,
    /// A line or two.
    pub purpose: String,
    /// Paragraphs.
    pub description: String,
    /// A name of [`Visibility`].
    pub visibility: String,
    /// A name of [`Joining`].
    pub joining: String,
    /// Of a virtual team: what it is to reach.
    pub goal: String,
    /// Of a virtual team: what it leaves alone.
    pub out_of_scope: String,
    /// Of a virtual team: `2027-06-30`.
    pub ends_on: String,
    /// Of a virtual team: a line each, a discipline's slug and how many of it, as in `security 2`.
    pub wants: String,
    /// The version of the group that the form was filled from; empty for a new one.
    pub version: String,
}

/// How many of one discipline a virtual team wants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Want {
    /// Which.
    pub discipline: Slug,
    /// 1 to 50.
    pub count: u32,
}

/// What a virtual team agreed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charter {
    /// What it is to reach; at most 2,000 characters.
    pub goal: String,
    /// What it leaves alone; at most 2,000 characters.
    pub out_of_scope: String,
    /// When it dissolves.
    pub ends_on: Option<NaiveDate>,
    /// Whom it wants, each discipline once, sorted.
    pub wants: Vec<Want>,
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
    /// At most 10,000 characters, paragraphs between empty lines.
    pub description: String,
    /// Who may know of it.
    pub visibility: Visibility,
    /// How one comes in; into what is private, by invitation only.
    pub joining: Joining,
    /// What a virtual team agreed on; empty for every other kind.
    pub charter: Charter,
}

/// Names that are pages of their own below `/groups/`.
const TAKEN: &[&str] = &["new"];

impl GroupForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it, field by field.
    pub fn check(&self) -> Result<GroupDetails, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", &self.name, 1, 80);
        let slug = checks.slug("slug", &self.slug);
        let kind = checks.choice("kind", &self.kind);
        let purpose = checks.line("purpose", &self.purpose, 0, 500);
        let description = checks.text("description", &self.description, 0, 10_000);
        let visibility = or_first(&mut checks, "visibility", &self.visibility, Visibility::Public);
        let joining = or_first(&mut checks, "joining", &self.joining, Joining::Open);
        let charter = match kind {
            Some(GroupKind::VirtualTeam) => self.charter(&mut checks),
            Some(GroupKind::Chapter | GroupKind::WorkingGroup) | None => Charter::default(),
        };
        let slug = slug.unwrap_or_else(|| Slug::of_title(&name, "group"));
        let slug = if TAKEN.contains(&slug.as_str()) { slug.with_suffix("group") } else { slug };
        let whole = kind.zip(visibility).zip(joining).map(|((kind, visibility), joining)| {
            // Who cannot see it cannot ask.
            let joining = if visibility == Visibility::Private { Joining::Invitation } else { joining };
            GroupDetails { slug, name, kind, purpose, description, visibility, joining, charter }
        });
        checks.finish(whole)
    }

    fn charter(&self, checks: &mut Checks) -> Charter {
        let goal = checks.text("goal", &self.goal, 0, 2_000);
        let out_of_scope = checks.text("out_of_scope", &self.out_of_scope, 0, 2_000);
        let ends_on = match self.ends_on.trim() {
            "" => None,
            date => checks.date("ends_on", date),
        };
        let mut wants: Vec<Want> = Vec::new();
        for line in self.wants.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match want(line).filter(|want| !wants.iter().any(|one| one.discipline == want.discipline)) {
                Some(want) => wants.push(want),
                None => {
                    checks.problem("wants", Refusal::BadChoice);
                    break;
                }
            }
        }
        wants.sort();
        Charter { goal, out_of_scope, ends_on, wants }
    }
}

fn or_first<T: std::str::FromStr>(checks: &mut Checks, field: &str, text: &str, usual: T) -> Option<T> {
    if text.trim().is_empty() { Some(usual) } else { checks.choice(field, text) }
}

fn want(line: &str) -> Option<Want> {
    let mut words = line.split_whitespace();
    let discipline = Slug::parse(words.next()?)?;
    let count = words.next().map_or(Some(1), |count| count.parse().ok())?;
    let fits = words.next().is_none() && (1..=50).contains(&count);
    fits.then_some(Want { discipline, count })
}

impl GroupDetails {
    /// The form filled with these details, for editing.
    #[must_use]
    pub fn to_form(&self, version: u32) -> GroupForm {
        let charter = &self.charter;
        let wants = charter.wants.iter().map(|want| format!("{} {}", want.discipline, want.count));
        GroupForm {
            name: self.name.clone(),
            slug: self.slug.to_string(),
            kind: self.kind.name().to_owned(),
            purpose: self.purpose.clone(),
            description: self.description.clone(),
            visibility: self.visibility.name().to_owned(),
            joining: self.joining.name().to_owned(),
            goal: charter.goal.clone(),
            out_of_scope: charter.out_of_scope.clone(),
            ends_on: charter.ends_on.map_or_else(String::new, |date| date.to_string()),
            wants: wants.collect::<Vec<_>>().join("\n"),
            version: version.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, kind: &str) -> GroupForm {
        GroupForm { name: name.into(), kind: kind.into(), ..GroupForm::default() }
    }

    #[test]
    fn a_group_is_read() {
        let group = form("Security champions", "chapter").check().unwrap();
        assert_eq!((group.slug.as_str(), group.kind), ("security-champions", GroupKind::Chapter));
        assert_eq!((group.visibility, group.joining), (Visibility::Public, Joining::Open));
        let own = GroupForm { slug: "champions".into(), ..form("Security champions", "virtual_team") };
        assert_eq!(own.check().unwrap().slug.as_str(), "champions");
        assert_eq!(
            form("New", "chapter").check().unwrap().slug.as_str(),
            "new-group",
            "a page has that name"
        );
    }

    #[test]
    fn a_form_and_its_details_are_the_same() {
        let form = GroupForm {
            goal: "Trains by timetable".into(),
            ends_on: "2027-06-30".into(),
            wants: "security 2\n developer\n".into(),
            visibility: "private".into(),
            joining: "open".into(),
            ..form("Train crew", "virtual_team")
        };
        let details = form.check().unwrap();
        assert_eq!(details.joining, Joining::Invitation, "nobody can ask for what they cannot see");
        assert_eq!(details.to_form(3).wants, "developer 1\nsecurity 2");
        assert_eq!(details.to_form(3).check(), Ok(details));
    }

    #[test]
    fn only_a_virtual_team_has_a_charter() {
        let form = GroupForm { goal: "None".into(), wants: "!".into(), ..form("Chapter", "chapter") };
        assert_eq!(form.check().unwrap().charter, Charter::default());
    }

    #[test]
    fn every_problem_is_said_at_once() {
        let wrong = GroupForm {
            slug: "No slug".into(),
            purpose: "x".repeat(501),
            visibility: "secret".into(),
            joining: "lottery".into(),
            ..form(" ", "club")
        };
        let fields = |form: &GroupForm| -> Vec<String> {
            form.check().unwrap_err().into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(fields(&wrong), ["name", "slug", "kind", "purpose", "visibility", "joining"]);
        let team =
            GroupForm { ends_on: "soon".into(), wants: "security 0".into(), ..form("A", "virtual_team") };
        assert_eq!(fields(&team), ["ends_on", "wants"]);
        for wants in ["security 1 2", "security 51", "a b", "security\nsecurity 2", "Se 1"] {
            let team = GroupForm { wants: wants.into(), ..form("A", "virtual_team") };
            assert_eq!(fields(&team), ["wants"], "{wants}");
        }
    }
}
