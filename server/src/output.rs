//! Standard output of the command line.
//!
//! `println!` panics when nobody reads any more, as in `guildhall admin list | head -3`. Here a closed pipe is no
//! error: the command goes on with its work, and its output is discarded.

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

/// Prints a line.
///
/// # Errors
/// Standard output cannot be written, because its disk is full for example.
pub(crate) fn line(text: fmt::Arguments<'_>) -> Result<(), Failure> {
    finish(writeln!(io::stdout().lock(), "{text}"))
}

/// Writes bytes as they are.
///
/// # Errors
/// As [`line`].
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
