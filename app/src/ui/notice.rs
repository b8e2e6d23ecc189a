//! The sentence that the last form left for this page.

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
