//! The `guildhall` binary.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{Cli, block_on};

fn main() -> ExitCode {
    match block_on(Cli::parse().run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("guildhall: {failure}");
            ExitCode::from(failure.code)
        }
    }
}
