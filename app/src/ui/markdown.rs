//! What members write in Markdown, as the few elements that a text needs. Tags that they type are text.

use std::{collections::HashSet, sync::LazyLock};

use ammonia::{Builder, UrlRelative};
use comrak::{Options, markdown_to_html};
use leptos::prelude::*;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = ["p", "br", "em", "strong", "del", "ul", "ol", "li", "a", "code", "pre", "blockquote"];
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(tags))
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .url_schemes(HashSet::from(["https", "http"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("ugc nofollow noopener"));
    cleaner
});

/// A member's Markdown as clean HTML: no scripts, no pictures, no styles, no headings that would stand
/// between those of the page. Links are marked as theirs, not ours.
#[must_use]
pub fn clean_html(text: &str) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    // What is typed as HTML is shown as it was typed.
    options.render.escape = true;
    let mut html = markdown_to_html(text, &options);
    for level in 1..=6 {
        html = html
            .replace(&format!("<h{level}>"), "<p><strong>")
            .replace(&format!("</h{level}>"), "</strong></p>");
    }
    CLEANER.clean(&html).to_string()
}

/// A text that a member wrote in Markdown.
#[component]
pub fn Markdown(
    /// As they typed it.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=clean_html(&text)></div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_set_as_it_was_meant() {
        let html =
            clean_html("# Hello\n\nI *test* **things**:\n\n- one\n- two\n\nhttps://example.org `x < y`");
        assert!(html.contains("<p><strong>Hello</strong></p>"), "{html}");
        assert!(html.contains("<em>test</em>") && html.contains("<li>one</li>"), "{html}");
        assert!(html.contains("<a href=\"https://example.org\" rel=\"ugc nofollow noopener\">"), "{html}");
        assert!(html.contains("<code>x &lt; y</code>"), "{html}");
    }

    #[test]
    fn nothing_hostile_survives() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://evil.example/track.png)",
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
            let html = clean_html(hostile);
            for part in html.split('<').skip(1) {
                let tag = part.split('>').next().unwrap_or_default();
                let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
                let known =
                    ["p", "br", "em", "strong", "del", "ul", "ol", "li", "a", "code", "pre", "blockquote"];
                assert!(known.contains(&name), "{hostile}: {html}");
                let attributes = tag.matches('=').count();
                let allowed = tag.matches(" href=\"http").count() + tag.matches(" rel=\"").count();
                assert!(name == "a" || attributes == 0, "{hostile}: {html}");
                assert!(name != "a" || tag.starts_with('/') || allowed >= 1, "{hostile}: {html}");
                assert!(!tag.contains("href=\"java") && !tag.contains("href=\"data"), "{html}");
            }
        }
    }
}
