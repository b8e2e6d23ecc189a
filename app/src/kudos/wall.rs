//! `/kudos`: the wall. Its first page is live, and without JavaScript it is a list in pages.

use domain::policy::{NoRelation, kudos::SeeUnthanked, permit};
use leptos::prelude::*;
use store::{
    groups,
    kudos::{self, Value},
    members,
};

use super::{board, card::kudos_item, query::WallQuery};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    i18n,
    ui::{ButtonLink, Empty, Look, Sheet, Title, load},
};

/// The wall.
#[component]
pub fn WallPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let query = WallQuery::read(&visit);
        // Read before the cards, so that the stream repeats a card rather than missing one.
        let seq = kudos::latest_seq(&store).await?;
        let page = kudos::list(&store, &visit.actor, &query.filter, query.after).await?;
        let lists = Lists::load(&visit, &query).await?;
        let is_first = query.after.is_none();
        let is_empty = page.kudos.is_empty();
        let items = page.kudos.into_iter().map(|kudos| kudos_item(&visit, &kudos)).collect_view();
        let stream = is_first.then(|| query.address("/kudos/stream"));
        let newest = (!is_first).then(|| WallQuery { after: None, ..query.clone() }.address("/kudos"));
        let older = page.next.map(|next| WallQuery { after: Some(next), ..query.clone() }.address("/kudos"));
        let pager = (newest.is_some() || older.is_some()).then(|| {
            let newest = newest.map(|to| view! { <a href=to>{tr("kudos-newest")}</a> });
            let older = older.map(|to| view! { <a rel="next" href=to>{tr("kudos-older")}</a> });
            view! { <nav class="pager" aria-label=tr("kudos-pages")>{newest}{older}</nav> }
        });
        let mine = visit.member.is_some().then(|| {
            view! { <ButtonLink href="/kudos/mine" look=Look::Plain>{tr("kudos-mine")}</ButtonLink> }
        });
        let screen = visit.member.is_some().then(|| {
            view! { <a href="/kudos/screen" target="_blank" rel="noopener">{tr("kudos-screen")}</a> " · " }
        });
        let may_see_unthanked = permit(&visit.actor, SeeUnthanked, NoRelation).is_ok();
        let unthanked = may_see_unthanked.then(|| {
            view! { <a href="/kudos/unthanked">{tr("kudos-unthanked")}</a> " · " }
        });
        let board = match is_first && query.active().is_empty() {
            true => board::list(&visit).await?,
            false => None,
        };
        let give = give_path(&query);
        let script = is_first.then(script);
        Ok(view! {
            <Title text=tr("kudos-title") about=tr("kudos-about") />
            <div class="page wall-page">
                <div class="page-head">
                    <div>
                        <h1>{tr("kudos-title")}</h1>
                        <p class="lead">{tr("kudos-lead")}</p>
                    </div>
                    <div class="row">
                        <p class="live" data-live="" hidden>{tr("kudos-live")}</p>
                        {mine}
                        <ButtonLink href=give>{tr("kudos-give")}</ButtonLink>
                    </div>
                </div>
                {filters(&visit, &query, &lists)}
                {active_filters(&query, &lists)}
                {is_first.then(|| view! { <button class="button small wall-news" type="button" data-news=tr("kudos-show-new") hidden></button> })}
                <ul
                    class="kudos wall"
                    role="list"
                    data-stream=stream
                    data-after=seq.to_string()
                    data-one=tr("kudos-arrived")
                >
                    {items}
                </ul>
                <p class="sr-only" role="status" data-arrived=""></p>
                {is_empty.then(|| empty(&query))}
                {pager}
                {board}
                <p class="help">
                    <a href="/kudos/shuffle">{tr("kudos-shuffle")}</a> " · " {screen} {unthanked}
                    <a href="/kudos.atom">{tr("kudos-feed")}</a> " · " <a href="/kudos.json">{tr("kudos-feed-json")}</a>
                </p>
            </div>
            {script}
        })
    })
}

/// The script that keeps walls live and counts characters. Everything works without it.
#[must_use]
pub fn script() -> AnyView {
    view! { <script src=format!("{}/kudos.js", visit().assets) async></script> }.into_any()
}

/// The form, filled in with the person or event that the wall is filtered by.
fn give_path(query: &WallQuery) -> String {
    match (&query.filter.person, &query.filter.event) {
        (Some(person), _) => format!("/kudos/new?to={person}"),
        (None, Some(event)) => format!("/kudos/new?event={event}"),
        (None, None) => "/kudos/new".to_owned(),
    }
}

/// The choices of the filters: value and label.
struct Lists {
    values: Vec<(String, String)>,
    disciplines: Vec<(String, String)>,
    groups: Vec<(String, String)>,
    /// The name of the person in the filter, if the reader may see it.
    person: Option<String>,
}

impl Lists {
    async fn load(visit: &Visit, query: &WallQuery) -> Result<Self, crate::error::AppError> {
        let store = store();
        let person = match &query.filter.person {
            Some(slug) => kudos::people(&store, &visit.actor, std::slice::from_ref(slug)).await?.pop(),
            None => None,
        };
        let values = kudos::values(&store).await?;
        let disciplines = members::disciplines(&store).await?;
        let groups = match visit.member {
            Some(_) => groups::names(&store, &visit.actor, false).await?,
            None => Vec::new(),
        };
        Ok(Self {
            values: values.into_iter().map(|Value { slug, name }| (slug.to_string(), name)).collect(),
            disciplines: disciplines.into_iter().map(|one| (one.slug.to_string(), one.name)).collect(),
            groups: groups.into_iter().map(|group| (group.slug.to_string(), group.name)).collect(),
            person: person.map(|person| person.name),
        })
    }

