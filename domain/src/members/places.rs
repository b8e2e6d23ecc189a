//! Websites where members have profiles, recognised by their addresses.

use serde::{Deserialize, Serialize};

use super::string_enum;

string_enum! {
    /// A known website, which gives a link its icon and label.
    Place {
        /// A community of mentors and mentees.
        MentoringClub,
        /// A site where mentors offer sessions.
        #[strum(serialize = "adplist")]
        AdpList,
        /// A network for work contacts.
        #[strum(serialize = "linkedin")]
        LinkedIn,
        /// A site for articles.
        Medium,
        /// A site for source code.
        #[strum(serialize = "github")]
        GitHub,
        /// A site for short posts.
        X,
        /// Short posts, on many independent servers.
        Mastodon,
        /// Any other website.
        Website,
    }
}

impl Place {
    /// The website of an https address.
    #[must_use]
    pub fn of(url: &str) -> Self {
        let rest = url.strip_prefix("https://").unwrap_or_default();
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        let at = |name: &str| host == name || host.strip_suffix(name).is_some_and(|head| head.ends_with('.'));
        if at("mentoring-club.com") {
            Self::MentoringClub
        } else if at("adplist.org") {
            Self::AdpList
        } else if at("linkedin.com") {
            Self::LinkedIn
        } else if at("medium.com") {
            Self::Medium
        } else if at("github.com") {
            Self::GitHub
        } else if at("x.com") || at("twitter.com") {
            Self::X
        } else if path.starts_with('@') {
            // Mastodon servers have any name, but the addresses of their profiles look alike.
            Self::Mastodon
        } else {
            Self::Website
        }
    }

    /// Whether people are mentored there, so that a link to it is an offer.
    #[must_use]
    pub fn is_mentoring(self) -> bool {
        match self {
            Self::MentoringClub | Self::AdpList => true,
            Self::LinkedIn | Self::Medium | Self::GitHub | Self::X | Self::Mastodon | Self::Website => false,
        }
    }

    /// Its brand name, the same in every language; `None` for other websites.
    #[must_use]
    pub fn brand(self) -> Option<&'static str> {
        match self {
            Self::MentoringClub => Some("Mentoring Club"),
            Self::AdpList => Some("ADPList"),
            Self::LinkedIn => Some("LinkedIn"),
            Self::Medium => Some("Medium"),
            Self::GitHub => Some("GitHub"),
            Self::X => Some("X"),
            Self::Mastodon => Some("Mastodon"),
            Self::Website => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_websites_are_recognised_by_address() {
        for (url, place) in [
            ("https://www.linkedin.com/in/mei", Place::LinkedIn),
            ("https://de.linkedin.com/in/mei", Place::LinkedIn),
            ("https://github.com/mei", Place::GitHub),
            ("https://mei.medium.com/", Place::Medium),
            ("https://medium.com/@mei", Place::Medium),
            ("https://twitter.com/mei", Place::X),
            ("https://x.com/mei", Place::X),
            ("https://hachyderm.io/@mei", Place::Mastodon),
            ("https://mentoring-club.com/the-mentors/mei", Place::MentoringClub),
            ("https://adplist.org/mentors/mei", Place::AdpList),
            ("https://notgithub.com/mei", Place::Website),
            ("https://github.com.evil.example/mei", Place::Website),
            ("https://example.org", Place::Website),
        ] {
            assert_eq!(Place::of(url), place, "{url}");
        }
    }
}
