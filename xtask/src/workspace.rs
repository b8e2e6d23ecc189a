//! Where things are: the workspace, cargo's target folder, cargo itself.

use crate::child;
use anyhow::{Context, Result};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The workspace as `cargo metadata` describes it.
pub(crate) struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds; `CARGO_TARGET_DIR` moves it.
    pub(crate) target: PathBuf,
    /// What `cargo metadata --no-deps` said.
    pub(crate) metadata: serde_json::Value,
}

impl Workspace {
    /// Asks cargo about the workspace this tool belongs to.
    pub(crate) fn find() -> Result<Self> {
        let here = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => env::current_dir().context("Cannot read the current folder.")?,
        };
        let mut command = cargo_in(&here);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: serde_json::Value = serde_json::from_str(&child::stdout(command)?)?;
        let path = |key: &str| {
            metadata[key]
                .as_str()
                .map(PathBuf::from)
                .with_context(|| format!("cargo metadata does not contain `{key}`."))
        };
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")?, metadata })
    }

    /// A call of the cargo that started this tool, from the workspace's root.
    pub(crate) fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = cargo_in(&self.root);
        command.args(arguments);
        command
    }

    /// The folder the server embeds; it does not move with `CARGO_TARGET_DIR`.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The server as cargo built it, `profile` being the name of the folder.
    pub(crate) fn server(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("guildhall")
    }
}

fn cargo_in(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    // Cargo describes the package it runs to its child. Passed on, that would make some build scripts run again
    // whenever the same build is asked for with and without this tool.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command.env("CARGO_TERM_PROGRESS_WHEN", "never");
    command
}

/// The program `name`, as the shell would find it.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Every file below `folder`, sorted, as paths relative to it. No folder, no files.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    fn walk(folder: &Path, base: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
        for entry in folder.read_dir().with_context(|| format!("Cannot read {}.", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                walk(&path, base, found)?;
            } else {
                found.push(path.strip_prefix(base)?.to_path_buf());
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(folder, folder, &mut found)?;
    }
    found.sort();
    Ok(found)
}
