//! A list in which each item has a `<select>`.

use leptos::prelude::*;

use super::Choice;

/// Items with a choice next to each. They are sent as a list, `name[]`, of `item:choice`. The draft keeps them
/// as one text with spaces between them.
#[component]
pub fn Pairs(
    /// The name of the list in the form.
    name: &'static str,
    /// The current choices: `item:choice`, with spaces between them.
    chosen: String,
    /// The items.
    items: Vec<Choice>,
    /// The options of each item. The first one is preselected for items without a choice.
    choices: Vec<Choice>,
    /// Shows the items as chips instead of rows.
    #[prop(optional)]
    chips: bool,
    /// What the ids of a second list with the same name start with.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let chosen: Vec<(&str, &str)> =
        chosen.split_whitespace().filter_map(|pair| pair.split_once(':')).collect();
    let rows = items.into_iter().enumerate().map(|(at, item)| {
        let now = chosen.iter().find(|(of, _)| *of == item.value).map_or("", |(_, choice)| choice);
        let options = choices.iter().map(|choice| {
            let selected = choice.value == now;
            let value = format!("{}:{}", item.value, choice.value);
            view! { <option value=value selected=selected>{choice.text.clone()}</option> }
        });
        // The error summary links to the first item.
        let first = id.map_or_else(|| format!("f-{name}"), |id| format!("f-{name}-{id}"));
        let id = if at == 0 { first } else { format!("{first}-{at}") };
        view! {
            <li>
                <label for=id.clone()>{item.text}</label>
                <select id=id name=format!("{name}[]")>{options.collect_view()}</select>
            </li>
        }
    });
    view! { <ul class="pairs" class:chosen=chips role="list">{rows.collect_view()}</ul> }
}
