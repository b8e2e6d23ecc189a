//! Renders an email as a MIME message. The same email always gives the same bytes, so an email that is sent
//! again is identical (C6).

use std::time::SystemTime;

use askama::Template;
use domain::{
    EmailId, Instant,
    emails::{Calendar, Email, Recipient},
};
use lettre::{
    Address, Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header},
};

use super::{
    MailConfig, calendar, clean, view,
    view::{Block, View, unsubscribe_link},
};

/// A rendered email.
#[derive(Debug)]
pub struct Rendered {
    /// The MIME message with its SMTP envelope.
    pub message: Message,
    /// The subject before it is encoded for the header.
    pub subject: String,
}

/// Why an email can't be rendered. Trying again doesn't help.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The recipient's address is not valid.
    #[error("the recipient's address is not valid")]
    Address,
    /// A template could not be rendered.
    #[error("a template of this email failed: {0}")]
    Template(#[from] askama::Error),
    /// The message could not be built from its parts.
    #[error("the message cannot be built: {0}")]
    Message(#[from] lettre::error::Error),
    /// A MIME type is not valid.
    #[error("the message has a part with an invalid MIME type")]
    Mime(#[from] header::ContentTypeErr),
}

/// Renders an email in the recipient's language and time zone. `at` is when it was posted: it becomes the
/// `Date` header and the DTSTAMP of the calendar part.
///
/// # Errors
/// `Address` for an address that is not valid, and the other variants if a template or the message fails.
pub fn render(
    id: EmailId,
    email: &Email,
    to: &Recipient,
    config: &MailConfig,
    at: Instant,
) -> Result<Rendered, RenderError> {
    let address: Address = to.address.parse().map_err(|_| RenderError::Address)?;
    // In emails to people without an account, typed text never becomes a link, even in plain text.
    let typed = if email.is_to_stranger() { clean::unlinked } else { view::unchanged };
    let plain = View::new(email, to, config, at, typed);
    let rich = View::new(email, to, config, at, clean::unlinked);
    let subject = plain.subject.clone();
    let text = clean::wrapped(&Text { m: &plain }.render()?);
    let html = Html { m: &rich, subject: &clean::unlinked(&subject) }.render()?;

    // The boundary contains the email's ID. Nobody can know it in advance, so typed text can't end a part.
    let bodies = MultiPart::alternative()
        .boundary(format!("body-{}", id.0.simple()))
        .singlepart(SinglePart::plain(text))
        .singlepart(SinglePart::html(html));
    let mixed = || MultiPart::mixed().boundary(format!("mail-{}", id.0.simple()));
    let ics = |part| calendar::invitation(part, to, &address, config, at);
    let calendar = |part: Calendar<'_>| {
        let method = calendar::method_name(part.method);
        header::ContentType::parse(&format!("text/calendar; method={method}; charset=utf-8"))
    };
    let content = match email.calendars().as_slice() {
        [] => bodies,
        [part] => {
            let invite = SinglePart::builder().content_type(calendar(*part)?).body(ics(*part));
            // The attached file has another type, because some programs make two entries of two calendar parts.
            let file = Attachment::new("invite.ics".to_owned())
                .body(ics(*part), header::ContentType::parse("application/ics; charset=utf-8")?);
            mixed().multipart(bodies.singlepart(invite)).singlepart(file)
        }
        // One file for each event (RFC 5546 demands one UID per object). They are attachments only, because
        // none of them is an alternative to the whole text.
        parts => parts.iter().enumerate().try_fold(mixed().multipart(bodies), |mail, (at, part)| {
            let file = Attachment::new(format!("event-{}.ics", at + 1)).body(ics(*part), calendar(*part)?);
            Ok::<_, RenderError>(mail.singlepart(file))
        })?,
    };
    let mut message = Message::builder()
        .from(mailbox(config.from.name.as_deref(), config.from.email.clone()))
        .to(mailbox(Some(&to.name), address))
        .date(SystemTime::from(at))
        .message_id(Some(format!("<{}@{}>", id, config.host())))
        .subject(subject.clone())
        .header(AutoSubmitted);
    if let Some(address) = email.reply_to().and_then(|address| address.parse().ok()) {
        message = message.reply_to(Mailbox::new(None, address));
    }
    if let Some(link) = unsubscribe_link(email, to, config) {
        // RFC 8058 requires https, because a mail program posts to this link from its own button.
        if link.starts_with("https://") {
            message = message.header(ListUnsubscribe(link)).header(ListUnsubscribePost);
        }
    }
    let message = message.multipart(content)?;
    Ok(Rendered { message, subject })
}

/// `List-Unsubscribe` (RFC 2369): the link that ends emails like this one.
#[derive(Clone)]
struct ListUnsubscribe(String);

impl header::Header for ListUnsubscribe {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(value: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(value.trim_matches(['<', '>']).to_owned()))
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), format!("<{}>", self.0))
    }
}

/// `List-Unsubscribe-Post` (RFC 8058): a mail program can unsubscribe its user with a single POST.
#[derive(Clone)]
struct ListUnsubscribePost;

impl header::Header for ListUnsubscribePost {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// A mailbox with a cleaned name, because lettre panics on line ends in the name.
fn mailbox(name: Option<&str>, address: Address) -> Mailbox {
    let name = name.map(|name| clean::short_line(name, 100)).filter(|name| !name.is_empty());
    Mailbox::new(name, address)
}

/// `Auto-Submitted: auto-generated` (RFC 3834), so that automatic responders don't reply.
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The text of every email.
#[derive(Template)]
#[template(path = "mail/email.txt")]
struct Text<'a> {
    m: &'a View<'a>,
}

/// The HTML of every email.
#[derive(Template)]
#[template(path = "mail/email.html")]
struct Html<'a> {
    m: &'a View<'a>,
    subject: &'a str,
}
