//! A message from an organiser to people of an event (C10).

use super::prelude::*;

/// A message from an organiser to people of an event (C10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// The announcement; `None` for a test email.
    #[serde(default)]
    pub id: Option<AnnouncementId>,
    /// The event that it is about.
    pub event: EventFacts,
    /// Name of the organiser; may be empty.
    pub from: String,
    /// Subject, a single line.
    pub subject: String,
    /// The message in Markdown.
    pub words: String,
    /// Whether it is a test that only the organiser gets.
    pub trial: bool,
    /// The organiser and their address, if they chose to get replies there. The email is then deleted with their
    /// account.
    #[serde(default)]
    pub reply_to: Option<(MemberId, String)>,
    /// The member and group for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for Announcement {
    fn category(&self) -> EmailCategory {
        // A test email goes to the organiser who asked for it, so it is not optional.
        if self.trial { EmailCategory::Own } else { EmailCategory::Announcements }
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn quotes(&self) -> Vec<Quote> {
        self.reply_to.iter().map(|(author, _)| Quote::Member(*author)).collect()
    }

    fn reply_to(&self) -> Option<&str> {
        self.reply_to.as_ref().map(|(_, address)| address.as_str())
    }

    fn notification(&self) -> Option<String> {
        (!self.trial).then(|| self.event.path())
    }

    fn content(&self) -> Content {
        let from = match self.from.trim() {
            "" => Value::Sentence("email-organisers"),
            name => Value::Typed(name.to_owned(), MAX_NAME),
        };
        let reply = match &self.reply_to {
            Some(_) => "email-reply-to-author",
            None => "email-announcement-reply",
        };
        Content::new("email-announcement-subject", "email-announcement-heading")
            .arg("from", from)
            .typed("subject", &self.subject, 120)
            .yes_or_no("trial", self.trial)
            .preview_of(Preview::Message)
            .say("email-announcement-lead")
            .part(Part::Markdown(self.words.clone()))
            .facts(Facts::of(&self.event))
            .say(reply)
            .why("email-why-announcement")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            id: None,
            event: sample.waiting(),
            from: sample.text("Grace Lindqvist"),
            subject: sample.text("What to bring"),
            words: sample.text(
                "**Bring:**\n\n- a laptop\n- a charger\n\nThe door is on the left. See [the map](https://maps.example/door).",
            ),
            trial: false,
            reply_to: None,
            mailing: sample.group_mailing(),
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        // An organiser who sends themself a test has no RSVP.
        let event = EventFacts { uid: RsvpId(Uuid::nil()), ..sample.waiting() };
        let reply_to = Some((sample.mailing().member, "grace@guild.example".to_owned()));
        vec![
            ("trial", Self { event, trial: true, ..Self::sample(sample) }),
            ("with_reply", Self { reply_to, ..Self::sample(sample) }),
        ]
    }
}
