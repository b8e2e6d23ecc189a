//! Kudos as cards.

use domain::reports::ReportKind;
use leptos::prelude::*;
use store::kudos::Kudos;

use crate::{
    context::{Visit, tr, tr_with},
    i18n,
    reports::pages::Report,
    ui::{Avatar, Badge, DisciplineMark, Reader, Shape, Size, Tone},
};

/// A list of kudos, in the given order.
#[must_use]
pub fn kudos_list(visit: &Visit, kudos_list: Vec<Kudos>) -> AnyView {
    let cards = kudos_list.into_iter().map(|kudos| view! { <li>{card(visit, kudos)}</li> });
    view! { <ul class="kudos" role="list">{cards.collect_view()}</ul> }.into_any()
}

fn card(visit: &Visit, kudos_list: Kudos) -> AnyView {
    let marks = kudos_list.to_disciplines.into_iter().map(|discipline| {
        view! { <DisciplineMark mark=discipline.mark /><span class="sr-only">{discipline.name}</span> }
    });
    let report =
        (!kudos_list.mine).then(|| view! { <Report kind=ReportKind::Kudos id=kudos_list.id.to_string() /> });
    let reader = Reader::of(visit, visit.zone);
    // Names that are hidden from the reader are left out. The kudos text is shown anyway.
    let from = match (kudos_list.from, &kudos_list.to) {
        (Some(name), _) => tr_with("kudos-from", &[("name", i18n::quote(name))]),
        (None, Some(_)) => tr("kudos-from-somebody"),
        (None, None) => tr("kudos-between"),
    };
    let to = kudos_list.to.map(|to| {
        view! {
            <p class="to">
                <Avatar name=to.clone() size=Size::Small />
                {to}
                {marks.collect_view()}
            </p>
        }
    });
    view! {
        <article class="kudos-card">
            {to}
            <blockquote><p>{kudos_list.text}</p></blockquote>
            <p><Badge tone=Tone::Brass><span class="sr-only">{tr("kudos-for")}</span>{kudos_list.value}</Badge></p>
            <p class="from">{from} " · " {reader.time(kudos_list.given_at, Shape::ShortDate)} " " {report}</p>
        </article>
    }
    .into_any()
}
