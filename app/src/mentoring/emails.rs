//! `/mentoring/rounds/{slug}/emails`: what coordinators write to people who have not answered or not met (M29).

use domain::{
    forms::Fields,
    mentoring::{MAX_ROUND_EMAIL, RoundAudience, RoundEmailState},
};
use leptos::prelude::*;
use store::mentoring::{self, RoundEmailRow};

use super::{
    paths::{round_path, slug_from_path},
    sheet::stylesheet,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Badge, Choice, Crumbs, Paragraphs, Reader, Shape, Title, Tone, load},
};

/// The key of the name of an audience.
fn audience_key(audience: RoundAudience) -> &'static str {
    match audience {
        RoundAudience::Invited => "round-audience-invited",
        RoundAudience::NoMeeting => "round-audience-no-meeting",
        RoundAudience::Silent => "round-audience-silent",
    }
}

/// The page.
#[component]
pub fn RoundEmailsPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let page = mentoring::round_emails(&store(), &visit.actor, &slug).await?;
        let (sheet, _) = refilled(&visit, &format!("mentoring/emails/{slug}"), Fields::new()).await?;
        let sheet =
            sheet.with_label("audience", "round-email-audience").with_label("text", "round-email-text");
        stylesheet();
        let path = round_path(slug.as_str());
        let choices = page.counts.iter().map(|(audience, people)| {
            let people = i18n::number(i64::try_from(*people).unwrap_or(i64::MAX));
            Choice::new(audience.name(), tr_with(audience_key(*audience), &[("people", people)]))
        });
        let choices = choices.collect();
        let emails = page.emails.iter().map(|email| item(&visit, slug.as_str(), email)).collect_view();
        let list = (!page.emails.is_empty()).then(|| {
            view! {
                <section aria-labelledby="sent">
                    <h2 id="sent">{tr("round-email-list")}</h2>
                    <ul class="rows" role="list">{emails}</ul>
                </section>
            }
        });
        Ok(view! {
            <Title text=tr("round-email-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (path, page.round.clone())] />
                <h1>{tr("round-email-title")}</h1>
                <p class="lead">{tr("round-email-lead")}</p>
                <form method="post" action="/api/mentoring/email_round">
                    <input type="hidden" name="slug" value=slug.to_string() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("audience", "round-email-audience").needed().radios(choices)}
                    {sheet.field("text", "round-email-text").help("help-round-email-text").needed().max(MAX_ROUND_EMAIL).area(8)}
                    <button class="button">{tr("round-email-send")}</button>
                </form>
                {list}
            </div>
        })
    })
}

/// An email, as people get it, with the button that cancels it while it is held.
fn item(visit: &Visit, round: &str, email: &RoundEmailRow) -> AnyView {
    let (tone, key) = match email.state {
        RoundEmailState::Held => (Tone::Brass, "round-email-held"),
        RoundEmailState::Sent => (Tone::Good, "round-email-sent"),
        RoundEmailState::Cancelled => (Tone::Quiet, "round-email-cancelled"),
    };
    let time = Reader::of(visit, visit.zone).time_and_zone(email.due_at, Shape::DateTime);
    let cancel = (email.state == RoundEmailState::Held).then(|| {
        view! {
            <form method="post" action="/api/mentoring/cancel_email">
                <input type="hidden" name="slug" value=round.to_owned() />
                <input type="hidden" name="id" value=email.id.to_string() />
                <button class="button plain">{tr("round-email-cancel")}</button>
            </form>
        }
    });
    let people = i18n::number(email.people);
    view! {
        <li>
            <div>
                <p><Badge tone>{tr(key)}</Badge> " " {time}</p>
                <p class="help">{tr_with(audience_key(email.audience), &[("people", people)])}</p>
                <blockquote><Paragraphs text=email.text.clone() /></blockquote>
                {cancel}
            </div>
        </li>
    }
    .into_any()
}
