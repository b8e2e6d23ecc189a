//! `/reports/new` and `/reports`: a member's own side of reports, and the link that other pages place.

use domain::{
    forms::Fields,
    reports::{Decision, ReportKind},
};
use leptos::prelude::*;
use store::reports::{self, Report as Filed};

use crate::{
    admin::pages::reports::{about, decision_words, state_badge},
    context::{Visit, store, tr, visit},
    error::AppError,
    events::pages::form::refilled,
    ui::{Crumbs, Empty, Reader, Shape, Sheet, Title, load},
};

/// The address of the form that reports something.
#[must_use]
pub fn form_path(kind: ReportKind, key: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("kind", kind.name()).append_pair("key", key);
    format!("/reports/new?{}", query.finish())
}

/// A quiet link to report what stands beside it, for who is signed in. `id` is what its page names it by: the
/// slug of an event or a group, the id of a member or of thanks.
#[component]
pub fn Report(
    /// What it is.
    kind: ReportKind,
    /// Which.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    visit().member.is_some().then(|| {
        view! { <a class="quiet" rel="nofollow" href=form_path(kind, &id)>{tr("report-this")}</a> }
    })
}

/// What a report is kept under while it is not right: each record has its own.
#[must_use]
pub fn report_draft(kind: &str, key: &str) -> String {
    format!("reports/new/{kind}/{key}")
}

/// The same of an appeal.
#[must_use]
pub fn appeal_draft(report: &str) -> String {
    format!("reports/appeal/{report}")
}

/// What is wrong, in a sentence.
#[component]
pub fn NewReportPage() -> impl IntoView {
    load(async {
        let visit = visit();
        visit.member.as_ref().ok_or(AppError::SignIn)?;
        let said = |name: &str| visit.query(name).unwrap_or_default();
        let kind: ReportKind = said("kind").parse().map_err(|()| AppError::NotFound)?;
        let key: String = said("key").chars().take(80).collect();
        let (sheet, _) = refilled(&visit, &report_draft(kind.name(), &key), Fields::new()).await?;
        let sheet = sheet.called("words", "report-what");
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
                    {sheet.field("words", "report-what").help("help-report-words").needed().max(1000).area(5)}
                    <button class="button">{tr("report-send")}</button>
                </form>
                {block}
            </div>
        })
    })
}

/// What the reader reported, and what was decided about what they did.
#[component]
pub fn MyReportsPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let mine = reports::own(&store(), &visit.actor).await?;
        let list = if mine.is_empty() {
            view! { <Empty title=tr("reports-none") text=tr("reports-none-text") /> }.into_any()
        } else {
            let mut items = Vec::new();
            for one in mine {
                let (sheet, _) = match one.may_appeal {
                    true => refilled(&visit, &appeal_draft(&one.id.to_string()), Fields::new()).await?,
                    false => (Sheet::filled(Fields::new(), visit.locale), false),
                };
                let sheet = sheet.called("words", "field-appeal");
                items.push(view! { <li>{card(&visit, one, &sheet)}</li> });
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

fn card(visit: &Visit, one: Filed, sheet: &Sheet) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let whose = tr(if one.about_me { "reports-about-you" } else { "reports-by-you" });
    let words = (!one.words.is_empty()).then(|| view! { <p class="written">{one.words.clone()}</p> });
    let decided = one.decision.map(|decision| {
        let words = match (one.kind, decision, one.about_me) {
            (ReportKind::Member, Decision::Warning, true) => tr("decision-member-told"),
            _ => decision_words(one.kind, decision),
        };
        view! {
            <p><strong>{words}</strong></p>
            <p class="written">{one.reason.clone()}</p>
        }
    });
    let appealed = (!one.appeal.is_empty())
        .then(|| view! { <p class="help">{tr("report-appeal")} ": " {one.appeal.clone()}</p> });
    let appeal = one.may_appeal.then(|| {
        view! {
            <details>
                <summary>{tr("reports-appeal")}</summary>
                <form method="post" action="/api/reports/appeal">
                    <input type="hidden" name="report" value=one.id.to_string() />
                    {sheet.summary()}
                    {sheet.field("words", "field-appeal").help("help-appeal").needed().max(1000).area(4)}
                    <button class="button">{tr("reports-appeal")}</button>
                </form>
            </details>
        }
    });
    view! {
        <div>
            <p class="row">{state_badge(one.state)} <strong>{about(&one)}</strong></p>
            <p class="help">{whose} " · " {reader.time(one.reported_at, Shape::DateTimeYear)}</p>
            {words}
            {decided}
            {appealed}
            {appeal}
        </div>
    }
    .into_any()
}
