//! Forms with their values and problems, and the error summary that takes the focus.

use std::sync::Arc;

use domain::{
    Locale,
    forms::{Draft, Fields},
};
use leptos::prelude::*;

use super::Field;
use crate::{
    context::{tr, tr_with, visit},
    i18n,
};

/// The values and problems of a form.
#[derive(Clone)]
pub struct Sheet {
    draft: Arc<Draft>,
    locale: Locale,
    from_draft: bool,
    focus: Option<String>,
    labels: Vec<(&'static str, String)>,
}

impl Sheet {
    /// A form with the values and problems of a draft.
    #[must_use]
    pub fn new(draft: Draft, locale: Locale) -> Self {
        Self { draft: Arc::new(draft), locale, from_draft: false, focus: None, labels: Vec::new() }
    }

    /// Marks the values as a saved draft, so that the summary offers to discard it.
    #[must_use]
    pub fn from_draft(self) -> Self {
        Self { from_draft: true, ..self }
    }

    /// Gives the focus to this field when the page opens. The error summary comes first.
    #[must_use]
    pub fn focus(self, field: Option<String>) -> Self {
        Self { focus: field.filter(|_| self.draft.problems.is_empty()), ..self }
    }

    /// Sets a field's label in the error summary. By default it is the Fluent key `field-<name>`.
    #[must_use]
    pub fn with_label(mut self, name: &'static str, label: &'static str) -> Self {
        self.labels.push((name, tr(label)));
        self
    }

    /// Sets a field's label in the error summary to a text that somebody wrote.
    #[must_use]
    pub fn asking(mut self, name: &'static str, text: String) -> Self {
        self.labels.push((name, text));
        self
    }

    /// A form with these values and no problems.
    #[must_use]
    pub fn filled(fields: Fields, locale: Locale) -> Self {
        Self::new(Draft { fields, problems: Vec::new() }, locale)
    }

    /// The value of a field; empty if there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.draft.fields.get(name).cloned().unwrap_or_default()
    }

    /// Whether a field has a problem.
    #[must_use]
    pub fn has_problem(&self, name: &str) -> bool {
        self.draft.problems.iter().any(|problem| problem.field == name)
    }

    /// A field with its value and problem. `label` is a Fluent key.
    #[must_use]
    pub fn field(&self, name: &'static str, label: &'static str) -> Field {
        let problem = self
            .draft
            .problems
            .iter()
            .find(|problem| problem.field == name)
            .map(|problem| i18n::refusal(self.locale, &problem.why));
        let field = Field::new(name, label, self.value(name), problem);
        if self.focus.as_deref() == Some(name) { field.focused() } else { field }
    }

    /// The error summary, which takes the focus. Each line links to its field.
    #[must_use]
    pub fn summary(&self) -> AnyView {
        // Files are not kept, so a form with nothing else has nothing to offer.
        let start_over = (self.from_draft && !self.draft.fields.is_empty()).then(start_over);
        if self.draft.problems.is_empty() {
            return start_over.into_any();
        }
        let lines = self
            .draft
            .problems
            .iter()
            .map(|problem| {
                let text = i18n::refusal(self.locale, &problem.why);
                let label = self.labels.iter().find(|(name, _)| *name == problem.field);
                let label = match label {
                    Some((_, label)) => label.clone(),
                    None => tr(&format!("field-{}", problem.field.replace('_', "-"))),
                };
                let to = format!("#f-{}", problem.field);
                // A question needs no colon.
                let separator = if label.ends_with('?') { " " } else { ": " };
                view! { <li><a href=to>{label} {separator} {text}</a></li> }
            })
            .collect_view();
        let count = i64::try_from(self.draft.problems.len()).unwrap_or(i64::MAX);
        let title = tr_with("form-summary", &[("count", i18n::number(count))]);
        view! {
            <div class="summary" role="alert" tabindex="-1" autofocus>
                <h2>{title}</h2>
                <ul>{lines}</ul>
            </div>
            {start_over}
        }
        .into_any()
    }
}

/// A link to the same page without the draft.
fn start_over() -> AnyView {
    let visit = visit();
    let (path, query) = visit.path_and_query.split_once('?').unwrap_or((&visit.path_and_query, ""));
    let others = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != "fresh" && key != "typed");
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(others)
        .append_pair("fresh", "1")
        .finish();
    let to = format!("{path}?{query}");
    view! { <p class="help">{tr("form-kept")} " " <a href=to>{tr("form-start-over")}</a></p> }.into_any()
}

#[cfg(test)]
mod tests {
    use domain::{Problem, Refusal};

    use super::*;

    fn html(draw: impl FnOnce(Sheet) -> AnyView) -> String {
        let hostile = "</textarea><script>alert(1)</script>\"'&";
        let fields = Fields::from([("description".to_owned(), hostile.to_owned())]);
        let problems = vec![Problem { field: "description".into(), why: Refusal::TooLong { max: 5 } }];
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
