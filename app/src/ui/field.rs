//! The fields of forms: label above, help under, problem beside it, and what was typed still in it.

use domain::members::{Discipline, Mark};
use leptos::prelude::*;

use super::{DisciplineMark, escape};
use crate::context::tr;

/// One of several things to choose from.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// The mark beside it, if it is a discipline.
    pub mark: Option<Mark>,
}

impl Choice {
    /// A choice of words.
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

/// The entries of a list, and those that somebody chose before they were retired: saving keeps them.
#[must_use]
pub fn with_own<T: PartialEq>(mut list: Vec<T>, own: Vec<T>) -> Vec<T> {
    for one in own {
        if !list.contains(&one) {
            list.push(one);
        }
    }
    list
}

/// One field, about to be drawn.
pub struct Field {
    name: &'static str,
    label: &'static str,
    help: Option<&'static str>,
    value: String,
    problem: Option<String>,
    needed: bool,
    max: Option<usize>,
    range: Option<(i64, i64)>,
    list: Option<&'static str>,
    complete: Option<&'static str>,
    keyboard: Option<&'static str>,
    guessed: bool,
}

impl Field {
    /// A field with its text and what is wrong with it.
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
            help: None,
            value,
            problem,
            needed: false,
            max: None,
            range: None,
            list: None,
            complete: None,
            keyboard: None,
            guessed: false,
        }
    }

    /// A sentence under it: a key of the catalogue.
    #[must_use]
    pub fn help(self, key: &'static str) -> Self {
        Self { help: Some(key), ..self }
    }

    /// It must be filled.
    #[must_use]
    pub fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// At most so many characters.
    #[must_use]
    pub fn max(self, max: usize) -> Self {
        Self { max: Some(max), ..self }
    }

    /// A number in a range.
    #[must_use]
    pub fn range(self, min: i64, max: i64) -> Self {
        Self { range: Some((min, max)), ..self }
    }

    /// Suggestions from the `<datalist>` of that id.
    #[must_use]
    pub fn list(self, id: &'static str) -> Self {
        Self { list: Some(id), ..self }
    }

    /// What a browser may fill in: a token of `autocomplete`.
    #[must_use]
    pub fn complete(self, token: &'static str) -> Self {
        Self { complete: Some(token), ..self }
    }

    /// The keyboard that a phone shows: an `inputmode`.
    #[must_use]
    pub fn keyboard(self, mode: &'static str) -> Self {
        Self { keyboard: Some(mode), ..self }
    }

    /// A zone that nobody chose yet: the browser's is put in where scripts run.
    #[must_use]
    pub fn guessed(self) -> Self {
        Self { guessed: true, ..self }
    }

    /// As an `<input>` of a type.
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
                aria-invalid=self.problem.as_ref().map(|_| "true")
                aria-describedby=self.described_by()
            />
        };
        self.around(input.into_any())
    }

    /// As a text of many lines.
    #[must_use]
    pub fn area(self, rows: u8) -> AnyView {
        // The framework writes the text of a <textarea> as it is: escaped here, and nowhere else is a
        // <textarea> allowed (a test looks). The first line break behind the tag would be eaten.
        let area = view! {
            <textarea
                id=self.id()
                name=self.name
                rows=rows.to_string()
                required=self.needed
                maxlength=self.max.map(|n| n.to_string())
                aria-invalid=self.problem.as_ref().map(|_| "true")
                aria-describedby=self.described_by()
                inner_html=format!("\n{}", escape(&self.value))
            ></textarea>
        };
        self.around(area.into_any())
    }

    /// As a choice of values with their words.
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
                aria-invalid=self.problem.as_ref().map(|_| "true")
                aria-describedby=self.described_by()
            >
                {options}
            </select>
        };
        self.around(select.into_any())
    }

    /// As boxes, one of which is chosen.
    #[must_use]
    pub fn radios(self, choices: Vec<Choice>) -> AnyView {
        let chosen = [self.value.clone()];
        self.group("radio", self.name.to_owned(), &chosen, choices)
    }

    /// As boxes, any of which may be chosen; they are sent as a list, `name[]`, and kept as one text with
    /// spaces between them.
    #[must_use]
    pub fn checks(self, choices: Vec<Choice>) -> AnyView {
        let chosen: Vec<String> = self.value.split_whitespace().map(str::to_owned).collect();
        self.group("checkbox", format!("{}[]", self.name), &chosen, choices)
    }

    fn group(&self, kind: &'static str, name: String, chosen: &[String], choices: Vec<Choice>) -> AnyView {
        let first = self.id();
        let boxes = choices.into_iter().enumerate().map(|(at, choice)| {
            let checked = chosen.contains(&choice.value);
            // The line of the summary leads to the first box.
            let id = if at == 0 { first.clone() } else { format!("{first}-{at}") };
            view! {
                <label>
                    <input id=id type=kind name=name.clone() value=choice.value checked=checked />
                    {choice.mark.map(|mark| view! { <DisciplineMark mark /> })}
                    <span>{choice.text}</span>
                </label>
            }
        });
        view! {
            <fieldset class="field" class:wrong=self.problem.is_some() aria-describedby=self.described_by()>
                <legend>{tr(self.label)} " " {self.optional()}</legend>
                {self.problem()}
                <div class="checks">{boxes.collect_view()}</div>
                {self.help_line()}
            </fieldset>
        }
        .into_any()
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
        (!self.needed).then(|| view! { <span class="optional">{tr("form-optional")}</span> })
    }

    fn around(&self, control: AnyView) -> AnyView {
        view! {
            <div class="field" class:wrong=self.problem.is_some()>
                <label for=self.id()>{tr(self.label)} " " {self.optional()}</label>
                {self.problem()}
                {control}
                {self.help_line()}
            </div>
        }
        .into_any()
    }
}
