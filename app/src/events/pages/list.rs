//! `/events`: what comes, by list, month or week; what was; and fewer of them by what one looks for.

use domain::{
    events::EventKind,
    policy::{Action, Relation, permit},
};
use leptos::prelude::*;
use store::{
    events::{EventCard, GroupName, Span, list},
    groups,
};

use super::{
    calendar::{CalendarRange, calendar, today},
    card::{by_month, kind_words},
    subjects::Lists,
    wanted::{Wanted, When},
};
use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    groups::pages::group::feeds,
    ui::{ButtonLink, Empty, Look, Pager, Sheet, Tab, Tabs, Title, load},
};

/// Events, as the query asks for them.
#[component]
pub fn EventsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let wanted = Wanted::read(&visit);
        let today = today(&visit, store.now());
        let days = CalendarRange::around(wanted.when, wanted.from.unwrap_or(today));
        let span = match wanted.when {
            When::Coming => Span::Coming,
            When::Past => Span::Past,
            When::Month | When::Week => days.span(),
        };
        let (events, more) = list(&store, &visit.actor, &wanted.filter(span), wanted.page).await?;
        let groups = groups::names(&store, &visit.actor, false).await?;
        let subjects = Lists::load(&store).await?;
        let may = may_host(&visit).await?;
        let body = match wanted.when {
            When::Month | When::Week => {
                let all = calendar(&visit, &wanted, days, today, &events);
                let rest = more.then(|| view! { <p class="notice">{tr("events-not-all")}</p> });
                view! { {all} {rest} }.into_any()
            }
            When::Coming | When::Past => listed(&visit, &wanted, events, more, store.now(), may),
        };
        Ok(view! {
            <Title text=tr("events-title") about=tr("events-about") />
            <div class="page">
                <div class="page-head">
                    <h1>{tr("events-title")}</h1>
                    {may.then(new_button)}
                </div>
                {tabs(&wanted)}
                {filters(&visit, &wanted, &groups, &subjects)}
                {body}
                {feeds("")}
            </div>
        })
    })
}

/// Whether the actor may make events for no group.
#[must_use]
pub fn may_create(visit: &Visit) -> bool {
    permit(&visit.actor, Action::CreateEvent, Relation::to_new_event(None)).is_ok()
}

/// Whether to offer the form, for no group or for one that they look after: the verb decides again.
///
/// # Errors
/// When the store cannot be asked.
pub async fn may_host(visit: &Visit) -> Result<bool, AppError> {
    Ok(may_create(visit) || !groups::mine_to_hold(&store(), &visit.actor).await?.is_empty())
}

fn new_button() -> impl IntoView {
    view! { <ButtonLink href="/events/new">{tr("events-new")}</ButtonLink> }
}

fn tabs(wanted: &Wanted) -> impl IntoView + use<> {
    let tabs = When::ALL.map(|when| {
        let key = match when {
            When::Coming => "events-upcoming",
            When::Month => "events-month",
            When::Week => "events-week",
            When::Past => "events-past",
        };
        let href = wanted.laid_out(when, wanted.from).address();
        Tab { href, text: tr(key).into_any(), current: when == wanted.when }
    });
    view! { <Tabs label=tr("events-views") tabs=tabs.into() /> }
}

/// A form of the method GET: what it says stands in the address, to be kept and passed on.
fn filters(visit: &Visit, wanted: &Wanted, groups: &[GroupName], lists: &Lists) -> AnyView {
    let said = wanted.narrowed().into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    let sheet = Sheet::filled(said, visit.locale);
    let any = |key: &str| (String::new(), tr(key));
    let kinds = EventKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind_words(*kind)));
    let kinds = std::iter::once(any("events-any-kind")).chain(kinds).collect();
    let of = groups.iter().map(|group| (group.slug.to_string(), group.name.clone()));
    let of = std::iter::once(any("events-any-group")).chain(of).collect();
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
        <details class="narrow-down" open=wanted.is_narrow()>
            <summary>{tr("events-filter")}</summary>
            <form class="filters" action="/events">
                {(wanted.when != When::Coming).then(|| view! { <input type="hidden" name="when" value=wanted.when.name() /> })}
                {wanted.from.map(|from| view! { <input type="hidden" name="from" value=from.to_string() /> })}
                <div class="field grow">{sheet.field("q", "field-q").max(100).input("search")}</div>
                {sheet.field("kind", "field-kind").select(kinds)}
                {sheet.field("group", "field-group").select(of)}
                {sheet.field("discipline", "events-discipline").select(lists.choices("discipline", "events-any-discipline"))}
                {sheet.field("topic", "events-topic").select(lists.choices("topic", "events-any-topic"))}
                {sheet.field("stage", "events-stage").select(lists.choices("stage", "events-any-stage"))}
                {sheet.field("place", "events-place").select(places)}
                <div class="checks">{boxes.collect_view()}</div>
                <button class="button small">{tr("events-apply-filters")}</button>
            </form>
        </details>
        {chosen(wanted, groups, lists)}
    }
    .into_any()
}

/// What is left out now; each can be taken back by itself.
fn chosen(wanted: &Wanted, groups: &[GroupName], lists: &Lists) -> Option<AnyView> {
    let name = |part: &str, text: &str| match part {
        "kind" => wanted.kind.map(kind_words).unwrap_or_default(),
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
    let parts = wanted.narrowed();
    (!parts.is_empty()).then(|| {
        let items = parts.into_iter().map(|(part, text)| {
            let to = wanted.without(part).address();
            view! {
                <li><a class="badge brass" href=to><span class="sr-only">{tr("events-remove-filter")}</span>{name(part, &text)}<span aria-hidden="true">"×"</span></a></li>
            }
        });
        view! { <ul class="row chosen" role="list" aria-label=tr("events-active-filters")>{items.collect_view()}</ul> }.into_any()
    })
}

fn listed(
    visit: &Visit,
    wanted: &Wanted,
    events: Vec<EventCard>,
    more: bool,
    now: domain::Instant,
    may: bool,
) -> AnyView {
    if events.is_empty() {
        return empty(wanted, may);
    }
    let turned = |page: u32| Wanted { page, ..wanted.clone() }.address();
    let before = wanted.page.checked_sub(1).map(turned);
    let after = more.then(|| turned(wanted.page + 1));
    view! { {by_month(visit, events, now)} <Pager before after /> }.into_any()
}

fn empty(wanted: &Wanted, may: bool) -> AnyView {
    if wanted.page > 0 {
        let first = Wanted { page: 0, ..wanted.clone() }.address();
        return view! {
            <Empty title=tr("events-no-such-page") text=tr("events-no-such-page-text")>
                <ButtonLink href=first look=Look::Plain>{tr("events-first-page")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    if wanted.is_narrow() {
        let all = Wanted { when: wanted.when, ..Wanted::default() }.address();
        return view! {
            <Empty title=tr("events-no-results") text=tr("events-no-results-text")>
                <ButtonLink href=all look=Look::Plain>{tr("events-clear-filters")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let past = wanted.when == When::Past;
    let (title, text) = match (past, may) {
        (true, _) => ("events-none-past", "events-none-past-text"),
        (false, true) => ("events-none", "events-none-host-text"),
        (false, false) => ("events-none", "events-none-text"),
    };
    view! {
        <Empty title=tr(title) text=tr(text)>
            {(!past && may).then(new_button)}
        </Empty>
    }
    .into_any()
}
