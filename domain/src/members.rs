//! Members: who is asking, in what role, in which language and zone.

mod languages;
mod parts;
mod places;
mod profile;
mod said;
mod whole;

pub use languages::Language;
pub use parts::{Audience, Part, Sight, Visibility};
pub use places::Place;
pub use profile::{Discipline, Mark, Profile};
pub use said::{
    About, BIO_MOST, LANGUAGES_MOST, LINKS_MOST, TOPICS_MOST, Work, check_languages, check_link, check_topics,
};
pub use whole::{Level, Named, Seniority, Shown, WebLink, WholeProfile};

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Instant, MemberId, SessionId, Zone};

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        $(#[$doc])*
        #[serde(rename_all = "snake_case")]
        pub enum $type { $($(#[$vdoc])* $variant),+ }

        impl $type {
            /// Every one there is, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in the database, in forms and in keys of the catalogue.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::str::FromStr for $type {
            type Err = ();
            fn from_str(name: &str) -> Result<Self, ()> {
                match name { $($name => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}
pub(crate) use named;

named! {
    /// What a member may do in the whole community.
    Role {
        /// Takes part.
        Member = "member",
        /// Makes events.
        Organiser = "organiser",
        /// Runs the community.
        Administrator = "administrator",
        /// May read and sign out, nothing else.
        Suspended = "suspended",
    }
}

/// Who asks for something. Every verb takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody signed in.
    Anonymous,
    /// A signed-in member.
    Member {
        /// Who.
        id: MemberId,
        /// In what role.
        role: Role,
        /// Through which session.
        session: SessionId,
    },
    /// The portal itself or its operator at the command line: imports, the seed, the worker.
    Operator,
}

impl Actor {
    /// The member, if one is signed in.
    #[must_use]
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Self::Member { id, .. } => Some(*id),
            Self::Anonymous | Self::Operator => None,
        }
    }
}

/// A language that the catalogue has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// The pseudo-locale: English with accents, so that words outside the catalogue stand out.
    #[serde(rename = "en-XA")]
    Pseudo,
}

impl Locale {
    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Pseudo => "en-XA",
        }
    }

    /// The best of what a browser accepts; English when nothing fits.
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
        match tag {
            "en-XA" => Ok(Self::Pseudo),
            _ if tag == "en" || tag.starts_with("en-") => Ok(Self::En),
            _ => Err(()),
        }
    }
}

/// A mail address as the portal keeps it: trimmed, its domain in lower case, at most 254 bytes,
/// ASCII. It is what a letter goes to; it is never shown to anybody but its owner.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// Reads what a person typed. Letters before the `@` keep their case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, host) = text.rsplit_once('@')?;
        let host = host.to_ascii_lowercase();
        let local_fits = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b));
        let host_fits = host.contains('.')
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            });
        (local_fits && host_fits && text.len() <= 254).then(|| Self(format!("{local}@{host}")))
    }

    /// As it is written on a letter.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one mailbox share: all in lower case. Unique among members.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// Debug output ends up in logs: the address stays out of it.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// A member as pages show them to themself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// What others call them; empty until they said it.
    pub name: String,
    /// Where letters go; a member who came by a provider that told none has none.
    pub address: Option<Address>,
    /// What they may do.
    pub role: Role,
    /// The zone their times are shown in.
    pub zone: Zone,
    /// The language of their pages and letters.
    pub locale: Locale,
    /// When they joined.
    pub joined_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_strictly() {
        for good in ["ada@example.org", " Grace.Hopper+navy@Example.ORG ", "o'neil@sub.example.co.uk"] {
            assert!(Address::parse(good).is_some(), "{good}");
        }
        assert_eq!(Address::parse("A@EXAMPLE.org").unwrap().as_str(), "A@example.org");
        assert_eq!(Address::parse("A@EXAMPLE.org").unwrap().key(), "a@example.org");
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@localhost",
            "a b@example.org",
            "ada@example.org\r\nBcc: eve@example.org",
            "\"ada\"@example.org",
            "ada@-x.org",
            "ada@example..org",
            ".a@example.org",
            "a..b@example.org",
            "ada@exämple.org",
            "<ada@example.org>",
        ] {
            assert!(Address::parse(bad).is_none(), "{bad:?}");
        }
        assert!(!format!("{:?}", Address::parse("ada@example.org")).contains("ada"));
    }

    #[test]
    fn the_browser_says_which_language() {
        assert_eq!(Locale::accepted("de-DE,de;q=0.9,en;q=0.8"), Locale::En);
        assert_eq!(Locale::accepted("en-XA"), Locale::Pseudo);
        assert_eq!(Locale::accepted(""), Locale::En);
    }
}
