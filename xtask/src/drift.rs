//! Finds unused dependencies and unused snapshots.

use crate::workspace::{Workspace, files};
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Dependencies that no source file names: the crate, the dependency and the reason for it.
const UNNAMED: [(&str, &str, &str); 1] =
    [("app", "icu_provider", "Its feature `sync` lets formatters be kept in a static.")];

/// Finds dependencies that no source file of their crate names, and exceptions that are no longer needed.
pub(crate) fn dependencies(workspace: &Workspace) -> Result<()> {
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    for package in list(&workspace.metadata["packages"]) {
        let member = package["name"].as_str().unwrap_or_default();
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
        let sources = sources(manifest.parent().context("A manifest has no folder.")?)?;
        for dependency in list(&package["dependencies"]) {
            let name = dependency["name"].as_str().unwrap_or_default();
            used.insert(name.to_owned());
            let identifier = dependency["rename"].as_str().unwrap_or(name).replace('-', "_");
            let is_exception = UNNAMED.iter().any(|(of, on, _)| (*of, *on) == (member, name));
            match (contains_word(&sources, &identifier), is_exception) {
                (false, false) => {
                    findings.push(format!("{member}/Cargo.toml: `{name}` is not used. Remove it."))
                }
                (true, true) => findings.push(format!(
                    "xtask/src/drift.rs: `{name}` of {member} is used, so it needs no exception. Remove it."
                )),
                _ => {}
            }
        }
    }
    let root = fs::read_to_string(workspace.root.join("Cargo.toml"))?;
    for name in shared(&root).filter(|name| !used.contains(*name)) {
        findings.push(format!("Cargo.toml: no crate uses `{name}` of [workspace.dependencies]. Remove it."));
    }
    fail_on(findings)
}

/// Finds snapshots that no test has used. `seen` is the file in which insta lists the used ones, after a run of
/// all tests.
pub(crate) fn snapshots(workspace: &Workspace, seen: &Path) -> Result<()> {
    let listed = fs::read_to_string(seen).unwrap_or_default();
    let seen: BTreeSet<PathBuf> = listed.lines().filter_map(|line| fs::canonicalize(line).ok()).collect();
    let mut findings = Vec::new();
    for package in workspace.metadata["packages"].as_array().into_iter().flatten() {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
        let folder = manifest.parent().context("A manifest has no folder.")?;
        for file in files(&folder.join("src"))?
            .iter()
            .map(|file| Path::new("src").join(file))
            .chain(files(&folder.join("tests"))?.iter().map(|file| Path::new("tests").join(file)))
        {
            let path = folder.join(&file);
            if path.extension().is_some_and(|extension| extension == "snap")
                && !seen.contains(&fs::canonicalize(&path)?)
            {
                let path = path.strip_prefix(&workspace.root).unwrap_or(&path);
                findings.push(format!("{}: no test uses this snapshot. Remove it.", path.display()));
            }
        }
    }
    fail_on(findings)
}

fn fail_on(findings: Vec<String>) -> Result<()> {
    if !findings.is_empty() {
        bail!("{}", findings.join("\n"));
    }
    Ok(())
}

/// The text of a crate's Rust files, without whole-line comments.
fn sources(folder: &Path) -> Result<String> {
    let mut text = String::new();
    for part in ["src", "tests", "benches", "examples"] {
        for file in files(&folder.join(part))? {
            if file.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(folder.join(part).join(file))?;
                for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    if let Ok(build) = fs::read_to_string(folder.join("build.rs")) {
        text.push_str(&build);
    }
    Ok(text)
}

/// Whether the text contains `name` as a whole word.
fn contains_word(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(part)
            && !text[at + name.len()..].chars().next().is_some_and(part)
    })
}

/// The names in `[workspace.dependencies]` of the manifest.
fn shared(manifest: &str) -> impl Iterator<Item = &str> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_whole_word() {
        assert!(contains_word("use serde::Serialize;", "serde"));
        assert!(!contains_word("use serde_json::Value; myserde::x()", "serde"));
    }

    #[test]
    fn the_shared_dependencies_are_listed() {
        let manifest = "[workspace]\na = 1\n[workspace.dependencies]\n# web\nleptos   = \"0.8\"\naxum = { version = \"0.8\" }\n\n\
            [profile.dev]\ndebug = true\n";
        assert_eq!(shared(manifest).collect::<Vec<_>>(), ["leptos", "axum"]);
    }
}
