//! Inside a crate, imports go in one direction: files may import each other in a circle only within the folder
//! of one feature.
//!
//! The graph is built from the sources. A file points at the files that define what it names: in `use`, and in
//! paths that start with `crate`, `super`, `self`, a child module or an imported name. Re-exports are followed, so
//! a module file that only re-exports its children is no detour. Tests are left out.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The path of a module from the root of its crate. The root itself is empty.
type ModulePath = Vec<String>;

/// One module, as far as its imports go.
#[derive(Default)]
struct Module {
    /// The file that contains it.
    file: String,
    /// What `use` brings in, by local name. Re-exports are among them.
    imports: BTreeMap<String, ModulePath>,
    /// Modules whose public names come in through `*`.
    globs: Vec<ModulePath>,
    /// Names of functions, types and other items that are defined here.
    items: BTreeSet<String>,
    /// Every path in the code, as it is written.
    paths: BTreeSet<ModulePath>,
}

/// The modules of a crate by path.
type Modules = BTreeMap<ModulePath, Module>;

/// The path of the module in a file, which is given relative to `src`.
fn module_of(file: &str) -> ModulePath {
    let mut path: ModulePath = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        path.pop();
    }
    path
}

/// Replaces `crate`, `self` and `super` at the start of a path. The result is `None` for other paths.
fn absolute(path: &[String], here: &[String]) -> Option<ModulePath> {
    let mut base = match path.first()?.as_str() {
        "crate" => Vec::new(),
        "self" => here.to_vec(),
        "super" => here.split_last()?.1.to_vec(),
        _ => return None,
    };
    let mut rest = &path[1..];
    while rest.first().is_some_and(|segment| segment == "super") {
        base.pop();
        rest = &rest[1..];
    }
    base.extend_from_slice(rest);
    Some(base)
}

/// The names and paths of one `use` tree, for example of `a::{b, c as d}`.
fn use_tree(tokens: &[TokenTree], prefix: &[String], found: &mut Vec<(String, ModulePath)>) {
    let mut path = prefix.to_vec();
    let mut name = None;
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(ident) if ident == "as" => {
                name = tokens.get(at + 1).map(ToString::to_string);
                at += 1;
            }
            TokenTree::Ident(ident) => path.push(ident.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '*' => path.push("*".into()),
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
                for part in inner.split(comma).filter(|part| !part.is_empty()) {
                    use_tree(part, &path, found);
                }
                return;
            }
            _ => {}
        }
        at += 1;
    }
    if path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    if let Some(last) = path.last().cloned() {
        found.push((name.unwrap_or(last), path));
    }
}

/// Whether the attribute before `at` leaves out what follows unless it is a test.
fn is_test(attribute: &TokenTree) -> bool {
    attribute.to_string().replace(' ', "").contains("cfg(test)")
}

