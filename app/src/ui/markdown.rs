//! Markdown of members and HTML of publishers, sanitised.

use leptos::prelude::*;

/// A member's Markdown as sanitised HTML.
#[component]
pub fn Markdown(
    /// The Markdown as it was typed.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=markup::markdown::html(&text)></div> }
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
