//! Form fields: label above, help below, problem next to the input. They keep what was typed.

use domain::members::{Discipline, Mark};
use leptos::prelude::*;

use super::{DisciplineMark, editor, escape};
use crate::context::tr;

/// An option of a field.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The value that the form sends.
    pub value: String,
    /// The label.
    pub text: String,
    /// The mark next to the label, for disciplines.
    pub mark: Option<Mark>,
}

impl Choice {
    /// An option without a mark.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), mark: None }
    }
}

impl From<Discipline> for Choice {
    fn from(of: Discipline) -> Self {
        Self { value: of.slug.to_string(), text: of.name, mark: Some(of.mark) }
    }
}

/// The entries of a list, plus entries that were chosen before they were retired. Saving the form keeps those.
#[must_use]
pub fn with_retired<T: PartialEq>(mut list: Vec<T>, own: Vec<T>) -> Vec<T> {
    for entry in own {
        if !list.contains(&entry) {
            list.push(entry);
        }
    }
    list
}

/// A form field, built up by its methods and rendered by the last one.
pub struct Field {
    name: &'static str,
    label: &'static str,
    label_text: Option<String>,
    help: Option<&'static str>,
    value: String,
    problem: Option<String>,
    needed: bool,
    depends: bool,
    max: Option<usize>,
    range: Option<(i64, i64)>,
    list: Option<&'static str>,
    complete: Option<&'static str>,
    keyboard: Option<&'static str>,
    guessed: bool,
    focused: bool,
}

impl Field {
    /// A field with its value and problem. `label` is a Fluent key.
    #[must_use]
    pub(super) fn new(
        name: &'static str,
        label: &'static str,
        value: String,
        problem: Option<String>,
    ) -> Self {
        Self {
            name,
            label,
            label_text: None,
            help: None,
            value,
            problem,
            needed: false,
            depends: false,
            max: None,
            range: None,
            list: None,
            complete: None,
            keyboard: None,
            guessed: false,
            focused: false,
        }
    }

    /// Uses a text that somebody wrote as the label, instead of a Fluent key.
    #[must_use]
    pub fn asking(self, text: String) -> Self {
        Self { label_text: Some(text), ..self }
    }

    /// Adds a help text below the field, given as a Fluent key.
    #[must_use]
    pub fn help(self, key: &'static str) -> Self {
        Self { help: Some(key), ..self }
    }

    /// Marks the field as required.
    #[must_use]
    pub fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// Does not call the field optional, because another field decides whether it is required.
    #[must_use]
    pub fn depends(self) -> Self {
        Self { depends: true, ..self }
    }

    /// Sets the maximum length in characters.
    #[must_use]
    pub fn max(self, max: usize) -> Self {
        Self { max: Some(max), ..self }
    }

    /// Sets the range of a number field, both ends included.
    #[must_use]
    pub fn range(self, min: i64, max: i64) -> Self {
        Self { range: Some((min, max)), ..self }
    }

    /// Takes suggestions from the `<datalist>` with this id.
    #[must_use]
    pub fn list(self, id: &'static str) -> Self {
        Self { list: Some(id), ..self }
    }

    /// Sets the `autocomplete` token, so that browsers can fill the field in.
    #[must_use]
    pub fn complete(self, token: &'static str) -> Self {
        Self { complete: Some(token), ..self }
    }

    /// Sets the `inputmode`, which chooses the keyboard of a phone.
    #[must_use]
    pub fn keyboard(self, mode: &'static str) -> Self {
        Self { keyboard: Some(mode), ..self }
    }

    /// Lets a script fill in the browser's time zone.
    #[must_use]
    pub fn guessed(self) -> Self {
        Self { guessed: true, ..self }
    }

    /// Gives the field the focus when the page opens.
    #[must_use]
    pub(super) fn focused(self) -> Self {
        Self { focused: true, ..self }
    }

    /// Renders the field as an `<input>` of this type.
    #[must_use]
    pub fn input(self, kind: &'static str) -> AnyView {
        let (min, max) = self.range.unzip();
        let input = view! {
            <input
                id=self.id()
                name=self.name
                type=kind
                value=self.value.clone()
                required=self.needed
                maxlength=self.max.map(|n| n.to_string())
                min=min.map(|n| n.to_string())
                max=max.map(|n| n.to_string())
                list=self.list
                autocomplete=self.complete
                inputmode=self.keyboard
                data-zone=self.guessed.then_some("")
                autofocus=self.focused
                aria-invalid=self.problem.as_ref().map(|_| "true")
                aria-describedby=self.described_by()
            />
        };
        self.around(input.into_any())
    }

