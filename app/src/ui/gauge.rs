//! Progress bars and meters.

use leptos::prelude::*;

/// A progress bar. Without `done` it shows that something is in progress.
#[component]
pub fn Progress(
    /// The accessible name.
    label: String,
    /// Finished parts.
    done: Option<u32>,
    /// All parts.
    of: u32,
) -> impl IntoView {
    view! { <progress aria-label=label value=done.map(|done| done.to_string()) max=of.max(1).to_string()></progress> }
}

/// A meter that shows how much of something is used.
#[component]
pub fn Meter(
    /// The accessible name, which says the same as the meter.
    label: String,
    /// The used amount. It may be larger than `of`.
    used: u32,
    /// The available amount.
    of: u32,
) -> impl IntoView {
    let max = of.max(1);
    // `high` and `optimum` give "over capacity" its own colour.
    view! {
        <meter aria-label=label min="0" max=max.max(used).to_string() high=max.to_string() optimum="0" value=used.to_string()>
            {format!("{used}/{of}")}
        </meter>
    }
}
