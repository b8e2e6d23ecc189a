//! What the dependencies may be: their licences, and libraries that must not get in or must not come twice.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{collections::BTreeMap, path::Path, process::Command};

/// Licences that let anybody distribute the program in binary form. MPL-2.0 only covers its own files.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Zlib",
];

/// Cryptography that needs a C library or its build tools. The portal uses rustls with ring.
const REFUSED: [&str; 5] = ["openssl", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys"];

/// Libraries whose types pass between crates, and which a second version would split in two.
const ONCE: [&str; 5] = ["axum", "sqlx", "sqlx-core", "rustls", "tokio"];

/// A package: its name, version and licence.
type Package = (String, String, String);

/// The packages of all our crates, on every platform.
fn packages() -> Vec<Package> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let metadata = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let text =
        |package: &serde_json::Value, field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| (text(package, "name"), text(package, "version"), text(package, "license")))
        .collect()
}

/// Whether an expression leaves a choice of allowed licences. A slash is an old way to write `OR`. Every part of
/// an `AND` has to be allowed, whatever brackets say.
fn is_allowed(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    plain.split(" AND ").all(|part| part.split(" OR ").any(|licence| ALLOWED.contains(&licence.trim())))
}

/// Everything that is wrong with these packages.
fn problems(packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, version, licence) in packages {
        if !is_allowed(licence) {
            found.push(format!("{name} {version} has the licence {licence:?}"));
        }
        if REFUSED.contains(&name.as_str()) {
            found.push(format!("{name} {version} is refused"));
        }
        versions.entry(name).or_default().push(version);
    }
    for name in ONCE {
        if let Some(many) = versions.get(name).filter(|versions| versions.len() > 1) {
            found.push(format!("{name} comes in {} versions", many.len()));
        }
    }
    found
}

#[test]
fn dependencies_have_allowed_licences_and_come_once() {
    let packages = packages();
    assert!(packages.len() > 300, "the test finds the dependencies");
    for name in ONCE {
        assert!(packages.iter().any(|(known, ..)| known == name), "{name} is not a dependency any more");
    }
    assert_eq!(problems(&packages), Vec::<String>::new());
}

#[test]
fn negative_control_each_kind_of_bad_dependency_is_found() {
    let package =
        |name: &str, version: &str, licence: &str| (name.to_owned(), version.to_owned(), licence.to_owned());
    let bad = [
        package("good", "1.0.0", "(MIT OR GPL-3.0-only) AND Unicode-3.0"),
        package("older", "1.0.0", "MIT/Apache-2.0"),
        package("copyleft", "1.0.0", "GPL-3.0-only"),
        package("both", "1.0.0", "MIT AND AGPL-3.0-only"),
        package("nothing", "1.0.0", ""),
        package("openssl", "0.10.0", "Apache-2.0"),
        package("tokio", "1.0.0", "MIT"),
        package("tokio", "2.0.0", "MIT"),
    ];
    let expected = [
        "copyleft 1.0.0 has the licence \"GPL-3.0-only\"",
        "both 1.0.0 has the licence \"MIT AND AGPL-3.0-only\"",
        "nothing 1.0.0 has the licence \"\"",
        "openssl 0.10.0 is refused",
        "tokio comes in 2 versions",
    ];
    assert_eq!(problems(&bad), expected);
}
