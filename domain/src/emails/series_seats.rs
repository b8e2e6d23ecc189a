//! The member has seats at several dates of a series, or waits for one (B6). It is one email with an entry in the
//! calendar for each date.

use super::prelude::*;

/// The member has seats at several dates of a series, or waits for one (B6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesSeats {
    /// The page of the series is `/series/{slug}`.
    pub series: Slug,
    /// Title of the series.
    pub title: String,
    /// The dates with a seat, in their order, each with the SEQUENCE of its calendar invitation.
    pub seats: Vec<GivenUp>,
    /// The dates where the member waits, or asked hosts for a seat.
    pub waits: Vec<EventFacts>,
}

impl Kind for SeriesSeats {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn rsvps(&self) -> Vec<RsvpId> {
        let seats = self.seats.iter().map(|seat| &seat.event);
        seats.chain(&self.waits).filter_map(EventFacts::rsvp).collect()
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        self.seats.iter().flat_map(|seat| Calendar::request(&seat.event, seat.sequence)).collect()
    }

    fn content(&self) -> Content {
        let mut content = Content::new("email-series-seats-subject", "email-series-seats-heading")
            .typed("title", &self.title, MAX_TITLE)
            .preview(&["email-series-seats-lead"])
            .say("email-series-seats-lead");
        if !self.seats.is_empty() {
            let events = self.seats.iter().map(|seat| seat.event.clone()).collect();
            content = content.say("email-series-seats-taken").part(Part::Events(events));
        }
        if !self.waits.is_empty() {
            content = content.say("email-series-seats-waits").part(Part::Events(self.waits.clone()));
        }
        content
            .say_if(!self.seats.is_empty(), "email-series-seats-calendar")
            .say("email-series-seats-stop")
            .button("email-series-seats-open", Target::Path(format!("series/{}", self.series)))
            .why("email-why-series-seats")
    }

    fn sample(sample: &Sample) -> Self {
        let event = sample.event();
        let later = EventFacts {
            starts_at: event.starts_at + Duration::days(28),
            ends_at: event.ends_at + Duration::days(28),
            uid: Sample::other_rsvp(),
            ..event.clone()
        };
        let seat = |event| GivenUp { event, sequence: Some(0) };
        let title = event.title.clone();
        Self { series: event.slug.clone(), title, seats: vec![seat(event), seat(later)], waits: Vec::new() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let mut waits = Self::sample(sample);
        waits.waits = waits.seats.pop().into_iter().map(|seat| seat.event).collect();
        vec![("waits", waits)]
    }
}
