//! The title of the document.

use leptos::prelude::*;
use leptos_meta::Meta;

use crate::context::{tr, visit};

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

/// Sets the title of the document, and what others see of the page when somebody passes its address on.
/// `leptos_meta` writes a title as it is, so it is escaped here.
#[component]
pub fn Title(
    /// What the page is about.
    #[prop(into)]
    text: String,
    /// A sentence about it for search engines and previews.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    let visit = visit();
    let whole = escape(&format!("{text} · {}", visit.community));
    // The front page is the community.
    let shown = if visit.path() == "/" { visit.community.clone() } else { text };
    if let Some(about) = about {
        let address = format!("{}{}", visit.origin, visit.path());
        let picture = format!("{}{}/card.png", visit.origin, visit.assets);
        // Rendering registers them; a page may be rendered after its head was sent, and then they were lost.
        let _ = view! {
            <Meta name="description" content=about.clone() />
            <Meta property="og:title" content=shown />
            <Meta property="og:description" content=about />
            <Meta property="og:type" content="website" />
            <Meta property="og:site_name" content=visit.community.clone() />
            <Meta property="og:url" content=address />
            <Meta property="og:image" content=picture />
            <Meta property="og:image:alt" content=tr("site-card") />
            <Meta name="twitter:card" content="summary_large_image" />
        }
        .to_html();
    }
    view! { <leptos_meta::Title text=whole /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escape("</title><b a='\"'>&"), "&lt;/title&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
