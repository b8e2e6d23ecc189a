//! Documents stay correct: the files, names, addresses, commands and links that they mention exist. Reads files
//! only.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const DOCUMENTS: [&str; 7] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "docs/behaviours.md",
    "docs/comparison.md",
    "docs/operating.md",
];
/// The folders that paths and names in documents refer to.
const FOLDERS: [&str; 14] = [
    "app",
    "assets",
    "docs",
    "domain",
    "frontend",
    "locales",
    "markup",
    "matching",
    "migrations",
    "server",
    "store",
    "style",
    "tests",
    "xtask",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every identifier in the Rust sources and every module name.
fn names(path: &Path, found: &mut BTreeSet<String>) {
    if path.is_dir() {
        // A module is a file or a folder.
        found.insert(path.file_name().unwrap().to_str().unwrap().to_owned());
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if !path.ends_with("node_modules") && !path.ends_with("target") {
                names(&path, found);
            }
        }
    } else if path.extension().is_some_and(|end| end == "rs") {
        found.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
        for line in fs::read_to_string(path).unwrap().lines() {
            let code = line.split("//").next().unwrap_or_default();
            let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
            found.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        }
    }
}

/// The anchor that links to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect()
}

fn anchors(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| anchor(line.trim_start_matches('#').trim_start()))
        .collect()
}

/// The mistakes of a document. `names` are the identifiers of the sources.
fn mistakes(path: &str, text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let commands = fs::read_to_string(root().join("xtask/src/main.rs")).unwrap();
    let routes = fs::read_to_string(root().join("app/src/routes.rs")).unwrap();
    let mut found = Vec::new();
    let of_a_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    // Four spaces begin a code block, which has no backticks.
    for code in text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)) {
        let (first, _) = code.split_once('/').unwrap_or_default();
        if FOLDERS.contains(&first) && !code.contains([' ', '<', '*', '{']) && !root().join(code).exists() {
            found.push(format!("{path}: there is no file {code}"));
        }
        // A path that begins with a slash is an address of the portal.
        let address = code.split('?').next().unwrap_or_default();
        let is_address = code.starts_with('/') && !code.contains([' ', '*']);
        if is_address
            && !["/etc/", "/usr/", "/var/"].iter().any(|folder| code.starts_with(folder))
            && !routes.contains(&format!("\"{address}\""))
        {
            found.push(format!("{path}: there is no route {address}"));
        }
        let parts: Vec<&str> = code.split("::").collect();
        if parts.len() > 1 && parts.iter().all(|part| of_a_name(part)) {
            for part in parts.iter().filter(|part| !names.contains(**part)) {
                found.push(format!("{path}: there is no {part}, as in {code}"));
            }
        }
    }
    for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        if file.starts_with("https://") {
            continue;
        }
        let linked = root().join(path).parent().unwrap().join(file);
        let linked = if file.is_empty() { Some(text.to_owned()) } else { fs::read_to_string(linked).ok() };
        match linked {
            None => found.push(format!("{path}: the link {target} leads to no file")),
            Some(text) if !heading.is_empty() && !anchors(&text).contains(heading) => {
                found.push(format!("{path}: the link {target} leads to no heading"));
            }
            Some(_) => (),
        }
    }
    for command in text.split("cargo xtask ").skip(1) {
        let command = command.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let mut emails = command.chars();
        let variant: String = emails.next().into_iter().flat_map(char::to_uppercase).chain(emails).collect();
        if !variant.is_empty()
            && !["(", ",", " {"].iter().any(|end| commands.contains(&format!("    {variant}{end}")))
        {
            found.push(format!("{path}: there is no cargo xtask {command}"));
        }
    }
    found
}

#[test]
fn everything_that_documents_mention_exists() {
    let mut known = BTreeSet::new();
    for folder in FOLDERS {
        names(&root().join(folder), &mut known);
    }
    let found: Vec<_> = DOCUMENTS
        .iter()
        .flat_map(|path| mistakes(path, &fs::read_to_string(root().join(path)).unwrap(), &known))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn ci_runs_the_command_of_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    let command = ci.lines().last().unwrap().strip_prefix("exec ").unwrap();
    assert!(readme.lines().any(|line| line.trim_start() == command), "the README does not name {command}");
}

#[test]
fn negative_control_missing_things_are_found() {
    let known = ["store", "events", "rsvp"].map(str::to_owned).into();
    let text = "\
# A heading, with `code`
`store/src/lib.rs`, `store/src/`, `store::events::rsvp`, `/events?when=past`, `/etc/nginx`, `server/templates/<kind>/`, `a/b` and `A::b c` are fine.
[This](#a-heading-with-code), [that](README.md), [these](https://example.org/#x) too, and cargo xtask run.
`store/src/nothing.rs`, `/nothing`, `store::events::nothing`, [a link](nothing.md), [another](#nothing), cargo xtask nothing.
";
    let expected = [
        "X.md: there is no file store/src/nothing.rs",
        "X.md: there is no route /nothing",
        "X.md: there is no nothing, as in store::events::nothing",
        "X.md: the link nothing.md leads to no file",
        "X.md: the link #nothing leads to no heading",
        "X.md: there is no cargo xtask nothing",
    ];
    assert_eq!(mistakes("X.md", text, &known), expected);
}
