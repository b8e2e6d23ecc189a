//! What an organiser enters about a group: the form as it was typed, and the validated details.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{GroupKind, Joining, Visibility};
use crate::{Problems, Refusal, Slug, checks::Checks};

/// The group form as a browser posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupForm {
    /// A single line of text.
    pub name: String,
    /// Slug that the organiser wants; empty to derive it from the name. Only used for a new group.
    pub slug: String,
    /// A name of a [`GroupKind`].
    pub kind: String,
    /// A single line of text.
    pub purpose: String,
    /// Paragraphs of plain text.
    pub description: String,
    /// A name of a [`Visibility`].
    pub visibility: String,
    /// A name of a [`Joining`].
    pub joining: String,
    /// Of a virtual team: what it wants to reach.
    pub goal: String,
    /// Of a virtual team: what it will not do.
    pub out_of_scope: String,
    /// Of a virtual team: its last day, for example `2027-06-30`.
    pub ends_on: String,
    /// Of a virtual team: the people it needs. Each line has the slug of a discipline and a number, for
    /// example `security 2`.
    pub wants: String,
    /// Version of the group that the form was filled from; empty for a new group.
    pub version: String,
}

/// How many people of one discipline a virtual team needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Want {
    /// Slug of the discipline.
    pub discipline: Slug,
    /// Number of people, 1 to 50.
    pub count: u32,
}

/// What a virtual team agreed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charter {
    /// What it wants to reach; at most 2,000 characters.
    pub goal: String,
    /// What it will not do; at most 2,000 characters.
    pub out_of_scope: String,
    /// The day on which it ends.
    pub ends_on: Option<NaiveDate>,
    /// The people it needs, sorted by discipline, each discipline once.
    pub wants: Vec<Want>,
}

/// What an organiser entered about a group, validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDetails {
    /// The requested slug. The store adds a suffix if it is taken.
    pub slug: Slug,
    /// 1 to 80 characters.
    pub name: String,
    /// The kind of group.
    pub kind: GroupKind,
    /// Its purpose, at most 500 characters.
    pub purpose: String,
    /// At most 10,000 characters, paragraphs between empty lines.
    pub description: String,
    /// Who can see it.
    pub visibility: Visibility,
    /// How people join. Always by invitation for a private group.
    pub joining: Joining,
    /// What a virtual team agreed on; empty for other kinds.
    pub charter: Charter,
}

/// Names that have their own pages below `/groups/`.
const TAKEN: &[&str] = &["new"];

impl GroupForm {
    /// Validates every field of the form.
    ///
    /// # Errors
    /// Every problem, with its field.
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
        let details = kind.zip(visibility).zip(joining).map(|((kind, visibility), joining)| {
            // People who can't see the group can't request to join it.
            let joining = if visibility == Visibility::Private { Joining::Invitation } else { joining };
            GroupDetails { slug, name, kind, purpose, description, visibility, joining, charter }
        });
        checks.finish(details)
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
    /// A form filled with these details, for editing.
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
    fn a_group_form_is_validated() {
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
    fn details_survive_a_round_trip_through_the_form() {
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
    fn every_problem_is_reported_at_once() {
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
