//! `guildhall mail`: reads replies and bounces from standard input, and manages emails in the outbox.

use std::io::{Read, stdin};

use store::{
    StoreError,
    events::{self, Declined},
};

use super::failed;
use crate::{
    config::Config,
    database,
    failure::Failure,
    mail::{bounce, reply},
    output::{counted, say},
};

/// The largest email that is read. The rest is ignored.
const MAX_BYTES: u64 = 1024 * 1024;

/// Gives up the seat of an attendee who declined in their calendar. Any other email is not an error, because
/// the mail server would bounce it to its sender.
pub(super) async fn reply(config: &Config) -> Result<(), Failure> {
    let mail = piped()?;
    let Some(reply) = reply::read(&mail).filter(|reply| reply.declined) else {
        say!("This email doesn't decline a calendar invitation. Nothing was changed.")?;
        return Ok(());
    };
    let store = database::open(config).await.map_err(|failure| later(failure.sentence))?;
    let done = events::decline(&store, reply.uid, &reply.address, reply.sequence).await;
    store.close().await;
    match done {
        Ok(Declined::GivenUp) => say!("Their seat was given up.")?,
        Ok(Declined::Outdated(newest)) => say!(
            "This declines an older invitation (SEQUENCE {}), but the newest is SEQUENCE {newest}. Nothing was changed.",
            reply.sequence
        )?,
        Err(StoreError::NotFound | StoreError::Refused(_)) => {
            say!("The sender has no seat to give up. Nothing was changed.")?
        }
        Err(error) => return Err(later(database::sentence(&error))),
    }
    Ok(())
}

/// Reads one email from standard input.
fn piped() -> Result<Vec<u8>, Failure> {
    let mut mail = Vec::new();
    let read = stdin().take(MAX_BYTES).read_to_end(&mut mail);
    read.map_err(|error| Failure::io(format!("Cannot read the email: {error}.")))?;
    Ok(mail)
}

/// Stops optional emails to the dead addresses in a delivery report, if it is about one of our emails. Any
/// other email is not an error.
pub(super) async fn bounce(config: &Config) -> Result<(), Failure> {
    let bounces = bounce::read(&piped()?);
    if bounces.is_empty() {
        say!("This email doesn't report a permanent bounce of one of our emails. Nothing was changed.")?;
        return Ok(());
    }
    let store = database::open(config).await.map_err(|failure| later(failure.sentence))?;
    let mut muted: u64 = 0;
    for bounce in bounces {
        match store::suppressions::record_bounce(&store, &bounce.address, bounce.email, &bounce.cause).await {
            Ok(known) => muted += u64::from(known),
            Err(error) => return Err(later(database::sentence(&error))),
        }
    }
    store.close().await;
    say!("Stopped optional emails to {}.", counted(muted, "address", "addresses"))?;
    Ok(())
}

/// A failure with exit code 75 (`EX_TEMPFAIL`): mail servers keep the email and run the command again later.
fn later(sentence: impl Into<String>) -> Failure {
    Failure::new(75, sentence)
}

/// Puts all waiting emails on hold.
pub(super) async fn hold(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let held = store::outbox::hold_waiting(&store).await;
    store.close().await;
    say!(
        "Put {} on hold. To send them, run guildhall mail retry.",
        counted(held.map_err(failed)?, "email", "emails")
    )?;
    Ok(())
}

/// Sends the emails again that failed, have an unknown delivery status, or are on hold.
pub(super) async fn retry(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let again = store::outbox::admin::retry_ended(&store).await;
    store.close().await;
    say!("{} will be sent again.", counted(again.map_err(failed)?, "email", "emails"))?;
    Ok(())
}
