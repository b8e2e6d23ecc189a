//! The query of `/kudos`: parsed from the address and written back to it. The live stream of the wall has the same.

use domain::{KudosId, Slug};
use store::kudos::Filter;

use crate::context::Visit;

/// The names of the filters in the address.
const PARTS: [&str; 6] = ["value", "discipline", "group", "person", "team", "event"];

/// The parsed query. Values that can't be parsed are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WallQuery {
    /// The filters.
    pub filter: Filter,
    /// The card to continue after, on the pages that follow the first.
    pub after: Option<KudosId>,
}

impl WallQuery {
    /// Parses the query of a visit.
    #[must_use]
    pub fn read(visit: &Visit) -> Self {
        let slug = |name: &str| visit.query(name).and_then(|text| Slug::parse(&text));
        let mut query = Self::default();
        for part in PARTS {
            *query.part(part) = slug(part);
        }
        query.after = visit.query("after").and_then(|id| id.parse().ok()).map(KudosId);
        query
    }

    fn part(&mut self, name: &str) -> &mut Option<Slug> {
        match name {
            "value" => &mut self.filter.value,
            "discipline" => &mut self.filter.discipline,
            "group" => &mut self.filter.group,
            "person" => &mut self.filter.person,
            "team" => &mut self.filter.team,
            _ => &mut self.filter.event,
        }
    }

    /// The active filters: name and slug.
    #[must_use]
    pub fn active(&self) -> Vec<(&'static str, Slug)> {
        let mut all = self.clone();
        PARTS.into_iter().filter_map(|name| Some((name, all.part(name).clone()?))).collect()
    }

    /// The query without one of the filters, from the first page on.
    #[must_use]
    pub fn without(&self, part: &str) -> Self {
        let mut query = Self { after: None, ..self.clone() };
        *query.part(part) = None;
        query
    }

    /// The address of a page with this query.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, slug) in self.active() {
            query.append_pair(name, slug.as_str());
        }
        if let Some(after) = self.after {
            query.append_pair("after", &after.to_string());
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k9_the_filters_are_in_the_address() {
        let address = "/kudos?value=a-value&group=on-call&person=mei-tanaka";
        let visit = Visit { path_and_query: address.into(), ..Visit::anonymous() };
        let query = WallQuery::read(&visit);
        assert_eq!(query.address("/kudos"), address);
        assert_eq!(query.without("group").address("/kudos"), "/kudos?value=a-value&person=mei-tanaka");
        let visit = Visit { path_and_query: "/kudos?value=<b>&after=x".into(), ..Visit::anonymous() };
        assert_eq!(WallQuery::read(&visit), WallQuery::default());
    }
}
