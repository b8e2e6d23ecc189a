//! `/events/{slug}/agenda/mine`: the sessions that the reader saved, with a warning where two overlap (D11).

use domain::events::EventTime;
use leptos::prelude::*;
use markup::published::line;
use store::schedule::{self, AgendaItem, MyAgenda};
use uuid::Uuid;

use super::{
    agenda::{day_slots, zone_note},
    breadcrumbs, event_path,
    now::now_section,
    saving::Saving,
    session_path, slug_from_path,
};
use crate::{
    context::{Visit, locale, store, tr, tr_with, visit},
    i18n::{self, format},
    ui::{ButtonLink, Crumbs, Empty, Look, Shape, Title, load, start_time},
};

/// The most pairs of sessions that the warning names.
const MAX_CLASHES: usize = 10;

/// The page.
#[component]
pub fn MyAgendaPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let visit = visit();
        let loaded = schedule::my_agenda(&store(), &visit.actor, &slug?).await?;
        let saved = loaded.days.iter().flat_map(|day| &day.sessions).map(|item| item.id).collect();
        let saving = Saving::new(&visit, &loaded.days, &saved);
        let now = now_section(&visit, &loaded.event, &loaded.days, &saved, store().now());
        let agenda = format!("{}#agenda", event_path(&loaded.event.slug));
        let body = if loaded.days.is_empty() {
            empty(&loaded, agenda)
        } else {
            let days = loaded.days.iter().map(|day| {
                let id = format!("day-{}", day.index);
                view! {
                    <section aria-labelledby=id>
                        <h2 id=id.clone()>{format::date(locale(), day.date, Shape::LongDate)}</h2>
                        {zone_note(&visit, &loaded.event, day)}
                        <ol class="slots" role="list">{day_slots(&visit, &loaded.event, day, &[], &saving)}</ol>
                    </section>
                }
            });
            view! {
                {saving.form(&loaded.event.slug, "mine")}
                {warning(&visit, &loaded)}
                <div class="agenda my-agenda">{days.collect_view()}</div>
                <p class="row">
                    <ButtonLink href=agenda look=Look::Plain>{tr("agenda-view")}</ButtonLink>
                    <a href="/profile/calendar">{tr("agenda-mine-calendar")}</a>
                </p>
            }
            .into_any()
        };
        Ok(view! {
            <Title text=tr("agenda-mine") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(&loaded.event) />
                <h1>{tr("agenda-mine")}</h1>
                <p class="lead">{tr("agenda-mine-lead")}</p>
                {now}
                {body}
            </div>
        })
    })
}

fn empty(loaded: &MyAgenda, agenda: String) -> AnyView {
    let text = if loaded.has_agenda { "agenda-mine-none-text" } else { "agenda-mine-no-agenda-text" };
    let (to, button) = match loaded.has_agenda {
        true => (agenda, "agenda-view"),
        false => (event_path(&loaded.event.slug), "agenda-view-event"),
    };
    view! {
        <Empty title=tr("agenda-mine-none") text=tr(text)>
            <ButtonLink href=to look=Look::Plain>{tr(button)}</ButtonLink>
        </Empty>
    }
    .into_any()
}

/// Names both sessions of each pair that overlaps.
fn warning(visit: &Visit, loaded: &MyAgenda) -> Option<AnyView> {
    let find = |id: Uuid| -> Option<&AgendaItem> {
        loaded.days.iter().flat_map(|day| &day.sessions).find(|item| item.id == id)
    };
    let items = loaded.clashes.iter().take(MAX_CLASHES).filter_map(|(first, second)| {
        let (first, second) = (find(*first)?, find(*second)?);
        let link = |item: &AgendaItem| {
            let to = session_path(&loaded.event.slug, item.id);
            view! { <a href=to><bdi>{line(&item.session.title)}</bdi></a> }
        };
        let starts = second.session.starts_at;
        let time = EventTime { starts, ends: starts, ..loaded.event.time() };
        Some(view! {
            <li>
                <p>{link(first)} " · " {link(second)}</p>
                <span class="help">{start_time(visit, time)}</span>
            </li>
        })
    });
    let more = loaded.clashes.len().saturating_sub(MAX_CLASHES);
    let more = (more > 0).then(|| {
        let n = i18n::number(i64::try_from(more).unwrap_or(i64::MAX));
        view! { <p class="help">{tr_with("agenda-clashes-more", &[("n", n)])}</p> }
    });
    let n = i18n::number(i64::try_from(loaded.clashes.len()).unwrap_or(i64::MAX));
    (!loaded.clashes.is_empty()).then(|| {
        view! {
            <section class="notice" aria-labelledby="clashes">
                <h2 id="clashes">{tr_with("agenda-clashes", &[("n", n)])}</h2>
                <ul class="rows" role="list">{items.collect_view()}</ul>
                {more}
            </section>
        }
        .into_any()
    })
}
