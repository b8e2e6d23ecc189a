//! `guildhall backup`: copies the database, the secret and the settings.

use std::{
    fs::{self, OpenOptions},
    path::Path,
};

use secrecy::ExposeSecret;

use crate::{
    config::{Config, secret},
    database,
    failure::Failure,
    files,
    output::say,
};

/// The suffix of the file with the secret that belongs to a backup.
pub(super) const SECRET: &str = ".secret";
/// The suffix of the file with the settings that belong to a backup.
pub(super) const SETTINGS: &str = ".toml";

/// Copies the database, even while the portal runs, and the two other files that a restored installation
/// needs.
pub(super) async fn backup(config: &Config, target: &Path) -> Result<(), Failure> {
    let name = target.display();
    let secret = config.data.join(secret::FILE);
    let Some(file) = config.sqlite_file() else {
        return Err(Failure::usage(format!(
            "The data is in PostgreSQL. Back it up with pg_dump --format=custom, and keep {} and the settings file with the dump.",
            secret.display()
        )));
    };
    if !file.is_file() {
        return Err(Failure::io(format!(
            "There is no database at {}. Use --data to name the data folder.",
            file.display()
        )));
    }
    let companions = [(Some(secret), SECRET), (config.settings_file.clone(), SETTINGS)];
    let companions =
        companions.map(|(from, suffix)| (from.filter(|from| from.is_file()), files::beside(target, suffix)));
    for path in [target].into_iter().chain(companions.iter().map(|(_, to)| to.as_path())) {
        if path.exists() {
            return Err(Failure::cannot_create(format!(
                "{} already exists. Choose another file name.",
                path.display()
            )));
        }
    }
    let cannot = |error| Failure::cannot_create(format!("Cannot create {name}: {error}."));
    files::create(target, OpenOptions::new().create_new(true)).map_err(cannot)?;
    if let Err(error) = store::backup::to_file(config.database_url.expose_secret(), target).await {
        _ = fs::remove_file(target);
        return Err(Failure::cannot_create(format!("Cannot write {name}: {}", database::sentence(&error))));
    }
    let written = fs::File::open(target).and_then(|file| {
        file.sync_all()?;
        file.metadata()
    });
    let bytes = written.map_err(|error| Failure::io(format!("{name} may be incomplete: {error}.")))?.len();
    say!(
        "Wrote {name} ({bytes} bytes). Store it as securely as the database, because it contains members' email addresses."
    )?;
    for (from, to) in &companions {
        if let Some(from) = from {
            let copied = fs::read(from).and_then(|content| files::write_new(to, &content));
            copied.map_err(|error| {
                Failure::cannot_create(format!("Cannot write {}: {error}.", to.display()))
            })?;
            say!("Wrote {}. Keep it with the backup.", to.display())?;
        }
    }
    if config.secret.is_some() {
        say!(
            "This backup also needs the value of the setting secret. Keep a copy of it with your settings."
        )?;
    }
    Ok(())
}
