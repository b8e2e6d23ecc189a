//! A pair may need a coordinator's help (M18). It repeats nothing that the two wrote.

use super::prelude::*;

/// A pair may need a coordinator's help (M18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairAlert {
    /// Name of the programme.
    pub programme: String,
    /// Slug of the programme.
    pub programme_slug: Slug,
    /// Name of the mentee.
    pub who: String,
    /// Name of the mentor.
    pub partner: String,
    /// Whether two meetings were missed. If not, a check-in says that it is not working.
    pub missed: bool,
}

impl Kind for PairAlert {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    /// Admins read emails that are not secret, and how a pair gets on is for the coordinators only.
    fn is_secret(&self) -> bool {
        true
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        let lead = if self.missed { "email-pair-alert-missed" } else { "email-pair-alert-pulse" };
        Content::new("email-pair-alert-subject", "email-pair-alert-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .typed("mentee", &self.who, MAX_TITLE)
            .typed("mentor", &self.partner, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .say("email-pair-alert-next")
            .button("email-pair-alert-button", Target::Path(self.path()))
            .why("email-why-coordinator")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            programme: sample.programme(),
            programme_slug: Slug::of_title("Mentoring", "programme"),
            who: sample.text("Mei Tanaka"),
            partner: sample.text("Grace Lindqvist"),
            missed: false,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("missed", Self { missed: true, ..Self::sample(sample) })]
    }
}

impl PairAlert {
    fn path(&self) -> String {
        format!("mentoring/programmes/{}/pairs", self.programme_slug)
    }
}
