//! A mentor gets no mentee in this round (M9).

use super::prelude::*;

/// A mentor gets no mentee in this round (M9). It is sent once a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoMentee {
    /// Name of the programme.
    pub programme: String,
    /// Name of the round.
    pub round: String,
    /// The round's page is `/mentoring/rounds/{slug}`.
    pub slug: Slug,
}

impl Kind for NoMentee {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        Content::new("email-no-mentee-subject", "email-no-mentee-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .typed("round", &self.round, MAX_TITLE)
            .preview(&["email-no-mentee-lead"])
            .say("email-no-mentee-lead")
            .say("email-no-mentee-next")
            .say("email-no-mentee-stay")
            .button("email-no-mentee-button", Target::Path(self.path()))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            programme: sample.programme(),
            round: sample.text("Spring"),
            slug: Slug::of_title("Craft mentoring spring", "round"),
        }
    }
}

impl NoMentee {
    fn path(&self) -> String {
        format!("mentoring/rounds/{}", self.slug)
    }
}
