//! A whole profile, and the one function that says what a reader sees of it.

use serde::{Deserialize, Serialize};

use super::{Discipline, Language, Part, Place, Viewer, Visibility, string_enum};
use crate::{Instant, MemberId, Slug, Zone};

string_enum! {
    /// How experienced somebody is: what matching goes by, not a title.
    Seniority {
        /// Learns the trade.
        Junior = "junior",
        /// Works on their own.
        Mid = "mid",
        /// Others ask them.
        Senior = "senior",
        /// Leads others.
        Lead = "lead",
        /// Sets directions beyond a team.
        Principal = "principal",
    }
}

string_enum! {
    /// How somebody stands to a topic.
    Level {
        /// Wants to know more.
        Learning = "learning",
        /// Does it.
        Working = "working",
        /// Can show others.
        Teaching = "teaching",
    }
}

/// Something with a name and a page or filter of its own: a team, a topic, a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Its name in URLs and forms.
    pub slug: Slug,
    /// Its name for people.
    pub name: String,
}

/// Where else somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebLink {
    /// Which of their links.
    pub id: uuid::Uuid,
    /// Its address.
    pub url: String,
    /// When it was proven to be theirs.
    pub verified_at: Option<Instant>,
}

impl WebLink {
    /// The place that the address is at.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::of(&self.url)
    }
}

/// Everything that a member has said of themself. Not to be shown: that is what [`Profile::shown_to`]
/// is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Whose.
    pub member: MemberId,
    /// Their page.
    pub slug: Slug,
    /// What others call them; empty until they said it.
    pub name: String,
    /// The name with the handle, when the name looks like an administrator's: what others read.
    pub distinct_name: Option<String>,
    /// How to speak of them.
    pub pronouns: String,
    /// One line about what they do.
    pub headline: String,
    /// What they tell of themselves, in Markdown, as they typed it.
    pub bio: String,
    /// The name of their picture's content.
    pub picture: Option<String>,
    /// The team they belong to.
    pub team: Option<Named>,
    /// Whom they report to: for themselves and administrators.
    pub manager: Option<Named>,
    /// How experienced they are.
    pub seniority: Option<Seniority>,
    /// Their disciplines, in the community's order.
    pub disciplines: Vec<Discipline>,
    /// Their topics, in the community's order.
    pub topics: Vec<(Named, Level)>,
    /// What they speak.
    pub languages: Vec<Language>,
    /// The zone they live by.
    pub zone: Zone,
    /// Where else they are.
    pub links: Vec<WebLink>,
    /// Who sees what of this.
    pub see: Visibility,
}

/// What a reader sees of a profile: hidden parts are empty, as if nothing had been said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleProfile {
    /// Whose.
    pub member: MemberId,
    /// Their page.
    pub slug: Slug,
    /// What others call them.
    pub name: String,
    /// How to speak of them; may be empty.
    pub pronouns: String,
    /// One line about what they do; may be empty.
    pub headline: String,
    /// Markdown as it was typed; may be empty.
    pub bio: String,
    /// The name of their picture's content.
    pub picture: Option<String>,
    /// The team they belong to.
    pub team: Option<Named>,
    /// Whom they report to; for themselves and administrators only.
    pub manager: Option<Named>,
    /// How experienced they are.
    pub seniority: Option<Seniority>,
    /// Their disciplines.
    pub disciplines: Vec<Discipline>,
    /// Their topics.
    pub topics: Vec<(Named, Level)>,
    /// What they speak.
    pub languages: Vec<Language>,
    /// The zone they live by.
    pub zone: Option<Zone>,
    /// Where else they are.
    pub links: Vec<WebLink>,
    /// Whether the reader may know which events they come to.
    pub events: bool,
}

