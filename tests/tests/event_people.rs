//! What hosts do with the people of their events: search, approve several, remove, write to one person, and download
//! the list (A15, C15).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Refusal, Slug,
    events::{EventForm, HostMessageForm, MAX_MESSAGES, Rsvp, RsvpState},
    members::Address,
};
use store::{
    StoreError, blocks, data,
    events::{self, Approved, MoveTo, MovedPeople, PeopleFilter},
};
use tests::{Guild, event_form, guild_test};

/// A published event of Grace's.
async fn event(g: &Guild, change: impl FnOnce(&mut EventForm)) -> Slug {
    let grace = g.actor("grace").await;
    let mut form = event_form(Some(2));
    change(&mut form);
    let key = store::sign_in::new_token();
    let slug = events::create(&g.store, &grace, form.check().unwrap(), &key).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    slug
}

async fn names(g: &Guild, slug: &Slug, words: &str) -> Vec<String> {
    let filter = PeopleFilter { states: RsvpState::ALL.to_vec(), words: words.into() };
    let people = events::people(&g.store, &g.actor("grace").await, slug, &filter, 0).await.unwrap();
    people.people.into_iter().map(|person| person.name).collect()
}

async fn rsvp_of(g: &Guild, who: &Actor, slug: &Slug) -> Rsvp {
    events::page(&g.store, who, slug).await.unwrap().rsvp.unwrap()
}

/// A15: the words must all be in the name.
#[guild_test]
async fn a15_hosts_find_people_by_name(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    for key in ["mei", "kofi", "leila"] {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    assert_eq!(names(&g, &slug, "").await.len(), 3);
    assert_eq!(names(&g, &slug, "mENSAH kofi").await, ["Kofi Mensah"]);
    assert!(names(&g, &slug, "kofi tanaka").await.is_empty());
    assert!(names(&g, &slug, "%").await.is_empty(), "wildcards are letters");
    g.take_emails().await;
}

/// A15: two of three selected people get a seat, the third joins the waitlist, and nobody is asked twice.
#[guild_test]
async fn a15_selected_requests_are_approved_in_their_order(g: Guild) {
    g.demo().await;
    let slug = event(&g, |form| form.approval = "on".into()).await;
    let grace = g.actor("grace").await;
    let crowd = g.crowd(4).await;
    let mut ids = Vec::new();
    for who in &crowd {
        ids.push(g.rsvp(who, &slug, 0).await.unwrap().id);
        g.advance(Duration::seconds(1));
    }
    g.take_emails().await;
    ids.reverse();
    let selected = &ids[1..];
    let refused = events::approve_selected(&g.store, &crowd[0], &slug, selected).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotAllowed)), "{refused}");
    let approved = events::approve_selected(&g.store, &grace, &slug, selected).await.unwrap();
    assert_eq!(approved, Approved { seated: 2, waiting: 1, gone: 0 });
    g.expect_emails("approved=2 waitlisted=1").await;
    for (who, state) in crowd.iter().zip(["going", "going", "waiting", "pending"]) {
        assert_eq!(rsvp_of(&g, who, &slug).await.state.name(), state);
    }
    let again = events::approve_selected(&g.store, &grace, &slug, selected).await.unwrap();
    assert_eq!(again, Approved { gone: 3, ..Approved::default() }, "they were answered before");
    // RSVPs of another event are left alone.
    let other = event(&g, |_| {}).await;
    let none = events::approve_selected(&g.store, &grace, &other, &ids).await.unwrap();
    assert_eq!(none, Approved { gone: 4, ..Approved::default() });
    let nobody = events::approve_selected(&g.store, &grace, &slug, &[]).await.unwrap();
    assert_eq!(nobody, Approved::default(), "control: nobody was selected");
}

