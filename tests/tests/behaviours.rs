//! Checks the catalogue in `docs/behaviours.md`: each number that the repository uses is listed, and each
//! behaviour that works has a test that names its number. Reads files only.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The letters that numbers begin with: seats, time, email, agenda, check-in, safety, kudos, mentoring and
/// reliability.
const SERIES: &str = "ABCDEFKMR";
const CATALOGUE: &str = "docs/behaviours.md";
/// The folders and files whose Rust, JavaScript and Markdown may name behaviours.
const SEARCHED: [&str; 14] = [
    "app",
    "docs",
    "domain",
    "frontend",
    "markup",
    "matching",
    "migrations",
    "server",
    "store",
    "tests",
    "xtask",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
];
/// This file, which is skipped because its made-up sources name numbers that do not exist.
const THIS_FILE: &str = "tests/tests/behaviours.rs";

/// A file's path below the repository's root, and its text.
type Source = (String, String);

fn read(path: &Path, root: &Path, found: &mut Vec<Source>) {
    if path.is_dir() {
        if !["node_modules", "target", "snapshots"].iter().any(|name| path.ends_with(name)) {
            for entry in fs::read_dir(path).unwrap() {
                read(&entry.unwrap().path(), root, found);
            }
        }
    } else if path.extension().is_some_and(|end| end == "rs" || end == "mjs" || end == "md") {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        if name != THIS_FILE {
            found.push((name, fs::read_to_string(path).unwrap()));
        }
    }
}

/// The number at the start of `text`, for example `A6` or `C12`, and the rest.
fn number(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let is_number = text.starts_with(|c| SERIES.contains(c)) && (1..=2).contains(&digits);
    is_number.then(|| text.split_at(digits + 1))
}

/// The numbers in prose. Only whole words count, so neither `%C3` nor `RFC3464` is a number.
fn numbers(text: &str) -> BTreeSet<&str> {
    let is_part_of_word = |c: char| c.is_alphanumeric() || "_%.-".contains(c);
    let mut found = BTreeSet::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if !is_part_of_word(before)
            && let Some((number, rest)) = number(&text[at..])
            && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        {
            found.insert(number);
        }
        before = c;
    }
    found
}

/// The prose in a line of code: its comment, and numbers in brackets in its strings, for example `(A3)`.
fn prose(line: &str) -> String {
    let is_list =
        |text: &&str| text.split(", ").all(|word| number(word).is_some_and(|(_, rest)| rest.is_empty()));
    let trimmed = line.trim_start();
    let comment = match line.split_once("//") {
        Some((_, comment)) => comment,
        None if trimmed.starts_with("/*") || trimmed.starts_with("* ") => trimmed,
        None => "",
    };
    let printed: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    let printed = printed.join(" ");
    let brackets = printed.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(text, _)| text);
    let mut found: Vec<&str> = brackets.filter(is_list).collect();
    found.push(comment);
    found.join(" ")
}

/// The numbers before the colon of a comment above a test, for example `A6: …` or `C4, C5: …`.
fn named_in_front(comment: &str) -> BTreeSet<&str> {
    let mut named = BTreeSet::new();
    let Some((front, _)) = comment.split_once(':') else { return named };
    for word in front.split(", ") {
        match number(word.trim_start()) {
            Some((number, "")) => named.insert(number),
            _ => return BTreeSet::new(),
        };
    }
    named
}

/// The number at the start of a test's name: `a6_a_party_keeps_its_place` tests A6.
fn named_by(function: &str) -> Option<String> {
    let (head, _) = function.split_once('_')?;
    let head = head.to_ascii_uppercase();
    number(&head).filter(|(_, rest)| rest.is_empty()).map(|(number, _)| number.to_owned())
}

/// The numbers that the tests of a file name. Rust tests name them at the start of their name or in the comment
/// above, JavaScript tests in the comment above.
fn tested(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut above = BTreeSet::new();
    let mut is_test = false;
    for line in source.lines() {
        let trimmed = line.trim_start();
        if trimmed.is_empty() {
            (above, is_test) = (BTreeSet::new(), false);
        } else if let Some(comment) = trimmed.strip_prefix("//") {
            above.extend(named_in_front(comment.trim_start_matches('/')).into_iter().map(str::to_owned));
        } else if trimmed.starts_with("#[") {
            is_test |= trimmed.contains("test") && !trimmed.contains("cfg(");
        } else if trimmed.starts_with("test(") {
            found.append(&mut above);
        } else if let Some(rest) = trimmed.trim_start_matches("async ").strip_prefix("fn ") {
            if is_test {
                found.append(&mut above);
                found.extend(named_by(rest.split(['(', '<']).next().unwrap_or_default()));
            }
            (above, is_test) = (BTreeSet::new(), false);
        }
    }
    found
}

