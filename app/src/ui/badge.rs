//! Badges: a short label for a state.

use leptos::prelude::*;

/// What a badge means. Its text must say the same, because colour alone is not enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Secondary information.
    #[default]
    Quiet,
    /// About the reader, or needs attention.
    Brass,
    /// In progress, or successful.
    Good,
    /// Cancelled, or failed.
    Bad,
    /// Not published yet.
    Draft,
}

/// A badge.
#[component]
pub fn Badge(
    /// Sets the colours.
    #[prop(optional)]
    tone: Tone,
    /// The label.
    children: Children,
) -> impl IntoView {
    let class = match tone {
        Tone::Quiet => "badge",
        Tone::Brass => "badge brass",
        Tone::Good => "badge good",
        Tone::Bad => "badge bad",
        Tone::Draft => "badge draft",
    };
    view! { <span class=class>{children()}</span> }
}
