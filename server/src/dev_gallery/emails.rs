//! Emails with sample data, as pages and as text.

use app::{context::Visit, error::AppError};
use axum::{
    Extension,
    extract::Path,
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;
use mail_parser::MessageParser;

use super::samples;
use crate::{errors::Fail, mailbox};

/// The variants of an email: the suffix in the address, and the text of the link.
const VARIANTS: [(&str, &str); 4] = [
    ("", "as a page"),
    (".txt", "as text"),
    ("-hostile", "hostile as a page"),
    ("-hostile.txt", "hostile as text"),
];

/// Lists all emails, with ordinary and hostile data.
pub(super) async fn list(Extension(visit): Extension<Visit>) -> Html<String> {
    super::page(&visit, "Emails", || {
        let row = |(name, _): (String, _)| {
            let links = VARIANTS.map(|(suffix, text)| {
                view! { <a href=format!("/dev/gallery/emails/{name}{suffix}")>{text}</a> }
            });
            view! { <li><strong>{name}</strong><p class="row">{links.collect_view()}</p></li> }
        };
        view! { <ul class="rows">{samples::emails(false).into_iter().map(row).collect_view()}</ul> }
            .into_any()
    })
}

/// Shows one email: `confirmed`, `confirmed.txt`, `confirmed-hostile` or `confirmed-hostile.txt`.
pub(super) async fn show(Path(kind): Path<String>) -> Result<Response, Fail> {
    let (name, as_text) = kind.strip_suffix(".txt").map_or((kind.as_str(), false), |name| (name, true));
    let (name, hostile) = name.strip_suffix("-hostile").map_or((name, false), |name| (name, true));
    let mut emails = samples::emails(hostile).into_iter();
    let (_, email) = emails.find(|(known, _)| known == name).ok_or(AppError::NotFound)?;
    let mail = samples::mail(&email, hostile).map_err(|error| AppError::internal(&error.to_string()))?;
    let raw = mail.message.formatted();
    if as_text {
        return Ok(mailbox::text(&raw).ok_or(AppError::NotFound)?.into_response());
    }
    let message = MessageParser::default().parse(&raw).ok_or(AppError::NotFound)?;
    Ok(mailbox::sandboxed(&message.body_html(0).ok_or(AppError::NotFound)?))
}
