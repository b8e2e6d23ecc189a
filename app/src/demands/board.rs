//! `/demands`: what people want to learn.

use domain::Slug;
use leptos::prelude::*;
use store::{
    demands::{self, DemandFilter, DemandOrder, DemandView, Demands},
    groups, lists,
};

use super::card::{BOARD, demand_item};
use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    ui::{ButtonLink, Empty, Look, Sheet, Tab, Tabs, Title, load},
};

/// The board.
#[component]
pub fn DemandsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let filter = read_filter(&visit);
        let found = demands::demands(&store(), &visit.actor, &filter).await?;
        let ask = || view! { <ButtonLink href=format!("{BOARD}/new")>{tr("demand-ask")}</ButtonLink> };
        let is_empty = found.cards.is_empty();
        let body = match is_empty {
            true => empty(&filter, ask().into_any()),
            false => list(&visit, &filter, &found),
        };
        let filters = filters(&visit, &filter).await?;
        Ok(view! {
            <Title text=tr("demands-title") about=tr("demands-lead") />
            <div class="page">
                <div class="page-head"><h1>{tr("demands-title")}</h1>{(!is_empty).then(ask)}</div>
                <p class="lead">{tr("demands-lead")}</p>
                {tabs(&filter)}
                {filters}
                {body}
            </div>
        })
    })
}

fn read_filter(visit: &Visit) -> DemandFilter {
    let slug = |name: &str| visit.query(name).and_then(|text| Slug::parse(&text));
    DemandFilter {
        view: match visit.query("show").as_deref() {
            Some("events") => DemandView::Scheduled,
            Some("mine") => DemandView::Own,
            _ => DemandView::Open,
        },
        order: match visit.query("sort").as_deref() {
            Some("new") => DemandOrder::Newest,
            _ => DemandOrder::Popular,
        },
        group: slug("group"),
        topic: slug("topic"),
        after: visit.query("after").and_then(|text| text.parse().ok()),
    }
}

/// The address of a part of the board.
fn address(filter: &DemandFilter) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    match filter.view {
        DemandView::Open => {}
        DemandView::Scheduled => _ = query.append_pair("show", "events"),
        DemandView::Own => _ = query.append_pair("show", "mine"),
    }
    if filter.order == DemandOrder::Newest {
        query.append_pair("sort", "new");
    }
    for (name, slug) in [("group", &filter.group), ("topic", &filter.topic)] {
        if let Some(slug) = slug {
            query.append_pair(name, slug.as_str());
        }
    }
    if let Some(after) = filter.after {
        query.append_pair("after", &after.to_string());
    }
    let query = query.finish();
    if query.is_empty() { BOARD.to_owned() } else { format!("{BOARD}?{query}") }
}

fn tabs(filter: &DemandFilter) -> AnyView {
    let tabs = [
        (DemandView::Open, "demands-open"),
        (DemandView::Scheduled, "demands-scheduled"),
        (DemandView::Own, "demands-mine"),
    ];
    let tabs = tabs.map(|(view, key)| Tab {
        href: address(&DemandFilter { view, after: None, ..filter.clone() }),
        text: tr(key).into_any(),
        current: view == filter.view,
    });
    view! { <Tabs label=tr("demands-views") tabs=tabs.into() /> }.into_any()
}

/// Order, topic and group. A GET form, so that the filters are in the address.
async fn filters(visit: &Visit, filter: &DemandFilter) -> Result<AnyView, AppError> {
    let text = |slug: &Option<Slug>| slug.as_ref().map_or_else(String::new, ToString::to_string);
    let sort = if filter.order == DemandOrder::Newest { "new" } else { "" };
    let fields = [
        ("sort".to_owned(), sort.to_owned()),
        ("topic".to_owned(), text(&filter.topic)),
        ("group".to_owned(), text(&filter.group)),
    ];
    let sheet = Sheet::filled(fields.into(), visit.locale);
    let any = |key: &str| std::iter::once((String::new(), tr(key)));
    let topics = lists::topics(&store()).await?.into_iter();
    let topics = any("demands-any-topic").chain(topics.map(|topic| (topic.slug.to_string(), topic.name)));
    let groups = groups::names(&store(), &visit.actor, false).await?.into_iter();
    let groups = any("demands-any-group").chain(groups.map(|group| (group.slug.to_string(), group.name)));
    let orders = vec![(String::new(), tr("demands-popular")), ("new".to_owned(), tr("demands-newest"))];
    let show = match filter.view {
        DemandView::Open => None,
        DemandView::Scheduled => Some("events"),
        DemandView::Own => Some("mine"),
    };
    let is_filtered = filter.group.is_some() || filter.topic.is_some();
    Ok(view! {
        <details class="disclosure" open=is_filtered || filter.order == DemandOrder::Newest>
            <summary>{tr("demands-filter")}</summary>
            <form class="filters" action=BOARD>
                {show.map(|show| view! { <input type="hidden" name="show" value=show /> })}
                {sheet.field("sort", "demands-sort").needed().select(orders)}
                {sheet.field("topic", "demand-topic").needed().select(topics.collect())}
                {sheet.field("group", "demand-group").needed().select(groups.collect())}
                <button class="button small">{tr("events-apply-filters")}</button>
            </form>
        </details>
    }
    .into_any())
}

fn list(visit: &Visit, filter: &DemandFilter, found: &Demands) -> AnyView {
    let back = address(filter);
    let items = found.cards.iter().map(|card| demand_item(visit, card, &back)).collect_view();
    let first = filter.after.map(|_| {
        let to = address(&DemandFilter { after: None, ..filter.clone() });
        view! { <a href=to>{tr("demands-first-page")}</a> }
    });
    let next = found.next.map(|after| {
        let to = address(&DemandFilter { after: Some(after), ..filter.clone() });
        view! { <a rel="next" href=to>{tr("demands-next-page")}</a> }
    });
    let pager = (first.is_some() || next.is_some()).then(|| {
        view! { <nav class="pager" aria-label=tr("pager-label")>{first}{next}</nav> }
    });
    view! {
        <h2 class="sr-only">{tr("demands-list")}</h2>
        <ul class="demands" role="list">{items}</ul>
        {pager}
    }
    .into_any()
}

fn empty(filter: &DemandFilter, ask: AnyView) -> AnyView {
    if filter.after.is_some() || filter.group.is_some() || filter.topic.is_some() {
        let all = address(&DemandFilter { view: filter.view, ..DemandFilter::default() });
        return view! {
            <Empty title=tr("demands-no-results") text=tr("demands-no-results-text")>
                <ButtonLink href=all look=Look::Plain>{tr("demands-all")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let (title, text) = match filter.view {
        DemandView::Open => ("demands-none", "demands-none-text"),
        DemandView::Scheduled => ("demands-none-scheduled", "demands-none-scheduled-text"),
        DemandView::Own => ("demands-none-mine", "demands-none-mine-text"),
    };
    view! { <Empty title=tr(title) text=tr(text)>{ask}</Empty> }.into_any()
}
