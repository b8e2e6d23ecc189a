//! Texts of people and publishers as paragraphs of text: never as markup.

use leptos::prelude::*;

/// A text as paragraphs: an empty line parts them, a line break stays one.
#[component]
pub fn Paragraphs(
    /// What somebody wrote.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let paragraphs: Vec<String> =
        text.split("\n\n").map(|part| part.trim_matches('\n').to_owned()).filter(|p| !p.is_empty()).collect();
    view! {
        <div class="prose">
            {paragraphs.into_iter().map(|text| view! { <p class="written">{text}</p> }).collect_view()}
        </div>
    }
}

/// The text of a publisher's markup: tags are taken out, the common entities are read, block ends become
/// paragraphs. The result is text; views escape it like any other.
#[must_use]
pub fn stripped(markup: &str) -> String {
    let markup = markup.replace("\r\n", "\n");
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup.as_str();
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag(rest) {
            Some((name, length)) => {
                text.push_str(break_for(&name));
                rest = &rest[length..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    for (entity, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        text = text.replace(entity, character);
    }
    text.trim().to_owned()
}

/// The name and length of the tag that `text` begins with, if it does.
fn tag(text: &str) -> Option<(String, usize)> {
    let inner = &text[1..];
    let starts =
        inner.strip_prefix('/').unwrap_or(inner).starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    let end = text.find('>').filter(|_| starts)?;
    let name =
        text[1..end].chars().take_while(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    Some((name, end + 1))
}

fn break_for(tag: &str) -> &'static str {
    match tag.trim_end_matches('/') {
        "/p" | "/div" | "/ul" | "/ol" | "/h1" | "/h2" | "/h3" | "/h4" => "\n\n",
        "br" | "/li" => "\n",
        "li" => "– ",
        _ => "",
    }
}

/// An address as a link target, if it is one that a page may lead to.
#[must_use]
pub fn web_link(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let fits = (lower.starts_with("https://") || lower.starts_with("http://"))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control());
    fits.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(stripped("<p>One &amp; <b>two</b></p><p>three</p>"), "One & two\n\nthree");
        assert_eq!(stripped("a < b and 1<2"), "a < b and 1<2");
        assert_eq!(stripped("<script>alert(1)</script>"), "alert(1)");
        assert_eq!(stripped("<ul><li>x</li><li>y</li></ul>"), "– x\n– y");
        // What was escaped twice stays text: the view escapes it again.
        assert_eq!(stripped("&lt;script&gt;"), "<script>");
        assert_eq!(stripped("&amp;lt;b"), "&lt;b");
        assert_eq!(stripped("<unclosed"), "<unclosed");
    }

    #[test]
    fn only_the_web_is_linked() {
        assert!(web_link("https://example.org/x").is_some());
        assert!(web_link(" HTTP://example.org").is_some());
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "//example.org", "java\nscript:x", "mailto:a@b.c", ""]
        {
            assert!(web_link(bad).is_none(), "{bad:?}");
        }
    }
}
