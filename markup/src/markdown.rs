//! Markdown from members, reduced to the few elements that a text needs. HTML tags in it are shown as text.

use std::{fmt::Write as _, ops::Range};

use comrak::{
    Arena, Options, format_html,
    nodes::{ListType, Node, NodeLink, NodeValue},
    parse_document,
};

use crate::{clean::clean, plain::plain};

/// Markdown as clean HTML: without scripts, pictures, styles, and headings that would mix with those of the
/// page. A picture is replaced by its alternative text. Numbered lists keep their first number.
#[must_use]
pub fn html(text: &str) -> String {
    html_with_mentions(text, |_| None)
}

/// Like [`html`], for emails: an address becomes a link only where it was written as one, and `unlinked` keeps email
/// programs from making links of the rest (C11).
#[must_use]
pub fn html_for_email(text: &str, unlinked: impl Fn(&str) -> String) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options(false));
    for node in root.descendants() {
        match &mut node.data_mut().value {
            NodeValue::Text(text) => *text = unlinked(text).into(),
            NodeValue::Code(code) => code.literal = unlinked(&code.literal),
            NodeValue::CodeBlock(code) => code.literal = unlinked(&code.literal),
            NodeValue::HtmlInline(html) => *html = unlinked(html),
            NodeValue::HtmlBlock(html) => html.literal = unlinked(&html.literal),
            _ => {}
        }
    }
    rendered(&arena, root, &options(false))
}

/// The text for the plain part of an email: one line for each paragraph or item, and the address behind each link. The
/// Markdown of lists stays, because it is easy to read.
#[must_use]
pub fn text_for_email(text: &str, unlinked: impl Fn(&str) -> String) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options(false));
    let mut out = String::new();
    for block in root.children() {
        write_block(block, &unlinked, "", &mut out);
    }
    out.trim_end().to_owned()
}

/// Writes a block with a prefix for nested ones, and an empty line after it.
fn write_block(block: Node<'_>, unlinked: &impl Fn(&str) -> String, indent: &str, out: &mut String) {
    let value = block.data().value.clone();
    match value {
        NodeValue::List(list) => {
            for (place, item) in block.children().enumerate() {
                let sign = match list.list_type {
                    ListType::Bullet => "- ".to_owned(),
                    ListType::Ordered => format!("{}. ", list.start + place),
                };
                let mut inside = String::new();
                for child in item.children() {
                    write_block(child, unlinked, "", &mut inside);
                }
                let deeper = " ".repeat(sign.len());
                for (row, line) in inside.trim_end().lines().filter(|line| !line.is_empty()).enumerate() {
                    let before = if row == 0 { &sign } else { &deeper };
                    _ = writeln!(out, "{indent}{before}{line}");
                }
            }
            out.push('\n');
        }
        NodeValue::CodeBlock(code) => {
            for line in code.literal.lines() {
                _ = writeln!(out, "{indent}{}", unlinked(line));
            }
            out.push('\n');
        }
        NodeValue::HtmlBlock(html) => _ = writeln!(out, "{indent}{}", unlinked(&html.literal)),
        NodeValue::ThematicBreak => out.push_str("---\n\n"),
        NodeValue::BlockQuote => {
            for child in block.children() {
                write_block(child, unlinked, indent, out);
            }
        }
        _ => {
            let mut line = String::new();
            write_inline(block, unlinked, &mut line);
            for line in line.lines() {
                _ = writeln!(out, "{indent}{line}");
            }
            out.push('\n');
        }
    }
}

fn write_inline(parent: Node<'_>, unlinked: &impl Fn(&str) -> String, out: &mut String) {
    for node in parent.children() {
        let value = node.data().value.clone();
        match value {
            NodeValue::Text(text) => out.push_str(&unlinked(&text)),
            NodeValue::Code(code) => out.push_str(&unlinked(&code.literal)),
            NodeValue::HtmlInline(html) => out.push_str(&unlinked(&html)),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push('\n'),
            NodeValue::Link(link) => {
                write_inline(node, unlinked, out);
                if link.url.starts_with("https://") || link.url.starts_with("http://") {
                    _ = write!(out, " ({})", link.url);
                }
            }
            _ => write_inline(node, unlinked, out),
        }
    }
}

/// Like [`html`], with a link for each `@name` that `address` knows. The name is lower case. Names in code and in links
/// stay as they are.
#[must_use]
pub fn html_with_mentions(text: &str, address: impl Fn(&str) -> Option<String>) -> String {
    let options = options(true);
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    link_mentions(&arena, root, &address);
    rendered(&arena, root, &options)
}

fn options(autolink: bool) -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = autolink;
    options.extension.strikethrough = true;
    // HTML in the text is shown as it was typed.
    options.render.escape = true;
    options
}

