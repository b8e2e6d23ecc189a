//! Starts and stops the portal.

use std::{io::ErrorKind, net::SocketAddr, time::Duration};

use store::{Store, runner};
use tokio::{net::TcpListener, task::JoinHandle, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    config::{Config, PublicUrl},
    database,
    failure::Failure,
    guard::Guards,
    installation, jobs, kudos,
    mail::{MailConfig, worker},
    net::{self, Limits},
    router::router,
    state::{State, networks::Networks},
};

/// How long `/readyz` reports that the server is stopping while it still accepts connections, so that load
/// balancers switch to another process first. Without a proxy, this is skipped.
const ANNOUNCE: Duration = Duration::from_secs(3);

/// The arguments of [`start`]. Everything but the configuration is for tests.
pub struct Start {
    /// The operator's settings.
    pub config: Config,
    /// A store that is already open. With `None`, the configured database is opened.
    pub store: Option<Store>,
    /// The guards that are on.
    pub guards: Guards,
    /// The limits and timeouts of connections.
    pub limits: Limits,
}

impl Start {
    /// The arguments for normal operation: all guards, default limits.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let mut limits = Limits::default();
        if config.trusted_proxies > 0 {
            limits.announce = ANNOUNCE;
        }
        Self { config, store: None, guards: Guards::default(), limits }
    }
}

/// A running portal. Call [`Running::stop`] to stop it gracefully.
pub struct Running {
    /// The address and port that it listens on.
    pub addr: SocketAddr,
    /// The address that people type.
    pub public_url: PublicUrl,
    /// The store that it uses.
    pub store: Store,
    state: State,
    announce: Duration,
    stop: CancellationToken,
    server: JoinHandle<usize>,
    worker: JoinHandle<()>,
    jobs: JoinHandle<()>,
}

impl Running {
    /// Stops the portal: reports it at `/readyz`, stops accepting connections, waits for running responses, and
    /// closes the store. Returns how many responses were aborted.
    pub async fn stop(self) -> usize {
        self.state.readiness.stop();
        sleep(self.announce).await;
        self.stop.cancel();
        let aborted = self.server.await.unwrap_or_default();
        // A panic of the worker was logged already. Its emails stay in the outbox.
        _ = self.worker.await;
        _ = self.jobs.await;
        self.store.close().await;
        aborted
    }
}

/// Opens the data, listens, and serves in the background.
///
/// # Errors
/// `config` for a port, secret or setting that can't be used, `unavailable` if the database fails.
pub async fn start(start: Start) -> Result<Running, Failure> {
    let Start { config, store, guards, limits } = start;
    // Open the port first, so that starting the portal twice fails at once, and doesn't wait for the database.
    let listener = listen(SocketAddr::new(config.listen, config.port)).await?;
    let addr = listener.local_addr().map_err(|error| Failure::internal(database::sentence(&error)))?;
    let store = match store {
        Some(store) => store,
        None => database::open(&config).await?,
    };
    let unavailable = |error| Failure::unavailable(database::sentence(&error));
    if config.demo {
        let _lock = database::lock_migrations(&config.data)?;
        // Before the worker starts, so that it doesn't send the emails of the demo's past.
        store::seed::demo_to_serve(&store).await.map_err(unavailable)?;
    }
    // The data of an older version has neither.
    store::members::fill_in_lookalike_keys(&store).await.map_err(unavailable)?;
    store::search::rebuild_if_empty(&store).await.map_err(unavailable)?;
    let secret = installation::secret(&config, &store).await?;
    let networks = Networks::new(limits.per_network);
    // Behind proxies, all connections come from them, so a guard counts requests instead.
    let connection_networks = (config.trusted_proxies == 0).then(|| networks.clone());
    let state = State::new(config, &secret, store.clone(), addr, guards, networks);
    let stop = CancellationToken::new();
    let worker = worker(store.clone(), mail(&state).await?, stop.clone());
    let worker = tokio::spawn(worker.map_err(|error| {
        Failure::config(format!("The setting smtp_url (GUILDHALL_SMTP_URL) is invalid: {error}."))
    })?);
    let webhook = state.config.kudos_webhook.clone();
    let webhook = webhook.map(|address| kudos::webhook::kind(address, state.public_url.origin()));
    let kinds = runner::standard().into_iter().chain(webhook).collect();
    let jobs = tokio::spawn(jobs::run(store.clone(), kinds, stop.clone()));
    tokio::spawn(kudos::watch(state.clone(), stop.clone()));
    let (followed, followed_until) = (store.clone(), stop.clone());
    tokio::spawn(async move {
        followed_until.run_until_cancelled(followed.follow_other_processes()).await;
    });
    let server =
        tokio::spawn(net::serve(listener, router(&state), limits, connection_networks, stop.clone()));
    let public_url = state.public_url.clone();
    Ok(Running { addr, public_url, store, state, announce: limits.announce, stop, server, worker, jobs })
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(addr).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Failure::config(format!(
            "Port {} is already in use. Stop the other program, or choose another port with --port or GUILDHALL_PORT.",
            addr.port()
        )),
        ErrorKind::PermissionDenied => Failure::config(format!(
            "This user may not use port {}. Choose a port above 1023 with --port or GUILDHALL_PORT.",
            addr.port()
        )),
        _ => Failure::config(format!("Cannot listen on {addr}: {error}. Set GUILDHALL_LISTEN to an IP address of this machine.")),
    })
}

async fn mail(state: &State) -> Result<MailConfig, Failure> {
    let settings = store::settings::load(&state.store).await;
    let settings = settings.map_err(|error| Failure::unavailable(database::sentence(&error)))?;
    let config = MailConfig::of(state, settings);
    config
        .ok_or_else(|| Failure::config("The setting mail_from (GUILDHALL_MAIL_FROM) is not a valid mailbox."))
}
