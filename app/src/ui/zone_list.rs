//! The time zones, as suggestions for fields.

use leptos::prelude::*;

/// A `<datalist>` of all time zones, for `Field::list("zones")`.
#[component]
pub fn ZoneList() -> impl IntoView {
    view! {
        <datalist id="zones">
            {domain::Zone::all().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
}
