//! A table that folds into small lists on a phone.

use leptos::prelude::*;

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether it holds figures.
    pub number: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn of_words(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: false }
    }

    /// A column of figures.
    #[must_use]
    pub fn of_figures(name: impl Into<String>) -> Self {
        Self { name: name.into(), number: true }
    }
}

/// Rows under named columns; the first cell names its row.
#[component]
pub fn Table(
    /// What it shows.
    caption: String,
    /// Its columns.
    columns: Vec<Column>,
    /// Its rows, a cell for each column.
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