/// The rows of the catalogue: number, text and status.
fn rows(catalogue: &str) -> Vec<(&str, &str, &str)> {
    catalogue
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .filter_map(|line| {
            let (name, rest) = line.split_once(" | ")?;
            let (text, status) = rest.rsplit_once(" | ")?;
            number(name).filter(|(_, rest)| rest.is_empty()).map(|(name, _)| (name, text, status))
        })
        .collect()
}

/// Every disagreement between the catalogue and the sources.
fn disagreements(catalogue: &str, sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    let mut listed = BTreeMap::new();
    for (number, text, status) in rows(catalogue) {
        if !["done", "partly", "planned"].contains(&status) {
            found.push(format!("{number} has the unknown status {status:?}"));
        }
        if (status == "partly") != text.contains("Planned: ") {
            found.push(format!("{number} is partly done, or says what is planned, but not both"));
        }
        if listed.insert(number, status).is_some() {
            found.push(format!("{number} is listed twice"));
        }
    }
    let mut used: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut tests = BTreeSet::new();
    for number in numbers(catalogue) {
        used.entry(number.to_owned()).or_default().insert(CATALOGUE);
    }
    for (path, text) in sources.iter().filter(|(path, _)| path != CATALOGUE) {
        let tested_here = tested(text);
        let is_code = !path.ends_with(".md");
        let prose: String =
            if is_code { text.lines().map(|line| prose(line) + "\n").collect() } else { text.clone() };
        for number in numbers(&prose).into_iter().map(str::to_owned).chain(tested_here.iter().cloned()) {
            used.entry(number).or_default().insert(path);
        }
        if is_code {
            tests.extend(tested_here);
        }
    }
    for (number, paths) in &used {
        if !listed.contains_key(number.as_str()) {
            found.push(format!("{number} is not listed, but used in {paths:?}"));
        }
    }
    for (number, status) in listed {
        match (status, tests.contains(number)) {
            ("done" | "partly", false) => found.push(format!("{number} is {status}, but no test names it")),
            ("planned", true) => found.push(format!("{number} is planned, but a test names it")),
            _ => (),
        }
    }
    found
}

#[test]
fn every_number_is_in_the_catalogue_and_what_works_is_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut sources = Vec::new();
    for name in SEARCHED {
        read(&root.join(name), root, &mut sources);
    }
    let catalogue = fs::read_to_string(root.join(CATALOGUE)).unwrap();
    assert!(rows(&catalogue).len() > 100, "the test finds the rows of the catalogue");
    assert!(sources.len() > 400, "the test finds the sources");
    assert_eq!(disagreements(&catalogue, &sources), Vec::<String>::new());
}

#[test]
fn negative_control_each_kind_of_fault_is_found() {
    let catalogue = "\
# Made up
| number | behaviour | status |
|---|---|---|
| A1 | Works. | done |
| A2 | Has no test, and refers to A1 and A97. | done |
| A3 | Half of it. Planned: the rest. | partly |
| A4 | Not yet. | planned |
| A5 | Not yet, but a test says it is. | planned |
| A6 | Nobody knows. | maybe |
| A7 | Half of it, nobody knows which. | partly |
| A7 | Once more. | done |
| A8 | Works in the browser. | done |
| A9 | Printed. | done |
";
    let rust = "\
//! Numbers in comments count (A1, A98), those in data do not: RFC3464, `%C3`.
let path = \"M2 2h12v12H2z A89\";
let check = \"what is printed counts (A9, A96)\"; let hex = call(A88);

#[guild_test]
async fn a1_it_works(g: Guild) {
    fn a2_is_a_helper() {}
}

/// A3, A7: half of it.
///
/// More.
#[guild_test]
async fn half(g: Guild) {}

/// A2: a helper is no test.
fn a2_helper() {}

/// Something about A2: the number is not in front.
#[tokio::test]
#[expect(
    clippy::unwrap_used,
    reason = \"of a reason\"
)]
async fn a5_is_tested() {}

/// A9: it is printed.
#[test]
fn is_printed() {}
";
    let script = "// A8: in the browser.\ntest(\"it works\", () => {});\n\n// A2: nothing.\n\ntest(\"no\", () => {});\n";
    let readme = "R1 is explained here, M99 is not.\n";
    let sources = [("a.rs", rust), ("b.mjs", script), ("c.md", readme)]
        .map(|(path, text)| (path.to_owned(), text.to_owned()));
    let expected = [
        "A6 has the unknown status \"maybe\"",
        "A7 is partly done, or says what is planned, but not both",
        "A7 is listed twice",
        "A96 is not listed, but used in {\"a.rs\"}",
        "A97 is not listed, but used in {\"docs/behaviours.md\"}",
        "A98 is not listed, but used in {\"a.rs\"}",
        "M99 is not listed, but used in {\"c.md\"}",
        "R1 is not listed, but used in {\"c.md\"}",
        "A2 is done, but no test names it",
        "A5 is planned, but a test names it",
    ];
    assert_eq!(disagreements(catalogue, &sources), expected);
}
