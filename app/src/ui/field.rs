//! The fields of forms: label above, help under, problem beside it, and what was typed still in it.

use std::sync::Arc;

use domain::{
    Locale,
    forms::{Draft, Fields},
};
use leptos::prelude::*;

use super::escape;
use crate::{context::tr, words};

/// What a form shows: its texts and what is wrong with them.
#[derive(Clone)]
pub struct Sheet {
    draft: Arc<Draft>,
    locale: Locale,
}

impl Sheet {
    /// A form filled from a draft.
    #[must_use]
    pub fn new(draft: Draft, locale: Locale) -> Self {
        Self { draft: Arc::new(draft), locale }
    }

    /// A form filled with texts, nothing wrong with them.
    #[must_use]
    pub fn filled(fields: Fields, locale: Locale) -> Self {
        Self::new(Draft { fields, problems: Vec::new() }, locale)
    }

    /// The text of a field.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.draft.fields.get(name).cloned().unwrap_or_default()
    }

    /// The same with the newest version of what is edited, unless fields are wrong: then the writer has
    /// not seen the newest yet. Who comes back from a refusal has been told of it and may save over it.
    #[must_use]
    pub fn with_version_unless_wrong(self, version: u32) -> Self {
        if !self.draft.problems.is_empty() {
            return self;
        }
        let mut draft = (*self.draft).clone();
        draft.fields.insert("version".to_owned(), version.to_string());
        Self::new(draft, self.locale)
    }

    /// A field with its label, a key of the catalogue.
    #[must_use]
    pub fn field(&self, name: &'static str, label: &'static str) -> Field {
        let problem = self
            .draft
            .problems
            .iter()
            .find(|problem| problem.field == name)
            .map(|problem| words::refusal(self.locale, &problem.why));
        Field {
            name,
            label,
            help: None,
            value: self.value(name),
            problem,
            needed: false,
            most: None,
            range: None,
            list: None,
            complete: None,
            keyboard: None,
            guessed: false,
        }
    }

    /// What is wrong, in one place that takes the focus; each line leads to its field.
    #[must_use]
    pub fn summary(&self) -> AnyView {
        if self.draft.problems.is_empty() {
            return ().into_any();
        }
        let lines = self
            .draft
            .problems
            .iter()
            .map(|problem| {
                let text = words::refusal(self.locale, &problem.why);
                let label = tr(&format!("field-{}", problem.field.replace('_', "-")));
                let to = format!("#f-{}", problem.field);
                view! { <li><a href=to>{label} ": " {text}</a></li> }
            })
            .collect_view();
        view! {
            <div class="summary" role="alert" tabindex="-1" autofocus>
                <h2>{tr("form-summary")}</h2>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    }
}

/// One field, about to be drawn.
pub struct Field {
    name: &'static str,
    label: &'static str,
    help: Option<&'static str>,
    value: String,
    problem: Option<String>,
    needed: bool,
    most: Option<usize>,
    range: Option<(i64, i64)>,
    list: Option<&'static str>,
    complete: Option<&'static str>,
    keyboard: Option<&'static str>,
    guessed: bool,
}

impl Field {
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
    pub fn most(self, most: usize) -> Self {
        Self { most: Some(most), ..self }
    }

    /// A number in a range.
    #[must_use]
    pub fn range(self, least: i64, most: i64) -> Self {
        Self { range: Some((least, most)), ..self }
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
        let (least, most) = self.range.unzip();
        let input = view! {
            <input
                id=self.id()
                name=self.name
                type=kind
                value=self.value.clone()
                required=self.needed
                maxlength=self.most.map(|n| n.to_string())
                min=least.map(|n| n.to_string())
                max=most.map(|n| n.to_string())
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
                maxlength=self.most.map(|n| n.to_string())
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

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn described_by(&self) -> Option<String> {
        let help = self.help.map(|_| format!("h-{}", self.name));
        let problem = self.problem.as_ref().map(|_| format!("p-{}", self.name));
        let ids: Vec<String> = problem.into_iter().chain(help).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn around(&self, control: AnyView) -> AnyView {
        let problem = self.problem.clone().map(|text| {
            view! { <p class="problem" id=format!("p-{}", self.name)>{text}</p> }
        });
        let help = self.help.map(|key| {
            view! { <p class="help" id=format!("h-{}", self.name)>{tr(key)}</p> }
        });
        let optional = (!self.needed).then(|| view! { <span class="optional">{tr("form-optional")}</span> });
        view! {
            <div class="field" class:wrong=self.problem.is_some()>
                <label for=self.id()>{tr(self.label)} " " {optional}</label>
                {problem}
                {control}
                {help}
            </div>
        }
        .into_any()
    }
}

/// Every time zone, for fields that name one (`Field::list("zones")`).
#[component]
pub fn ZoneList() -> impl IntoView {
    view! {
        <datalist id="zones">
            {domain::Zone::all().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Problem, Refusal};

    fn html(draw: impl FnOnce(Sheet) -> AnyView) -> String {
        let hostile = "</textarea><script>alert(1)</script>\"'&";
        let fields = Fields::from([("description".to_owned(), hostile.to_owned())]);
        let problems = vec![Problem { field: "description".into(), why: Refusal::TooLong { most: 5 } }];
        let owner = Owner::new();
        owner.with(|| draw(Sheet::new(Draft { fields, problems }, Locale::En)).to_html())
    }

    #[test]
    fn a_text_cannot_leave_its_textarea() {
        let html = html(|sheet| sheet.field("description", "field-description").area(5));
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"),
            "{html}"
        );
    }

    #[test]
    fn a_text_cannot_leave_its_input() {
        let html = html(|sheet| sheet.field("description", "field-description").input("text"));
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("</textarea>\""), "{html}");
    }

    #[test]
    fn a_problem_belongs_to_its_field() {
        let html = html(|sheet| {
            view! { {sheet.summary()} {sheet.field("description", "field-description").help("form-optional").area(5)} }
                .into_any()
        });
        assert!(html.contains("aria-describedby=\"p-description h-description\""), "{html}");
        assert!(html.contains("href=\"#f-description\""), "{html}");
    }
}
