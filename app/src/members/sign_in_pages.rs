//! Sign-in by email, code or identity provider, and the setup of a new community.
//!
//! Their forms post to plain routes in `server/src/sign_in`.

use domain::{
    Locale, Refusal, Role,
    events::RsvpState,
    forms::Draft,
    next::{safe_next, with_next},
};
use leptos::prelude::*;
use store::{drafts, settings::Colour, sign_in};

use crate::{
    call::{draft_owner, redirect},
    context::{self, Visit, tr, tr_with, visit},
    error::AppError,
    i18n,
    layout::plain_page,
    ui::{Avatar, Choice, Sheet, Size, Title, ZoneList, conduct_note, load},
};

/// The sign-in page: asks for an email address, or leads to an identity provider.
#[component]
pub fn SignInPage() -> impl IntoView {
    let (visit, store) = (visit(), context::store());
    load(async move {
        let sheet = sheet(&visit, "sign_in").await?;
        let people = if visit.demo { sign_in::demo_members(&store).await? } else { Vec::new() };
        let next = safe_next(&visit.query("next").unwrap_or_default());
        Ok(view! {
            <Title text=tr("sign-in-title") />
            <div class="page narrow">
                <h1>{tr("sign-in-title")}</h1>
                <p class="lead">{tr("sign-in-lead")}</p>
                {signed_in_note(&visit)}
                {sheet.summary()}
                <form method="post" action="/sign-in">
                    {sheet.field("address", "field-address").needed().max(254).complete("email").input("email")}
                    <input type="hidden" name="next" value=next.clone() />
                    <button class="button">{tr("sign-in-send")}</button>
                </form>
                {conduct_note(&visit)}
                {request_link(&visit)}
                {providers(&visit, &next)}
                {demo(people, &next)}
            </div>
        })
    })
}

/// Tells readers that they are already signed in. They may still connect a provider, or switch accounts.
fn signed_in_note(visit: &Visit) -> Option<AnyView> {
    let member = visit.member.as_ref()?;
    let name = if member.name.is_empty() { tr("member-nameless") } else { member.name.clone() };
    Some(
        view! { <p class="help">{tr_with("sign-in-already", &[("name", i18n::quote(name))])}</p> }.into_any(),
    )
}

/// A link to request an invitation, where newcomers need one.
fn request_link(visit: &Visit) -> Option<AnyView> {
    (visit.invite_only && visit.member.is_none()).then(|| {
        let link = view! { <a href="/request-invitation">{tr("home-request")}</a> };
        view! { <p class="help">{tr("sign-in-no-account")} " " {link}</p> }.into_any()
    })
}

fn providers(visit: &Visit, next: &str) -> Option<AnyView> {
    let links = visit
        .providers
        .iter()
        .map(|provider| {
            let to = with_next(&format!("/sign-in/with/{}", provider.key), next);
            let text = tr_with("sign-in-with", &[("provider", i18n::quote(provider.label.clone()))]);
            // Crawlers must not start a sign-in.
            view! { <li><a class="button plain" href=to rel="nofollow">{text}</a></li> }
        })
        .collect_view();
    (!visit.providers.is_empty()).then(|| {
        view! {
            <section class="part">
                <h2>{tr("sign-in-otherwise")}</h2>
                <ul class="choices">{links}</ul>
            </section>
        }
        .into_any()
    })
}

/// Sample members of the demo that are shown at once. The others are folded.
const FIRST_PEOPLE: usize = 12;

fn demo(mut people: Vec<sign_in::DemoMember>, next: &str) -> Option<AnyView> {
    if people.is_empty() {
        return None;
    }
    // Members with more rights come first, because they see more of the portal.
    people.sort_by_key(|person| match person.role {
        Role::Administrator => 0,
        Role::Organiser => 1,
        Role::Member => 2,
        Role::Suspended => 3,
    });
    let rest = people.split_off(people.len().min(FIRST_PEOPLE));
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{tr("sign-in-demo-rest")}</summary>
                {member_buttons(rest, next)}
            </details>
        }
    });
    Some(
        view! {
            <section class="part">
                <h2>{tr("sign-in-demo")}</h2>
                <p>{tr("sign-in-demo-help")}</p>
                {member_buttons(people, next)}
                {rest}
            </section>
        }
        .into_any(),
    )
}

