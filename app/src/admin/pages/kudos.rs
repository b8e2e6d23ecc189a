//! `/admin/kudos`: kudos that look like an arrangement. Nothing happens to them by itself.

use leptos::prelude::*;
use store::kudos::{self, SuspicionRow};

use super::frame;
use crate::{
    context::{store, tr, tr_with, visit},
    i18n,
    ui::{Empty, load},
};

/// The page.
#[component]
pub fn KudosReviewPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let rows = kudos::suspicion_rows(&store, &visit.actor).await?;
        let list = if rows.is_empty() {
            view! { <Empty title=tr("admin-kudos-none") text=tr("admin-kudos-none-text") /> }.into_any()
        } else {
            let rows = rows.into_iter().map(item).collect_view();
            view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
        };
        let body = view! { <p class="lead">{tr("admin-kudos-text")}</p> {list} };
        Ok(frame(&visit, tr("admin-kudos"), body.into_any()))
    })
}

fn item(row: SuspicionRow) -> AnyView {
    let key = if row.is_ring { "admin-kudos-ring" } else { "admin-kudos-burst" };
    let name = row.to.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let number = |count: usize| i18n::number(i64::try_from(count).unwrap_or(i64::MAX));
    let args =
        [("name", i18n::quote(name)), ("count", number(row.kudos)), ("people", number(row.members.len()))];
    let people = row.members.into_iter().chain(row.to).map(|(id, name)| {
        view! { <li><a href=format!("/admin/members/{id}")><bdi>{name}</bdi></a></li> }
    });
    view! {
        <li>
            <p><strong>{tr_with(key, &args)}</strong></p>
            <ul class="row" role="list">{people.collect_view()}</ul>
        </li>
    }
    .into_any()
}
