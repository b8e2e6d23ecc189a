//! The query of `/events`: parsed from the address and written back to it.

use chrono::NaiveDate;
use domain::{Slug, events::EventKind};
use store::events::{Filter, Place, Span, SubjectList};

use crate::context::Visit;

/// The highest page number. It bounds the numbers that a hand-written address can ask for.
const MAX_PAGES: u32 = 500;

/// The view of the events page, one for each tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventsView {
    /// Upcoming events, the next one first.
    #[default]
    Upcoming,
    /// One month as a calendar.
    Month,
    /// One week as a calendar.
    Week,
    /// Past events, the latest first.
    Past,
}

impl EventsView {
    /// All views, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Upcoming, Self::Month, Self::Week, Self::Past];

    /// The value in the address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Upcoming => "coming",
            Self::Month => "month",
            Self::Week => "week",
            Self::Past => "past",
        }
    }
}

/// The parsed query. Values that can't be parsed are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsQuery {
    /// The chosen tab.
    pub view: EventsView,
    /// A day in the month or week to show; today by default.
    pub from: Option<NaiveDate>,
    /// Search text, at most 100 characters.
    pub words: String,
    /// Only events of this kind.
    pub kind: Option<EventKind>,
    /// Only events of this group.
    pub group: Option<Slug>,
    /// Only events for this discipline.
    pub discipline: Option<Slug>,
    /// Only events about this topic.
    pub topic: Option<Slug>,
    /// Only events about this stage of the work.
    pub stage: Option<Slug>,
    /// Only online events, or only events with a venue.
    pub place: Option<Place>,
    /// Only events with free seats.
    pub free: bool,
    /// Only events for which the reader has a seat or is on the waitlist. Always false for visitors.
    pub mine: bool,
    /// Page number, from 0.
    pub page: u32,
}

impl EventsQuery {
    /// Parses the query of a visit.
    #[must_use]
    pub fn read(visit: &Visit) -> Self {
        let param = |name: &str| visit.query(name).filter(|text| !text.is_empty());
        let is_yes = |name: &str| param(name).as_deref() == Some("yes");
        let view = param("when").unwrap_or_default();
        Self {
            view: EventsView::ALL.into_iter().find(|choice| choice.name() == view).unwrap_or_default(),
            from: param("from").and_then(|date| date.parse().ok()).filter(is_in_calendar),
            words: param("q").unwrap_or_default().trim().chars().take(100).collect(),
            kind: param("kind")
                .and_then(|kind| EventKind::ALL.iter().copied().find(|choice| choice.name() == kind)),
            group: param("group").and_then(|group| Slug::parse(&group)),
            discipline: param("discipline").and_then(|slug| Slug::parse(&slug)),
            topic: param("topic").and_then(|slug| Slug::parse(&slug)),
            stage: param("stage").and_then(|slug| Slug::parse(&slug)),
            place: match param("place").as_deref() {
                Some("online") => Some(Place::Online),
                Some("site") => Some(Place::OnSite),
                _ => None,
            },
            free: is_yes("free"),
            mine: is_yes("mine") && visit.member.is_some(),
            page: param("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MAX_PAGES) - 1,
        }
    }

    /// The filter for the store.
    #[must_use]
    pub fn filter(&self, span: Span) -> Filter {
        Filter {
            span,
            kind: self.kind,
            group: self.group.clone(),
            about: [
                (SubjectList::Disciplines, &self.discipline),
                (SubjectList::Topics, &self.topic),
                (SubjectList::Stages, &self.stage),
            ]
            .into_iter()
            .filter_map(|(list, slug)| Some((list, slug.clone()?)))
            .collect(),
            place: self.place,
            free: self.free,
            mine: self.mine,
            words: self.words.clone(),
        }
    }

    /// Whether any filter is active.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.active_filters().is_empty()
    }

    /// The active filters, as names and values in the address.
    #[must_use]
    pub fn active_filters(&self) -> Vec<(&'static str, String)> {
        let place = self.place.map(|place| match place {
            Place::Online => "online".to_owned(),
            Place::OnSite => "site".to_owned(),
        });
        [
            ("q", Some(self.words.clone()).filter(|words| !words.is_empty())),
            ("kind", self.kind.map(|kind| kind.name().to_owned())),
            ("group", self.group.as_ref().map(ToString::to_string)),
            ("discipline", self.discipline.as_ref().map(ToString::to_string)),
            ("topic", self.topic.as_ref().map(ToString::to_string)),
            ("stage", self.stage.as_ref().map(ToString::to_string)),
            ("place", place),
            ("free", self.free.then(|| "yes".to_owned())),
            ("mine", self.mine.then(|| "yes".to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
    }

    /// The address of this query.
    #[must_use]
    pub fn address(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if self.view != EventsView::default() {
            pairs.append_pair("when", self.view.name());
        }
        if let Some(from) = self.from.filter(|_| matches!(self.view, EventsView::Month | EventsView::Week)) {
            pairs.append_pair("from", &from.to_string());
        }
        for (name, text) in self.active_filters() {
            pairs.append_pair(name, &text);
        }
        if self.page > 0 {
            pairs.append_pair("page", &(self.page + 1).to_string());
        }
        let pairs = pairs.finish();
        if pairs.is_empty() { "/events".to_owned() } else { format!("/events?{pairs}") }
    }

    /// The first page of another tab, with the same filters.
    #[must_use]
    pub fn in_view(&self, view: EventsView, from: Option<NaiveDate>) -> Self {
        Self { view, from, page: 0, ..self.clone() }
    }

    /// The same query without one filter.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut query = Self { page: 0, ..self.clone() };
        match name {
            "q" => query.words.clear(),
            "kind" => query.kind = None,
            "group" => query.group = None,
            "discipline" => query.discipline = None,
            "topic" => query.topic = None,
            "stage" => query.stage = None,
            "place" => query.place = None,
            "free" => query.free = false,
            _ => query.mine = false,
        }
        query
    }
}

/// Whether a calendar can show this date.
fn is_in_calendar(date: &NaiveDate) -> bool {
    use chrono::Datelike as _;
    (2000..2100).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &str) -> EventsQuery {
        EventsQuery::read(&Visit { path_and_query: format!("/events?{pairs}"), ..Visit::anonymous() })
    }

    #[test]
    fn a_query_survives_its_address() {
        for pairs in [
            "",
            "when=past",
            "when=month&from=2026-12-01&kind=workshop&place=online",
            "q=threat+model&group=london&free=yes&page=3",
        ] {
            let address = read(pairs).address();
            assert_eq!(address.trim_start_matches("/events").trim_start_matches('?'), pairs);
        }
    }

    #[test]
    fn invalid_values_are_ignored() {
        let hostile = "when=%00&from=9999-99-99&kind=x&group=..%2F&place=1&free=1&page=-1&mine=yes&from=1";
        assert_eq!(read(hostile), EventsQuery::default());
        assert_eq!(read("from=9999-01-01").from, None);
        assert_eq!(read("page=4000000000").page, MAX_PAGES - 1);
        assert_eq!(read(&format!("q={}", "ä".repeat(300))).words.chars().count(), 100);
    }

    #[test]
    fn one_filter_can_be_removed() {
        let query = read("q=a&kind=talk&free=yes&page=2");
        assert_eq!(query.without("kind").address(), "/events?q=a&free=yes");
        assert!(query.is_filtered() && !read("when=week").is_filtered());
    }
}
