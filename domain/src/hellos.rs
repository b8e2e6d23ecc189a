//! "Say hello": a member writes to another one whose address they do not know (F8).

use chrono::Duration;

use crate::{Problems, checks::Checks};

/// How many members somebody can say hello to within [`HELLO_WINDOW`].
pub const MAX_HELLOS: u64 = 5;
/// The time in which they are counted.
pub const HELLO_WINDOW: Duration = Duration::hours(24);
/// Somebody who got no answer can say hello to the same person again after this time.
pub const HELLO_AGAIN: Duration = Duration::days(30);
/// How long the text is kept, counted from when it was written.
pub const KEEP_HELLOS: Duration = Duration::days(90);

/// Reads the text of a hello or of its answer: 1 to 2,000 characters, paragraphs between empty lines.
///
/// # Errors
/// A problem with the field `text`.
pub fn check_hello(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("text", text, 1, 2_000);
    checks.finish(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f8_a_hello_has_a_text_of_limited_length() {
        assert!(check_hello(" ").is_err());
        assert!(check_hello(&"x".repeat(2_001)).is_err());
        assert_eq!(check_hello(" Hello\n\nyou ").unwrap(), "Hello\n\nyou");
    }
}
