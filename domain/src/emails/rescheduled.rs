//! The event has a new time, place, link to join or title.

use super::prelude::*;

/// The event has a new time, place, link to join or title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescheduled {
    /// The event as it is now.
    pub event: EventFacts,
    /// The event as the recipient knew it.
    pub was: EventFacts,
    /// SEQUENCE of the calendar invitation; `None` for people on the waitlist.
    pub sequence: Option<u32>,
}

impl Kind for Rescheduled {
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
        let title_only = self.event.changed_from(&self.was) == Changed::Title;
        let renamed = !title_only && self.event.title != self.was.title;
        let lead: &[_] =
            if renamed { &["email-rescheduled-lead", "email-renamed"] } else { &["email-rescheduled-lead"] };
        let content = Content::new("email-rescheduled-subject", "email-rescheduled-heading")
            .changes(&self.event, &self.was)
            .paragraph(lead)
            .facts(Facts::of(&self.event).before(&self.was));
        let seat = Target::Seat(self.event.uid);
        match (title_only, self.sequence) {
            (true, _) => content.say("email-rescheduled-next-title"),
            (false, Some(_)) => content
                .say("email-rescheduled-next")
                .link("email-can-still-come", Target::Path(self.event.path()))
                .link("email-cannot-come", seat)
                .say("email-give-up-seat"),
            (false, None) => content.say("email-rescheduled-next-waiting").link("email-cannot-come", seat),
        }
    }

    fn sample(sample: &Sample) -> Self {
        Self { event: sample.event(), was: sample.earlier(), sequence: Some(3) }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let from = |was| Self { was, ..Self::sample(sample) };
        let title = sample.text("Attack trees for beginners");
        vec![
            ("waiting", Self { event: sample.waiting(), sequence: None, ..Self::sample(sample) }),
            ("place", from(EventFacts { place: "Room 2".to_owned(), ..sample.event() })),
            ("title", from(EventFacts { title: title.clone(), ..sample.event() })),
            ("whole", from(EventFacts { title, ..sample.earlier() })),
        ]
    }
}
