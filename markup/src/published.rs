//! Texts from publishers of schedules: plain text, HTML, or a mixture. Angle brackets that are not markup,
//! such as in `Vec<T>`, are text.

use std::collections::HashMap;

use crate::{clean::clean, plain::plain};

/// Longer texts, in bytes, are read as plain text, because the work of parsing them grows faster than their
/// length.
const MAX_MARKUP: usize = 60_000;

/// A publisher's text as clean HTML. Text without block elements becomes paragraphs: empty lines separate
/// them, and line breaks are kept. Elements are reduced to the allowed ones, and links keep their targets.
#[must_use]
pub fn html(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    let parts = if text.len() > MAX_MARKUP { vec![Part::Text(text)] } else { parts(text) };
    let blocks = parts.iter().any(|part| matches!(part, Part::Tag(tag) if tag.is_block()));
    let mut html = String::with_capacity(text.len() + 32);
    let mut open_pre = 0_usize;
    for part in &parts {
        match part {
            Part::Tag(tag) => {
                if tag.name == "pre" {
                    open_pre = if tag.closes { open_pre.saturating_sub(1) } else { open_pre + 1 };
                }
                html.push_str(&tag.replacement());
            }
            Part::Text(text) => {
                html.push_str(&with_line_breaks(&text.replace('<', "&lt;"), blocks, open_pre > 0))
            }
        }
    }
    if !blocks && !html.is_empty() {
        html = format!("<p>{html}</p>");
    }
    clean(&html)
}

/// The text as a page shows it, with one line for each paragraph or item.
#[must_use]
pub fn text(text: &str) -> String {
    plain(&html(text))
}

/// The text in a single line, for titles and names.
#[must_use]
pub fn line(published: &str) -> String {
    text(published).replace('\n', " ")
}

/// Replaces line breaks by elements: all of them in plain text, only empty lines between words in HTML.
fn with_line_breaks(text: &str, blocks: bool, is_preformatted: bool) -> String {
    if is_preformatted || !text.contains('\n') {
        return text.to_owned();
    }
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    if !blocks {
        return paragraphs(&lines);
    }
    let is_empty = |line: &&str| line.is_empty();
    let first = lines.iter().position(|line| !is_empty(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !is_empty(line)).unwrap_or(0);
    let mut html = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        // Several empty lines separate text in the same way as one.
        let parts = line.is_empty() && first < at && at < last;
        if parts && !lines[at - 1].is_empty() {
            html.push_str("<br><br>");
        } else if !parts {
            html.push_str(line);
            html.push('\n');
        }
    }
    html
}

fn paragraphs(lines: &[&str]) -> String {
    let mut html = String::new();
    let mut empty = 0;
    for (at, line) in lines.iter().enumerate() {
        let last = at + 1 == lines.len();
        if line.is_empty() && at > 0 && !last {
            empty += 1;
            continue;
        }
        match (at, empty) {
            (0, _) => {}
            (_, 0) => html.push_str("<br>"),
            _ => html.push_str("</p><p>"),
        }
        empty = 0;
        html.push_str(line);
    }
    html
}

/// A part of a text: a tag, or the text between tags.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

/// An HTML tag as written.
#[derive(Debug, PartialEq, Eq)]
struct Tag<'a> {
    name: String,
    closes: bool,
    written: &'a str,
}

/// Elements that need no end tag.
const WITHOUT_END: &[&str] = &["br", "hr", "p", "li", "dt", "dd", "img", "tr", "td", "th", "wbr"];
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "hr",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "div",
    "pre",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "section",
    "article",
];
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s",
    "samp", "script", "small", "span", "strike", "strong", "style", "sub", "sup", "tbody", "td", "th",
    "thead", "tt", "u", "var", "wbr",
];

impl Tag<'_> {
    fn is_block(&self) -> bool {
        BLOCKS.contains(&self.name.as_str())
    }

    /// The replacement for a tag: an allowed element, or nothing.
    fn replacement(&self) -> String {
        let slash = if self.closes { "/" } else { "" };
        let as_named = |name: &str| format!("<{slash}{name}>");
        match self.name.as_str() {
            "b" => as_named("strong"),
            "i" | "cite" | "var" => as_named("em"),
            "s" | "strike" => as_named("del"),
            "tt" | "kbd" | "samp" => as_named("code"),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if self.closes => "</strong></p>".to_owned(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "<p><strong>".to_owned(),
            "div" | "section" | "article" | "dt" | "dd" | "tr" => as_named("p"),
            "td" | "th" | "hr" => " ".to_owned(),
            // Their content is shown as text: no script runs, and nothing is lost without notice.
            "script" | "style" => String::new(),
            _ => self.written.to_owned(),
        }
    }
}

