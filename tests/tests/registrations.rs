//! Registration in one step by visitors, and the seats that are held for them (A14).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Refusal, Slug,
    events::{EventForm, Mode, RsvpState},
    members::Address,
    next::with_next,
};
use futures::future::join_all;
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use store::{
    StoreError,
    events::{self, Registration},
    settings::{self, SignUp},
    sign_in::{self, Asker, Browser, EmailRequest, NewSession},
};
use tests::{
    Guild, guild_test,
    portal::{Answer, Portal},
};

/// A visitor who fills in the form on an event page.
struct Visitor {
    address: Address,
    browser: String,
    network: Vec<u8>,
}

impl Visitor {
    /// A visitor with an address, a browser and a network of their own.
    fn new(name: &str) -> Self {
        Self {
            address: Address::parse(&format!("{name}@guild.example")).unwrap(),
            browser: sign_in::new_token(),
            network: name.as_bytes().to_vec(),
        }
    }

    async fn register(&self, g: &Guild, slug: &Slug) -> Result<(), StoreError> {
        let registration = Registration {
            event: slug.clone(),
            name: "Noa Levi".to_owned(),
            mode: Mode::OnSite,
            network: self.network.clone(),
        };
        let request = EmailRequest {
            asker: Asker { hash: self.network.clone(), known: false },
            registration: Some(registration),
            ..EmailRequest::new(&self.address, &self.browser)
        };
        sign_in::request_email(&g.store, request).await
    }

    /// The facts of the newest email to this visitor.
    async fn email(&self, g: &Guild) -> serde_json::Value {
        let newest = format!(
            "SELECT payload FROM emails WHERE kind = 'confirm_seat' AND address = '{}' ORDER BY id DESC LIMIT 1",
            self.address.as_str()
        );
        let payload: String = g.rows(&newest).await[0].try_get("", "payload").unwrap();
        serde_json::from_str(&payload).unwrap()
    }

    /// What the newest email promises.
    async fn reservation(&self, g: &Guild) -> String {
        self.email(g).await["reservation"].as_str().unwrap().to_owned()
    }

    async fn link(&self, g: &Guild) -> String {
        self.email(g).await["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    async fn confirm(&self, g: &Guild) -> Result<NewSession, StoreError> {
        let browser = Browser { token: &self.browser, device: "test" };
        sign_in::by_link(&g.store, &self.link(g).await, browser).await
    }

    async fn state(&self, g: &Guild) -> RsvpState {
        self.confirm(g).await.unwrap().seat.unwrap().unwrap().state
    }
}

async fn going(g: &Guild, slug: &Slug) -> u32 {
    events::seats(&g.store, &Actor::Anonymous, slug).await.unwrap().going
}

/// An event with this many seats, of which only `free` are left.
async fn nearly_full(g: &Guild, capacity: u32, free: u32) -> (Slug, Vec<Actor>) {
    let slug = g.event(Some(capacity)).await;
    let crowd = g.crowd((capacity - free) as usize).await;
    for actor in &crowd {
        g.rsvp(actor, &slug, 0).await.unwrap();
    }
    g.take_emails().await;
    (slug, crowd)
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("not a refusal: {other:?}"),
    }
}

#[guild_test]
async fn a14_a_held_seat_counts_as_taken_and_is_confirmed_by_the_link(g: Guild) {
    g.demo().await;
    let (slug, _) = nearly_full(&g, 2, 1).await;
    let noa = Visitor::new("noa");
    noa.register(&g, &slug).await.unwrap();
    assert_eq!((noa.reservation(&g).await.as_str(), going(&g, &slug).await), ("held", 2));
    let seats =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps WHERE event_id = (SELECT event_id FROM registrations)";
    assert_eq!(g.number(seats).await, 1, "a held seat is no RSVP");
    // A member who comes later doesn't get it.
    let mei = g.actor("mei").await;
    assert_eq!(g.rsvp(&mei, &slug, 0).await.unwrap().state, RsvpState::Waiting);
    let session = noa.confirm(&g).await.unwrap();
    assert_eq!((session.newcomer, going(&g, &slug).await), (false, 2));
    assert_eq!(session.seat.unwrap().unwrap().state, RsvpState::Going);
    let member = store::members::sign_in_session(&g.store, &session.token).await.unwrap().unwrap();
    assert_eq!(member.member.name, "Noa Levi");
    // The hold is used up, so nothing changes when its time is over.
    g.advance(Duration::minutes(16));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(going(&g, &slug).await, 2);
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM registrations").await, 0);
    g.expect_emails("confirm_seat=1 confirmed=1 waitlisted=1").await;
}

