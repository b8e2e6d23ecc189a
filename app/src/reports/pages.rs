//! `/reports/new` and `/reports`: a member's own reports. Also the report link that other pages include.

use domain::{
    forms::Fields,
    reports::{Decision, ReportKind},
};
use leptos::prelude::*;
use store::reports::{self, Report as Filed};

use crate::{
    admin::pages::reports::{about, decision_label, state_badge},
    context::{Visit, store, tr, visit},
    error::AppError,
    refill::refilled,
    ui::{Crumbs, Empty, Reader, Shape, Sheet, Title, load},
};

/// Path of the form that reports a record.
#[must_use]
pub fn form_path(kind: ReportKind, key: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("kind", kind.name()).append_pair("key", key);
    format!("/reports/new?{}", query.finish())
}

/// A link to report the content next to it, for signed-in members. `id` is the slug of an event or a group, or
/// the id of a member or of kudos.
#[component]
pub fn Report(
    /// The kind of record.
    kind: ReportKind,
    /// Slug or id of the record, depending on its kind.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    visit().member.is_some().then(|| {
        view! { <a class="quiet" rel="nofollow" href=form_path(kind, &id)>{tr("report-this")}</a> }
    })
}

/// The key that a report's draft is saved under. Each record has its own.
#[must_use]
pub fn report_draft(kind: &str, key: &str) -> String {
    format!("reports/new/{kind}/{key}")
}

/// The key that an appeal's draft is saved under.
#[must_use]
pub fn appeal_draft(report: &str) -> String {
    format!("reports/appeal/{report}")
}

/// The report form.
#[component]
pub fn NewReportPage() -> impl IntoView {
    load(async {
        let visit = visit();
        visit.member.as_ref().ok_or(AppError::SignIn)?;
        let param = |name: &str| visit.query(name).unwrap_or_default();
        let kind: ReportKind = param("kind").parse().map_err(|()| AppError::NotFound)?;
        let key: String = param("key").chars().take(80).collect();
        let (sheet, _) = refilled(&visit, &report_draft(kind.name(), &key), Fields::new()).await?;
        let sheet = sheet.with_label("message", "report-what");
        let what = tr(&format!("report-kind-{}", kind.name()));
        let block = (kind == ReportKind::Member).then(|| {
            view! {
                <section class="part">
                    <h2>{tr("block-title")}</h2>
                    <p>{tr("block-text")}</p>
                    {crate::data::pages::block_button(&key)}
                </section>
            }
        });
        Ok(view! {
            <Title text=what.clone() />
            <div class="page narrow">
                <h1>{what}</h1>
                <p class="lead">{tr("report-new-text")}</p>
                <form method="post" action="/api/reports/report">
                    <input type="hidden" name="kind" value=kind.name() />
                    <input type="hidden" name="key" value=key />
                    {sheet.summary()}
                    {sheet.field("message", "report-what").help("help-report-message").needed().max(1000).area(5)}
                    <button class="button">{tr("report-send")}</button>
                </form>
                {block}
            </div>
        })
    })
}

/// Reports by the reader, and decisions about the reader's own content.
#[component]
pub fn MyReportsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let my_reports = reports::own(&store(), &visit.actor).await?;
        let list = if my_reports.is_empty() {
            view! { <Empty title=tr("reports-none") text=tr("reports-none-text") /> }.into_any()
        } else {
            let mut items = Vec::new();
            for report in my_reports {
                let (sheet, _) = match report.may_appeal {
                    true => refilled(&visit, &appeal_draft(&report.id.to_string()), Fields::new()).await?,
                    false => (Sheet::filled(Fields::new(), visit.locale), false),
                };
                let sheet = sheet.with_label("message", "field-appeal");
                items.push(view! { <li>{card(&visit, report, &sheet)}</li> });
            }
            view! { <ul class="rows" role="list">{items}</ul> }.into_any()
        };
        Ok(view! {
            <Title text=tr("reports-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/profile".to_owned(), tr("member-profile"))] />
                <h1>{tr("reports-title")}</h1>
                {list}
            </div>
        })
    })
}

fn card(visit: &Visit, report: Filed, sheet: &Sheet) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let relation = tr(if report.about_me { "reports-about-you" } else { "reports-by-you" });
    let text =
        (!report.message.is_empty()).then(|| view! { <p class="plain-text">{report.message.clone()}</p> });
    let decided = report.decision.map(|decision| {
        let text = match (report.kind, decision, report.about_me) {
            (ReportKind::Member, Decision::Warning, true) => tr("decision-member-told"),
            _ => decision_label(report.kind, decision),
        };
        view! {
            <p><strong>{text}</strong></p>
            <p class="plain-text">{report.reason.clone()}</p>
        }
    });
    let appealed = (!report.appeal.is_empty())
        .then(|| view! { <p class="help">{tr("report-appeal")} ": " {report.appeal.clone()}</p> });
    let appeal = report.may_appeal.then(|| {
        view! {
            <details>
                <summary>{tr("reports-appeal")}</summary>
                <form method="post" action="/api/reports/appeal">
                    <input type="hidden" name="report" value=report.id.to_string() />
                    {sheet.summary()}
                    {sheet.field("message", "field-appeal").help("help-appeal").needed().max(1000).area(4)}
                    <button class="button">{tr("reports-appeal")}</button>
                </form>
            </details>
        }
    });
    view! {
        <div>
            <p class="row">{state_badge(report.state)} <strong>{about(&report)}</strong></p>
            <p class="help">{relation} " · " {reader.time(report.reported_at, Shape::DateTimeYear)}</p>
            {text}
            {decided}
            {appealed}
            {appeal}
        </div>
    }
    .into_any()
}
