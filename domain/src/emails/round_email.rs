//! A coordinator wrote to people of a round (M29).

use super::prelude::*;

/// A coordinator wrote to people of a round (M29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundEmail {
    /// The recipient.
    pub mailing: Mailing,
    /// The round.
    pub round: Slug,
    /// Name of the programme.
    pub programme: String,
    /// Name of the coordinator.
    pub from: String,
    /// The message, paragraphs of plain text.
    pub message: String,
}

impl Kind for RoundEmail {
    fn category(&self) -> EmailCategory {
        EmailCategory::Mentoring
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(format!("mentoring/rounds/{}", self.round))
    }

    fn content(&self) -> Content {
        let from = match self.from.trim() {
            "" => Value::Sentence("email-coordinators"),
            name => Value::Typed(name.to_owned(), MAX_NAME),
        };
        Content::new("email-round-subject", "email-round-heading")
            .arg("from", from)
            .typed("programme", &self.programme, MAX_TITLE)
            .preview_of(Preview::Message)
            .say("email-round-lead")
            .part(Part::Message(self.message.clone()))
            .button("email-not-matched-button", Target::Path("mentoring".to_owned()))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            mailing: Mailing { group: None, ..sample.mailing() },
            round: Slug::of_title("Craft mentoring spring", "round"),
            programme: sample.programme(),
            from: sample.text("Grace Lindqvist"),
            message: sample.text("The first meeting is the hardest to plan.\n\nHalf an hour is enough."),
        }
    }
}