/// Negative control: without the hold, the next member gets the seat and the visitor waits.
#[guild_test]
async fn a14_without_the_hold_the_seat_goes_to_the_next_member(g: Guild) {
    g.demo().await;
    let (slug, _) = nearly_full(&g, 2, 1).await;
    let noa = Visitor::new("noa");
    noa.register(&g, &slug).await.unwrap();
    g.raw().execute_unprepared("UPDATE registrations SET is_held = FALSE").await.unwrap();
    let mei = g.actor("mei").await;
    assert_eq!(g.rsvp(&mei, &slug, 0).await.unwrap().state, RsvpState::Going);
    assert_eq!(noa.state(&g).await, RsvpState::Waiting);
    g.expect_emails("confirm_seat=1 confirmed=1 waitlisted=1").await;
}

#[guild_test]
async fn a14_an_expired_hold_serves_the_waitlist(g: Guild) {
    g.demo().await;
    let (slug, _) = nearly_full(&g, 2, 1).await;
    let noa = Visitor::new("noa");
    noa.register(&g, &slug).await.unwrap();
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    assert_eq!(g.rsvp(&mei, &slug, 0).await.unwrap().state, RsvpState::Waiting);
    g.advance(Duration::minutes(14));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(events::page(&g.store, &mei, &slug).await.unwrap().rsvp.unwrap().state, RsvpState::Waiting);
    g.advance(Duration::minutes(1));
    // No job has run yet. Whoever comes now doesn't overtake the waitlist.
    assert_eq!(g.rsvp(&kofi, &slug, 0).await.unwrap().state, RsvpState::Waiting);
    assert_eq!(events::page(&g.store, &mei, &slug).await.unwrap().rsvp.unwrap().state, RsvpState::Going);
    assert_eq!(refusal(noa.confirm(&g).await), Refusal::SignInExpired);
    g.expect_emails("confirm_seat=1 promoted=1 waitlisted=2").await;
}

#[guild_test]
async fn a14_a_job_gives_back_what_expired(g: Guild) {
    g.demo().await;
    let (slug, _) = nearly_full(&g, 2, 1).await;
    Visitor::new("noa").register(&g, &slug).await.unwrap();
    assert_eq!(going(&g, &slug).await, 2);
    g.advance(Duration::minutes(15));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(going(&g, &slug).await, 1);
    // The same at an event that is cancelled meanwhile.
    Visitor::new("adi").register(&g, &slug).await.unwrap();
    events::cancel(&g.store, &g.actor("grace").await, &slug, "").await.unwrap();
    g.advance(Duration::minutes(15));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM registrations").await, 0);
    g.take_emails().await;
}

#[guild_test]
async fn a14_sixty_four_visitors_for_the_last_two_seats(g: Guild) {
    g.demo().await;
    let (slug, _) = nearly_full(&g, 20, 2).await;
    let visitors: Vec<_> = (0..64).map(|n| Visitor::new(&format!("visitor{n}"))).collect();
    let answers = join_all(visitors.iter().map(|visitor| visitor.register(&g, &slug))).await;
    assert!(answers.iter().all(Result::is_ok));
    let held = "SELECT CAST(COUNT(*) AS BIGINT) FROM registrations WHERE is_held";
    assert_eq!((g.number(held).await, going(&g, &slug).await), (2, 20));
    let states = join_all(visitors.iter().map(|visitor| visitor.state(&g))).await;
    assert_eq!(states.iter().filter(|state| **state == RsvpState::Going).count(), 2);
    assert_eq!(states.iter().filter(|state| **state == RsvpState::Waiting).count(), 62);
    assert_eq!(going(&g, &slug).await, 20);
    g.expect_emails("confirm_seat=64 confirmed=2 waitlisted=62").await;
}