/// Splits a text into tags and the text between them.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut tags = Tags::new(text);
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let Some(tag) = tag(&text[start..]).filter(|tag| tags.is_markup(tag, start)) else {
            at = start + 1;
            continue;
        };
        let end = start + tag.written.len();
        if start > from {
            parts.push(Part::Text(&text[from..start]));
        }
        tags.record(&tag);
        parts.push(Part::Tag(tag));
        (from, at) = (end, end);
    }
    if from < text.len() {
        parts.push(Part::Text(&text[from..]));
    }
    parts
}

/// Facts about all tags of a text that decide what is markup and what is text, collected in one pass.
struct Tags {
    lower: String,
    /// Number of open elements by name.
    open: HashMap<String, usize>,
    /// Position of the last end tag by name.
    last_ends: HashMap<String, Option<usize>>,
}

impl Tags {
    fn new(text: &str) -> Self {
        Self { lower: text.to_ascii_lowercase(), open: HashMap::new(), last_ends: HashMap::new() }
    }

    /// Whether something that looks like a tag is one. Type parameters such as `Vec<a>`, `List<Object>` or
    /// `<B>` look like tags. A start tag must have an end tag unless its element needs none, and an end tag
    /// must have a start tag.
    fn is_markup(&mut self, tag: &Tag<'_>, start: usize) -> bool {
        if tag.closes {
            return matches!(tag.name.as_str(), "p" | "br")
                || self.open.get(&tag.name).is_some_and(|n| *n > 0);
        }
        let upper = tag.written[1..].starts_with(|c: char| c.is_ascii_uppercase());
        let needs_end = !WITHOUT_END.contains(&tag.name.as_str()) || (upper && tag.name.len() == 1);
        let ends_itself = tag.written.ends_with("/>");
        !needs_end || ends_itself || self.last_end(&tag.name).is_some_and(|end| end > start)
    }

    fn last_end(&mut self, name: &str) -> Option<usize> {
        if let Some(known) = self.last_ends.get(name) {
            return *known;
        }
        let end = format!("</{name}");
        let closes = |at: usize| self.lower[at + end.len()..].trim_start().starts_with('>');
        let last = self.lower.rmatch_indices(&end).map(|(at, _)| at).find(|at| closes(*at));
        self.last_ends.insert(name.to_owned(), last);
        last
    }

    fn record(&mut self, tag: &Tag<'_>) {
        let open = self.open.entry(tag.name.clone()).or_default();
        *open = if tag.closes { open.saturating_sub(1) } else { *open + 1 };
    }
}

/// The tag at the start of a text, if it is written like one: a known name in one case, then attributes
/// with values.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(length);
    let one_case =
        !name.contains(|c: char| c.is_ascii_uppercase()) || !name.contains(|c: char| c.is_ascii_lowercase());
    let lower = name.to_ascii_lowercase();
    if !one_case || !(BLOCKS.contains(&lower.as_str()) || INLINE.contains(&lower.as_str())) {
        return None;
    }
    loop {
        let with_line_breaks = rest.trim_start();
        let end = with_line_breaks.strip_prefix('>').or_else(|| with_line_breaks.strip_prefix("/>"));
        if let Some(end) = end {
            let written = &text[..text.len() - end.len()];
            return Some(Tag { name: lower, closes, written });
        }
        if closes || with_line_breaks.len() == rest.len() {
            return None;
        }
        rest = attribute(with_line_breaks)?;
    }
}

