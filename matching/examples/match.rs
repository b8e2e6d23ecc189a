//! `match FILE [--json] [--pairs]`: reads an instance, solves it, verifies the matching, and prints JSON.

use std::process::ExitCode;

/// Exit codes `EX_USAGE`, `EX_DATAERR` and `EX_NOINPUT` of sysexits.h.
const USAGE: u8 = 64;
const BAD_FILE: u8 = 65;
const NO_FILE: u8 = 66;

fn main() -> ExitCode {
    let (mut file, mut with_pairs) = (None, false);
    for argument in std::env::args_os().skip(1) {
        match argument.to_str() {
            Some("--json") => {}
            Some("--pairs") => with_pairs = true,
            _ if file.is_none() => file = Some(argument),
            _ => file = None,
        }
    }
    let Some(file) = file else {
        eprintln!("usage: match FILE [--json] [--pairs]");
        return USAGE.into();
    };
    let text = match std::fs::read(&file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return NO_FILE.into();
        }
    };
    match matching::report(&text, with_pairs) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            BAD_FILE.into()
        }
    }
}
