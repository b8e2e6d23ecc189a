//! Channels that wake listeners after a commit, such as the email worker. A verb says with `Tx::wake` whom it
//! has work for. Nobody is woken before the commit, and nobody at all if the verb is rolled back.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use tokio::sync::watch;

/// What a verb can have work for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Emails were queued.
    Emails,
    /// Background jobs were queued.
    Jobs,
}

impl Channel {
    const ALL: [Self; 2] = [Self::Emails, Self::Jobs];

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The channels that one transaction wakes when it is committed.
#[derive(Debug, Default)]
pub(crate) struct Wakes(AtomicU32);

impl Wakes {
    /// Notes that the channel is to be woken.
    pub(crate) fn add(&self, channel: Channel) {
        self.0.fetch_or(channel.bit(), Ordering::Relaxed);
    }

    /// Adds what another transaction of the same commit wakes.
    pub(crate) fn merge(&self, other: &Self) {
        self.0.fetch_or(other.0.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

/// Everyone who listens, by channel.
#[derive(Clone, Debug)]
pub(crate) struct Channels(Arc<[watch::Sender<()>; Channel::ALL.len()]>);

impl Channels {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Channel::ALL.map(|_| watch::Sender::new(()))))
    }

    /// Wakes everyone who listens to a channel.
    pub(crate) fn wake(&self, channel: Channel) {
        self.0[channel as usize].send_replace(());
    }

    /// Wakes the channels of a committed transaction.
    pub(crate) fn wake_all(&self, wakes: &Wakes) {
        let woken = wakes.0.load(Ordering::Relaxed);
        for channel in Channel::ALL.into_iter().filter(|channel| woken & channel.bit() != 0) {
            self.wake(channel);
        }
    }

    /// A listener. It misses nothing that is committed after this call: each `changed` returns if there was a
    /// commit since the last one.
    pub(crate) fn listen(&self, channel: Channel) -> watch::Receiver<()> {
        self.0[channel as usize].subscribe()
    }
}
