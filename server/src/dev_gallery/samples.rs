//! Sample emails of every kind, with ordinary and hostile data, for the gallery and the snapshot tests.

use chrono::Duration;
use domain::{
    EmailId, GroupId, Instant, Locale, MemberId, RsvpId, Slug, Zone,
    emails::{
        AcceptLink, Email, EventFacts, FreeNow, GivenUp, GroupFacts, Mailing, Recipient, WaitlistReason,
    },
};
use lettre::{Address, message::Mailbox};
use uuid::Uuid;

use crate::links::Links;
use crate::mail::{
    MailConfig,
    render::{RenderError, Rendered, render},
};

/// Text that tries to break out of headers, calendars, templates and pages.
pub const HOSTILE: &str = "<script>alert(1)</script>\"'&\r\nBcc: victim@evil.example\nATTENDEE:mailto:x@evil.example\r\
    END:VEVENT {{ 7*7 }} {% include %} { $title } \u{202E}txt.exe\u{2028}www.evil.example";

/// The path of an invitation's link.
const ACCEPT: &str = "invitations/q5w8zKcX0yqYkq7m3Zr4Ow";

const GROUP: GroupId = GroupId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0004));
const MEMBER: MemberId = MemberId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0003));

fn either(hostile: bool, ordinary: &str) -> String {
    if hostile { HOSTILE } else { ordinary }.to_owned()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap_or_default()
}

fn zone(name: &str) -> Zone {
    name.parse().unwrap_or(Zone::UTC)
}

/// The time at which the samples are posted.
#[must_use]
pub fn now() -> Instant {
    at("2026-11-20T09:00:00Z")
}

/// The configuration of the installation that sends the samples.
///
/// # Errors
/// None in practice, because the sender's address is valid.
pub fn config(hostile: bool) -> Result<MailConfig, RenderError> {
    let community = either(hostile, "Secure Synergy");
    let address = Address::new("guild", "guild.example.org").map_err(|_| RenderError::Address)?;
    Ok(MailConfig {
        smtp: None,
        from: Mailbox::new(Some(community.clone()), address),
        public_url: "https://guild.example.org".to_owned(),
        community,
        links: Links::new(&"the same in every picture of a email".into()),
        mail_reply: false,
    })
}

/// The recipient of the samples.
#[must_use]
pub fn recipient(hostile: bool) -> Recipient {
    Recipient {
        name: either(hostile, "Amara Okafor"),
        address: "amara@example.org".to_owned(),
        zone: zone("Europe/Berlin"),
        locale: Locale::En,
    }
}

/// The event that the samples are about.
#[must_use]
pub fn event(hostile: bool) -> EventFacts {
    let starts_at = at("2026-11-24T18:00:00Z");
    let long = |ordinary: &str| {
        if hostile { format!("{HOSTILE} {}", "very long ".repeat(20)) } else { ordinary.to_owned() }
    };
    let join = if hostile {
        "https://meet.example.org/\r\nATTENDEE:mailto:x@evil.example"
    } else {
        "https://meet.example.org/threats"
    };
    EventFacts {
        uid: RsvpId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0002)),
        slug: Slug::of_title("Threat modelling night", "event"),
        title: long("Threat modelling night: a café of attacks"),
        starts_at,
        ends_at: starts_at + Duration::hours(2),
        zone: zone("Europe/London"),
        place: long("Room 4, 12 Foundry Lane, London"),
        join_url: Some(join.to_owned()),
    }
}

