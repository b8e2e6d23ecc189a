//! Several dates of a series are cancelled (B5). It is one email with a calendar part for each date.

use super::prelude::*;

/// Several dates of a series are cancelled (B5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesCancelled {
    /// The page of the series is `/series/{slug}`.
    pub series: Slug,
    /// The cancelled dates, in their order.
    pub dates: Vec<GivenUp>,
    /// The organiser's reason. May be empty.
    pub reason: String,
}

impl Kind for SeriesCancelled {
    fn category(&self) -> EmailCategory {
        EmailCategory::Changes
    }

    fn rsvps(&self) -> Vec<RsvpId> {
        self.dates.iter().filter_map(|date| date.event.rsvp()).collect()
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        self.dates.iter().flat_map(|date| Calendar::cancel(&date.event, date.sequence)).collect()
    }

    fn notification(&self) -> Option<String> {
        Some(format!("series/{}", self.series))
    }

    fn content(&self) -> Content {
        let title = self.dates.first().map(|date| date.event.title.clone()).unwrap_or_default();
        Content::new("email-series-cancelled-subject", "email-series-cancelled-heading")
            .typed("title", &title, MAX_TITLE)
            .number("dates", i64::try_from(self.dates.len()).unwrap_or(i64::MAX))
            .preview(&["email-series-cancelled-lead"])
            .say("email-series-cancelled-lead")
            .message("email-message-from-organiser", &self.reason)
            .part(Part::Events(self.dates.iter().map(|date| date.event.clone()).collect()))
            .say_if(!self.calendars().is_empty(), "email-series-cancelled-calendar")
    }

    fn sample(sample: &Sample) -> Self {
        let event = sample.waiting();
        let later = Sample::next_date(&event);
        let slug = event.slug.clone();
        let dates = [event, later].map(|event| GivenUp { event, sequence: Some(2) }).into();
        let reason = sample.text("The room is no longer ours.\nWe look for another one.");
        Self { series: slug, dates, reason }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let mut waits = Self { reason: String::new(), ..Self::sample(sample) };
        for date in &mut waits.dates {
            date.sequence = None;
        }
        vec![("waits", waits)]
    }
}