/// A15: the seat goes to the waitlist, the email has the reason, and only a host brings the person back.
#[guild_test]
async fn a15_a_removed_person_gets_the_reason_and_the_seat_goes_on(g: Guild) {
    g.demo().await;
    let slug = event(&g, |form| form.capacity = "1".into()).await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let seat = g.rsvp(&mei, &slug, 0).await.unwrap();
    let waiting = g.rsvp(&kofi, &slug, 0).await.unwrap();
    g.take_emails().await;
    let refused = events::remove_person(&g.store, &kofi, &slug, seat.id, "").await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotAllowed)), "{refused}");
    events::remove_person(&g.store, &grace, &slug, seat.id, "The room is too small").await.unwrap();
    let email = &g.emails_of("seat_removed").await[0];
    assert_eq!(email["message"], "The room is too small");
    assert!(email["sequence"].is_number(), "her calendar entry is removed: {email}");
    g.expect_emails("promoted=1 seat_removed=1").await;
    assert_eq!(rsvp_of(&g, &kofi, &slug).await.state, RsvpState::Going);
    events::remove_person(&g.store, &grace, &slug, seat.id, "").await.unwrap();
    let back = g.rsvp(&mei, &slug, 0).await.unwrap_err();
    assert!(matches!(back, StoreError::Refused(Refusal::RequestDeclinedByHost)), "{back}");
    let absent =
        events::remove_person(&g.store, &grace, &slug, domain::RsvpId(grace.member().unwrap().0), "");
    assert!(matches!(absent.await.unwrap_err(), StoreError::NotFound));
    assert_eq!(waiting.state, RsvpState::Waiting, "control: the event was full");
    g.expect_emails("").await;
}

async fn send(g: &Guild, slug: &Slug, to: &Rsvp, reply: &str, key: &str) -> Result<(), StoreError> {
    let form = HostMessageForm { message: "Canarygrass is on the left".into(), reply: reply.into() };
    let grace = g.actor("grace").await;
    events::send_message(&g.store, &grace, slug, to.id, form.check().unwrap(), key).await
}

/// C15: the address is in the email only if the host chose it. A second click sends nothing.
#[guild_test]
async fn c15_a_message_shares_the_hosts_address_only_by_choice(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    let mei = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.take_emails().await;
    send(&g, &slug, &mei, "", "one").await.unwrap();
    send(&g, &slug, &mei, "", "one").await.unwrap();
    assert!(!g.emails_of("host_message").await[0].to_string().contains("grace@"), "hidden by default");
    g.expect_emails("host_message=1").await;
    send(&g, &slug, &mei, "yes", "two").await.unwrap();
    let emails = g.emails_of("host_message").await;
    assert_eq!(emails[0]["reply_to"], "grace@guild.example", "control");
    g.expect_emails("host_message=1").await;
    // Nobody else can write in the name of the event, and a hidden event is absent.
    let form = HostMessageForm { message: "Hello".into(), reply: String::new() }.check().unwrap();
    let kofi = g.actor("kofi").await;
    let refused = events::send_message(&g.store, &kofi, &slug, mei.id, form, "three").await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotAllowed)), "{refused}");
    let audit = g.rows("SELECT audit_id FROM audit_changes WHERE new_value LIKE '%Canarygrass%'").await;
    assert!(audit.is_empty(), "the text is in the email only");
}

/// F3: a block between the two is not mentioned, and nothing is sent.
#[guild_test]
async fn f3_a_message_across_a_block_is_not_sent(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    let seat = g.rsvp(&mei, &slug, 0).await.unwrap();
    send(&g, &slug, &seat, "", "control").await.unwrap();
    g.expect_emails("confirmed=1 host_message=1").await;
    blocks::block(&g.store, &mei, grace.member().unwrap()).await.unwrap();
    send(&g, &slug, &seat, "", "blocked").await.unwrap();
    g.expect_emails("").await;
}

/// C15: there is a limit for a day.
#[guild_test]
async fn c15_messages_are_limited(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    let mei = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    for n in 0..MAX_MESSAGES {
        send(&g, &slug, &mei, "", &n.to_string()).await.unwrap();
    }
    let refused = send(&g, &slug, &mei, "", "too many").await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::SlowDown { .. })), "{refused}");
    g.advance(Duration::hours(24));
    send(&g, &slug, &mei, "", "the next day").await.unwrap();
    g.take_emails().await;
}

/// C15: the message and the address are deleted with the host's account.
#[guild_test]
async fn c15_a_message_is_deleted_with_its_author(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    let mei = g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    send(&g, &slug, &mei, "yes", "one").await.unwrap();
    assert_eq!(g.emails_of("host_message").await.len(), 1, "control");
    data::delete_now(&g.store, &Address::parse("grace@guild.example").unwrap()).await.unwrap();
    assert!(g.emails_of("host_message").await.is_empty());
    g.take_emails().await;
}

