//! The date, start, end and zone of an event, as fields of a form.

use leptos::prelude::*;

use super::{Sheet, ZoneList};

/// The fields `date`, `time`, `end_time`, `end_date` and `zone` of a form.
#[component]
pub fn WhenFields(
    /// The form that holds their values.
    sheet: Sheet,
) -> impl IntoView {
    view! {
        <div class="columns">
            {sheet.field("date", "field-date").needed().input("date")}
            {sheet.field("time", "field-time").needed().input("time")}
            {sheet.field("end_time", "field-end-time").needed().input("time")}
            {sheet.field("end_date", "field-end-date").help("help-end-date").input("date")}
        </div>
        {sheet.field("zone", "field-zone").help("help-zone").needed().list("zones").input("text")}
        <ZoneList />
    }
}
