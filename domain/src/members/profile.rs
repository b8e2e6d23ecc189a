//! A complete profile, and the one function that decides what a reader sees of it.

use serde::{Deserialize, Serialize};

use super::{Discipline, Language, Part, Place, Viewer, Visibility, string_enum};
use crate::{Instant, MemberId, Slug, Zone};

string_enum! {
    /// How experienced somebody is. Matching uses it; it is not a job title.
    Seniority {
        /// Learns the job.
        Junior,
        /// Works independently.
        Mid,
        /// Advises others.
        Senior,
        /// Leads other people.
        Lead,
        /// Sets the direction for several teams.
        Principal,
    }
}

string_enum! {
    /// The part of the world that a time zone belongs to.
    Region {
        /// Africa.
        Africa,
        /// North and South America.
        America,
        /// Asia.
        Asia,
        /// Islands in the Atlantic Ocean.
        Atlantic,
        /// Australia.
        Australia,
        /// Europe.
        Europe,
        /// Islands in the Indian Ocean.
        Indian,
        /// Islands in the Pacific Ocean, and New Zealand.
        Pacific,
    }
}

impl Region {
    /// How the names of its time zones start.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Africa => "Africa/",
            Self::America => "America/",
            Self::Asia => "Asia/",
            Self::Atlantic => "Atlantic/",
            Self::Australia => "Australia/",
            Self::Europe => "Europe/",
            Self::Indian => "Indian/",
            Self::Pacific => "Pacific/",
        }
    }
}

string_enum! {
    /// A member's relation to a topic.
    Level {
        /// Wants to learn it.
        Learning,
        /// Works with it.
        Working,
        /// Can teach it.
        Teaching,
    }
}

/// A record that has a name and its own page or filter: a team, a topic, a member.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Slug in URLs and forms.
    pub slug: Slug,
    /// The name that people read.
    pub name: String,
}

/// A link to a member's page elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebLink {
    /// Id of the link.
    pub id: uuid::Uuid,
    /// The https address.
    pub url: String,
    /// When the page was found to link back to the profile; `None` if it was not verified.
    pub verified_at: Option<Instant>,
}

impl WebLink {
    /// The website that the address belongs to.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::of(&self.url)
    }
}

/// Everything a member has entered about themselves. Must not be shown directly: [`Profile::shown_to`]
/// applies the visibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Id of the member.
    pub member: MemberId,
    /// Slug of their page.
    pub slug: Slug,
    /// Their name; empty until they have entered one.
    pub name: String,
    /// The name with the handle, which others see when the name looks like an administrator's; else `None`.
    pub distinct_name: Option<String>,
    /// Their pronouns; may be empty.
    pub pronouns: String,
    /// One line about what they do; may be empty.
    pub headline: String,
    /// A text about themselves in Markdown; may be empty.
    pub bio: String,
    /// Content hash that names their picture.
    pub picture: Option<String>,
    /// The team in which they work.
    pub team: Option<Named>,
    /// Their manager. Only they and administrators may see it.
    pub manager: Option<Named>,
    /// How experienced they are.
    pub seniority: Option<Seniority>,
    /// Their disciplines, in the community's order.
    pub disciplines: Vec<Discipline>,
    /// Their topics, in the community's order.
    pub topics: Vec<(Named, Level)>,
    /// The languages they speak.
    pub languages: Vec<Language>,
    /// The time zone they live in.
    pub zone: Zone,
    /// Links to their pages elsewhere.
    pub links: Vec<WebLink>,
    /// The audience of each part.
    pub see: Visibility,
}

/// What one reader sees of a profile. Hidden parts are empty, as if they had not been entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleProfile {
    /// Id of the member.
    pub member: MemberId,
    /// Slug of their page.
    pub slug: Slug,
    /// Their name, with the handle if needed.
    pub name: String,
    /// Their pronouns; may be empty.
    pub pronouns: String,
    /// One line about what they do; may be empty.
    pub headline: String,
    /// Markdown; may be empty.
    pub bio: String,
    /// Content hash that names their picture.
    pub picture: Option<String>,
    /// The team in which they work.
    pub team: Option<Named>,
    /// Their manager; only for themselves and administrators.
    pub manager: Option<Named>,
    /// How experienced they are.
    pub seniority: Option<Seniority>,
    /// Their disciplines, in the order of the list.
    pub disciplines: Vec<Discipline>,
    /// Their topics, in the order of the list.
    pub topics: Vec<(Named, Level)>,
    /// The languages they speak.
    pub languages: Vec<Language>,
    /// The time zone they live in.
    pub zone: Option<Zone>,
    /// Links to their pages elsewhere.
    pub links: Vec<WebLink>,
    /// Whether the reader may see which events they attend.
    pub events: bool,
}

impl Profile {
    /// What a reader sees of the profile; `None` when its name is hidden from them. Every page, list,
    /// search and feed that shows facts about a member uses this function. `may_see_manager` says whether
    /// policy lets the reader see the manager.
    #[must_use]
    pub fn shown_to(self, viewer: Viewer, may_see_manager: bool) -> Option<VisibleProfile> {
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
            manager: self.manager.filter(|_| viewer == Viewer::Own || may_see_manager),
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

    /// A profile in which each part contains its own name.
    fn canaries() -> Profile {
        let named = |text: &str| Named { slug: Slug::parse(text).unwrap(), name: format!("canary-{text}") };
        Profile {
            member: MemberId(uuid::Uuid::nil()),
            slug: Slug::parse("mei").unwrap(),
            name: "canary-name".into(),
            distinct_name: None,
            pronouns: "canary-pronouns".into(),
            headline: "canary-headline".into(),
            bio: "canary-bio".into(),
            picture: Some("canary-picture".into()),
            team: Some(named("team")),
            manager: Some(named("manager")),
            seniority: Some(Seniority::Lead),
            disciplines: vec![Discipline {
                slug: Slug::parse("disciplines").unwrap(),
                name: "canary-disciplines".into(),
                mark: Mark::Star,
            }],
            topics: vec![(named("topics"), Level::Teaching)],
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

    /// The text by which a part is recognised in the debug output of what is shown.
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
    fn a_part_is_shown_to_its_audience_only() {
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
    fn the_manager_is_shown_to_the_member_and_administrators_only() {
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
    fn a_member_without_a_name_has_no_page() {
        let nameless = Profile { name: String::new(), ..canaries() };
        assert!(nameless.clone().shown_to(Viewer::Member, true).is_none());
        assert!(nameless.shown_to(Viewer::Own, false).is_some());
    }
}
