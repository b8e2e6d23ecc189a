//! The files of the installation. Only their owner can read them, whatever the umask, because the database
//! contains all email addresses. They belong to the owner of the data folder, so that a command run as root
//! doesn't lock the service out.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use crate::failure::Failure;

/// Creates the data folder for its owner only. An existing folder keeps its mode, because it may contain other
/// files.
///
/// # Errors
/// `cannot_create` if the folder can't be created or written to.
pub(crate) fn make_folder(data: &Path) -> Result<(), Failure> {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    let made = folder.create(data).and_then(|()| {
        // Permission bits don't say enough, because the file system may be read-only.
        let probe = data.join(format!(".probe.{}", std::process::id()));
        create(&probe, OpenOptions::new().create(true)).and_then(|_| fs::remove_file(probe))
    });
    made.map_err(|error| {
        let data = data.display();
        Failure::cannot_create(format!(
            "Cannot write to the data folder {data}: {error}. Choose another folder with --data or GUILDHALL_DATA."
        ))
    })
}

/// Opens a file for writing. A new file is only accessible to its owner.
pub(crate) fn create(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.open(path)?;
    give_to_owner_of_folder(&file, path);
    Ok(file)
}

/// Creates a new file with this content and syncs it to disk. Fails if the file exists.
pub(crate) fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = create(path, OpenOptions::new().create_new(true))?;
    io::Write::write_all(&mut file, content)?;
    file.sync_all()
}

/// Waits for the lock on a file. An older Guildhall run as root may have left a file that only root can write,
/// so a file that can only be read is locked too.
///
/// # Errors
/// `cannot_create` if the file can't be opened. The sentence names its owner.
pub(crate) fn lock(path: &Path) -> Result<File, Failure> {
    let opened = create(path, OpenOptions::new().create(true)).or_else(|error| match error.kind() {
        ErrorKind::PermissionDenied => File::open(path).map_err(|_| error),
        _ => Err(error),
    });
    opened.and_then(|file| file.lock().map(|()| file)).map_err(|error| {
        let hint = owner_hint(path).unwrap_or_default();
        Failure::cannot_create(format!("Cannot lock {}: {error}.{hint}", path.display()))
    })
}

/// Creates the SQLite file if it is missing, and removes the permissions of other users. SQLite creates its two
/// side files with the same mode and owner.
pub(crate) fn prepare_database(file: &Path) {
    // An existing file is not opened, because closing it would drop the locks that SQLite holds in this
    // process. If creating fails here, opening with SQLite fails too, and reports the cause.
    _ = create(file, OpenOptions::new().create_new(true));
    for file in database_files(file) {
        tighten(&file);
    }
}

/// The database file and SQLite's two side files.
pub(crate) fn database_files(file: &Path) -> [PathBuf; 3] {
    [file.to_owned(), beside(file, "-wal"), beside(file, "-shm")]
}

/// The path with a suffix after its name.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

#[cfg(unix)]
fn give_to_owner_of_folder(file: &File, path: &Path) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let (Ok(folder), Ok(own)) = (fs::metadata(folder.unwrap_or(Path::new("."))), file.metadata()) else {
        return;
    };
    if folder.uid() != own.uid() {
        // Only root can do this. Other users keep owning the file.
        _ = fchown(file, Some(folder.uid()), Some(folder.gid()));
    }
}

#[cfg(not(unix))]
fn give_to_owner_of_folder(_: &File, _: &Path) {}

#[cfg(unix)]
fn tighten(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    if mode(file).is_some_and(|mode| mode & 0o077 != 0) {
        // This fails for a file of another user. `guildhall doctor` reports it.
        _ = fs::set_permissions(file, fs::Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
fn tighten(_: &Path) {}

/// A sentence that says which user owns the file, to append to an error. `None` if it is this user.
#[cfg(unix)]
pub(crate) fn owner_hint(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let owner = fs::metadata(path).ok()?.uid();
    // The user of this process, on systems with /proc.
    let own = fs::metadata("/proc/self").ok()?.uid();
    let folder = path.parent()?.display();
    (owner != own).then(|| {
        format!(
            " It belongs to user {owner}, but Guildhall runs as user {own}. Run chown --reference={folder} {} as root, and run every guildhall command as the user of the service.",
            path.display()
        )
    })
}

#[cfg(not(unix))]
pub(crate) fn owner_hint(_: &Path) -> Option<String> {
    None
}

/// The files that other users of the machine can open, and what to do about it. `None` if there are none.
#[cfg(unix)]
pub(crate) fn exposed(data: &Path, database: Option<&Path>, settings: Option<&Path>) -> Option<String> {
    let mut wrong = Vec::new();
    let mut check = |path: PathBuf, others: u32, right: &str| {
        if let Some(mode) = mode(&path).filter(|mode| mode & others != 0) {
            let path = path.display();
            wrong.push(format!("{path} has mode {:03o}, run chmod {right} {path}", mode & 0o777));
        }
    };
    check(data.to_owned(), 0o077, "700");
    for file in database.map(database_files).into_iter().flatten().chain([data.join("secret")]) {
        check(file, 0o077, "600");
    }
    if let Some(settings) = settings {
        // This file may belong to root and be readable by the group of the service.
        check(settings.to_owned(), 0o007, "o-rwx");
    }
    (!wrong.is_empty()).then(|| wrong.join("; "))
}

#[cfg(not(unix))]
pub(crate) fn exposed(_: &Path, _: Option<&Path>, _: Option<&Path>) -> Option<String> {
    None
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    Some(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).ok()?.permissions()))
}
