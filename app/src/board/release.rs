//! `/events/{slug}/board/release`: what a release changes, what blocks it, and its note.

use domain::{
    Zone,
    board::{Conflict, ReleaseChange},
    forms::Fields,
};
use leptos::prelude::*;
use store::schedule::{self, ReleasePreview};

use super::paths::{board_path, conflict_list, crumbs, released_text, stylesheet, zone_note};
use crate::{
    context::{store, tr, tr_with, visit},
    events::pages::slug_from_path,
    i18n,
    refill::refilled,
    ui::{ButtonLink, Crumbs, Look, Sheet, Title, load},
};

/// The longest note of a release, in characters.
pub const MAX_NOTE: usize = 500;

/// The key of the draft of a release's note.
#[must_use]
pub fn note_draft(slug: &str) -> String {
    format!("board/{slug}/release")
}

/// The page.
#[component]
pub fn ReleasePreviewPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        stylesheet();
        let visit = visit();
        let loaded = schedule::preview(&store(), &visit.actor, &slug?).await?;
        let event = &loaded.event;
        let (sheet, _) = refilled(&visit, &note_draft(event.slug.as_str()), Fields::new()).await?;
        let all: Vec<&Conflict> = loaded.conflicts.iter().collect();
        let conflicts = conflict_list(&event.slug, &loaded.board, &all, &[]).map(|list| {
            view! { <section aria-labelledby="conflicts"><h2 id="conflicts">{tr("board-conflicts-title")}</h2>{list}</section> }
        });
        let known = known_conflicts(&loaded);
        Ok(view! {
            <Title text=tr("board-release-title") />
            <div class="page narrow">
                <Crumbs above=crumbs(event, true) />
                <h1>{tr("board-release-title")}</h1>
                <p class="lead">{tr("board-release-lead")}</p>
                {conflicts}
                {known}
                <section aria-labelledby="changes">
                    <h2 id="changes">{tr("board-changes")}</h2>
                    {zone_note(event)}
                    {change_list(event.zone(), &loaded.changes)}
                </section>
                {form(&loaded, &sheet)}
            </div>
        })
    })
}

/// The conflicts that the released version has already. They block nothing, so they are folded.
fn known_conflicts(loaded: &ReleasePreview) -> Option<AnyView> {
    let all: Vec<&Conflict> = loaded.known.iter().collect();
    let list = conflict_list(&loaded.event.slug, &loaded.board, &all, &loaded.known)?;
    let n = i18n::number(i64::try_from(all.len()).unwrap_or(i64::MAX));
    Some(
        view! {
            <details class="disclosure">
                <summary>{tr_with("board-known-title", &[("n", n)])}</summary>
                <p class="help">{tr("board-known-text")}</p>
                {list}
            </details>
        }
        .into_any(),
    )
}

fn form(loaded: &ReleasePreview, sheet: &Sheet) -> AnyView {
    let slug = loaded.event.slug.to_string();
    let back = view! { <ButtonLink href=board_path(&slug) look=Look::Plain>{tr("form-back")}</ButtonLink> };
    if loaded.changes.is_empty() {
        return view! { <p class="row">{back}</p> }.into_any();
    }
    if loaded.conflicts.iter().any(|conflict| conflict.kind.blocks()) {
        return view! { <div class="notice bad"><p>{tr("board-release-blocked")}</p></div> <p class="row">{back}</p> }
            .into_any();
    }
    let sheet = sheet.clone().with_label("note", "board-release-note");
    view! {
        <form method="post" action="/api/board/release">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="version" value=loaded.revision.to_string() />
            {sheet.summary()}
            {sheet.field("note", "board-release-note").help("help-board-release-note").max(MAX_NOTE).area(3)}
            <div class="row">
                <button class="button">{tr("board-release-button")}</button>
                {back}
            </div>
        </form>
    }
    .into_any()
}

/// What changed, session by session.
#[must_use]
pub fn change_list(zone: Zone, changes: &[ReleaseChange]) -> AnyView {
    if changes.is_empty() {
        return view! { <p>{tr("board-changes-none")}</p> }.into_any();
    }
    let slot = |key: &str, slot| {
        let slot = i18n::quote(released_text(zone, slot));
        view! { <p class="help">{tr_with(key, &[("slot", slot)])}</p> }
    };
    let items = changes.iter().map(|change| {
        let lines = match (&change.before, &change.after) {
            (before, after) if before == after => None,
            (Some(before), Some(after)) => Some(view! { {slot("board-change-before", before)} {slot("board-change-after", after)} }.into_any()),
            (None, Some(after)) => Some(slot("board-change-new", after).into_any()),
            (Some(before), None) => Some(view! { {slot("board-change-before", before)} <p class="help">{tr("board-change-gone")}</p> }.into_any()),
            (None, None) => None,
        };
        let renamed = change.renamed_from.as_ref().map(|title| {
            view! { <p class="help">{tr_with("board-change-renamed", &[("title", i18n::quote(title.clone()))])}</p> }
        });
        view! { <li><div><strong><bdi>{change.title.clone()}</bdi></strong> {renamed} {lines}</div></li> }
    });
    view! { <ul class="rows" role="list">{items.collect_view()}</ul> }.into_any()
}
