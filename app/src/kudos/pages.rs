//! Thanks as cards. The wall itself comes with the rest of recognition.

use domain::reports::ReportKind;
use leptos::prelude::*;
use store::kudos::Kudos;

use crate::{
    context::{Visit, tr, tr_with},
    i18n,
    reports::pages::Report,
    ui::{Avatar, Badge, DisciplineMark, Reader, Shape, Size, Tone},
};

/// Thanks, the newest first.
#[must_use]
pub fn thanks(visit: &Visit, thanks: Vec<Kudos>) -> AnyView {
    let cards = thanks.into_iter().map(|one| view! { <li>{card(visit, one)}</li> });
    view! { <ul class="thanks" role="list">{cards.collect_view()}</ul> }.into_any()
}

fn card(visit: &Visit, thanks: Kudos) -> AnyView {
    let marks = thanks.to_disciplines.into_iter().map(|discipline| {
        view! { <DisciplineMark mark=discipline.mark /><span class="sr-only">{discipline.name}</span> }
    });
    let report = (!thanks.mine).then(|| view! { <Report kind=ReportKind::Kudos id=thanks.id.to_string() /> });
    let reader = Reader::of(visit, visit.zone);
    // Who keeps their name from the reader is not spoken of; what was said of them may be read.
    let from = match (thanks.from, &thanks.to) {
        (Some(name), _) => tr_with("kudos-from", &[("name", i18n::quote(name))]),
        (None, Some(_)) => tr("kudos-from-somebody"),
        (None, None) => tr("kudos-between"),
    };
    let to = thanks.to.map(|to| {
        view! {
            <p class="to">
                <Avatar name=to.clone() size=Size::Small />
                {to}
                {marks.collect_view()}
            </p>
        }
    });
    view! {
        <article class="thank">
            {to}
            <blockquote><p>{thanks.text}</p></blockquote>
            <p><Badge tone=Tone::Brass><span class="sr-only">{tr("kudos-for")}</span>{thanks.value}</Badge></p>
            <p class="from">{from} " · " {reader.time(thanks.given_at, Shape::ShortDate)} " " {report}</p>
        </article>
    }
    .into_any()
}
