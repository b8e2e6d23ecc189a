//! Renders an email as a MIME message. The same email always gives the same bytes, so an email that is sent
//! again is identical (C6).

use std::time::SystemTime;

use askama::Template;
use domain::{
    EmailId, Instant,
    emails::{self, Calendar, Email, Recipient},
};
use lettre::{
    Address, Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header},
};

use super::{
    MailConfig, calendar, clean, view,
    view::{Item, View, unsubscribe_link},
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
    let plain = view_of(email, to, config, at, typed)?;
    let rich = view_of(email, to, config, at, clean::unlinked)?;
    let subject = clean::short_line(&render_part(email, &plain, Part::Subject, "")?, 180);
    let text = clean::wrapped(&render_part(email, &plain, Part::Text, &subject)?);
    let html = render_part(email, &rich, Part::Html, &clean::unlinked(&subject))?;

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
    if let Some(link) = unsubscribe_link(email, to, config) {
        // RFC 8058 requires https, because a mail program posts to this link from its own button.
        if link.starts_with("https://") {
            message = message.header(ListUnsubscribe(link)).header(ListUnsubscribePost);
        }
    }
    let message = message.multipart(content)?;
    Ok(Rendered { message, subject })
}

/// The view of an email, and for a digest the views of the emails in it.
fn view_of<'a>(
    email: &Email,
    to: &'a Recipient,
    config: &MailConfig,
    at: Instant,
    quote: fn(&str) -> String,
) -> Result<View<'a>, RenderError> {
    let mut view = View::new(email, to, config, at, quote);
    if let Email::Digest(emails::Digest { items, .. }) = email {
        for item in items {
            let item_view = View::new(item, to, config, at, quote);
            let subject = clean::short_line(&render_part(item, &item_view, Part::Subject, "")?, 180);
            view.items.push(Item { subject, view: item_view });
        }
    }
    Ok(view)
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

/// The three templates of an email.
#[derive(Clone, Copy)]
enum Part {
    Subject,
    Text,
    Html,
}

macro_rules! email_templates {
    ($($kind:ident: $subject:tt $text:tt $html:tt),+ $(,)?) => {
        $(mod $kind {
            use askama::Template;

            use super::View;

            #[derive(Template)]
            #[template(path = $subject)]
            pub(super) struct Subject<'a> {
                pub(super) m: &'a View<'a>,
            }

            #[derive(Template)]
            #[template(path = $text)]
            pub(super) struct Text<'a> {
                pub(super) m: &'a View<'a>,
            }

            #[derive(Template)]
            #[template(path = $html)]
            pub(super) struct Html<'a> {
                pub(super) m: &'a View<'a>,
                pub(super) subject: &'a str,
            }
        })+

        fn render_part(email: &Email, m: &View<'_>, part: Part, subject: &str) -> askama::Result<String> {
            match email.kind() {
                $(stringify!($kind) => match part {
                    Part::Subject => $kind::Subject { m }.render(),
                    Part::Text => $kind::Text { m }.render(),
                    Part::Html => $kind::Html { m, subject }.render(),
                },)+
                // Unreachable, because a test renders every kind.
                _ => Err(askama::Error::Fmt),
            }
        }
    };
}

email_templates! {
    sign_in: "mail/sign_in/subject.txt" "mail/sign_in/body.txt" "mail/sign_in/body.html",
    no_account: "mail/no_account/subject.txt" "mail/no_account/body.txt" "mail/no_account/body.html",
    prove_address: "mail/prove_address/subject.txt" "mail/prove_address/body.txt" "mail/prove_address/body.html",
    address_changed: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    confirmed: "mail/confirmed/subject.txt" "mail/confirmed/body.txt" "mail/confirmed/body.html",
    waitlisted: "mail/waitlisted/subject.txt" "mail/waitlisted/body.txt" "mail/waitlisted/body.html",
    requested: "mail/requested/subject.txt" "mail/requested/body.txt" "mail/requested/body.html",
    approved: "mail/approved/subject.txt" "mail/approved/body.txt" "mail/approved/body.html",
    seat_declined: "mail/seat_declined/subject.txt" "mail/seat_declined/body.txt" "mail/seat_declined/body.html",
    new_requests: "mail/new_requests/subject.txt" "mail/new_requests/body.txt" "mail/new_requests/body.html",
    request_waits: "mail/request_waits/subject.txt" "mail/request_waits/body.txt" "mail/request_waits/body.html",
    offer: "mail/offer/subject.txt" "mail/offer/body.txt" "mail/offer/body.html",
    offer_expired: "mail/offer_expired/subject.txt" "mail/offer_expired/body.txt" "mail/offer_expired/body.html",
    fewer_offered: "mail/fewer_offered/subject.txt" "mail/fewer_offered/body.txt" "mail/fewer_offered/body.html",
    moved_back: "mail/moved_back/subject.txt" "mail/moved_back/body.txt" "mail/moved_back/body.html",
    promoted: "mail/promoted/subject.txt" "mail/promoted/body.txt" "mail/promoted/body.html",
    left: "mail/left/subject.txt" "mail/left/body.txt" "mail/left/body.html",
    rescheduled: "mail/rescheduled/subject.txt" "mail/rescheduled/body.txt" "mail/rescheduled/body.html",
    cancelled: "mail/cancelled/subject.txt" "mail/cancelled/body.txt" "mail/cancelled/body.html",
    reinstated: "mail/reinstated/subject.txt" "mail/reinstated/body.txt" "mail/reinstated/body.html",
    join_requested: "mail/join_requested/subject.txt" "mail/join_requested/body.txt" "mail/join_requested/body.html",
    join_decided: "mail/join_decided/subject.txt" "mail/join_decided/body.txt" "mail/join_decided/body.html",
    group_invitation: "mail/group_invitation/subject.txt" "mail/group_invitation/body.txt" "mail/group_invitation/body.html",
    group_left: "mail/group_left/subject.txt" "mail/group_left/body.txt" "mail/group_left/body.html",
    reminder: "mail/reminder/subject.txt" "mail/reminder/body.txt" "mail/reminder/body.html",
    announcement: "mail/announcement/subject.txt" "mail/announcement/body.txt" "mail/announcement/body.html",
    new_event: "mail/new_event/subject.txt" "mail/new_event/body.txt" "mail/new_event/body.html",
    digest: "mail/digest/subject.txt" "mail/digest/body.txt" "mail/digest/body.html",
    invitation: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    invitation_requested: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    request_declined: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    suspended: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    suspension_lifted: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    email_confirmed: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    deletion_planned: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    deletion_waits: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    deletion_done: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    report_received: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    report_decided: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
    reported_decided: "mail/notice/subject.txt" "mail/notice/body.txt" "mail/notice/body.html",
}
