//! `/events/{slug}/releases` and `/events/{slug}/releases/{number}`: the versions of an agenda.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::schedule::{self, ReleaseCard};

use super::{
    paths::{board_path, crumbs, releases_path, zone_note},
    release::change_list,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::slug_from_path,
    i18n,
    ui::{ButtonLink, Crumbs, Empty, Look, Pager, Shape, Title, load, time_of},
};

/// The list.
#[component]
pub fn ReleasesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let visit = visit();
        let before = visit.query("before").and_then(|before| before.parse().ok());
        let (event, cards) = schedule::releases(&store(), &visit.actor, &slug?, before).await?;
        let path = releases_path(event.slug.as_str());
        let older = cards.last().map(|last| last.number).filter(|number| *number > 1);
        let older = older.map(|number| format!("{path}?before={number}"));
        let board = board_path(event.slug.as_str());
        let list = match cards.is_empty() {
            true => view! {
                <Empty title=tr("releases-none") text=tr("releases-none-text")>
                    <ButtonLink href=board look=Look::Plain>{tr("board-plan")}</ButtonLink>
                </Empty>
            }
            .into_any(),
            false => {
                let items = cards.iter().map(|card| {
                    let to = format!("{path}/{}", card.number);
                    view! { <li><div><a href=to><strong>{name(card)}</strong></a> {about(&visit, card)}</div></li> }
                });
                view! { <ul class="rows" role="list">{items.collect_view()}</ul> }.into_any()
            }
        };
        Ok(view! {
            <Title text=tr("board-releases") />
            <div class="page narrow">
                <Crumbs above=crumbs(&event, true) />
                <h1>{tr("board-releases")}</h1>
                <p class="lead">{tr("releases-lead")}</p>
                {list}
                <Pager before=None after=older />
            </div>
        })
    })
}

fn name(card: &ReleaseCard) -> String {
    tr_with("releases-name", &[("number", i18n::number(card.number))])
}

/// When and by whom, and the note.
fn about(visit: &Visit, card: &ReleaseCard) -> AnyView {
    let who = match &card.by {
        Some(by) if card.is_import => tr_with("releases-imported-by", &[("name", i18n::quote(by.clone()))]),
        Some(by) => tr_with("releases-by", &[("name", i18n::quote(by.clone()))]),
        None if card.is_import => tr("releases-imported"),
        None => tr("releases-by-nobody"),
    };
    let note = (!card.note.is_empty()).then(|| view! { <p class="plain-text">{card.note.clone()}</p> });
    view! { <p class="help">{time_of(card.at, visit.zone, Shape::DateTimeYear)} " · " {who}</p> {note} }
        .into_any()
}

/// One release.
#[component]
pub fn ReleasePage() -> impl IntoView {
    let slug = slug_from_path();
    let number = use_params_map().with_untracked(|params| params.get("number").unwrap_or_default());
    load(async move {
        let visit = visit();
        let number = number.parse().map_err(|_| AppError::NotFound)?;
        let loaded = schedule::show_release(&store(), &visit.actor, &slug?, number).await?;
        let event = &loaded.event;
        let mut above = crumbs(event, true);
        above.push((releases_path(event.slug.as_str()), tr("board-releases")));
        let count = i18n::number(i64::try_from(loaded.sessions).unwrap_or(i64::MAX));
        let back = view! {
            <form method="post" action="/api/board/bring_back">
                <input type="hidden" name="slug" value=event.slug.to_string() />
                <input type="hidden" name="number" value=number.to_string() />
                <p class="help">{tr("releases-bring-back-help")}</p>
                <button class="button plain">{tr("releases-bring-back")}</button>
            </form>
        };
        Ok(view! {
            <Title text=name(&loaded.card) />
            <div class="page narrow">
                <Crumbs above />
                <h1>{name(&loaded.card)}</h1>
                {about(&visit, &loaded.card)}
                <p>{tr_with("releases-sessions", &[("n", count)])}</p>
                <section aria-labelledby="changes">
                    <h2 id="changes">{tr("board-changes")}</h2>
                    {zone_note(event)}
                    {change_list(event.zone(), &loaded.changes)}
                </section>
                {back}
            </div>
        })
    })
}
