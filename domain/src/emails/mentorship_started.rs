//! Both accepted: the mentorship begins, and they get each other's address (M10).

use super::prelude::*;
use crate::MentorshipId;

/// Both accepted: the mentorship begins, and they get each other's address (M10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorshipStarted {
    /// The mentorship.
    pub mentorship: MentorshipId,
    /// Name of the programme.
    pub programme: String,
    /// Name of the other one.
    pub partner: String,
    /// Email address of the other one.
    pub address: String,
    /// Whether the recipient is the mentee.
    pub is_mentee: bool,
}

impl Kind for MentorshipStarted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(mentorship_path(self.mentorship))
    }

    fn content(&self) -> Content {
        let next = match self.is_mentee {
            true => "email-mentorship-started-mentee",
            false => "email-mentorship-started-mentor",
        };
        Content::new("email-mentorship-started-subject", "email-mentorship-started-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .typed("partner", &self.partner, MAX_NAME)
            .preview(&["email-mentorship-started-lead"])
            .say("email-mentorship-started-lead")
            .say("email-mentorship-started-address")
            .part(Part::Typed(self.address.clone()))
            .say(next)
            .button("email-mentorship-started-button", Target::Path(mentorship_path(self.mentorship)))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let facts = sample.proposal("Grace Lindqvist");
        Self {
            mentorship: Sample::mentorship(),
            programme: facts.programme,
            partner: facts.partner,
            address: sample.text("grace@guild.example"),
            is_mentee: true,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("mentor", Self { is_mentee: false, ..Self::sample(sample) })]
    }
}
