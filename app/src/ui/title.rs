//! The title of the document.

use leptos::prelude::*;

use crate::context::visit;

/// Text as HTML. Views escape by themselves; this is for the two places that do not: the title of the
/// document and `<textarea>`.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

/// Sets the title of the document. `leptos_meta` writes a title as it is, so it is escaped here.
#[component]
pub fn Title(
    /// What the page is about.
    #[prop(into)]
    text: String,
    /// A sentence about it for search engines and previews.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    let whole = escape(&format!("{text} · {}", visit().community));
    view! {
        <leptos_meta::Title text=whole />
        {about.map(|about| view! { <leptos_meta::Meta name="description" content=about /> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escape("</title><b a='\"'>&"), "&lt;/title&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
