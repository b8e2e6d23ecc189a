//! `guildhall serve`: runs the portal until it is asked to stop.

use std::{process, thread, time::Duration};

use domain::Role;
use secrecy::ExposeSecret;
use tokio::signal;

use super::failed;
use crate::{
    assets,
    config::Config,
    failure::Failure,
    output::say,
    run::{Running, Start, start},
};

/// How long stopping may take. Service managers kill the process after 30 seconds.
const MAX_STOP: Duration = Duration::from_secs(28);

/// Ends the process if stopping takes too long. It runs on its own thread, so that it works whatever the rest
/// of the program is doing. Nothing is lost: acknowledged changes are already in the database.
fn exit_after_max_stop() {
    thread::spawn(|| {
        thread::sleep(MAX_STOP);
        tracing::warn!("stopping took too long, so the process exits now");
        process::exit(0);
    });
}

/// Starts the portal, prints where it is, and runs until it is asked to stop.
pub(super) async fn serve(config: Config) -> Result<(), Failure> {
    let (demo, smtp) = (config.demo, config.smtp_url.is_some());
    let data = data_description(&config);
    let running = start(Start::new(config)).await?;
    // Listen before the greeting, because whatever reads the greeting may send a signal at once.
    let mut signals = Signals::listen()?;
    greet(&running, demo, smtp, &data).await?;
    signals.wait_for_stop().await?;
    tracing::info!("stopping, a second signal stops immediately");
    exit_after_max_stop();
    tokio::select! {
        aborted = running.stop() => {
            if aborted > 0 {
                tracing::warn!(aborted, "some responses took too long and were aborted");
            }
        }
        again = signals.wait_for_stop() => again?,
    }
    Ok(())
}

/// A description of where the data is, without user name and password.
fn data_description(config: &Config) -> String {
    let url = config.database_url.expose_secret();
    match url.strip_prefix("sqlite://") {
        Some(file) => file.to_owned(),
        None => format!(
            "PostgreSQL at {}",
            url.rsplit('@').next().unwrap_or_default().split('?').next().unwrap_or_default()
        ),
    }
}

/// Prints what an operator needs after the start: the address, how to sign in, and where emails and data are.
async fn greet(running: &Running, demo: bool, smtp: bool, data: &str) -> Result<(), Failure> {
    let url = &running.public_url;
    say!("Guildhall is running at {url}")?;
    if assets::hash().is_none() {
        say!("  Its stylesheet and scripts are missing. Run cargo xtask site, then start it again.")?;
    }
    let settings = store::settings::load(&running.store).await.map_err(failed)?;
    let people =
        if demo { store::sign_in::demo_members(&running.store).await.map_err(failed)? } else { Vec::new() };
    if !people.is_empty() {
        let name =
            |role: Role| people.iter().find(|member| member.role == role).map(|member| member.name.clone());
        let names: Vec<String> =
            [Role::Administrator, Role::Organiser, Role::Member].into_iter().filter_map(name).collect();
        say!("  Sign in as {} or someone else at {url}/sign-in", names.join(", "))?;
    } else if demo && !settings.demo {
        say!(
            "  This database doesn't contain the demo. To start the demo, use --data with an empty folder."
        )?;
    }
    if let Some(token) = store::sign_in::setup_token(&running.store).await.map_err(failed)? {
        say!("  Set up your community with this one-time link: {url}/setup?token={token}")?;
    }
    match (smtp, (demo && settings.demo) || cfg!(debug_assertions)) {
        (true, _) => say!("  Emails are sent through the mail server.")?,
        (false, true) => say!("  Emails are not sent. Read them at {url}/dev/mailbox")?,
        (false, false) => say!(
            "  Emails are not sent yet. Set GUILDHALL_SMTP_URL, or show a sign-in link with guildhall admin sign-in-link."
        )?,
    }
    say!("  The data is in {data}")?;
    say!("  Press Ctrl-C to stop.")?;
    Ok(())
}

/// The signals that stop the server: SIGINT (Ctrl-C) and SIGTERM (service managers).
#[cfg(unix)]
struct Signals {
    interrupt: signal::unix::Signal,
    terminate: signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Starts to listen for the signals.
    fn listen() -> Result<Self, Failure> {
        use signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt()).map_err(cannot_listen)?;
        let terminate = signal(SignalKind::terminate()).map_err(cannot_listen)?;
        Ok(Self { interrupt, terminate })
    }

    async fn wait_for_stop(&mut self) -> Result<(), Failure> {
        tokio::select! {
            _ = self.interrupt.recv() => Ok(()),
            _ = self.terminate.recv() => Ok(()),
        }
    }
}

/// The signal that stops the server: Ctrl-C.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self, Failure> {
        Ok(Self)
    }

    async fn wait_for_stop(&mut self) -> Result<(), Failure> {
        signal::ctrl_c().await.map_err(cannot_listen)
    }
}

fn cannot_listen(error: std::io::Error) -> Failure {
    Failure::internal(format!("Cannot listen for signals: {error}."))
}