#[guild_test]
async fn a14_holds_are_few_and_few_for_each_network(g: Guild) {
    g.demo().await;
    let small = g.event(Some(19)).await;
    for (name, expected) in [("one", "held"), ("two", "not_held")] {
        let visitor = Visitor::new(name);
        visitor.register(&g, &small).await.unwrap();
        assert_eq!(visitor.reservation(&g).await, expected);
    }
    let large = g.event(Some(100)).await;
    for (n, expected) in ["held", "held", "held", "not_held"].into_iter().enumerate() {
        let visitor = Visitor { network: b"office".to_vec(), ..Visitor::new(&format!("colleague{n}")) };
        visitor.register(&g, &large).await.unwrap();
        assert_eq!(visitor.reservation(&g).await, expected);
    }
    // People without a hold still get a free seat, and the same address never has two holds.
    let late = Visitor::new("colleague3");
    late.register(&g, &large).await.unwrap();
    late.register(&g, &large).await.unwrap();
    assert_eq!((late.state(&g).await, going(&g, &large).await), (RsvpState::Going, 4));
    g.expect_emails("confirm_seat=8 confirmed=1").await;
}

/// Somebody who registers with another person's address from a network at its limit doesn't take their hold away.
#[guild_test]
async fn a14_another_registration_for_the_same_address_keeps_its_hold(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(100)).await;
    for n in 0..3 {
        let colleague = Visitor { network: b"office".to_vec(), ..Visitor::new(&format!("colleague{n}")) };
        colleague.register(&g, &slug).await.unwrap();
    }
    let noa = Visitor::new("noa");
    noa.register(&g, &slug).await.unwrap();
    let first = noa.link(&g).await;
    let other = Visitor { network: b"office".to_vec(), ..Visitor::new("noa") };
    other.register(&g, &slug).await.unwrap();
    assert_eq!((other.reservation(&g).await.as_str(), going(&g, &slug).await), ("held", 4));
    // Negative control: the network gets no hold for an address that has none.
    let stranger = Visitor { network: b"office".to_vec(), ..Visitor::new("stranger") };
    stranger.register(&g, &slug).await.unwrap();
    assert_eq!((stranger.reservation(&g).await.as_str(), going(&g, &slug).await), ("not_held", 4));
    let browser = Browser { token: &noa.browser, device: "test" };
    assert!(sign_in::by_link(&g.store, &first, browser).await.unwrap().seat.unwrap().is_ok());
    assert_eq!(going(&g, &slug).await, 4);
    g.expect_emails("confirm_seat=6 confirmed=1").await;
}

/// The same for somebody who registers with another person's address for the other mode of a hybrid event, when no seat
/// there can be held.
#[guild_test]
async fn a14_a_registration_for_the_other_mode_keeps_the_hold(g: Guild) {
    g.demo().await;
    let (slug, grace) = (g.event(Some(10)).await, g.actor("grace").await);
    let event = events::page(&g.store, &grace, &slug).await.unwrap().event;
    let form = EventForm {
        join_url: "https://meet.example.org/evening".into(),
        online_capacity: "10".into(),
        ..event.details.to_form(event.version)
    };
    events::edit(&g.store, &grace, &slug, form.check().unwrap(), event.version).await.unwrap();
    g.take_emails().await;
    let noa = Visitor::new("noa");
    noa.register(&g, &slug).await.unwrap();
    assert_eq!(noa.reservation(&g).await, "held");
    let online = async |visitor: &Visitor| {
        let registration = Registration {
            event: slug.clone(),
            name: "Noa Levi".to_owned(),
            mode: Mode::Online,
            network: visitor.network.clone(),
        };
        let request = EmailRequest {
            asker: Asker { hash: visitor.network.clone(), known: false },
            registration: Some(registration),
            ..EmailRequest::new(&visitor.address, &visitor.browser)
        };
        sign_in::request_email(&g.store, request).await.unwrap();
    };
    // One seat online can be held, and somebody else has it.
    let other = Visitor::new("other");
    online(&other).await;
    assert_eq!(other.reservation(&g).await, "held", "control");
    let attacker = Visitor { network: b"attacker".to_vec(), ..Visitor::new("noa") };
    online(&attacker).await;
    assert_eq!(attacker.reservation(&g).await, "not_held");
    let held = "SELECT CAST(COUNT(*) AS BIGINT) FROM registrations WHERE is_held AND mode = 'on_site'";
    assert_eq!(g.number(held).await, 1);
    g.expect_emails("confirm_seat=3").await;
}

