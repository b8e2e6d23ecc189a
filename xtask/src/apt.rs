//! Installs missing packages with Debian's package manager.

use crate::{child, progress::Line, workspace::program};
use anyhow::{Context, Result};
use nix::unistd::geteuid;
use std::{fs, path::Path, process::Command};

/// Whether packages can be installed: this is Debian, and the user is root.
pub(crate) fn usable() -> bool {
    geteuid().is_root() && Path::new("/etc/debian_version").exists() && program("apt-get").is_some()
}

/// A non-interactive `apt-get` command.
pub(crate) fn get<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--yes").args(arguments);
    command
}

/// Installs a package from the machine's own Debian release.
pub(crate) fn install(package: &str, line: &Line) -> Result<()> {
    // `update` fails if any source is unreachable, even one that isn't needed. Only `install` has to succeed.
    let _ = child::run(get(["update"]), line);
    child::run(get(["install", package]), line).with_context(|| {
        format!("The Debian package {package} cannot be installed automatically. Install it and try again")
    })?;
    Ok(())
}

/// The address of the Debian archive, from the apt sources of this machine.
pub(crate) fn archive() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").ok()?;
    let suite =
        release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="))?.trim_matches('"').to_owned();
    let mut files = vec![Path::new("/etc/apt/sources.list").to_path_buf()];
    if let Ok(folder) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(folder.filter_map(|entry| Some(entry.ok()?.path())));
    }
    files.sort();
    files.iter().find_map(|file| {
        let text = fs::read_to_string(file).ok()?;
        match file.extension()?.to_str()? {
            "sources" => in_stanzas(&text, &suite),
            "list" => in_lines(&text, &suite),
            _ => None,
        }
    })
}

/// Reads the deb822 format: stanzas of fields, separated by empty lines.
fn in_stanzas(text: &str, suite: &str) -> Option<String> {
    let text: String =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    text.split("\n\n").find_map(|stanza| {
        let words = |field: &str| -> Vec<&str> {
            stanza
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case(field))
                .map(|(_, value)| value.split_whitespace().collect())
                .unwrap_or_default()
        };
        let fits = words("Types").contains(&"deb")
            && words("Suites").contains(&suite)
            && words("Components").contains(&"main")
            && words("Enabled") != ["no"];
        words("URIs").first().filter(|_| fits).map(|address| (*address).to_owned())
    })
}

/// Reads the one-line format: `deb [options] address suite component…`.
fn in_lines(text: &str, suite: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let rest = line.trim().strip_prefix("deb ")?.trim_start();
        let rest = match rest.strip_prefix('[') {
            Some(options) => options.split_once(']')?.1,
            None => rest,
        };
        let mut words = rest.split_whitespace();
        let address = words.next()?;
        (words.next()? == suite && words.any(|component| component == "main")).then(|| address.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANZAS: &str = "Types: deb\nURIs: https://node.example/x\nSuites: nodistro\nComponents: main\n\n\
        Types: deb deb-src\n# a remark\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\n\
        Components: main contrib\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n";

    #[test]
    fn the_archive_is_in_the_stanza_with_the_machines_suite() {
        assert_eq!(in_stanzas(STANZAS, "bookworm").as_deref(), Some("http://mirror.example/debian"));
        assert_eq!(in_stanzas(STANZAS, "trixie"), None);
    }

    #[test]
    fn a_disabled_stanza_is_ignored() {
        assert_eq!(in_stanzas(&format!("Enabled: no\n{}", &STANZAS[82..]), "nodistro"), None);
    }

    #[test]
    fn the_archive_is_in_the_line_with_the_machines_suite() {
        let text = "# deb http://old.example bookworm main\n\
            deb https://cloud.example/apt cloud-sdk-bookworm main\n\
            deb [ arch=amd64 signed-by=/x.gpg ] http://mirror.example/debian bookworm main non-free\n";
        assert_eq!(in_lines(text, "bookworm").as_deref(), Some("http://mirror.example/debian"));
        assert_eq!(in_lines(text, "sid"), None);
    }
}
