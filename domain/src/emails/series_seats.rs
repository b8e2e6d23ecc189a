//! The member has seats at several dates of a series, or seats are held for them, or they wait for one (B6). It is one email
//! with an entry in the calendar for each seat and a deadline for each seat that is held.

use super::{Offer, prelude::*};

/// The member has seats at several dates of a series, or seats are held for them, or they wait for one (B6).
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
    /// The dates with a seat that is held until a time of its own, in their order (A8). They have no entry in the calendar yet.
    #[serde(default)]
    pub offers: Vec<Offer>,
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
        let offers = self.offers.iter().map(|offer| &offer.event);
        seats.chain(&self.waits).chain(offers).filter_map(EventFacts::rsvp).collect()
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        self.seats.iter().flat_map(|seat| Calendar::request(&seat.event, seat.sequence)).collect()
    }

    /// An email with nothing but seats that are held is of no use after the last deadline.
    fn expires_at(&self) -> Option<Instant> {
        let only_offers = self.seats.is_empty() && self.waits.is_empty();
        self.offers.iter().map(|offer| offer.until).max().filter(|_| only_offers)
    }

    fn notification(&self) -> Option<String> {
        let is_news = self.from_waitlist || !self.offers.is_empty();
        is_news.then(|| format!("series/{}", self.series))
    }

    fn content(&self) -> Content {
        let (heading, lead, stop) = match (self.from_waitlist, self.seats.is_empty()) {
            (false, _) => {
                ("email-series-seats-heading", "email-series-seats-lead", "email-series-seats-stop")
            }
            (true, false) => {
                ("email-series-free-heading", "email-series-free-lead", "email-series-free-stop")
            }
            (true, true) => ("email-series-held-heading", "email-series-free-lead", "email-series-held-stop"),
        };
        let subject =
            if self.offers.is_empty() { "email-series-seats-subject" } else { "email-series-held-subject" };
        let mut content =
            Content::new(subject, heading).typed("title", &self.title, MAX_TITLE).preview(&[lead]).say(lead);
        if !self.seats.is_empty() {
            let events = self.seats.iter().map(|seat| seat.event.clone()).collect();
            content = content.say("email-series-seats-taken").part(Part::Events(events));
        }
        if !self.offers.is_empty() {
            content = content.say("email-series-held").part(Part::Offers(self.offers.clone()));
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
        let later = Sample::next_date(&event);
        let seat = |event| GivenUp { event, sequence: Some(0) };
        let title = event.title.clone();
        Self {
            series: event.slug.clone(),
            title,
            seats: vec![seat(event), seat(later)],
            waits: Vec::new(),
            offers: Vec::new(),
            from_waitlist: false,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let mut waits = Self::sample(sample);
        waits.waits = waits.seats.pop().into_iter().map(|seat| seat.event).collect();
        let mut held = Self { from_waitlist: true, ..Self::sample(sample) };
        let offer = |(days, seat): (i64, GivenUp)| Offer {
            event: EventFacts { join_url: None, ..seat.event },
            guests: u8::try_from(days).unwrap_or(0),
            until: Sample::now() + Duration::hours(12) + Duration::days(days),
            questions: days > 0,
        };
        held.offers = (0..).zip(std::mem::take(&mut held.seats)).map(offer).collect();
        let mut mixed = Self { from_waitlist: true, ..Self::sample(sample) };
        mixed.seats.truncate(1);
        mixed.offers = held.offers[1..].to_vec();
        vec![
            ("waits", waits),
            ("from_waitlist", Self { from_waitlist: true, ..Self::sample(sample) }),
            ("held", held),
            ("seats_and_held", mixed),
        ]
    }
}
