//! The kudos of the last week (K10).

use super::prelude::*;

/// The latest kudos of the last week that the recipient may see. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyKudos {
    /// The kudos, newest first.
    pub cards: Vec<KudosFacts>,
    /// Whether there were more.
    pub more: bool,
    /// The member for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for WeeklyKudos {
    fn category(&self) -> EmailCategory {
        EmailCategory::Wall
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn quotes(&self) -> Vec<Quote> {
        self.cards.iter().map(|card| Quote::Kudos(card.kudos)).collect()
    }

    fn content(&self) -> Content {
        Content::new("email-weekly-kudos-subject", "email-weekly-kudos-heading")
            .preview(&["email-weekly-kudos-lead"])
            .say("email-weekly-kudos-lead")
            .part(Part::Kudos(self.cards.clone()))
            .say_if(self.more, "email-weekly-kudos-more")
            .button("email-weekly-kudos-open", Target::path("kudos"))
            .why("email-why-member")
    }

    fn sample(sample: &Sample) -> Self {
        let card = KudosFacts {
            kudos: Sample::kudos(),
            from: Some(sample.text("Grace Lindqvist")),
            to: vec![ThankedFacts { who: sample.text("Mei Tanaka") }],
            others: 2,
            text: sample.kudos_text(),
        };
        let to_team = KudosFacts {
            from: None,
            to: vec![ThankedFacts { who: sample.text("Payments") }],
            others: 0,
            ..card.clone()
        };
        Self { cards: vec![card, to_team], more: true, mailing: sample.mailing() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let cards = Self::sample(sample).cards.into_iter().take(1).collect();
        vec![("short", Self { cards, more: false, ..Self::sample(sample) })]
    }
}