fn member_buttons(people: Vec<sign_in::DemoMember>, next: &str) -> AnyView {
    let forms = people.into_iter().map(|person| {
        view! {
            <li>
                <form method="post" action="/sign-in/demo">
                    <input type="hidden" name="key" value=person.key />
                    <input type="hidden" name="next" value=next.to_owned() />
                    <button class="person">
                        <Avatar name=person.name.clone() size=Size::Small />
                        <span>{person.name} <small>{tr(role_key(person.role))}</small></span>
                    </button>
                </form>
            </li>
        }
    });
    view! { <ul class="choices" role="list">{forms.collect_view()}</ul> }.into_any()
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Member => "role-member",
        Role::Organiser => "role-organiser",
        Role::Administrator => "role-administrator",
        Role::Suspended => "role-suspended",
    }
}

/// Asks for the code from the email. If the member signed in through another tab, this page redirects to
/// `next`.
#[component]
pub fn CodePage() -> impl IntoView {
    let (visit, store) = (visit(), context::store());
    load(async move {
        let next = safe_next(&visit.query("next").unwrap_or_default());
        let pending = sign_in::pending(&store, &visit.browser).await?;
        let body = match pending {
            Some(pending) => code_form(&visit, &pending, &next),
            None if visit.member.is_some() => {
                redirect(&next);
                return Ok(().into_any());
            }
            None => view! { <p>{tr("sign-in-nothing-asked")}</p> }.into_any(),
        };
        let again = with_next("/sign-in", &next);
        let view = view! {
            <Title text=tr("sign-in-code-title") />
            <div class="page narrow">
                <h1>{tr("sign-in-code-title")}</h1>
                {body}
                <p><a href=again>{tr("sign-in-again")}</a></p>
            </div>
        };
        Ok(view.into_any())
    })
}

fn code_form(visit: &Visit, pending: &sign_in::PendingSignIn, next: &str) -> AnyView {
    let sheet = Sheet::filled(domain::forms::Fields::new(), visit.locale);
    let sent_text = tr_with("sign-in-sent", &[("address", i18n::quote(pending.address.shown()))]);
    let mailbox = visit.mailbox.then(|| {
        view! { <p class="help">{tr("site-mailbox")} " " <a href="/dev/mailbox">{tr("site-mailbox-open")}</a></p> }
    });
    let here = with_next("/sign-in/code", next);
    let either_text = match &pending.event {
        Some(event) => tr_with("sign-in-either-seat", &[("event", i18n::quote(event.clone()))]),
        None => tr("sign-in-either"),
    };
    view! {
        <p class="lead">{sent_text}</p>
        <p>{either_text}</p>
        {mailbox}
        <form method="post" action="/sign-in/code">
            <input type="hidden" name="next" value=next.to_owned() />
            {sheet
                .field("code", "field-code")
                .needed()
                .max(20)
                .complete("one-time-code")
                .keyboard("numeric")
                .help("sign-in-code-help")
                .input("text")}
            <button class="button">{tr("sign-in-enter")}</button>
        </form>
        // Continues when the reader returns to this tab. Without scripts, the link below does.
        <script src=format!("{}/waiting.js", visit.assets) async></script>
        <p><a href=here>{tr("sign-in-opened")}</a></p>
        <p class="help">{tr("sign-in-no-email")}</p>
    }
    .into_any()
}

/// What the link in a sign-in email does in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It signs in: this browser requested the email.
    Ready,
    /// It confirms a seat at the event with this title, and signs in (A14).
    ReadyWithSeat(String),
    /// It confirms a seat at the event with this title, and signs nobody in, because another browser requested the
    /// email (A14).
    SeatOnly(String),
    /// It has confirmed a seat or a waitlist position in this browser.
    SeatConfirmed(RsvpState),
    /// It could not confirm a seat, for this reason.
    SeatRefused(Refusal),
    /// Nothing: another browser requested the email. The code can be typed there.
    OtherBrowser,
    /// Nothing: the link was used or has expired.
    Expired,
    /// Nothing: this browser is already signed in.
    SignedIn,
}

