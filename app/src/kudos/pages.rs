//! Thanks as cards. The wall itself comes with the rest of recognition.

use domain::reports::Kind;
use leptos::prelude::*;
use store::kudos::Thanks;

use crate::{
    context::{Visit, tr, tr_with},
    reports::pages::Report,
    ui::{Avatar, Badge, DisciplineMark, Reader, Shape, Size, Tone},
    words,
};

/// Thanks, the newest first.
#[must_use]
pub fn thanks(visit: &Visit, thanks: Vec<Thanks>) -> AnyView {
    let cards = thanks.into_iter().map(|one| view! { <li>{card(visit, one)}</li> });
    view! { <ul class="thanks" role="list">{cards.collect_view()}</ul> }.into_any()
}

fn card(visit: &Visit, thanks: Thanks) -> AnyView {
    let marks = thanks.to_disciplines.into_iter().map(|discipline| {
        view! { <DisciplineMark mark=discipline.mark /><span class="sr-only">{discipline.name}</span> }
    });
    let report = (!thanks.mine).then(|| view! { <Report kind=Kind::Thanks id=thanks.id.to_string() /> });
    let reader = Reader::of(visit, visit.zone);
    let from = match thanks.from {
        Some(name) => tr_with("kudos-from", &[("name", words::quote(name))]),
        None => tr("kudos-from-somebody"),
    };
    let avatar = thanks.to.clone().unwrap_or_default();
    let to = thanks.to.unwrap_or_else(|| tr("kudos-somebody"));
    view! {
        <article class="thank">
            <p class="to">
                <Avatar name=avatar size=Size::Small />
                {to}
                {marks.collect_view()}
            </p>
            <blockquote><p>{thanks.text}</p></blockquote>
            <p><Badge tone=Tone::Brass><span class="sr-only">{tr("kudos-for")}</span>{thanks.value}</Badge></p>
            <p class="from">{from} " · " {reader.time(thanks.given_at, Shape::NearDay)} " " {report}</p>
        </article>
    }
    .into_any()
}
