//! Tables that become lists on a phone.

use leptos::prelude::*;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// The heading.
    pub name: String,
    /// Whether it holds numbers, which are aligned to the right.
    pub number: bool,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: false }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: true }
    }
}

/// A table. The first cell of each row is its heading.
#[component]
pub fn Table(
    /// The caption.
    caption: String,
    /// From left to right.
    columns: Vec<Column>,
    /// The rows, each with one cell for each column.
    rows: Vec<Vec<AnyView>>,
) -> impl IntoView {
    let class = |column: &Column| column.number.then_some("number");
    let heads =
        columns.iter().map(|column| view! { <th scope="col" class=class(column)>{column.name.clone()}</th> });
    let heads = heads.collect_view();
    let rows = rows.into_iter().map(|row| {
        let cells = row.into_iter().zip(&columns).enumerate().map(|(place, (cell, column))| match place {
            0 => view! { <th scope="row">{cell}</th> }.into_any(),
            _ => view! { <td class=class(column) data-label=column.name.clone()><div>{cell}</div></td> }
                .into_any(),
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="table">
            <table>
                <caption>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
