//! A date, a time and the zone whose clock shows them: one question in several fields.

use leptos::prelude::*;

use super::{Sheet, ZoneList};
use crate::context::tr;

/// The fields `date`, `time`, `minutes` and `zone` of a form.
#[component]
pub fn WhenFields(
    /// The form.
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
