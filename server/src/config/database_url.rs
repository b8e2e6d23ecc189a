//! Reads and checks the setting `database_url`.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use super::{
    Config,
    keys::{Settings, wrong},
};
use crate::failure::Failure;

/// The database URL: the setting, or the SQLite file in the data folder.
pub(super) fn read(set: &Settings, data: &Path) -> Result<SecretString, Failure> {
    let Some(url) = set.get("database_url") else {
        return Ok(format!("sqlite://{}", data.join("guildhall.db").display()).into());
    };
    if url.starts_with("sqlite://") {
        return Ok(url.into());
    }
    let rest = ["postgres://", "postgresql://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let Some(rest) = rest else {
        return Err(wrong(
            "database_url",
            "does not name a supported database. Start it with postgres:// or sqlite://",
        ));
    };
    if is_encoded(rest) {
        return Ok(url.into());
    }
    Err(wrong(
        "database_url",
        "has an unencoded special character in its user name or password. Write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25",
    ))
}

/// Whether the part after `://` can be split unambiguously into user, password, host and database.
fn is_encoded(rest: &str) -> bool {
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (user, _host) = authority.rsplit_once('@').unwrap_or_default();
    let percent = |text: &str| {
        text.split('%')
            .skip(1)
            .all(|code| code.len() >= 2 && code.bytes().take(2).all(|digit| digit.is_ascii_hexdigit()))
    };
    // An @ after the authority means that a /, ? or # in the password ended the authority too early.
    let cut_short = path.contains('@') && !authority.contains('@');
    !user.contains('@') && user.matches(':').count() <= 1 && percent(user) && !cut_short
}

impl Config {
    /// The path of the SQLite file. `None` on PostgreSQL.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let file = self.database_url.expose_secret().strip_prefix("sqlite://")?;
        Some(file.split('?').next().unwrap_or(file).into())
    }

    /// The folder that contains the SQLite file. `None` on PostgreSQL.
    #[must_use]
    pub fn sqlite_folder(&self) -> Option<PathBuf> {
        let file = self.sqlite_file()?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(folder.unwrap_or(Path::new(".")).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_percent_encoded() {
        for good in [
            "host/guild",
            "guild@host/guild",
            "guild:p%40ss%3A%2f@host:5432/guild?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            "guild@%2Fvar%2Frun%2Fpostgresql/guild",
            "/guild?host=/var/run/postgresql&user=guild",
            "guild:secret@[::1]/guild",
        ] {
            assert!(is_encoded(good), "{good}");
        }
        for bad in [
            "guild:p@ss@host/guild",
            "guild@example.org:pass@host/guild",
            "guild:p/ss@host/guild",
            "guild:p?ss@host/guild",
            "guild:p#ss@host/guild",
            "guild:p:ss@host/guild",
            "guild:100%@host/guild",
            "guild:1%zz@host/guild",
        ] {
            assert!(!is_encoded(bad), "{bad}");
        }
    }
}
