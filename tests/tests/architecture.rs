//! The map holds: which crate may use which, and where each kind of line lives.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Arrows between our crates, without those that only tests draw.
const ARROWS: &[(&str, &str)] = &[
    ("frontend", "app"),
    ("app", "domain"),
    ("app", "store"),
    ("store", "domain"),
    ("server", "app"),
    ("server", "domain"),
    ("server", "matching"),
    ("server", "store"),
    ("server", "migrations"),
    ("tests", "app"),
    ("tests", "domain"),
    ("tests", "store"),
    ("tests", "server"),
    ("tests", "migrations"),
];

#[test]
fn arrows_point_one_way() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let metadata = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let ours: BTreeSet<_> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    let mut arrows = BTreeSet::new();
    for package in packages {
        for dependency in package["dependencies"].as_array().unwrap() {
            let to = dependency["name"].as_str().unwrap();
            if ours.contains(to) && dependency["kind"].is_null() {
                arrows.insert((package["name"].as_str().unwrap(), to));
            }
        }
    }
    assert_eq!(arrows, ARROWS.iter().copied().collect());
}

/// Every Rust file below a folder, with its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The files below `folders` that hold `needle`, except those that may.
fn holding(needle: &str, folders: &[&str], except: &[&str]) -> Vec<String> {
    let all = folders.iter().flat_map(|folder| sources(folder));
    all.filter(|(name, text)| text.contains(needle) && !except.iter().any(|may| name.starts_with(may)))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn only_store_and_migrations_say_sql() {
    let nobody: Vec<String> = Vec::new();
    assert_eq!(holding("sea_orm", &["domain/src", "app/src", "server/src", "frontend/src"], &[]), nobody);
    // The test looks where it should: store does say it.
    assert!(!holding("sea_orm", &["store/src"], &[]).is_empty());
}

#[test]
fn a_text_area_is_written_in_one_place_where_it_is_escaped() {
    let raw = holding("<textarea", &["app/src"], &["app/src/ui/"]);
    assert!(raw.is_empty(), "use ui::TextArea, the raw tag is stored script: {raw:?}");
}

#[test]
fn pages_have_no_inline_styles() {
    let styled = holding(" style=", &["app/src"], &[]);
    assert!(styled.is_empty(), "the content security policy forbids it: {styled:?}");
}

#[test]
fn every_server_function_names_its_door_and_reads_a_form() {
    let mut seen = 0;
    for (name, text) in sources("app/src") {
        for attribute in text.split("#[server").skip(1).filter(|rest| rest.starts_with("(prefix")) {
            let attribute = attribute.split(']').next().unwrap();
            assert!(attribute.contains("endpoint"), "{name}: {attribute}");
            assert!(
                !attribute.contains("Get") && !attribute.contains("input"),
                "a mutation over GET can be forged: {name}: {attribute}"
            );
            seen += 1;
        }
    }
    assert!(seen >= 5, "the test looks where server functions are");
}

#[test]
fn every_module_says_what_it_is() {
    for folder in
        ["domain/src", "matching/src", "store/src", "app/src", "server/src", "migrations/src", "xtask/src"]
    {
        for (name, text) in sources(folder) {
            assert!(text.starts_with("//!"), "{name} begins without a //! line");
        }
    }
}
