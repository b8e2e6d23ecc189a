//! `/admin/outbox/{id}`: shows an email in the outbox as its recipient gets it. This page is here and not in
//! `app`, because it renders the email as for sending.

use app::{
    admin::pages::outbox::{email_frame, kind_label},
    context::Visit,
    error::AppError,
    layout::plain_page,
};
use axum::{
    Extension, Router,
    extract::{Path, State as Shared},
    response::{Html, Response},
    routing::get,
};
use domain::EmailId;
use leptos::prelude::*;
use mail_parser::MessageParser;
use store::outbox::{Envelope, admin};

use crate::{
    errors::Fail,
    mail::{MailConfig, render::render},
    mailbox::{sandboxed, text},
    state::State,
};

/// The routes of emails in the outbox.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/admin/outbox/{id}", get(show)).route("/admin/outbox/{id}/html", get(html))
}

fn read_id(text: &str) -> Result<EmailId, AppError> {
    text.parse().map(EmailId).map_err(|_| AppError::NotFound)
}

/// Renders the email as a MIME message.
async fn message(state: &State, envelope: Envelope) -> Result<Vec<u8>, AppError> {
    let settings = store::settings::load(&state.store).await?;
    let config = MailConfig::of(state, settings);
    let config = config.ok_or_else(|| AppError::internal("the setting mail_from is not a valid mailbox"))?;
    let Envelope { id, to, email, posted_at, .. } = envelope;
    let rendered = render(id, &email, &to, &config, posted_at);
    Ok(rendered.map_err(|error| AppError::internal(&error.to_string()))?.message.formatted())
}

async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<Html<String>, Fail> {
    let (row, envelope) = admin::get(&state.store, &visit.actor, read_id(&id)?).await?;
    let raw = match envelope {
        // If the email can't be rendered, the page says so.
        Some(envelope) => message(&state, envelope).await.ok(),
        None => None,
    };
    let text = raw.as_deref().and_then(text);
    let title = Owner::new().with(|| {
        provide_context(visit.clone());
        kind_label(&row.kind)
    });
    let page = {
        let visit = visit.clone();
        move || {
            let inside = match text {
                Some(text) => {
                    let name = visit.tr("outbox-inside");
                    view! {
                        <h2>{name.clone()}</h2>
                        <iframe class="mail-frame" title=name sandbox="allow-popups allow-popups-to-escape-sandbox" src=format!("/admin/outbox/{id}/html")></iframe>
                        <pre class="mail-source">{text}</pre>
                    }
                    .into_any()
                }
                None => {
                    let key = if row.secret { "outbox-secret" } else { "outbox-unreadable" };
                    view! { <p class="notice">{visit.tr(key)}</p> }.into_any()
                }
            };
            email_frame(&visit, &row, inside)
        }
    };
    let view = Owner::new().with(|| {
        provide_context(visit.clone());
        page()
    });
    Ok(Html(plain_page(&visit, &title, view)))
}

async fn html(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let (_, envelope) = admin::get(&state.store, &visit.actor, read_id(&id)?).await?;
    let raw = message(&state, envelope.ok_or(AppError::NotFound)?).await?;
    let message = MessageParser::default().parse(&raw).ok_or(AppError::NotFound)?;
    Ok(sandboxed(&message.body_html(0).ok_or(AppError::NotFound)?))
}
