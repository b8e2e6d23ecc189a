//! A member answered a hello (F8). It is secret, because only the recipient reads it.

use super::prelude::*;

/// A member answered a hello (F8). Replies reach them only if they chose to share their address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloAnswered {
    /// The member who wrote the answer. The email is deleted with their account.
    pub author: MemberId,
    /// Their name.
    pub from: String,
    /// Their page.
    pub page: Slug,
    /// The answer, paragraphs of plain text.
    pub message: String,
    /// Their address, if they chose to share it.
    pub reply_to: Option<String>,
}

impl Kind for HelloAnswered {
    fn category(&self) -> EmailCategory {
        // The recipient said hello first and waits for the answer.
        EmailCategory::Own
    }

    fn is_secret(&self) -> bool {
        true
    }

    fn quotes(&self) -> Vec<Quote> {
        vec![Quote::Member(self.author)]
    }

    fn reply_to(&self) -> Option<&str> {
        self.reply_to.as_deref()
    }

    fn notification(&self) -> Option<String> {
        Some(format!("members/{}", self.page))
    }

    fn content(&self) -> Content {
        let reply = match &self.reply_to {
            Some(_) => "email-reply-to-author",
            None => "email-hello-answered-hidden",
        };
        Content::new("email-hello-answered-subject", "email-hello-answered-heading")
            .typed("from", &self.from, MAX_NAME)
            .preview_of(Preview::Message)
            .say("email-hello-answered-lead")
            .part(Part::Message(self.message.clone()))
            .link("email-hello-said-profile", Target::Path(format!("members/{}", self.page)))
            .say(reply)
            .why("email-why-hello-answered")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            author: sample.mailing().member,
            from: sample.text("Grace Lindqvist"),
            page: Slug::of_title("Grace Lindqvist", "member"),
            message: sample.text("With pleasure.\n\nI am free on Thursdays."),
            reply_to: None,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let reply_to = Some("grace@guild.example".to_owned());
        vec![("with_address", Self { reply_to, ..Self::sample(sample) })]
    }
}
