//! Which events somebody wants to see: the query of `/events`, read and written.

use chrono::NaiveDate;
use domain::{Slug, events::EventKind};
use store::events::{Filter, Place, Span, SubjectList};

use crate::context::Visit;

/// How far back pages go: nobody turns more, and a number from the address stays small.
const MAX_PAGES: u32 = 500;

/// How events are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// What comes, the next first.
    #[default]
    Coming,
    /// A month as a calendar.
    Month,
    /// A week as a calendar.
    Week,
    /// What was, the last first.
    Past,
}

impl When {
    /// Every way, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Coming, Self::Month, Self::Week, Self::Past];

    /// As the address says it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::Month => "month",
            Self::Week => "week",
            Self::Past => "past",
        }
    }
}

/// What the address asks for. Whatever cannot be read counts as not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How.
    pub when: When,
    /// A day of the month or week; today without one.
    pub from: Option<NaiveDate>,
    /// Words to be found.
    pub words: String,
    /// Of one kind.
    pub kind: Option<EventKind>,
    /// Of one group.
    pub group: Option<Slug>,
    /// For one discipline.
    pub discipline: Option<Slug>,
    /// About one topic.
    pub topic: Option<Slug>,
    /// About one stage of the work.
    pub stage: Option<Slug>,
    /// Online, or somewhere.
    pub place: Option<Place>,
    /// With a free seat.
    pub free: bool,
    /// Where the reader has a seat or waits.
    pub mine: bool,
    /// From 0.
    pub page: u32,
}

impl Wanted {
    /// Reads the query of a visit.
    #[must_use]
    pub fn read(visit: &Visit) -> Self {
        let said = |name: &str| visit.query(name).filter(|text| !text.is_empty());
        let yes = |name: &str| said(name).as_deref() == Some("yes");
        let when = said("when").unwrap_or_default();
        Self {
            when: When::ALL.into_iter().find(|one| one.name() == when).unwrap_or_default(),
            from: said("from").and_then(|date| date.parse().ok()).filter(near),
            words: said("q").unwrap_or_default().trim().chars().take(100).collect(),
            kind: said("kind").and_then(|kind| EventKind::ALL.iter().copied().find(|one| one.name() == kind)),
            group: said("group").and_then(|group| Slug::parse(&group)),
            discipline: said("discipline").and_then(|slug| Slug::parse(&slug)),
            topic: said("topic").and_then(|slug| Slug::parse(&slug)),
            stage: said("stage").and_then(|slug| Slug::parse(&slug)),
            place: match said("place").as_deref() {
                Some("online") => Some(Place::Online),
                Some("site") => Some(Place::OnSite),
                _ => None,
            },
            free: yes("free"),
            mine: yes("mine") && visit.member.is_some(),
            page: said("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MAX_PAGES) - 1,
        }
    }

    /// The question to the store.
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

    /// Whether some events are left out.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        !self.narrowed().is_empty()
    }

    /// The parts that leave events out, by their names in the address.
    #[must_use]
    pub fn narrowed(&self) -> Vec<(&'static str, String)> {
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

    /// The address that asks for this.
    #[must_use]
    pub fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if self.when != When::default() {
            query.append_pair("when", self.when.name());
        }
        if let Some(from) = self.from.filter(|_| matches!(self.when, When::Month | When::Week)) {
            query.append_pair("from", &from.to_string());
        }
        for (name, text) in self.narrowed() {
            query.append_pair(name, &text);
        }
        if self.page > 0 {
            query.append_pair("page", &(self.page + 1).to_string());
        }
        let query = query.finish();
        if query.is_empty() { "/events".to_owned() } else { format!("/events?{query}") }
    }

    /// The same laid out in another way, from its first page.
    #[must_use]
    pub fn laid_out(&self, when: When, from: Option<NaiveDate>) -> Self {
        Self { when, from, page: 0, ..self.clone() }
    }

    /// The same without one of the parts that leave events out.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut wider = Self { page: 0, ..self.clone() };
        match name {
            "q" => wider.words.clear(),
            "kind" => wider.kind = None,
            "group" => wider.group = None,
            "discipline" => wider.discipline = None,
            "topic" => wider.topic = None,
            "stage" => wider.stage = None,
            "place" => wider.place = None,
            "free" => wider.free = false,
            _ => wider.mine = false,
        }
        wider
    }
}

/// Dates that a calendar can be drawn around.
fn near(date: &NaiveDate) -> bool {
    use chrono::Datelike as _;
    (2000..2100).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Wanted {
        Wanted::read(&Visit { path_and_query: format!("/events?{query}"), ..Visit::of_nobody() })
    }

    #[test]
    fn what_is_asked_for_comes_back_as_its_address() {
        for query in [
            "",
            "when=past",
            "when=month&from=2026-12-01&kind=workshop&place=online",
            "q=threat+model&group=london&free=yes&page=3",
        ] {
            let address = read(query).address();
            assert_eq!(address.trim_start_matches("/events").trim_start_matches('?'), query);
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        let hostile = "when=%00&from=9999-99-99&kind=x&group=..%2F&place=1&free=1&page=-1&mine=yes&from=1";
        assert_eq!(read(hostile), Wanted::default());
        assert_eq!(read("from=9999-01-01").from, None);
        assert_eq!(read("page=4000000000").page, MAX_PAGES - 1);
        assert_eq!(read(&format!("q={}", "ä".repeat(300))).words.chars().count(), 100);
    }

    #[test]
    fn a_part_can_be_taken_out() {
        let wanted = read("q=a&kind=talk&free=yes&page=2");
        assert_eq!(wanted.without("kind").address(), "/events?q=a&free=yes");
        assert!(wanted.is_narrow() && !read("when=week").is_narrow());
    }
}
