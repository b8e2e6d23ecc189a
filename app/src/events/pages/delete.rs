//! `/events/{slug}/delete`: asks before a draft is deleted, because that cannot be undone.

use domain::events::EventStatus;
use leptos::prelude::*;
use store::events;

use super::{breadcrumbs, event_path, slug_from_path};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{Crumbs, Shape, Title, event_time, load},
};

/// Asks before a draft is deleted.
#[component]
pub fn DeleteDraftPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = events::page(&store, &visit.actor, &slug).await?;
        if !loaded.may_manage {
            return Err(if visit.member.is_none() { AppError::SignIn } else { AppError::Forbidden });
        }
        let event = &loaded.event;
        if event.status != EventStatus::Draft {
            return Err(domain::Refusal::NotDraft.into());
        }
        let title = tr_with("form-delete-title", &[("title", i18n::quote(event.details.title.clone()))]);
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(event) />
                <h1>{title}</h1>
                {event_time(&visit, event.time(), Shape::DateTimeYear)}
                <p>{tr("form-delete-text")}</p>
                <form method="post" action="/api/events/delete">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <div class="row">
                        <button class="button danger">{tr("form-delete")}</button>
                        <a class="button plain" href=event_path(&slug)>{tr("form-delete-keep")}</a>
                    </div>
                </form>
            </div>
        })
    })
}
