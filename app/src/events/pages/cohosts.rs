//! `/events/{slug}/cohosts`: the people and groups that host an event, and inviting others (F6, F9).

use leptos::prelude::*;
use store::{
    events::{self, Cohost},
    groups,
};

use super::{cohost_people::people_section, event_path, slug_from_path};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    groups::pages::group_path,
    ui::{Badge, Crumbs, Title, Tone, load},
};

/// The co-hosting groups of an event.
#[component]
pub fn CohostsPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = events::page(&store, &visit.actor, &slug).await?;
        if !loaded.may_manage {
            return Err(AppError::Forbidden);
        }
        let people = people_section(&visit, &slug).await?;
        let cohosts = events::cohosts_of(&store, &visit.actor, &slug).await?;
        let is_cohosting = |name: &domain::Slug| {
            loaded.group.as_ref().is_some_and(|own_group| own_group.slug == *name)
                || cohosts.iter().any(|cohost| cohost.group.slug == *name)
        };
        let others = groups::names(&store, &visit.actor, true).await?;
        let others = others.into_iter().filter(|group| !is_cohosting(&group.slug));
        let options =
            others.map(|group| view! { <option value=group.slug.to_string()>{group.name}</option> });
        let options = options.collect_view();
        let rows = cohosts.into_iter().map(|cohost| view! { <li>{row(&slug, cohost)}</li> }).collect_view();
        let invite_form = match &loaded.group {
            None => view! { <p>{tr("cohost-no-group")}</p> }.into_any(),
            Some(_) => view! {
                <form class="row" method="post" action="/api/groups/invite_cohost">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <label for="f-group">{tr("cohost-which")}</label>
                    <select id="f-group" name="group">{options}</select>
                    <button class="button">{tr("cohost-invite")}</button>
                </form>
            }
            .into_any(),
        };
        let own_group = loaded.group.clone().map(|group| {
            view! { <li><strong><a href=group_path(&group.slug)><bdi>{group.name}</bdi></a></strong></li> }
        });
        Ok(view! {
            <Title text=tr("cohost-title") />
            <div class="page narrow">
                <Crumbs above=vec![
                    ("/events".to_owned(), tr("events-title")),
                    (event_path(&slug), loaded.event.details.title.clone()),
                ] />
                <h1>{tr("cohost-title")}</h1>
                {people}
                <section class="part">
                    <h2>{tr("cohost-groups")}</h2>
                    <p>{tr("cohost-text")}</p>
                    <ul class="rows" role="list">{own_group} {rows}</ul>
                    {invite_form}
                </section>
            </div>
        })
    })
}

fn row(slug: &domain::Slug, cohost: Cohost) -> AnyView {
    let invited = (!cohost.accepted).then(|| {
        let text = tr("cohost-invited");
        view! { <Badge tone=Tone::Draft>{text}</Badge> }
    });
    let end = if cohost.accepted { "cohost-remove" } else { "cohost-withdraw" };
    view! {
        <div class="row"><strong><a href=group_path(&cohost.group.slug)><bdi>{cohost.group.name}</bdi></a></strong> {invited}</div>
        <form method="post" action="/api/groups/end_cohosting">
            <input type="hidden" name="slug" value=slug.to_string() />
            <input type="hidden" name="group" value=cohost.group.slug.to_string() />
            <button class="button plain small">{tr(end)}</button>
        </form>
    }
    .into_any()
}