fn rendered<'a>(arena: &'a Arena<'a>, root: Node<'a>, options: &Options<'_>) -> String {
    pictures_to_text(root);
    headings_to_bold(arena, root);
    let mut html = String::new();
    // Writing to a string cannot fail. If it did, the result would be empty.
    if format_html(root, options, &mut html).is_err() {
        return String::new();
    }
    clean(&html)
}

/// The names that a text mentions as `@name`, in lower case and without duplicates, in their order.
#[must_use]
pub fn mentions(text: &str) -> Vec<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &Options::default());
    let mut found: Vec<String> = Vec::new();
    for node in mentioning(root) {
        if let NodeValue::Text(text) = &node.data().value {
            for range in mention_ranges(text) {
                let name = text[range].trim_start_matches('@').to_ascii_lowercase();
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
    }
    found
}

/// The text nodes outside of links. Code is no text node.
fn mentioning(root: Node<'_>) -> Vec<Node<'_>> {
    let is_link = |node: Node<'_>| matches!(node.data().value, NodeValue::Link(_));
    let is_text = |node: &Node<'_>| matches!(node.data().value, NodeValue::Text(_));
    root.descendants().filter(is_text).filter(|node| !node.ancestors().any(is_link)).collect()
}

/// Where `@name` stands in a text. An address such as `mei@example.org` is none.
fn mention_ranges(text: &str) -> Vec<Range<usize>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut ranges = Vec::new();
    for (start, _) in text.match_indices('@') {
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '@')) {
            continue;
        }
        let rest = &text[start + 1..];
        let name = rest.split(|c: char| !is_name(c)).next().unwrap_or_default().trim_end_matches('-');
        let after = rest[name.len()..].chars().next();
        if !name.is_empty() && !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '@')) {
            ranges.push(start..start + 1 + name.len());
        }
    }
    ranges
}

fn link_mentions<'a>(arena: &'a Arena<'a>, root: Node<'a>, address: &impl Fn(&str) -> Option<String>) {
    for node in mentioning(root) {
        let NodeValue::Text(text) = node.data().value.clone() else { continue };
        let plain = |text: &str| arena.alloc(NodeValue::Text(text.to_owned().into()).into());
        let mut done = 0;
        for range in mention_ranges(&text) {
            let name = text[range.clone()].trim_start_matches('@').to_ascii_lowercase();
            let Some(url) = address(&name) else { continue };
            let link = arena.alloc(NodeValue::Link(Box::new(NodeLink { url, title: String::new() })).into());
            link.append(plain(&text[range.clone()]));
            node.insert_before(plain(&text[done..range.start]));
            node.insert_before(link);
            done = range.end;
        }
        if done > 0 {
            node.data_mut().value = NodeValue::Text(text[done..].to_owned().into());
        }
    }
}

/// The text as a page shows it, with one line for each paragraph or item.
#[must_use]
pub fn text(text: &str) -> String {
    plain(&html(text))
}

fn pictures_to_text(root: Node<'_>) {
    let pictures = root.descendants().filter(|node| matches!(node.data().value, NodeValue::Image(_)));
    for picture in pictures.collect::<Vec<_>>() {
        for child in picture.children().collect::<Vec<_>>() {
            picture.insert_before(child);
        }
        picture.detach();
    }
}

