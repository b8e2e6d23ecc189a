//! Who sees which part of a profile.

use serde::{Deserialize, Serialize};

use super::string_enum;
use crate::{Actor, MemberId};

string_enum! {
    /// A part of a profile whose owner says who sees it.
    Part {
        /// Their name and, with it, that there is a page about them at all.
        Name = "name",
        /// One line about what they do.
        Headline = "headline",
        /// How to speak of them.
        Pronouns = "pronouns",
        /// What they tell of themselves.
        Bio = "bio",
        /// Their picture.
        Picture = "picture",
        /// The team they belong to.
        Team = "team",
        /// How experienced they are.
        Seniority = "seniority",
        /// What they do for a living.
        Disciplines = "disciplines",
        /// What they know, learn and teach.
        Topics = "topics",
        /// What they speak.
        Languages = "languages",
        /// Where they are, as far as their clock tells.
        Zone = "zone",
        /// Where else they are.
        Links = "links",
        /// Which events they come to.
        Events = "events",
    }
}

string_enum! {
    /// Who sees something.
    Audience {
        /// Whoever comes by.
        Everyone = "everyone",
        /// Whoever is signed in.
        Members = "members",
        /// Nobody but its owner.
        Me = "me",
    }
}

/// How a reader stands to a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody signed in.
    Stranger,
    /// Some other member.
    Member,
    /// It is their own.
    Own,
}

impl Viewer {
    /// How `actor` stands to the profile of `of`. The portal itself sees what members see.
    #[must_use]
    pub fn of(actor: &Actor, of: MemberId) -> Self {
        match actor {
            Actor::Anonymous => Self::Stranger,
            Actor::Member { id, .. } if *id == of => Self::Own,
            Actor::Member { .. } | Actor::Operator => Self::Member,
        }
    }

    /// How `actor` stands to the profiles of others: for conditions over many at once.
    #[must_use]
    pub fn of_others(actor: &Actor) -> Self {
        match actor {
            Actor::Anonymous => Self::Stranger,
            Actor::Member { .. } | Actor::Operator => Self::Member,
        }
    }

    /// The audiences that a reader of this kind belongs to.
    #[must_use]
    pub fn audiences(self) -> &'static [Audience] {
        match self {
            Self::Stranger => &[Audience::Everyone],
            Self::Member => &[Audience::Everyone, Audience::Members],
            Self::Own => Audience::ALL,
        }
    }
}

/// Who sees each part: what its owner said, the defaults for the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visibility([Audience; Part::ALL.len()]);

impl Default for Visibility {
    /// Members see everything; what one does for a living stands beside one's name wherever that does.
    fn default() -> Self {
        let mut all = Self([Audience::Members; Part::ALL.len()]);
        all.set(Part::Disciplines, Audience::Everyone);
        all
    }
}

impl Visibility {
    /// Who sees a part.
    #[must_use]
    pub fn of(&self, part: Part) -> Audience {
        self.0[part as usize]
    }

    /// Says who sees a part.
    pub fn set(&mut self, part: Part, audience: Audience) {
        self.0[part as usize] = audience;
    }

    /// Whether a reader sees a part.
    #[must_use]
    pub fn shows(&self, part: Part, to: Viewer) -> bool {
        to.audiences().contains(&self.of(part))
    }

    /// Reads the form: for each part `part:audience`. What is not said stays as it is.
    ///
    /// # Errors
    /// `BadChoice` for `see` when something is neither.
    pub fn changed(mut self, said: &[String]) -> Result<Self, crate::Problems> {
        for choice in said {
            let read = choice.split_once(':').and_then(|(part, audience)| {
                Some((part.parse::<Part>().ok()?, audience.parse::<Audience>().ok()?))
            });
            match read {
                Some((part, audience)) => self.set(part, audience),
                None => {
                    return Err(vec![crate::Problem { field: "see".into(), why: crate::Refusal::BadChoice }]);
                }
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reader_sees_what_they_may() {
        let mut see = Visibility::default();
        see.set(Part::Bio, Audience::Me);
        let shown = |part, to| see.shows(part, to);
        for (part, stranger, member) in
            [(Part::Bio, false, false), (Part::Headline, false, true), (Part::Disciplines, true, true)]
        {
            assert_eq!(shown(part, Viewer::Stranger), stranger, "{part:?}");
            assert_eq!(shown(part, Viewer::Member), member, "{part:?}");
            assert!(shown(part, Viewer::Own), "{part:?}");
        }
    }

    #[test]
    fn a_choice_names_a_part_and_an_audience() {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let see = Visibility::default().changed(&texts(&["bio:me", "links:everyone"])).unwrap();
        assert_eq!((see.of(Part::Bio), see.of(Part::Links)), (Audience::Me, Audience::Everyone));
        assert_eq!(see.of(Part::Team), Audience::Members);
        for bad in ["bio", "bio:nobody", "address:everyone", ":", ""] {
            assert!(Visibility::default().changed(&texts(&[bad])).is_err(), "{bad}");
        }
    }
}
