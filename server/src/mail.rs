//! Renders the emails in the outbox and sends them to the mail server, or to the built-in mailbox. Also reads
//! calendar replies and bounces.

pub mod bounce;
pub mod calendar;
pub(crate) mod clean;
mod colours;
mod lane;
mod refusal;
pub mod render;
pub mod reply;
mod server;
pub mod transport;
mod view;
mod worker;

pub use lettre::message::Mailbox;
use secrecy::SecretString;

use domain::community::Logo;
use store::settings::Settings;

use crate::{links::Links, state::State};

pub use server::ServerError;
pub use worker::worker;

/// The settings of this installation that emails need.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// The mail server's `smtp://` or `smtps://` address, with optional user name and password.
    /// `None` means that emails go to the built-in mailbox.
    pub smtp: Option<SecretString>,
    /// The sender of all emails and the ORGANIZER of calendar entries. Calendar programs send replies there.
    pub from: Mailbox,
    /// The address of the portal, for example `https://guild.example.org`.
    pub public_url: String,
    /// The name of the community.
    pub community: String,
    /// The community's logo.
    pub logo: Option<Logo>,
    /// Signs the links that work without signing in.
    pub links: Links,
    /// Whether replies to `from` reach `guildhall mail reply`, so that "No" in a calendar frees the seat.
    pub mail_reply: bool,
}

impl MailConfig {
    /// The settings of a running portal. `None` if the setting `mail_from` is not a valid mailbox.
    #[must_use]
    pub fn of(state: &State, settings: Settings) -> Option<Self> {
        Some(Self {
            smtp: state.config.smtp_url.clone(),
            from: state.config.mail_from.parse().ok()?,
            public_url: state.public_url.origin(),
            community: settings.community,
            logo: settings.logo,
            links: state.links.clone(),
            mail_reply: state.config.mail_reply,
        })
    }

    /// The full address of a path of this portal.
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
