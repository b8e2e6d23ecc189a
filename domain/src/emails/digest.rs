//! One email with everything that was collected for it (C9).

use super::{Announcement, NewEvent, prelude::*};

/// One email with everything that was collected for it (C9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The collected emails, oldest first, as they were when each was queued.
    pub items: Vec<Email>,
    /// How many more emails were left out.
    pub more: u32,
    /// Upcoming events of the reader's groups.
    pub coming: Vec<EventFacts>,
    /// The member and group for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for Digest {
    fn category(&self) -> EmailCategory {
        EmailCategory::Digest
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn quotes(&self) -> Vec<Quote> {
        self.items.iter().flat_map(Email::quotes).collect()
    }

    fn content(&self) -> Content {
        let listed = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let content = Content::new("email-digest-subject", "email-digest-heading")
            .number("count", listed.saturating_add(self.more))
            .number("more", self.more)
            .preview_of(Preview::Emails)
            .say("email-digest-lead")
            .part(Part::Emails(self.items.clone()))
            .say_if(self.more > 0, "email-digest-more")
            .why("email-why-digest");
        if self.coming.is_empty() {
            return content;
        }
        content.part(Part::Upcoming { heading: "email-digest-coming", events: self.coming.clone() })
    }

    fn sample(sample: &Sample) -> Self {
        let items = vec![NewEvent::sample(sample).into(), Announcement::sample(sample).into()];
        Self { items, more: 3, coming: vec![sample.earlier()], mailing: sample.mailing() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let items = vec![NewEvent::sample(sample).into()];
        vec![("short", Self { items, more: 0, coming: Vec::new(), ..Self::sample(sample) })]
    }
}