/// One email of each kind, and variants where the text differs. Each has a name for its snapshot.
#[must_use]
pub fn emails(hostile: bool) -> Vec<(&'static str, Email)> {
    let event = event(hostile);
    let was = EventFacts {
        starts_at: at("2026-11-23T23:30:00Z"),
        ends_at: at("2026-11-24T01:00:00Z"),
        place: "Room 2".to_owned(),
        ..event.clone()
    };
    let waiting = EventFacts { join_url: None, ..event.clone() };
    let sign_in = Email::SignIn {
        link: "/sign-in/link/q5w8zKcX0yqYkq7m3Zr4Ow".to_owned(),
        code: "12345678".to_owned(),
        expires_at: now() + Duration::minutes(10),
    };
    let reason = either(hostile, "The speaker is ill.\nWe will find another evening.");
    let changed = |event: &EventFacts, was: &EventFacts, sequence| Email::Rescheduled {
        event: event.clone(),
        was: was.clone(),
        sequence,
    };
    let mailing = |group: Option<GroupFacts>| Mailing { member: MEMBER, group };
    let of_group = || {
        mailing(Some(GroupFacts {
            id: GROUP,
            slug: Slug::of_title("Design guild", "group"),
            name: either(hostile, "Design guild"),
        }))
    };
    let words = either(hostile, "Bring a laptop.\nAnd a charger.\n\nThe door is on the left.");
    // An organiser who sends themself a trial has no RSVP.
    let rsvp_id = |trial: bool| if trial { RsvpId(Uuid::nil()) } else { waiting.uid };
    let announcement = |trial| Email::Announcement {
        id: None,
        event: EventFacts { uid: rsvp_id(trial), ..waiting.clone() },
        from: either(hostile, "Grace Lindqvist"),
        subject: either(hostile, "What to bring"),
        words: words.clone(),
        trial,
        mailing: of_group(),
    };
    let new_event = Email::NewEvent {
        event: waiting.clone(),
        summary: either(hostile, "An evening of attacks on a café."),
        mailing: of_group(),
    };
    let reminder = |hours| Email::Reminder { event: event.clone(), guests: 1, hours, mailing: mailing(None) };
    let digest = |items, more, coming| Email::Digest { items, more, coming, mailing: mailing(None) };
    let rejection = either(hostile, "This one is for people who run a service.\nPlease come to the next.");
    let until = now() + Duration::hours(12);
    let new_requests = |requests, names: &[&str]| Email::NewRequests {
        slug: event.slug.clone(),
        title: event.title.clone(),
        requests,
        names: names.iter().map(|name| either(hostile, name)).collect(),
    };
    let request_waits =
        Email::RequestWaits { slug: event.slug.clone(), title: event.title.clone(), requests: 2 };
    let waitlisted = |position, because, offers| Email::Waitlisted {
        event: waiting.clone(),
        guests: 2,
        position,
        because,
        offers,
        free: None,
    };
    let waitlisted_free = Email::Waitlisted {
        event: waiting.clone(),
        guests: 1,
        position: 2,
        because: WaitlistReason::Full,
        offers: false,
        free: Some(FreeNow { seats: 1, until }),
    };
    let confirmed = |guests, in_line, guests_before| Email::Confirmed {
        event: event.clone(),
        guests,
        sequence: 0,
        in_line,
        guests_before,
    };
    let other_place = EventFacts { place: "Room 2".to_owned(), ..event.clone() };
    let renamed = EventFacts { title: either(hostile, "Attack trees for beginners"), ..event.clone() };
    let promoted = |by_host| Email::Promoted { event: event.clone(), guests: 0, sequence: 1, by_host };
    let cancelled = |reason, sequence| Email::Cancelled { event: waiting.clone(), reason, sequence };
    vec![
        ("sign_in", sign_in),
        ("no_account", Email::NoAccount),
        (
            "prove_address",
            Email::ProveAddress { code: "12345678".to_owned(), expires_at: now() + Duration::days(1) },
        ),
        ("address_changed", Email::AddressChanged),
        ("confirmed", confirmed(1, false, None)),
        ("confirmed_in_line", confirmed(0, true, None)),
        ("confirmed_guests", confirmed(2, false, Some(1))),
        ("confirmed_no_guests", confirmed(0, false, Some(2))),
        ("waitlisted", waitlisted(3, WaitlistReason::Full, false)),
        ("waitlisted_offers", waitlisted(2, WaitlistReason::Full, true)),
        ("waitlisted_free", waitlisted_free),
        ("waitlisted_accepted", waitlisted(1, WaitlistReason::Accepted, false)),
        ("waitlisted_online", waitlisted(2, WaitlistReason::KeepsOnline, false)),
        ("requested", Email::Requested { event: waiting.clone(), guests: 1 }),
        ("approved", Email::Approved { event: event.clone(), guests: 1, sequence: 0 }),
        ("seat_declined", Email::SeatDeclined { event: waiting.clone(), words: rejection }),
        ("seat_declined_silent", Email::SeatDeclined { event: waiting.clone(), words: String::new() }),
        ("new_requests", new_requests(4, &["Kofi Mensah", "Leila Haddad"])),
        ("new_requests_one", new_requests(1, &["Kofi Mensah"])),
        ("request_waits", request_waits),
        ("offer", Email::Offer { event: waiting.clone(), guests: 1, until }),
        ("offer_expired", Email::OfferExpired { event: waiting.clone(), keeps_online: false }),
        ("offer_expired_online", Email::OfferExpired { event: waiting.clone(), keeps_online: true }),
        ("fewer_offered", Email::FewerOffered { event: waiting.clone(), guests: 2, free: 1, until }),
        ("moved_back", Email::MovedBack { event: waiting.clone(), guests: 1, sequence: Some(2) }),
        ("moved_back_held", Email::MovedBack { event: waiting.clone(), guests: 0, sequence: None }),
        ("promoted", promoted(false)),
        ("promoted_by_host", promoted(true)),
        ("left", Email::Left { event: waiting.clone(), sequence: Some(2) }),
        ("left_waiting", Email::Left { event: waiting.clone(), sequence: None }),
        ("rescheduled", changed(&event, &was, Some(3))),
        ("rescheduled_waiting", changed(&waiting, &was, None)),
        ("rescheduled_place", changed(&event, &other_place, Some(3))),
        ("rescheduled_title", changed(&event, &renamed, Some(3))),
        (
            "rescheduled_whole",
            changed(&event, &EventFacts { title: renamed.title.clone(), ..was.clone() }, Some(3)),
        ),
        ("cancelled", cancelled(reason, Some(4))),
        ("cancelled_waiting", cancelled(String::new(), None)),
        ("reinstated", Email::Reinstated { event: event.clone(), was: None, sequence: Some(5) }),
        (
            "reinstated_moved",
            Email::Reinstated { event: event.clone(), was: Some(was.clone()), sequence: Some(5) },
        ),
        ("reinstated_waiting", Email::Reinstated { event: waiting.clone(), was: None, sequence: None }),
        ("reminder", reminder(24)),
        ("reminder_hour", reminder(1)),
        ("announcement", announcement(false)),
        ("announcement_trial", announcement(true)),
        ("new_event", new_event.clone()),
        ("digest", digest(vec![new_event.clone(), announcement(false)], 3, vec![was.clone()])),
        ("digest_short", digest(vec![new_event], 0, Vec::new())),
    ]
    .into_iter()
    .chain(group_emails(hostile, &waiting))
    .collect()
}

