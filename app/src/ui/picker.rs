//! A picker for several of many options. It is a list of checkboxes, which works everywhere. `assets/picker.js`
//! adds a search field and shows what is selected.

use leptos::prelude::*;

use super::Choice;
use crate::context::{tr, visit};

/// A searchable list of checkboxes.
#[component]
pub fn Picker(
    /// The name of the list in the form. It is sent as `name[]`.
    name: &'static str,
    /// The Fluent key of the label.
    label: &'static str,
    /// The selected values, with spaces between them.
    chosen: String,
    /// All options.
    choices: Vec<Choice>,
) -> impl IntoView {
    let chosen: Vec<&str> = chosen.split_whitespace().collect();
    let boxes = choices.into_iter().enumerate().map(|(at, choice)| {
        let checked = chosen.contains(&choice.value.as_str());
        view! {
            <li id=format!("o-{name}-{at}")>
                <label>
                    <input type="checkbox" name=format!("{name}[]") value=choice.value checked=checked />
                    <span>{choice.text}</span>
                </label>
            </li>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <script src=format!("{}/picker.js", visit().assets) async></script>
        <fieldset class="field picker" data-picker="">
            <legend>{tr(label)}</legend>
            <ul class="selected" role="list" aria-label=tr("picker-selected")></ul>
            <input
                class="picker-search"
                type="search"
                autocomplete="off"
                aria-label=tr("picker-search")
                aria-controls=format!("l-{name}")
                placeholder=tr("picker-search")
            />
            <ul class="picker-list" id=format!("l-{name}") role="list">{boxes}</ul>
            <p class="help" role="status" data-none=tr("picker-none")></p>
        </fieldset>
    }
}
