//! Hosts ask something new that everybody has to answer, and the member has a seat already (B11).

use super::prelude::*;

/// Hosts ask something new that everybody has to answer, and the member has a seat already (B11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionsAdded {
    /// The event, or the dates of a series at which the member has a seat and has not answered, by start.
    pub dates: Vec<EventFacts>,
}

impl Kind for QuestionsAdded {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn event(&self) -> Option<&EventFacts> {
        self.dates.first().filter(|_| self.dates.len() == 1)
    }

    fn rsvps(&self) -> Vec<RsvpId> {
        self.dates.iter().filter_map(EventFacts::rsvp).collect()
    }

    /// Answers can be given until the event starts.
    fn expires_at(&self) -> Option<Instant> {
        self.dates.last().map(|date| date.starts_at)
    }

    fn notification(&self) -> Option<String> {
        self.dates.first().map(EventFacts::path)
    }

    /// One answer counts for all dates of a series, so there is one link.
    fn content(&self) -> Content {
        let content = Content::new("email-questions-added-subject", "email-questions-added-heading");
        let Some(first) = self.dates.first() else { return content };
        let answers = Target::Path(format!("{}/answers", first.path()));
        let button = "email-offer-questions-button";
        if self.dates.len() == 1 {
            return content
                .preview(&["email-questions-added-lead"])
                .say("email-questions-added-lead")
                .button(button, answers)
                .facts(Facts::of(first).asking(true));
        }
        content
            .typed("title", &first.title, MAX_TITLE)
            .preview(&["email-questions-added-dates"])
            .say("email-questions-added-dates")
            .button(button, answers)
            .part(Part::Events(self.dates.clone()))
    }

    fn sample(sample: &Sample) -> Self {
        Self { dates: vec![sample.event()] }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let event = sample.event();
        let later = Sample::next_date(&event);
        vec![("dates", Self { dates: vec![event, later] })]
    }
}
