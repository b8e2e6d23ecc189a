//! `/mentoring/rounds/{slug}`: dates, the reader's sign-ups, and for coordinators, what they can change.

use domain::mentoring::{ChangedBy, RoundChange, SignUpWindow};
use leptos::prelude::*;
use store::mentoring::{self, RoundPage as Page};

use super::{
    paths::{programme_path, round_path, slug_from_path},
    sheet::{dates, mine, round_badge, sign_up_links, stylesheet},
};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    ui::{ButtonLink, Crumbs, Look, Paragraphs, Title, load},
};

/// The page.
#[component]
pub fn RoundPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page = mentoring::round(&store(), &visit.actor, &slug).await?;
        stylesheet();
        let name = page.card.details.name.clone();
        let programme = programme_path(page.programme.slug.as_str());
        Ok(view! {
            <Title text=name.clone() />
            <div class="page">
                <Crumbs above=vec![
                    ("/mentoring".to_owned(), tr("mentoring-title")),
                    (programme, page.programme.name.clone()),
                ] />
                <p class="row">{round_badge(&page.card)} {mine(&page.card)}</p>
                <h1><bdi>{name}</bdi></h1>
                {dates(&visit, &page.card)}
                {window_text(&page)}
                {sign_up_links(&page.card)}
                <Paragraphs text=page.programme.purpose.clone() />
                {coordinate(&page)}
            </div>
        })
    })
}

/// Whether members can sign up, and what happens to late sign-ups.
fn window_text(page: &Page) -> AnyView {
    let key = match page.card.window {
        SignUpWindow::NotYet => "mentoring-window-not-yet",
        SignUpWindow::Open => "mentoring-window-open",
        SignUpWindow::Late => "mentoring-window-late",
        SignUpWindow::Over => "mentoring-window-over",
    };
    view! { <p>{tr(key)}</p> }.into_any()
}

/// What coordinators can do with the round.
fn coordinate(page: &Page) -> Option<AnyView> {
    page.may_coordinate.then(|| {
        let slug = page.card.slug.to_string();
        let path = round_path(&slug);
        // Publishing needs a draft of the matching, which has its own page.
        let changes = page.card.state.changes(ChangedBy::Coordinator).filter(|change| *change != RoundChange::Publish);
        // The end of a round can't be undone, so its buttons are folded and say what happens.
        let (last, changes): (Vec<_>, Vec<_>) =
            changes.partition(|change| matches!(change, RoundChange::Finish | RoundChange::Cancel));
        let form = |change: RoundChange, class: &'static str| {
            view! {
                <form method="post" action="/api/mentoring/change_round">
                    <input type="hidden" name="slug" value=slug.clone() />
                    <input type="hidden" name="change" value=change.name() />
                    <button class=class>{tr(&format!("mentoring-change-{}", change.name()))}</button>
                </form>
            }
        };
        let buttons = changes.into_iter().map(|change| {
            form(change, if change == RoundChange::Open { "button" } else { "button plain" })
        });
        let last = last.into_iter().map(|change| {
            let class = if change == RoundChange::Cancel { "button danger" } else { "button" };
            view! {
                <details class="disclosure">
                    <summary>{tr(&format!("mentoring-change-{}", change.name()))}</summary>
                    <p>{tr(&format!("mentoring-change-{}-text", change.name()))}</p>
                    {form(change, class)}
                </details>
            }
        });
        view! {
            <section class="part" aria-labelledby="coordinate">
                <h2 id="coordinate">{tr("mentoring-coordinate")}</h2>
                <div class="row">
                    <ButtonLink href=format!("{path}/sign-ups")>{tr("mentoring-sign-ups")}</ButtonLink>
                    <ButtonLink href=format!("{path}/runs") look=Look::Plain>{tr("mentoring-run-title")}</ButtonLink>
                    <ButtonLink href=format!("{path}/report") look=Look::Plain>{tr("report-link")}</ButtonLink>
                    <ButtonLink href=format!("{path}/emails") look=Look::Plain>{tr("round-email-title")}</ButtonLink>
                    <ButtonLink href=format!("{path}/edit") look=Look::Plain>{tr("mentoring-edit-round")}</ButtonLink>
                    {buttons.collect_view()}
                </div>
                {last.collect_view()}
            </section>
        }
        .into_any()
    })
}