/// The page behind the link in a sign-in email, a plain route. Its form posts to the page's own path, so that
/// the secret isn't written into the HTML.
#[must_use]
pub fn link_page(visit: &Visit, state: LinkState) -> String {
    let is_seat = matches!(
        state,
        LinkState::ReadyWithSeat(_)
            | LinkState::SeatOnly(_)
            | LinkState::SeatConfirmed(_)
            | LinkState::SeatRefused(_)
    );
    let title = i18n::text(visit.locale, if is_seat { "confirm-seat-title" } else { "sign-in-title" });
    let (text, locale) = (|key: &str| i18n::text(visit.locale, key), visit.locale);
    let body = match state {
        LinkState::Ready => view! {
            <p class="lead">{text("sign-in-link-ready")}</p>
            <form method="post">
                <button class="button">{text("sign-in-enter")}</button>
            </form>
        }
        .into_any(),
        LinkState::ReadyWithSeat(event) => confirm_form(locale, "confirm-seat-ready", event),
        LinkState::SeatOnly(event) => confirm_form(locale, "confirm-seat-elsewhere", event),
        LinkState::SeatConfirmed(seat) => {
            let key = match seat {
                RsvpState::Waiting => "confirm-seat-waiting",
                RsvpState::Offered => "confirm-seat-held",
                _ => "confirm-seat-done",
            };
            view! {
                <p class="lead" role="status">{text(key)}</p>
                <p>{text("confirm-seat-sign-in")}</p>
                <p><a class="button" href="/events">{text("home-browse")}</a></p>
            }
            .into_any()
        }
        LinkState::SeatRefused(refusal) => view! {
            <p class="lead">{i18n::refusal(locale, &refusal)}</p>
            <p><a class="button" href="/events">{text("home-browse")}</a></p>
        }
        .into_any(),
        LinkState::OtherBrowser => {
            view! { <p class="lead">{i18n::refusal(locale, &Refusal::OtherBrowser)}</p> }.into_any()
        }
        LinkState::Expired => view! {
            <p class="lead">{i18n::refusal(locale, &Refusal::SignInExpired)}</p>
            <p><a class="button" href="/sign-in">{text("sign-in-again")}</a></p>
        }
        .into_any(),
        LinkState::SignedIn => view! {
            <p class="lead">{text("sign-in-done")}</p>
            <p><a class="button" href="/">{text("sign-in-continue")}</a></p>
        }
        .into_any(),
    };
    let heading = title.clone();
    plain_page(visit, &title, view! { <div class="page narrow"><h1>{heading}</h1>{body}</div> })
}

/// The button that confirms a seat. `lead` is a Fluent key.
fn confirm_form(locale: Locale, lead: &str, event: String) -> AnyView {
    view! {
        <p class="lead">{i18n::text_with(locale, lead, &[("event", i18n::quote(event))])}</p>
        <form method="post">
            <button class="button">{i18n::text(locale, "confirm-seat-button")}</button>
        </form>
    }
    .into_any()
}

/// The setup page: names the community and creates its first admin.
#[component]
pub fn SetupPage() -> impl IntoView {
    let (visit, store) = (visit(), context::store());
    load(async move {
        let token = visit.query("token").unwrap_or_default();
        sign_in::setup_open(&store, &token).await?;
        let draft = drafts::find(&store, &draft_owner(&visit), "setup").await?.unwrap_or_else(|| Draft {
            fields: [("sign_up", "invite"), ("colour", "brass")]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into(),
            problems: Vec::new(),
        });
        let sheet = Sheet::new(draft, visit.locale);
        Ok(view! {
            <Title text=tr("setup-title") />
            <div class="page narrow">
                <h1>{tr("setup-title")}</h1>
                <p class="lead">{tr("setup-lead")}</p>
                {sheet.summary()}
                <form method="post" action="/setup">
                    <input type="hidden" name="token" value=token />
                    {sheet
                        .field("community", "field-community")
                        .needed()
                        .max(80)
                        .complete("organization")
                        .help("setup-community-help")
                        .input("text")}
                    {sheet.field("tagline", "setup-tagline").help("help-tagline").max(160).input("text")}
                    {sheet.field("sign_up", "field-sign-up").needed().radios(sign_up_choices())}
                    {sheet.field("colour", "field-colour").needed().help("help-colour").radios(colours())}
                    {sheet.field("name", "setup-name").needed().max(80).complete("name").input("text")}
                    {sheet
                        .field("address", "field-address")
                        .needed()
                        .max(254)
                        .complete("email")
                        .help("setup-address-help")
                        .input("email")}
                    {sheet.field("zone", "field-zone").needed().guessed().list("zones").help("help-own-zone").input("text")}
                    <ZoneList />
                    <button class="button">{tr("setup-save")}</button>
                </form>
            </div>
        })
    })
}

/// The options for who may join the community.
#[must_use]
pub(crate) fn sign_up_choices() -> Vec<Choice> {
    vec![Choice::new("invite", tr("admin-invite-only")), Choice::new("open", tr("admin-open"))]
}

/// The colours that a community can choose.
#[must_use]
pub(crate) fn colours() -> Vec<Choice> {
    let choice = |colour: &Colour| Choice::new(colour.name(), tr(&format!("colour-{}", colour.name())));
    Colour::ALL.iter().map(choice).collect()
}

/// A form with the draft that this browser saved, if any.
pub(crate) async fn sheet(visit: &Visit, form: &str) -> Result<Sheet, AppError> {
    let draft = drafts::find(&context::store(), &draft_owner(visit), form).await?;
    Ok(Sheet::new(draft.unwrap_or_default(), visit.locale))
}
