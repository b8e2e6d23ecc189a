//! One connection of the email worker. It renders and sends one email at a time, and records the result in
//! the outbox.

use std::time::Duration;

use store::{
    Store, StoreError,
    mailbox::{self, StoredEmail},
    outbox::{self, Envelope, Outcome},
};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::{
    MailConfig, ServerError,
    render::{Rendered, render},
    transport::{DeliveryError, Transport},
};

/// How long an email that is being sent may still take after the server was told to stop.
const STOP_GRACE: Duration = Duration::from_secs(3);

/// The mail server can't be reached, with the cause. The email was not tried.
pub(super) struct NotConnected(pub(super) String);

/// A connection to the mail server. Without a mail server, emails go to the built-in mailbox.
pub(super) struct Lane {
    store: Store,
    transport: Option<Transport>,
    stop: CancellationToken,
    /// Whether this lane also takes emails to slow domains.
    pub(super) takes_slow: bool,
    /// Set when this lane could not connect while another lane could. It takes no emails until then.
    pub(super) rests_until: Option<Instant>,
}

impl Lane {
    /// Creates a lane without connecting yet.
    ///
    /// # Errors
    /// `ServerError` if the address of the mail server is not valid or no certificates can be read.
    pub(super) fn new(
        store: Store,
        config: &MailConfig,
        stop: CancellationToken,
        takes_slow: bool,
    ) -> Result<Self, ServerError> {
        let transport = match &config.smtp {
            Some(address) => Some(Transport::new(address, config.host())?),
            None => None,
        };
        Ok(Self { store, transport, stop, takes_slow, rests_until: None })
    }

    /// Whether the connection worked when it was last used.
    pub(super) fn is_connected(&self) -> bool {
        self.transport.as_ref().is_some_and(Transport::is_connected)
    }

    /// Ends the connection with QUIT.
    pub(super) async fn close(&mut self) {
        if let Some(transport) = &mut self.transport {
            transport.close().await;
        }
    }

    /// Sends one email and records the result, unless the mail server can't be reached.
    pub(super) async fn deliver(
        &mut self,
        config: &MailConfig,
        envelope: &Envelope,
    ) -> Result<(), NotConnected> {
        let outcome = self.send(config, envelope).await?;
        settle(&self.store, envelope, outcome).await;
        Ok(())
    }

    async fn send(&mut self, config: &MailConfig, envelope: &Envelope) -> Result<Outcome, NotConnected> {
        let rendered = match render(envelope.id, &envelope.email, &envelope.to, config, envelope.posted_at) {
            Ok(rendered) => rendered,
            Err(error) => return Ok(Outcome::Failed(error.to_string())),
        };
        let Some(transport) = &mut self.transport else {
            return Ok(put_in_mailbox(&self.store, envelope, rendered).await);
        };
        let message = rendered.message.formatted();
        let handed = tokio::select! {
            handed = transport.send(rendered.message.envelope(), &message) => Some(handed),
            () = stop_grace(&self.stop) => None,
        };
        match handed {
            Some(Ok(())) => Ok(Outcome::Sent),
            Some(Err(DeliveryError::NotConnected(cause))) => Err(NotConnected(cause)),
            Some(Err(DeliveryError::Retry(cause))) => Ok(Outcome::Retry(cause)),
            // The transport only reports a dead mailbox as final.
            Some(Err(DeliveryError::Failed(cause))) => Ok(Outcome::Bounced(cause)),
            Some(Err(DeliveryError::Unknown(cause))) => Ok(Outcome::Unknown(cause)),
            None if transport.in_message() => {
                Ok(Outcome::Unknown("the server was stopped while sending it".to_owned()))
            }
            None => Ok(Outcome::Held("the server was stopped before it was sent".to_owned())),
        }
    }
}

/// Records the result of sending an email. While the database is unavailable, this tries up to four times:
/// otherwise the email stays marked as being sent, and goes out again with the same Message-ID.
pub(super) async fn settle(store: &Store, envelope: &Envelope, outcome: Outcome) {
    let (id, kind) = (envelope.id, envelope.email.kind());
    match &outcome {
        Outcome::Sent => tracing::debug!(email = %id, kind, "sent an email"),
        Outcome::Held(cause) => tracing::debug!(email = %id, kind, cause, "an email is waiting"),
        Outcome::Retry(cause) | Outcome::Unknown(cause) => {
            tracing::warn!(email = %id, kind, cause, "an email was not confirmed as sent");
        }
        Outcome::Failed(cause) | Outcome::Bounced(cause) => {
            tracing::error!(email = %id, kind, cause, "an email could not be sent");
        }
    }
    for attempt in 1..=4 {
        match outbox::settle(store, id, outcome.clone()).await {
            Ok(()) => return,
            Err(error) if attempt == 4 || !matches!(error, StoreError::Unavailable(_)) => {
                tracing::error!(email = %id, ?error, "the result of sending an email could not be saved");
                return;
            }
            Err(_) => sleep(Duration::from_millis(100 * attempt)).await,
        }
    }
}

/// Completes `STOP_GRACE` after the server was told to stop.
async fn stop_grace(stop: &CancellationToken) {
    stop.cancelled().await;
    sleep(STOP_GRACE).await;
}

/// Puts an email into the built-in mailbox.
async fn put_in_mailbox(store: &Store, envelope: &Envelope, rendered: Rendered) -> Outcome {
    let mail = StoredEmail {
        // The email's ID as the key, so that an email that is sent again replaces itself.
        id: envelope.id.0,
        email: envelope.id,
        to: envelope.to.address.clone(),
        subject: rendered.subject,
        at: store.now(),
        raw: rendered.message.formatted(),
    };
    match mailbox::put(store, mail).await {
        Ok(()) => Outcome::Sent,
        Err(_) => Outcome::Retry("the built-in mailbox could not be written".to_owned()),
    }
}
