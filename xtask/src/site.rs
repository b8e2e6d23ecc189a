//! Builds the files that the browser loads: the wasm and its JavaScript, the stylesheet and the assets. Their
//! folder is named after the hash of their content.

use crate::{
    compress::{self, Level},
    css,
    progress::Report,
    wasm_target::TARGET,
    workspace::{Workspace, files},
};
use anyhow::{Context, Result, anyhow, bail};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::Path,
    thread,
};
use wasm_bindgen_cli_support::Bindgen;

/// The file name that the pages use. `.cargo/config.toml` has to contain the same name for Leptos.
const NAME: &str = "guildhall";

/// The files of the site: path and content.
type Files = BTreeMap<String, Vec<u8>>;

/// How to build the site.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    /// Build small files for a release. Otherwise the build is quick.
    pub(crate) release: bool,
    /// Keep the folders of earlier sites, because a running server may still use one.
    pub(crate) keep_old: bool,
}

/// Builds the site in `target/site`. Returns the hash that its folder is named after.
pub(crate) fn build(workspace: &Workspace, report: &mut Report, options: Options) -> Result<String> {
    let profile = if options.release { "wasm-release" } else { "dev" };
    report.step("build the browser code", |line| {
        let mut cargo = workspace.cargo(["build", "-p", "frontend", "--lib", "--target", TARGET]);
        cargo.args(["--profile", profile]);
        crate::child::run(cargo, line)
    })?;
    let folder = if options.release { "wasm-release" } else { "debug" };
    let wasm = workspace.target.join(TARGET).join(folder).join("frontend.wasm");
    report.step("bundle the site", |line| {
        let site = workspace.site();
        fs::create_dir_all(site.join("a"))?;
        // Another build at the same time would write to the same folder.
        let lock = File::create(workspace.root.join("target/site.lock"))?;
        lock.lock()?;
        let wasm = fs::read(&wasm).with_context(|| format!("{} is missing.", wasm.display()))?;
        let stamp = workspace.target.join("site.stamp");
        let inputs = inputs(&workspace.root, &wasm, options.release)?;
        if let Some(hash) = unchanged(&stamp, &inputs, &site) {
            if !options.keep_old {
                remove_old(&site, &hash)?;
            }
            return Ok(hash);
        }
        line.busy_with("wasm-bindgen");
        let mut content = bindgen(wasm, options.release)?;
        content
            .insert(format!("{NAME}.css"), css::bundle(&workspace.root.join("style/main.css"))?.into_bytes());
        for feature in FEATURE_SHEETS {
            let sheet = css::bundle(&workspace.root.join(format!("style/{feature}.css")))?;
            content.insert(format!("{feature}.css"), sheet.into_bytes());
        }
        add_assets(&workspace.root.join("assets"), &mut content)?;
        let hash = hash(&content);
        line.busy_with("brotli and gzip");
        compress_all(&mut content, if options.release { Level::Best } else { Level::Fast })?;
        check_css_size(&content)?;
        write(workspace, &site, &hash, &content)?;
        if !options.keep_old {
            remove_old(&site, &hash)?;
        }
        fs::write(stamp, format!("{inputs} {hash}"))?;
        Ok(hash)
    })
}

/// Turns cargo's wasm module into one that a browser can load, with its JavaScript.
fn bindgen(wasm: Vec<u8>, release: bool) -> Result<Files> {
    let folder = tempfile::tempdir()?;
    Bindgen::new()
        .input_bytes(NAME, wasm)
        .out_name(NAME)
        .web(true)?
        // The page says where the module is, so the JavaScript doesn't need a default path.
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(release)
        .remove_producers_section(release)
        .generate(folder.path())
        .map_err(|error| anyhow!("wasm-bindgen cannot process the browser code: {error:#}."))?;
    let mut content = Files::new();
    for path in files(folder.path())? {
        let bytes = fs::read(folder.path().join(&path))?;
        // The pages use the name without the suffix, see LEPTOS_OUTPUT_NAME.
        content.insert(slashes(&path).replace("_bg.wasm", ".wasm"), bytes);
    }
    Ok(content)
}

fn add_assets(folder: &Path, content: &mut Files) -> Result<()> {
    for path in files(folder)? {
        let name = slashes(&path);
        if content.insert(name.clone(), fs::read(folder.join(path))?).is_some() {
            bail!("assets/{name} has the same name as a generated file. Rename it.");
        }
    }
    Ok(())
}

/// The hash of the files' names and contents.
fn hash(content: &Files) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in content {
        add(&mut hasher, name, bytes);
    }
    hex(hasher)[..12].to_owned()
}

/// The hash of all inputs of the site, including the source of the tools.
fn inputs(root: &Path, wasm: &[u8], release: bool) -> Result<String> {
    let mut hasher = Sha256::new();
    add(&mut hasher, if release { "release" } else { "dev" }, wasm);
    add(&mut hasher, "Cargo.lock", &fs::read(root.join("Cargo.lock"))?);
    for folder in ["style", "assets", "xtask/src"] {
        for path in files(&root.join(folder))? {
            add(
                &mut hasher,
                &format!("{folder}/{}", slashes(&path)),
                &fs::read(root.join(folder).join(&path))?,
            );
        }
    }
    Ok(hex(hasher))
}

