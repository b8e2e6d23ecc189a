//! Links to feeds.

use leptos::prelude::*;

use crate::context::{tr, visit};

/// Links to the event feeds below `base`.
#[must_use]
pub fn feeds(base: &str) -> AnyView {
    let link = |end: &str, kind: &'static str, key: &str| {
        view! { <a rel="alternate" type=kind href=format!("{base}/events.{end}")>{tr(key)}</a> }
    };
    // Calendar apps open this scheme, and read the same address over HTTP.
    let origin = visit().origin;
    let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
    let subscribe = format!("webcal://{host}{base}/events.ics");
    view! {
        <p class="help row">
            {tr("feeds-follow")} " "
            <a href=subscribe>{tr("feeds-webcal")}</a> " "
            {link("ics", "text/calendar", "feeds-ics")} " "
            {link("atom", "application/atom+xml", "feeds-atom")} " "
            {link("json", "application/feed+json", "feeds-json")}
        </p>
    }
    .into_any()
}
