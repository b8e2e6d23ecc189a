//! `/members`: the member directory, with filters.

use domain::members::{Discipline, Language, Named};
use leptos::prelude::*;
use store::{
    lists,
    members::{self, Shares},
    teams::{self, TeamRow},
};

use super::{card::people, directory_query::DirectoryQuery};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{ButtonLink, Empty, Look, Pager, Sheet, Tab, Tabs, Title, load},
};

/// The entries of the filters.
struct Lists {
    disciplines: Vec<Discipline>,
    topics: Vec<Named>,
    teams: Vec<TeamRow>,
}

/// The directory page, for signed-in members.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let query = DirectoryQuery::read(&visit);
        let results = members::directory(&store, &visit.actor, &query.filter, query.page).await?;
        let lists = Lists {
            disciplines: members::disciplines(&store).await?,
            topics: lists::topics(&store).await?,
            teams: teams::list(&store, &visit.actor).await?,
        };
        let count = tr_with("directory-count", &[("count", i18n::number(results.total))]);
        let body = if results.people.is_empty() {
            empty(&query)
        } else {
            let page_path = |page: u32| DirectoryQuery { page, ..query.clone() }.address();
            let before = query.page.checked_sub(1).map(page_path);
            let after = results.more.then(|| page_path(query.page + 1));
            view! { <p class="help" role="status">{count}</p> {people(results.people)} <Pager before after /> }
                .into_any()
        };
        Ok(view! {
            <Title text=tr("directory-title") />
            <div class="page">
                <h1>{tr("directory-title")}</h1>
                {tabs(true)}
                {filters(&visit, &query, &lists)}
                {body}
            </div>
        })
    })
}

/// Tabs of the directory: members or teams.
pub fn tabs(members: bool) -> impl IntoView {
    let tab =
        |href: &str, key: &str, current| Tab { href: href.to_owned(), text: tr(key).into_any(), current };
    let tabs = vec![tab("/members", "directory-title", members), tab("/teams", "teams-title", !members)];
    view! { <Tabs label=tr("directory-which") tabs /> }
}

fn filters(visit: &Visit, query: &DirectoryQuery, lists: &Lists) -> AnyView {
    let values = query.active_filters().into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    let sheet = Sheet::filled(values, visit.locale);
    let any = |key: &str| std::iter::once((String::new(), tr(key)));
    let disciplines = lists.disciplines.iter().map(|entry| (entry.slug.to_string(), entry.name.clone()));
    let topics = lists.topics.iter().map(|entry| (entry.slug.to_string(), entry.name.clone()));
    let teams = lists
        .teams
        .iter()
        .map(|entry| (entry.slug.to_string(), format!("{}{}", "– ".repeat(entry.depth), entry.name)));
    let languages = Language::all().map(|entry| (entry.tag().to_owned(), entry.name().to_owned()));
    let shares =
        ["team", "topic", "event"].map(|name| (name.to_owned(), tr(&format!("directory-shares-{name}"))));
    view! {
        <details class="disclosure" open=!query.active_filters().is_empty()>
            <summary>{tr("directory-filter")}</summary>
            <form class="filters" action="/members">
                <div class="field grow">{sheet.field("q", "field-q").max(100).input("search")}</div>
                {sheet.field("discipline", "field-discipline").select(any("directory-any-discipline").chain(disciplines).collect())}
                {sheet.field("topic", "field-topic").select(any("directory-any-topic").chain(topics).collect())}
                {sheet.field("team", "field-team").select(any("directory-any-team").chain(teams).collect())}
                {sheet.field("language", "field-language").select(any("directory-any-language").chain(languages).collect())}
                {sheet.field("shares", "directory-shares").select(any("directory-any-shares").chain(shares).collect())}
                <button class="button small">{tr("directory-show")}</button>
            </form>
        </details>
        {active_filters_view(query, lists)}
    }
    .into_any()
}

/// The active filters. Each links to the same list without it.
fn active_filters_view(query: &DirectoryQuery, lists: &Lists) -> Option<AnyView> {
    let name = |part: &str, text: &str| -> String {
        let results = match part {
            "discipline" => lists
                .disciplines
                .iter()
                .find(|entry| entry.slug.as_str() == text)
                .map(|entry| entry.name.clone()),
            "topic" => {
                lists.topics.iter().find(|entry| entry.slug.as_str() == text).map(|entry| entry.name.clone())
            }
            "team" => {
                lists.teams.iter().find(|entry| entry.slug.as_str() == text).map(|entry| entry.name.clone())
            }
            "language" => query.filter.language.map(|language| language.name().to_owned()),
            "shares" => query.filter.shares.map(|shares| {
                tr(match shares {
                    Shares::Team => "directory-shares-team",
                    Shares::Topic => "directory-shares-topic",
                    Shares::Event => "directory-shares-event",
                })
            }),
            _ => Some(format!("“{text}”")),
        };
        results.unwrap_or_else(|| text.to_owned())
    };
    let parts = query.active_filters();
    (!parts.is_empty()).then(|| {
        let items = parts.into_iter().map(|(part, text)| {
            let to = query.without(part).address();
            view! {
                <li><a class="badge brass" href=to><span class="sr-only">{tr("events-remove-filter")}</span>{name(part, &text)}<span aria-hidden="true">"×"</span></a></li>
            }
        });
        view! { <ul class="row filter-chips" role="list" aria-label=tr("events-active-filters")>{items.collect_view()}</ul> }.into_any()
    })
}

fn empty(query: &DirectoryQuery) -> AnyView {
    let (title, text) = if query.page > 0 {
        ("directory-none-more", "directory-none-more-text")
    } else if query.active_filters().is_empty() {
        ("directory-empty", "directory-empty-text")
    } else {
        ("directory-no-match", "directory-no-match-text")
    };
    let all = (title != "directory-empty").then(|| {
        view! { <ButtonLink href="/members" look=Look::Plain>{tr("directory-all")}</ButtonLink> }
    });
    view! { <Empty title=tr(title) text=tr(text)>{all}</Empty> }.into_any()
}
