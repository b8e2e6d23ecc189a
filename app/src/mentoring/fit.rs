//! Why two people fit: the parts of their score as a bar, as words and as a table. The parts add up to the
//! total that is shown. Wishes of other people are in none of them.

use domain::mentoring::{MenteeParts, ShownParts};
use leptos::prelude::*;
use store::mentoring::proposals::Parts;

use crate::{
    context::{count, tr, tr_with},
    i18n,
    ui::{Column, Table},
};

/// A part of a score: the key of its name, its points, and the classes and the strength of its piece of the bar.
type Piece = (&'static str, u16, &'static str, &'static str);

const HEIGHT: u16 = 26;

fn shown(parts: ShownParts) -> Vec<Piece> {
    let ShownParts { topics, answers, hours, other } = parts;
    vec![
        ("fit-topics", topics, "bar-part", "1"),
        ("fit-answers", answers, "bar-part", ".72"),
        ("fit-hours", hours, "bar-part", ".46"),
        ("fit-other", other, "bar-part", ".22"),
    ]
}

fn for_mentee(parts: MenteeParts) -> Vec<Piece> {
    let MenteeParts { topics, answers, hours, own_wish, other } = parts;
    let mut pieces = shown(ShownParts { topics, answers, hours, other });
    pieces.insert(3, ("fit-own-wish", own_wish, "bar-part brass", "1"));
    pieces
}

/// The parts as coordinators see them.
#[must_use]
pub fn fit_of_pair(parts: ShownParts, max: u16) -> AnyView {
    fit(&shown(parts), max)
}

/// The parts as one of the two sees them.
#[must_use]
pub fn fit_of_proposal(parts: Parts, max: u16) -> AnyView {
    match parts {
        Parts::ForMentee(parts) => fit(&for_mentee(parts), max),
        Parts::ForMentor(parts) => fit(&shown(parts), max),
    }
}

fn fit(pieces: &[Piece], max: u16) -> AnyView {
    let score: u16 = pieces.iter().map(|(_, points, ..)| points).sum();
    // The weights of the programme can have changed since. The bar has a width if only wishes count, too.
    let max = max.max(score).max(1);
    let title = tr_with("fit-score", &[("score", i18n::number(score)), ("max", i18n::number(max))]);
    let mut from = 0;
    let bars: Vec<AnyView> = pieces
        .iter()
        .map(|(key, points, class, strength)| {
            let x = from;
            from += points;
            view! {
                <rect class=*class fill-opacity=*strength x=x.to_string() width=points.to_string() height=HEIGHT.to_string()>
                    <title>{name(key, *points)}</title>
                </rect>
            }
            .into_any()
        })
        .collect();
    let words = pieces.iter().map(|(key, points, ..)| name(key, *points)).collect::<Vec<_>>().join(" · ");
    let rows =
        pieces.iter().map(|(key, points, ..)| vec![tr(key).into_any(), count(u64::from(*points)).into_any()]);
    let total = vec![tr("fit-total").into_any(), count(u64::from(score)).into_any()];
    let rows: Vec<Vec<AnyView>> = rows.chain([total]).collect();
    let columns = vec![Column::text(tr("fit-part")), Column::number(tr("fit-points"))];
    view! {
        <figure class="chart fit">
            <svg viewBox=format!("0 0 {max} {HEIGHT}") role="img" aria-label=title.clone()>
                <rect class="grid-line" fill="none" x="0" y="0" width=max.to_string() height=HEIGHT.to_string() />
                {bars}
            </svg>
            <p class="help">{words}</p>
            <details>
                <summary>{title.clone()}</summary>
                <Table caption=title columns rows />
            </details>
        </figure>
    }
    .into_any()
}

/// A part and its points, in words.
fn name(key: &str, points: u16) -> String {
    tr_with("fit-named", &[("part", i18n::quote(tr(key))), ("points", i18n::number(points))])
}
