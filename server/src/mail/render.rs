//! From a letter to a whole MIME message. The same letter always gives the same bytes, so one that
//! is sent again is the same mail (C6).

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
    view::{Item, View, end_link},
};

/// A letter as a message.
#[derive(Debug)]
pub struct Rendered {
    /// The message with its envelope.
    pub message: Message,
    /// Its subject, readable.
    pub subject: String,
}

/// Why a letter cannot become a message. None of them changes by trying again.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The address is none.
    #[error("the recipient's address is not valid")]
    Address,
    /// A template failed.
    #[error("a template of this email failed: {0}")]
    Template(#[from] askama::Error),
    /// The message cannot be built.
    #[error("the message cannot be built: {0}")]
    Message(#[from] lettre::error::Error),
    /// A MIME type was refused.
    #[error("the message has a part with an invalid MIME type")]
    Mime(#[from] header::ContentTypeErr),
}

/// Renders a letter for its recipient, in their language and zone. `at` is when it was posted: the
/// Date of the mail and the DTSTAMP of its calendar part.
///
/// # Errors
/// When it can never become a message.
pub fn render(
    id: EmailId,
    email: &Email,
    to: &Recipient,
    config: &MailConfig,
    at: Instant,
) -> Result<Rendered, RenderError> {
    let address: Address = to.address.parse().map_err(|_| RenderError::Address)?;
    // To people who are not members, nothing that somebody typed becomes a link, in plain text neither.
    let typed = if email.is_to_stranger() { clean::unlinked } else { view::as_it_is };
    let plain = view_of(email, to, config, at, typed)?;
    let rich = view_of(email, to, config, at, clean::unlinked)?;
    let subject = clean::short_line(&shape(email, &plain, Part::Subject, "")?, 180);
    let text = clean::wrapped(&shape(email, &plain, Part::Text, &subject)?);
    let html = shape(email, &rich, Part::Html, &clean::unlinked(&subject))?;

    // Nobody who types a title can know the id of the letter it will stand in, so no text can end a part.
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
            // As a file it has another type: two calendar parts would make two entries in some programs.
            let file = Attachment::new("invite.ics".to_owned())
                .body(ics(*part), header::ContentType::parse("application/ics; charset=utf-8")?);
            mixed().multipart(bodies.singlepart(invite)).singlepart(file)
        }
        // An object about one UID each (RFC 5546): none of them is another form of the whole text.
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
    if let Some(mute) = end_link(email, to, config) {
        // A mail program posts there at the press of its own button, which only https makes safe (RFC 8058).
        if mute.starts_with("https://") {
            message = message.header(ListUnsubscribe(mute)).header(ListUnsubscribePost);
        }
    }
    let message = message.multipart(content)?;
    Ok(Rendered { message, subject })
}

/// The view of a letter, and of those that it holds.
fn view_of<'a>(
    email: &Email,
    to: &'a Recipient,
    config: &MailConfig,
    at: Instant,
    quote: fn(&str) -> String,
) -> Result<View<'a>, RenderError> {
    let mut view = View::new(email, to, config, at, quote);
    if let Email::Digest { items, .. } = email {
        for item in items {
            let of_item = View::new(item, to, config, at, quote);
            let subject = clean::short_line(&shape(item, &of_item, Part::Subject, "")?, 180);
            view.items.push(Item { subject, view: of_item });
        }
    }
    Ok(view)
}

/// `List-Unsubscribe`: where one ends mails like this (RFC 2369).
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

/// `List-Unsubscribe-Post`: a mail program may do it for its user, by one POST (RFC 8058).
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

/// A mailbox whose name is one clean line: lettre panics on line ends in it.
fn mailbox(name: Option<&str>, address: Address) -> Mailbox {
    let name = name.map(|name| clean::short_line(name, 100)).filter(|name| !name.is_empty());
    Mailbox::new(name, address)
}

/// `Auto-Submitted: auto-generated` (RFC 3834): no answering machine answers it.
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

/// The three templates of a letter.
#[derive(Clone, Copy)]
enum Part {
    Subject,
    Text,
    Html,
}

macro_rules! shapes {
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

        fn shape(email: &Email, m: &View<'_>, part: Part, subject: &str) -> askama::Result<String> {
            match email.kind() {
                $(stringify!($kind) => match part {
                    Part::Subject => $kind::Subject { m }.render(),
                    Part::Text => $kind::Text { m }.render(),
                    Part::Html => $kind::Html { m, subject }.render(),
                },)+
                // Not reached: a test renders every kind.
                _ => Err(askama::Error::Fmt),
            }
        }
    };
}

shapes! {
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