/// A15: the file has no addresses and no formulas. Only hosts get it, and the audit log records it.
#[guild_test]
async fn a15_the_list_is_downloaded_without_addresses_and_formulas(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    let formula = "UPDATE members SET name = '=HYPERLINK(1)' WHERE demo_key = 'mei'";
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), formula).await.unwrap();
    let portal = g.portal(&[]).await;
    let path = format!("/events/{slug}/export");
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of("grace").await);
    let table = browser.post(&path, &[]).await;
    assert_eq!((table.status, table.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(table.body.contains("'=HYPERLINK(1),Going,0"), "{}", table.body);
    assert!(!table.body.contains('@'), "{}", table.body);
    let audit = g.rows("SELECT id FROM audit WHERE action = 'event.export_people'").await;
    assert_eq!(audit.len(), 1);
    let other = portal.browser();
    other.set_cookie("guildhall", &g.session_of("kofi").await);
    assert_ne!(other.post(&path, &[]).await.status, 200);
    portal.stop().await;
    g.take_emails().await;
}

/// A15: a large event is read in parts, and nobody is left out or listed twice.
#[guild_test]
async fn a15_a_large_list_is_exported_whole(g: Guild) {
    g.demo().await;
    store::seed::crowd(&g.store, 4_500, 1).await.unwrap();
    store::seed::crowd_rsvps(&g.store, 4_500).await.unwrap();
    let row = &g.rows("SELECT slug FROM events ORDER BY going DESC LIMIT 1").await[0];
    let slug = Slug::parse(&row.try_get::<String>("", "slug").unwrap()).unwrap();
    let all =
        format!("SELECT COUNT(*) FROM rsvps WHERE event_id = (SELECT id FROM events WHERE slug = '{slug}')");
    let all = g.number(&all).await;
    assert!(all > 4_000, "more than one part: {all}");
    let mut export = events::export_people(&g.store, &g.actor("ada").await, &slug).await.unwrap();
    let (mut seen, mut parts) = (std::collections::BTreeSet::new(), 0);
    loop {
        let part = export.next(&g.store).await.unwrap();
        if part.is_empty() {
            break;
        }
        parts += 1;
        seen.extend(part.iter().map(|person| person.rsvp.id.0));
    }
    assert_eq!((i64::try_from(seen.len()).unwrap(), parts), (all, 3));
    g.take_emails().await;
}

/// Name badges have what people show to members, and nothing that a spreadsheet runs.
#[guild_test]
async fn name_badges_have_what_people_show(g: Guild) {
    let hall = crate::board::Hall::new(&g).await;
    let talk = hall.add(&g, "Passkeys", &["Kofi M.", "Nora Quist"]).await;
    hall.place(&g, talk, hall.slot(0, 0)).await;
    hall.release(&g, "").await.unwrap();
    hall.link(&g, talk, "kofi", true).await;
    for key in ["mei", "sofia", "kofi"] {
        g.rsvp(&g.actor(key).await, &hall.event, 0).await.unwrap();
    }
    for sql in [
        "UPDATE members SET name = '=HYPERLINK(1)', headline = 'Shown line' WHERE demo_key = 'mei' RETURNING id",
        "UPDATE members SET headline = 'Canaryline' WHERE demo_key = 'sofia' RETURNING id",
        "UPDATE profiles SET pronouns = 'Canarypronouns', pronouns_audience = 'me' \
         WHERE member_id = (SELECT id FROM members WHERE demo_key = 'mei') RETURNING member_id",
        "UPDATE profiles SET headline_audience = 'me' \
         WHERE member_id = (SELECT id FROM members WHERE demo_key = 'sofia') RETURNING member_id",
        // The host sees everything of their own profile.
        "UPDATE profiles SET pronouns = 'Canaryhost', pronouns_audience = 'me' \
         WHERE member_id = (SELECT id FROM members WHERE demo_key = 'grace') RETURNING member_id",
    ] {
        assert_eq!(g.rows(sql).await.len(), 1, "{sql}");
    }
    let portal = g.portal(&[]).await;
    let path = format!("/events/{}/badges", hall.event);
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of("grace").await);
    let table = browser.post(&path, &[]).await;
    assert_eq!((table.status, table.header("content-type")), (200, "text/csv; charset=utf-8"));
    for row in ["'=HYPERLINK(1),,Shown line,Attendee", "Nora Quist,,,Speaker", ",Host"] {
        assert!(table.body.contains(row), "{row}: {}", table.body);
    }
    assert_eq!(
        table.body.matches("Kofi Mensah,").count(),
        1,
        "a speaker with a seat has one badge: {}",
        table.body
    );
    for hidden in ["Canary", "@"] {
        assert!(!table.body.contains(hidden), "{}", table.body);
    }
    assert_eq!(g.rows("SELECT id FROM audit WHERE action = 'event.export_badges'").await.len(), 1);
    let page = browser.get(&format!("/events/{}/people", hall.event)).await;
    assert!(page.body.contains(&path), "the page has the button");
    // The control: what the member shows is in the table.
    g.rows("UPDATE profiles SET pronouns_audience = 'members' WHERE pronouns = 'Canarypronouns' RETURNING member_id").await;
    assert!(browser.post(&path, &[]).await.body.contains("Canarypronouns"));
    let other = portal.browser();
    other.set_cookie("guildhall", &g.session_of("kofi").await);
    assert_ne!(other.post(&path, &[]).await.status, 200);
    portal.stop().await;
    g.take_emails().await;
}

