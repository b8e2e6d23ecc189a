//! `/request-invitation`, and the page behind the link in an invitation email.
//!
//! Their forms post to plain routes in `server/src/sign_in/invitation.rs`.

use domain::Refusal;
use leptos::prelude::*;

use super::sign_in_pages::sheet;
use crate::{
    context::{Visit, tr, tr_with, visit},
    error::AppError,
    i18n,
    layout::plain_page,
    ui::{ButtonLink, Title, conduct_note, load},
};

/// The key that the form's draft is saved under.
pub const REQUEST_FORM: &str = "request_invitation";

/// Asks for an invitation, or explains why the reader doesn't need one.
#[component]
pub fn RequestInvitationPage() -> impl IntoView {
    let visit = visit();
    load(async move {
        let body = if visit.member.is_some() {
            view! { <p class="lead">{tr("request-member")}</p> <ButtonLink href="/">{tr("error-home")}</ButtonLink> }
                .into_any()
        } else if !visit.invite_only {
            view! { <p class="lead">{tr("request-open")}</p> <ButtonLink href="/sign-in">{tr("home-join")}</ButtonLink> }
                .into_any()
        } else if visit.query("sent").is_some() {
            view! {
                <p class="lead" role="status">{tr("request-sent")}</p>
                <p>{tr("request-sent-next")}</p>
                <ButtonLink href="/events">{tr("home-browse")}</ButtonLink>
            }
            .into_any()
        } else {
            form(&visit).await?
        };
        Ok::<_, AppError>(view! {
            <Title text=tr("request-title") />
            <div class="page narrow">
                <h1>{tr("request-title")}</h1>
                {body}
            </div>
        })
    })
}

async fn form(visit: &Visit) -> Result<AnyView, AppError> {
    let sheet = sheet(visit, REQUEST_FORM).await?;
    let lead = tr_with("request-lead", &[("community", i18n::quote(visit.community.clone()))]);
    Ok(view! {
        <p class="lead">{lead}</p>
        {sheet.summary()}
        <form method="post" action="/request-invitation">
            {sheet.field("name", "setup-name").needed().max(80).complete("name").input("text")}
            {sheet.field("address", "field-address").needed().max(254).complete("email").input("email")}
            {sheet.field("reason", "request-reason").help("request-reason-help").needed().max(300).input("text")}
            <button class="button">{tr("request-send")}</button>
        </form>
        {conduct_note(visit)}
        <p class="help">{tr("request-have-account")} " " <a href="/sign-in">{tr("home-sign-in")}</a></p>
    }
    .into_any())
}

/// What the link of an invitation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AcceptState {
    /// A button that creates an account for this address, and joins the group if the invitation is for one.
    Ready {
        /// The email address that the invitation was sent to.
        address: String,
        /// The name of the group that the invitation is for, if any.
        group: Option<String>,
    },
    /// A request to sign out first. Holds the name of the signed-in member.
    SignedIn(String),
    /// An explanation of why the invitation no longer works.
    Over(Refusal),
}

/// The page behind the link in an invitation email. Its form posts to the page's own path, so that the secret
/// isn't written into the HTML.
#[must_use]
pub fn accept_page(visit: &Visit, state: AcceptState) -> String {
    let title = i18n::text(visit.locale, "invited-title");
    let (visit_of_words, heading) = (visit.clone(), title.clone());
    let view = move || {
        let visit = visit_of_words;
        view! { <div class="page narrow"><h1>{heading}</h1>{accept(&visit, state)}</div> }
    };
    plain_page(visit, &title, view())
}

fn accept(visit: &Visit, state: AcceptState) -> AnyView {
    match state {
        AcceptState::Ready { address, group } => {
            let community = ("community", i18n::quote(visit.community.clone()));
            let lead = match group {
                Some(group) => visit.tr_with("invited-group", &[community, ("group", i18n::quote(group))]),
                None => visit.tr_with("invited-lead", &[community]),
            };
            let what = visit.tr_with("invited-what", &[("address", i18n::quote(address))]);
            view! {
                <p class="lead">{lead}</p>
                <p>{what}</p>
                <form method="post">
                    <button class="button">{visit.tr("invited-button")}</button>
                </form>
            }
            .into_any()
        }
        AcceptState::SignedIn(name) => view! {
            <p class="lead">{visit.tr_with("invited-signed-in", &[("name", i18n::quote(name))])}</p>
            <form method="post" action="/sign-out">
                <button class="button plain">{visit.tr("site-sign-out")}</button>
            </form>
        }
        .into_any(),
        AcceptState::Over(why) => {
            let (to, key) = match why {
                Refusal::InvitationUsed => ("/sign-in", "home-sign-in"),
                _ if visit.invite_only => ("/request-invitation", "home-request"),
                _ => ("/sign-in", "home-join"),
            };
            view! {
                <p class="lead">{i18n::refusal(visit.locale, &why)}</p>
                <p><a class="button" href=to>{visit.tr(key)}</a></p>
            }
            .into_any()
        }
    }
}