    fn of(&self, part: &str) -> &[(String, String)] {
        match part {
            "value" => &self.values,
            "discipline" => &self.disciplines,
            "group" => &self.groups,
            _ => &[],
        }
    }
}

/// A GET form, so that the filters are in the address and can be bookmarked and shared.
fn filters(visit: &Visit, query: &WallQuery, lists: &Lists) -> AnyView {
    let active = query.active();
    let fields = active.iter().map(|(name, slug)| ((*name).to_owned(), slug.to_string())).collect();
    let sheet = Sheet::filled(fields, visit.locale);
    let choices = |part: &str, any: &str| {
        std::iter::once((String::new(), tr(any))).chain(lists.of(part).iter().cloned()).collect::<Vec<_>>()
    };
    let kept = active.iter().filter(|(name, _)| lists.of(name).is_empty()).map(|(name, slug)| {
        view! { <input type="hidden" name=*name value=slug.to_string() /> }
    });
    let groups = (!lists.groups.is_empty())
        .then(|| sheet.field("group", "field-group").needed().select(choices("group", "events-any-group")));
    view! {
        <details class="disclosure" open=!active.is_empty()>
            <summary>{tr("events-filter")}</summary>
            <form class="filters" action="/kudos">
                {kept.collect_view()}
                {sheet.field("value", "kudos-value").needed().select(choices("value", "kudos-any-value"))}
                {sheet
                    .field("discipline", "events-discipline")
                    .needed()
                    .select(choices("discipline", "events-any-discipline"))}
                {groups}
                <button class="button small">{tr("events-apply-filters")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The active filters. Each links to the same wall without it.
fn active_filters(query: &WallQuery, lists: &Lists) -> Option<AnyView> {
    let active = query.active();
    (!active.is_empty()).then(|| {
        let items = active.into_iter().map(|(part, slug)| {
            let found = lists.of(part).iter().find(|(value, _)| value == slug.as_str());
            let known = lists.person.clone().filter(|_| part == "person");
            let name = found.map(|(_, name)| name.clone()).or(known);
            let name = name.unwrap_or_else(|| slug.as_str().replace('-', " "));
            let text = match part {
                "person" | "event" | "team" => {
                    tr_with(&format!("kudos-filter-{part}"), &[("name", i18n::quote(name))])
                }
                _ => name,
            };
            let to = query.without(part).address("/kudos");
            view! {
                <li>
                    <a class="badge brass" href=to>
                        <span class="sr-only">{tr("events-remove-filter")}</span>
                        {text}
                        <span aria-hidden="true">"×"</span>
                    </a>
                </li>
            }
        });
        view! {
            <ul class="row filter-chips" role="list" aria-label=tr("events-active-filters")>
                {items.collect_view()}
            </ul>
        }
        .into_any()
    })
}

fn empty(query: &WallQuery) -> AnyView {
    if query.active().is_empty() {
        return view! {
            <Empty title=tr("kudos-none") text=tr("kudos-none-text")>
                <ButtonLink href="/kudos/new">{tr("kudos-give")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let give = give_path(query);
    view! {
        <Empty title=tr("kudos-no-results") text=tr("kudos-no-results-text")>
            <ButtonLink href=give>{tr("kudos-give")}</ButtonLink>
            <ButtonLink href="/kudos" look=Look::Plain>{tr("events-clear-filters")}</ButtonLink>
        </Empty>
    }
    .into_any()
}

/// A section with the latest kudos to a person or about an event, and links to the wall and to the form. `part` is
/// the name of the filter.
///
/// # Errors
/// `Unavailable` or `Internal` when the kudos can't be read.
pub async fn section(
    visit: &Visit,
    part: &'static str,
    slug: &domain::Slug,
    may_give: bool,
) -> Result<Option<AnyView>, crate::error::AppError> {
    /// Cards in the section.
    const MAX: u64 = 3;
    let mut filter = kudos::Filter::default();
    match part {
        "to" => filter.to = Some(slug.clone()),
        _ => filter.event = Some(slug.clone()),
    }
    let found = kudos::latest_of(&store(), &visit.actor, &filter, MAX + 1).await?;
    if found.is_empty() && !may_give {
        return Ok(None);
    }
    let none = found.is_empty().then(|| view! { <p class="quiet">{tr("kudos-none")}</p> });
    let more = found.len() as u64 > MAX;
    let cards = found.into_iter().take(MAX as usize).map(|kudos| kudos_item(visit, &kudos)).collect_view();
    let give = may_give.then(|| {
        let to = format!("/kudos/new?{part}={slug}");
        view! { <ButtonLink href=to look=Look::Plain>{tr("kudos-give")}</ButtonLink> }
    });
    let all = if part == "to" { format!("/kudos?person={slug}") } else { format!("/kudos?event={slug}") };
    let all = more.then(|| view! { <a href=all>{tr("kudos-all")}</a> });
    let section = view! {
        <section class="part" aria-labelledby="kudos">
            <h2 id="kudos">{tr("kudos-title")}</h2>
            {none}
            <ul class="kudos" role="list">{cards}</ul>
            <div class="row">{give}{all}</div>
        </section>
    };
    Ok(Some(section.into_any()))
}
