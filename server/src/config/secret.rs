//! The installation's own secret: set by the operator, or made once and kept in the data folder.

use std::{
    collections::HashSet,
    fs,
    io::{ErrorKind, Write},
    path::Path,
};

use secrecy::SecretString;

use super::keys::wrong;
use crate::failure::Failure;

const SHORTEST: usize = 32;
const PLACEHOLDERS: &[&str] =
    &["change", "secret", "password", "example", "placeholder", "guildhall", "todo", "xxxx"];

/// Checks a secret that was set.
pub(super) fn from_setting(text: Option<&str>) -> Result<Option<SecretString>, Failure> {
    let Some(text) = text else { return Ok(None) };
    if text.len() < SHORTEST {
        return Err(wrong("secret", "is too short: write at least 32 random characters, or leave it out"));
    }
    let lower = text.to_lowercase();
    let varied = text.chars().collect::<HashSet<_>>().len() >= 10;
    if !varied || PLACEHOLDERS.iter().any(|word| lower.contains(word)) {
        return Err(wrong("secret", "looks like a placeholder: write random characters, or leave it out"));
    }
    Ok(Some(text.into()))
}

/// The secret kept in the data folder; `fresh` is written there when there is none.
///
/// # Errors
/// The file cannot be read or made.
pub fn kept(data: &Path, fresh: &str) -> Result<SecretString, Failure> {
    let path = data.join("secret");
    match fs::read_to_string(&path) {
        Ok(text) if text.trim().len() >= SHORTEST => Ok(text.trim().into()),
        Ok(_) => {
            Err(Failure::config(format!("{} is too short: remove it to get a new one.", path.display())))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => match write_new(&path, fresh) {
            // Another process was faster: its secret is the one.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => kept(data, fresh),
            Err(error) => Err(Failure::cannot_create(format!(
                "{} cannot be made: {error}. Make the data folder writable.",
                path.display()
            ))),
            Ok(()) => Ok(fresh.into()),
        },
        Err(error) => Err(Failure::io(format!("{} cannot be read: {error}.", path.display()))),
    }
}

/// Beside the place first, then linked there: a reader never sees half a secret.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let half = path.with_extension(format!("new.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&half)?;
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
        let first = kept(folder.path(), &"a".repeat(43)).unwrap();
        let second = kept(folder.path(), &"b".repeat(43)).unwrap();
        assert_eq!(first.expose_secret(), second.expose_secret());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join("secret")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(kept(&folder.path().join("absent"), "x").unwrap_err().code, 73);
    }
}
