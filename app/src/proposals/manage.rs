//! `/proposals/{call}/manage`: what was sent to a call, decisions, and reviewers, for its organisers.

use domain::{
    forms::Fields,
    proposals::{Decision, SubmissionState},
};
use leptos::prelude::*;
use store::proposals::{self, CONFIRM_DAYS, MAX_CONFIRM_DAYS, ManagePage, ManagedSubmission, Reviewer};

use super::{
    list::place_link,
    paths::{
        call_from_path, call_path, crumbs, deadline, manage_path, state_badge, state_label, submission_path,
    },
};
use crate::{
    context::{count, locale, store, tr, tr_with, visit},
    i18n::{self, format},
    refill::refilled,
    ui::{Badge, Column, Empty, Pager, Sheet, Tab, Table, Tabs, Title, Tone, load},
};

/// The page.
#[component]
pub fn ManageCallPage() -> impl IntoView {
    let slug = call_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let state: Option<SubmissionState> = visit.query("state").and_then(|state| state.parse().ok());
        let page = visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(0);
        let found = proposals::manage(&store(), &visit.actor, &slug, state, page).await?;
        let reviewers = proposals::reviewers(&store(), &visit.actor, &slug).await?;
        let (sheet, _) = refilled(&visit, &format!("proposals/{slug}/reviewers"), Fields::new()).await?;
        let path = call_path(slug.as_str());
        Ok(view! {
            <Title text=tr("call-manage") />
            <div class="page">
                {crumbs(Some(&found.call))}
                <h1>{tr("call-manage")}</h1>
                <p>{place_link(&found.call)} " · " {deadline(&visit, &found.call)}</p>
                <p class="row">
                    <a class="button small plain" href=format!("{path}/edit")>{tr("call-edit")}</a>
                    <a class="button small plain" href=format!("{path}/proposals.csv")>{tr("manage-csv")}</a>
                </p>
                {send(&found)}
                {tabs(&found, state)}
                {table(&found)}
                {pager(&found, state, page)}
                {reviewers_part(&found, &reviewers, &sheet)}
            </div>
        })
    })
}

/// How many decisions wait, and the button that sends them.
fn send(page: &ManagePage) -> Option<AnyView> {
    if page.sending > 0 {
        return Some(view! { <p class="notice">{tr("manage-sending")}</p> }.into_any());
    }
    (page.unsent > 0).then(|| {
        let n = [("n", i18n::number(i64::try_from(page.unsent).unwrap_or(i64::MAX)))];
        let now = Fields::from([("days".to_owned(), CONFIRM_DAYS.to_string())]);
        let sheet = Sheet::filled(now, locale());
        view! {
            <section class="part" aria-labelledby="send">
                <h2 id="send">{tr("manage-send-title")}</h2>
                <p>{tr_with("manage-unsent", &n)}</p>
                <form method="post" action="/api/proposals/send">
                    <input type="hidden" name="call" value=page.call.slug.to_string() />
                    {sheet.field("days", "manage-days").help("help-manage-days").needed().range(1, MAX_CONFIRM_DAYS).input("number")}
                    <button class="button">{tr("manage-send")}</button>
                </form>
            </section>
        }
        .into_any()
    })
}

fn tabs(page: &ManagePage, state: Option<SubmissionState>) -> AnyView {
    let path = manage_path(page.call.slug.as_str());
    let all = page.counts.values().sum();
    let tab = |to: String, name: String, number: u64, current: bool| Tab {
        href: to,
        text: view! { {name} " " <span class="help">{count(number)}</span> }.into_any(),
        current,
    };
    let mut tabs = vec![tab(path.clone(), tr("manage-all"), all, state.is_none())];
    for one in SubmissionState::ALL {
        if let Some(number) = page.counts.get(one.name()) {
            let to = format!("{path}?state={}", one.name());
            tabs.push(tab(to, state_label(*one), *number, state == Some(*one)));
        }
    }
    view! { <Tabs label=tr("manage-states") tabs /> }.into_any()
}

