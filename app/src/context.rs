//! The context of a request: its visitor, and the store. The server provides both for pages and server
//! functions.

use domain::{Actor, Arg, Locale, Zone, community::Logo};
use leptos::prelude::*;
use store::{Store, members::AccountNotices};

use crate::i18n;

/// What pages and server functions need to know about a request.
#[derive(Clone)]
pub struct Visit {
    /// The member who is signed in, or an anonymous visitor.
    pub actor: Actor,
    /// The signed-in member with name and preferences; `None` for visitors.
    pub member: Option<domain::members::Member>,
    /// Account warnings that every page shows, such as a bouncing email address.
    pub notices: AccountNotices,
    /// The language of the page.
    pub locale: Locale,
    /// The member's time zone. For visitors it is UTC, and pages show each event in its own zone.
    pub zone: Zone,
    /// The name of this community.
    pub community: String,
    /// The community's tagline, one line; may be empty.
    pub tagline: String,
    /// The name of the community's colour.
    pub colour: &'static str,
    /// The community's logo, if it has one.
    pub logo: Option<Logo>,
    /// Whether there is a code of conduct.
    pub has_conduct: bool,
    /// Whether newcomers need an invitation.
    pub invite_only: bool,
    /// Whether this is the demo, in which requests from this machine may sign in as any sample member.
    pub demo: bool,
    /// Whether emails go to the built-in mailbox, which requests from this machine may read.
    pub mailbox: bool,
    /// The value of the browser cookie. It owns the drafts of visitors who are not signed in.
    pub browser: String,
    /// The requested address, for example `/events?page=2`.
    pub path_and_query: String,
    /// The public origin of the portal without a trailing slash: `https://guild.example.org`.
    pub origin: String,
    /// Whether cookies get the `Secure` attribute.
    pub secure: bool,
    /// The path prefix of the static assets: `/a/<hash>`.
    pub assets: String,
    /// Identity providers that members can sign in with, in addition to email.
    pub providers: Vec<Provider>,
    /// The incident number that errors of this request are logged under, if one was assigned.
    pub incident: Option<String>,
}

/// An identity provider that members can sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// The provider's name in URLs.
    pub key: String,
    /// The provider's name on buttons.
    pub label: String,
    /// The OpenID Connect issuer of the identities.
    pub issuer: String,
}

impl Visit {
    /// An anonymous visit with defaults, for code that runs outside any request, such as listing the routes.
    #[must_use]
    pub fn anonymous() -> Self {
        Self {
            actor: Actor::Anonymous,
            member: None,
            notices: AccountNotices::default(),
            locale: Locale::default(),
            zone: Zone::UTC,
            community: "Guildhall".to_owned(),
            tagline: String::new(),
            colour: "brass",
            logo: None,
            has_conduct: false,
            invite_only: false,
            demo: false,
            mailbox: false,
            browser: String::new(),
            path_and_query: "/".to_owned(),
            origin: "http://localhost".to_owned(),
            secure: true,
            assets: "/a".to_owned(),
            providers: Vec::new(),
            incident: None,
        }
    }

    /// The path without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path_and_query.split('?').next().unwrap_or("/")
    }

    /// A query parameter, percent-decoded once. (The page router decodes parameters twice.)
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path_and_query.split_once('?')?;
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The text of a Fluent key in the page's language.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        i18n::text(self.locale, key)
    }

    /// The text of a Fluent key with arguments, in the page's language.
    #[must_use]
    pub fn tr_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        i18n::text_with(self.locale, key, args)
    }
}

/// The visit of the current request, or [`Visit::anonymous`] outside a request.
#[must_use]
pub fn visit() -> Visit {
    use_context().unwrap_or_else(Visit::anonymous)
}

/// The store of the current request. Panics outside a request.
#[must_use]
pub fn store() -> Store {
    expect_context()
}

/// The page's language.
#[must_use]
pub fn locale() -> Locale {
    with_context(|visit: &Visit| visit.locale).unwrap_or_default()
}

/// A count as the page's language writes it: `12,345`.
#[must_use]
pub fn count(number: u64) -> String {
    i18n::format::number(locale(), i64::try_from(number).unwrap_or(i64::MAX))
}

/// The text of a Fluent key in the page's language.
#[must_use]
pub fn tr(key: &str) -> String {
    i18n::text(locale(), key)
}

/// The text of a Fluent key with arguments, in the page's language.
#[must_use]
pub fn tr_with(key: &str, args: &[(&str, Arg)]) -> String {
    i18n::text_with(locale(), key, args)
}

/// Returns `text` if a redirect to it stays on this site: it starts with exactly one slash and has no
/// characters that a browser could read as another host or another header. At most 500 bytes.
#[must_use]
pub fn local_path(text: &str) -> Option<String> {
    let fits = text.len() <= 500
        && text.starts_with('/')
        && !text.starts_with("//")
        && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_stay_on_this_site() {
        for good in ["/", "/events", "/events/a-b?day=2", "/welcome?next=%2Fevents"] {
            assert!(local_path(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "events",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\r\nSet-Cookie: a=b",
            "https://evil.example",
            "javascript:alert(1)",
            " /events",
            "/é",
        ] {
            assert!(local_path(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn a_query_is_decoded_once() {
        let visit = Visit { path_and_query: "/sign-in?a=1&next=%2Fevents%253F".into(), ..Visit::anonymous() };
        assert_eq!(visit.query("next").as_deref(), Some("/events%3F"));
        assert_eq!(visit.query("none"), None);
        assert_eq!(visit.path(), "/sign-in");
    }
}
