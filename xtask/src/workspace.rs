//! Finds the workspace, cargo's target folder and cargo itself.

use crate::child;
use anyhow::{Context, Result};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The workspace, from `cargo metadata`.
pub(crate) struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder. `CARGO_TARGET_DIR` changes it.
    pub(crate) target: PathBuf,
    /// The output of `cargo metadata --no-deps`.
    pub(crate) metadata: serde_json::Value,
}

impl Workspace {
    /// Reads the metadata of the workspace that contains this tool.
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

    /// A command of the cargo that started this tool, in the root of the workspace.
    pub(crate) fn cargo<const N: usize>(&self, arguments: [&str; N]) -> Command {
        let mut command = cargo_in(&self.root);
        command.args(arguments);
        command
    }

    /// The folder that the server embeds. `CARGO_TARGET_DIR` doesn't change it.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The path of the built server. `profile` is the name of the folder in the target folder.
    pub(crate) fn server(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("guildhall")
    }
}

fn cargo_in(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    // Cargo sets variables about the package that it runs. If they were passed on, some build scripts would run
    // again whenever a build alternates between this tool and a direct cargo command.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command.env("CARGO_TERM_PROGRESS_WHEN", "never");
    command
}

/// The path of a program, found in PATH.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// All files below `folder`, sorted, as relative paths. Empty if the folder doesn't exist.
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
