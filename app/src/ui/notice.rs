//! What was said: the sentence that the last form left for this page, and sentences of a page's own.

use leptos::prelude::*;

use crate::{context::visit, flash};

/// Shows the flash of this request, if there is one.
#[component]
pub fn Notice() -> impl IntoView {
    flash::take().map(|flash| {
        let class = if flash.is_good() { "notice good" } else { "notice bad" };
        view! {
            <div class=class role="status">
                <p>{flash.sentence(&visit())}</p>
            </div>
        }
    })
}

/// Said once, with the way to take it back beside it.
#[component]
pub fn Toast(
    /// What was done.
    text: String,
    /// A form or a link that takes it back.
    children: Children,
) -> impl IntoView {
    view! { <div class="toast" role="status"><p>{text}</p>{children()}</div> }
}
