//! How far something is, and how much of it there is.

use leptos::prelude::*;

/// How far something is; without `done` it only says that it goes on.
#[component]
pub fn Progress(
    /// What goes on.
    label: String,
    /// Parts that are done.
    done: Option<u32>,
    /// All parts.
    of: u32,
) -> impl IntoView {
    view! { <progress aria-label=label value=done.map(|done| done.to_string()) max=of.max(1).to_string()></progress> }
}

/// How much of something is used.
#[component]
pub fn Meter(
    /// The same in words.
    label: String,
    /// What is used.
    used: u32,
    /// What there is.
    of: u32,
) -> impl IntoView {
    let max = of.max(1);
    // `high` and `optimum` make "too much" a state of its own.
    view! {
        <meter aria-label=label min="0" max=max.max(used).to_string() high=max.to_string() optimum="0" value=used.to_string()>
            {format!("{used}/{of}")}
        </meter>
    }
}
