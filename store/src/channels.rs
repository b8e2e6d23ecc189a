//! Channels that wake listeners after a commit, such as the email worker. A verb says with `Tx::wake` whom it
//! has work for. Nobody is woken before the commit, and nobody at all if the verb is rolled back.

mod others;

use std::sync::{
    Arc,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use sea_orm::DatabaseTransaction;
use tokio::sync::watch;

pub(crate) use others::relay;

use crate::StoreError;

/// What a verb can have work for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Emails were queued.
    Emails,
    /// Background jobs were queued.
    Jobs,
    /// Something happened to kudos.
    Kudos,
}

impl Channel {
    const ALL: [Self; 3] = [Self::Emails, Self::Jobs, Self::Kudos];
    /// The channels on which other processes on the same PostgreSQL database listen too. PostgreSQL commits
    /// transactions with a notification one after the other, so a channel that many verbs wake is not among them.
    const SHARED: [Self; 1] = [Self::Kudos];

    /// The text of a notification.
    fn name(self) -> &'static str {
        match self {
            Self::Emails => "emails",
            Self::Jobs => "jobs",
            Self::Kudos => "kudos",
        }
    }

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The bit of [`Wakes`] for a change of something that visitors can see. It follows those of the channels.
const REVISES: u32 = 1 << Channel::ALL.len();

/// The channels that one transaction wakes when it is committed, and whether it changes what visitors can see.
#[derive(Debug, Default)]
pub(crate) struct Wakes(AtomicU32);

impl Wakes {
    /// Notes that the transaction changes something that visitors can see.
    pub(crate) fn revise(&self) {
        self.0.fetch_or(REVISES, Ordering::Relaxed);
    }

    /// Whether the transaction changes something that visitors can see.
    pub(crate) fn revises(&self) -> bool {
        self.0.load(Ordering::Relaxed) & REVISES != 0
    }

    /// Notes that the channel is to be woken.
    pub(crate) fn add(&self, channel: Channel) {
        self.0.fetch_or(channel.bit(), Ordering::Relaxed);
    }

    fn has(&self, channel: Channel) -> bool {
        self.0.load(Ordering::Relaxed) & channel.bit() != 0
    }

    /// Notifies other processes at the commit of this transaction.
    pub(crate) async fn notify_others(&self, tx: &DatabaseTransaction) -> Result<(), StoreError> {
        for channel in Channel::SHARED.into_iter().filter(|channel| self.has(*channel)) {
            others::notify(tx, channel).await?;
        }
        Ok(())
    }

    /// Adds what another transaction of the same commit wakes.
    pub(crate) fn merge(&self, other: &Self) {
        self.0.fetch_or(other.0.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// Everyone who listens, by channel, and the number of commits that changed what visitors can see.
#[derive(Clone, Debug)]
pub(crate) struct Channels(Arc<Listeners>);

#[derive(Debug)]
struct Listeners {
    senders: [watch::Sender<()>; Channel::ALL.len()],
    revision: AtomicU64,
}

impl Channels {
    pub(crate) fn new() -> Self {
        let senders = Channel::ALL.map(|_| watch::Sender::new(()));
        Self(Arc::new(Listeners { senders, revision: AtomicU64::new(0) }))
    }

    /// Wakes everyone who listens to a channel.
    pub(crate) fn wake(&self, channel: Channel) {
        self.0.senders[channel as usize].send_replace(());
    }

    /// Increases the revision if the transaction changed what visitors can see. It must run before the caller of
    /// the verb learns that it has succeeded. It also runs when a commit fails, because the database may have
    /// committed before the connection broke.
    pub(crate) fn revise(&self, wakes: &Wakes) {
        if wakes.revises() {
            self.0.revision.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// The number of commits of this process that changed what visitors can see.
    pub(crate) fn revision(&self) -> u64 {
        self.0.revision.load(Ordering::SeqCst)
    }

    /// Wakes the channels of a committed transaction.
    pub(crate) fn wake_all(&self, wakes: &Wakes) {
        Channel::ALL.into_iter().filter(|channel| wakes.has(*channel)).for_each(|channel| self.wake(channel));
    }

    /// A listener. It misses nothing that is committed after this call: each `changed` returns if there was a
    /// commit since the last one.
    pub(crate) fn listen(&self, channel: Channel) -> watch::Receiver<()> {
        self.0.senders[channel as usize].subscribe()
    }
}
