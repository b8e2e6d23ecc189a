//! `/mentoring/programmes/{slug}/rounds/new` and `/mentoring/rounds/{slug}/edit`: one form.

use domain::mentoring::RoundForm;
use leptos::prelude::*;
use store::mentoring;

use super::{
    paths::{fields_of, programme_path, round_path, slug_from_path},
    sheet::stylesheet,
};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    refill::refilled,
    ui::{Crumbs, Sheet, Title, ZoneList, load},
};

/// The form for a new round of a programme.
#[component]
pub fn NewRoundPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let page = mentoring::programme(&store(), &visit.actor, &slug).await?;
        if !page.may_coordinate {
            return Err(AppError::Forbidden);
        }
        let defaults = RoundForm { zone: visit.zone.name().to_owned(), ..RoundForm::default() };
        let (sheet, _) =
            refilled(&visit, &format!("mentoring/rounds/new/{slug}"), fields_of(&defaults)).await?;
        stylesheet();
        let path = programme_path(slug.as_str());
        Ok(view! {
            <Title text=tr("mentoring-new-round") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path.clone(), page.card.name)] />
                <h1>{tr("mentoring-new-round")}</h1>
                <p class="lead">{tr("mentoring-new-round-lead")}</p>
                <form method="post" action="/api/mentoring/create_round">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    <input type="hidden" name="programme" value=slug.to_string() />
                    {fields(&sheet)}
                    <div class="row">
                        <button class="button">{tr("mentoring-create-round")}</button>
                        <a class="button plain" href=path>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// The form that changes a round.
#[component]
pub fn EditRoundPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        let page = mentoring::round(&store(), &visit.actor, &slug).await?;
        if !page.may_coordinate {
            return Err(AppError::Forbidden);
        }
        let now = fields_of(&page.card.details.to_form(visit.zone, page.version));
        let (sheet, _) = refilled(&visit, &format!("mentoring/rounds/{slug}"), now).await?;
        stylesheet();
        let path = round_path(slug.as_str());
        let name = page.card.details.name.clone();
        Ok(view! {
            <Title text=tr("mentoring-edit-round") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path.clone(), name)] />
                <h1>{tr("mentoring-edit-round")}</h1>
                <form method="post" action="/api/mentoring/edit_round">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <input type="hidden" name="version" value=sheet.value("version") />
                    {fields(&sheet)}
                    <div class="row">
                        <button class="button">{tr("form-save")}</button>
                        <a class="button plain" href=path>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

fn fields(sheet: &Sheet) -> AnyView {
    let sheet =
        sheet.clone().with_label("closes", "mentoring-closes").with_label("starts_on", "mentoring-starts-on");
    let sheet = sheet.with_label("ends_on", "mentoring-ends-on");
    view! {
        {sheet.summary()}
        {sheet.field("name", "field-name").help("help-mentoring-round-name").needed().max(80).input("text")}
        {sheet.field("closes", "mentoring-closes").help("help-mentoring-closes").needed().input("datetime-local")}
        {sheet.field("zone", "field-zone").needed().list("zones").input("text")}
        <ZoneList />
        {sheet.field("starts_on", "mentoring-starts-on").needed().input("date")}
        {sheet.field("ends_on", "mentoring-ends-on").needed().input("date")}
    }
    .into_any()
}
