//! `/mentoring/mentorships/{id}/messages`: what the two write to each other (M26).

use domain::{forms::Fields, mentorships::MAX_MESSAGE};
use leptos::prelude::*;
use store::mentorships;

use super::paths::{draft_name, mentorship_from_path, mentorship_path};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::sheet::stylesheet,
    refill::refilled,
    ui::{Crumbs, Paragraphs, Shape, Title, load, time_of},
};

/// The page.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let id = mentorship_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id?;
        let (partner, messages) = mentorships::messages(&store(), &visit.actor, id).await?;
        let partner = if partner.is_empty() { tr("mentorship-nobody") } else { partner };
        let (sheet, _) = refilled(&visit, &draft_name(&id.to_string(), "message"), Fields::new()).await?;
        let sheet = sheet.with_label("message", "message-text");
        stylesheet();
        let none = messages.is_empty().then(|| view! { <p>{tr("message-none")}</p> });
        let items = messages.into_iter().map(|message| {
            let author = if message.is_own { tr("note-by-you") } else { partner.clone() };
            let class = if message.is_own { "own" } else { "" };
            view! {
                <li class=class>
                    <p class="help"><bdi>{author}</bdi> " · " {time_of(message.at, visit.zone, Shape::DateTimeYear)}</p>
                    <Paragraphs text=message.text />
                </li>
            }
        });
        let items = items.collect_view();
        Ok(view! {
            <Title text=tr("mentorship-messages") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (mentorship_path(id), partner.clone())] />
                <h1>{tr("mentorship-messages")}</h1>
                <p class="lead">{tr_with("message-lead", &[("partner", i18n::quote(partner))])}</p>
                {none}
                <ol class="mentorship-talk" role="list">{items}</ol>
                <form method="post" action="/api/mentorships/message">
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("message", "message-text").needed().max(MAX_MESSAGE).area(4)}
                    <button class="button">{tr("message-send")}</button>
                </form>
            </div>
        })
    })
}
