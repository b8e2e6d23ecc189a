//! Standard output of the command line.
//!
//! `println!` panics when the reader has closed the pipe, as in `guildhall admin list | head -3`. Here a closed
//! pipe is not an error: the command continues, and its output is discarded.

use std::{
    fmt,
    io::{self, ErrorKind, Write},
};

use crate::failure::Failure;

/// Prints a line to standard output. Takes what `println!` takes.
macro_rules! say {
    ($($text:tt)*) => {
        $crate::output::line(format_args!($($text)*))
    };
}
pub(crate) use say;

/// Prints a line to standard output.
///
/// # Errors
/// `io` if standard output can't be written, for example because the disk is full.
pub(crate) fn line(text: fmt::Arguments<'_>) -> Result<(), Failure> {
    finish(writeln!(io::stdout().lock(), "{text}"))
}

/// Writes bytes to standard output.
///
/// # Errors
/// The same as for [`line`].
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    finish(out.write_all(bytes).and_then(|()| out.flush()))
}

/// A number with its noun, for example "1 member" or "2 members".
pub(crate) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn finish(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(format!("Cannot write to standard output: {error}.")))
        }
        _ => Ok(()),
    }
}
