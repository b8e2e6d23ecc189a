//! The `guildhall` binary.

use std::{
    io::{Write as _, stderr},
    process::ExitCode,
};

use clap::Parser;
use server::cli::{Cli, block_on};

fn main() -> ExitCode {
    match block_on(Cli::parse().run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // If standard error is closed, the exit code is enough.
            _ = writeln!(stderr(), "guildhall: {failure}");
            ExitCode::from(failure.code)
        }
    }
}
