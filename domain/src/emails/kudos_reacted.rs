//! Members reacted to kudos (K8). It is only ever a part of a digest.

use super::prelude::*;

/// Members reacted to kudos that the recipient gave or got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KudosReacted {
    /// The kudos.
    pub kudos: KudosId,
    /// Number of reactions by other members. The digest counts them when it is sent.
    pub count: u32,
    /// The member for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for KudosReacted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Reactions
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn content(&self) -> Content {
        Content::new("email-kudos-reacted-subject", "email-kudos-reacted-heading")
            .number("count", self.count)
            .preview(&["email-kudos-reacted-lead"])
            .say("email-kudos-reacted-lead")
            .button("email-kudos-open", Target::Path(format!("kudos/{}", self.kudos)))
            .why("email-why-kudos")
    }

    fn sample(sample: &Sample) -> Self {
        Self { kudos: Sample::kudos(), count: 3, mailing: sample.mailing() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("one", Self { count: 1, ..Self::sample(sample) })]
    }
}
