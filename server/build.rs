//! The server embeds the files that `cargo xtask site` makes. Until then, this script creates an empty folder.

fn main() -> std::io::Result<()> {
    let site = std::path::Path::new("../target/site");
    std::fs::create_dir_all(site)?;
    let hash = site.join("hash.txt");
    // If this file were missing, Cargo would rebuild the server each time.
    if !hash.exists() {
        std::fs::write(&hash, "")?;
    }
    // The hash changes when any file of the site changes.
    println!("cargo:rerun-if-changed=../target/site/hash.txt");
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}
