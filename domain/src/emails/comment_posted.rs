//! Somebody commented on kudos, or replied to a comment there (K8).

use super::prelude::*;

/// Somebody commented on kudos of the recipient, or replied in a thread where the recipient wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentPosted {
    /// The comment.
    pub comment: CommentId,
    /// The kudos above it.
    pub kudos: KudosId,
    /// The author's name; `None` when the recipient may not see it.
    pub from: Option<String>,
    /// Whether it is a reply in a thread of the recipient.
    pub is_reply: bool,
    /// The text; `None` below private kudos, because no email contains what is private.
    pub text: Option<String>,
    /// The member for the unsubscribe link.
    pub mailing: Mailing,
}

impl CommentPosted {
    fn path(&self) -> String {
        format!("kudos/{}#comment-{}", self.kudos, self.comment)
    }
}

impl Kind for CommentPosted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Comments
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn quotes(&self) -> Vec<Quote> {
        self.text.iter().map(|_| Quote::Comment(self.comment)).collect()
    }

    fn content(&self) -> Content {
        let from = match &self.from {
            Some(name) => Value::Typed(name.clone(), MAX_NAME),
            None => Value::Sentence("email-kudos-somebody"),
        };
        let content = Content::new("email-comment-posted-subject", "email-comment-posted-heading")
            .arg("from", from)
            .yes_or_no("reply", self.is_reply)
            .say("email-comment-posted-lead")
            .why("email-why-comment");
        let content = match &self.text {
            Some(text) => content.preview_of(Preview::Message).part(Part::Message(text.clone())),
            None => content.preview(&["email-comment-posted-private"]).say("email-comment-posted-private"),
        };
        content.button("email-comment-open", Target::Path(self.path()))
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            comment: CommentId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0006)),
            kudos: Sample::kudos(),
            from: Some(sample.text("Kofi Mensah")),
            is_reply: false,
            text: Some(sample.text("I was there.\nIt was the quietest night of the year.")),
            mailing: sample.mailing(),
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let own = Self::sample(sample);
        vec![
            ("reply", Self { is_reply: true, from: None, ..own.clone() }),
            // The name is short, so that a test finds what comes after it.
            ("private", Self { from: Some("Kofi Mensah".to_owned()), text: None, ..own }),
        ]
    }
}
