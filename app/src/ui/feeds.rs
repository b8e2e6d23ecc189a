//! Links to feeds.

use leptos::prelude::*;

use crate::context::tr;

/// Links to the event feeds below `base`.
#[must_use]
pub fn feeds(base: &str) -> AnyView {
    let link = |end: &str, kind: &'static str, key: &str| {
        view! { <a rel="alternate" type=kind href=format!("{base}/events.{end}")>{tr(key)}</a> }
    };
    view! {
        <p class="help row">
            {tr("feeds-follow")} " "
            {link("ics", "text/calendar", "feeds-ics")} " "
            {link("atom", "application/atom+xml", "feeds-atom")} " "
            {link("json", "application/feed+json", "feeds-json")}
        </p>
    }
    .into_any()
}
