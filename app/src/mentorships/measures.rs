//! Measures of coordinators: the form that takes one, and the page of one, for its person and the coordinators (M20).

use domain::{MeasureId, Slug, forms::Fields, mentorships::MeasureKind};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::mentorships::{self, Measure};

use super::pairs::{measure_key, measure_state_key};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::{
        paths::{programme_path, slug_from_path},
        sheet::stylesheet,
    },
    refill::refilled,
    ui::{Crumbs, Paragraphs, Sheet, Title, load},
};

/// `/mentoring/programmes/{slug}/measure?person=`.
#[component]
pub fn NewMeasurePage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let person = visit.query("person").and_then(|text| Slug::parse(&text)).ok_or(AppError::NotFound)?;
        let (programme, name) = mentorships::person_of(&store(), &visit.actor, &slug, &person).await?;
        let start: Fields = [("kind".to_owned(), MeasureKind::Warn.name().to_owned())].into();
        let (sheet, _) = refilled(&visit, &format!("mentoring/measure/{slug}/{person}"), start).await?;
        let sheet = sheet.with_label("kind", "measure-kind").with_label("reason", "measure-reason");
        let kinds =
            MeasureKind::ALL.iter().map(|one| (one.name().to_owned(), tr(measure_key(*one)))).collect();
        stylesheet();
        let path = programme_path(slug.as_str());
        Ok(view! {
            <Title text=tr("measure-title") />
            <div class="page narrow">
                <Crumbs above=vec![
                    ("/mentoring".to_owned(), tr("mentoring-title")),
                    (path.clone(), programme),
                    (format!("{path}/pairs"), tr("pairs-title")),
                ] />
                <h1>{tr_with("measure-about", &[("person", i18n::quote(name))])}</h1>
                <p class="lead">{tr("measure-lead")}</p>
                <form method="post" action="/api/mentorships/measure">
                    <input type="hidden" name="programme" value=slug.to_string() />
                    <input type="hidden" name="person" value=person.to_string() />
                    {sheet.summary()}
                    {sheet.field("kind", "measure-kind").help("help-measure-kind").needed().select(kinds)}
                    {sheet.field("reason", "measure-reason").help("help-measure-reason").needed().max(600).area(4)}
                    <div class="row">
                        <button class="button danger">{tr("measure-take")}</button>
                        <a class="button plain" href=format!("{path}/pairs")>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// `/mentoring/measures/{id}`.
#[component]
pub fn MeasurePage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|text| text.parse().ok());
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.map(MeasureId).ok_or(AppError::NotFound)?;
        let measure = mentorships::measure(&store(), &visit.actor, id).await?;
        let (sheet, _) = refilled(&visit, &format!("mentoring/appeal/{id}"), Fields::new()).await?;
        stylesheet();
        let title = tr(measure_key(measure.kind));
        let appeal = measure.appeal.clone().map(|text| {
            view! {
                <section class="part"><h2>{tr("measure-appeal")}</h2><Paragraphs text /></section>
            }
        });
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![
                    ("/mentoring".to_owned(), tr("mentoring-title")),
                    (programme_path(measure.programme.0.as_str()), measure.programme.1.clone()),
                ] />
                <h1>{title}</h1>
                <p class="lead"><bdi>{measure.person.name.clone()}</bdi> " · " {tr(measure_state_key(&measure))}</p>
                <section class="part"><h2>{tr("measure-reason")}</h2><Paragraphs text=measure.reason.clone() /></section>
                {appeal}
                {actions(&measure, &sheet)}
            </div>
        })
    })
}

/// What the reader can do: appeal, or decide.
fn actions(measure: &Measure, sheet: &Sheet) -> Option<AnyView> {
    if measure.is_lifted {
        return None;
    }
    let id = measure.id.to_string();
    if measure.is_own {
        let sheet = sheet.clone().with_label("reason", "measure-appeal-text");
        return (measure.appeal.is_none() && !measure.is_decided).then(|| {
            view! {
                <form method="post" action="/api/mentorships/appeal">
                    <input type="hidden" name="id" value=id />
                    {sheet.summary()}
                    {sheet.field("reason", "measure-appeal-text").needed().max(600).area(4)}
                    <button class="button">{tr("measure-appeal-send")}</button>
                </form>
            }
            .into_any()
        });
    }
    let stays = (measure.appeal.is_some() && !measure.is_decided).then(|| {
        view! { <button class="button plain" name="act" value="stays">{tr("measure-keep")}</button> }
    });
    Some(
        view! {
            <form class="row" method="post" action="/api/mentorships/decide">
                <input type="hidden" name="id" value=id />
                <button class="button" name="act" value="lift">{tr("measure-lift")}</button>
                {stays}
            </form>
        }
        .into_any(),
    )
}
