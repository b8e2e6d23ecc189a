//! Runs other programs. Their output is only shown if they fail.

use crate::{interrupt, progress::Line};
use anyhow::{Context, Result};
use std::{
    fmt,
    io::{BufRead as _, BufReader, pipe},
    os::unix::process::CommandExt as _,
    process::{Command, ExitStatus, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

/// A program that failed, with all of its output.
#[derive(Debug)]
pub(crate) struct Failed {
    program: String,
    pub(crate) code: u8,
    pub(crate) output: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "`{}` failed with code {}. Its output is above.", self.program, self.code)
    }
}

impl std::error::Error for Failed {}

/// Runs a program and returns its output, both standard output and standard error.
pub(crate) fn run(command: Command, line: &Line) -> Result<String> {
    watch(command, line, |_| {})
}

/// Like [`run`]. Calls `seen` with each line as soon as the program has printed it.
pub(crate) fn watch(mut command: Command, line: &Line, mut seen: impl FnMut(&str)) -> Result<String> {
    interrupt::check()?;
    let program = describe(&command);
    let (reader, writer) = pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer).process_group(0);
    let mut child = command.spawn().with_context(|| format!("Cannot start `{program}`."))?;
    let guard = interrupt::ChildGuard::new(child.id())?;
    // The command holds the write ends of the pipe. The reader only ends when they are closed.
    drop(command);

    let (send, lines) = channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            bytes.clear();
            if send.send(text).is_err() {
                break;
            }
        }
    });

    let mut output = String::new();
    let mut latest = String::new();
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(text) => {
                seen(&text);
                output.push_str(&text);
                latest = text;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        line.busy_with(&latest);
        match ended {
            // Background processes of the program may hold the pipe open. Don't wait for them.
            Some((_, since)) if since.elapsed() > Duration::from_secs(2) => break,
            Some(_) => {}
            None => ended = child.try_wait()?.map(|status| (status, Instant::now())),
        }
    }
    let status = match ended {
        Some((status, _)) => status,
        None => child.wait()?,
    };
    drop(guard);
    interrupt::check()?;
    if status.success() { Ok(output) } else { Err(Failed { program, code: code(status), output }.into()) }
}

/// Runs a program and shows its output as it comes.
pub(crate) fn show(mut command: Command) -> Result<()> {
    interrupt::check()?;
    let program = describe(&command);
    let mut child = command
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .with_context(|| format!("Cannot start `{program}`."))?;
    let guard = interrupt::ChildGuard::new(child.id())?;
    let status = child.wait()?;
    drop(guard);
    interrupt::check()?;
    let output = String::new();
    if status.success() { Ok(()) } else { Err(Failed { program, code: code(status), output }.into()) }
}

/// Runs a short command and returns its trimmed standard output.
pub(crate) fn stdout(mut command: Command) -> Result<String> {
    let program = describe(&command);
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("Cannot start `{program}`."))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Failed { program, code: code(output.status), output: text }.into())
    }
}

fn code(status: ExitStatus) -> u8 {
    // A program that was ended by a signal has no exit code.
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// The command line as a person would type it, without the program's folder.
fn describe(command: &Command) -> String {
    let path = std::path::Path::new(command.get_program());
    let mut text = path.file_name().unwrap_or(command.get_program()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}