/// The link signs in once more after the seat was confirmed on another device. It doesn't take a seat again that was
/// given up meanwhile.
#[guild_test]
async fn a14_a_link_gives_the_seat_only_once(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(10)).await;
    let noa = Visitor::new("noa");
    noa.register(&g, &slug).await.unwrap();
    let link = noa.link(&g).await;
    assert_eq!(sign_in::confirm_seat(&g.store, &link).await.unwrap().state, RsvpState::Going);
    // Negative control: pressed again, the button says the same.
    assert_eq!(sign_in::confirm_seat(&g.store, &link).await.unwrap().state, RsvpState::Going);
    let member = g.joined(&noa.address).await;
    events::leave(&g.store, &member, &slug).await.unwrap();
    assert_eq!(refusal(sign_in::confirm_seat(&g.store, &link).await), Refusal::SignInExpired);
    assert!(noa.confirm(&g).await.unwrap().seat.is_none());
    assert_eq!(going(&g, &slug).await, 0);
    g.take_emails().await;
}

#[guild_test]
async fn a14_confirming_changes_nothing_for_a_member_who_comes_already(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(10)).await;
    let noa = Visitor::new("noa");
    let member = g.joined(&noa.address).await;
    g.rsvp(&member, &slug, 2).await.unwrap();
    noa.register(&g, &slug).await.unwrap();
    assert_eq!(going(&g, &slug).await, 4);
    let rsvp = noa.confirm(&g).await.unwrap().seat.unwrap().unwrap();
    assert_eq!((rsvp.guests, going(&g, &slug).await), (2, 3));
    g.expect_emails("confirm_seat=1 confirmed=1").await;
}

#[guild_test]
async fn a14_only_open_events_of_open_communities_take_visitors(g: Guild) {
    g.demo().await;
    let (noa, grace) = (Visitor::new("noa"), g.actor("grace").await);
    let edit = async |slug: &Slug, change: fn(&mut EventForm)| {
        let event = events::page(&g.store, &grace, slug).await.unwrap().event;
        let mut form = event.details.to_form(event.version);
        change(&mut form);
        events::edit(&g.store, &grace, slug, form.check().unwrap(), event.version).await.unwrap();
    };
    let by_request = g.event(Some(10)).await;
    edit(&by_request, |form| form.approval = "on".into()).await;
    assert_eq!(refusal(noa.register(&g, &by_request).await), Refusal::SignInFirst);
    let cancelled = g.event(Some(10)).await;
    events::cancel(&g.store, &grace, &cancelled, "").await.unwrap();
    assert_eq!(refusal(noa.register(&g, &cancelled).await), Refusal::EventCancelled);
    let absent = Slug::parse("no-such-event").unwrap();
    assert!(matches!(noa.register(&g, &absent).await, Err(StoreError::NotFound)));
    let slug = g.event(Some(10)).await;
    let member = Visitor::new("known");
    g.joined(&member.address).await;
    settings::set_sign_up(&g.store, SignUp::Invite).await.unwrap();
    assert_eq!(refusal(noa.register(&g, &slug).await), Refusal::InviteOnly);
    // Nothing differs for the address of a member.
    assert_eq!(refusal(member.register(&g, &slug).await), Refusal::InviteOnly);
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM registrations").await, 0);
    g.take_emails().await;
}

