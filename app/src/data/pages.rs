//! `/profile/data`: data export, account deletion, blocked members and how long data is kept. Also the banners
//! that warn a member on every page.

use leptos::prelude::*;
use store::{
    blocks, data,
    settings::{self, Retention},
};

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{Avatar, Crumbs, Reader, Shape, Size, Title, load},
};

/// The button that blocks a member, for pages about them.
#[must_use]
pub fn block_button(member: &str) -> AnyView {
    view! {
        <form method="post" action="/api/data/block">
            <input type="hidden" name="member" value=member.to_owned() />
            <button class="button plain">{tr("block-member")}</button>
        </form>
    }
    .into_any()
}

/// Warnings on every page: account suspended, deletion scheduled, emails bouncing, no email address.
#[must_use]
pub fn banners(visit: &Visit) -> Option<AnyView> {
    let notices = &visit.notices;
    let reader = Reader::of(visit, visit.zone);
    let suspended = notices.suspended.clone().map(|reason| {
        view! { <aside class="notice bad"><p>{tr("refusal-suspended")}</p><p class="plain-text">{reason}</p></aside> }
    });
    let leaving = notices.leaving.map(|at| {
        view! {
            <aside class="notice bad">
                <p>{tr("data-deletion-on")} " " {reader.time(at, Shape::DateTimeYear)}</p>
                <form method="post" action="/api/data/cancel_deletion"><button class="button small">{tr("data-keep-account")}</button></form>
            </aside>
        }
    });
    let bounced = notices.bounced.map(|at| {
        view! {
            <aside class="notice bad">
                <p>{tr("data-bounced")} " " {reader.time(at, Shape::DateTimeYear)}</p>
                <form method="post" action="/api/data/clear_bounce"><button class="button small">{tr("data-send-test-email")}</button></form>
            </aside>
        }
    });
    let unknown = (suspended.is_none() && lacks_address(visit)).then(|| {
        view! {
            <aside class="notice bad">
                <p>{tr("address-missing")} " " <a href="/profile/address">{tr("address-add")}</a></p>
            </aside>
        }
    });
    let has_banner = suspended.is_some() || leaving.is_some() || bounced.is_some() || unknown.is_some();
    has_banner.then(|| view! { {suspended} {leaving} {bounced} {unknown} }.into_any())
}

/// Whether to warn that the reader has no email address. Pages that ask for one don't.
fn lacks_address(visit: &Visit) -> bool {
    visit.member.as_ref().is_some_and(|member| member.address.is_none())
        && !matches!(visit.path(), "/welcome" | "/profile/address")
}

/// The page about a member's data.
#[component]
pub fn DataPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        visit.member.as_ref().ok_or(AppError::SignIn)?;
        let deletion_plan = data::planned(&store, &visit.actor).await?;
        let blocked = blocks::list(&store, &visit.actor).await?;
        let kept = settings::load(&store).await?.retention;
        Ok(view! {
            <Title text=tr("data-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/profile/account".to_owned(), tr("profile-tab-account"))] />
                <h1>{tr("data-title")}</h1>
                <section class="part">
                    <h2>{tr("data-copy")}</h2>
                    <p>{tr("data-copy-text")}</p>
                    <form method="post" action="/profile/data/copy">
                        <button class="button">{tr("data-copy-download")}</button>
                    </form>
                </section>
                <section class="part" id="blocked">
                    <h2>{tr("data-blocked")}</h2>
                    {blocked_list(&visit, blocked)}
                    <p><a href="/reports">{tr("reports-title")}</a></p>
                </section>
                <section class="part">
                    <h2>{tr("data-kept")}</h2>
                    {kept_text(kept)}
                </section>
                <section class="part">
                    <h2>{tr("data-delete")}</h2>
                    {deletion(&visit, deletion_plan)}
                </section>
            </div>
        })
    })
}

/// How long data is kept, with the numbers that an admin has chosen.
pub(crate) fn kept_text(kept: Retention) -> AnyView {
    let days = |key: &str, days: u16| tr_with(key, &[("days", i18n::number(days))]);
    view! {
        <p>{days("data-kept-emails", kept.emails_days)}</p>
        <p>{days("data-kept-sign-ins", kept.sign_ins_days)}</p>
        <p>{tr("data-kept-notifications")}</p>
    }
    .into_any()
}

fn blocked_list(visit: &Visit, blocked: Vec<blocks::BlockedMember>) -> AnyView {
    if blocked.is_empty() {
        return view! { <p>{tr("data-nobody-blocked")}</p> }.into_any();
    }
    let reader = Reader::of(visit, visit.zone);
    let rows = blocked.into_iter().map(|member| {
        let name = member.name.unwrap_or_else(|| tr("hidden-name"));
        view! {
            <li>
                <span class="row"><Avatar name=name.clone() size=Size::Small /><bdi>{name}</bdi></span>
                <span class="help">{tr("block-since")} " " {reader.time(member.since, Shape::DateTime)}</span>
                <form method="post" action="/api/data/unblock">
                    <input type="hidden" name="member" value=member.id.to_string() />
                    <button class="button small plain">{tr("data-unblock")}</button>
                </form>
            </li>
        }
    });
    view! { <p>{tr("block-text")}</p><ul class="rows" role="list">{rows.collect_view()}</ul> }.into_any()
}

fn deletion(visit: &Visit, deletion_plan: data::Planned) -> AnyView {
    if let Some(at) = deletion_plan.at {
        let reader = Reader::of(visit, visit.zone);
        return view! {
            <p>{tr("data-deletion-on")} " " {reader.time(at, Shape::DateTimeYear)}</p>
            <form method="post" action="/api/data/cancel_deletion"><button class="button">{tr("data-keep-account")}</button></form>
        }
        .into_any();
    }
    if !deletion_plan.sole_organiser_of.is_empty() {
        let groups = deletion_plan.sole_organiser_of.into_iter().map(|group| view! { <li>{group}</li> });
        return view! { <p>{tr("data-hand-over")}</p><ul>{groups.collect_view()}</ul> }.into_any();
    }
    let label = tr_with("confirm-text", &[("word", i18n::quote(tr("confirm-delete")))]);
    view! {
        <p>{tr("data-delete-text")}</p>
        <form method="post" action="/api/data/request_deletion">
            <div class="field">
                <label for="f-confirm">{label}</label>
                <input id="f-confirm" type="text" name="confirm" autocomplete="off" required />
            </div>
            <button class="button danger">{tr("data-delete-account")}</button>
        </form>
    }
    .into_any()
}
