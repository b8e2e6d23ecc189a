//! The mark of the portal: a gabled hall with an open door.

use leptos::prelude::*;

/// The mark beside the community's name; it says nothing that the name does not.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <path class="logo-hall" d="M16 3 3 13v3h2v12h22V16h2v-3z" />
            <path class="logo-door" d="M12 28v-7a4 4 0 0 1 8 0v7z" />
        </svg>
    }
}
