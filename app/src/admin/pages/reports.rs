//! `/admin/reports` and `/admin/reports/{id}`: reports and their decisions (F3).

use domain::{
    ReportId,
    forms::Fields,
    reports::{Decision, ReportKind, ReportState},
};
use leptos::prelude::*;
use store::{
    admin::Subject,
    reports::{self, Report},
};

use super::{
    audit::{shortened, subject_view},
    frame, frame_below, id_from_path, page_links, page_number,
};
use crate::{
    context::{Visit, store, tr, visit},
    refill::refilled,
    ui::{Badge, Choice, Column, Empty, Pager, Reader, Shape, Tab, Table, Tabs, Tone, load},
};

/// The reported record, without a link.
#[must_use]
pub fn about(report: &Report) -> AnyView {
    match &report.subject {
        Some(subject) => subject_view(&Subject { page: None, ..subject.clone() }),
        // It may be hidden until the decision, or deleted.
        None => tr("report-not-visible").into_any(),
    }
}

/// The badge of a report's state.
#[must_use]
pub fn state_badge(state: ReportState) -> AnyView {
    let tone = match state {
        ReportState::Open | ReportState::Appealed => Tone::Brass,
        ReportState::Decided | ReportState::Closed => Tone::Good,
    };
    view! { <Badge tone>{tr(&format!("report-{}", state.name()))}</Badge> }.into_any()
}

/// The label of a decision. Decisions about members have their own texts, because members can't be hidden.
#[must_use]
pub fn decision_label(kind: ReportKind, decision: Decision) -> String {
    match (kind, decision) {
        (ReportKind::Member, Decision::Nothing) => tr("decision-member-nothing"),
        (ReportKind::Member, Decision::Warning) => tr("decision-member-warning"),
        _ => tr(&format!("decision-{}", decision.name())),
    }
}

/// A link to the admin page of a reported member, where they can be suspended.
fn member_page(report: &Report) -> Option<AnyView> {
    let page = report.subject.as_ref().filter(|_| report.kind == ReportKind::Member)?.page.clone()?;
    let link = view! { <a href=page>{tr("report-member-page-link")}</a> };
    Some(view! { <p class="help">{tr("report-member-page")} " " {link} "." </p> }.into_any())
}

/// The reports page: open reports, or decided ones.
#[component]
pub fn ReportsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let state: Option<ReportState> = visit.query("state").and_then(|state| state.parse().ok());
        let page = page_number(&visit);
        let (rows, more) = reports::queue(&store, &visit.actor, state, page).await?;
        let list = if rows.is_empty() {
            view! { <Empty title=tr("report-none") text=tr("report-none-text") /> }.into_any()
        } else {
            table(&visit, rows)
        };
        let (before, after) = page_links(&visit, page, more);
        let body = view! { <Tabs label=tr("report-tabs") tabs=tabs(state) /> {list} <Pager before after /> };
        Ok(frame(&visit, tr("admin-reports"), body.into_any()))
    })
}

fn tabs(state: Option<ReportState>) -> Vec<Tab> {
    let tab = |one: Option<ReportState>, key: &str| Tab {
        href: one.map_or_else(
            || "/admin/reports".to_owned(),
            |one| format!("/admin/reports?state={}", one.name()),
        ),
        text: tr(key).into_any(),
        current: one == state,
    };
    vec![
        tab(None, "report-waiting"),
        tab(Some(ReportState::Decided), "report-decided"),
        tab(Some(ReportState::Closed), "report-closed"),
    ]
}

fn table(visit: &Visit, rows: Vec<Report>) -> AnyView {
    let columns = ["report-about", "report-text", "admin-state", "report-when"];
    let columns = columns.map(|key| Column::text(tr(key))).into();
    let reader = Reader::of(visit, visit.zone);
    let rows = rows
        .into_iter()
        .map(|report| {
            let to = format!("/admin/reports/{}", report.id);
            vec![
                view! { <a href=to>{about(&report)}</a> }.into_any(),
                shortened(&report.message),
                state_badge(report.state),
                reader.time(report.reported_at, Shape::DateTime),
            ]
        })
        .collect();
    view! { <Table caption=tr("report-caption") columns rows /> }.into_any()
}

