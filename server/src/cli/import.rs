//! `guildhall import schedule`.

use std::{fs, path::Path};

use domain::{Actor, Zone};

use super::failed;
use crate::{config::Config, database, failure::Failure, output::say, schedule};

/// Reads a schedule file and makes or updates its event.
pub(super) async fn schedule(config: &Config, file: &Path, zone: Option<Zone>) -> Result<(), Failure> {
    let name = file.display();
    let text =
        fs::read_to_string(file).map_err(|error| Failure::io(format!("{name} cannot be read: {error}.")))?;
    let read = schedule::read(&text, zone).map_err(|error| Failure::new(65, format!("{name}, {error}.")))?;
    let store = database::open(config).await?;
    let report = store::schedule::import(&store, &Actor::Operator, &read).await.map_err(failed)?;
    store.close().await;
    say!(
        "{} is at /events/{}: {} sessions added, {} changed, {} removed, {} unchanged.",
        read.title,
        report.slug,
        report.added,
        report.changed,
        report.removed,
        report.unchanged
    )?;
    Ok(())
}
