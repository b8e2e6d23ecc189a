//! Who visits, and how pages reach the store: the contexts that the server provides for each request.

use domain::{Actor, Arg, Locale, Zone};
use leptos::prelude::*;
use store::{Store, members::AccountNotices};

use crate::i18n;

/// One request, as pages and server functions need to know it.
#[derive(Clone)]
pub struct Visit {
    /// Who asks.
    pub actor: Actor,
    /// The same with name and wishes, if somebody is signed in.
    pub member: Option<domain::members::Member>,
    /// What they should know on every page.
    pub notices: AccountNotices,
    /// The language of the page.
    pub locale: Locale,
    /// The zone of a member's times; for the anonymous, pages show an event's own zone.
    pub zone: Zone,
    /// The name of this community.
    pub community: String,
    /// What it says of itself in one line; may be empty.
    pub tagline: String,
    /// Whether newcomers need an invitation.
    pub invite_only: bool,
    /// Whether this is the demo, where everybody on this machine may be one of its people.
    pub demo: bool,
    /// Whether mails stay in the built-in mailbox and everybody on this machine may look into it.
    pub mailbox: bool,
    /// The value of the anonymous cookie: drafts of who is not signed in belong to it.
    pub browser: String,
    /// What was asked for, e.g. `/events?page=2`.
    pub path_and_query: String,
    /// Where the portal is as the world sees it, without a slash behind it: `https://guild.example.org`.
    pub origin: String,
    /// Whether cookies are marked Secure.
    pub secure: bool,
    /// Where the assets are: `/a/<hash>`.
    pub assets: String,
    /// Where one can sign in besides by mail.
    pub providers: Vec<Provider>,
    /// The number under which the server logs what goes wrong in this request, if it has one.
    pub incident: Option<String>,
}

/// Somewhere one can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// In URLs.
    pub key: String,
    /// As people know it.
    pub label: String,
    /// Whose word an identity from there is.
    pub issuer: String,
}

impl Visit {
    /// A visit of nobody in particular: for the list of routes, which is made outside any request.
    #[must_use]
    pub fn of_nobody() -> Self {
        Self {
            actor: Actor::Anonymous,
            member: None,
            notices: AccountNotices::default(),
            locale: Locale::default(),
            zone: Zone::UTC,
            community: "Guildhall".to_owned(),
            tagline: String::new(),
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

    /// A parameter of the query, percent-decoded once (the router of pages does it twice).
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path_and_query.split_once('?')?;
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The sentence of a key in the language of the page.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        i18n::text(self.locale, key)
    }

    /// The sentence of a key with its arguments set in.
    #[must_use]
    pub fn tr_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        i18n::text_with(self.locale, key, args)
    }
}

/// The visit of this request.
#[must_use]
pub fn visit() -> Visit {
    use_context().unwrap_or_else(Visit::of_nobody)
}

/// The store that the server provides.
#[must_use]
pub fn store() -> Store {
    expect_context()
}

/// The language of the page.
#[must_use]
pub fn locale() -> Locale {
    with_context(|visit: &Visit| visit.locale).unwrap_or_default()
}

/// A count in the language of the page: `12,345`.
#[must_use]
pub fn count(number: u64) -> String {
    i18n::format::number(locale(), i64::try_from(number).unwrap_or(i64::MAX))
}

/// The sentence of a key in the language of the page.
#[must_use]
pub fn tr(key: &str) -> String {
    i18n::text(locale(), key)
}

/// The sentence of a key with its arguments set in.
#[must_use]
pub fn tr_with(key: &str, args: &[(&str, Arg)]) -> String {
    i18n::text_with(locale(), key, args)
}

/// `text` if it is a path of this site that a redirect may lead to: it begins with one slash, and holds
/// nothing that a browser would read as the beginning of another host or of another header.
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
    fn a_redirect_stays_here() {
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
        let visit = Visit { path_and_query: "/sign-in?a=1&next=%2Fevents%253F".into(), ..Visit::of_nobody() };
        assert_eq!(visit.query("next").as_deref(), Some("/events%3F"));
        assert_eq!(visit.query("none"), None);
        assert_eq!(visit.path(), "/sign-in");
    }
}
