//! The guide of a programme, and the report of a round, for coordinators.

use domain::forms::Fields;
use leptos::prelude::*;
use store::mentorships;

use crate::{
    context::{count, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::{
        paths::{programme_path, round_path, slug_from_path},
        sheet::stylesheet,
    },
    refill::refilled,
    ui::{Crumbs, Title, load},
};

/// `/mentoring/programmes/{slug}/guide`.
#[component]
pub fn GuidePage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let (programme, text, version) = mentorships::guide(&store(), &visit.actor, &slug).await?;
        let start: Fields = [("text".to_owned(), text), ("version".to_owned(), version.to_string())].into();
        let (sheet, _) = refilled(&visit, &format!("mentoring/guide/{slug}"), start).await?;
        let sheet = sheet.with_label("text", "guide-text");
        stylesheet();
        let path = programme_path(slug.as_str());
        Ok(view! {
            <Title text=tr("guide-edit") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path.clone(), programme)] />
                <h1>{tr("guide-edit")}</h1>
                <p class="lead">{tr("guide-lead")}</p>
                <form method="post" action="/api/mentorships/guide">
                    <input type="hidden" name="programme" value=slug.to_string() />
                    <input type="hidden" name="version" value=sheet.value("version") />
                    {sheet.summary()}
                    {sheet.field("text", "guide-text").help("help-guide-text").max(6000).area(14)}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        <a class="button plain" href=path>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// `/mentoring/rounds/{slug}/report`.
#[component]
pub fn RoundReportPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let report = mentorships::report(&store(), &visit.actor, &slug).await?;
        stylesheet();
        let path = round_path(slug.as_str());
        let rows = report.figures.iter().map(|figure| {
            let number = match figure.number {
                Some(number) => count(number),
                None => tr_with("report-few", &[("few", i18n::number(5))]),
            };
            view! { <tr><th scope="row">{tr(&format!("report-figure-{}", figure.name))}</th><td>{number}</td></tr> }
        });
        let rows = rows.collect_view();
        Ok(view! {
            <Title text=tr("report-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path.clone(), report.round.clone())] />
                <h1>{tr("report-title")}</h1>
                <p class="lead">{tr("report-lead")}</p>
                <table class="mentoring-counts">
                    <thead><tr><th scope="col">{tr("report-table-what")}</th><th scope="col">{tr("report-table-number")}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <p><a href=format!("{path}/report.csv")>{tr("report-csv")}</a></p>
            </div>
        })
    })
}