const FORM: [(&str, &str); 2] = [("name", "Noa Levi"), ("address", "noa@guild.example")];

/// The observable parts of a response, without values that differ for every request.
fn shape(answer: &Answer) -> (u16, String, usize, Vec<String>) {
    let names = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
    (answer.status, answer.location.clone(), answer.body.len(), names)
}

async fn open(g: &Guild, capacity: u32) -> (Portal, Slug, String) {
    g.demo().await;
    let slug = g.event(Some(capacity)).await;
    let path = format!("/events/{slug}/register");
    (g.portal(&[]).await, slug, path)
}

#[guild_test]
async fn a14_a_stranger_gets_a_seat_in_one_step(g: Guild) {
    let (portal, slug, path) = open(&g, 10).await;
    let (browser, page) = (portal.browser(), format!("/events/{slug}"));
    assert!(browser.get(&page).await.body.contains(&format!("action=\"{path}\"")));
    let answer = browser.post(&path, &FORM).await;
    assert_eq!((answer.status, answer.location), (303, with_next("/sign-in/code", &page)));
    let waiting = browser.get("/sign-in/code").await;
    assert!(
        waiting.body.contains("Check your email") && waiting.body.contains("An evening"),
        "{}",
        waiting.body
    );
    let email = portal.sign_in_email_to("noa@guild.example").await;
    let asked = browser.get(&email.link).await;
    assert!(asked.body.contains("Confirm my seat") && asked.body.contains("An evening"), "{}", asked.body);
    let answer = browser.post(&email.link, &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, page.as_str()));
    let done = browser.get(&page).await;
    assert!(done.body.contains("You have a seat"), "{}", done.body);
    portal.stop().await;
    g.expect_emails("confirm_seat=1 confirmed=1").await;
}

/// The link on a phone confirms the seat without signing in. Opening it changes nothing, and it still signs in the browser
/// that asked for it.
#[guild_test]
async fn a14_the_link_confirms_the_seat_on_another_device(g: Guild) {
    let (portal, slug, path) = open(&g, 10).await;
    let (browser, phone) = (portal.browser(), portal.browser());
    browser.post(&path, &FORM).await;
    let email = portal.sign_in_email_to("noa@guild.example").await;
    let members = "SELECT CAST(COUNT(*) AS BIGINT) FROM members WHERE address_key = 'noa@guild.example'";
    for method in [Method::GET, Method::HEAD, Method::GET] {
        assert_eq!(phone.send(method, &email.link, &[], None).await.status, 200);
    }
    assert_eq!(g.number(members).await, 0);
    for _ in 0..2 {
        let answer = phone.post(&email.link, &[]).await;
        assert!(answer.status == 200 && answer.body.contains("Seat confirmed"), "{}", answer.body);
    }
    assert_eq!((g.number(members).await, going(&g, &slug).await), (1, 1));
    assert_eq!(phone.get("/profile/devices").await.status, 303);
    assert_eq!(browser.post(&email.link, &[]).await.status, 303);
    assert_eq!(browser.get("/profile/devices").await.status, 200);
    // Now it is used up.
    assert_eq!(phone.post(&email.link, &[]).await.location, "/sign-in");
    portal.stop().await;
    g.expect_emails("confirm_seat=1 confirmed=1").await;
}

