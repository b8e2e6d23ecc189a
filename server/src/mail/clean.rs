//! Cleans text that people typed, so that it is safe in email headers, calendars and sentences. Forms clean
//! their input too, but emails don't rely on that.

use std::borrow::Cow;

use domain::text::is_override;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// Makes one line: line ends, tabs and control characters become spaces, and several spaces become one.
pub(crate) fn line(text: &str) -> String {
    let shown: String = text
        .chars()
        .filter(|c| !is_override(*c))
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without control characters and direction overrides. Spaces stay, because they separate parts of a sentence.
pub(super) fn keep_spaces(text: &str) -> String {
    let shown = text.chars().filter(|c| !is_override(*c));
    shown.map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

/// Makes one line of at most `max` characters. A longer line is cut and ends in an ellipsis.
pub(crate) fn short_line(text: &str, max: usize) -> String {
    let line = line(text);
    if line.chars().count() <= max {
        return line;
    }
    let kept: String = line.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Splits the text into lines and cleans each.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.trim().lines().map(line).collect()
}

/// The text with an invisible non-joiner after each dot, colon and at-sign inside a word. It looks the same,
/// but mail programs don't turn parts of it into links (C11). Host names can't contain the character, so a
/// link that a program makes anyway leads nowhere.
pub(super) fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        if matches!(c, '.' | ':' | '@') && rest.peek().is_some_and(|next| !next.is_whitespace()) {
            out.push('\u{200C}');
        }
    }
    out
}

/// The text, if it can be used in `href`: an http or https URL without spaces and control characters.
pub(super) fn web_address(text: &str) -> Option<&str> {
    let of_the_web = text.starts_with("https://") || text.starts_with("http://");
    (of_the_web && !text.contains(|c: char| c.is_whitespace() || c.is_control())).then_some(text)
}

/// The longest line in the text part of an email, in characters.
const LINE_WIDTH: usize = 72;

/// Wraps text at spaces into lines of at most [`LINE_WIDTH`] characters and keeps the indentation of each line. Longer
/// words stay whole, because a broken URL doesn't work.
pub(super) fn wrapped(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        // Keep at most one empty line in a row.
        if line.is_empty() && out.last().is_none_or(String::is_empty) {
            continue;
        }
        let words = line.trim_start();
        let indent = &line[..line.len() - words.len()];
        let options = Options::new(LINE_WIDTH)
            .initial_indent(indent)
            .subsequent_indent(indent)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .wrap_algorithm(WrapAlgorithm::FirstFit);
        out.extend(textwrap::wrap(words, options).into_iter().map(Cow::into_owned));
    }
    format!("{}\n", out.join("\n").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_line_ends_and_no_direction_overrides() {
        assert_eq!(line("a\r\nBcc: b\u{0}\u{202E}c\u{2028}d\u{7f}\r"), "a Bcc: b c d");
        assert_eq!(lines("a\rb\r\n\nc\u{202E}"), ["a", "b", "", "c"]);
        assert_eq!(short_line(&"x".repeat(200), 10), "xxxxxxxxx…");
    }

    #[test]
    fn c11_mail_programs_find_no_link_in_typed_text() {
        assert_eq!(unlinked("https://evil.example"), "https:\u{200C}//evil.\u{200C}example");
        assert_eq!(unlinked("a@evil.example"), "a@\u{200C}evil.\u{200C}example");
        assert_eq!(unlinked("Bring: a laptop. Thanks."), "Bring: a laptop. Thanks.");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(web_address("https://meet.example/x").is_some());
        for bad in ["javascript:alert(1)", "https://a\r\nb", "data:text/html,x", "//x.example", "https://a b"]
        {
            assert!(web_address(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn text_wraps_at_spaces() {
        let long = format!("{} https://{}", "word ".repeat(20).trim_end(), "x".repeat(90));
        let out = wrapped(&format!("\n\n{long}\n\n\n\nend\n\n"));
        assert!(out.lines().all(|l| l.chars().count() <= 72 || l.starts_with("https://")), "{out}");
        assert!(out.starts_with("word") && out.ends_with("\n\nend\n"), "{out}");
        let out = wrapped(&format!("  {}", "word ".repeat(20)));
        assert!(out.lines().count() == 2 && out.lines().all(|line| line.starts_with("  word")), "{out}");
    }
}
