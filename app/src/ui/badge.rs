//! A word about the state of something.

use leptos::prelude::*;

/// What a badge means; its words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// By the way.
    #[default]
    Quiet,
    /// Yours.
    Brass,
    /// Going on, done.
    Good,
    /// Off, failed.
    Bad,
    /// Not out yet.
    Draft,
}

/// A badge.
#[component]
pub fn Badge(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// Its words.
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
