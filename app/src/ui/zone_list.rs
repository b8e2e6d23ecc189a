//! The time zones there are, for fields that name one.

use leptos::prelude::*;

/// Every time zone, for fields that name one (`Field::list("zones")`).
#[component]
pub fn ZoneList() -> impl IntoView {
    view! {
        <datalist id="zones">
            {domain::Zone::all().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
}
