//! `/mentoring/questions/new`: the form of a question.

use domain::{
    forms::Fields,
    questions::{MAX_FREE, MAX_QUESTION},
};
use leptos::prelude::*;
use store::lists;

use super::page::{QUEUE, crumbs};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    mentoring::sheet::stylesheet,
    refill::refilled,
    ui::{Title, load},
};

/// The page.
#[component]
pub fn AskQuestionPage() -> impl IntoView {
    load(async {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let topic = visit.query("topic").unwrap_or_default();
        let start: Fields = [("topic".to_owned(), topic)].into();
        let (sheet, _) = refilled(&visit, "questions/ask", start).await?;
        let sheet = sheet
            .with_label("topic", "question-topic")
            .with_label("text", "question-text")
            .with_label("free", "question-free");
        let topics = lists::topics(&store()).await?.into_iter();
        let topics = topics.map(|topic| (topic.slug.to_string(), topic.name));
        let topics = [(String::new(), tr("mentoring-choose-topic"))].into_iter().chain(topics).collect();
        stylesheet();
        Ok(view! {
            <Title text=tr("question-ask") />
            <div class="page narrow">
                {crumbs(true)}
                <h1>{tr("question-ask")}</h1>
                <p class="lead">{tr("question-ask-lead")}</p>
                <form method="post" action="/api/questions/ask">
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("topic", "question-topic").needed().select(topics)}
                    {sheet.field("text", "question-text").help("help-question-text").needed().max(MAX_QUESTION).area(5)}
                    {sheet.field("free", "question-free").help("help-question-free").max(MAX_FREE).input("text")}
                    <div class="row">
                        <button class="button">{tr("question-send")}</button>
                        <a class="button plain" href=QUEUE>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}