    /// Renders the field as a text area for Markdown, with a toolbar and a preview.
    #[must_use]
    pub fn editor(self, rows: u8) -> AnyView {
        let (bar, preview) = (editor::toolbar(self.name), editor::preview(self.name, &self.value));
        let area = self.text_area(rows);
        self.around(view! { {preview} {bar} {area} }.into_any())
    }

    /// Renders the field as a text area.
    #[must_use]
    pub fn area(self, rows: u8) -> AnyView {
        let area = self.text_area(rows);
        self.around(area)
    }

    fn text_area(&self, rows: u8) -> AnyView {
        // Leptos writes the text of a <textarea> without escaping it, so it is escaped here. A test makes sure
        // that no other code has a <textarea>. Browsers drop the first line break after the tag.
        view! {
            <textarea
                id=self.id()
                name=self.name
                rows=rows.to_string()
                required=self.needed
                maxlength=self.max.map(|n| n.to_string())
                autofocus=self.focused
                aria-invalid=self.problem.as_ref().map(|_| "true")
                aria-describedby=self.described_by()
                inner_html=format!("\n{}", escape(&self.value))
            ></textarea>
        }
        .into_any()
    }

    /// Renders the field as a `<select>`. Options are pairs of value and label.
    #[must_use]
    pub fn select(self, choices: Vec<(String, String)>) -> AnyView {
        let options = choices
            .into_iter()
            .map(|(value, text)| {
                let selected = value == self.value;
                view! { <option value=value selected=selected>{text}</option> }
            })
            .collect_view();
        let select = view! {
            <select
                id=self.id()
                name=self.name
                autofocus=self.focused
                aria-invalid=self.problem.as_ref().map(|_| "true")
                aria-describedby=self.described_by()
            >
                {options}
            </select>
        };
        self.around(select.into_any())
    }

    /// Renders the field as radio buttons.
    #[must_use]
    pub fn radios(self, choices: Vec<Choice>) -> AnyView {
        let chosen = [self.value.clone()];
        self.group("radio", self.name.to_owned(), &chosen, choices)
    }

    /// Renders the field as checkboxes. They are sent as a list, `name[]`. The draft keeps them as one text
    /// with spaces between the values.
    #[must_use]
    pub fn checks(self, choices: Vec<Choice>) -> AnyView {
        let chosen: Vec<String> = self.value.split_whitespace().map(str::to_owned).collect();
        self.group("checkbox", format!("{}[]", self.name), &chosen, choices)
    }

    fn group(&self, kind: &'static str, name: String, chosen: &[String], choices: Vec<Choice>) -> AnyView {
        let first = self.id();
        let boxes = choices.into_iter().enumerate().map(|(at, choice)| {
            let checked = chosen.contains(&choice.value);
            // The error summary links to the first box.
            let id = if at == 0 { first.clone() } else { format!("{first}-{at}") };
            let focused = at == 0 && self.focused;
            view! {
                <label>
                    <input id=id type=kind name=name.clone() value=choice.value checked=checked autofocus=focused />
                    {choice.mark.map(|mark| view! { <DisciplineMark mark /> })}
                    <span>{choice.text}</span>
                </label>
            }
        });
        view! {
            <fieldset class="field" class:wrong=self.problem.is_some() aria-describedby=self.described_by()>
                <legend>{self.label()} " " {self.optional()}</legend>
                {self.problem()}
                <div class="checks">{boxes.collect_view()}</div>
                {self.help_line()}
            </fieldset>
        }
        .into_any()
    }

    /// Renders the problem only, for controls that are built elsewhere.
    #[must_use]
    pub fn problem_line(self) -> AnyView {
        self.problem().into_any()
    }

    fn label(&self) -> String {
        self.label_text.clone().unwrap_or_else(|| tr(self.label))
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn described_by(&self) -> Option<String> {
        let help = self.help.map(|_| format!("h-{}", self.name));
        let problem = self.problem.as_ref().map(|_| format!("p-{}", self.name));
        let ids: Vec<String> = problem.into_iter().chain(help).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn problem(&self) -> Option<impl IntoView + use<>> {
        let id = format!("p-{}", self.name);
        self.problem.clone().map(|text| view! { <p class="problem" id=id>{text}</p> })
    }

    fn help_line(&self) -> Option<impl IntoView + use<>> {
        let id = format!("h-{}", self.name);
        self.help.map(|key| view! { <p class="help" id=id>{tr(key)}</p> })
    }

    fn optional(&self) -> Option<impl IntoView + use<>> {
        (!self.needed && !self.depends).then(|| view! { <span class="optional">{tr("form-optional")}</span> })
    }

    fn around(&self, control: AnyView) -> AnyView {
        view! {
            <div class="field" class:wrong=self.problem.is_some()>
                <label for=self.id()>{self.label()} " " {self.optional()}</label>
                {self.problem()}
                {control}
                {self.help_line()}
            </div>
        }
        .into_any()
    }
}