/// Names on the waitlist with their positions, as hosts see them.
async fn waitlist(g: &Guild, slug: &Slug) -> Vec<(String, Option<u32>)> {
    let filter = PeopleFilter { states: vec![RsvpState::Waiting], words: String::new() };
    let people = events::people(&g.store, &g.actor("grace").await, slug, &filter, 0).await.unwrap();
    people.people.into_iter().map(|person| (person.name, person.position)).collect()
}

/// A16: who fits gets a seat, and the others only if the host says so.
#[guild_test]
async fn a16_selected_people_get_seats_up_to_the_capacity_or_beyond(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    let (grace, crowd) = (g.actor("grace").await, g.crowd(5).await);
    let mut ids = Vec::new();
    for who in &crowd {
        ids.push(g.rsvp(who, &slug, 0).await.unwrap().id);
    }
    g.take_emails().await;
    let give = async |actor: &Actor, over_capacity| {
        events::move_people(&g.store, actor, &slug, &ids, &MoveTo::Seats { over_capacity }).await
    };
    let refused = give(&crowd[0], true).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotAllowed)), "{refused}");
    let full = give(&grace, false).await.unwrap();
    assert_eq!(full, MovedPeople { stayed: 3, ..MovedPeople::default() });
    g.expect_emails("").await;
    let beyond = MoveTo::Seats { over_capacity: true };
    let two = events::move_people(&g.store, &grace, &slug, &ids[3..], &beyond).await.unwrap();
    assert_eq!(two, MovedPeople { seated: 2, ..MovedPeople::default() });
    g.expect_emails("promoted=2").await;
    let states = async || {
        let mut states = Vec::new();
        for who in &crowd {
            states.push(rsvp_of(&g, who, &slug).await.state.name());
        }
        states
    };
    assert_eq!(states().await, ["going", "going", "waiting", "going", "going"]);
    assert_eq!(g.number("SELECT COUNT(*) FROM audit WHERE action = 'rsvp.override'").await, 2);
}

