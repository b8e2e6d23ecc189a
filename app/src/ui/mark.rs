//! The marks of disciplines: a shape and a colour, the same on profiles, maps and charts.

use domain::members::{Discipline, Mark};
use leptos::prelude::*;

/// A mark of 16 by 16 units, without text. The name of the discipline must be next to it.
#[component]
pub fn DisciplineMark(
    /// The mark to draw.
    mark: Mark,
) -> impl IntoView {
    let shape = match mark {
        Mark::Diamond => "M8 .8 15.2 8 8 15.2.8 8z",
        Mark::Circle => {
            "M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 8 1.2zm0 3.6a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z"
        }
        Mark::Square => "M2 2h12v12H2z",
        Mark::Shield => "M8 .8 14.4 3v5c0 3.6-2.6 6.3-6.4 7.4C4.2 14.3 1.6 11.6 1.6 8V3z",
        Mark::Triangle => "M8 1.4 15.4 14.4H.6z",
        Mark::Star => "m8 .6 2.1 4.9 5.3.5-4 3.5 1.2 5.2L8 12l-4.6 2.7 1.2-5.2-4-3.5 5.3-.5z",
        Mark::Plus => "M5.6 1.2h4.8v4.4h4.4v4.8h-4.4v4.4H5.6v-4.4H1.2V5.6h4.4z",
    };
    view! {
        <svg class=format!("mark {}", mark.name()) viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=shape />
        </svg>
    }
}

/// Disciplines with their marks, in a row.
#[component]
pub fn Marks(
    /// Shown in this order.
    disciplines: Vec<Discipline>,
) -> impl IntoView {
    (!disciplines.is_empty()).then(|| {
        let items = disciplines
            .into_iter()
            .map(|discipline| view! { <li><DisciplineMark mark=discipline.mark />{discipline.name}</li> });
        view! { <ul class="marks" role="list">{items.collect_view()}</ul> }
    })
}
