//! `/events/{slug}/cancel`: asks for the reason, and says how many people will be emailed.

use domain::{forms::Fields, series::EditScope};
use leptos::prelude::*;
use store::events;

use super::{breadcrumbs, event_path, series::dates::scope_field, slug_from_path};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Crumbs, Shape, Title, event_time, load},
};

/// Asks for the reason of a cancellation.
#[component]
pub fn CancelPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = events::page(&store, &visit.actor, &slug).await?;
        if !loaded.may_edit {
            return Err(if visit.member.is_none() { AppError::SignIn } else { AppError::Forbidden });
        }
        let event = &loaded.event;
        event.open(store.now())?;
        let first = Fields::from([("scope".to_owned(), EditScope::One.name().to_owned())]);
        let (sheet, _) = refilled(&visit, &format!("events/cancel/{slug}"), first).await?;
        let scope = loaded.series.filter(|_| loaded.may_manage && store.now() < event.starts_at);
        let scope = scope.map(|_| scope_field(&sheet, "series-scope-cancel-help"));
        let counts = [("going", i18n::number(event.going)), ("waiting", i18n::number(event.waiting))];
        Ok(view! {
            <Title text=tr("form-cancel-title") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(event) />
                <h1>{tr("form-cancel-title")}</h1>
                {event_time(&visit, event.time(), Shape::DateTimeYear)}
                <p>{tr_with("form-cancel-told", &counts)} " " {tr("form-cancel-undo")}</p>
                <form method="post" action="/api/events/cancel">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    {sheet.summary()}
                    {scope}
                    {sheet.field("reason", "field-reason").help("help-reason").max(1000).area(4)}
                    <div class="row">
                        <button class="button danger">{tr("form-cancel")}</button>
                        <a class="button plain" href=event_path(&slug)>{tr("form-cancel-keep")}</a>
                    </div>
                </form>
            </div>
        })
    })
}
