//! Several dates of a series have a new time, place, link to join or title (B5). It is one email with a calendar part for
//! each date.

use super::prelude::*;

/// Several dates of a series have a new time, place, link to join or title (B5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRescheduled {
    /// The page of the series is `/series/{slug}`.
    pub series: Slug,
    /// The dates as they were and as they are, in their order.
    pub dates: Vec<Moved>,
}

impl Kind for SeriesRescheduled {
    fn category(&self) -> EmailCategory {
        EmailCategory::Changes
    }

    fn rsvps(&self) -> Vec<RsvpId> {
        self.dates.iter().filter_map(|date| date.event.rsvp()).collect()
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        self.dates.iter().flat_map(|date| Calendar::request(&date.event, date.sequence)).collect()
    }

    fn notification(&self) -> Option<String> {
        Some(format!("series/{}", self.series))
    }

    fn content(&self) -> Content {
        let title = self.dates.first().map(|date| date.event.title.clone()).unwrap_or_default();
        let has_seats = self.dates.iter().any(|date| date.sequence.is_some());
        let waits = self.dates.iter().any(|date| date.sequence.is_none());
        Content::new("email-series-rescheduled-subject", "email-series-rescheduled-heading")
            .typed("title", &title, MAX_TITLE)
            .number("dates", i64::try_from(self.dates.len()).unwrap_or(i64::MAX))
            .preview(&["email-series-rescheduled-lead"])
            .say("email-series-rescheduled-lead")
            .part(Part::Moves(self.dates.iter().map(|date| (date.was.clone(), date.event.clone())).collect()))
            .say_if(has_seats, "email-series-rescheduled-next")
            .say_if(waits, "email-series-rescheduled-waits")
            .button("email-series-seats-open", Target::Path(format!("series/{}", self.series)))
    }

    fn sample(sample: &Sample) -> Self {
        let later = |facts: EventFacts, days: i64| EventFacts {
            starts_at: facts.starts_at + Duration::days(days),
            ends_at: facts.ends_at + Duration::days(days),
            ..facts
        };
        let second = EventFacts { uid: Sample::other_rsvp(), ..later(sample.event(), 28) };
        let first = Moved { event: sample.event(), was: sample.earlier(), sequence: Some(1) };
        let second = Moved { event: second, was: later(sample.earlier(), 28), sequence: Some(1) };
        Self { series: sample.event().slug, dates: vec![first, second] }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let mut waits = Self::sample(sample);
        for date in &mut waits.dates {
            date.sequence = None;
            date.was = EventFacts { place: "Room 2".to_owned(), ..date.event.clone() };
        }
        vec![("waits", waits)]
    }
}
