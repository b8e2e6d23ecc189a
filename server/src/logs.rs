//! Logging to standard error, as text for people or as JSON for programs.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Our crates log from the configured level. Libraries only log warnings and errors, because some of them write
/// addresses or SQL statements at lower levels.
fn filter(level: tracing::Level) -> EnvFilter {
    let level = level.to_string().to_lowercase();
    let libraries = if level == "error" { "error" } else { "warn" };
    EnvFilter::new(format!(
        "{libraries},guildhall={level},server={level},app={level},store={level},migrations={level}"
    ))
}

/// Starts logging. A second call, as happens in tests, changes nothing.
pub(crate) fn start(config: &Config) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter(config.log_level))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    let started = match config.log {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was already started");
    }
}
