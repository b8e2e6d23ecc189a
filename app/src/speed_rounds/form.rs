//! `/mentoring/speed-rounds/new` and `/mentoring/speed-rounds/{id}/edit`: one form.

use domain::speed_rounds::{MAX_SPEED_ABOUT, SpeedRoundForm, WAVE_MINUTES, WAVES};
use leptos::prelude::*;
use store::speed_rounds;

use super::paths::{SPEED_ROUNDS, crumbs, id_from_path, speed_round_path};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    i18n,
    mentoring::{paths::fields_of, sheet::stylesheet},
    refill::refilled,
    ui::{ButtonLink, Empty, Sheet, Title, ZoneList, load},
};

/// The page.
#[component]
pub fn NewSpeedRoundPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let programmes = speed_rounds::programmes_to_choose(&store(), &visit.actor).await?;
        let mut start = SpeedRoundForm::start(visit.zone);
        if let [only] = programmes.as_slice() {
            start.programme = only.slug.to_string();
        }
        let (sheet, _) = refilled(&visit, "speed_rounds/create", fields_of(&start)).await?;
        stylesheet();
        let body = match programmes.is_empty() {
            true => view! {
                <Empty title=tr("speed-no-programme") text=tr("speed-no-programme-text")>
                    <ButtonLink href="/mentoring">{tr("mentoring-title")}</ButtonLink>
                </Empty>
            }
            .into_any(),
            false => {
                let choices = programmes.into_iter().map(|it| (it.slug.to_string(), it.name));
                let choices = [(String::new(), tr("speed-choose-programme"))].into_iter().chain(choices);
                let choices = choices.collect();
                view! {
                    <form method="post" action="/api/speed_rounds/create">
                        <input type="hidden" name="key" value=store::sign_in::new_token() />
                        {fields(&sheet, Some(choices))}
                        <div class="row">
                            <button class="button">{tr("speed-create")}</button>
                            <a class="button plain" href=SPEED_ROUNDS>{tr("form-back")}</a>
                        </div>
                    </form>
                }
                .into_any()
            }
        };
        Ok(view! {
            <Title text=tr("speed-create") />
            <div class="page narrow">
                {crumbs(true, None)}
                <h1>{tr("speed-create")}</h1>
                <p class="lead">{tr("speed-create-lead")}</p>
                {body}
            </div>
        })
    })
}

/// The form that changes a round. Its programme is shown and stays.
#[component]
pub fn EditSpeedRoundPage() -> impl IntoView {
    let id = id_from_path();
    load(async move {
        let (visit, id) = (visit(), id?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page = speed_rounds::edit_page(&store(), &visit.actor, id).await?;
        let now = fields_of(&page.round.to_form(visit.zone, page.version));
        let (sheet, _) = refilled(&visit, &format!("speed_rounds/edit/{id}"), now).await?;
        stylesheet();
        let told = page.has_people.then(|| view! { <p class="notice">{tr("speed-edit-told")}</p> });
        let body = match page.fixed {
            Some(why) => view! {
                <p class="notice">{i18n::refusal(visit.locale, &why)} " " {tr("speed-edit-fixed")}</p>
            }
            .into_any(),
            None => view! {
                {told}
                <form method="post" action="/api/speed_rounds/edit">
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="programme" value=page.card.programme.slug.to_string() />
                    <input type="hidden" name="version" value=sheet.value("version") />
                    {fields(&sheet, None)}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        <a class="button plain" href=speed_round_path(id)>{tr("form-back")}</a>
                    </div>
                </form>
            }
            .into_any(),
        };
        Ok(view! {
            <Title text=tr("speed-edit") />
            <div class="page narrow">
                {crumbs(true, Some(&page.card))}
                <h1>{tr("speed-edit")}</h1>
                <dl class="mentoring-facts">
                    <dt>{tr("speed-programme")}</dt>
                    <dd><bdi>{page.card.programme.name.clone()}</bdi> <p class="help">{tr("help-speed-programme-fixed")}</p></dd>
                </dl>
                {body}
            </div>
        })
    })
}

/// The fields of the form. A round that exists keeps its programme, so it has no choice of one.
fn fields(sheet: &Sheet, programmes: Option<Vec<(String, String)>>) -> AnyView {
    let sheet = sheet
        .clone()
        .with_label("programme", "speed-programme")
        .with_label("title", "speed-name")
        .with_label("about", "speed-about")
        .with_label("starts", "speed-starts")
        .with_label("waves", "speed-waves-number")
        .with_label("minutes", "speed-minutes")
        .with_label("place", "speed-place");
    let programme = programmes.map(|programmes| {
        sheet.field("programme", "speed-programme").help("help-speed-programme").needed().select(programmes)
    });
    view! {
        {sheet.summary()}
        {sheet.field("title", "speed-name").help("help-speed-name").needed().max(120).input("text")}
        {programme}
        {sheet.field("about", "speed-about").help("help-speed-about").needed().max(MAX_SPEED_ABOUT).area(4)}
        {sheet.field("starts", "speed-starts").help("help-speed-starts").needed().input("datetime-local")}
        {sheet.field("zone", "field-zone").needed().list("zones").input("text")}
        <ZoneList />
        {sheet.field("waves", "speed-waves-number").help("help-speed-waves").needed().range(WAVES.0, WAVES.1).input("number")}
        {sheet.field("minutes", "speed-minutes").help("help-speed-minutes").needed().range(WAVE_MINUTES.0, WAVE_MINUTES.1).input("number")}
        {sheet.field("place", "speed-place").help("help-speed-place").max(300).input("text")}
    }
    .into_any()
}
