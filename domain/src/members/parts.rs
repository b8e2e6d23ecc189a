//! Who can see each part of a profile.

use serde::{Deserialize, Serialize};

use super::string_enum;
use crate::{Actor, MemberId};

string_enum! {
    /// A part of a profile with its own visibility.
    Part {
        /// Their name. When it is hidden, the whole profile is.
        Name,
        /// One line about what they do.
        Headline,
        /// Their pronouns.
        Pronouns,
        /// A text about themselves.
        Bio,
        /// The picture of the member.
        Picture,
        /// The team in which they work.
        Team,
        /// How experienced they are.
        Seniority,
        /// What they do for a living.
        Disciplines,
        /// What they know, learn and teach.
        Topics,
        /// The languages they speak.
        Languages,
        /// Their time zone, which shows roughly where they live.
        Zone,
        /// Links to their pages elsewhere.
        Links,
        /// The events they attend.
        Events,
    }
}

string_enum! {
    /// The audience of a part.
    Audience {
        /// Everybody, without signing in.
        Everyone,
        /// Signed-in members.
        Members,
        /// Only the member.
        Me,
    }
}

/// A reader's relation to a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// A visitor who is not signed in.
    Stranger,
    /// Another member.
    Member,
    /// The owner of the profile.
    Own,
}

impl Viewer {
    /// The relation of `actor` to the profile of `of`. The operator sees what members see.
    #[must_use]
    pub fn of(actor: &Actor, of: MemberId) -> Self {
        match actor {
            Actor::Anonymous => Self::Stranger,
            Actor::Member { id, .. } if *id == of => Self::Own,
            Actor::Member { .. } | Actor::Operator => Self::Member,
        }
    }

    /// The relation of `actor` to other people's profiles, for queries over many members.
    #[must_use]
    pub fn of_others(actor: &Actor) -> Self {
        match actor {
            Actor::Anonymous => Self::Stranger,
            Actor::Member { .. } | Actor::Operator => Self::Member,
        }
    }

    /// The audiences that include this reader.
    #[must_use]
    pub fn audiences(self) -> &'static [Audience] {
        match self {
            Self::Stranger => &[Audience::Everyone],
            Self::Member => &[Audience::Everyone, Audience::Members],
            Self::Own => Audience::ALL,
        }
    }
}

/// The audience of each part, from the member's choices and the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visibility([Audience; Part::ALL.len()]);

impl Default for Visibility {
    /// By default members see every part. Disciplines are visible with the name, because they appear next
    /// to it everywhere.
    fn default() -> Self {
        let mut all = Self([Audience::Members; Part::ALL.len()]);
        all.set(Part::Disciplines, Audience::Everyone);
        all
    }
}

impl Visibility {
    /// The audience of a part.
    #[must_use]
    pub fn of(&self, part: Part) -> Audience {
        self.0[part as usize]
    }

    /// Sets the audience of a part.
    pub fn set(&mut self, part: Part, audience: Audience) {
        self.0[part as usize] = audience;
    }

    /// Whether a reader sees a part.
    #[must_use]
    pub fn shows(&self, part: Part, to: Viewer) -> bool {
        to.audiences().contains(&self.of(part))
    }

    /// Applies the form's choices, each written as `part:audience`. Parts that are not in the form stay
    /// unchanged.
    ///
    /// # Errors
    /// `BadChoice` for the field `visible_to` when a part or an audience is unknown.
    pub fn changed(mut self, choices: &[String]) -> Result<Self, crate::Problems> {
        for choice in choices {
            let read = choice.split_once(':').and_then(|(part, audience)| {
                Some((part.parse::<Part>().ok()?, audience.parse::<Audience>().ok()?))
            });
            match read {
                Some((part, audience)) => self.set(part, audience),
                None => {
                    return Err(vec![crate::Problem {
                        field: "visible_to".into(),
                        why: crate::Refusal::BadChoice,
                    }]);
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
    fn each_reader_sees_the_parts_for_their_audience() {
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
