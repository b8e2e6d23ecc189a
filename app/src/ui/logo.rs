//! The portal's logo, a hall with a gable and an open door, and a larger drawing of the hall.

use leptos::prelude::*;

use crate::context::Visit;

/// The largest size of a community's logo in the header, in pixels.
const MAX_SIZE: (u32, u32) = (160, 40);

/// The logo next to the community's name. Decorative, so screen readers skip it.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
            <path class="logo-hall" d="M16 3 3 13v3h2v12h22V16h2v-3z" />
            <path class="logo-door" d="M12 28v-7a4 4 0 0 1 8 0v7z" />
        </svg>
    }
}

/// The community's own logo, or the portal's, and the community's name. A wide logo takes the place of the name.
#[must_use]
pub fn brand(visit: &Visit) -> AnyView {
    let name = visit.community.clone();
    let Some(logo) = &visit.logo else {
        return view! { <a class="brand" href="/"><Logo />{name}</a> }.into_any();
    };
    let (width, height) = logo.fitted(MAX_SIZE.0, MAX_SIZE.1);
    let (alternative, beside) = if logo.replaces_name() { (name, None) } else { (String::new(), Some(name)) };
    view! {
        <a class="brand" href="/"><img class="own-logo" src=logo.path() alt=alternative width=width height=height />{beside}</a>
    }
    .into_any()
}

/// The hall at night with lit windows, for the home page. Decorative, so screen readers skip it.
#[component]
pub fn Hall() -> impl IntoView {
    const LIT: [bool; 6] = [false, true, true, false, true, true];
    let window = |(n, lit): (u32, bool)| {
        let x = 52 + n * 46 + if n > 2 { 60 } else { 0 };
        let class = if lit { "hall-lit" } else { "hall-window" };
        view! { <path class=class d=format!("M{x} 176v-44a15 15 0 0 1 30 0v44z") /> }
    };
    view! {
        <svg class="hall" viewBox="0 0 420 220" width="420" height="220" aria-hidden="true">
            <path class="hall-wall" d="M210 14 18 92v14h16v114h352V106h16V92z" />
            <circle class="hall-lit" cx="210" cy="70" r="13" />
            {(0..6).zip(LIT).map(window).collect_view()}
            <path class="hall-lit" d="M182 220v-62a28 28 0 0 1 56 0v62z" />
        </svg>
    }
}
