//! `/events/{slug}/sessions/{id}`: one session of an event's agenda. Hosts set its topics here.

use domain::events::EventTime;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use markup::published::line;
use store::{
    events,
    schedule::{self, AgendaItem},
};

use super::{
    agenda::{facts, session_text, speakers},
    breadcrumbs, event_path,
    my_seat::seat_panel,
    saving::on_session_page,
    slug_from_path,
    speakers::{names, panel},
    subjects::{about, about_form},
};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    sessions::{material, questions, workshop},
    ui::{ButtonLink, Crumbs, Look, Shape, Title, event_time, load},
};

/// The page of one agenda session.
#[component]
pub fn SessionPage() -> impl IntoView {
    let slug = slug_from_path();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    load(async move {
        let (store, visit) = (store(), visit());
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let loaded = schedule::session(&store, &visit.actor, &slug?, id).await?;
        let AgendaItem { session, about: subjects, .. } = &loaded.item;
        let title = line(&session.title);
        let starts = session.starts_at;
        let ends = starts + chrono::Duration::minutes(i64::from(session.minutes));
        let time = EventTime { starts, ends, ..loaded.event.time() };
        let form = match loaded.may_edit {
            true => Some(about_form(&visit, &store, &loaded.event.slug, Some(id), subjects).await?),
            false => None,
        };
        let people = panel(&visit, &loaded).await?;
        let workshop = match loaded.item.workshop {
            Some(id) => Some(events::workshop(&store, &visit.actor, id).await?),
            None => None,
        };
        let panel =
            workshop.as_ref().map(|workshop| seat_panel(&visit, &workshop.page, None, None, store.now()));
        let workshop = workshop::section(&visit, &loaded, workshop.as_ref(), panel).await?;
        let material = material::section(&visit, &loaded).await?;
        let questions = questions::section(&visit, &loaded).await?;
        let give = visit.member.is_some().then(|| {
            let to = format!("/kudos/new?session={}/{id}", loaded.event.slug);
            view! { <p><ButtonLink href=to look=Look::Plain>{tr("kudos-give")}</ButtonLink></p> }
        });
        let edit = loaded.may_edit.then(|| {
            let to = format!("{}/board/sessions/{id}", event_path(&loaded.event.slug));
            view! { <p><ButtonLink href=to look=Look::Plain>{tr("board-edit-session")}</ButtonLink></p> }
        });
        let facts: Vec<_> = std::iter::once(session.room.clone()).chain(facts(session)).collect();
        Ok(view! {
            <Title text=title.clone() about=speakers(session) />
            <article class="page narrow">
                <Crumbs above=breadcrumbs(&loaded.event) />
                <header class="event-head">
                    <p class="eyebrow">{tr("search-session")}</p>
                    <h1>{title}</h1>
                    {names(&loaded)}
                </header>
                {event_time(&visit, time, Shape::DateTimeYear)}
                <p class="help">{facts.join(" · ")}</p>
                {on_session_page(&visit, &loaded)}
                {session_text(session)}
                {about(subjects)}
                {workshop}
                {people}
                {material}
                {questions}
                {give}
                {edit}
                {form}
            </article>
        })
    })
}
