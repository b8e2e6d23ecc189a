//! `/events`: upcoming events as a list, month or week, past events, and filters.

use domain::{
    events::EventKind,
    policy::{
        events::{CreateEvent, EventRelation},
        permit,
    },
};
use leptos::prelude::*;
use store::{
    events::{EventCard, Span, list},
    groups::{self, GroupName},
};

use super::{
    calendar::{CalendarRange, calendar, today},
    card::{by_month, kind_label},
    query::{EventsQuery, EventsView},
    subjects::Lists,
};
use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    ui::{ButtonLink, Empty, Look, Pager, Sheet, Tab, Tabs, Title, feeds, load},
};

/// The events page.
#[component]
pub fn EventsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let query = EventsQuery::read(&visit);
        let today = today(&visit, store.now());
        let days = CalendarRange::around(query.view, query.from.unwrap_or(today));
        let span = match query.view {
            EventsView::Upcoming => Span::Coming,
            EventsView::Past => Span::Past,
            EventsView::Month | EventsView::Week => days.span(),
        };
        let (events, more) = list(&store, &visit.actor, &query.filter(span), query.page).await?;
        let groups = groups::names(&store, &visit.actor, false).await?;
        let subjects = Lists::load(&store).await?;
        let may_host_any = may_host(&visit).await?;
        let body = match query.view {
            EventsView::Month | EventsView::Week => {
                let all = calendar(&visit, &query, days, today, &events);
                let cut_off_notice = more.then(|| view! { <p class="notice">{tr("events-not-all")}</p> });
                view! { {all} {cut_off_notice} }.into_any()
            }
            EventsView::Upcoming | EventsView::Past => {
                list_view(&visit, &query, events, more, store.now(), may_host_any)
            }
        };
        Ok(view! {
            <Title text=tr("events-title") about=tr("events-about") />
            <div class="page">
                <div class="page-head">
                    <h1>{tr("events-title")}</h1>
                    <div class="row">
                        <ButtonLink href="/proposals" look=Look::Plain>{tr("proposals-title")}</ButtonLink>
                        {may_host_any.then(new_button)}
                    </div>
                </div>
                {tabs(&query)}
                {filters(&visit, &query, &groups, &subjects)}
                {body}
                {visit.member.is_some().then(|| view! { <p><a href="/demands">{tr("demands-link")}</a></p> })}
                {feeds("")}
            </div>
        })
    })
}

/// Whether the actor may create events without a group.
#[must_use]
pub fn may_create(visit: &Visit) -> bool {
    permit(&visit.actor, CreateEvent, EventRelation::of_new(None)).is_ok()
}

/// Whether to offer the form for a new event, with or without a group. The store checks the permission again.
///
/// # Errors
/// `Unavailable` or `Internal` when the groups can't be read.
pub async fn may_host(visit: &Visit) -> Result<bool, AppError> {
    Ok(may_create(visit) || !groups::for_new_event(&store(), &visit.actor).await?.is_empty())
}

fn new_button() -> impl IntoView {
    view! { <ButtonLink href="/events/new">{tr("events-new")}</ButtonLink> }
}

fn tabs(query: &EventsQuery) -> impl IntoView + use<> {
    let tabs = EventsView::ALL.map(|view| {
        let key = match view {
            EventsView::Upcoming => "events-upcoming",
            EventsView::Month => "events-month",
            EventsView::Week => "events-week",
            EventsView::Past => "events-past",
        };
        let href = query.in_view(view, query.from).address();
        Tab { href, text: tr(key).into_any(), current: view == query.view }
    });
    view! { <Tabs label=tr("events-views") tabs=tabs.into() /> }
}

