//! The worker that empties the outbox: it claims emails and gives them to its lanes, which send them. It wakes
//! up when a verb posts emails and when an email becomes due.
//!
//! A recipient that the mail server checks slowly can block a lane for up to 45 seconds. So there are two
//! lanes, never two emails to the same address at a time, and domains that were slow recently only get the
//! second lane. A slow domain can't delay the emails to everybody else.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use domain::Instant;
use store::{
    Channel, Store, StoreError,
    outbox::{self, Envelope, Outcome},
    settings,
};
use tokio::{
    task::{Id, JoinError, JoinSet},
    time::{self, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{
    MailConfig,
    lane::{Lane, NotConnected, settle},
    server::ServerError,
};

/// The number of connections to the mail server.
const LANES: usize = 2;
/// The most emails that are claimed at a time.
const BATCH: u64 = 50;
/// The most claimed emails that wait for the lane of slow domains. More could not be sent in time.
const MAX_BLOCKED: usize = 10;
/// The latest time after its claim at which sending an email may start. Together with the longest time that
/// sending takes, this is less than the two minutes after which another worker can claim the email.
const START_WITHIN: Duration = Duration::from_secs(25);
/// A domain is slow if sending an email to it takes longer than this.
const SLOW: Duration = Duration::from_secs(5);
/// How long a domain counts as slow, unless an email to it is quick in between.
const SLOW_FOR: Duration = Duration::from_secs(3600);
/// The most slow domains that are remembered. At the limit, all are forgotten.
const MAX_SLOW: usize = 1000;
/// How long a lane rests if it could not connect while the other one could.
const REST: Duration = Duration::from_secs(60);
/// The longest sleep. Emails of a crashed process become due without waking this worker.
const MAX_SLEEP: Duration = Duration::from_secs(30);
/// The pause while the database or the mail server is unavailable.
const PAUSE: Duration = Duration::from_secs(2);

/// The cause recorded for emails that go back to the outbox when the server stops.
const STOPPED: &str = "the server was stopped before it was sent";
/// The cause recorded for emails that go back because no lane was free in time.
const TOO_SLOW: &str = "the mail server was too slow to take it";

/// Creates the worker, as a future to spawn. It sends the emails in the outbox until `stop` is cancelled. Then
/// it finishes the emails that are being sent, and returns within five seconds.
///
/// # Errors
/// `ServerError` at once, if the address of the mail server is not valid or no certificates can be read.
pub fn worker(
    store: Store,
    config: MailConfig,
    stop: CancellationToken,
) -> Result<impl Future<Output = ()> + Send, ServerError> {
    // The built-in mailbox is always quick, so one lane is enough.
    let lanes = if config.smtp.is_some() { LANES } else { 1 };
    let lane = |number| Lane::new(store.clone(), &config, stop.clone(), number + 1 == lanes);
    let idle = (0..lanes).map(lane).collect::<Result<_, _>>()?;
    let mut worker = Worker {
        store,
        config: Arc::new(config),
        idle,
        busy: JoinSet::new(),
        in_flight: HashMap::new(),
        queue: VecDeque::new(),
        slow: HashMap::new(),
        paused_until: None,
        batch: BATCH,
        stop,
    };
    Ok(async move { worker.run().await })
}

/// An email that this worker has claimed.
struct Claimed {
    envelope: Envelope,
    at: time::Instant,
}

/// The result of a lane's task, with the lane itself.
struct Done {
    lane: Lane,
    claimed: Claimed,
    took: Duration,
    result: Result<(), NotConnected>,
}

/// A lane's current task.
struct Task {
    address: String,
    takes_slow: bool,
}

struct Worker {
    store: Store,
    config: Arc<MailConfig>,
    idle: Vec<Lane>,
    busy: JoinSet<Done>,
    in_flight: HashMap<Id, Task>,
    queue: VecDeque<Claimed>,
    /// Domains that were slow recently, and when.
    slow: HashMap<String, time::Instant>,
    /// Set while the mail server or the database is unavailable.
    paused_until: Option<time::Instant>,
    /// How many emails to claim at a time. It shrinks while the mail server is slow.
    batch: u64,
    stop: CancellationToken,
}

impl Worker {
    async fn run(&mut self) {
        let mut posted = self.store.listen(Channel::Emails);
        while !self.stop.is_cancelled() {
            // Before reading the outbox, so that an email posted in between wakes this worker again.
            posted.mark_unchanged();
            let pause = self.fill().await;
            tokio::select! {
                // A person may be waiting for this email, so try again at once.
                Ok(()) = posted.changed() => self.paused_until = None,
                () = sleep(pause) => {}
                Some(done) = self.busy.join_next_with_id() => self.done(done).await,
                () = self.stop.cancelled() => {}
            }
        }
        self.put_back(STOPPED).await;
        while let Some(done) = self.busy.join_next_with_id().await {
            self.done(done).await;
        }
        self.put_back(STOPPED).await;
        for lane in &mut self.idle {
            lane.close().await;
        }
    }

    /// Gives each idle lane an email, as long as there are any. Returns how long to sleep.
    async fn fill(&mut self) -> Duration {
        loop {
            let now = time::Instant::now();
            if let Some(until) = self.paused_until.filter(|until| *until > now) {
                return until - now;
            }
            self.paused_until = None;
            self.put_back_stale().await;
            self.assign();
            // The end of a busy lane's task ends this sleep.
            if !self.idle.iter().any(|lane| is_ready(lane, now)) {
                return PAUSE;
            }
            match self.claim().await {
                Ok(true) => {}
                Ok(false) if self.queue.is_empty() => return self.until_next_due().await,
                Ok(false) => return self.until_next_due().await.min(PAUSE),
                Err(error) => {
                    tracing::error!(?error, "the email worker cannot read the outbox");
                    self.paused_until = Some(time::Instant::now() + PAUSE);
                }
            }
        }
    }

    /// Claims emails. Returns `false` if none is due.
    async fn claim(&mut self) -> Result<bool, StoreError> {
        let at = time::Instant::now();
        let emails = outbox::claim(&self.store, self.batch).await?;
        if emails.is_empty() {
            return Ok(false);
        }
        // The community may have another name or logo. If the settings can't be read, keep both.
        if let Ok(settings) = settings::load(&self.store).await
            && (&settings.community, &settings.logo) != (&self.config.community, &self.config.logo)
        {
            let config = Arc::make_mut(&mut self.config);
            (config.community, config.logo) = (settings.community, settings.logo);
        }
        let is_blocked =
            |worker: &Self, envelope: &Envelope| worker.is_in_flight(envelope) || worker.is_slow(envelope);
        let mut blocked = self.queue.iter().filter(|claimed| is_blocked(self, &claimed.envelope)).count();
        for envelope in emails {
            blocked += usize::from(is_blocked(self, &envelope));
            if is_blocked(self, &envelope) && blocked > MAX_BLOCKED {
                settle(&self.store, &envelope, Outcome::Held(TOO_SLOW.to_owned())).await;
            } else {
                self.queue.push_back(Claimed { envelope, at });
            }
        }
        Ok(true)
    }

    /// Returns the emails to the outbox that were claimed too long ago.
    async fn put_back_stale(&mut self) {
        let queue = std::mem::take(&mut self.queue);
        let (stale, fresh): (Vec<_>, Vec<_>) =
            queue.into_iter().partition(|claimed| claimed.at.elapsed() > START_WITHIN);
        self.batch = match (stale.is_empty(), fresh.is_empty()) {
            (false, _) => (self.batch / 2).max(1),
            (true, true) => (self.batch * 2).min(BATCH),
            (true, false) => self.batch,
        };
        self.queue = fresh.into();
        for claimed in stale {
            settle(&self.store, &claimed.envelope, Outcome::Held(TOO_SLOW.to_owned())).await;
        }
    }

    /// Returns all emails to the outbox that no lane has started to send.
    async fn put_back(&mut self, cause: &str) {
        for claimed in std::mem::take(&mut self.queue) {
            settle(&self.store, &claimed.envelope, Outcome::Held(cause.to_owned())).await;
        }
    }

    /// Gives the idle lanes the next emails that fit them.
    fn assign(&mut self) {
        let now = time::Instant::now();
        // Use the lane for slow domains last, so that it stays free for them.
        self.idle.sort_by_key(|lane| lane.takes_slow);
        for lane in std::mem::take(&mut self.idle) {
            let fits = |claimed: &Claimed| {
                !self.is_in_flight(&claimed.envelope) && (lane.takes_slow || !self.is_slow(&claimed.envelope))
            };
            let next = if is_ready(&lane, now) { self.queue.iter().position(fits) } else { None };
            match next.and_then(|next| self.queue.remove(next)) {
                Some(claimed) => self.begin(lane, claimed),
                None => self.idle.push(lane),
            }
        }
    }

    fn begin(&mut self, mut lane: Lane, claimed: Claimed) {
        let config = Arc::clone(&self.config);
        let task = Task { address: key(&claimed.envelope), takes_slow: lane.takes_slow };
        let handle = self.busy.spawn(async move {
            let begun = time::Instant::now();
            let result = lane.deliver(&config, &claimed.envelope).await;
            Done { lane, claimed, took: begun.elapsed(), result }
        });
        self.in_flight.insert(handle.id(), task);
    }

    /// Handles the result of a lane's task. The lane is idle again.
    async fn done(&mut self, done: Result<(Id, Done), JoinError>) {
        let Done { mut lane, claimed, took, result } = match done {
            Ok((id, done)) => {
                self.in_flight.remove(&id);
                done
            }
            Err(error) => return self.replace(&error),
        };
        match result {
            Ok(()) => self.note_speed(&claimed.envelope, took),
            Err(NotConnected(cause)) => {
                self.queue.push_front(claimed);
                if self.busy.is_empty() && !self.idle.iter().any(Lane::is_connected) {
                    tracing::warn!(cause, "the mail server is unavailable, so emails are waiting");
                    self.put_back(&cause).await;
                    self.idle.iter_mut().for_each(|lane| lane.rests_until = None);
                    self.paused_until = Some(time::Instant::now() + PAUSE);
                } else {
                    // Some servers accept only one connection from us.
                    lane.rests_until = Some(time::Instant::now() + REST);
                }
            }
        }
        self.idle.push(lane);
    }

    /// Replaces a lane that panicked. Its email stays marked as being sent and is claimed again later.
    fn replace(&mut self, error: &JoinError) {
        tracing::error!("sending an email panicked");
        let task = self.in_flight.remove(&error.id());
        let takes_slow = task.is_none_or(|task| task.takes_slow);
        match Lane::new(self.store.clone(), &self.config, self.stop.clone(), takes_slow) {
            Ok(lane) => self.idle.push(lane),
            Err(error) => tracing::error!(%error, "could not set up another connection to the mail server"),
        }
    }

    fn is_in_flight(&self, envelope: &Envelope) -> bool {
        let address = key(envelope);
        self.in_flight.values().any(|task| task.address == address)
    }

    fn is_slow(&self, envelope: &Envelope) -> bool {
        self.slow.get(&domain_of(envelope)).is_some_and(|at| at.elapsed() < SLOW_FOR)
    }

    fn note_speed(&mut self, envelope: &Envelope, took: Duration) {
        if took < SLOW {
            self.slow.remove(&domain_of(envelope));
            return;
        }
        if self.slow.len() >= MAX_SLOW {
            self.slow.clear();
        }
        self.slow.insert(domain_of(envelope), time::Instant::now());
    }

    async fn until_next_due(&self) -> Duration {
        match outbox::next_due(&self.store).await {
            Ok(Some(due)) => pause(due, self.store.now()),
            Ok(None) => MAX_SLEEP,
            Err(_) => PAUSE,
        }
    }
}

fn is_ready(lane: &Lane, now: time::Instant) -> bool {
    lane.rests_until.is_none_or(|until| until <= now)
}

fn key(envelope: &Envelope) -> String {
    envelope.to.address.to_ascii_lowercase()
}

fn domain_of(envelope: &Envelope) -> String {
    let address = key(envelope);
    address.rsplit_once('@').map_or(address.clone(), |(_, domain)| domain.to_owned())
}

/// How long to sleep until an email is due: at least 20 ms, so that this never becomes a busy loop.
fn pause(due: Instant, now: Instant) -> Duration {
    (due - now).to_std().unwrap_or_default().clamp(Duration::from_millis(20), MAX_SLEEP)
}