/// Reads the tokens of a module, or of a block in it.
fn read(stream: TokenStream, file: &str, here: &ModulePath, modules: &mut Modules) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let is = |at: usize, expected: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == expected);
    let word = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    };
    let mut at = 0;
    while at < tokens.len() {
        if is(at, '#') && tokens.get(at + 1).is_some_and(is_test) {
            // Skips the item: up to its block or its semicolon.
            at += 2;
            while at < tokens.len() {
                let block = matches!(&tokens[at], TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
                at += 1;
                if block || is(at - 1, ';') {
                    break;
                }
            }
            continue;
        }
        let Some(first) = word(at) else {
            if let TokenTree::Group(group) = &tokens[at] {
                read(group.stream(), file, here, modules);
            }
            at += 1;
            continue;
        };
        let module =
            modules.entry(here.clone()).or_insert_with(|| Module { file: file.into(), ..Module::default() });
        if first == "use" {
            let end = (at..tokens.len()).find(|&end| is(end, ';')).unwrap_or(tokens.len());
            let mut found = Vec::new();
            use_tree(&tokens[at + 1..end], &[], &mut found);
            for (name, path) in found {
                match path.split_last() {
                    Some((last, rest)) if last == "*" => module.globs.push(rest.to_vec()),
                    _ => drop(module.imports.insert(name, path)),
                }
            }
            at = end + 1;
            continue;
        }
        if let Some(name) = word(at + 1) {
            if first == "mod"
                && let Some(TokenTree::Group(group)) = tokens.get(at + 2)
            {
                let inner: ModulePath = here.iter().cloned().chain([name]).collect();
                read(group.stream(), file, &inner, modules);
                at += 3;
                continue;
            }
            if ["fn", "struct", "enum", "trait", "type", "const", "static", "union"].contains(&first.as_str())
            {
                module.items.insert(name);
            }
        }
        if first == "macro_rules"
            && let Some(name) = word(at + 2)
        {
            module.items.insert(name);
        }
        // A path of two segments or more. What follows a dot or `::` is not the start of one.
        let starts = at == 0 || !(is(at - 1, '.') || (is(at - 1, ':') && at > 1 && is(at - 2, ':')));
        let mut path = vec![first];
        while is(at + 1, ':')
            && is(at + 2, ':')
            && let Some(next) = word(at + 3)
        {
            path.push(next);
            at += 3;
        }
        if starts && path.len() > 1 {
            module.paths.insert(path);
        }
        at += 1;
    }
}

/// The modules of a crate, from its files.
fn modules(files: &[(String, String)]) -> Modules {
    let mut modules = Modules::new();
    for (file, text) in files {
        let here = module_of(file);
        modules.insert(here.clone(), Module { file: file.clone(), ..Module::default() });
        read(text.parse().unwrap(), file, &here, &mut modules);
    }
    modules
}

/// The file that defines what `path` names. The path starts at the root of the crate.
fn definition<'a>(path: &[String], modules: &'a Modules, steps: usize) -> Option<&'a str> {
    let depth = (0..=path.len()).rev().find(|&depth| modules.contains_key(&path[..depth]))?;
    let module = &modules[&path[..depth]];
    let Some(name) = path.get(depth) else {
        // A module by itself. The paths that go through it say what is used.
        return None;
    };
    if steps == 0 || module.items.contains(name) {
        return Some(&module.file);
    }
    let here = &path[..depth];
    if let Some(target) = module.imports.get(name) {
        let mut target = from_here(target, here, modules)?;
        target.extend_from_slice(&path[depth + 1..]);
        return definition(&target, modules, steps - 1);
    }
    let through = module.globs.iter().filter_map(|glob| {
        let mut target = from_here(glob, here, modules)?;
        let parent = modules.get(&target)?;
        (parent.items.contains(name) || parent.imports.contains_key(name)).then(|| {
            target.extend_from_slice(&path[depth..]);
            definition(&target, modules, steps - 1)
        })?
    });
    through.into_iter().next().or(Some(&module.file))
}

/// Where a path leads that is written in module `here`, as a path from the root.
fn from_here(path: &[String], here: &[String], modules: &Modules) -> Option<ModulePath> {
    absolute(path, here).or_else(|| {
        let (first, rest) = path.split_first()?;
        let child: ModulePath = here.iter().chain([first]).cloned().collect();
        if modules.contains_key(&child) {
            return Some(child.into_iter().chain(rest.iter().cloned()).collect());
        }
        let imported =
            modules.get(here)?.imports.get(first).filter(|imported| imported.first() != Some(first))?;
        let mut target = from_here(imported, here, modules)?;
        target.extend_from_slice(rest);
        Some(target)
    })
}

