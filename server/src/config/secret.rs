//! The installation's own secret: set by the operator, or made once and kept in the data folder.

use std::{
    collections::HashSet,
    fs,
    io::{ErrorKind, Write},
    path::Path,
};

use secrecy::SecretString;

use super::keys::wrong;
use crate::{failure::Failure, files};

const SHORTEST: usize = 32;
const PLACEHOLDERS: &[&str] =
    &["change", "secret", "password", "example", "placeholder", "guildhall", "todo", "xxxx"];

/// Checks a secret that was set.
pub(super) fn from_setting(text: Option<&str>) -> Result<Option<SecretString>, Failure> {
    let Some(text) = text else { return Ok(None) };
    if text.len() < SHORTEST {
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

/// The name of the file in the data folder.
pub const FILE: &str = "secret";

/// The secret kept in the data folder; none when there is no file.
///
/// # Errors
/// The file cannot be read, or it is no secret.
pub fn kept(data: &Path) -> Result<Option<SecretString>, Failure> {
    let path = data.join(FILE);
    match fs::read_to_string(&path) {
        // Some editors begin a file with a byte order mark.
        Ok(text) if bare(&text).len() >= SHORTEST => Ok(Some(bare(&text).into())),
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

/// Keeps `fresh` in the data folder, unless another process was faster: then its secret is the one.
///
/// # Errors
/// The file cannot be made.
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

fn bare(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim()
}

/// Beside the place first, then linked there: a reader never sees half a secret.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let half = path.with_extension(format!("new.{}", std::process::id()));
    let mut file = files::create(&half, fs::OpenOptions::new().create(true).truncate(true))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&half, path);
    fs::remove_file(&half)?;
    linked
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn it_is_made_once_and_only_its_owner_reads_it() {
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