/// The rest of a text after an attribute with its value.
fn attribute(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))?;
    if end == 0 {
        return None;
    }
    let rest = text[end..].trim_start().strip_prefix('=')?.trim_start();
    for quote in ['"', '\''] {
        if let Some(value) = rest.strip_prefix(quote) {
            return value.split_once(quote).map(|(_, after)| after);
        }
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '>')?;
    (end > 0).then(|| &rest[end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markdown::tests::assert_harmless;

    #[test]
    fn angle_brackets_that_are_not_markup_are_text() {
        for same in [
            "Generics: Vec<T>",
            "Vec<u8> beats HashMap<K, V> and Option<T>. Is a <b and c> d?",
            "Vec<i>, List<Object>, Box<Label>, Result<A, B>",
            "a < b and 1<2",
            "<unclosed",
            "fn f<P: AsRef<Path>>(p: P)",
            "x </b> y",
            "<3",
            "if a<b && c>d",
            "C++ & C#",
        ] {
            assert_eq!(text(same), same);
            assert_eq!(
                html(same).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
                format!("<p>{same}</p>")
            );
        }
    }

    #[test]
    fn entities_are_decoded_once() {
        assert_eq!(
            text("Caf&eacute; &mdash; it&#8217;s &ldquo;fine&rdquo; &hellip;"),
            "Café — it’s “fine” …"
        );
        assert_eq!(text("&lt;script&gt;"), "<script>");
        assert_eq!(text("&amp;lt;b"), "&lt;b");
    }

    #[test]
    fn markup_becomes_clean_html() {
        for (written, shown) in [
            ("<p>One &amp; <b>two</b></p><p>three</p>", "<p>One &amp; <strong>two</strong></p><p>three</p>"),
            ("<P>one<BR>two</P>", "<p>one<br>two</p>"),
            ("<h2>Title</h2>x", "<p><strong>Title</strong></p>x"),
            ("<i>so</i> <u>it</u> is", "<p><em>so</em> it is</p>"),
            ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
            ("<script>alert(1)</script>", "<p>alert(1)</p>"),
            ("<ol start=\"4\"><li>x</ol>", "<ol start=\"4\"><li>x</li></ol>"),
            ("<img src=x onerror=alert(1)>", "<p></p>"),
        ] {
            assert_eq!(html(written), shown, "{written}");
        }
        let link = html("<p>The wombat of <a href=\"https://example.org\" onclick='x()'>today</a>.</p>");
        assert!(link.contains("<a href=\"https://example.org\" rel="), "{link}");
        assert_harmless("a link", &link);
    }

    #[test]
    fn the_plain_text_is_what_the_page_shows() {
        let written =
            "<p>The wombat <strong>tooling</strong> of <a href=\"https://example.org\">today</a>.</p>";
        assert_eq!(text(written), "The wombat tooling of today.");
        assert_eq!(text("<ul><li>x</li><li>y</li></ul>"), "x\ny");
        assert_eq!(text("one\ntwo\n\nthree"), "one\ntwo\nthree");
        assert_eq!(line("Vec<T>\nand more"), "Vec<T> and more");
        assert_eq!(text("<p>a</p>\n\n<p>b</p>"), "a\nb");
    }

    #[test]
    fn a_hostile_text_is_read_in_bounded_time() {
        for piece in ["<b>", "<b x ", "<b a=\"", "<b a='x' ", "</i>", "<a href=x></b>", "<p><b>", "&lt;"] {
            let written = format!("<b>{}</b></a>", piece.repeat(MAX_MARKUP / piece.len() - 8));
            assert_harmless(piece, &html(&written));
        }
        let long = "<b>x</b> ".repeat(MAX_MARKUP);
        assert!(html(&long).starts_with("<p>&lt;b&gt;x"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn hostile_markup_is_removed(pieces in prop::collection::vec(prop::sample::select(vec![
            "<a href=\"javascript:alert(1)\">", "<a href='https://x.example' onclick=\"x\">", "</a>", "<script>",
            "</script>", "<svg/onload=x>", "<img src=x onerror=x>", "<style>", "<b", ">", "<", "\"", "'", "=",
            "<p style=\"x\">", "<pre>", "</pre>", "\n\n", "\n", "&lt;", "&#60;script&#62;", "x", " ", "<math>",
            "<li>", "<ol start=\"javascript:x\">", "<b a=\">\">", "</b>", "é", "<!--", "-->", "<h1>", "</h1>",
        ]), 0..12)) {
            let written = pieces.concat();
            assert_harmless(&written, &html(&written));
            let _ = text(&written);
        }
    }
}
