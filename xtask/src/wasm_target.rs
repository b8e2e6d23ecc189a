//! Provides the standard library for the browser. If it is missing, rustup downloads it, or it is built once
//! from Debian's copy of its source.

use crate::{apt, build_std, child, progress::Report, workspace::Workspace};
use anyhow::{Result, bail};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// rustc's name for the target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that `cargo build --target wasm32-unknown-unknown` works.
pub(crate) fn ensure(workspace: &Workspace, report: &mut Report) -> Result<()> {
    let library = PathBuf::from(rustc(workspace, &["--print", "target-libdir", "--target", TARGET])?);
    if has_std(&library) {
        return Ok(());
    }
    report.step("fetch the browser's standard library", |line| {
        let mut rustup = Command::new("rustup");
        rustup.current_dir(&workspace.root).args(["target", "add", TARGET]);
        if child::run(rustup, line).is_ok() && has_std(&library) {
            return Ok(());
        }
        if !apt::usable() {
            bail!(
                "Rust's standard library for {TARGET} is missing and rustup could not fetch it. \
                 Install it with `rustup target add {TARGET}` and try again."
            );
        }
        build_std::build(workspace, line)?;
        if !has_std(&library) {
            bail!(
                "The standard library was built, but rustc does not find it. Run `rustup target add {TARGET}`."
            );
        }
        Ok(())
    })
}

/// Runs rustc (the one that belongs to the running cargo) and returns its output.
pub(crate) fn rustc(workspace: &Workspace, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.current_dir(&workspace.root).args(arguments);
    child::stdout(command)
}

fn has_std(library: &Path) -> bool {
    let Ok(entries) = library.read_dir() else {
        return false;
    };
    entries.filter_map(Result::ok).any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}
