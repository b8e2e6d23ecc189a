//! Sample emails of every kind, with ordinary and hostile data, for the gallery and the snapshot tests.

use domain::{
    EmailId, Locale, Zone,
    emails::{Email, Recipient, Sample},
};
use lettre::{Address, message::Mailbox};
use uuid::Uuid;

use crate::links::Links;
use crate::mail::{
    MailConfig,
    render::{RenderError, Rendered, render},
};

/// The configuration of the installation that sends the samples.
///
/// # Errors
/// None in practice, because the sender's address is valid.
pub fn config(hostile: bool) -> Result<MailConfig, RenderError> {
    let community = Sample { hostile }.text("Secure Synergy");
    let address = Address::new("guild", "guild.example.org").map_err(|_| RenderError::Address)?;
    Ok(MailConfig {
        smtp: None,
        from: Mailbox::new(Some(community.clone()), address),
        public_url: "https://guild.example.org".to_owned(),
        community,
        logo: None,
        links: Links::new(&"the same in every picture of a email".into()),
        mail_reply: false,
    })
}

/// The recipient of the samples.
#[must_use]
pub fn recipient(hostile: bool) -> Recipient {
    Recipient {
        name: Sample { hostile }.text("Amara Okafor"),
        address: "amara@example.org".to_owned(),
        zone: "Europe/Berlin".parse().unwrap_or(Zone::UTC),
        locale: Locale::En,
    }
}

/// One email of each kind, and variants where the text differs. Each has a name for its snapshot.
#[must_use]
pub fn emails(hostile: bool) -> Vec<(String, Email)> {
    Email::samples(&Sample { hostile })
}

/// Renders a sample as for sending.
///
/// # Errors
/// The same as for [`render`].
pub fn mail(email: &Email, hostile: bool) -> Result<Rendered, RenderError> {
    let id = EmailId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001));
    render(id, email, &recipient(hostile), &config(hostile)?, Sample::now())
}
