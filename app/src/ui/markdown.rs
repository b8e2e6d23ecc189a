//! Markdown of members and HTML of publishers, sanitised.

use leptos::prelude::*;

/// A member's Markdown as sanitised HTML.
#[component]
pub fn Markdown(
    /// The Markdown as it was typed.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose typed" inner_html=markup::markdown::html(&text)></div> }
}

/// A member's Markdown as sanitised HTML, with links to the members that it mentions.
#[component]
pub fn MentioningMarkdown(
    /// The Markdown as it was typed.
    #[prop(into)]
    text: String,
    /// The origin of the portal, because texts have complete links only.
    origin: String,
    /// The slugs of members who become links.
    mentioned: Vec<String>,
) -> impl IntoView {
    let address =
        |slug: &str| mentioned.iter().any(|known| known == slug).then(|| format!("{origin}/members/{slug}"));
    view! { <div class="prose" inner_html=markup::markdown::html_with_mentions(&text, address)></div> }
}

/// A text of an imported schedule as sanitised HTML.
#[component]
pub fn Published(
    /// Plain text or HTML, as in the imported file.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=markup::published::html(&text)></div> }
}
