//! Markdown as people read it: without the marks that only a renderer reads.

/// A text on one line. Not a whole parser: what it does not know stays as it was typed.
pub(super) fn prose(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !is_rule(line)).map(without_lead);
    let text = lines.collect::<Vec<_>>().join(" ");
    let text = without_links(&text);
    let text: String = text.chars().filter(|c| !matches!(c, '*' | '`')).collect();
    let words = text.replace("~~", "");
    let words = words.split_whitespace().map(|word| word.trim_matches('_')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A fence of code, or a line across the page.
fn is_rule(line: &str) -> bool {
    line.starts_with("```") || (line.len() >= 3 && line.chars().all(|c| "-*_=~ ".contains(c)))
}

/// Without what makes a line a heading, a quotation or a point of a list.
fn without_lead(line: &str) -> &str {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < line.len()
        && let Some(rest) = digits.strip_prefix(". ")
    {
        return rest;
    }
    let rest = line.trim_start_matches(['#', '>', '-', '+', '*']);
    if rest.len() < line.len() && rest.starts_with(' ') { rest.trim_start() } else { line }
}

/// `[words](address)` as its words, whatever the address is.
fn without_links(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, inside) = rest.split_at(open);
        let link = inside.split_once("](").and_then(|(words, address)| Some((&words[1..], closed(address)?)));
        match link.filter(|(words, _)| !words.contains('[')) {
            Some((words, after)) => {
                kept.push_str(before.strip_suffix('!').unwrap_or(before));
                kept.push_str(words);
                rest = after;
            }
            None => {
                kept.push_str(before);
                kept.push('[');
                rest = &inside[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// What stands behind the bracket that closes an address; addresses may hold pairs of brackets.
fn closed(address: &str) -> Option<&str> {
    let mut depth = 0_u32;
    for (at, c) in address.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return address.get(at + 1..),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_and_words_stay() {
        for (typed, read) in [
            (
                "# Hello\n\nI *test* **things**:\n\n- one\n2. two\n> three",
                "Hello I test things: one two three",
            ),
            (
                "See [the notes](https://example.org/a_(b)) and ![x](javascript:alert(1)).",
                "See the notes and x.",
            ),
            ("```sh\nmake all\n```\n---\n~~no~~ `yes`", "make all no yes"),
            ("C# and snake_case, a - b, _so_ 3.5", "C# and snake_case, a - b, so 3.5"),
            ("a [b] and [c](d", "a [b] and [c](d"),
            ("[", "["),
            ("", ""),
        ] {
            assert_eq!(prose(typed), read, "{typed}");
        }
    }
}