fn headings_to_bold<'a>(arena: &'a Arena<'a>, root: Node<'a>) {
    let headings = root.descendants().filter(|node| matches!(node.data().value, NodeValue::Heading(_)));
    for heading in headings.collect::<Vec<_>>() {
        heading.data_mut().value = NodeValue::Paragraph;
        let bold = arena.alloc(NodeValue::Strong.into());
        for child in heading.children().collect::<Vec<_>>() {
            bold.append(child);
        }
        heading.append(bold);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::clean::ALLOWED;

    #[test]
    fn markdown_becomes_html() {
        let html = html("# Hello\n\nI *test* **things**:\n\n- one\n- two\n\nhttps://example.org `x < y`");
        assert!(html.contains("<p><strong>Hello</strong></p>"), "{html}");
        assert!(html.contains("<em>test</em>") && html.contains("<li>one</li>"), "{html}");
        assert!(html.contains("<a href=\"https://example.org\" rel=\"ugc nofollow noopener\">"), "{html}");
        assert!(html.contains("<code>x &lt; y</code>"), "{html}");
    }

    #[test]
    fn lists_keep_their_numbers_and_pictures_their_alternative_text() {
        let input = "1986. A great vintage.\n\n<!-- -->\n\n3. third\n4. fourth\n\n![logo of *our* team](https://example.org/logo.png)";
        let html = html(input);
        assert!(html.contains("<ol start=\"1986\">") && html.contains("<ol start=\"3\">"), "{html}");
        assert!(html.contains("logo of <em>our</em> team") && !html.contains("<img"), "{html}");
        let text = text(input);
        assert!(text.contains("1986. A great vintage."), "{text}");
        assert!(text.contains("3. third\n4. fourth\nlogo of our team"), "{text}");
    }

    #[test]
    fn the_plain_text_has_no_marks() {
        for (input, expected) in [
            (
                "# Hello\n\nI *test* **things**:\n\n- one\n\n2. two\n\n> three",
                "Hello\nI test things:\none\n2. two\nthree",
            ),
            (
                "See [the notes](https://example.org/a_(b)) and ![x](javascript:alert(1)).",
                "See the notes and x.",
            ),
            ("```sh\nmake all\n```\n---\n~~no~~ `yes`", "make all\nno yes"),
            ("C# and snake_case, a - b, _so_ 3.5", "C# and snake_case, a - b, so 3.5"),
            ("a [b] and [c](d", "a [b] and [c](d"),
            ("Vec<T> & <b>bold</b>", "Vec<T> & <b>bold</b>"),
            ("[", "["),
            ("", ""),
        ] {
            assert_eq!(text(input), expected, "{input}");
        }
    }

    #[test]
    fn c11_emails_have_only_the_links_that_were_written_as_links() {
        let unlinked = |text: &str| text.replace('.', "_");
        let typed = "# Bring\n\nSee [the notes](https://notes.example/a) or https://evil.example.\n\n- a **pen**\n- `x.y`\n  1. deep\n\n[x](javascript:alert(1)) <b>c.d</b>";
        let html = html_for_email(typed, unlinked);
        assert!(html.contains("href=\"https://notes.example/a\""), "{html}");

        assert!(html.contains("https://evil_example_") && html.contains("x_y"), "{html}");
        assert!(!html.contains("javascript:") && html.contains("&lt;b&gt;c_d"), "{html}");
        // Control: a page makes a link of the address.
        assert!(super::html(typed).contains("href=\"https://evil.example\""));
        assert_eq!(
            text_for_email(typed, unlinked),
            "Bring\n\nSee the notes (https://notes.example/a) or https://evil_example_\n\n- a pen\n- x_y\n  1. deep\n\nx <b>c_d</b>"
        );
    }

    #[test]
    fn known_names_become_links() {
        let known =
            |name: &str| (name == "mei-tanaka").then(|| "https://guild.example/members/mei-tanaka".into());
        let html = |text: &str| html_with_mentions(text, known);
        let link = |text: &str| {
            format!(
                "<a href=\"https://guild.example/members/mei-tanaka\" rel=\"ugc nofollow noopener\">{text}</a>"
            )
        };
        assert_eq!(html("Hi @mei-tanaka, *@Mei-Tanaka*!").matches(&link("@mei-tanaka")).count(), 1);
        assert!(html("(@Mei-Tanaka)").contains(&link("@Mei-Tanaka")));
        for other in [
            "@nobody",
            "mei@mei-tanaka",
            "`@mei-tanaka`",
            "@mei-tanaka_x",
            "[@mei-tanaka](https://evil.example)",
            "https://social.example/@mei-tanaka",
        ] {
            assert!(!html(other).contains("guild.example"), "{other}: {}", html(other));
        }
        assert_harmless("@mei-tanaka", &html("@mei-tanaka <script>alert(1)</script>"));
        let text = "@mei-tanaka and @ada, not ada@example.org or `@kofi`. @Ada!";
        assert_eq!(mentions(text), ["mei-tanaka", "ada"]);
    }

    #[test]
    fn hostile_markup_is_removed() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://evil.example/track.png)",
            "![<script>alert(1)</script>](x)",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "[x](//evil.example)",
            "[x](/sign-out)",
            "<a href=\"javascript:alert(1)\" onclick=\"x()\">y</a>",
            "<svg/onload=alert(1)>",
            "<style>*{display:none}</style>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "[x](https://e.example \"onmouseover=alert(1) x=\")",
            "```html\n</code></pre><script>alert(1)</script>\n```",
            "<div\nstyle=\"position:fixed\">x</div>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<https://e.example/\"><script>alert(1)</script>>",
            "[x]: javascript:alert(1)\n\n[x]",
            "<math><mtext></p><script>alert(1)</script>",
            "[a](java\u{0}script:alert(1)) [b](\u{1}javascript:alert(1))",
        ] {
            assert_harmless(hostile, &html(hostile));
        }
    }

    /// Fails when the HTML contains an element or attribute that is not on the list.
    pub(crate) fn assert_harmless(input: &str, html: &str) {
        for part in html.split('<').skip(1) {
            let tag = part.split('>').next().unwrap_or_default();
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
            assert!(ALLOWED.contains(&name), "{input}: {html}");
            let attributes = tag.matches('=').count();
            let allowed = tag.matches(" href=\"http").count() + tag.matches(" rel=\"").count();
            assert!(matches!(name, "a" | "ol") || attributes == 0, "{input}: {html}");
            assert!(name != "a" || tag.starts_with('/') || allowed >= 1, "{input}: {html}");
            assert!(name != "ol" || attributes == tag.matches(" start=\"").count(), "{input}: {html}");
            assert!(!tag.contains("href=\"java") && !tag.contains("href=\"data"), "{html}");
        }
    }
}
