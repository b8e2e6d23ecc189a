//! The files of the installation. Only their owner may read them, whatever the umask, because the database holds
//! everybody's address. They belong to the folder's owner, so that a command run as root does not lock the
//! service out.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use crate::failure::Failure;

/// Makes the data folder, for its owner only. A folder that exists keeps its mode: it may hold other things.
///
/// # Errors
/// It cannot be made or written.
pub(crate) fn make_folder(data: &Path) -> Result<(), Failure> {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    let made = folder.create(data).and_then(|()| {
        // The permission bits do not tell everything: the file system may be read-only.
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

/// Opens a file for writing. One that is made is its owner's only.
pub(crate) fn create(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    let file = options.open(path)?;
    give_to_owner_of_folder(&file, path);
    Ok(file)
}

/// Makes a new file with this content and puts it on the disk.
pub(crate) fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = create(path, OpenOptions::new().create_new(true))?;
    io::Write::write_all(&mut file, content)?;
    file.sync_all()
}

/// Waits for the lock on a file. An older Guildhall run as root may have left a lock that only root can write,
/// and reading is enough for locking.
///
/// # Errors
/// The file cannot be made or opened. The sentence says whose it is.
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

/// Makes the SQLite file unless it is there, and takes the rights of others from it. SQLite gives its two side
/// files the mode and the owner of the file.
pub(crate) fn prepare_database(file: &Path) {
    // An existing file is not opened: closing it would drop the locks that SQLite holds in this process. What
    // cannot be made here, SQLite cannot open either, and it says so.
    _ = create(file, OpenOptions::new().create_new(true));
    for file in database_files(file) {
        tighten(&file);
    }
}

/// The database and the two files that SQLite keeps beside it.
pub(crate) fn database_files(file: &Path) -> [PathBuf; 3] {
    [file.to_owned(), beside(file, "-wal"), beside(file, "-shm")]
}

/// The path with something after its name.
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
        // Only root may do this. For everybody else the file stays theirs.
        _ = fchown(file, Some(folder.uid()), Some(folder.gid()));
    }
}

#[cfg(not(unix))]
fn give_to_owner_of_folder(_: &File, _: &Path) {}

#[cfg(unix)]
fn tighten(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    if mode(file).is_some_and(|mode| mode & 0o077 != 0) {
        // Fails for a file of somebody else; `doctor` names it.
        _ = fs::set_permissions(file, fs::Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
fn tighten(_: &Path) {}

/// A sentence about a file that belongs to another user, to go after an error.
#[cfg(unix)]
pub(crate) fn owner_hint(path: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let owner = fs::metadata(path).ok()?.uid();
    // The process's own user, where the system tells it this way.
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

/// Which files other users of the machine can open, and what to do; none when all is well.
#[cfg(unix)]
pub(crate) fn exposed(data: &Path, database: Option<&Path>, settings: Option<&Path>) -> Option<String> {
    let mut wrong = Vec::new();
    let mut look = |path: PathBuf, others: u32, right: &str| {
        if let Some(mode) = mode(&path).filter(|mode| mode & others != 0) {
            let path = path.display();
            wrong.push(format!("{path} has mode {:03o}, run chmod {right} {path}", mode & 0o777));
        }
    };
    look(data.to_owned(), 0o077, "700");
    for file in database.map(database_files).into_iter().flatten().chain([data.join("secret")]) {
        look(file, 0o077, "600");
    }
    if let Some(settings) = settings {
        // May belong to root and be readable by the service's group.
        look(settings.to_owned(), 0o007, "o-rwx");
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