/// A16: a seat goes to the first on the waitlist, and its holder to the end. Nobody moves if the seat would come back.
#[guild_test]
async fn a16_people_move_to_the_end_of_the_waitlist(g: Guild) {
    g.demo().await;
    let slug = event(&g, |_| {}).await;
    let (grace, crowd) = (g.actor("grace").await, g.crowd(4).await);
    let mut ids = Vec::new();
    for who in &crowd {
        ids.push(g.rsvp(who, &slug, 0).await.unwrap().id);
    }
    g.take_emails().await;
    let to_waitlist = async |actor: &Actor, ids: &[domain::RsvpId]| {
        events::move_people(&g.store, actor, &slug, ids, &MoveTo::Waitlist).await
    };
    assert!(to_waitlist(&crowd[1], &ids[..1]).await.is_err());
    let moved = to_waitlist(&grace, &ids[..1]).await.unwrap();
    assert_eq!(moved, MovedPeople { waiting: 1, ..MovedPeople::default() });
    let email = &g.emails_of("moved_back").await[0];
    assert_eq!((email["position"].as_u64(), email["sequence"].as_u64()), (Some(2), Some(1)), "{email}");
    g.expect_emails("moved_back=1 promoted=1").await;
    assert_eq!(rsvp_of(&g, &crowd[2], &slug).await.state, RsvpState::Going);
    assert_eq!(rsvp_of(&g, &crowd[0], &slug).await.state, RsvpState::Waiting);
    // Two wait, so three people would get a seat back.
    let filter = PeopleFilter { states: vec![RsvpState::Going], words: String::new() };
    let people = events::people(&g.store, &grace, &slug, &filter, 0).await.unwrap();
    let going: Vec<_> = people.people.iter().map(|person| person.rsvp.id).collect();
    assert_eq!(
        to_waitlist(&grace, &going).await.unwrap(),
        MovedPeople { waiting: 2, ..MovedPeople::default() }
    );
    g.expect_emails("moved_back=2 promoted=2").await;
    events::leave(&g.store, &crowd[1], &slug).await.unwrap();
    events::leave(&g.store, &crowd[2], &slug).await.unwrap();
    g.take_emails().await;
    let back = to_waitlist(&grace, &ids).await.unwrap_err();
    assert!(matches!(back, StoreError::Refused(Refusal::SeatsComeBack)), "{back}");
    g.expect_emails("").await;
}

/// A16: hosts change the order of the waitlist. The audit log says from where to where, and the first is promoted.
#[guild_test]
async fn a16_hosts_change_the_order_of_the_waitlist(g: Guild) {
    g.demo().await;
    let slug = event(&g, |form| form.capacity = "1".into()).await;
    let grace = g.actor("grace").await;
    let mut waiting = Vec::new();
    for key in ["ada", "mei", "kofi", "leila", "sofia"] {
        waiting.push(g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap());
    }
    g.take_emails().await;
    let order = async || -> Vec<String> {
        let list = waitlist(&g, &slug).await;
        assert!(
            list.iter().enumerate().all(|(at, (_, position))| *position == u32::try_from(at + 1).ok()),
            "{list:?}"
        );
        list.into_iter().map(|(name, _)| name.split(' ').next().unwrap().to_owned()).collect()
    };
    let to = async |actor: &Actor, at: usize, position| {
        events::move_on_waitlist(&g.store, actor, &slug, waiting[at].id, position).await
    };
    assert_eq!(order().await, ["Mei", "Kofi", "Leila", "Sofia"]);
    let refused = to(&g.actor("mei").await, 4, 1).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotAllowed)), "{refused}");
    assert_eq!(to(&grace, 4, 2).await.unwrap(), (4, 2));
    assert_eq!(order().await, ["Mei", "Sofia", "Kofi", "Leila"]);
    assert_eq!(to(&grace, 1, 3).await.unwrap(), (1, 3));
    assert_eq!(order().await, ["Sofia", "Kofi", "Mei", "Leila"]);
    assert_eq!(to(&grace, 2, 900).await.unwrap(), (2, 4), "after the end is the end");
    assert_eq!(order().await, ["Sofia", "Mei", "Leila", "Kofi"]);
    assert_eq!(to(&grace, 2, 4).await.unwrap(), (4, 4), "again changes nothing");
    let seated = to(&grace, 0, 1).await.unwrap_err();
    assert!(matches!(seated, StoreError::Refused(Refusal::NotWaiting)), "{seated}");
    g.expect_emails("").await;
    assert_eq!(g.number("SELECT COUNT(*) FROM audit WHERE action = 'rsvp.reorder'").await, 3);
    events::leave(&g.store, &g.actor("ada").await, &slug).await.unwrap();
    assert_eq!(rsvp_of(&g, &g.actor("sofia").await, &slug).await.state, RsvpState::Going);
    g.expect_emails("left=1 promoted=1").await;
}
