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
    /// Whether they got the seats from the waitlist, and not because they always want one.
    #[serde(default)]
    pub from_waitlist: bool,
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
        let (heading, lead, stop) = match self.from_waitlist {
            false => ("email-series-seats-heading", "email-series-seats-lead", "email-series-seats-stop"),
            true => ("email-series-free-heading", "email-series-free-lead", "email-series-free-stop"),
        };
        let mut content = Content::new("email-series-seats-subject", heading)
            .typed("title", &self.title, MAX_TITLE)
            .preview(&[lead])
            .say(lead);
        if !self.seats.is_empty() {
            let events = self.seats.iter().map(|seat| seat.event.clone()).collect();
            content = content.say("email-series-seats-taken").part(Part::Events(events));
        }
        if !self.waits.is_empty() {
            content = content.say("email-series-seats-waits").part(Part::Events(self.waits.clone()));
        }
        let content = content
            .say_if(!self.seats.is_empty(), "email-series-seats-calendar")
            .say(stop)
            .button("email-series-seats-open", Target::Path(format!("series/{}", self.series)));
        if self.from_waitlist { content } else { content.why("email-why-series-seats") }
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
        Self {
            series: event.slug.clone(),
            title,
            seats: vec![seat(event), seat(later)],
            waits: Vec::new(),
            from_waitlist: false,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let mut waits = Self::sample(sample);
        waits.waits = waits.seats.pop().into_iter().map(|seat| seat.event).collect();
        vec![("waits", waits), ("from_waitlist", Self { from_waitlist: true, ..Self::sample(sample) })]
    }
}
