//! `/series/{slug}/end`: asks before a series ends, and says what happens to its dates.

use domain::forms::Fields;
use leptos::prelude::*;
use store::series;

use super::paths::series_path;
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    events::pages::slug_from_path,
    i18n,
    ui::{Choice, Crumbs, Sheet, Title, load},
};

/// The page.
#[component]
pub fn EndSeriesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let ending = series::ending(&store, &visit.actor, &slug).await?;
        let counts = [
            ("dates", i18n::number(ending.dates)),
            ("people", i18n::number(ending.people)),
            ("emails", i18n::number(ending.emails)),
        ];
        let choices = vec![
            Choice::new("keep", tr_with("series-end-keep", &counts)),
            Choice::new("cancel", tr_with("series-end-cancel", &counts)),
        ];
        let sheet = Sheet::filled(Fields::from([("dates".to_owned(), "keep".to_owned())]), visit.locale);
        let above = vec![
            ("/events".to_owned(), tr("events-title")),
            (series_path(&slug), ending.event.details.title.clone()),
        ];
        Ok(view! {
            <Title text=tr("series-end") />
            <div class="page narrow">
                <Crumbs above=above />
                <h1>{tr("series-end")}</h1>
                <p class="lead">{tr("series-end-text")}</p>
                <form method="post" action="/api/series/end">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    {sheet.field("dates", "series-end-dates").needed().radios(choices)}
                    <p class="help">{tr_with("series-end-emails", &counts)}</p>
                    <div class="row">
                        <button class="button danger">{tr("series-end")}</button>
                        <a class="button plain" href=series_path(&slug)>{tr("series-end-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}
