//! The worker that empties the outbox: claims letters, renders them, hands them in, and writes down how
//! that ended. It wakes when a verb has posted letters, and when one becomes due.

use std::time::Duration;

use domain::Instant;
use store::{
    Fault, Store,
    mailbox::{self, Mail},
    outbox::{self, Envelope, Outcome},
    settings,
};
use tokio::time::{self, sleep};
use tokio_util::sync::CancellationToken;

use super::{
    MailConfig,
    render::{Rendered, render},
    server::ServerError,
    transport::{Transport, Trouble},
};

/// Letters taken at once, at most.
const BATCH: u64 = 50;
/// How long after taking a batch the last of its letters may be begun. With the longest time that one
/// takes it stays below the two minutes after which the outbox gives letters to another worker.
const BEGIN_WITHIN: Duration = Duration::from_secs(25);
/// How long the mail in flight may take when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// The longest sleep: letters of a process that crashed become due without a bell.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The pause when the database or the mail server does not answer.
const PAUSE: Duration = Duration::from_secs(2);

/// The worker, to be spawned. It sends what is in the outbox until `stop` is cancelled; then it finishes
/// the mail in flight and returns within five seconds.
///
/// # Errors
/// At once, when the address of the mail server is none.
pub fn worker(
    store: Store,
    config: MailConfig,
    stop: CancellationToken,
) -> Result<impl Future<Output = ()> + Send, ServerError> {
    let transport = match &config.smtp {
        Some(address) => Some(Transport::new(address, config.host())?),
        None => None,
    };
    let mut worker = Worker { store, config, transport, batch: BATCH, stop };
    Ok(async move {
        worker.run().await;
        if let Some(transport) = &mut worker.transport {
            transport.close().await;
        }
    })
}

/// What became of a batch.
enum Worked {
    /// There was none.
    Nothing,
    /// Each letter was tried.
    All,
    /// Some wait, because no mail server was there to take them.
    Held,
}

struct Worker {
    store: Store,
    config: MailConfig,
    transport: Option<Transport>,
    /// How many letters to take: fewer when the mail server is slow.
    batch: u64,
    stop: CancellationToken,
}

impl Worker {
    async fn run(&mut self) {
        let bell = self.store.posted();
        while !self.stop.is_cancelled() {
            // Listening begins before looking, so that no letter is posted unheard in between.
            let rung = bell.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            let nap = match self.work().await {
                Ok(Worked::Nothing) => self.until_next_due().await,
                Ok(Worked::All) => continue,
                // The next letters would find the mail server as these did.
                Ok(Worked::Held) => PAUSE,
                Err(fault) => {
                    tracing::error!(?fault, "the mail worker cannot read the outbox");
                    PAUSE
                }
            };
            tokio::select! {
                () = rung => {}
                () = sleep(nap) => {}
                () = self.stop.cancelled() => {}
            }
        }
    }

    /// Takes one batch and sends it.
    async fn work(&mut self) -> Result<Worked, Fault> {
        let begun = time::Instant::now();
        let letters = outbox::claim(&self.store, self.batch).await?;
        if letters.is_empty() {
            return Ok(Worked::Nothing);
        }
        // It may have been renamed meanwhile; if nobody can say, the name it had will do.
        if let Ok(settings) = settings::load(&self.store).await {
            self.config.community = settings.community;
        }
        let mut done = 0_u64;
        let mut hold: Option<String> = None;
        for letter in letters {
            if hold.is_none() {
                hold = self.reason_to_hold(begun).await;
            }
            let outcome = match &hold {
                Some(cause) => Outcome::Held(cause.clone()),
                None => {
                    done += 1;
                    self.send(&letter).await
                }
            };
            self.settle(&letter, outcome).await;
        }
        let slow = begun.elapsed() > BEGIN_WITHIN / 2;
        self.batch = if slow { (done / 2).max(1) } else { (self.batch * 2).min(BATCH) };
        let Some(cause) = hold else { return Ok(Worked::All) };
        tracing::warn!(cause, "mails wait");
        Ok(Worked::Held)
    }

