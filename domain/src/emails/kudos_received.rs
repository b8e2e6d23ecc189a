//! Somebody gave the recipient kudos (K10).

use super::prelude::*;

/// Somebody gave the recipient kudos, or their team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KudosReceived {
    /// The kudos.
    pub kudos: KudosId,
    /// The giver's name; `None` when the recipient may not see it.
    pub from: Option<String>,
    /// The name of the team that got the kudos; `None` when the recipient got them.
    pub team: Option<String>,
    /// Who added their thanks to kudos of somebody else; `None` for the giver. Only for the digest, which looks
    /// whether they still do.
    #[serde(default)]
    pub added_by: Option<MemberId>,
    /// The text; `None` for private kudos, whose text appears in no email.
    pub text: Option<String>,
    /// The member for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for KudosReceived {
    fn category(&self) -> EmailCategory {
        EmailCategory::Kudos
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(format!("kudos/{}", self.kudos))
    }

    fn quotes(&self) -> Vec<Quote> {
        self.text.iter().map(|_| Quote::Kudos(self.kudos)).collect()
    }

    fn content(&self) -> Content {
        let from = match &self.from {
            Some(name) => Value::Typed(name.clone(), MAX_NAME),
            None => Value::Sentence("email-kudos-somebody"),
        };
        let content = Content::new("email-kudos-received-subject", "email-kudos-received-heading")
            .arg("from", from)
            .choice(
                "to",
                match (&self.team, self.added_by) {
                    (Some(_), _) => "team",
                    (None, Some(_)) => "added",
                    (None, None) => "you",
                },
            )
            .typed("team", self.team.as_deref().unwrap_or_default(), MAX_TITLE)
            .say("email-kudos-received-lead")
            .why("email-why-kudos");
        let content = match &self.text {
            Some(text) => content.preview_of(Preview::Message).part(Part::Message(text.clone())),
            None => content.preview(&["email-kudos-received-private"]).say("email-kudos-received-private"),
        };
        content.button("email-kudos-open", Target::Path(format!("kudos/{}", self.kudos)))
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            kudos: Sample::kudos(),
            from: Some(sample.text("Grace Lindqvist")),
            team: None,
            added_by: None,
            text: Some(sample.kudos_text()),
            mailing: sample.mailing(),
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let own = Self::sample(sample);
        vec![
            ("private", Self { text: None, team: Some(sample.text("Payments")), ..own.clone() }),
            ("added", Self { added_by: Some(sample.mailing().member), ..own.clone() }),
            ("team", Self { from: None, team: Some(sample.text("Payments")), ..own }),
        ]
    }
}
