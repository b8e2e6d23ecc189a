//! What publishers of schedules write: plain text, HTML, or a mixture. Angle brackets that are no markup,
//! such as `Vec<T>`, are text.

use std::collections::HashMap;

use crate::{clean::clean, plain::plain};

/// A longer text is taken for plain text: what parsers need for it grows faster than its length. In bytes.
const MAX_MARKUP: usize = 60_000;

/// A publisher's text as clean HTML. Text without block elements becomes paragraphs: an empty line parts
/// them, a line end stays one. Elements are reduced to the allowed ones, links keep their targets.
#[must_use]
pub fn html(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    let parts = if text.len() > MAX_MARKUP { vec![Part::Text(text)] } else { parts(text) };
    let blocks = parts.iter().any(|part| matches!(part, Part::Tag(tag) if tag.is_block()));
    let mut html = String::with_capacity(text.len() + 32);
    let mut kept = 0_usize;
    for part in &parts {
        match part {
            Part::Tag(tag) => {
                if tag.name == "pre" {
                    kept = if tag.closes { kept.saturating_sub(1) } else { kept + 1 };
                }
                html.push_str(&tag.replacement());
            }
            Part::Text(words) => html.push_str(&spaced(&words.replace('<', "&lt;"), blocks, kept > 0)),
        }
    }
    if !blocks && !html.is_empty() {
        html = format!("<p>{html}</p>");
    }
    clean(&html)
}

/// The words that a page shows of the text, one line for each paragraph or item.
#[must_use]
pub fn text(text: &str) -> String {
    plain(&html(text))
}

/// Titles and names: the same on one line.
#[must_use]
pub fn line(published: &str) -> String {
    text(published).replace('\n', " ")
}

/// Line ends as elements: in plain text each of them, in HTML the empty lines between words alone.
fn spaced(words: &str, blocks: bool, kept: bool) -> String {
    if kept || !words.contains('\n') {
        return words.to_owned();
    }
    let lines: Vec<&str> = words.split('\n').map(str::trim_end).collect();
    if !blocks {
        return paragraphs(&lines);
    }
    let is_empty = |line: &&str| line.is_empty();
    let first = lines.iter().position(|line| !is_empty(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !is_empty(line)).unwrap_or(0);
    let mut html = String::with_capacity(words.len());
    for (at, line) in lines.iter().enumerate() {
        // Several empty lines part words as one does.
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

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

/// A tag of HTML, as written.
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

    /// The tag as the list of allowed elements has it.
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
            // Their content is shown: nothing runs, and nothing is lost in silence.
            "script" | "style" => String::new(),
            _ => self.written.to_owned(),
        }
    }
}

/// Cuts a text into tags and what is between them.
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
        tags.note(&tag);
        parts.push(Part::Tag(tag));
        (from, at) = (end, end);
    }
    if from < text.len() {
        parts.push(Part::Text(&text[from..]));
    }
    parts
}

/// What has to be known of a text's tags to tell markup from text, each in one look at the text.
struct Tags {
    lower: String,
    /// How many elements of each name are open.
    open: HashMap<String, usize>,
    /// Where the last end tag of each name begins.
    last_ends: HashMap<String, Option<usize>>,
}

impl Tags {
    fn new(text: &str) -> Self {
        Self { lower: text.to_ascii_lowercase(), open: HashMap::new(), last_ends: HashMap::new() }
    }

    /// Whether a tag is meant as one. Type parameters look like tags: `Vec<a>`, `List<Object>`, `<B>`. A start
    /// tag has an end tag, unless its element needs none, and an end tag has a start tag.
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

    fn note(&mut self, tag: &Tag<'_>) {
        let open = self.open.entry(tag.name.clone()).or_default();
        *open = if tag.closes { open.saturating_sub(1) } else { *open + 1 };
    }
}

/// The tag that a text begins with, when it is written like one: a known name in one case, then attributes
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
        let spaced = rest.trim_start();
        let end = spaced.strip_prefix('>').or_else(|| spaced.strip_prefix("/>"));
        if let Some(end) = end {
            let written = &text[..text.len() - end.len()];
            return Some(Tag { name: lower, closes, written });
        }
        if closes || spaced.len() == rest.len() {
            return None;
        }
        rest = attribute(spaced)?;
    }
}

/// What follows an attribute with its value.
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
    fn what_is_no_markup_is_text() {
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
    fn text_is_what_the_page_shows() {
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
        fn nothing_hostile_survives(pieces in prop::collection::vec(prop::sample::select(vec![
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
