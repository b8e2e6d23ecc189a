//! `/groups`: which there are, and fewer of them by what one looks for.

use domain::{
    groups::GroupKind,
    policy::{Action, Relation, permit},
};
use leptos::prelude::*;
use store::groups::{Filter, GroupCard, find};

use super::card::{kind_words, panels};
use crate::{
    context::{Visit, store, tr, visit},
    ui::{ButtonLink, Empty, Look, Pager, Sheet, Tab, Tabs, Title, load},
};

/// How far back pages go.
const MAX_PAGES: u32 = 200;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Wanted {
    filter: Filter,
    page: u32,
}

impl Wanted {
    fn read(visit: &Visit) -> Self {
        let said = |name: &str| visit.query(name).filter(|text| !text.is_empty());
        let which = said("which").unwrap_or_default();
        let kind = said("kind").and_then(|kind| kind.parse().ok());
        let words = said("q").unwrap_or_default().trim().chars().take(100).collect();
        let mine = which == "mine" && visit.member.is_some();
        let page = said("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MAX_PAGES) - 1;
        Self { filter: Filter { kind, mine, archived: which == "closed", words }, page }
    }

    fn address(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(which) = self.which() {
            query.append_pair("which", which);
        }
        if let Some(kind) = self.filter.kind {
            query.append_pair("kind", kind.name());
        }
        if !self.filter.words.is_empty() {
            query.append_pair("q", &self.filter.words);
        }
        if self.page > 0 {
            query.append_pair("page", &(self.page + 1).to_string());
        }
        let query = query.finish();
        if query.is_empty() { "/groups".to_owned() } else { format!("/groups?{query}") }
    }

    fn which(&self) -> Option<&'static str> {
        match (self.filter.mine, self.filter.archived) {
            (true, _) => Some("mine"),
            (false, true) => Some("closed"),
            (false, false) => None,
        }
    }

    fn of(&self, mine: bool, archived: bool) -> Self {
        Self { filter: Filter { mine, archived, ..self.filter.clone() }, page: 0 }
    }
}

/// Groups, as the query asks for them.
#[component]
pub fn GroupsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let wanted = Wanted::read(&visit);
        let (groups, more) = find(&store, &visit.actor, &wanted.filter, wanted.page).await?;
        let may_create = permit(&visit.actor, Action::CreateGroup, Relation::Other).is_ok();
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
                {tabs(&visit, &wanted)}
                {filters(&visit, &wanted)}
                {listed(&wanted, groups, more)}
            </div>
        })
    })
}

fn tabs(visit: &Visit, wanted: &Wanted) -> AnyView {
    let tab = |key: &str, mine, archived| Tab {
        href: wanted.of(mine, archived).address(),
        text: tr(key).into_any(),
        current: (wanted.filter.mine, wanted.filter.archived) == (mine, archived),
    };
    let mut tabs = vec![tab("groups-open", false, false)];
    if visit.member.is_some() {
        tabs.push(tab("groups-mine", true, false));
    }
    tabs.push(tab("groups-closed", false, true));
    view! { <Tabs label=tr("groups-which") tabs /> }.into_any()
}

fn filters(visit: &Visit, wanted: &Wanted) -> AnyView {
    let said = [
        ("q".to_owned(), wanted.filter.words.clone()),
        ("kind".to_owned(), wanted.filter.kind.map_or_else(String::new, |kind| kind.name().to_owned())),
    ];
    let sheet = Sheet::filled(said.into(), visit.locale);
    let kinds = GroupKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind_words(*kind)));
    let kinds = std::iter::once((String::new(), tr("events-any-kind"))).chain(kinds).collect();
    view! {
        <form class="filters" action="/groups">
            {wanted.which().map(|which| view! { <input type="hidden" name="which" value=which /> })}
            <div class="field grow">{sheet.field("q", "field-q").max(100).input("search")}</div>
            {sheet.field("kind", "field-kind").select(kinds)}
            <button class="button small">{tr("events-apply-filters")}</button>
        </form>
    }
    .into_any()
}

fn listed(wanted: &Wanted, groups: Vec<GroupCard>, more: bool) -> AnyView {
    if groups.is_empty() {
        let narrow = wanted.page > 0 || wanted.filter.kind.is_some() || !wanted.filter.words.is_empty();
        let (title, text) = match (narrow, wanted.filter.mine) {
            (true, _) => ("events-no-results", "events-no-results-text"),
            (false, true) => ("groups-none-mine", "groups-none-mine-text"),
            (false, false) => ("groups-none", "groups-none-text"),
        };
        let all = (narrow || wanted.filter.mine)
            .then(|| view! { <ButtonLink href="/groups" look=Look::Plain>{tr("groups-all")}</ButtonLink> });
        return view! { <Empty title=tr(title) text=tr(text)>{all}</Empty> }.into_any();
    }
    let turned = |page: u32| Wanted { page, ..wanted.clone() }.address();
    let before = wanted.page.checked_sub(1).map(turned);
    let after = more.then(|| turned(wanted.page + 1));
    view! { <h2 class="sr-only">{tr("groups-list")}</h2> {panels(groups)} <Pager before after /> }.into_any()
}
