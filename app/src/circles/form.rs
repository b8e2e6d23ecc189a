//! `/mentoring/circles/new`: the form of a circle.

use domain::{
    circles::{MAX_CIRCLE_ABOUT, MAX_CIRCLE_PLACES},
    forms::Fields,
};
use leptos::prelude::*;
use store::{circles, lists};

use super::page::{CIRCLES, crumbs};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    mentoring::sheet::stylesheet,
    refill::refilled,
    ui::{ButtonLink, Empty, Title, load},
};

/// The page.
#[component]
pub fn NewCirclePage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let can_open = circles::circles(&store(), &visit.actor).await?.can_open;
        let (sheet, _) = refilled(&visit, "circles/open", Fields::new()).await?;
        let sheet = sheet
            .with_label("topic", "question-topic")
            .with_label("title", "circle-name")
            .with_label("about", "circle-about")
            .with_label("places", "circle-places")
            .with_label("dates", "circle-dates")
            .with_label("place", "circle-place");
        let topics = lists::topics(&store()).await?.into_iter();
        let topics = topics.map(|topic| (topic.slug.to_string(), topic.name));
        let topics = [(String::new(), tr("mentoring-choose-topic"))].into_iter().chain(topics).collect();
        stylesheet();
        let body = match can_open {
            false => view! {
                <Empty title=tr("circle-no-topics") text=tr("circle-no-topics-text")>
                    <ButtonLink href="/profile#topics">{tr("questions-add-topics")}</ButtonLink>
                </Empty>
            }
            .into_any(),
            true => view! {
                <form method="post" action="/api/circles/open">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("title", "circle-name").help("help-circle-name").needed().max(120).input("text")}
                    {sheet.field("topic", "question-topic").needed().select(topics)}
                    {sheet.field("about", "circle-about").help("help-circle-about").needed().max(MAX_CIRCLE_ABOUT).area(5)}
                    {sheet.field("places", "circle-places").needed().range(2, MAX_CIRCLE_PLACES).input("number")}
                    {sheet.field("dates", "circle-dates").help("help-circle-dates").needed().max(200).input("text")}
                    {sheet.field("place", "circle-place").help("help-circle-place").max(300).input("text")}
                    <div class="row">
                        <button class="button">{tr("circle-open")}</button>
                        <a class="button plain" href=CIRCLES>{tr("form-back")}</a>
                    </div>
                </form>
            }
            .into_any(),
        };
        Ok(view! {
            <Title text=tr("circle-open") />
            <div class="page narrow">
                {crumbs(true)}
                <h1>{tr("circle-open")}</h1>
                <p class="lead">{tr("circle-open-lead")}</p>
                {body}
            </div>
        })
    })
}
