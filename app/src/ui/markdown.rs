//! What members write in Markdown and publishers write in HTML, as clean HTML.

use leptos::prelude::*;

/// A text that a member wrote in Markdown.
#[component]
pub fn Markdown(
    /// As they typed it.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=markup::markdown::html(&text)></div> }
}

/// A text of an imported schedule: plain text or HTML, as its publisher wrote it.
#[component]
pub fn Published(
    /// As the file has it.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=markup::published::html(&text)></div> }
}
