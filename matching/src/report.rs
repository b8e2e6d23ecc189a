//! What the command prints: a file read, solved and verified, as one JSON object.

use std::{fmt::Write, time::Instant};

use crate::{BadLine, read, solve, verify};

/// Reads an instance, solves and verifies it, and says in JSON what came out and how long each took. With
/// `with_pairs`, also who is matched with whom.
///
/// # Errors
/// The first mistake of the file, with its line.
pub fn report(text: &[u8], with_pairs: bool) -> Result<String, BadLine> {
    let start = Instant::now();
    let instance = read(text)?;
    let read_ms = start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    let answer = solve(&instance);
    let solve_ms = start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    let flaw = verify(&instance, &answer).err();
    let verify_ms = start.elapsed().as_secs_f64() * 1e3;
    let mut json = format!(
        "{{\"matched\":{},\"matched_class0\":{},\"cost\":{},\"kept\":{},\"blocking\":{},\"verified\":{},",
        answer.matched,
        answer.matched_class0,
        answer.cost,
        answer.kept,
        answer.blocking,
        flaw.is_none()
    );
    if let Some(flaw) = flaw {
        // The sentences of flaws have nothing in them that JSON would escape.
        let _ = write!(json, "\"flaw\":\"{flaw}\",");
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
        for (at, (mentee, mentor)) in answer.pairs.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(json, "{comma}[{mentee},{mentor}]");
        }
        json += "]";
    }
    json += "}";
    Ok(json)
}

/// The most memory this process has had, where the system says.
fn peak_rss_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
