//! The server embeds what `cargo xtask site` makes: an empty folder does until then.

fn main() -> std::io::Result<()> {
    let site = std::path::Path::new("../target/site");
    std::fs::create_dir_all(site)?;
    let hash = site.join("hash.txt");
    // Cargo would build the server anew each time for a file that is not there.
    if !hash.exists() {
        std::fs::write(&hash, "")?;
    }
    // The hash changes with every file of the site.
    println!("cargo:rerun-if-changed=../target/site/hash.txt");
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}
