//! `make FAMILY PEOPLE [SEED]`: prints an instance for measurements. The families are those of the
//! benchmark.

use std::io::{BufWriter, Write};

#[path = "../benches/solvers/families.rs"]
mod families;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let family = arguments.first().map_or("sparse", String::as_str);
    let people = arguments.get(1).and_then(|argument| argument.parse().ok()).unwrap_or(1000);
    let seed = arguments.get(2).and_then(|argument| argument.parse().ok()).unwrap_or(1);
    if !families::FAMILIES.iter().any(|(name, _)| *name == family) {
        let names = families::FAMILIES.map(|(name, _)| name);
        eprintln!("usage: make FAMILY PEOPLE [SEED]. Families: {}", names.join(", "));
        std::process::exit(64);
    }
    let draft = families::draft(family, people, seed);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mentees, mentors) = (draft.classes.len(), draft.places.len());
    writeln!(out, "p guildhall-match {mentees} {mentors} {}", draft.candidates.len())?;
    for (mentor, places) in draft.places.iter().enumerate() {
        writeln!(out, "c {mentor} {places}")?;
    }
    for pair in &draft.candidates {
        writeln!(out, "a {} {} {}", pair.mentee, pair.mentor, pair.score)?;
    }
    out.flush()
}
