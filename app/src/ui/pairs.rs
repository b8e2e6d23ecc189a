//! A list of things, each with a choice of its own: one `<select>` beside each name.

use leptos::prelude::*;

use super::Choice;

/// Things with a choice beside each. They are sent as a list, `name[]`, of `thing:choice`, and kept as one
/// text with spaces between them.
#[component]
pub fn Pairs(
    /// The name of the list in the form.
    name: &'static str,
    /// What is chosen: `thing:choice` with spaces in between.
    chosen: String,
    /// The things.
    things: Vec<Choice>,
    /// The choices for each; the first stands for those of which nothing is chosen.
    choices: Vec<Choice>,
) -> impl IntoView {
    let chosen: Vec<(&str, &str)> =
        chosen.split_whitespace().filter_map(|pair| pair.split_once(':')).collect();
    let rows = things.into_iter().enumerate().map(|(at, thing)| {
        let now = chosen.iter().find(|(of, _)| *of == thing.value).map_or("", |(_, choice)| choice);
        let options = choices.iter().map(|choice| {
            let selected = choice.value == now;
            let value = format!("{}:{}", thing.value, choice.value);
            view! { <option value=value selected=selected>{choice.text.clone()}</option> }
        });
        // The line of a form's summary leads to the first.
        let id = if at == 0 { format!("f-{name}") } else { format!("f-{name}-{at}") };
        view! {
            <li>
                <label for=id.clone()>{thing.text}</label>
                <select id=id name=format!("{name}[]")>{options.collect_view()}</select>
            </li>
        }
    });
    view! { <ul class="pairs" role="list">{rows.collect_view()}</ul> }
}
