//! `guildhall match`: runs the matching solver on a file, without the portal, and exports a round as such a file.

use std::{fs, path::Path};

use domain::Slug;
use store::{StoreError, mentoring::run};

use super::failed;
use crate::{config::Config, database, failure::Failure, output::say};

/// Solves the problem in a file, verifies that the solution is optimal, and prints the result as JSON.
pub(super) fn run(file: &Path, pairs: bool) -> Result<(), Failure> {
    let name = file.display();
    let text = fs::read(file).map_err(|error| Failure::io(format!("Cannot read {name}: {error}.")))?;
    let json =
        matching::report(&text, pairs).map_err(|mistake| Failure::new(65, format!("{name}, {mistake}.")))?;
    say!("{json}")?;
    Ok(())
}

/// Writes a mentoring round to standard output as a matching problem without names, or lists the rounds.
pub(super) async fn export(config: &Config, round: Option<&str>) -> Result<(), Failure> {
    let store = database::open(config).await?;
    let text = match round {
        None => run::export_rounds(&store).await.map(|rounds| {
            let line = |round: run::ExportRound| format!("{}  {}  {}", round.slug, round.state, round.name);
            rounds.into_iter().map(line).collect::<Vec<_>>().join("\n")
        }),
        Some(round) => match Slug::parse(round) {
            Some(slug) => run::export(&store, &slug).await.map(|text| text.trim_end().to_owned()),
            None => Err(StoreError::NotFound),
        },
    };
    store.close().await;
    match text {
        Ok(text) => say!("{text}"),
        Err(StoreError::NotFound) => Err(Failure::usage(
            "No round has this name. Run guildhall match export --list to see all rounds.",
        )),
        Err(error) => Err(failed(error)),
    }
}
