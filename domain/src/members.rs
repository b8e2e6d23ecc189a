//! Members: who acts, with which role, in which language and time zone.

mod address;
mod languages;
mod parts;
mod places;
mod profile;
mod profile_form;
mod profile_sections;

pub use address::{Address, check_address, shown_address};
pub use languages::Language;
pub use parts::{Audience, Part, Viewer, Visibility};
pub use places::Place;
pub use profile::{Level, Named, Profile, Region, Seniority, VisibleProfile, WebLink};
pub use profile_form::{Discipline, Mark, ProfileInput};
pub use profile_sections::{
    About, Details, DetailsForm, MAX_BIO, MAX_LANGUAGES, MAX_LINKS, MAX_TOPICS, Work, check_languages,
    check_link, check_topics,
};

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Instant, MemberId, SignInSessionId, Zone};

/// Declares an enum whose values have names: in snake case, unless a variant says otherwise with
/// `#[strum(serialize = "…")]`.
macro_rules! string_enum {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
        $(#[$doc])*
        #[serde(rename_all = "snake_case")]
        #[strum(
            serialize_all = "snake_case",
            parse_err_ty = $crate::members::UnknownName,
            parse_err_fn = $crate::members::unknown_name
        )]
        pub enum $type { $($(#[$vdoc])* $variant),+ }

        impl $type {
            /// Every variant, in the order of the enum.
            pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

            /// Its name in the database, in forms and in keys of the catalogue.
            #[must_use]
            pub fn name(self) -> &'static str {
                self.into()
            }
        }
    };
}
pub(crate) use string_enum;

/// The error for a text that names no value. The caller knows what it read, so it writes the message.
pub(crate) type UnknownName = ();

pub(crate) fn unknown_name(_: &str) -> UnknownName {}

string_enum! {
    /// The role of a member in the community, which decides what they may do.
    Role {
        /// Takes part, without further rights.
        Member,
        /// Creates events and groups.
        Organiser,
        /// Runs the community.
        Administrator,
        /// Suspended: can read, sign out, appeal, and manage their own data.
        Suspended,
    }
}

/// The person or process that acts. Every verb takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A visitor who is not signed in.
    Anonymous,
    /// A signed-in member.
    Member {
        /// Id of the member.
        id: MemberId,
        /// Their role when the request began.
        role: Role,
        /// Their sign-in session.
        session: SignInSessionId,
    },
    /// Guildhall itself or its operator at the command line: imports, the seed, the worker.
    Operator,
}

impl Actor {
    /// The signed-in member; `None` for visitors and the operator.
    #[must_use]
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member { id, .. } => Some(*id),
            Self::Anonymous | Self::Operator => None,
        }
    }
}

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// The pseudo-locale: English with accents, which makes text outside the catalogue stand out. Debug
    /// builds accept its tag, release builds read it as English.
    #[serde(rename = "en-XA")]
    Pseudo,
    /// The right-to-left pseudo-locale: English with each word reversed. Debug builds only, like
    /// [`Self::Pseudo`].
    #[serde(rename = "ar-XB")]
    PseudoRtl,
}

impl Locale {
    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Pseudo => "en-XA",
            Self::PseudoRtl => "ar-XB",
        }
    }

    /// The language of its texts for HTML's `lang` attribute. Its English is British.
    #[must_use]
    pub fn lang(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::Pseudo | Self::PseudoRtl => self.tag(),
        }
    }

    /// The direction of its script for HTML's `dir` attribute.
    #[must_use]
    pub fn dir(self) -> &'static str {
        match self {
            Self::En | Self::Pseudo => "ltr",
            Self::PseudoRtl => "rtl",
        }
    }

    fn read(tag: &str, is_debug_build: bool) -> Result<Self, ()> {
        match tag {
            "en-XA" if is_debug_build => Ok(Self::Pseudo),
            "ar-XB" if is_debug_build => Ok(Self::PseudoRtl),
            _ if tag == "en" || tag.starts_with("en-") => Ok(Self::En),
            _ => Err(()),
        }
    }

    /// The best match for an `Accept-Language` header; English if nothing matches.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.split(';').next()?.trim().parse().ok())
            .next()
            .unwrap_or_default()
    }
}

impl FromStr for Locale {
    type Err = ();

    fn from_str(tag: &str) -> Result<Self, ()> {
        Self::read(tag, cfg!(debug_assertions))
    }
}

/// A member's own account, as only they see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id of the member.
    pub id: MemberId,
    /// Their name; empty until they have entered one.
    pub name: String,
    /// Their email address. `None` for members who signed in with a provider that shared none.
    pub address: Option<Address>,
    /// Their role in the community.
    pub role: Role,
    /// The time zone in which they see times.
    pub zone: Zone,
    /// The language of their pages and emails.
    pub locale: Locale,
    /// When they joined.
    pub joined_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_chooses_the_language() {
        assert_eq!(Locale::accepted("de-DE,de;q=0.9,en;q=0.8"), Locale::En);
        assert_eq!(Locale::accepted("en-XA"), Locale::Pseudo);
        assert_eq!(Locale::accepted(""), Locale::En);
    }

    #[test]
    fn only_debug_builds_know_the_pseudo_locale() {
        assert_eq!(Locale::read("en-XA", true), Ok(Locale::Pseudo));
        assert_eq!(Locale::read("en-XA", false), Ok(Locale::En));
        assert_eq!(Locale::read("ar-XB", true), Ok(Locale::PseudoRtl));
        assert_eq!(Locale::read("ar-XB", false), Err(()));
        assert_eq!(Locale::read("xx", false), Err(()));
    }
}
