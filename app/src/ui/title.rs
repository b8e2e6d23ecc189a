//! The title and the link preview of a page.

use leptos::prelude::*;
use leptos_meta::Meta;

use crate::context::{tr, visit};

/// Escapes text for HTML. Views do that by themselves, except for the document's title and `<textarea>`.
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

/// Sets the title of the document, and with `about` the preview that is shown when somebody shares the page.
/// `leptos_meta` writes a title without escaping it, so it is escaped here.
#[component]
pub fn Title(
    /// The title without the community's name, which is appended.
    #[prop(into)]
    text: String,
    /// One sentence for search engines and previews.
    #[prop(optional, into)]
    about: Option<String>,
    /// The path of a picture for previews and its alternative text, in place of the community's own.
    #[prop(optional)]
    picture: Option<(String, String)>,
) -> impl IntoView {
    let visit = visit();
    let whole = escape(&format!("{text} · {}", visit.community));
    // The home page is named after the community.
    let shown = if visit.path() == "/" { visit.community.clone() } else { text };
    if let Some(about) = about {
        let address = format!("{}{}", visit.origin, visit.path());
        let (picture, alternative) = match picture {
            Some((path, alternative)) => (format!("{}{path}", visit.origin), alternative),
            None => (format!("{}{}/card.png", visit.origin, visit.assets), tr("site-card")),
        };
        // Rendering registers the tags. Done here, because tags that render after the head was sent would be
        // lost.
        let _ = view! {
            <Meta name="description" content=about.clone() />
            <Meta property="og:title" content=shown />
            <Meta property="og:description" content=about />
            <Meta property="og:type" content="website" />
            <Meta property="og:site_name" content=visit.community.clone() />
            <Meta property="og:url" content=address />
            <Meta property="og:image" content=picture />
            <Meta property="og:image:alt" content=alternative />
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
    fn markup_in_text_is_escaped() {
        assert_eq!(escape("</title><b a='\"'>&"), "&lt;/title&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
