//! A host's message to one person of an event (C15).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Problems, checks::Checks};

/// How many messages to single people one member can send within [`MESSAGE_WINDOW`], over all events.
pub const MAX_MESSAGES: u64 = 50;
/// The time in which messages are counted.
pub const MESSAGE_WINDOW: Duration = Duration::hours(24);

/// The form as a browser posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostMessageForm {
    /// Paragraphs of plain text.
    pub message: String,
    /// `yes` when replies go to the host's own address, which the recipient then sees.
    pub reply: String,
}

/// A validated message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostMessage {
    /// 1 to 5,000 characters, paragraphs between empty lines.
    pub text: String,
    /// Whether the recipient sees the host's address and replies go there.
    pub shares_address: bool,
}

impl HostMessageForm {
    /// Validates the form.
    ///
    /// # Errors
    /// A problem with the field `message`.
    pub fn check(&self) -> Result<HostMessage, Problems> {
        let mut checks = Checks::default();
        let text = checks.text("message", &self.message, 1, 5_000);
        checks.finish(Some(HostMessage { text, shares_address: self.reply == "yes" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c15_an_address_is_shared_only_by_choice() {
        let form = |reply: &str| HostMessageForm { message: "Hello".into(), reply: reply.into() };
        assert!(form("yes").check().unwrap().shares_address);
        for reply in ["", "no", "on"] {
            assert!(!form(reply).check().unwrap().shares_address, "{reply}");
        }
        assert!(HostMessageForm::default().check().is_err());
    }
}
