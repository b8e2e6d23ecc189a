//! `/members`: the member directory, with filters.

use domain::members::{Discipline, Language, Named};
use leptos::prelude::*;
use store::{
    lists,
    members::{self, Facets, Filter, MAX_COUNTED, Shares},
    teams::{self, TeamRow},
};

use super::{card::people, directory_query::DirectoryQuery};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    ui::{ButtonLink, Empty, Look, Pager, Sheet, Tab, Tabs, Title, load},
};

/// The id of the part of the page that depends on the filters.
const RESULTS: &str = "results";

/// The entries of the filters.
struct Lists {
    disciplines: Vec<Discipline>,
    topics: Vec<Named>,
    teams: Vec<TeamRow>,
    groups: Vec<Named>,
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
        let facets = members::facets(&store, &visit.actor, &query.filter).await?;
        let mut groups: Vec<Named> = facets.groups.iter().map(|(group, _)| group.clone()).collect();
        // The facet lists the largest groups only.
        if let Some(slug) = &query.filter.group
            && groups.iter().all(|group| group.slug != *slug)
            && let Some(name) = members::group_name(&store, &visit.actor, slug).await?
        {
            groups.push(Named { slug: slug.clone(), name });
        }
        let lists = Lists {
            disciplines: members::disciplines(&store).await?,
            topics: lists::topics(&store).await?,
            teams: teams::list(&store, &visit.actor).await?,
            groups,
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
                {filters(&visit, &query, &lists, facets_view(&query, facets, u64::from(results.total) > MAX_COUNTED))}
                // The script replaces what is in here.
                <div id=RESULTS class="results" tabindex="-1">
                    {active_filters_view(&query, &lists)}
                    {body}
                </div>
                <script type="module" src=format!("{}/filter.js", visit.assets)></script>
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

/// The search field, and the other filters. A phone folds the filters away and says how many are active. The script
/// replaces the parts with `data-fresh`, which depend on the filters.
fn filters(visit: &Visit, query: &DirectoryQuery, lists: &Lists, facets: AnyView) -> AnyView {
    let values = query.active_filters().into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    let sheet = Sheet::filled(values, visit.locale);
    let any = |key: &str| std::iter::once((String::new(), tr(key)));
    let teams = lists
        .teams
        .iter()
        .map(|entry| (entry.slug.to_string(), format!("{}{}", "– ".repeat(entry.depth), entry.name)));
    let languages = Language::all().map(|entry| (entry.tag().to_owned(), entry.name().to_owned()));
    let shares =
        ["team", "topic", "event"].map(|name| (name.to_owned(), tr(&format!("directory-shares-{name}"))));
    // The facets are links, so the form carries their filters along.
    let in_form = ["q", "team", "language", "shares"];
    let kept = query.active_filters().into_iter().filter(|(name, _)| !in_form.contains(name));
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let active = query.active_filters().into_iter().filter(|(name, _)| *name != "q").count();
    let active =
        tr_with("directory-filters", &[("count", i18n::number(u32::try_from(active).unwrap_or(u32::MAX)))]);
    view! {
        <form class="filters" action="/members" data-results=RESULTS>
            <span id="kept" data-fresh hidden>{kept.collect_view()}</span>
            <div class="field grow">{sheet.field("q", "field-q").max(100).input("search")}</div>
            <button class="button small">{tr("directory-show")}</button>
            <details class="fold">
                <summary id="active" data-fresh>{active}</summary>
                <div class="selects">
                    {sheet.field("team", "field-team").select(any("directory-any-team").chain(teams).collect())}
                    {sheet.field("language", "field-language").select(any("directory-any-language").chain(languages).collect())}
                    {sheet.field("shares", "directory-shares").select(any("directory-any-shares").chain(shares).collect())}
                </div>
                <div id="facets" data-fresh>{facets}</div>
            </details>
        </form>
    }
    .into_any()
}

/// The facets with their counts. Each entry is a link to the list with this filter.
fn facets_view(query: &DirectoryQuery, facets: Facets, is_more: bool) -> AnyView {
    let with = |change: &dyn Fn(&mut Filter)| {
        let mut query = DirectoryQuery { page: 0, ..query.clone() };
        change(&mut query.filter);
        query.address()
    };
    let named = |entries: Vec<(Named, u32)>, set: &dyn Fn(&mut Filter, Named)| {
        let entry = |(named, count): (Named, u32)| {
            let (name, named) = (named.name.clone(), named);
            (with(&|filter| set(filter, named.clone())), name, count)
        };
        entries.into_iter().map(entry).collect::<Vec<_>>()
    };
    let disciplines = named(facets.disciplines, &|filter, of| filter.discipline = Some(of.slug));
    let topics = named(facets.topics, &|filter, of| filter.topic = Some(of.slug));
    let groups = named(facets.groups, &|filter, of| filter.group = Some(of.slug));
    let regions = facets.regions.into_iter().map(|(region, count)| {
        let name = tr(&format!("region-{}", region.name()));
        (with(&|filter| filter.region = Some(region)), name, count)
    });
    let parts = [
        ("field-discipline", disciplines),
        ("field-topic", topics),
        ("field-group", groups),
        ("directory-region", regions.collect()),
    ];
    let here = query.address();
    let count_view = |count: u32| {
        let key = if is_more { "directory-facet-more" } else { "directory-facet-count" };
        view! { <span class="help">{tr_with(key, &[("count", i18n::number(count))])}</span> }
    };
    let parts = parts.into_iter().filter(|(_, entries)| !entries.is_empty()).map(|(key, entries)| {
        let items = entries.into_iter().map(|(to, name, count)| {
            let current = (to == here).then_some("true");
            view! { <li><a href=to aria-current=current><bdi>{name}</bdi></a> " " {count_view(count)}</li> }
        });
        view! {
            <details class="facet">
                <summary>{tr(key)}</summary>
                <ul role="list">{items.collect_view()}</ul>
            </details>
        }
    });
    let mentors = (facets.mentors > 0 && !query.filter.mentors).then(|| {
        let to = with(&|filter| filter.mentors = true);
        view! { <p><a href=to>{tr("directory-mentors")}</a> " " {count_view(facets.mentors)}</p> }
    });
    view! { <nav class="facets" aria-label=tr("directory-facets")>{parts.collect_view()} {mentors}</nav> }
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
            "group" => {
                lists.groups.iter().find(|entry| entry.slug.as_str() == text).map(|entry| entry.name.clone())
            }
            "region" => Some(tr(&format!("region-{text}"))),
            "mentors" => Some(tr("directory-mentors")),
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
