//! The readable page in a member's data export: one HTML file without other resources.

use leptos::prelude::*;
use serde_json::Value;
use store::data::{Copy, Table};

use crate::{
    context::{Visit, tr, tr_with},
    i18n,
    ui::escape,
};

/// The whole document.
#[must_use]
pub fn document(visit: &Visit, copy: &Copy) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        let title = tr_with("copy-title", &[("community", i18n::quote(&visit.community))]);
        let parts = copy.tables.iter().filter(|table| !table.rows.is_empty()).map(part).collect_view();
        let empty: Vec<String> =
            copy.tables.iter().filter(|table| table.rows.is_empty()).map(|table| name(&table.name)).collect();
        let rest = (!empty.is_empty()).then(|| view! { <p>{tr("copy-empty")} " " {empty.join(", ")}</p> });
        view! {
            <!DOCTYPE html>
            <html lang=visit.locale.lang() dir=visit.locale.dir()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title inner_html=escape(&title)></title>
                </head>
                <body>
                    <h1>{title.clone()}</h1>
                    <p>{tr("copy-text")}</p>
                    {parts}
                    {rest}
                </body>
            </html>
        }
        .to_html()
    })
}

/// The title of a table. A table without a translation keeps its own name.
fn name(table: &str) -> String {
    let key = format!("data-{}", table.replace('_', "-"));
    if i18n::has(&key) { tr(&key) } else { table.to_owned() }
}

fn part(table: &Table) -> AnyView {
    let rows = table.rows.iter().map(|row| {
        let fields = row.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
        let fields =
            fields.map(|(column, value)| view! { <dt>{column.replace('_', " ")}</dt><dd>{text(value)}</dd> });
        view! { <li><dl>{fields.collect_view()}</dl></li> }
    });
    view! { <h2>{name(&table.name)}</h2><ol>{rows.collect_view()}</ol> }.into_any()
}

/// A value. Files of the export become links.
fn text(value: &Value) -> AnyView {
    match value {
        Value::String(path) if path.starts_with("files/") => {
            let (to, path) = (path.clone(), path.clone());
            view! { <a href=to>{path}</a> }.into_any()
        }
        Value::String(text) => text.clone().into_any(),
        other => other.to_string().into_any(),
    }
}
