//! The member missed two dates of a series at which we always save them a seat (B9).

use super::prelude::*;
use crate::SeriesRsvpId;

/// The member missed two dates of a series at which we always save them a seat (B9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatStillWanted {
    /// The standing RSVP, which the link keeps or stops.
    pub standing: SeriesRsvpId,
    /// The page of the series is `/series/{slug}`.
    pub series: Slug,
    /// The dates that they missed, in their order.
    pub dates: Vec<EventFacts>,
}

impl Kind for SeatStillWanted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    /// Admins read emails that are not secret, and this one has a link that acts for its recipient.
    fn is_secret(&self) -> bool {
        true
    }

    fn notification(&self) -> Option<String> {
        Some(format!("series/{}", self.series))
    }

    fn content(&self) -> Content {
        let title = self.dates.last().map(|date| date.title.clone()).unwrap_or_default();
        Content::new("email-still-wanted-subject", "email-still-wanted-heading")
            .typed("title", &title, MAX_TITLE)
            .preview(&["email-still-wanted-lead"])
            .say("email-still-wanted-lead")
            .part(Part::Events(self.dates.clone()))
            .say("email-still-wanted-ask")
            .button("email-still-wanted-button", Target::StandingRsvp(self.standing))
            .say("email-still-wanted-private")
            .why("email-why-series-seats")
    }

    fn sample(sample: &Sample) -> Self {
        let event = sample.waiting();
        let later = EventFacts {
            starts_at: event.starts_at + Duration::days(28),
            ends_at: event.ends_at + Duration::days(28),
            ..event.clone()
        };
        let standing = SeriesRsvpId(Sample::other_rsvp().0);
        Self { standing, series: event.slug.clone(), dates: vec![event, later] }
    }
}
