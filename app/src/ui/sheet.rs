//! A form as its writer sees it: what was typed, what is wrong with it, and a summary that takes the focus.

use std::sync::Arc;

use domain::{
    Locale,
    forms::{Draft, Fields},
};
use leptos::prelude::*;

use super::Field;
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

    /// Whether something is wrong with a field.
    #[must_use]
    pub fn has_problem(&self, name: &str) -> bool {
        self.draft.problems.iter().any(|problem| problem.field == name)
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
        Field::new(name, label, self.value(name), problem)
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

#[cfg(test)]
mod tests {
    use domain::{Problem, Refusal};

    use super::*;

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
