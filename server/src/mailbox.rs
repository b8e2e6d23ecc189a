//! The pages of the built-in mailbox, in the demo and on this machine only. They show emails as members get
//! them.

use app::{
    context::Visit,
    i18n::{self, format},
    layout::plain_page,
    ui::Shape,
};
use axum::{
    Extension, Router,
    extract::{Path, State as Shared},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::Arg;
use http::{HeaderValue, header};
use leptos::prelude::*;
use mail_parser::{Message, MessageParser, MimeHeaders};
use store::mailbox::{self, StoredEmail};
use uuid::Uuid;

use app::error::AppError;

use crate::{errors::Fail, state::State};

const NOT_FOUND: AppError = AppError::NotFound;

/// How many of the newest emails the list shows.
const NEWEST: u64 = 100;
/// The policy for the HTML of an email, which isn't trusted: no scripts, no requests but for our own pictures, and only our own pages
/// can show it in a frame.
const SANDBOX: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
);

/// The routes of the mailbox.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/dev/mailbox", get(list))
        .route("/dev/mailbox/{id}", get(show))
        .route("/dev/mailbox/{id}/{part}", get(part))
}

/// The plain text of an email, with `\n` as line ends.
pub(crate) fn text(raw: &[u8]) -> Option<String> {
    let message = MessageParser::default().parse(raw)?;
    message.body_text(0).map(|text| text.replace("\r\n", "\n"))
}

/// The HTML of an email, as a page that isn't trusted.
pub(crate) fn sandboxed(html: &str) -> Response {
    // Links open outside the frame, as in a mail program.
    let html = html.replacen("<head>", "<head><base target=\"_blank\">", 1);
    let mut response = Html(html).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    response
}

fn calendar<'a>(message: &'a Message<'_>) -> Option<&'a str> {
    let is_calendar = |part: &&mail_parser::MessagePart<'_>| part.is_content_type("text", "calendar");
    message.parts.iter().find(is_calendar).and_then(|part| part.text_contents())
}

async fn list(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
) -> Result<Html<String>, Fail> {
    let mails = mailbox::newest(&state.store, NEWEST).await?;
    let empty = mails.is_empty().then(|| view! { <p>{visit.tr("mailbox-empty")}</p> });
    let rows = mails
        .into_iter()
        .map(|mail| {
            view! {
                <li>
                    <a href=format!("/dev/mailbox/{}", mail.id)>{mail.subject.clone()}</a>
                    <p class="mail-line">{line(&visit, &mail)}</p>
                </li>
            }
        })
        .collect_view();
    let title = visit.tr("mailbox-title");
    let body = view! {
        <div class="page narrow">
            <h1>{title.clone()}</h1>
            <p>{visit.tr("mailbox-about")}</p>
            {empty}
            <ul class="mail-list">{rows}</ul>
        </div>
    };
    Ok(Html(plain_page(&visit, &title, body)))
}

async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<Html<String>, Fail> {
    let mail = find(&state, &id).await?;
    let message = MessageParser::default().parse(&mail.raw);
    let text = text(&mail.raw).unwrap_or_default();
    let calendar = message.as_ref().and_then(calendar).map(|calendar| {
        let to = format!("/dev/mailbox/{id}/calendar");
        view! {
            <h2>{visit.tr("mailbox-calendar")}</h2>
            <pre class="mail-source">{calendar.replace("\r\n", "\n")}</pre>
            <p><a href=to>{visit.tr("mailbox-calendar-file")}</a></p>
        }
    });
    let html = message.as_ref().is_some_and(|message| message.html_body_count() > 0).then(|| {
        let name = visit.tr("mailbox-html");
        view! {
            <h2>{name.clone()}</h2>
            <iframe class="mail-frame" title=name sandbox="allow-popups allow-popups-to-escape-sandbox" src=format!("/dev/mailbox/{id}/html")></iframe>
        }
    });
    let subject = mail.subject.clone();
    let body = view! {
        <div class="page narrow">
            <p><a href="/dev/mailbox">{visit.tr("mailbox-title")}</a></p>
            <h1>{subject.clone()}</h1>
            <p class="mail-line">{line(&visit, &mail)}</p>
            <h2>{visit.tr("mailbox-text")}</h2>
            {linked(&text)}
            {html}
            {calendar}
            <p><a href=format!("/dev/mailbox/{id}/raw")>{visit.tr("mailbox-raw")}</a></p>
        </div>
    };
    Ok(Html(plain_page(&visit, &subject, body)))
}

async fn part(
    Shared(state): Shared<State>,
    Path((id, part)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let mail = find(&state, &id).await?;
    let message = MessageParser::default().parse(&mail.raw).ok_or(NOT_FOUND)?;
    let mut response = match part.as_str() {
        "html" => {
            let html = message.body_html(0).filter(|_| message.html_body_count() > 0).ok_or(NOT_FOUND)?;
            return Ok(sandboxed(&html));
        }
        "calendar" => calendar(&message).ok_or(NOT_FOUND)?.to_owned().into_response(),
        "raw" => mail.raw.clone().into_response(),
        _ => return Err(NOT_FOUND.into()),
    };
    let (kind, disposition) = match part.as_str() {
        "calendar" => ("text/calendar; charset=utf-8", "attachment; filename=\"invitation.ics\""),
        _ => ("message/rfc822", "attachment; filename=\"mail.eml\""),
    };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    Ok(response)
}

async fn find(state: &State, id: &str) -> Result<StoredEmail, Fail> {
    let id: Uuid = id.parse().map_err(|_| NOT_FOUND)?;
    Ok(mailbox::find(&state.store, id).await?.ok_or(NOT_FOUND)?)
}

/// The line with recipient and time.
fn line(visit: &Visit, mail: &StoredEmail) -> String {
    let at = format::at(visit.locale, mail.at, visit.zone, Shape::DateTimeYear);
    visit.tr_with("mailbox-line", &[("to", i18n::quote(&mail.to)), ("at", Arg::Text(at))])
}

/// A plain text with its web addresses as links, as in a mail program.
fn linked(text: &str) -> impl IntoView + use<> {
    let is_link = |word: &str| word.starts_with("http://") || word.starts_with("https://");
    let piece = |word: &str| {
        let bare = word.trim_end();
        if is_link(bare) {
            let rest = word[bare.len()..].to_owned();
            view! { <a href=bare.to_owned()>{bare.to_owned()}</a>{rest} }.into_any()
        } else {
            word.to_owned().into_any()
        }
    };
    let words: Vec<_> = text.split_inclusive(char::is_whitespace).map(piece).collect();
    view! { <pre class="mail-source">{words}</pre> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_shown_as_text_and_only_web_addresses_are_links() {
        let text = "<script>x</script> javascript:alert(1) http://127.0.0.1:3000/a?b=1&c=2 end\nhttps://x\n";
        let html = Owner::new().with(|| linked(text).to_html());
        assert_eq!(html.matches("<a href=").count(), 2, "{html}");
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
        assert!(html.contains("href=\"http://127.0.0.1:3000/a?b=1&amp;c=2\""), "{html}");
    }

    #[test]
    fn the_calendar_part_is_found_in_any_position() {
        let raw = "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nhello\r\n\
                   --a\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--a--\r\n";
        let message = MessageParser::default().parse(raw).unwrap();
        assert_eq!(calendar(&message).map(str::trim), Some("BEGIN:VCALENDAR"));
        assert_eq!(text(raw.as_bytes()).as_deref().map(str::trim), Some("hello"));
    }
}