/// A GET form, so that the filters are in the address and can be bookmarked and shared.
fn filters(visit: &Visit, query: &EventsQuery, groups: &[GroupName], lists: &Lists) -> AnyView {
    let values = query.active_filters().into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    let sheet = Sheet::filled(values, visit.locale);
    let any = |key: &str| (String::new(), tr(key));
    let kinds = EventKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind_label(*kind)));
    let kinds = std::iter::once(any("events-any-kind")).chain(kinds).collect();
    let group_options = groups.iter().map(|group| (group.slug.to_string(), group.name.clone()));
    let group_options = std::iter::once(any("events-any-group")).chain(group_options).collect();
    let places = vec![
        any("events-any-place"),
        ("online".into(), tr("event-online")),
        ("site".into(), tr("events-in-person")),
    ];
    let mut boxes = vec![("free", "events-seats-available")];
    if visit.member.is_some() {
        boxes.push(("mine", "events-mine"));
    }
    let boxes = boxes.into_iter().map(|(name, key)| {
        let checked = !sheet.value(name).is_empty();
        view! { <label><input type="checkbox" name=name value="yes" checked=checked /><span>{tr(key)}</span></label> }
    });
    view! {
        <details class="disclosure" open=query.is_filtered()>
            <summary>{tr("events-filter")}</summary>
            <form class="filters" action="/events">
                {(query.view != EventsView::Upcoming).then(|| view! { <input type="hidden" name="when" value=query.view.name() /> })}
                {query.from.map(|from| view! { <input type="hidden" name="from" value=from.to_string() /> })}
                <div class="field grow">{sheet.field("q", "field-q").max(100).input("search")}</div>
                {sheet.field("kind", "field-kind").select(kinds)}
                {sheet.field("group", "field-group").select(group_options)}
                {sheet.field("discipline", "events-discipline").select(lists.choices("discipline", "events-any-discipline"))}
                {sheet.field("topic", "events-topic").select(lists.choices("topic", "events-any-topic"))}
                {sheet.field("stage", "events-stage").select(lists.choices("stage", "events-any-stage"))}
                {sheet.field("place", "events-place").select(places)}
                <div class="checks">{boxes.collect_view()}</div>
                <button class="button small">{tr("events-apply-filters")}</button>
            </form>
        </details>
        {active_filters_view(query, groups, lists)}
    }
    .into_any()
}

/// The active filters. Each links to the same list without it.
fn active_filters_view(query: &EventsQuery, groups: &[GroupName], lists: &Lists) -> Option<AnyView> {
    let name = |part: &str, text: &str| match part {
        "kind" => query.kind.map(kind_label).unwrap_or_default(),
        "group" => groups
            .iter()
            .find(|group| group.slug.to_string() == text)
            .map_or_else(|| text.to_owned(), |group| group.name.clone()),
        "place" if text == "online" => tr("event-online"),
        "place" => tr("events-in-person"),
        "discipline" | "topic" | "stage" => lists.name(part, text),
        "free" => tr("events-seats-available"),
        "mine" => tr("events-mine"),
        _ => format!("“{text}”"),
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

fn list_view(
    visit: &Visit,
    query: &EventsQuery,
    events: Vec<EventCard>,
    more: bool,
    now: domain::Instant,
    may_host_any: bool,
) -> AnyView {
    if events.is_empty() {
        return empty(query, may_host_any);
    }
    let page_path = |page: u32| EventsQuery { page, ..query.clone() }.address();
    let before = query.page.checked_sub(1).map(page_path);
    let after = more.then(|| page_path(query.page + 1));
    view! { {by_month(visit, events, now)} <Pager before after /> }.into_any()
}

fn empty(query: &EventsQuery, may_host_any: bool) -> AnyView {
    if query.page > 0 {
        let first = EventsQuery { page: 0, ..query.clone() }.address();
        return view! {
            <Empty title=tr("events-no-such-page") text=tr("events-no-such-page-text")>
                <ButtonLink href=first look=Look::Plain>{tr("events-first-page")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    if query.is_filtered() {
        let all = EventsQuery { view: query.view, ..EventsQuery::default() }.address();
        return view! {
            <Empty title=tr("events-no-results") text=tr("events-no-results-text")>
                <ButtonLink href=all look=Look::Plain>{tr("events-clear-filters")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let past = query.view == EventsView::Past;
    let (title, text) = match (past, may_host_any) {
        (true, _) => ("events-none-past", "events-none-past-text"),
        (false, true) => ("events-none", "events-none-host-text"),
        (false, false) => ("events-none", "events-none-text"),
    };
    view! {
        <Empty title=tr(title) text=tr(text)>
            {(!past && may_host_any).then(new_button)}
        </Empty>
    }
    .into_any()
}