/// One report, and the form to decide it.
#[component]
pub fn ReportPage() -> impl IntoView {
    let id = id_from_path();
    load(async move {
        let (store, visit, id) = (store(), visit(), id?);
        let report = reports::get(&store, &visit.actor, ReportId(id)).await?;
        let (sheet, _) = refilled(&visit, &format!("admin/report/{id}"), Fields::new()).await?;
        let is_undecided = matches!(report.state, ReportState::Open | ReportState::Appealed);
        let form = is_undecided.then(|| {
            let choices = report.kind.decisions().iter().map(|one| {
                Choice::new(one.name(), decision_label(report.kind, *one))
            });
            let is_appeal = report.state == ReportState::Appealed;
            view! {
                <section class="part">
                    <h2>{tr("report-decision")}</h2>
                    <p>{tr(if is_appeal { "report-decide-last" } else { "report-decide-text" })}</p>
                    {member_page(&report)}
                    <form method="post" action="/api/admin/decide">
                        <input type="hidden" name="report" value=id.to_string() />
                        {sheet.summary()}
                        {sheet.field("decision", "field-decision").needed().radios(choices.collect())}
                        {sheet.field("reason", "field-reason").help("report-reason-help").needed().max(1000).area(4)}
                        <button class="button">{tr("report-decide")}</button>
                    </form>
                </section>
            }
        });
        let title = tr(&format!("report-of-{}", report.kind.name()));
        let body = view! {
            {facts(&visit, report)}
            {form}
        };
        let above = vec![("/admin/reports".to_owned(), tr("admin-reports"))];
        Ok(frame_below(&visit, above, title, body.into_any()))
    })
}

fn facts(visit: &Visit, report: Report) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let person = |key: &str, person: Option<&Subject>| {
        let name = person.map_or_else(
            || tr("audit-deleted-member").into_any(),
            |one| {
                let name = if one.name.is_empty() { tr("admin-nameless") } else { one.name.clone() };
                view! { <a href=one.page.clone()><bdi>{name}</bdi></a> }.into_any()
            },
        );
        view! { <dt>{tr(key)}</dt><dd>{name}</dd> }
    };
    let recipients = (!report.recipients.is_empty()).then(|| {
        view! { <dt>{tr("report-kudos-to")}</dt><dd>{report.recipients.join(", ")}</dd> }
    });
    let reporter = person("report-by", report.reporter.as_ref());
    let responsible = report.about.as_ref().map(|about| person("report-responsible", Some(about)));
    let subject = report.subject.as_ref().map(|subject| match &subject.page {
        Some(page) => view! { <a href=page.clone()><bdi>{subject.name.clone()}</bdi></a> }.into_any(),
        None => view! { <span class="plain-text">{subject.name.clone()}</span> }.into_any(),
    });
    let decision = report.decision.map(|decision: Decision| {
        let at = report.decided_at.map(|at| reader.time(at, Shape::DateTimeYear));
        view! {
            <dt>{tr("report-decision")}</dt>
            <dd>{decision_label(report.kind, decision)} " · " {at}<br />{report.reason.clone()}</dd>
        }
    });
    let appeal = (!report.appeal.is_empty())
        .then(|| view! { <dt>{tr("report-appeal")}</dt><dd class="plain-text">{report.appeal.clone()}</dd> });
    view! {
        <p class="row">{state_badge(report.state)}</p>
        <dl class="facts">
            <dt>{tr("report-about")}</dt><dd>{subject}</dd>
            <dt>{tr("report-text")}</dt><dd class="plain-text">{report.message.clone()}</dd>
            <dt>{tr("report-when")}</dt><dd>{reader.time(report.reported_at, Shape::DateTimeYear)}</dd>
            {recipients}
            {reporter}
            {responsible}
            {decision}
            {appeal}
        </dl>
    }
    .into_any()
}
