//! `/mentoring/rounds/{slug}/import`: sign-ups from a spreadsheet. The text is checked as a whole before anything is
//! imported.

use domain::mentoring::{EXPORT_COLUMNS, IMPORT_COLUMNS};
use leptos::prelude::*;
use store::mentoring::{self, ImportReport};

use super::{
    paths::{round_path, slug_from_path},
    sheet::stylesheet,
};
use crate::{
    context::{count, locale, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Crumbs, Title, load},
};

/// A text with more bytes than this is not shown for editing: its form would be larger than the server accepts.
const MAX_EDITED: usize = 20_000;

/// The name of the draft that keeps the text.
#[must_use]
pub fn draft_name(round: &str) -> String {
    format!("mentoring/import/{round}")
}

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page = mentoring::round(&store(), &visit.actor, &slug).await?;
        if !page.may_coordinate {
            return Err(AppError::Forbidden);
        }
        let (sheet, is_draft) = refilled(&visit, &draft_name(slug.as_str()), Default::default()).await?;
        let sheet = sheet.with_label("csv", "mentoring-csv");
        let text = sheet.value("csv");
        let report = match is_draft && !text.trim().is_empty() {
            true => Some(mentoring::check_import(&store(), &visit.actor, &slug, &text).await?),
            false => None,
        };
        stylesheet();
        let path = round_path(slug.as_str());
        let can_import = report.as_ref().is_some_and(|report| report.problems.is_empty());
        let confirm = can_import.then(|| {
            view! {
                <input type="hidden" name="digest" value=mentoring::import_digest(&text) /> <button class="button" name="confirm" value="yes">{tr("mentoring-import-now")}</button>
            }
        });
        let check = if can_import { "button plain" } else { "button" };
        let is_long = text.len() > MAX_EDITED;
        let back = view! { <a class="button plain" href=format!("{path}/sign-ups")>{tr("form-back")}</a> };
        // A long text stays in the draft, and the button imports it from there.
        let form = if is_long {
            view! {
                <p class="help">{tr("mentoring-import-long")}</p>
                <form class="row" method="post" action="/api/mentoring/import">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    {confirm}
                    {back}
                </form>
            }
            .into_any()
        } else {
            view! {
                <form method="post" action="/api/mentoring/import">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    {sheet.field("csv", "mentoring-csv").help("help-mentoring-csv").needed().area(12)}
                    <div class="row">
                        {confirm}
                        <button class=check name="confirm" value="no">{tr("mentoring-import-check")}</button>
                        {back}
                    </div>
                </form>
            }
            .into_any()
        };
        let columns: Vec<&str> = EXPORT_COLUMNS.iter().chain(&IMPORT_COLUMNS).copied().collect();
        let columns = columns.into_iter().map(|column| {
            let text = tr(&format!("mentoring-column-{}", column.replace('_', "-")));
            view! { <dt><code>{column}</code></dt><dd>{text}</dd> }
        });
        Ok(view! {
            <Title text=tr("mentoring-import") />
            <div class="page narrow">
                <Crumbs above=vec![
                    ("/mentoring".to_owned(), tr("mentoring-title")),
                    (path.clone(), page.card.details.name.clone()),
                    (format!("{path}/sign-ups"), tr("mentoring-sign-ups")),
                ] />
                <h1>{tr("mentoring-import")}</h1>
                <p class="lead">{tr("mentoring-import-lead")}</p>
                {report.map(|report| view_of(&report))}
                <form method="post" action=format!("{path}/import") enctype="multipart/form-data">
                    <div class="field">
                        <label for="f-file">{tr("mentoring-import-file")}</label>
                        <input id="f-file" type="file" name="csv" accept=".csv,text/csv" required />
                    </div>
                    <button class="button plain">{tr("mentoring-import-upload")}</button>
                </form>
                {form}
                <section class="part" aria-labelledby="columns">
                    <h2 id="columns">{tr("mentoring-columns")}</h2>
                    <p>{tr("mentoring-columns-text")}</p>
                    <dl class="mentoring-facts">{columns.collect_view()}</dl>
                </section>
            </div>
        })
    })
}

/// What the import would do, or what must be corrected.
fn view_of(report: &ImportReport) -> AnyView {
    if report.problems.is_empty() {
        let text = tr_with(
            "mentoring-import-ready",
            &[
                ("mentees", i18n::number(report.mentees)),
                ("mentors", i18n::number(report.mentors)),
                ("drafts", i18n::number(report.drafts)),
            ],
        );
        return view! { <p class="notice good" role="status">{text}</p> }.into_any();
    }
    let lines = report.problems.iter().map(|problem| {
        let place = tr_with(
            "mentoring-import-place",
            &[
                ("line", i18n::quote(count(u64::from(problem.line)))),
                ("column", i18n::quote(problem.column.clone())),
            ],
        );
        view! { <li>{place} " " {i18n::refusal(locale(), &problem.why)}</li> }
    });
    let number = i64::try_from(report.problems.len()).unwrap_or(i64::MAX);
    view! {
        <div class="summary" role="alert" tabindex="-1" autofocus>
            <h2>{tr_with("form-summary", &[("count", i18n::number(number))])}</h2>
            <p>{tr("mentoring-import-nothing")}</p>
            <ul>{lines.collect_view()}</ul>
        </div>
    }
    .into_any()
}
