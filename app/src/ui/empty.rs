//! A place where nothing stands yet, and what to do about it.

use leptos::prelude::*;

/// Says what will stand here, and offers a first step.
#[component]
pub fn Empty(
    /// In a few words.
    title: String,
    /// In a sentence.
    text: String,
    /// A link or a form, if there is something to do.
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