/// For each file the other files that it imports from.
fn graph(files: &[(String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let modules = modules(files);
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (here, module) in &modules {
        let edges = graph.entry(module.file.clone()).or_default();
        let globs = module.globs.iter().map(|glob| glob.iter().cloned().chain(["*".into()]).collect());
        let globs: Vec<ModulePath> = globs.collect();
        for path in module.imports.values().chain(&module.paths).chain(&globs) {
            let target = from_here(path, here, &modules);
            if let Some(file) = target.and_then(|target| definition(&target, &modules, 8))
                && file != module.file
            {
                edges.insert(file.to_owned());
            }
        }
    }
    graph
}

/// Groups of files that can all reach each other, the largest first.
fn circles(graph: &BTreeMap<String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reach = |start: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(file) = next.pop() {
            for target in graph.get(file).into_iter().flatten() {
                if seen.insert(target.clone()) {
                    next.push(target);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> = graph.keys().map(|file| (file, reach(file))).collect();
    let mut found = BTreeSet::new();
    for (file, targets) in &reached {
        let back = |target: &&String| reached.get(target).is_some_and(|back| back.contains(*file));
        let circle: BTreeSet<String> = targets.iter().filter(back).cloned().collect();
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    found
}

/// The feature that a file belongs to: the folder below `src`, or the file beside it that opens the folder.
fn feature(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// The circles that reach beyond the folder of one feature, each with its arrows.
fn across_features(files: &[(String, String)]) -> Vec<Vec<String>> {
    let graph = graph(files);
    let wide = |circle: &BTreeSet<String>| {
        circle.iter().map(|file| feature(file)).collect::<BTreeSet<_>>().len() > 1
    };
    let arrows = |circle: BTreeSet<String>| {
        let within = |file: &String| {
            let targets: Vec<_> = graph[file].intersection(&circle).cloned().collect();
            format!("{file} -> {}", targets.join(", "))
        };
        circle.iter().map(within).collect()
    };
    circles(&graph).into_iter().filter(wide).map(arrows).collect()
}

/// Every Rust file of a crate, by its path below `src`.
fn sources(name: &str) -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(name).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![src.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let file = path.strip_prefix(&src).unwrap().display().to_string();
                if !file.ends_with("tests.rs") {
                    found.push((file, fs::read_to_string(&path).unwrap()));
                }
            }
        }
    }
    assert!(!found.is_empty());
    found
}

#[test]
fn no_circle_of_imports_reaches_beyond_a_feature() {
    for name in ["domain", "matching", "store", "app", "server"] {
        let files = sources(name);
        let largest = circles(&graph(&files)).first().map_or(0, BTreeSet::len);
        println!("{name}: {} files, the largest circle has {largest}", files.len());
        let wide = across_features(&files);
        assert!(wide.is_empty(), "{name}: move what both sides need below them: {wide:#?}");
    }
}

#[test]
fn a_circle_between_features_is_found() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    // Through a re-export, a glob, an inline path and a macro. The module file by itself is no part of it.
    let circle = [
        file("lib.rs", "mod events; mod members; mod email;"),
        file("events.rs", "mod seats; mod rows; pub use seats::take; pub use rows::*;"),
        file("events/seats.rs", "use crate::members; pub fn take() { members::load() }"),
        file("events/rows.rs", "pub fn load() {}"),
        file("members.rs", "pub fn load() { vec![super::email::post()] }"),
        file("email.rs", "pub fn post() { crate::events::take() }"),
    ];
    let found = across_features(&circle);
    let expected = ["email.rs -> events/seats.rs", "events/seats.rs -> members.rs", "members.rs -> email.rs"];
    assert_eq!(found, [expected.map(str::to_owned).to_vec()]);

    // The same files without the last arrow, and with an arrow to a leaf of the feature in its place.
    let mut lines = circle.to_vec();
    lines[5] = file(
        "email.rs",
        "pub fn post() { crate::events::load() } #[cfg(test)] mod tests { use crate::events::take; }",
    );
    assert!(across_features(&lines).is_empty());
    assert!(graph(&lines)["email.rs"].contains("events/rows.rs"));

    // A circle inside one feature is allowed.
    let inside = [
        file("events.rs", "mod seats; mod rows;"),
        file("events/seats.rs", "use super::rows::load;"),
        file("events/rows.rs", "use super::seats::take;"),
    ];
    assert!(across_features(&inside).is_empty());
    assert_eq!(circles(&graph(&inside)).len(), 1);
}
