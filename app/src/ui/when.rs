//! The date, time, duration and zone of an event, as a group of fields.

use leptos::prelude::*;

use super::{Sheet, ZoneList};
use crate::context::tr;

/// The fields `date`, `time`, `minutes` and `zone` of a form.
#[component]
pub fn WhenFields(
    /// The form that holds their values.
    sheet: Sheet,
) -> impl IntoView {
    view! {
        <fieldset>
            <legend>{tr("form-when")}</legend>
            <div class="columns">
                {sheet.field("date", "field-date").needed().input("date")}
                {sheet.field("time", "field-time").needed().input("time")}
                {sheet.field("minutes", "field-minutes").needed().range(5, 20_160).input("number")}
            </div>
            {sheet.field("zone", "field-zone").help("help-zone").needed().list("zones").input("text")}
            <ZoneList />
        </fieldset>
    }
}
