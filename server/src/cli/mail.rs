//! `guildhall mail reply`: reads one mail from a pipe.

use std::io::{Read, stdin};

use store::Fault;

use super::failed;
use crate::{config::Config, database, failure::Failure, mail::reply};

/// The largest mail that is read.
const MOST: u64 = 1024 * 1024;

/// Gives back the seat of who declined in their calendar. A mail that says nothing of the kind is no
/// error: the mail server would send it back to its sender.
pub(super) async fn reply(config: &Config) -> Result<(), Failure> {
    let mut mail = Vec::new();
    let read = stdin().take(MOST).read_to_end(&mut mail);
    read.map_err(|error| Failure::io(format!("The mail cannot be read: {error}.")))?;
    let Some(reply) = reply::read(&mail).filter(|reply| reply.declined) else {
        println!("Not a calendar that declines: nothing was done.");
        return Ok(());
    };
    let store = database::open(config).await?;
    let done = store::events::decline(&store, reply.uid, &reply.address).await;
    store.close().await;
    match done {
        Ok(()) => println!("Their seat was given back."),
        Err(Fault::NotFound | Fault::Refused(_)) => {
            println!("No seat of theirs to give back: nothing was done.")
        }
        Err(fault) => return Err(failed(fault)),
    }
    Ok(())
}
