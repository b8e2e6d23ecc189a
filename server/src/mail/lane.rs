//! One connection of the email worker: it renders one email at a time, hands it in, and writes down how that
//! ended.

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
    transport::{Transport, Trouble},
};

/// How long the email in flight may take when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// There is no connection to the mail server, for this reason. The email was not tried.
pub(super) struct Away(pub(super) String);

/// A connection to the mail server, or the way into the built-in mailbox.
pub(super) struct Lane {
    store: Store,
    transport: Option<Transport>,
    stop: CancellationToken,
    /// Whether it also takes emails to slow recipients.
    pub(super) takes_slow: bool,
    /// It could not connect while another lane could, so it takes nothing until then.
    pub(super) rests_until: Option<Instant>,
}

impl Lane {
    /// Does not connect yet.
    ///
    /// # Errors
    /// When the address of the mail server is none.
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

    /// Whether the mail server was there when it was last asked.
    pub(super) fn is_connected(&self) -> bool {
        self.transport.as_ref().is_some_and(Transport::is_connected)
    }

    /// Says goodbye to the mail server.
    pub(super) async fn close(&mut self) {
        if let Some(transport) = &mut self.transport {
            transport.close().await;
        }
    }

    /// Sends one email and writes down how that ended, unless there is no mail server to send it to.
    pub(super) async fn deliver(&mut self, config: &MailConfig, envelope: &Envelope) -> Result<(), Away> {
        let outcome = self.send(config, envelope).await?;
        settle(&self.store, envelope, outcome).await;
        Ok(())
    }

    async fn send(&mut self, config: &MailConfig, envelope: &Envelope) -> Result<Outcome, Away> {
        let rendered = match render(envelope.id, &envelope.email, &envelope.to, config, envelope.posted_at) {
            Ok(rendered) => rendered,
            Err(error) => return Ok(Outcome::Failed(error.to_string())),
        };
        let Some(transport) = &mut self.transport else {
            return Ok(put(&self.store, envelope, rendered).await);
        };
        let message = rendered.message.formatted();
        let handed = tokio::select! {
            handed = transport.send(rendered.message.envelope(), &message) => Some(handed),
            () = last_words(&self.stop) => None,
        };
        match handed {
            Some(Ok(())) => Ok(Outcome::Sent),
            Some(Err(Trouble::Away(cause))) => Err(Away(cause)),
            Some(Err(Trouble::Retry(cause))) => Ok(Outcome::Retry(cause)),
            // Only a dead mailbox is final there.
            Some(Err(Trouble::Failed(cause))) => Ok(Outcome::Bounced(cause)),
            Some(Err(Trouble::Unknown(cause))) => Ok(Outcome::Unknown(cause)),
            None if transport.in_message() => {
                Ok(Outcome::Unknown("the server was stopped while sending it".to_owned()))
            }
            None => Ok(Outcome::Held("the server was stopped before it was sent".to_owned())),
        }
    }
}

/// Writes down how sending an email ended. If the database does not answer, the email stays marked as being
/// sent and goes out again with the same Message-ID, so a few more attempts are worth it.
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
            Err(fault) if attempt == 4 || !matches!(fault, StoreError::Unavailable(_)) => {
                tracing::error!(email = %id, ?fault, "the result of sending an email could not be saved");
                return;
            }
            Err(_) => sleep(Duration::from_millis(100 * attempt)).await,
        }
    }
}

/// Over some time after the server was told to stop.
async fn last_words(stop: &CancellationToken) {
    stop.cancelled().await;
    sleep(LAST_WORDS).await;
}

/// Into the built-in mailbox.
async fn put(store: &Store, envelope: &Envelope, rendered: Rendered) -> Outcome {
    let mail = StoredEmail {
        // The same email again replaces the first.
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
