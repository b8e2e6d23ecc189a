//! What an edit changed, for the audit log: short facts without addresses, links and long texts.

/// The longest value that the audit log keeps, in characters.
pub const MAX_VALUE: usize = 200;

/// A field that changed. A value is `None` if it was empty or the log must not keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Name of the field in the form.
    pub field: String,
    /// The value before the edit.
    pub before: Option<String>,
    /// The value after the edit.
    pub after: Option<String>,
}

impl Change {
    /// The change from one value to another; `None` when they are equal.
    #[must_use]
    pub fn between(field: &str, before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        // Keeping only one of the two would look as if the other were empty.
        let kept = is_kept(before) && is_kept(after);
        let value = |text: &str| (kept && !text.is_empty()).then(|| text.to_owned());
        Some(Self { field: field.to_owned(), before: value(before), after: value(after) })
    }
}

/// Whether the log may keep a value: one short line, without an address and without a link, which may
/// contain a password. For other values the log says only that they changed.
fn is_kept(value: &str) -> bool {
    value.chars().count() <= MAX_VALUE && !value.contains(['@', '\n', '\r']) && !value.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: &str, after: &str) -> Option<(Option<String>, Option<String>)> {
        Change::between("field", before, after).map(|change| (change.before, change.after))
    }

    #[test]
    fn equal_values_are_not_a_change() {
        assert_eq!(change("Same", "Same"), None);
        assert_eq!(change("20", "25"), Some((Some("20".into()), Some("25".into()))));
        assert_eq!(change("", "25"), Some((None, Some("25".into()))));
    }

    #[test]
    fn addresses_links_and_long_texts_are_not_kept() {
        let long = "x".repeat(MAX_VALUE + 1);
        for value in ["mei@guild.example", "https://meet.example.org/x?pwd=1", "Two\nlines", long.as_str()] {
            assert_eq!(change("Short", value), Some((None, None)), "{value}");
            assert_eq!(change(value, "Short"), Some((None, None)), "{value}");
        }
        assert!(is_kept(&"x".repeat(MAX_VALUE)), "control");
    }
}
