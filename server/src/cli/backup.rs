//! `guildhall backup`.

use std::{fs, path::Path};

use secrecy::ExposeSecret;

use crate::{config::Config, database, failure::Failure};

/// Copies the database while the portal runs.
pub(super) async fn backup(config: &Config, target: &Path) -> Result<(), Failure> {
    let name = target.display();
    let url = config.database_url.expose_secret();
    let Some(file) = url.strip_prefix("sqlite://") else {
        return Err(Failure::usage("The data is in PostgreSQL: back it up with pg_dump --format=custom."));
    };
    let file = Path::new(file.split('?').next().unwrap_or(file));
    if !file.is_file() {
        return Err(Failure::io(format!(
            "There is no database at {}: name its folder with --data.",
            file.display()
        )));
    }
    if target.exists() {
        return Err(Failure::cannot_create(format!("{name} exists already: name a new file.")));
    }
    // Its owner's only: it holds every member's address.
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(target)
        .map_err(|error| Failure::cannot_create(format!("{name} cannot be made: {error}.")))?;
    if let Err(error) = store::backup::to_file(url, target).await {
        _ = fs::remove_file(target);
        return Err(Failure::cannot_create(format!(
            "{name} was not written: {}",
            database::sentence(&error)
        )));
    }
    let written = fs::File::open(target).and_then(|file| {
        file.sync_all()?;
        file.metadata()
    });
    let bytes = written.map_err(|error| Failure::io(format!("{name} may not be whole: {error}.")))?.len();
    println!("Wrote {name} ({bytes} bytes). Keep it as safe as the database: it holds everybody's address.");
    Ok(())
}
