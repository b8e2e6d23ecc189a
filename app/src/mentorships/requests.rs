//! Asking a mentor directly: the form, and the page of a request (M25) or of an offer (M32).

use domain::{
    MentorRequestId, Slug,
    forms::Fields,
    mentorships::{RequestKind, RequestState},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use markup::published::line;
use store::{
    mentorships::{self, RequestPage as Request},
    schedule,
};

use super::paths::mentorship_path;
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::member_path,
    mentoring::{paths::slug_from_path, sheet::stylesheet},
    refill::refilled,
    ui::{ButtonLink, Crumbs, Empty, Paragraphs, Reader, Shape, Title, load},
};

/// `/mentoring/ask/{slug}`.
#[component]
pub fn AskMentorPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (visit, slug) = (visit(), slug?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let offered = mentorships::offered(&store(), &visit.actor, &slug).await?;
        let start = session_sentence(&visit).await.map(|text| ("sentence".to_owned(), text));
        let (sheet, _) =
            refilled(&visit, &format!("mentoring/ask/{slug}"), start.into_iter().collect()).await?;
        let sheet = sheet.with_label("sentence", "ask-sentence");
        stylesheet();
        let body = match offered {
            None => view! {
                <h1>{tr("ask-title")}</h1>
                <Empty title=tr("ask-none") text=tr("ask-none-text") />
            }
            .into_any(),
            Some(mentor) => {
                let args = [
                    ("mentor", i18n::quote(mentor.person.name.clone())),
                    ("programme", i18n::quote(mentor.programme.clone())),
                ];
                view! {
                    <h1>{tr_with("ask-mentor", &args)}</h1>
                    <p class="lead">{tr_with("ask-lead", &args)}</p>
                    <form method="post" action="/api/mentorships/request">
                        <input type="hidden" name="mentor" value=slug.to_string() />
                        <input type="hidden" name="key" value=store::sign_in::new_token() />
                        {sheet.summary()}
                        {sheet.field("sentence", "ask-sentence").help("help-ask-sentence").needed().max(300).area(3)}
                        <div class="row">
                            <button class="button">{tr("ask-send")}</button>
                            <a class="button plain" href=member_path(&mentor.person.slug)>{tr("form-back")}</a>
                        </div>
                    </form>
                }
                .into_any()
            }
        };
        Ok(view! {
            <Title text=tr("ask-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title"))] />
                {body}
            </div>
        })
    })
}

/// The sentence to start with, for members who come from the page of a session that they can see.
async fn session_sentence(visit: &Visit) -> Option<String> {
    let event = Slug::parse(&visit.query("event")?)?;
    let session = visit.query("session")?.parse().ok()?;
    let page = schedule::session(&store(), &visit.actor, &event, session).await.ok()?;
    let title: String = line(&page.item.session.title).chars().take(150).collect();
    let text = tr_with("ask-about-session", &[("session", i18n::quote(title))]);
    // Fluent isolates the title with invisible characters, which don't belong into a form.
    Some(text.replace(['\u{2068}', '\u{2069}'], ""))
}

/// `/mentoring/requests/{id}`.
#[component]
pub fn RequestPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|text| text.parse().ok());
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.map(MentorRequestId).ok_or(AppError::NotFound)?;
        let request = mentorships::request(&store(), &visit.actor, id).await?;
        let (sheet, _) = refilled(&visit, &format!("mentoring/request/{id}"), Fields::new()).await?;
        stylesheet();
        let args = [("partner", i18n::quote(request.partner.name.clone()))];
        let title = match (request.kind, request.is_recipient) {
            (RequestKind::Ask, true) => "request-to-you",
            (RequestKind::Ask, false) => "request-by-you",
            (RequestKind::Offer, true) => "offer-to-you",
            (RequestKind::Offer, false) => "offer-by-you",
        };
        let title = tr_with(title, &args);
        let has_office_hours = request.kind == RequestKind::Ask && request.is_recipient;
        let office = (has_office_hours && request.state == RequestState::Pending).then(|| {
            let sheet = sheet.with_label("note", "request-note");
            view! {
                {sheet.summary()}
                {sheet.field("note", "request-note").help("help-request-note").max(200).input("text")}
                <button class="button plain" name="act" value="office_hours">{tr("request-office-hours")}</button>
            }
        });
        let note = (!request.note.is_empty()).then(|| view! { <Paragraphs text=request.note.clone() /> });
        let mentorship = request.mentorship.map(|id| {
            view! { <p><ButtonLink href=mentorship_path(id)>{tr("request-mentorship")}</ButtonLink></p> }
        });
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title"))] />
                <h1>{title}</h1>
                <p class="help"><a href=member_path(&request.partner.slug)><bdi>{request.partner.name.clone()}</bdi></a></p>
                <blockquote><Paragraphs text=request.sentence.clone() /></blockquote>
                {state(&visit, &request)}
                {note}
                {mentorship}
                {buttons(&request, office.map(IntoAny::into_any))}
            </div>
        })
    })
}

fn state(visit: &Visit, request: &Request) -> AnyView {
    let key = match request.state {
        RequestState::Pending => "request-state-pending",
        RequestState::Accepted => "request-state-accepted",
        RequestState::Declined => "request-state-declined",
        RequestState::OfficeHours => "request-state-office-hours",
        RequestState::Expired => "request-state-expired",
        RequestState::Withdrawn => "request-state-withdrawn",
    };
    let until = (request.state == RequestState::Pending).then(|| {
        let until = Reader::of(visit, visit.zone).time_and_zone(request.expires_at, Shape::DateTime);
        view! { <p>{tr("proposal-until")} " " {until}</p> }
    });
    view! { <p class="seat-state">{tr(key)}</p> {until} }.into_any()
}

fn buttons(request: &Request, office: Option<AnyView>) -> Option<AnyView> {
    (request.state == RequestState::Pending).then(|| {
        let withdraw = match request.kind {
            RequestKind::Ask => "request-withdraw",
            RequestKind::Offer => "offer-withdraw",
        };
        let buttons = match request.is_recipient {
            true => view! {
                <div class="row">
                    <button class="button" name="act" value="accepted">{tr("request-accept")}</button>
                    <button class="button plain" name="act" value="declined">{tr("request-decline")}</button>
                </div>
                {office}
            }
            .into_any(),
            false => {
                view! { <button class="button plain" name="act" value="withdrawn">{tr(withdraw)}</button> }
                    .into_any()
            }
        };
        view! {
            <form method="post" action="/api/mentorships/settle">
                <input type="hidden" name="id" value=request.id.to_string() />
                {buttons}
            </form>
        }
        .into_any()
    })
}
