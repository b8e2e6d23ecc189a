//! A picker: any of many. A list of boxes to tick, which works everywhere; where scripts run,
//! `assets/picker.js` puts a field above it that searches the list, and shows what is chosen.

use leptos::prelude::*;

use super::Choice;
use crate::context::{tr, visit};

/// A list of boxes with a field to search it by.
#[component]
pub fn Picker(
    /// The name of the list in the form; it is sent as `name[]`.
    name: &'static str,
    /// Its label: a key of the catalogue.
    label: &'static str,
    /// What is chosen, with spaces in between.
    chosen: String,
    /// Everything there is to choose from.
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
            <ul class="chosen" role="list" aria-label=tr("picker-selected")></ul>
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
