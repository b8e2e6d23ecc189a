//! `guildhall serve`.

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

/// How long the process may live after it was asked to stop. Service managers kill after 30 seconds.
const MAX_STOP: Duration = Duration::from_secs(28);

/// Ends the process when stopping takes too long. A thread of its own, so that it works whatever the rest of the
/// program is busy with. Nothing is lost: what was acknowledged is in the database already.
fn exit_at_last() {
    thread::spawn(|| {
        thread::sleep(MAX_STOP);
        tracing::warn!("stopping took too long, so the process exits now");
        process::exit(0);
    });
}

/// Starts the portal, says where it is, and runs until it is asked to stop.
pub(super) async fn serve(config: Config) -> Result<(), Failure> {
    let (demo, smtp) = (config.demo, config.smtp_url.is_some());
    let place = place(&config);
    let running = start(Start::new(config)).await?;
    // Who reads the greeting may ask to stop at once.
    let mut signals = Signals::listen()?;
    greet(&running, demo, smtp, &place).await?;
    signals.asked_to_stop().await?;
    tracing::info!("stopping, a second signal stops immediately");
    exit_at_last();
    tokio::select! {
        cut = running.stop() => {
            if cut > 0 {
                tracing::warn!(cut, "some responses took too long and were aborted");
            }
        }
        again = signals.asked_to_stop() => again?,
    }
    Ok(())
}

/// Where the data is, without a password.
fn place(config: &Config) -> String {
    let url = config.database_url.expose_secret();
    match url.strip_prefix("sqlite://") {
        Some(file) => file.to_owned(),
        None => format!(
            "PostgreSQL at {}",
            url.rsplit('@').next().unwrap_or_default().split('?').next().unwrap_or_default()
        ),
    }
}

/// What an operator wants to know now: where it is, how to sign in, where mails and data are.
async fn greet(running: &Running, demo: bool, smtp: bool, place: &str) -> Result<(), Failure> {
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
    say!("  The data is in {place}")?;
    say!("  Press Ctrl-C to stop.")?;
    Ok(())
}

/// Ctrl-C, and what service managers send.
#[cfg(unix)]
struct Signals {
    interrupt: signal::unix::Signal,
    terminate: signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// From now on they are heard.
    fn listen() -> Result<Self, Failure> {
        use signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt()).map_err(not_heard)?;
        let terminate = signal(SignalKind::terminate()).map_err(not_heard)?;
        Ok(Self { interrupt, terminate })
    }

    async fn asked_to_stop(&mut self) -> Result<(), Failure> {
        tokio::select! {
            _ = self.interrupt.recv() => Ok(()),
            _ = self.terminate.recv() => Ok(()),
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Result<Self, Failure> {
        Ok(Self)
    }

    async fn asked_to_stop(&mut self) -> Result<(), Failure> {
        signal::ctrl_c().await.map_err(not_heard)
    }
}

fn not_heard(error: std::io::Error) -> Failure {
    Failure::internal(format!("Cannot listen for signals: {error}."))
}
