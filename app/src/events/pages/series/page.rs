//! `/series/{slug}`: all dates of a series that the reader may see.

use leptos::prelude::*;
use store::series;

use super::{
    paths::{rule_text, series_path},
    section::always_form,
};
use crate::{
    context::{store, tr, tr_with, visit},
    events::pages::{card::cards, slug_from_path},
    i18n,
    ui::{ButtonLink, Crumbs, Look, Progress, Title, load},
};

/// The page.
#[component]
pub fn SeriesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit) = (store(), visit());
        let loaded = series::page(&store, &visit.actor, &slug?).await?;
        let now = store.now();
        let (ahead, past): (Vec<_>, Vec<_>) =
            loaded.dates.clone().into_iter().partition(|event| event.ends_at > now);
        let newest = ahead.first().or(past.last()).map(|event| event.title.clone()).unwrap_or_default();
        // An ended series can still have dates to cancel.
        let end = (loaded.may_manage && (!loaded.is_ended || !ahead.is_empty())).then(|| {
            view! {
                <ButtonLink href=format!("{}/end", series_path(&loaded.slug)) look=Look::Plain>
                    {tr("series-end")}
                </ButtonLink>
            }
        });
        let saving = loaded.saving.map(|(done, total)| {
            let counts = [("done", i18n::number(done)), ("total", i18n::number(total))];
            let text = tr_with("series-saving", &counts);
            view! {
                <section class="notice" role="status" data-working="">
                    <p>{text.clone()}</p>
                    <Progress label=text done=Some(done) of=total />
                </section>
                <script src=format!("{}/working.js", visit.assets) async></script>
                <p><a class="button plain" href=series_path(&loaded.slug)>{tr("series-saving-refresh")}</a></p>
            }
        });
        let ended = loaded.is_ended.then(|| view! { <p class="notice">{tr("series-ended")}</p> });
        let later = u32::try_from(loaded.to_create).unwrap_or(u32::MAX);
        let later = (later > 0).then(|| {
            view! { <p class="help">{tr_with("series-later", &[("count", i18n::number(later))])}</p> }
        });
        // At a hybrid event, members choose how they come, so nobody takes the seat for them.
        let is_hybrid = ahead.first().is_some_and(|event| event.online && !event.place.is_empty());
        let has_dates = !ahead.is_empty() || loaded.to_create > 0;
        let wants = loaded.always.filter(|always| *always || (has_dates && !is_hybrid));
        let always = always_form(&loaded.slug, wants);
        let ahead = match ahead.is_empty() {
            true => view! { <p>{tr("series-none-ahead")}</p> }.into_any(),
            false => cards(&visit, ahead, now),
        };
        let past = (!past.is_empty()).then(|| {
            view! {
                <section class="part" aria-labelledby="past">
                    <h2 id="past">{tr("series-past")}</h2>
                    {cards(&visit, past, now)}
                </section>
            }
        });
        Ok(view! {
            <Title text=newest.clone() />
            <div class="page">
                <Crumbs above=vec![("/events".to_owned(), tr("events-title"))] />
                <div class="page-head"><h1>{newest}</h1>{end}</div>
                <p class="lead">{rule_text(&loaded.rule)}</p>
                {saving}
                {ended}
                {always}
                <section class="part" aria-labelledby="ahead">
                    <h2 id="ahead">{tr("series-ahead-title")}</h2>
                    {ahead}
                    {later}
                </section>
                {past}
            </div>
        })
    })
}