#[guild_test]
async fn a14_nothing_reveals_whether_an_address_is_known(g: Guild) {
    let (portal, slug, path) = open(&g, 100).await;
    let known = ["member", "suspended", "bouncing", "blocked"];
    for name in known {
        g.joined(&Address::parse(&format!("{name}@guild.example")).unwrap()).await;
    }
    // Through the database, because a suspension sends an email too.
    let suspend = "UPDATE members SET role = 'suspended' WHERE address_key = 'suspended@guild.example'";
    g.raw().execute_unprepared(suspend).await.unwrap();
    let blocked = g.joined(&Address::parse("blocked@guild.example").unwrap()).await;
    let grace = g.actor("grace").await;
    store::blocks::block(&g.store, &grace, blocked.member().unwrap()).await.unwrap();
    let bouncing = Address::parse("bouncing@guild.example").unwrap();
    portal.browser().post("/sign-in", &[("address", "bouncing@guild.example")]).await;
    portal.sign_in_email_to("bouncing@guild.example").await;
    let email = g.email_to("bouncing@guild.example").await;
    assert!(store::suppressions::record_bounce(&g.store, &bouncing, email, "550 5.1.1").await.unwrap());
    g.take_emails().await;
    let mut shapes = Vec::new();
    for name in ["newcomer", "member", "suspended", "bouncing", "blocked"] {
        let (browser, address) = (portal.browser(), format!("{name}@guild.example"));
        let answer = browser.post(&path, &[("name", "Noa Levi"), ("address", &address)]).await;
        let page = browser.get("/sign-in/code").await;
        portal.next_sign_in_email_to(&address, if name == "bouncing" { 2 } else { 1 }).await;
        let text = portal.email_text_to(&address).await;
        let lines = text.lines().filter(|line| !line.contains(name)).count();
        shapes.push((name, shape(&answer), page.body.replace(name, ""), lines, text.contains("Hello")));
    }
    for (name, answer, page, lines, greets) in &shapes {
        assert_eq!((answer, page, lines), (&shapes[0].1, &shapes[0].2, &shapes[0].3), "{name}");
        assert!(!greets, "{name}");
    }
    // Only whoever reads the email finds out. A suspended member is signed in and told why there is no seat.
    let browser = portal.browser();
    browser.post(&path, &[("name", "Noa"), ("address", "suspended@guild.example")]).await;
    let email = portal.next_sign_in_email_to("suspended@guild.example", 2).await;
    assert_eq!(browser.post(&email.link, &[]).await.status, 303);
    assert!(browser.get(&format!("/events/{slug}")).await.body.contains("suspended"));
    assert_eq!(browser.get("/profile/devices").await.status, 200);
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps r JOIN events e ON e.id = r.event_id WHERE e.title = 'An evening'").await, 0);
    portal.stop().await;
    g.expect_emails("confirm_seat=6").await;
}

#[guild_test]
async fn a14_nothing_typed_is_lost(g: Guild) {
    let (portal, slug, path) = open(&g, 10).await;
    let (browser, page) = (portal.browser(), format!("/events/{slug}"));
    let answer = browser.post(&path, &[("name", "Noa Levi"), ("address", "noa@")]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, page.as_str()));
    let again = browser.get(&page).await;
    assert!(
        again.body.contains("value=\"Noa Levi\"") && again.body.contains("value=\"noa@\""),
        "{}",
        again.body
    );
    // Another event's page doesn't show it.
    let other = browser.get(&format!("/events/{}", g.event(Some(3)).await)).await;
    assert!(!other.body.contains("Noa Levi"));
    // Incomplete and malformed forms are no error of ours.
    assert_eq!(browser.post(&path, &[]).await.status, 303);
    assert_eq!(browser.post("/events/no-such-event/register", &FORM).await.status, 404);
    assert_eq!(browser.post("/events/Not%20a%20slug/register", &FORM).await.status, 404);
    // A member has their own form.
    browser.set_cookie("guildhall", &g.session_of("mei").await);
    assert_eq!(browser.post(&path, &FORM).await.location, page);
    portal.stop().await;
    g.expect_emails("").await;
}

#[guild_test]
async fn a14_an_invite_only_community_shows_no_form(g: Guild) {
    let (portal, slug, path) = open(&g, 10).await;
    g.raw().execute_unprepared("UPDATE settings SET sign_up = 'invite'").await.unwrap();
    let browser = portal.browser();
    let page = browser.get(&format!("/events/{slug}")).await;
    assert!(!page.body.contains(&path) && page.body.contains("Sign in to take a seat"), "{}", page.body);
    assert_eq!(browser.post(&path, &FORM).await.location, format!("/events/{slug}"));
    assert!(browser.get(&format!("/events/{slug}")).await.body.contains("need an invitation"));
    portal.stop().await;
}
