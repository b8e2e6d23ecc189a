//! `/groups`: all groups, with filters.

use domain::{
    groups::GroupKind,
    policy::{NoRelation, groups::CreateGroup, permit},
};
use leptos::prelude::*;
use store::groups::{Filter, GroupCard, find};

use super::card::{kind_label, panels};
use crate::{
    context::{Visit, store, tr, visit},
    ui::{ButtonLink, Empty, Look, Pager, Sheet, Tab, Tabs, Title, load},
};

/// The highest page number. It bounds the numbers that a hand-written address can ask for.
const MAX_PAGES: u32 = 200;

/// The parsed query. Values that can't be parsed are ignored.
#[derive(Clone, Debug, Default)]
struct GroupsQuery {
    filter: Filter,
    page: u32,
}

impl GroupsQuery {
    fn read(visit: &Visit) -> Self {
        let values = |name: &str| visit.query(name).filter(|text| !text.is_empty());
        let tab = values("which").unwrap_or_default();
        let kind = values("kind").and_then(|kind| kind.parse().ok());
        let words = values("q").unwrap_or_default().trim().chars().take(100).collect();
        let mine = tab == "mine" && visit.member.is_some();
        let page = values("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MAX_PAGES) - 1;
        Self { filter: Filter { kind, mine, archived: tab == "closed", words }, page }
    }

    fn address(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if let Some(tab) = self.tab() {
            pairs.append_pair("which", tab);
        }
        if let Some(kind) = self.filter.kind {
            pairs.append_pair("kind", kind.name());
        }
        if !self.filter.words.is_empty() {
            pairs.append_pair("q", &self.filter.words);
        }
        if self.page > 0 {
            pairs.append_pair("page", &(self.page + 1).to_string());
        }
        let pairs = pairs.finish();
        if pairs.is_empty() { "/groups".to_owned() } else { format!("/groups?{pairs}") }
    }

    fn tab(&self) -> Option<&'static str> {
        match (self.filter.mine, self.filter.archived) {
            (true, _) => Some("mine"),
            (false, true) => Some("closed"),
            (false, false) => None,
        }
    }

    fn with_tab(&self, mine: bool, archived: bool) -> Self {
        Self { filter: Filter { mine, archived, ..self.filter.clone() }, page: 0 }
    }
}

/// The groups page.
#[component]
pub fn GroupsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let query = GroupsQuery::read(&visit);
        let (groups, more) = find(&store, &visit.actor, &query.filter, query.page).await?;
        let may_create = permit(&visit.actor, CreateGroup, NoRelation).is_ok();
        let create =
            may_create.then(|| view! { <ButtonLink href="/groups/new">{tr("groups-new")}</ButtonLink> });
        Ok(view! {
            <Title text=tr("groups-title") about=tr("groups-about") />
            <div class="page">
                <div class="page-head">
                    <h1>{tr("groups-title")}</h1>
                    {create}
                </div>
                <p class="lead">{tr("groups-about")}</p>
                {tabs(&visit, &query)}
                {filters(&visit, &query)}
                {list_view(&query, groups, more)}
            </div>
        })
    })
}

fn tabs(visit: &Visit, query: &GroupsQuery) -> AnyView {
    let tab = |key: &str, mine, archived| Tab {
        href: query.with_tab(mine, archived).address(),
        text: tr(key).into_any(),
        current: (query.filter.mine, query.filter.archived) == (mine, archived),
    };
    let mut tabs = vec![tab("groups-open", false, false)];
    if visit.member.is_some() {
        tabs.push(tab("groups-mine", true, false));
    }
    tabs.push(tab("groups-closed", false, true));
    view! { <Tabs label=tr("groups-which") tabs /> }.into_any()
}

fn filters(visit: &Visit, query: &GroupsQuery) -> AnyView {
    let values = [
        ("q".to_owned(), query.filter.words.clone()),
        ("kind".to_owned(), query.filter.kind.map_or_else(String::new, |kind| kind.name().to_owned())),
    ];
    let sheet = Sheet::filled(values.into(), visit.locale);
    let kinds = GroupKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind_label(*kind)));
    let kinds = std::iter::once((String::new(), tr("events-any-kind"))).chain(kinds).collect();
    view! {
        <form class="filters" action="/groups">
            {query.tab().map(|tab| view! { <input type="hidden" name="which" value=tab /> })}
            <div class="field grow">{sheet.field("q", "field-q").max(100).input("search")}</div>
            {sheet.field("kind", "field-kind").select(kinds)}
            <button class="button small">{tr("events-apply-filters")}</button>
        </form>
    }
    .into_any()
}

fn list_view(query: &GroupsQuery, groups: Vec<GroupCard>, more: bool) -> AnyView {
    if groups.is_empty() {
        let is_filtered = query.page > 0 || query.filter.kind.is_some() || !query.filter.words.is_empty();
        let (title, text) = match (is_filtered, query.filter.mine) {
            (true, _) => ("events-no-results", "events-no-results-text"),
            (false, true) => ("groups-none-mine", "groups-none-mine-text"),
            (false, false) => ("groups-none", "groups-none-text"),
        };
        let all = (is_filtered || query.filter.mine)
            .then(|| view! { <ButtonLink href="/groups" look=Look::Plain>{tr("groups-all")}</ButtonLink> });
        return view! { <Empty title=tr(title) text=tr(text)>{all}</Empty> }.into_any();
    }
    let page_path = |page: u32| GroupsQuery { page, ..query.clone() }.address();
    let before = query.page.checked_sub(1).map(page_path);
    let after = more.then(|| page_path(query.page + 1));
    view! { <h2 class="sr-only">{tr("groups-list")}</h2> {panels(groups)} <Pager before after /> }.into_any()
}
