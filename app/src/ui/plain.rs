//! Texts of people as paragraphs of text, never as markup.

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
