//! `guildhall match`: runs the matching solver on a file, without the portal.

use std::{fs, path::Path};

use crate::{failure::Failure, output::say};

/// Solves the problem in a file, verifies that the solution is optimal, and prints the result as JSON.
pub(super) fn run(file: &Path, pairs: bool) -> Result<(), Failure> {
    let name = file.display();
    let text = fs::read(file).map_err(|error| Failure::io(format!("Cannot read {name}: {error}.")))?;
    let json =
        matching::report(&text, pairs).map_err(|mistake| Failure::new(65, format!("{name}, {mistake}.")))?;
    say!("{json}")?;
    Ok(())
}
