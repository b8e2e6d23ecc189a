//! `guildhall mail reply` and `guildhall mail bounce`: read one mail from a pipe.

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

/// The largest mail that is read.
const MAX_BYTES: u64 = 1024 * 1024;

/// Gives back the seat of who declined in their calendar. A mail that says nothing of the kind is no
/// error: the mail server would send it back to its sender.
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
        Err(fault) => return Err(later(database::sentence(&fault))),
    }
    Ok(())
}

/// One mail from standard input.
fn piped() -> Result<Vec<u8>, Failure> {
    let mut mail = Vec::new();
    let read = stdin().take(MAX_BYTES).read_to_end(&mut mail);
    read.map_err(|error| Failure::io(format!("Cannot read the email: {error}.")))?;
    Ok(mail)
}

/// Mutes the addresses that a delivery report calls dead, if it is about an email of ours. Any other email is
/// no error.
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
            Err(fault) => return Err(later(database::sentence(&fault))),
        }
    }
    store.close().await;
    say!("Stopped optional emails to {}.", counted(muted, "address", "addresses"))?;
    Ok(())
}

/// Mail servers keep a mail that ends with this code and hand it over again.
fn later(sentence: impl Into<String>) -> Failure {
    Failure::new(75, sentence)
}

/// Puts every email that waits on hold.
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

/// Sends what failed, what has an unknown delivery status, and what is on hold.
pub(super) async fn retry(config: &Config) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let again = store::outbox::admin::retry_ended(&store).await;
    store.close().await;
    say!("{} will be sent again.", counted(again.map_err(failed)?, "email", "emails"))?;
    Ok(())
}
