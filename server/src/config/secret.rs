//! The installation's own secret: a setting, or generated once and stored in the data folder.

use std::{
    collections::HashSet,
    fs,
    io::{ErrorKind, Write},
    path::Path,
};

use secrecy::SecretString;

use super::keys::wrong;
use crate::{failure::Failure, files};

const MIN_LENGTH: usize = 32;
const PLACEHOLDERS: &[&str] =
    &["change", "secret", "password", "example", "placeholder", "guildhall", "todo", "xxxx"];

/// Checks the secret from the setting.
pub(super) fn from_setting(text: Option<&str>) -> Result<Option<SecretString>, Failure> {
    let Some(text) = text else { return Ok(None) };
    if text.len() < MIN_LENGTH {
        return Err(wrong(
            "secret",
            "is too short. Use at least 32 random characters, or remove the setting",
        ));
    }
    let lower = text.to_lowercase();
    let varied = text.chars().collect::<HashSet<_>>().len() >= 10;
    if !varied || PLACEHOLDERS.iter().any(|word| lower.contains(word)) {
        return Err(wrong(
            "secret",
            "looks like a placeholder. Use random characters, or remove the setting",
        ));
    }
    Ok(Some(text.into()))
}

/// The name of the secret's file in the data folder.
pub const FILE: &str = "secret";

/// The secret in the data folder. `None` if there is no file.
///
/// # Errors
/// `io` if the file can't be read, `config` if the secret is too short.
pub fn kept(data: &Path) -> Result<Option<SecretString>, Failure> {
    let path = data.join(FILE);
    match fs::read_to_string(&path) {
        // Some editors write a byte order mark at the start of a file.
        Ok(text) if trimmed(&text).len() >= MIN_LENGTH => Ok(Some(trimmed(&text).into())),
        Ok(_) => Err(Failure::config(format!(
            "The secret in {} is too short. Remove the file to get a new secret.",
            path.display()
        ))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let hint = files::owner_hint(&path).unwrap_or_default();
            Err(Failure::io(format!("Cannot read {}: {error}.{hint}", path.display())))
        }
    }
}

/// Stores `fresh` in the data folder and returns it. If another process was faster, its secret is returned.
///
/// # Errors
/// `cannot_create` if the file can't be created.
pub fn make(data: &Path, fresh: &str) -> Result<SecretString, Failure> {
    let path = data.join(FILE);
    let cannot = |error: std::io::Error| {
        let path = path.display();
        Failure::cannot_create(format!("Cannot create {path}: {error}. Make the data folder writable."))
    };
    match write_new(&path, fresh) {
        Ok(()) => Ok(fresh.into()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            kept(data)?.ok_or_else(|| cannot(ErrorKind::NotFound.into()))
        }
        Err(error) => Err(cannot(error)),
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim()
}

/// Writes a temporary file first and then links it, so that no reader sees a partial secret.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let temporary = path.with_extension(format!("new.{}", std::process::id()));
    let mut file = files::create(&temporary, fs::OpenOptions::new().create(true).truncate(true))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&temporary, path);
    fs::remove_file(&temporary)?;
    linked
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_secret_is_made_once_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        assert!(kept(folder.path()).unwrap().is_none());
        let first = make(folder.path(), &"a".repeat(43)).unwrap();
        let second = make(folder.path(), &"b".repeat(43)).unwrap();
        assert_eq!(first.expose_secret(), second.expose_secret());
        assert_eq!(first.expose_secret(), kept(folder.path()).unwrap().unwrap().expose_secret());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("secret")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(make(&folder.path().join("absent"), "x").unwrap_err().code, 73);
    }
}