impl Profile {
    /// What a reader sees: nothing at all when the name is hidden from them. Every page, list, search and
    /// file that tells something of a member goes through here. Whom they report to is for themselves and
    /// for whom policy allows it (`manager_too`).
    #[must_use]
    pub fn shown_to(self, viewer: Viewer, manager_too: bool) -> Option<VisibleProfile> {
        let see = self.see;
        let shows = |part| see.shows(part, viewer);
        if !shows(Part::Name) || (self.name.is_empty() && viewer != Viewer::Own) {
            return None;
        }
        Some(VisibleProfile {
            member: self.member,
            slug: self.slug,
            name: self.distinct_name.filter(|_| viewer != Viewer::Own).unwrap_or(self.name),
            pronouns: if shows(Part::Pronouns) { self.pronouns } else { String::new() },
            headline: if shows(Part::Headline) { self.headline } else { String::new() },
            bio: if shows(Part::Bio) { self.bio } else { String::new() },
            picture: self.picture.filter(|_| shows(Part::Picture)),
            team: self.team.filter(|_| shows(Part::Team)),
            manager: self.manager.filter(|_| viewer == Viewer::Own || manager_too),
            seniority: self.seniority.filter(|_| shows(Part::Seniority)),
            disciplines: if shows(Part::Disciplines) { self.disciplines } else { Vec::new() },
            topics: if shows(Part::Topics) { self.topics } else { Vec::new() },
            languages: if shows(Part::Languages) { self.languages } else { Vec::new() },
            zone: Some(self.zone).filter(|_| shows(Part::Zone)),
            links: if shows(Part::Links) { self.links } else { Vec::new() },
            events: shows(Part::Events),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Audience, Mark};
    use super::*;

    /// A profile in which every part says its own name.
    fn canaries() -> Profile {
        let string_enum =
            |text: &str| Named { slug: Slug::parse(text).unwrap(), name: format!("canary-{text}") };
        Profile {
            member: MemberId(uuid::Uuid::nil()),
            slug: Slug::parse("mei").unwrap(),
            name: "canary-name".into(),
            distinct_name: None,
            pronouns: "canary-pronouns".into(),
            headline: "canary-headline".into(),
            bio: "canary-bio".into(),
            picture: Some("canary-picture".into()),
            team: Some(string_enum("team")),
            manager: Some(string_enum("manager")),
            seniority: Some(Seniority::Lead),
            disciplines: vec![Discipline {
                slug: Slug::parse("disciplines").unwrap(),
                name: "canary-disciplines".into(),
                mark: Mark::Star,
            }],
            topics: vec![(string_enum("topics"), Level::Teaching)],
            languages: vec!["fi".parse().unwrap()],
            zone: "Asia/Tokyo".parse().unwrap(),
            links: vec![WebLink {
                id: uuid::Uuid::nil(),
                url: "https://canary-links.example".into(),
                verified_at: None,
            }],
            see: Visibility::default(),
        }
    }

    /// How each part shows in the debug text of what is shown.
    fn trace(part: Part) -> &'static str {
        match part {
            Part::Name => "canary-name",
            Part::Headline => "canary-headline",
            Part::Pronouns => "canary-pronouns",
            Part::Bio => "canary-bio",
            Part::Picture => "canary-picture",
            Part::Team => "canary-team",
            Part::Seniority => "Lead",
            Part::Disciplines => "canary-disciplines",
            Part::Topics => "canary-topics",
            Part::Languages => "\"fi\"",
            Part::Zone => "Tokyo",
            Part::Links => "canary-links",
            Part::Events => "events: true",
        }
    }

    #[test]
    fn a_part_is_shown_to_its_audience_and_to_nobody_else() {
        for part in Part::ALL {
            for audience in Audience::ALL {
                for viewer in [Viewer::Stranger, Viewer::Member, Viewer::Own] {
                    let mut profile = canaries();
                    for other in Part::ALL {
                        profile.see.set(*other, Audience::Everyone);
                    }
                    profile.see.set(*part, *audience);
                    let text = format!("{:?}", profile.shown_to(viewer, false));
                    let expected = viewer.audiences().contains(audience);
                    assert_eq!(
                        text.contains(trace(*part)),
                        expected,
                        "{part:?} {audience:?} {viewer:?}: {text}"
                    );
                }
            }
        }
    }

    #[test]
    fn who_one_reports_to_is_ones_own_matter() {
        let seen = |viewer, too| format!("{:?}", canaries().shown_to(viewer, too)).contains("canary-manager");
        assert!(!seen(Viewer::Member, false) && seen(Viewer::Member, true) && seen(Viewer::Own, false));
    }

    #[test]
    fn others_read_the_distinct_name() {
        let like = Profile { distinct_name: Some("Ada (@ada-2)".into()), ..canaries() };
        assert_eq!(like.clone().shown_to(Viewer::Member, true).unwrap().name, "Ada (@ada-2)");
        assert_eq!(like.shown_to(Viewer::Own, false).unwrap().name, "canary-name");
    }

    #[test]
    fn who_has_no_name_yet_has_no_page() {
        let nameless = Profile { name: String::new(), ..canaries() };
        assert!(nameless.clone().shown_to(Viewer::Member, true).is_none());
        assert!(nameless.shown_to(Viewer::Own, false).is_some());
    }
}
