//! A picker for several of many options. It is a list of checkboxes, which works everywhere. `assets/picker.js`
//! adds a search field and shows what is selected.

use leptos::prelude::*;

use super::Choice;
use crate::{
    context::{tr, tr_with, visit},
    i18n,
};

/// A level for each selected option. Its list is shown while the option is selected. The form sends all levels with the
/// selected options, as `option=level`.
pub struct Levels {
    /// The Fluent key of the label, with the argument `name` for the option.
    pub label: &'static str,
    /// The levels of the selected options: `option:level`, with spaces between them.
    pub chosen: String,
    /// All levels.
    pub choices: Vec<Choice>,
    /// The level of an option that was just selected.
    pub usual: String,
}

impl Levels {
    fn select(&self, name: &str, option: &Choice) -> AnyView {
        let mut pairs = self.chosen.split_whitespace().filter_map(|pair| pair.split_once(':'));
        let now = pairs.find(|(of, level)| *of == option.value && !level.is_empty());
        let now = now.map_or(self.usual.as_str(), |(_, level)| level);
        let options = self.choices.iter().map(|level| {
            let value = format!("{}={}", option.value, level.value);
            view! { <option value=value selected=level.value == now>{level.text.clone()}</option> }
        });
        let label = tr_with(self.label, &[("name", i18n::quote(option.text.clone()))]);
        view! { <select name=format!("{name}[]") aria-label=label>{options.collect_view()}</select> }
            .into_any()
    }
}

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
    /// A level for each selected option.
    #[prop(optional)]
    levels: Option<Levels>,
) -> impl IntoView {
    let chosen: Vec<&str> = chosen.split_whitespace().collect();
    let boxes = choices.into_iter().enumerate().map(|(at, choice)| {
        let checked = chosen.contains(&choice.value.as_str());
        let level = levels.as_ref().map(|levels| levels.select(name, &choice));
        view! {
            <li id=format!("o-{name}-{at}")>
                <label>
                    <input type="checkbox" name=format!("{name}[]") value=choice.value checked=checked />
                    <span>{choice.text}</span>
                </label>
                {level}
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
