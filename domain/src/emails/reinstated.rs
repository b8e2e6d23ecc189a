//! A cancelled event is reinstated.

use super::prelude::*;

/// A cancelled event is reinstated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reinstated {
    /// The event that it is about.
    pub event: EventFacts,
    /// The event as the recipient knew it, if it has changed since.
    #[serde(default)]
    pub was: Option<EventFacts>,
    /// SEQUENCE of the calendar invitation; `None` for people without a seat.
    pub sequence: Option<u32>,
}

impl Kind for Reinstated {
    fn category(&self) -> EmailCategory {
        EmailCategory::Changes
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        Calendar::request(&self.event, self.sequence)
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
    }

    fn content(&self) -> Content {
        let content = Content::new("email-reinstated-subject", "email-reinstated-heading");
        let facts = Facts::of(&self.event);
        let mut lead = vec!["email-reinstated-lead"];
        let (content, facts) = match &self.was {
            Some(was) => {
                lead.push("email-reinstated-changed");
                if self.event.title != was.title && self.event.changed_from(was) != Changed::Title {
                    lead.push("email-renamed");
                }
                (content.changes(&self.event, was), facts.before(was))
            }
            None => (content.choice("changed", "no"), facts),
        };
        let content = content.paragraph(&lead).facts(facts);
        match self.sequence {
            Some(_) => content.paragraph(&["email-reinstated-next", "email-give-up-seat"]),
            None => content.say("email-reinstated-next-waiting"),
        }
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.event(), was: None, sequence: Some(5) }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![
            ("moved", Self { was: Some(sample.earlier()), ..Self::sample(sample) }),
            ("waiting", Self { event: sample.waiting(), was: None, sequence: None }),
        ]
    }
}
