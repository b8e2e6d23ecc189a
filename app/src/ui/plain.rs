//! Members' plain text as paragraphs, without any markup.

use leptos::prelude::*;

/// A text as paragraphs. An empty line starts a new one, and line breaks are kept.
#[component]
pub fn Paragraphs(
    /// The plain text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let paragraphs: Vec<String> =
        text.split("\n\n").map(|part| part.trim_matches('\n').to_owned()).filter(|p| !p.is_empty()).collect();
    view! {
        <div class="prose">
            {paragraphs.into_iter().map(|text| view! { <p class="plain-text">{text}</p> }).collect_view()}
        </div>
    }
}

/// The address if it is safe as a link target: `http` or `https`, without spaces or control characters.
#[must_use]
pub fn web_link(address: &str) -> Option<String> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let fits = (lower.starts_with("https://") || lower.starts_with("http://"))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control());
    fits.then(|| address.to_owned())
}

/// An address with a query. Names and values are encoded. Spaces become `%20`, because some sites show a `+`.
#[must_use]
pub fn address_with(base: &str, query: &[(&str, &str)]) -> String {
    let pairs = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{base}?{}", pairs.replace('+', "%20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert!(web_link("https://example.org/x").is_some());
        assert!(web_link(" HTTP://example.org").is_some());
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "//example.org", "java\nscript:x", "mailto:a@b.c", ""]
        {
            assert!(web_link(bad).is_none(), "{bad:?}");
        }
    }
}
