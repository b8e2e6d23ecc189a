//! A message from a host to one person of an event (C15).

use super::prelude::*;

/// A message from a host to one person of an event (C15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostMessage {
    /// The recipient, for the unsubscribe link.
    pub mailing: Mailing,
    /// The event that it is about.
    pub event: EventFacts,
    /// The host who wrote it. The email is deleted with their account.
    pub author: MemberId,
    /// Name of the host; may be empty.
    pub from: String,
    /// The message, paragraphs of plain text.
    pub message: String,
    /// The host's address, if they chose to get replies there.
    pub reply_to: Option<String>,
}

impl Kind for HostMessage {
    fn category(&self) -> EmailCategory {
        EmailCategory::Announcements
    }

    fn event(&self) -> Option<&EventFacts> {
        Some(&self.event)
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn quotes(&self) -> Vec<Quote> {
        vec![Quote::Member(self.author)]
    }

    fn reply_to(&self) -> Option<&str> {
        self.reply_to.as_deref()
    }

    fn notification(&self) -> Option<String> {
        Some(self.event.path())
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
        Content::new("email-host-message-subject", "email-host-message-heading")
            .arg("from", from)
            .preview_of(Preview::Message)
            .say("email-host-message-lead")
            .part(Part::Message(self.message.clone()))
            .facts(Facts::of(&self.event))
            .say(reply)
            .why("email-why-announcement")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            mailing: sample.mailing(),
            event: sample.waiting(),
            author: sample.mailing().member,
            from: sample.text("Grace Lindqvist"),
            message: sample.text("You asked about the door.\n\nIt is on the left, and I am there from six."),
            reply_to: None,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let reply_to = Some("grace@guild.example".to_owned());
        vec![("with_reply", Self { reply_to, ..Self::sample(sample) })]
    }
}