/// Adds a file to a hash. The lengths come first, so that different lists of files never give the same bytes.
fn add(hasher: &mut Sha256, name: &str, bytes: &[u8]) {
    hasher.update((name.len() as u64).to_le_bytes());
    hasher.update(name);
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

/// The hash of the existing site, if it was built from the same inputs.
fn unchanged(stamp: &Path, inputs: &str, site: &Path) -> Option<String> {
    let stamp = fs::read_to_string(stamp).ok()?;
    let (before, hash) = stamp.split_once(' ')?;
    let existing = fs::read_to_string(site.join("hash.txt")).ok()?;
    let complete = before == inputs && existing == hash && site.join("a").join(hash).is_dir();
    complete.then(|| hash.to_owned())
}

/// The largest stylesheet in bytes, after compression with Brotli. Each page waits for it before it is painted.
const MAX_CSS: usize = 12_000;
/// Large features with a stylesheet of their own, `style/<name>.css`, which only their pages link.
const FEATURE_SHEETS: &[&str] = &["board", "mentoring"];
/// The largest stylesheet of a feature in bytes, after compression with Brotli.
const MAX_FEATURE_CSS: usize = 4_000;

fn check_css_size(content: &Files) -> Result<()> {
    let sheets =
        std::iter::once((NAME, MAX_CSS)).chain(FEATURE_SHEETS.iter().map(|name| (*name, MAX_FEATURE_CSS)));
    for (name, max) in sheets {
        let size = content.get(&format!("{name}.css.br")).map_or(0, Vec::len);
        if size > max {
            bail!(
                "The stylesheet {name}.css has {size} bytes after compression with brotli, and the limit is {max}. Remove what is not used."
            );
        }
    }
    Ok(())
}

fn compress_all(content: &mut Files, level: Level) -> Result<()> {
    let small: Vec<Result<(String, Vec<u8>)>> = thread::scope(|scope| {
        let mut jobs = Vec::new();
        for (name, bytes) in content.iter().filter(|(name, _)| compress::shrinks(name)) {
            jobs.push(scope.spawn(move || Ok((format!("{name}.br"), compress::brotli(bytes, level)?))));
            jobs.push(scope.spawn(move || Ok((format!("{name}.gz"), compress::gzip(bytes, level)?))));
        }
        jobs.into_iter()
            .map(|job| job.join().unwrap_or_else(|_| Err(anyhow!("Cannot compress a file."))))
            .collect()
    });
    for file in small {
        let (name, bytes) = file?;
        content.insert(name, bytes);
    }
    Ok(())
}

/// Writes the site to a temporary folder and then moves it, so that no reader sees a partial site.
fn write(workspace: &Workspace, site: &Path, hash: &str, content: &Files) -> Result<()> {
    let temporary = workspace.root.join("target/site.new");
    if temporary.exists() {
        fs::remove_dir_all(&temporary)?;
    }
    for (name, bytes) in content {
        let path = temporary.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&temporary))?;
        fs::write(path, bytes)?;
    }
    let target = site.join("a").join(hash);
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::rename(temporary, target)?;
    // A change of this file makes cargo compile the server again.
    let file = site.join("hash.txt");
    if fs::read_to_string(&file).ok().as_deref() != Some(hash) {
        fs::write(file, hash)?;
    }
    Ok(())
}

/// Removes the folders of earlier sites.
fn remove_old(site: &Path, hash: &str) -> Result<()> {
    for entry in site.join("a").read_dir()? {
        let entry = entry?;
        if entry.file_name() != hash {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn slashes(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn hex(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_hash_depends_on_names_and_contents() {
        let one = hash(&content(&[("a.js", "1"), ("b.js", "2")]));
        assert_eq!(one.len(), 12);
        assert_eq!(one, hash(&content(&[("b.js", "2"), ("a.js", "1")])));
        assert_ne!(one, hash(&content(&[("a.js", "1b.js"), ("b.js", "2")])));
        assert_ne!(one, hash(&content(&[("a.js", "2"), ("b.js", "1")])));
    }

    #[test]
    fn an_asset_cannot_replace_a_generated_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("guildhall.css"), "").unwrap();
        let error = add_assets(folder.path(), &mut content(&[("guildhall.css", "x")])).unwrap_err();
        assert!(error.to_string().contains("assets/guildhall.css"));
    }

    #[test]
    fn a_stylesheet_that_is_too_large_is_refused() {
        let name = format!("{NAME}.css.br");
        let of = |size: usize| Files::from([(name.clone(), vec![0; size])]);
        assert!(check_css_size(&of(MAX_CSS)).is_ok());
        assert!(check_css_size(&of(MAX_CSS + 1)).unwrap_err().to_string().contains("12001 bytes"));
        let feature = Files::from([("mentoring.css.br".to_owned(), vec![0; MAX_FEATURE_CSS + 1])]);
        assert!(check_css_size(&feature).unwrap_err().to_string().contains("4001 bytes"));
    }

    #[test]
    fn old_sites_are_removed() {
        let site = tempfile::tempdir().unwrap();
        for name in ["1", "2"] {
            fs::create_dir_all(site.path().join("a").join(name)).unwrap();
        }
        remove_old(site.path(), "2").unwrap();
        assert!(!site.path().join("a/1").exists() && site.path().join("a/2").exists());
    }
}
