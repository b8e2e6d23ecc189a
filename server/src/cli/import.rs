//! `guildhall import schedule`: imports a conference schedule.

use std::{fs, path::Path};

use domain::{Actor, Zone};

use super::failed;
use crate::{
    config::Config,
    database,
    failure::Failure,
    output::{counted, say},
    schedule,
};

/// The most notes that are printed. The rest are only counted.
const MAX_NOTES: usize = 50;

/// Reads a schedule file, and creates or updates its event. Deviations from the format are printed as notes.
/// With `strict`, a file with notes is refused.
pub(super) async fn schedule(
    config: &Config,
    file: &Path,
    zone: Option<Zone>,
    strict: bool,
) -> Result<(), Failure> {
    let name = file.display();
    let bytes = fs::read(file).map_err(|error| Failure::io(format!("Cannot read {name}: {error}.")))?;
    let read = schedule::read(&bytes, zone).map_err(|error| Failure::new(65, format!("{name}, {error}.")))?;
    for note in read.notes.iter().take(MAX_NOTES) {
        say!("{name}, {note}.")?;
    }
    if let Some(more) = read.notes.len().checked_sub(MAX_NOTES).filter(|more| *more > 0) {
        say!("{name}: {} not shown.", counted(more as u64, "more note", "more notes"))?;
    }
    if strict && !read.notes.is_empty() {
        let sentence = format!("{name} doesn't follow the format, so nothing was imported (--strict).");
        return Err(Failure::new(65, sentence));
    }
    let store = database::open(config).await?;
    let imported = store::schedule::import(&store, &Actor::Operator, &read.schedule, &read.unread).await;
    let report = imported.map_err(failed)?;
    store.close().await;
    say!(
        "Imported {} to /events/{}. Sessions: {} added, {} changed, {} removed, {} unchanged.",
        read.schedule.title.trim(),
        report.slug,
        report.added,
        report.changed,
        report.removed,
        report.unchanged
    )?;
    if !read.unread.is_empty() {
        say!(
            "Sessions that could not be read: {}. Of these, {} from an earlier import were left unchanged.",
            read.unread.len(),
            report.kept
        )?;
    }
    Ok(())
}
