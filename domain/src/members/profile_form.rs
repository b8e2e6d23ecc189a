//! The first profile form: name, time zone, language, headline and disciplines.

use serde::{Deserialize, Serialize};

use super::{Locale, string_enum};
use crate::{Problems, Refusal, Slug, Zone, checks::Checks};

string_enum! {
    /// The shape of a discipline's mark, so that disciplines differ by more than colour.
    Mark {
        /// A square that stands on a corner.
        Diamond,
        /// A disc.
        Circle,
        /// A square on its side.
        Square,
        /// A shield.
        Shield,
        /// A triangle on its side.
        Triangle,
        /// A five-pointed star.
        Star,
        /// A plus sign.
        Plus,
    }
}

/// What a member does for a living. Administrators edit the list; Guildhall comes with seven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discipline {
    /// Slug in forms and URLs.
    pub slug: Slug,
    /// The name that people read.
    pub name: String,
    /// The shape of its mark.
    pub mark: Mark,
}

/// The validated profile form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileInput {
    /// Their name, 1 to 80 characters.
    pub name: String,
    /// The time zone in which they see times.
    pub zone: Zone,
    /// The language of their pages and emails.
    pub locale: Locale,
    /// One line about what they do, at most 120 characters.
    pub headline: String,
    /// Slugs of their disciplines, without duplicates.
    pub disciplines: Vec<Slug>,
}

/// More disciplines than any form offers.
const MAX_DISCIPLINES: usize = 50;

impl ProfileInput {
    /// Validates every field of the form. The store checks that the disciplines exist.
    ///
    /// # Errors
    /// Problems with the fields `name`, `headline`, `disciplines`, `zone` and `locale`.
    pub fn check(
        name: &str,
        zone: &str,
        locale: &str,
        headline: &str,
        disciplines: &[String],
    ) -> Result<Self, Problems> {
        let mut checks = Checks::default();
        let name = checks.line("name", name, 1, 80);
        let headline = checks.line("headline", headline, 0, 120);
        let mut slugs: Vec<Slug> = disciplines.iter().filter_map(|text| Slug::parse(text.trim())).collect();
        if slugs.len() != disciplines.len() || slugs.len() > MAX_DISCIPLINES {
            checks.problem("disciplines", Refusal::BadChoice);
        }
        slugs.sort_unstable();
        slugs.dedup();
        let zone = checks.zone("zone", zone);
        let locale = checks.choice("locale", locale);
        let profile =
            zone.zip(locale).map(|(zone, locale)| Self { name, zone, locale, headline, disciplines: slugs });
        checks.finish(profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_names_each_discipline_once() {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let check = |list: &[&str]| ProfileInput::check("Ada", "UTC", "en", " Builds things\n", &texts(list));
        let profile = check(&["security", "design", "security"]).unwrap();
        assert_eq!(profile.headline, "Builds things");
        assert_eq!(profile.disciplines.iter().map(Slug::as_str).collect::<Vec<_>>(), ["design", "security"]);
        assert_eq!(check(&["Not a slug"]).unwrap_err()[0].field, "disciplines");
        let long = ProfileInput::check("Ada", "UTC", "en", &"x".repeat(121), &[]).unwrap_err();
        assert_eq!((long[0].field.as_str(), &long[0].why), ("headline", &Refusal::TooLong { max: 120 }));
    }

    #[test]
    fn every_default_discipline_has_its_own_mark() {
        let names: Vec<_> = Mark::ALL.iter().map(|mark| mark.name()).collect();
        assert_eq!(names, ["diamond", "circle", "square", "shield", "triangle", "star", "plus"]);
        assert_eq!("shield".parse(), Ok(Mark::Shield));
    }
}
