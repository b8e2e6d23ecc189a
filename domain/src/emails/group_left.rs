//! The recipient is no longer in a group, and gave up their RSVPs for its upcoming events (A10).

use super::prelude::*;

/// The recipient is no longer in a group, and gave up their RSVPs for its upcoming events (A10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLeft {
    /// The group that it is about.
    pub group: GroupFacts,
    /// Whether an organiser removed them.
    pub removed: bool,
    /// The RSVPs that were given up, in the order of the events.
    pub events: Vec<GivenUp>,
}

impl Kind for GroupLeft {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn rsvps(&self) -> Vec<RsvpId> {
        self.events.iter().filter_map(|given_up| given_up.event.rsvp()).collect()
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        self.events.iter().flat_map(|given_up| Calendar::cancel(&given_up.event, given_up.sequence)).collect()
    }

    fn notification(&self) -> Option<String> {
        // The page of a private group is not found by somebody who left it.
        self.removed.then(|| "groups".to_owned())
    }

    fn content(&self) -> Content {
        let (subject, heading, lead) = match self.removed {
            true => (
                "email-group-left-subject-removed",
                "email-group-left-heading-removed",
                "email-group-left-lead-removed",
            ),
            false => ("email-group-left-subject", "email-group-left-heading", "email-group-left-lead"),
        };
        let content = Content::new(subject, heading)
            .about_group(&self.group)
            .preview(&[lead])
            .say(lead)
            .why("email-why-group-member");
        if self.events.is_empty() {
            return content;
        }
        let events = self.events.iter().map(|given_up| given_up.event.clone()).collect();
        content
            .say("email-group-left-seats")
            .part(Part::Events(events))
            .say_if(!self.calendars().is_empty(), "email-group-left-calendar")
    }

    fn sample(sample: &Sample) -> Self {
        let seat = GivenUp { event: sample.waiting(), sequence: Some(1) };
        Self { group: sample.group("Supply chain"), removed: false, events: vec![seat] }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let event = sample.waiting();
        let later = EventFacts {
            starts_at: event.starts_at + Duration::days(7),
            ends_at: event.ends_at + Duration::days(7),
            ..event.clone()
        };
        let second = EventFacts { uid: Sample::other_rsvp(), ..later.clone() };
        let events = vec![
            GivenUp { event, sequence: Some(1) },
            GivenUp { event: second, sequence: Some(3) },
            GivenUp { event: later, sequence: None },
        ];
        let removed = |events| Self { removed: true, events, ..Self::sample(sample) };
        vec![("several", removed(events)), ("removed", removed(Vec::new()))]
    }
}
