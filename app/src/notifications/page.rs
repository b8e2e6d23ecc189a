//! `/notifications`: what happened to a member, newest first. Opening one is a form, because it marks it as read.

use domain::NotificationId;
use leptos::prelude::*;
use store::notifications::{self, Notification};

use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    i18n::has,
    ui::{Badge, ButtonLink, Empty, Look, Reader, Shape, Title, Tone, load},
};

/// The page.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let after = visit.query("after").and_then(|id| id.parse().ok()).map(NotificationId);
        let page = notifications::list(&store(), &visit.actor, after).await?;
        let is_empty = page.notifications.is_empty();
        let at = after.map(|id| id.to_string()).unwrap_or_default();
        let items = page.notifications.iter().map(|one| item(&visit, one, &at)).collect_view();
        let newest = after.map(|_| view! { <a href="/notifications">{tr("notifications-newest")}</a> });
        let older = page.next.map(|next| {
            let to = format!("/notifications?after={next}");
            view! { <a rel="next" href=to>{tr("notifications-older")}</a> }
        });
        let pager = (newest.is_some() || older.is_some()).then(|| {
            view! { <nav class="pager" aria-label=tr("pager-label")>{newest}{older}</nav> }
        });
        Ok(view! {
            <Title text=tr("notifications-title") />
            <div class="page narrow">
                <div class="page-head">
                    <div>
                        <h1>{tr("notifications-title")}</h1>
                        <p class="lead">{tr("notifications-lead")}</p>
                    </div>
                    {(visit.notices.unread > 0).then(|| all_read(&at))}
                </div>
                <ul class="rows notifications" role="list">{items}</ul>
                {is_empty.then(|| view! {
                    <Empty title=tr("notifications-none") text=tr("notifications-none-text")>
                        <ButtonLink href="/events" look=Look::Plain>{tr("notifications-none-events")}</ButtonLink>
                    </Empty>
                })}
                {pager}
                <p class="help"><a href="/profile/emails#notifications">{tr("notifications-choose")}</a></p>
            </div>
        })
    })
}

fn all_read(after: &str) -> AnyView {
    view! {
        <form method="post" action="/api/notifications/read">
            <input type="hidden" name="after" value=after.to_owned() />
            <button class="button plain">{tr("notifications-read-all")}</button>
        </form>
    }
    .into_any()
}

/// The sentence about a kind. It names nobody and nothing, so it may be shown when the record may not.
#[must_use]
pub fn sentence(kind: &str) -> String {
    let key = format!("notification-{}", kind.replace('_', "-"));
    if has(&key) { tr(&key) } else { tr("notification-other") }
}

fn item(visit: &Visit, one: &Notification, after: &str) -> AnyView {
    let id = one.id.to_string();
    let sentence = sentence(&one.kind);
    let headline = match one.can_open {
        true => view! {
            <form method="post" action="/api/notifications/open">
                <input type="hidden" name="id" value=id.clone() />
                <button class="link">{sentence.clone()}</button>
            </form>
        }
        .into_any(),
        false => view! { <p>{sentence.clone()}</p> }.into_any(),
    };
    let new = (!one.is_read).then(|| view! { <Badge tone=Tone::Brass>{tr("notifications-unread")}</Badge> });
    let gone = (!one.can_open).then(|| tr("notifications-gone"));
    let about = one.by.iter().chain(&one.title).chain(&gone);
    let about = about.map(|text| view! { <bdi>{text.clone()}</bdi> " · " }).collect_view();
    let time = Reader::of(visit, visit.zone).time(one.at, Shape::DateTimeYear);
    let read = (!one.is_read).then(|| {
        let label = format!("{}: {sentence}", tr("notifications-read"));
        view! {
            <form method="post" action="/api/notifications/read">
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="after" value=after.to_owned() />
                <button class="quiet" aria-label=label>{tr("notifications-read")}</button>
            </form>
        }
    });
    view! {
        <li class=(!one.is_read).then_some("unread")>
            <div>
                <div class="row">{headline} {new}</div>
                <p class="help">{about} {time}</p>
            </div>
            {read}
        </li>
    }
    .into_any()
}