    /// Why no more letters can go now, if so: the rest of a batch does not wait for it one by one.
    async fn reason_to_hold(&mut self, begun: time::Instant) -> Option<String> {
        if self.stop.is_cancelled() {
            return Some("the server was stopped before it was sent".to_owned());
        }
        if begun.elapsed() > BEGIN_WITHIN {
            return Some("the mail server was too slow to take it".to_owned());
        }
        let transport = self.transport.as_mut()?;
        let ready = tokio::select! {
            ready = transport.ready() => ready,
            () = self.stop.cancelled() => Err("the server was stopped before it was sent".to_owned()),
        };
        ready.err()
    }

    async fn send(&mut self, letter: &Envelope) -> Outcome {
        let rendered = match render(letter.id, &letter.letter, &letter.to, &self.config, letter.posted_at) {
            Ok(rendered) => rendered,
            Err(error) => return Outcome::Failed(error.to_string()),
        };
        let Some(transport) = &mut self.transport else {
            return put(&self.store, letter, rendered).await;
        };
        let message = rendered.message.formatted();
        let handed = tokio::select! {
            handed = transport.send(rendered.message.envelope(), &message) => Some(handed),
            () = patience(&self.stop) => None,
        };
        match handed {
            Some(Ok(())) => Outcome::Sent,
            Some(Err(Trouble::Away(cause))) => Outcome::Held(cause),
            Some(Err(Trouble::Retry(cause))) => Outcome::Retry(cause),
            // Only a refused mailbox is final there.
            Some(Err(Trouble::Failed(cause))) => Outcome::Bounced(cause),
            Some(Err(Trouble::Unknown(cause))) => Outcome::Unknown(cause),
            None if transport.in_message() => {
                Outcome::Unknown("the server was stopped while sending it".to_owned())
            }
            None => Outcome::Held("the server was stopped before it was sent".to_owned()),
        }
    }

    /// Writes down how it ended. If the database does not answer, the letter stays marked as being sent
    /// and goes out again with the same Message-ID; so a few more attempts are worth it.
    async fn settle(&self, letter: &Envelope, outcome: Outcome) {
        match &outcome {
            Outcome::Sent => tracing::debug!(letter = %letter.id, kind = letter.letter.kind(), "sent a mail"),
            Outcome::Held(cause) => {
                tracing::debug!(letter = %letter.id, kind = letter.letter.kind(), cause, "a mail waits");
            }
            Outcome::Retry(cause) | Outcome::Unknown(cause) => {
                tracing::warn!(letter = %letter.id, kind = letter.letter.kind(), cause, "a mail goes out later");
            }
            Outcome::Failed(cause) | Outcome::Bounced(cause) => {
                tracing::error!(letter = %letter.id, kind = letter.letter.kind(), cause, "a mail cannot be sent");
            }
        }
        for attempt in 1..=4 {
            match outbox::settle(&self.store, letter.id, outcome.clone()).await {
                Ok(()) => return,
                Err(fault) if attempt == 4 || !matches!(fault, Fault::Unavailable(_)) => {
                    tracing::error!(letter = %letter.id, ?fault, "how a mail ended could not be written down");
                    return;
                }
                Err(_) => sleep(Duration::from_millis(100 * attempt)).await,
            }
        }
    }

    async fn until_next_due(&self) -> Duration {
        match outbox::next_due(&self.store).await {
            Ok(Some(due)) => nap(due, self.store.now()),
            Ok(None) => LONGEST_SLEEP,
            Err(_) => PAUSE,
        }
    }
}

/// How long to sleep until then: never so short that it becomes a busy loop.
fn nap(due: Instant, now: Instant) -> Duration {
    (due - now).to_std().unwrap_or_default().clamp(Duration::from_millis(20), LONGEST_SLEEP)
}

/// Over some time after the server was told to stop.
async fn patience(stop: &CancellationToken) {
    stop.cancelled().await;
    sleep(LAST_WORDS).await;
}

/// Into the built-in mailbox.
async fn put(store: &Store, letter: &Envelope, rendered: Rendered) -> Outcome {
    let mail = Mail {
        // The same letter again is the same mail.
        id: letter.id.0,
        letter: letter.id,
        to: letter.to.address.clone(),
        subject: rendered.subject,
        at: store.now(),
        raw: rendered.message.formatted(),
    };
    match mailbox::put(store, mail).await {
        Ok(()) => Outcome::Sent,
        Err(_) => Outcome::Retry("the built-in mailbox could not be written".to_owned()),
    }
}
