//! Which members somebody looks for: the query of `/members`, read and written.

use domain::{Slug, members::Language};
use store::members::{Filter, Shares};

use crate::context::Visit;

/// How far pages go, as for events.
const MAX_PAGES: u32 = 500;

/// What the address asks for. Whatever cannot be read counts as not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What the members have to be.
    pub filter: Filter,
    /// From 0.
    pub page: u32,
}

/// As the address says it.
fn shares_name(shares: Shares) -> &'static str {
    match shares {
        Shares::Team => "team",
        Shares::Topic => "topic",
        Shares::Event => "event",
    }
}

/// A page number from the address.
#[must_use]
pub fn page_of(visit: &Visit) -> u32 {
    let said = visit.query("page").and_then(|n| n.parse().ok());
    said.unwrap_or(1).clamp(1, MAX_PAGES) - 1
}

/// Words from the address.
#[must_use]
pub fn words_of(visit: &Visit) -> String {
    visit.query("q").unwrap_or_default().trim().chars().take(100).collect()
}

impl Wanted {
    /// Reads the query of a visit.
    #[must_use]
    pub fn read(visit: &Visit) -> Self {
        let said = |name: &str| visit.query(name).filter(|text| !text.is_empty());
        let slug = |name: &str| said(name).and_then(|text| Slug::parse(&text));
        let shares = [Shares::Team, Shares::Topic, Shares::Event];
        let shares = said("shares").and_then(|text| shares.into_iter().find(|one| shares_name(*one) == text));
        Self {
            filter: Filter {
                words: words_of(visit),
                discipline: slug("discipline"),
                topic: slug("topic"),
                team: slug("team"),
                language: said("language").and_then(|tag| tag.parse::<Language>().ok()),
                shares,
            },
            page: page_of(visit),
        }
    }

    /// The parts that leave members out, by their names in the address.
    #[must_use]
    pub fn narrowed(&self) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let slug = |slug: &Option<Slug>| slug.as_ref().map(ToString::to_string);
        [
            ("q", Some(filter.words.clone()).filter(|words| !words.is_empty())),
            ("discipline", slug(&filter.discipline)),
            ("topic", slug(&filter.topic)),
            ("team", slug(&filter.team)),
            ("language", filter.language.map(|language| language.tag().to_owned())),
            ("shares", filter.shares.map(|shares| shares_name(shares).to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
    }

    /// The address that asks for this.
    #[must_use]
    pub fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, text) in self.narrowed() {
            query.append_pair(name, &text);
        }
        if self.page > 0 {
            query.append_pair("page", &(self.page + 1).to_string());
        }
        let query = query.finish();
        if query.is_empty() { "/members".to_owned() } else { format!("/members?{query}") }
    }

    /// The same without one of the parts that leave members out.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut wider = Self { page: 0, ..self.clone() };
        match name {
            "q" => wider.filter.words.clear(),
            "discipline" => wider.filter.discipline = None,
            "topic" => wider.filter.topic = None,
            "team" => wider.filter.team = None,
            "language" => wider.filter.language = None,
            _ => wider.filter.shares = None,
        }
        wider
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Wanted {
        Wanted::read(&Visit { path_and_query: format!("/members?{query}"), ..Visit::of_nobody() })
    }

    #[test]
    fn what_is_asked_for_comes_back_as_its_address() {
        for query in [
            "",
            "q=tom%C3%A1s&discipline=security&topic=rust&team=payments&language=pt-BR&shares=event&page=3",
        ] {
            let address = read(query).address();
            assert_eq!(address.trim_start_matches("/members").trim_start_matches('?'), query);
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        assert_eq!(read("discipline=..%2F&language=tlh&shares=secrets&page=-1&topic=%00"), Wanted::default());
        assert_eq!(read("q=a&topic=rust&page=2").without("topic").address(), "/members?q=a");
    }
}
