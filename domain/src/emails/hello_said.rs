//! A member says hello (F8). It is secret, because only the recipient reads it.

use super::prelude::*;
use crate::HelloId;

/// A member says hello (F8). Neither of the two sees the other's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloSaid {
    /// The recipient, for the unsubscribe link.
    pub mailing: Mailing,
    /// The hello, for the link to answer it.
    pub hello: HelloId,
    /// The member who wrote it. The email is deleted with their account.
    pub author: MemberId,
    /// Their name.
    pub from: String,
    /// Their page.
    pub page: Slug,
    /// The text, paragraphs of plain text.
    pub message: String,
}

impl Kind for HelloSaid {
    fn category(&self) -> EmailCategory {
        EmailCategory::Hellos
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn is_secret(&self) -> bool {
        true
    }

    fn quotes(&self) -> Vec<Quote> {
        vec![Quote::Member(self.author)]
    }

    fn notification(&self) -> Option<String> {
        Some(format!("hellos/{}", self.hello))
    }

    fn content(&self) -> Content {
        Content::new("email-hello-said-subject", "email-hello-said-heading")
            .typed("from", &self.from, MAX_NAME)
            .preview_of(Preview::Message)
            .say("email-hello-said-lead")
            .part(Part::Message(self.message.clone()))
            .button("email-hello-said-button", Target::Path(format!("hellos/{}", self.hello)))
            .link("email-hello-said-profile", Target::Path(format!("members/{}", self.page)))
            .say_all(&["email-hello-said-hidden", "email-hello-said-block"])
            .why("email-why-hello")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            mailing: sample.mailing(),
            hello: HelloId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0009)),
            author: sample.mailing().member,
            from: sample.text("Mei Tanaka"),
            page: Slug::of_title("Mei Tanaka", "member"),
            message: sample.text("I liked your talk about runbooks.\n\nShall we compare notes over tea?"),
        }
    }
}
