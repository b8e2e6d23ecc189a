//! Empty states.

use leptos::prelude::*;

/// An empty state: says what will be here, and offers a first step.
#[component]
pub fn Empty(
    /// A few words.
    title: String,
    /// One sentence.
    text: String,
    /// A link or a form for the first step, if there is one.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
