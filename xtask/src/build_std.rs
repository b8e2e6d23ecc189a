//! Builds Rust's standard library for the browser from Debian's package `rust-src`. This is for machines where
//! rustup can't download it.
//!
//! The system's apt isn't changed. Only the address of its archive is read, and everything else is in a
//! temporary folder.

use crate::{
    apt, child,
    progress::Line,
    wasm_target::{TARGET, rustc},
    workspace::Workspace,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The Debian releases that may have a newer Rust than the machine's own release.
const SUITES: &str = "trixie-backports forky sid";
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Downloads the source that matches this rustc, builds it, and puts the result where rustc finds it.
pub(crate) fn build(workspace: &Workspace, line: &Line) -> Result<()> {
    let sysroot = PathBuf::from(rustc(workspace, &["--print", "sysroot"])?).join("lib/rustlib");
    let version = rustc(workspace, &["--version"])?;
    let version = version.split_whitespace().nth(1).context("`rustc --version` does not print a version.")?;
    let folder = tempfile::tempdir()?;
    let source = sysroot.join("src/rust/library");
    if !source.join("std/Cargo.toml").exists() {
        fetch(folder.path(), version, &source, line)?;
    }
    let built = compile(workspace, folder.path(), line)?;

    // Copy to a temporary folder first, so that another cargo never sees a partial library.
    let home = sysroot.join(TARGET);
    let library = home.join("lib");
    let temporary = home.join(format!("lib.{}", std::process::id()));
    fs::create_dir_all(&temporary).with_context(|| format!("Cannot write to {}.", home.display()))?;
    for file in built.read_dir()? {
        let file = file?;
        if file.path().extension().is_some_and(|extension| extension == "rlib") {
            fs::copy(file.path(), temporary.join(file.file_name()))?;
        }
    }
    if library.exists() {
        fs::remove_dir_all(&library)?;
    }
    fs::rename(&temporary, &library)?;
    Ok(())
}

/// Downloads the source of the standard library to `source`.
fn fetch(folder: &Path, version: &str, source: &Path, line: &Line) -> Result<()> {
    let missing = || {
        format!(
            "Rust's standard library for {TARGET} is missing, and the Debian archive has no rust-src {version}. \
             Install it with `rustup target add {TARGET}` and try again."
        )
    };
    let apt = PrivateApt::new(folder)?;
    // `update` fails if a single suite is missing, so look at the lists that were downloaded.
    let updated = child::run(apt.command("apt-get", &["update"]), line);
    let offered = child::stdout(apt.command("apt-cache", &["madison", "rust-src"])).unwrap_or_default();
    let Some(chosen) = choose(&offered, version) else {
        return match updated {
            Err(error) => Err(error).with_context(missing),
            Ok(_) => bail!(missing()),
        };
    };
    let package = format!("rust-src={chosen}");
    let mut download = apt.command("apt-get", &["download", &package]);
    download.current_dir(folder);
    child::run(download, line).with_context(missing)?;

    let package = with_prefix(folder, "rust-src_")?;
    let unpacked = folder.join("unpacked");
    let mut unpack = Command::new("dpkg");
    unpack.arg("-x").arg(package).arg(&unpacked);
    child::run(unpack, line)?;
    let library = with_prefix(&unpacked.join("usr/src"), "rustc-")?.join("library");
    let parent = source.parent().context("The sysroot has no source folder.")?;
    fs::create_dir_all(parent).with_context(|| format!("Cannot write to {}.", parent.display()))?;
    let temporary = parent.join(format!("library.{}", std::process::id()));
    let mut copy = Command::new("cp");
    copy.arg("-a").arg(library).arg(&temporary);
    child::run(copy, line)?;
    if source.exists() {
        fs::remove_dir_all(source)?;
    }
    fs::rename(temporary, source)?;
    Ok(())
}

/// Compiles the standard library as part of an empty crate. Returns the folder with the result.
fn compile(workspace: &Workspace, folder: &Path, line: &Line) -> Result<PathBuf> {
    let empty = folder.join("empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("src/lib.rs"), "")?;
    fs::write(empty.join("Cargo.toml"), "[package]\nname = \"empty\"\nedition = \"2024\"\n[workspace]\n")?;
    let mut build = workspace.cargo(["build", "--release", "-Z", "build-std=std,panic_abort,panic_unwind"]);
    build.args(["--target", TARGET]).arg("--target-dir").arg(folder.join("target"));
    // Building the standard library is unstable in cargo. With the matching source, the result is the same as
    // rustup's.
    build
        .env("RUSTC_BOOTSTRAP", "1")
        // By default, cargo leaves out the bitcode that link-time optimisation needs.
        .env("RUSTFLAGS", "-C embed-bitcode=yes")
        .current_dir(&empty);
    child::run(build, line).context(
        "Cannot build the standard library for the browser. Run `rustup target add` and try again.",
    )?;
    Ok(folder.join("target").join(TARGET).join("release/deps"))
}

/// An apt with its own package lists, which doesn't touch the system's.
struct PrivateApt {
    options: Vec<String>,
}

impl PrivateApt {
    fn new(folder: &Path) -> Result<Self> {
        let address = apt::archive()
            .context("/etc/apt does not name a Debian archive. Run `rustup target add` yourself.")?;
        let sources = folder.join("sources.list");
        let lines: Vec<String> = SUITES
            .split(' ')
            .map(|suite| format!("deb [signed-by={KEYRING}] {address} {suite} main\n"))
            .collect();
        fs::write(&sources, lines.concat())?;
        let (lists, cache) = (folder.join("lists"), folder.join("cache"));
        fs::create_dir_all(lists.join("partial"))?;
        fs::create_dir_all(cache.join("archives/partial"))?;
        Ok(Self {
            options: vec![
                format!("Dir::Etc::SourceList={}", sources.display()),
                "Dir::Etc::SourceParts=/dev/null".to_owned(),
                format!("Dir::State::Lists={}", lists.display()),
                format!("Dir::Cache={}", cache.display()),
                // apt's default user can't write to this private folder.
                "APT::Sandbox::User=root".to_owned(),
                "Acquire::Languages=none".to_owned(),
            ],
        })
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        for option in &self.options {
            command.arg("-o").arg(option);
        }
        command.args(arguments);
        command
    }
}

/// The best version in the output of `apt-cache madison`: the same version, or else the nearest patch release
/// of the same minor version.
fn choose(offered: &str, wanted: &str) -> Option<String> {
    let number = |version: &str| -> Option<(u32, u32, u32)> {
        let plain = version.split(['+', '-', '~']).next()?;
        let mut parts = plain.split('.').map(|part| part.parse().ok());
        Some((parts.next()??, parts.next()??, parts.next()??))
    };
    let wanted = number(wanted)?;
    offered
        .lines()
        .filter_map(|line| line.split('|').nth(1).map(str::trim))
        .filter_map(|version| Some((number(version)?, version)))
        .filter(|((major, minor, _), _)| (*major, *minor) == (wanted.0, wanted.1))
        .min_by_key(|((_, _, patch), _)| patch.abs_diff(wanted.2))
        .map(|(_, version)| version.to_owned())
}

fn with_prefix(folder: &Path, prefix: &str) -> Result<PathBuf> {
    folder
        .read_dir()?
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path())
        .with_context(|| format!("The Debian package rust-src does not contain {prefix}*."))
}

#[cfg(test)]
mod tests {
    use super::choose;

    const OFFERED: &str = "  rust-src | 1.95.1+dfsg1-1 | http://mirror.example/debian sid/main amd64 Packages\n  \
        rust-src | 1.95.0+dfsg1-1~bpo13+1 | http://mirror.example/debian trixie-backports/main amd64 Packages\n  \
        rust-src | 1.94.0+dfsg1-2 | http://mirror.example/debian forky/main amd64 Packages\n";

    #[test]
    fn the_same_version_wins() {
        assert_eq!(choose(OFFERED, "1.95.0").as_deref(), Some("1.95.0+dfsg1-1~bpo13+1"));
    }

    #[test]
    fn without_the_same_version_the_nearest_patch_release_is_used() {
        assert_eq!(choose(OFFERED, "1.94.3").as_deref(), Some("1.94.0+dfsg1-2"));
        assert_eq!(choose(OFFERED, "1.95.7").as_deref(), Some("1.95.1+dfsg1-1"));
    }

    #[test]
    fn other_minor_versions_are_not_used() {
        assert_eq!(choose(OFFERED, "1.96.0"), None);
        assert_eq!(choose("", "1.95.0"), None);
    }
}