fn table(page: &ManagePage) -> AnyView {
    if page.submissions.is_empty() {
        return view! { <Empty title=tr("manage-none") text=tr("manage-none-text") /> }.into_any();
    }
    let hidden = page.names_hidden.then(|| view! { <p class="help">{tr("manage-names-hidden")}</p> });
    let columns = vec![
        Column::text(tr("manage-column-title")),
        Column::text(tr("manage-column-speakers")),
        Column::text(tr("manage-column-kind")),
        Column::text(tr("manage-column-state")),
        Column::number(tr("manage-column-median")),
        Column::number(tr("manage-column-reviews")),
    ];
    let rows = page.submissions.iter().map(|it| row(page, it)).collect();
    view! {
        {hidden}
        <Table caption=tr("manage-caption") columns rows />
    }
    .into_any()
}

fn row(page: &ManagePage, it: &ManagedSubmission) -> Vec<AnyView> {
    let to = submission_path(page.call.slug.as_str(), it.id);
    let decision = it.decision.map(|decision| {
        let key = match decision {
            Decision::Accept => "decision-badge-accept",
            Decision::Reject => "decision-badge-reject",
        };
        view! { " " <Badge tone=Tone::Draft>{tr(key)}</Badge> }
    });
    let median = it.median.map_or_else(|| "–".to_owned(), |median| format::figure(locale(), median));
    let minutes = tr_with("call-minutes", &[("minutes", i18n::number(it.minutes))]);
    let speakers = match (page.names_hidden, it.speakers.is_empty()) {
        (true, _) => "–".to_owned(),
        (false, true) => tr("proposal-somebody"),
        (false, false) => it.speakers.join(", "),
    };
    vec![
        view! { <a href=to><bdi>{it.title.clone()}</bdi></a> }.into_any(),
        view! { <bdi>{speakers}</bdi> }.into_any(),
        view! { <bdi>{it.kind.clone()}</bdi> " · " {minutes} }.into_any(),
        view! { {state_badge(it.state)} {decision} }.into_any(),
        view! { {median} }.into_any(),
        view! { {count(it.scores)} }.into_any(),
    ]
}

fn pager(page: &ManagePage, state: Option<SubmissionState>, at: u64) -> AnyView {
    let path = manage_path(page.call.slug.as_str());
    let state = state.map(|state| format!("&state={}", state.name())).unwrap_or_default();
    let to = |number: u64| format!("{path}?page={number}{state}");
    let before = at.checked_sub(1).map(to);
    let after = page.has_more.then(|| to(at + 1));
    view! { <Pager before after /> }.into_any()
}

fn reviewers_part(page: &ManagePage, reviewers: &[Reviewer], sheet: &Sheet) -> AnyView {
    let slug = page.call.slug.to_string();
    let items = reviewers.iter().map(|reviewer| {
        let n = [("n", i18n::number(i64::try_from(reviewer.reviews).unwrap_or(i64::MAX)))];
        view! {
            <li>
                <span><bdi>{reviewer.name.clone()}</bdi> " " <span class="help">{tr_with("reviewer-count", &n)}</span></span>
                <form method="post" action="/api/proposals/reviewers">
                    <input type="hidden" name="call" value=slug.clone() />
                    <input type="hidden" name="remove" value=reviewer.member.to_string() />
                    <button class="button small plain">{tr("reviewer-remove")}</button>
                </form>
            </li>
        }
    });
    let items = items.collect_view();
    let sheet = sheet.clone().with_label("person", "reviewer-person");
    let lead = if page.call.is_anonymous { "reviewers-lead-anonymous" } else { "reviewers-lead" };
    view! {
        <section class="part" aria-labelledby="reviewers">
            <h2 id="reviewers">{tr("reviewers-title")}</h2>
            <p>{tr(lead)}</p>
            <ul class="rows" role="list">{items}</ul>
            <form method="post" action="/api/proposals/reviewers">
                <input type="hidden" name="call" value=slug />
                {sheet.summary()}
                {sheet.field("person", "reviewer-person").help("help-reviewer-person").needed().max(200).input("text")}
                <button class="button plain">{tr("reviewer-add")}</button>
            </form>
        </section>
    }
    .into_any()
}
