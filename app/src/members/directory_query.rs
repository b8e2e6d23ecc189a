//! The query of `/members`: parsed from the address and written back to it.

use domain::{
    Slug,
    members::{Language, Region},
};
use store::members::{Filter, Shares};

use crate::context::Visit;

/// The highest page number, as for events.
const MAX_PAGES: u32 = 500;

/// The parsed query. Values that can't be parsed are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirectoryQuery {
    /// Which members to show.
    pub filter: Filter,
    /// Page number, from 0.
    pub page: u32,
}

/// The value in the address.
fn shares_name(shares: Shares) -> &'static str {
    match shares {
        Shares::Team => "team",
        Shares::Topic => "topic",
        Shares::Event => "event",
    }
}

/// The page number in the address, from 0.
#[must_use]
pub fn page_of(visit: &Visit) -> u32 {
    let param = visit.query("page").and_then(|n| n.parse().ok());
    param.unwrap_or(1).clamp(1, MAX_PAGES) - 1
}

/// The search text in the address, at most 100 characters.
#[must_use]
pub fn text_of(visit: &Visit) -> String {
    visit.query("q").unwrap_or_default().trim().chars().take(100).collect()
}

impl DirectoryQuery {
    /// Parses the query of a visit.
    #[must_use]
    pub fn read(visit: &Visit) -> Self {
        let param = |name: &str| visit.query(name).filter(|text| !text.is_empty());
        let slug = |name: &str| param(name).and_then(|text| Slug::parse(&text));
        let shares = [Shares::Team, Shares::Topic, Shares::Event];
        let shares =
            param("shares").and_then(|text| shares.into_iter().find(|shares| shares_name(*shares) == text));
        Self {
            filter: Filter {
                words: text_of(visit),
                discipline: slug("discipline"),
                topic: slug("topic"),
                team: slug("team"),
                language: param("language").and_then(|tag| tag.parse::<Language>().ok()),
                group: slug("group"),
                region: param("region").and_then(|name| name.parse::<Region>().ok()),
                mentors: param("mentors").as_deref() == Some("yes"),
                shares,
            },
            page: page_of(visit),
        }
    }

    /// The active filters, as names and values in the address.
    #[must_use]
    pub fn active_filters(&self) -> Vec<(&'static str, String)> {
        let filter = &self.filter;
        let slug = |slug: &Option<Slug>| slug.as_ref().map(ToString::to_string);
        [
            ("q", Some(filter.words.clone()).filter(|words| !words.is_empty())),
            ("discipline", slug(&filter.discipline)),
            ("topic", slug(&filter.topic)),
            ("team", slug(&filter.team)),
            ("language", filter.language.map(|language| language.tag().to_owned())),
            ("group", slug(&filter.group)),
            ("region", filter.region.map(|region| region.name().to_owned())),
            ("mentors", filter.mentors.then(|| "yes".to_owned())),
            ("shares", filter.shares.map(|shares| shares_name(shares).to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
    }

    /// The address of this query.
    #[must_use]
    pub fn address(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, text) in self.active_filters() {
            pairs.append_pair(name, &text);
        }
        if self.page > 0 {
            pairs.append_pair("page", &(self.page + 1).to_string());
        }
        let pairs = pairs.finish();
        if pairs.is_empty() { "/members".to_owned() } else { format!("/members?{pairs}") }
    }

    /// The same query without one filter.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut query = Self { page: 0, ..self.clone() };
        match name {
            "q" => query.filter.words.clear(),
            "discipline" => query.filter.discipline = None,
            "topic" => query.filter.topic = None,
            "team" => query.filter.team = None,
            "language" => query.filter.language = None,
            "group" => query.filter.group = None,
            "region" => query.filter.region = None,
            "mentors" => query.filter.mentors = false,
            _ => query.filter.shares = None,
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &str) -> DirectoryQuery {
        DirectoryQuery::read(&Visit { path_and_query: format!("/members?{pairs}"), ..Visit::anonymous() })
    }

    #[test]
    fn a_query_survives_its_address() {
        for pairs in [
            "",
            "q=tom%C3%A1s&discipline=security&topic=rust&team=payments&language=pt-BR&group=berlin&region=europe&mentors=yes&shares=event&page=3",
        ] {
            let address = read(pairs).address();
            assert_eq!(address.trim_start_matches("/members").trim_start_matches('?'), pairs);
        }
    }

    #[test]
    fn invalid_values_are_ignored() {
        assert_eq!(
            read("discipline=..%2F&language=tlh&shares=secrets&page=-1&topic=%00&region=mars&mentors=1"),
            DirectoryQuery::default()
        );
        assert_eq!(read("q=a&topic=rust&page=2").without("topic").address(), "/members?q=a");
    }
}
