//! The output of the `match` command: reads, solves and verifies a file, and reports the result as one JSON
//! object.

use std::{fmt::Write, time::Instant};

use crate::{ReadError, read, solve, verify};

/// Reads, solves and verifies an instance. Returns the figures and the times in milliseconds as JSON, and
/// the matched pairs if `with_pairs` is set.
///
/// # Errors
/// The first error in the file, with its line number.
pub fn report(text: &[u8], with_pairs: bool) -> Result<String, ReadError> {
    let start = Instant::now();
    let instance = read(text)?;
    let read_ms = start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    let matching = solve(&instance);
    let solve_ms = start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    let error = verify(&instance, &matching).err();
    let verify_ms = start.elapsed().as_secs_f64() * 1e3;
    let mut json = format!(
        "{{\"matched\":{},\"matched_class0\":{},\"cost\":{},\"kept\":{},\"blocking\":{},\"verified\":{},",
        matching.matched,
        matching.matched_class0,
        matching.cost,
        matching.kept,
        matching.blocking,
        error.is_none()
    );
    if let Some(error) = error {
        // The messages contain no characters that JSON must escape.
        let _ = write!(json, "\"flaw\":\"{error}\",");
    }
    let _ = write!(
        json,
        "\"read_ms\":{read_ms:.3},\"solve_ms\":{solve_ms:.3},\"verify_ms\":{verify_ms:.3},\"peak_rss_kb\":"
    );
    match peak_rss_kb() {
        Some(peak) => json += &peak.to_string(),
        None => json += "null",
    }
    if with_pairs {
        json += ",\"pairs\":[";
        for (at, (mentee, mentor)) in matching.pairs.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(json, "{comma}[{mentee},{mentor}]");
        }
        json += "]";
    }
    json += "}";
    Ok(json)
}

/// The highest memory use of this process in kB; `None` where the system does not report it.
fn peak_rss_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
