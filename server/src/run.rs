//! Starting and stopping the portal.

use std::{io::ErrorKind, net::SocketAddr, time::Duration};

use store::Store;
use tokio::{net::TcpListener, task::JoinHandle, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    chores,
    config::{Config, PublicUrl},
    database,
    failure::Failure,
    guard::{Guards, networks::Networks},
    installation,
    mail::{MailConfig, worker},
    net::{self, Limits},
    router::router,
    state::State,
};

/// How long `/readyz` says that the server is stopping while connections are still accepted, so that proxies
/// and load balancers turn to another process first. Without a proxy there is nobody to tell.
const ANNOUNCE: Duration = Duration::from_secs(3);

/// What to start with. Everything but the configuration is for tests.
pub struct Start {
    /// What the operator decided.
    pub config: Config,
    /// An open store; else the one that the configuration names is opened.
    pub store: Option<Store>,
    /// Which guards are on.
    pub guards: Guards,
    /// How patient the server is.
    pub limits: Limits,
}

impl Start {
    /// As operators start it.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let mut limits = Limits::default();
        if config.trusted_proxies > 0 {
            limits.announce = ANNOUNCE;
        }
        Self { config, store: None, guards: Guards::default(), limits }
    }
}

/// A running portal.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// The address people type.
    pub public_url: PublicUrl,
    /// Its data.
    pub store: Store,
    state: State,
    announce: Duration,
    stop: CancellationToken,
    server: JoinHandle<usize>,
    worker: JoinHandle<()>,
    chores: JoinHandle<()>,
}

impl Running {
    /// Says at `/readyz` that it stops, then accepts no more connections, lets running answers end, and closes
    /// the store. How many answers were cut off.
    pub async fn stop(self) -> usize {
        self.state.readiness.stop();
        sleep(self.announce).await;
        self.stop.cancel();
        let cut = self.server.await.unwrap_or_default();
        // A worker that panicked has logged it; its letters wait in the outbox.
        _ = self.worker.await;
        _ = self.chores.await;
        self.store.close().await;
        cut
    }
}

/// Opens the data, listens, and serves in the background.
///
/// # Errors
/// One sentence that says what to change.
pub async fn start(start: Start) -> Result<Running, Failure> {
    let Start { config, store, guards, limits } = start;
    // The port first: who started it twice should hear that, not wait for the database.
    let listener = listen(SocketAddr::new(config.listen, config.port)).await?;
    let addr = listener.local_addr().map_err(|error| Failure::internal(database::sentence(&error)))?;
    let store = match store {
        Some(store) => store,
        None => database::open(&config).await?,
    };
    if config.demo {
        // Before the worker looks: nobody wants the letters of the demo's past.
        let down = |fault| Failure::unavailable(database::sentence(&fault));
        if store::seed::demo(&store).await.map_err(down)?.members > 0 {
            store::seed::add_refused_email(&store).await.map_err(down)?;
        }
    }
    // Data of an older version has neither of them.
    let unavailable = |fault| Failure::unavailable(database::sentence(&fault));
    store::members::fill_in_lookalike_keys(&store).await.map_err(unavailable)?;
    store::search::rebuild_if_empty(&store).await.map_err(unavailable)?;
    let secret = installation::secret(&config, &store).await?;
    let networks = Networks::new(limits.per_network);
    // Behind proxies the connections are theirs, and a guard counts requests instead.
    let of_connections = (config.trusted_proxies == 0).then(|| networks.clone());
    let state = State::new(config, &secret, store.clone(), addr, guards, networks);
    let stop = CancellationToken::new();
    let worker = worker(store.clone(), mail(&state).await?, stop.clone());
    let worker = tokio::spawn(worker.map_err(|error| {
        Failure::config(format!("The setting smtp_url (GUILDHALL_SMTP_URL) is invalid: {error}."))
    })?);
    let chores = tokio::spawn(chores::run(store.clone(), stop.clone()));
    let server = tokio::spawn(net::serve(listener, router(&state), limits, of_connections, stop.clone()));
    let public_url = state.public_url.clone();
    Ok(Running { addr, public_url, store, state, announce: limits.announce, stop, server, worker, chores })
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
    let settings = settings.map_err(|fault| Failure::unavailable(database::sentence(&fault)))?;
    let config = MailConfig::of(state, settings.community);
    config
        .ok_or_else(|| Failure::config("The setting mail_from (GUILDHALL_MAIL_FROM) is not a valid mailbox."))
}