fn group_emails(hostile: bool, event: &EventFacts) -> Vec<(&'static str, Email)> {
    let name = either(hostile, "Supply chain");
    let group = GroupFacts { id: GROUP, slug: Slug::of_title("Supply chain", "group"), name };
    let sender = either(hostile, "Grace Lindqvist");
    let words = either(hostile, "I keep our lock files.\nMondays suit me.");
    let later = EventFacts {
        starts_at: event.starts_at + Duration::days(7),
        ends_at: event.ends_at + Duration::days(7),
        ..event.clone()
    };
    let seat = GivenUp { event: event.clone(), sequence: Some(1) };
    let other = RsvpId(Uuid::from_u128(event.uid.0.as_u128() + 1));
    let second = GivenUp { event: EventFacts { uid: other, ..later.clone() }, sequence: Some(3) };
    let place = GivenUp { event: later, sequence: None };
    let decided = |accepted, words| Email::JoinDecided { group: group.clone(), accepted, words };
    let accept = AcceptLink { path: ACCEPT.to_owned(), until: at("2026-12-20T09:00:00Z") };
    let invitation = |link| Email::GroupInvitation {
        group: group.clone(),
        purpose: words.clone(),
        from: sender.clone(),
        link,
    };
    let left = |removed, events| Email::GroupLeft { group: group.clone(), removed, events };
    vec![
        (
            "join_requested",
            Email::JoinRequested { group: group.clone(), name: sender.clone(), words: words.clone() },
        ),
        ("join_decided", decided(true, words.clone())),
        ("join_decided_no", decided(false, String::new())),
        ("group_invitation", invitation(None)),
        ("group_invitation_stranger", invitation(Some(accept))),
        ("group_left", left(false, vec![seat.clone()])),
        ("group_left_several", left(true, vec![seat, second, place])),
        ("group_left_removed", left(true, Vec::new())),
    ]
    .into_iter()
    .chain(notices(hostile))
    .collect()
}

/// The notices: emails that only contain sentences.
fn notices(hostile: bool) -> Vec<(&'static str, Email)> {
    let until = at("2026-12-05T09:00:00Z");
    let text = |ordinary: &str| either(hostile, ordinary);
    let reason = || text("The words were about a person, not about their work.\nWe do not do that here.");
    let decided = |acted, last| Email::ReportDecided { acted, reason: reason(), last };
    let reported = |hidden, acted, last| Email::ReportedDecided { hidden, acted, reason: reason(), last };
    let note = text("You asked about our review evenings.\nCome and see one.");
    let bare = Email::Invitation { by: String::new(), note: String::new(), until, link: ACCEPT.to_owned() };
    vec![
        ("invitation", Email::Invitation { by: text("Ada Okonkwo"), note, until, link: ACCEPT.to_owned() }),
        ("invitation_bare", bare),
        ("invitation_requested", Email::InvitationRequested { member: false }),
        ("invitation_requested_member", Email::InvitationRequested { member: true }),
        ("request_declined", Email::RequestDeclined { words: reason() }),
        ("request_declined_silent", Email::RequestDeclined { words: String::new() }),
        ("suspended", Email::Suspended { reason: reason() }),
        ("suspension_lifted", Email::SuspensionLifted),
        ("email_confirmed", Email::EmailConfirmed),
        ("deletion_planned", Email::DeletionPlanned { at: at("2026-11-27T09:00:00Z") }),
        (
            "deletion_waits",
            Email::DeletionWaits { groups: vec![text("Pipeline champions"), text("Rust guild")] },
        ),
        ("deletion_waits_last", Email::DeletionWaits { groups: Vec::new() }),
        ("deletion_done", Email::DeletionDone),
        ("report_received", Email::ReportReceived { words: reason() }),
        ("report_decided", decided(true, false)),
        ("report_decided_nothing", decided(false, false)),
        ("report_decided_last", decided(false, true)),
        ("reported_decided", reported(true, true, false)),
        ("reported_decided_warned", reported(false, true, false)),
        ("reported_decided_cleared", reported(false, false, true)),
    ]
}

/// Renders a sample as for sending.
///
/// # Errors
/// The same as for [`render`].
pub fn mail(email: &Email, hostile: bool) -> Result<Rendered, RenderError> {
    let id = EmailId(Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0001));
    render(id, email, &recipient(hostile), &config(hostile)?, now())
}
