//! `/mentoring/speed-rounds/new`: the form of a speed round.

use domain::speed_rounds::{MAX_SPEED_ABOUT, SpeedRoundForm, WAVE_MINUTES, WAVES};
use leptos::prelude::*;
use store::speed_rounds;

use super::paths::{SPEED_ROUNDS, crumbs};
use crate::{
    context::{store, tr, visit},
    error::AppError,
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
                fields(&sheet, choices.collect())
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

fn fields(sheet: &Sheet, programmes: Vec<(String, String)>) -> AnyView {
    let sheet = sheet
        .clone()
        .with_label("programme", "speed-programme")
        .with_label("title", "speed-name")
        .with_label("about", "speed-about")
        .with_label("starts", "speed-starts")
        .with_label("waves", "speed-waves-number")
        .with_label("minutes", "speed-minutes")
        .with_label("place", "speed-place");
    view! {
        <form method="post" action="/api/speed_rounds/create">
            <input type="hidden" name="key" value=store::sign_in::new_token() />
            {sheet.summary()}
            {sheet.field("title", "speed-name").help("help-speed-name").needed().max(120).input("text")}
            {sheet.field("programme", "speed-programme").help("help-speed-programme").needed().select(programmes)}
            {sheet.field("about", "speed-about").help("help-speed-about").needed().max(MAX_SPEED_ABOUT).area(4)}
            {sheet.field("starts", "speed-starts").help("help-speed-starts").needed().input("datetime-local")}
            {sheet.field("zone", "field-zone").needed().list("zones").input("text")}
            <ZoneList />
            {sheet.field("waves", "speed-waves-number").help("help-speed-waves").needed().range(WAVES.0, WAVES.1).input("number")}
            {sheet.field("minutes", "speed-minutes").help("help-speed-minutes").needed().range(WAVE_MINUTES.0, WAVE_MINUTES.1).input("number")}
            {sheet.field("place", "speed-place").help("help-speed-place").max(300).input("text")}
            <div class="row">
                <button class="button">{tr("speed-create")}</button>
                <a class="button plain" href=SPEED_ROUNDS>{tr("form-back")}</a>
            </div>
        </form>
    }
    .into_any()
}
