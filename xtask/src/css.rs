//! Bundles the stylesheet: `style/main.css` and its imports, as one minified file.

use anyhow::{Result, anyhow, bail};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};
use std::path::Path;

/// Bundles and minifies the stylesheet. There are no browser targets, so nothing is rewritten for old browsers:
/// layers, nesting, `oklch()`, `light-dark()` and container queries stay as they are.
pub(crate) fn bundle(main: &Path) -> Result<String> {
    if !main.is_file() {
        bail!("The stylesheet style/main.css is missing.");
    }
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| {
        let place = error.loc.map(|place| format!(" ({}, line {})", place.filename, place.line + 1));
        anyhow!("Cannot read the stylesheet: {}{}.", error.kind, place.unwrap_or_default())
    })?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow!("Cannot minify the stylesheet: {error}."))?;
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    Ok(sheet.to_css(options).map_err(|error| anyhow!("Cannot write the stylesheet: {error}."))?.code)
}

#[cfg(test)]
mod tests {
    use super::bundle;
    use std::fs;

    #[test]
    fn modern_css_is_not_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("main.css"),
            "@layer parts, base, last;\n@import \"base.css\" layer(base);\n@layer parts { .card { & > h2 { color: red } } }",
        )
        .unwrap();
        fs::write(
            folder.path().join("base.css"),
            ":root { color-scheme: light dark; --ink: light-dark(oklch(0.3 0.05 250), oklch(0.9 0.02 250)); }\n\
             .list { container-type: inline-size }\n@container (width > 30rem) { .list li { color: var(--ink) } }\n\
             body { color: light-dark(oklch(30% .05 250), #fff); margin-inline: auto }",
        )
        .unwrap();
        let css = bundle(&folder.path().join("main.css")).unwrap();
        for part in ["@layer last", "light-dark(", "oklch(", "@container (width>30rem)", "margin-inline:auto"]
        {
            assert!(css.contains(part), "{part} is missing in {css}");
        }
        assert!(css.contains(".card{&>h2{") || css.contains(".card{>h2{"), "nesting is gone: {css}");
        assert!(css.find("@layer parts") < css.find("@layer base"), "the layers' order is lost: {css}");
        assert!(!css.contains("@import"), "{css}");
    }

    #[test]
    fn an_error_names_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.css"), "@import \"other.css\";").unwrap();
        let error = bundle(&folder.path().join("main.css")).unwrap_err().to_string();
        assert!(error.contains("main.css, line 1"), "{error}");
    }
}
