//! Mail: from a letter in the outbox to a message at the mail server, or in the built-in mailbox.

pub mod bounce;
pub mod calendar;
pub(crate) mod clean;
mod lane;
mod look;
mod notice;
mod refusal;
pub mod render;
pub mod reply;
mod server;
pub mod transport;
mod view;
mod worker;

pub use lettre::message::Mailbox;
use secrecy::SecretString;

use crate::{links::Links, state::State};

pub use server::ServerError;
pub use worker::worker;

/// What sending mail needs to know of this installation.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// Where mail is handed in: `smtp://` or `smtps://`, with name and password if it wants them.
    /// Without one, mail goes to the built-in mailbox.
    pub smtp: Option<SecretString>,
    /// Who it comes from: a mailbox that somebody reads, since calendars answer to it.
    pub from: Mailbox,
    /// Where this portal is, without a slash at its end: `https://guild.example.org`.
    pub public_url: String,
    /// What the community is called.
    pub community: String,
    /// Signs the links that work signed out.
    pub links: Links,
    /// Whether replies to `from` reach `guildhall mail reply`, so that "No" in a calendar frees the seat.
    pub mail_reply: bool,
}

impl MailConfig {
    /// That of a running portal; none when the setting `mail_from` is no mailbox.
    #[must_use]
    pub fn of(state: &State, community: String) -> Option<Self> {
        Some(Self {
            smtp: state.config.smtp_url.clone(),
            from: state.config.mail_from.parse().ok()?,
            public_url: state.public_url.origin(),
            community,
            links: state.links.clone(),
            mail_reply: state.config.mail_reply,
        })
    }

    /// A path of this portal as an address that works from a mail.
    #[must_use]
    pub fn address_of(&self, path: &str) -> String {
        format!("{}/{}", self.public_url.trim_end_matches('/'), path.trim_start_matches('/'))
    }

    /// The host of the public address, for Message-IDs.
    fn host(&self) -> &str {
        let rest = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        rest.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("localhost")
    }
}
