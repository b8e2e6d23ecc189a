//! Emails from organisers to the people of an event (C10), and the email about a group's new event.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Refusal, Slug,
    announcements::{Announcement, AnnouncementForm, AnnouncementState, Segment},
    events::{Mode, RsvpRequest},
    groups::GroupRole,
};
use sea_orm::ConnectionTrait as _;
use store::{
    StoreError,
    announcements::{self, AnnouncementRow},
    events,
};
use tests::{Guild, event_form, guild_test};

async fn chores(g: &Guild) {
    store::runner::run_due(&g.store).await.unwrap();
}

fn content(segments: &[Segment]) -> Announcement {
    let names = segments.iter().map(|segment| segment.name().to_owned()).collect();
    let form = AnnouncementForm {
        subject: "Bring a laptop".into(),
        message: "The door is on the left.\n\nRead https://evil.example first.".into(),
        segments: names,
        at: String::new(),
        reply: String::new(),
    };
    form.check().unwrap()
}

async fn schedule(g: &Guild, actor: &Actor, slug: &Slug, content: Announcement) -> Result<(), StoreError> {
    announcements::schedule(&g.store, actor, slug, content, &store::sign_in::new_token()).await
}

async fn listed(g: &Guild, slug: &Slug) -> Vec<AnnouncementRow> {
    announcements::announcements_page(&g.store, &g.actor("grace").await, slug).await.unwrap().listed
}

/// The local parts of the addresses that got an email of this kind, sorted.
async fn recipients(g: &Guild, kind: &str) -> Vec<String> {
    let rows = g.rows(&format!("SELECT address FROM emails WHERE kind = '{kind}'")).await;
    let mut to: Vec<String> = rows.iter().map(|row| row.try_get("", "address").unwrap()).collect();
    to.iter_mut().for_each(|address| *address = address.split('@').next().unwrap().to_owned());
    to.sort();
    to
}

/// The demo, and an event of Grace's with one seat: Mei is going, Kofi is on the waitlist, Leila left.
async fn event_with_rsvps(g: &Guild) -> (Actor, Slug) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    let leila = g.actor("leila").await;
    g.rsvp(&leila, &slug, 0).await.unwrap();
    events::leave(&g.store, &leila, &slug).await.unwrap();
    g.expect_emails("confirmed left waitlisted").await;
    (g.actor("grace").await, slug)
}

/// The demo, and an event of Grace's in a group of Ada, Sofia, Tomas and Mei. Mei is going.
async fn event_in_group(g: &Guild) -> (Actor, Slug) {
    g.demo().await;
    let people =
        [g.actor("mei").await, g.actor("sofia").await, g.actor("tomas").await, g.actor("grace").await];
    let group = g.night_owls(&people.iter().collect::<Vec<_>>()).await;
    let grace = g.actor("grace").await;
    let form = domain::events::EventForm { group: group.to_string(), ..event_form(None) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "event").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.expect_emails("confirmed").await;
    (grace, slug)
}

/// The key makes a repeated form harmless. Two posts without a key are two announcements.
#[guild_test]
async fn c10_announcements_without_a_key_are_separate(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    for key in ["", "", "same", "same"] {
        announcements::schedule(&g.store, &grace, &slug, content(&[Segment::Waiting]), key).await.unwrap();
    }
    assert_eq!(listed(&g, &slug).await.len(), 3);
}

#[guild_test]
async fn c10_each_segment_reaches_the_right_people(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    let page_data = announcements::announcements_page(&g.store, &grace, &slug).await.unwrap();
    assert_eq!(page_data.counts, [(Segment::Going, 1), (Segment::Waiting, 1), (Segment::NotGoing, 1)]);
    for (segments, to) in [
        (&[Segment::Going][..], &["mei"][..]),
        (&[Segment::Waiting], &["kofi"]),
        (&[Segment::NotGoing], &["leila"]),
        (&[Segment::Going, Segment::Waiting, Segment::NotGoing], &["kofi", "leila", "mei"]),
    ] {
        g.take_emails().await;
        schedule(&g, &grace, &slug, content(segments)).await.unwrap();
        g.advance(Duration::minutes(2));
        chores(&g).await;
        assert_eq!(recipients(&g, "announcement").await, to);
    }
    let latest = &listed(&g, &slug).await[0];
    assert_eq!((latest.state, latest.sent_to), (AnnouncementState::Sent, 3));
    g.expect_emails("announcement=3").await;
}

/// At a hybrid event, people in person and people online can be emailed separately.
#[guild_test]
async fn c10_people_in_person_and_online_can_be_emailed_separately(g: Guild) {
    g.demo().await;
    let (grace, form) = (g.actor("grace").await, event_form(Some(1)));
    let form = domain::events::EventForm { join_url: "https://meet.example.org/x".into(), ..form };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "both").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    let online = RsvpRequest { guests: 0, mode: Mode::Online };
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    events::rsvp(&g.store, &g.actor("kofi").await, &slug, online).await.unwrap();
    // Leila waits for the room and is online until then. Sofia only waits.
    let leila = g.actor("leila").await;
    g.rsvp(&leila, &slug, 0).await.unwrap();
    events::also_online(&g.store, &leila, &slug).await.unwrap();
    g.rsvp(&g.actor("sofia").await, &slug, 0).await.unwrap();
    let page_data = announcements::announcements_page(&g.store, &grace, &slug).await.unwrap();
    let counts = [
        (Segment::Going, 2),
        (Segment::InTheRoom, 1),
        (Segment::Online, 2),
        (Segment::Waiting, 2),
        (Segment::NotGoing, 0),
    ];
    assert_eq!(page_data.counts, counts);
    for (segments, to) in [
        (&[Segment::InTheRoom][..], &["mei"][..]),
        (&[Segment::Online], &["kofi", "leila"]),
        (&[Segment::InTheRoom, Segment::Online], &["kofi", "leila", "mei"]),
    ] {
        g.take_emails().await;
        schedule(&g, &grace, &slug, content(segments)).await.unwrap();
        g.advance(Duration::minutes(2));
        chores(&g).await;
        assert_eq!(recipients(&g, "announcement").await, to);
    }
    let visit = g.visit(Some("grace"), &format!("/events/{slug}/emails"), Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("Attendees in person (1)") && html.contains("Attendees online (2)"));
    g.expect_emails("announcement=3").await;
}

#[guild_test]
async fn c10_people_without_an_rsvp_are_members_of_the_group(g: Guild) {
    let (grace, slug) = event_in_group(&g).await;
    let page_data = announcements::announcements_page(&g.store, &grace, &slug).await.unwrap();
    assert_eq!(page_data.counts[2], (Segment::Unanswered, 4));
    schedule(&g, &grace, &slug, content(&[Segment::Unanswered])).await.unwrap();
    g.advance(Duration::minutes(2));
    chores(&g).await;
    assert_eq!(recipients(&g, "announcement").await, ["ada", "grace", "sofia", "tomas"]);
    // Only people with a seat get the link to join.
    assert!(g.emails_of("announcement").await.iter().all(|email| email["event"]["join_url"].is_null()));
    g.expect_emails("announcement=4").await;
}

#[guild_test]
async fn c10_an_announcement_waits_and_can_be_changed_or_cancelled(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    schedule(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    let first = listed(&g, &slug).await.remove(0);
    assert_eq!(first.state, AnnouncementState::Held);
    let changed = Announcement { subject: "Bring two laptops".into(), ..first.content.clone() };
    announcements::edit(&g.store, &grace, &slug, first.id, changed.clone(), first.version).await.unwrap();
    let stale = announcements::edit(&g.store, &grace, &slug, first.id, changed.clone(), first.version).await;
    assert!(matches!(stale, Err(StoreError::Refused(Refusal::ChangedMeanwhile { version: 2 }))));
    schedule(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    let second = listed(&g, &slug).await.remove(0);
    for _ in 0..2 {
        announcements::cancel(&g.store, &grace, &slug, second.id).await.unwrap();
    }
    g.advance(Duration::minutes(3));
    chores(&g).await;
    chores(&g).await;
    let emails = g.emails_of("announcement").await;
    assert_eq!(emails.len(), 1);
    assert_eq!(emails[0]["subject"], "Bring two laptops");
    let gone = announcements::cancel(&g.store, &grace, &slug, first.id).await;
    assert!(matches!(gone, Err(StoreError::Refused(Refusal::AnnouncementGone))));
    let gone = announcements::edit(&g.store, &grace, &slug, first.id, changed, 3).await;
    assert!(matches!(gone, Err(StoreError::Refused(Refusal::AnnouncementGone))));
    g.expect_emails("announcement=1").await;
}

#[guild_test]
async fn c10_an_announcement_is_scheduled_in_the_events_time_zone(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    let at = Some("2026-11-23T09:00:00".parse().unwrap());
    schedule(&g, &grace, &slug, Announcement { at, ..content(&[Segment::Going]) }).await.unwrap();
    g.clock.set("2026-11-23T07:59:59Z".parse().unwrap());
    chores(&g).await;
    assert!(g.emails_of("announcement").await.is_empty());
    g.clock.set("2026-11-23T08:00:00Z".parse().unwrap());
    chores(&g).await;
    assert_eq!(g.emails_of("announcement").await.len(), 1, "nine in Berlin");
    let past = Some("2026-11-23T08:00:00".parse().unwrap());
    let past = schedule(&g, &grace, &slug, Announcement { at: past, ..content(&[Segment::Going]) }).await;
    assert!(matches!(past, Err(StoreError::Invalid(problems)) if problems[0].field == "at"));
    // Before the event, it cannot be scheduled for after the end. After the event, a thank-you email may
    // wait until tomorrow.
    let late = Some("2027-01-01T09:00:00".parse().unwrap());
    let late = Announcement { at: late, ..content(&[Segment::Going]) };
    let refused = schedule(&g, &grace, &slug, late.clone()).await;
    assert!(matches!(refused, Err(StoreError::Invalid(problems)) if problems[0].why == Refusal::AfterTheEnd));
    g.clock.set("2026-12-31T08:00:00Z".parse().unwrap());
    schedule(&g, &g.actor("grace").await, &slug, late).await.unwrap();
    g.expect_emails("announcement=1 reminder=10").await;
}

#[guild_test]
async fn c10_a_test_email_goes_only_to_its_author(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    announcements::send_test(&g.store, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    assert_eq!(recipients(&g, "announcement").await, ["grace"]);
    assert!(listed(&g, &slug).await.is_empty());
    g.expect_emails("announcement=1").await;
}

#[guild_test]
async fn c10_five_announcements_a_day_are_the_limit(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    for _ in 0..5 {
        schedule(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    }
    let sixth = schedule(&g, &grace, &slug, content(&[Segment::Going])).await;
    assert!(matches!(sixth, Err(StoreError::Refused(Refusal::TooManyAnnouncements { max: 5 }))));
    // The limit is counted by day, and cancelled emails don't count.
    let at = Some("2026-11-23T09:00:00".parse().unwrap());
    schedule(&g, &grace, &slug, Announcement { at, ..content(&[Segment::Going]) }).await.unwrap();
    let first = listed(&g, &slug).await.pop().unwrap();
    announcements::cancel(&g.store, &grace, &slug, first.id).await.unwrap();
    schedule(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
}

#[guild_test]
async fn c10_only_people_who_can_edit_the_event_email_attendees(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    schedule(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    let waiting = listed(&g, &slug).await.remove(0);
    for actor in [Actor::Anonymous, g.actor("mei").await, g.actor("ravi").await] {
        assert!(announcements::announcements_page(&g.store, &actor, &slug).await.is_err());
        assert!(schedule(&g, &actor, &slug, content(&[Segment::Going])).await.is_err());
        assert!(announcements::send_test(&g.store, &actor, &slug, content(&[Segment::Going])).await.is_err());
        assert!(announcements::cancel(&g.store, &actor, &slug, waiting.id).await.is_err());
        let edit = announcements::edit(&g.store, &actor, &slug, waiting.id, waiting.content.clone(), 1).await;
        assert!(edit.is_err());
    }
    // An announcement belongs to its event. The editor of another event cannot change it.
    let ravi = g.actor("ravi").await;
    let other = events::create(&g.store, &ravi, event_form(None).check().unwrap(), "other").await.unwrap();
    events::publish(&g.store, &ravi, &other).await.unwrap();
    let foreign = announcements::cancel(&g.store, &ravi, &other, waiting.id).await;
    assert!(matches!(foreign, Err(StoreError::NotFound)));
    assert_eq!(listed(&g, &slug).await.len(), 1);
    // The same key is the same announcement.
    for _ in 0..2 {
        announcements::schedule(&g.store, &grace, &slug, content(&[Segment::Going]), "key").await.unwrap();
    }
    assert_eq!(listed(&g, &slug).await.len(), 2);
}

#[guild_test]
async fn c5_a_cancelled_event_drops_its_scheduled_announcements(g: Guild) {
    let (grace, slug) = event_with_rsvps(&g).await;
    schedule(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    events::cancel(&g.store, &grace, &slug, "").await.unwrap();
    g.advance(Duration::minutes(3));
    chores(&g).await;
    assert!(g.emails_of("announcement").await.is_empty());
    let late = schedule(&g, &grace, &slug, content(&[Segment::Going])).await;
    assert!(matches!(late, Err(StoreError::Refused(Refusal::EventCancelled))));
    g.expect_emails("cancelled=2").await;
}

/// C10: the author's address is in an email only if they chose it, and then as the address for replies.
#[guild_test]
async fn c10_replies_reach_the_author_by_choice_only(g: Guild) {
    g.demo().await;
    let (grace, slug) = (g.actor("grace").await, g.event(None).await);
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.expect_emails("confirmed").await;
    let shares = Announcement { shares_address: true, ..content(&[Segment::Going]) };
    for (content, shown) in [(content(&[Segment::Going]), false), (shares, true)] {
        announcements::send_test(&g.store, &grace, &slug, content.clone()).await.unwrap();
        schedule(&g, &grace, &slug, content).await.unwrap();
        assert_eq!(listed(&g, &slug).await[0].content.shares_address, shown);
        // Another editor changes neither choice: the address isn't theirs.
        let edited = Announcement { shares_address: !shown, ..listed(&g, &slug).await[0].content.clone() };
        let row = listed(&g, &slug).await.remove(0);
        let ada = g.actor("ada").await;
        announcements::edit(&g.store, &ada, &slug, row.id, edited.clone(), row.version).await.unwrap();
        assert_eq!(listed(&g, &slug).await[0].content.shares_address, shown);
        // Control: the author can.
        announcements::edit(&g.store, &grace, &slug, row.id, edited, row.version + 1).await.unwrap();
        assert_ne!(listed(&g, &slug).await[0].content.shares_address, shown);
        announcements::edit(&g.store, &grace, &slug, row.id, row.content, row.version + 2).await.unwrap();
        g.advance(Duration::minutes(3));
        chores(&g).await;
        let sent = g.emails_of("announcement").await;
        // The test says the same as the email to the attendees.
        assert_eq!(sent.len(), 2);
        assert!(
            sent.iter().all(|email| email.to_string().contains("grace@guild.example") == shown),
            "{sent:?}"
        );
        g.take_emails().await;
    }
}

/// Batches, restarts and two processes at once: each recipient gets one email.
#[guild_test]
async fn c10_each_recipient_gets_one_email(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    for actor in g.crowd(230).await {
        g.rsvp(&actor, &slug, 0).await.unwrap();
    }
    g.expect_emails("confirmed").await;
    let grace = g.actor("grace").await;
    schedule(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    g.advance(Duration::minutes(3));
    let again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
    let (a, b) = futures::join!(store::runner::run_due(&g.store), store::runner::run_due(&again));
    a.and(b).unwrap();
    again.close().await;
    chores(&g).await;
    let mut to = recipients(&g, "announcement").await;
    assert_eq!(to.len(), 230);
    to.dedup();
    assert_eq!(to.len(), 230);
    // No recipient sees another recipient's address.
    for email in g.emails_of("announcement").await {
        assert!(!email.to_string().contains("guild.example"));
    }
    assert_eq!(listed(&g, &slug).await[0].sent_to, 230);
    g.expect_emails("announcement=230").await;
}

/// A10: a member who left a private group gets no more emails about its events.
#[guild_test]
async fn c10_former_members_of_a_private_group_get_no_emails_about_it(g: Guild) {
    let (grace, slug) = event_in_group(&g).await;
    let mei = g.actor("mei").await;
    events::leave(&g.store, &mei, &slug).await.unwrap();
    let all = [Segment::Going, Segment::Waiting, Segment::NotGoing, Segment::Unanswered];
    schedule(&g, &grace, &slug, content(&all)).await.unwrap();
    g.advance(Duration::minutes(2));
    chores(&g).await;
    assert_eq!(recipients(&g, "announcement").await, ["ada", "grace", "mei", "sofia", "tomas"]);
    let left = "DELETE FROM group_members WHERE group_id = (SELECT id FROM groups WHERE slug = 'night-owls') \
                AND member_id = (SELECT id FROM members WHERE demo_key = 'mei')";
    g.raw().execute_unprepared(left).await.unwrap();
    for (visibility, to) in [
        ("public", &["ada", "grace", "mei", "sofia", "tomas"][..]),
        ("private", &["ada", "grace", "sofia", "tomas"]),
    ] {
        let set = format!("UPDATE groups SET visibility = '{visibility}' WHERE slug = 'night-owls'");
        g.raw().execute_unprepared(&set).await.unwrap();
        g.take_emails().await;
        schedule(&g, &grace, &slug, content(&all)).await.unwrap();
        g.advance(Duration::minutes(2));
        chores(&g).await;
        assert_eq!(recipients(&g, "announcement").await, to, "{visibility}");
    }
    g.expect_emails("announcement=4").await;
}

#[guild_test]
async fn members_of_a_group_are_notified_of_a_new_event_once(g: Guild) {
    let (grace, slug) = event_in_group(&g).await;
    for actor in ["sofia", "tomas"] {
        let now = vec![domain::emails::EmailPreference::check("new_events - now").unwrap()];
        store::preferences::save(&g.store, &g.actor(actor).await, now).await.unwrap();
    }
    chores(&g).await;
    assert!(g.emails_of("new_event").await.is_empty(), "publishing too early can be undone");
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.advance(Duration::minutes(11));
    chores(&g).await;
    chores(&g).await;
    assert_eq!(
        recipients(&g, "new_event").await,
        ["sofia", "tomas"],
        "neither the host nor people with an RSVP"
    );
    g.expect_emails("new_event=2").await;
}

/// F6: a group that joins as co-host later notifies its members. Each member is notified once across the
/// groups.
#[guild_test]
async fn f6_a_later_co_host_notifies_its_members_too(g: Guild) {
    let (grace, slug) = event_in_group(&g).await;
    let ada = g.actor("ada").await;
    let people = ["sofia", "tomas", "kofi", "leila", "ravi"];
    for actor in people {
        let now = vec![domain::emails::EmailPreference::check("new_events - now").unwrap()];
        store::preferences::save(&g.store, &g.actor(actor).await, now).await.unwrap();
    }
    // Sofia is in the first group, too. Kofi is in both of the later ones.
    let later = async |name: &str, members: &[&str]| {
        let group = store::groups::create(&g.store, &ada, tests::group_details(name), "").await.unwrap();
        for key in members {
            let member = g.actor(key).await.member().unwrap();
            store::groups::add(&g.store, &ada, &group, member, GroupRole::Member).await.unwrap();
        }
        group
    };
    let (early, one) = (later("Early", &["sofia"]).await, later("One", &["sofia", "kofi"]).await);
    let two = later("Two", &["kofi", "leila", "tomas"]).await;
    let accept = async |group: &Slug| {
        events::invite_cohost(&g.store, &grace, &slug, group).await.unwrap();
        events::answer_cohosting(&g.store, &ada, group, &slug, true).await.unwrap();
    };
    let newly_notified = async |minutes: i64| {
        g.advance(Duration::minutes(minutes));
        chores(&g).await;
        let to = recipients(&g, "new_event").await;
        g.take_emails().await;
        to
    };
    // While the first emails wait, each member still gets only one.
    accept(&early).await;
    assert_eq!(newly_notified(11).await, ["sofia", "tomas"]);
    accept(&one).await;
    accept(&two).await;
    assert!(newly_notified(9).await.is_empty(), "accepting too early can be undone");
    assert_eq!(
        newly_notified(2).await,
        ["kofi", "leila"],
        "Sofia and Tomas know already, and Kofi gets one email"
    );
    // Accepting again notifies nobody again, and an undone acceptance notifies nobody.
    events::answer_cohosting(&g.store, &ada, &two, &slug, false).await.unwrap();
    accept(&two).await;
    let three = later("Three", &["ravi"]).await;
    accept(&three).await;
    events::answer_cohosting(&g.store, &ada, &three, &slug, false).await.unwrap();
    assert!(newly_notified(11).await.is_empty());
}

#[guild_test]
async fn c10_the_page_schedules_edits_and_tests_an_email(g: Guild) {
    let (_, slug) = event_with_rsvps(&g).await;
    let path = format!("/events/{slug}/emails");
    let visit = g.visit(Some("grace"), &path, Locale::En).await;
    let page = g.page(&visit).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.html.contains("Everyone with a seat (1)"), "the form shows the number of recipients");
    let slug = slug.to_string();
    let form = |subject: &'static str, test_send: &'static str| {
        [
            ("slug", slug.clone()),
            ("key", "k".into()),
            ("subject", subject.into()),
            ("message", "Hello <b>".into()),
            ("segments[0]", "going".into()),
            ("test", test_send.into()),
        ]
    };
    let send = async |fields: [(&str, String); 6]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        g.post(&visit, "/api/announcements/schedule", &fields, "text/html").await
    };
    let wrong = send(form("", "")).await;
    assert_eq!((wrong.status.as_u16(), wrong.location.as_str()), (303, path.as_str()));
    let page = g.page(&visit).await;
    assert!(page.html.contains("Hello &lt;b&gt;"), "a refused form keeps its text");
    let mut alone = form("What to bring", "yes");
    alone[4] = ("segments[0]", String::new());
    let test_send = g
        .post(
            &visit,
            "/api/announcements/schedule",
            &alone
                .iter()
                .filter(|(name, _)| *name != "segments[0]")
                .map(|(name, text)| (*name, text.as_str()))
                .collect::<Vec<_>>(),
            "text/html",
        )
        .await;
    assert!(test_send.flash.is_some_and(|flash| flash.is_good()), "a test email needs no recipients");
    g.expect_emails("announcement").await;
    let test_send = send(form("What to bring", "yes")).await;
    assert!(test_send.flash.is_some_and(|flash| flash.is_good()));
    assert_eq!(g.emails_of("announcement").await.len(), 1);
    assert!(g.page(&visit).await.html.contains("value=\"What to bring\""), "a test email keeps the draft");
    let waiting = send(form("What to bring", "")).await;
    assert!(waiting.flash.is_some_and(|flash| flash.is_good()));
    let page = g.page(&visit).await;
    assert!(page.html.contains("What to bring") && page.html.contains("Cancel email"));
    assert!(!page.html.contains("value=\"What to bring\""), "a sent form is empty again");
    let id = listed(&g, &Slug::parse(&slug).unwrap()).await[0].id.to_string();
    let edit = g.visit(Some("grace"), &format!("{path}?edit={id}"), Locale::En).await;
    assert!(g.page(&edit).await.html.contains("value=\"What to bring\""));
    let back =
        g.post(&visit, "/api/announcements/cancel", &[("slug", &slug), ("id", &id)], "text/html").await;
    assert!(back.flash.is_some_and(|flash| flash.is_good()));
    let nobody = g.visit(Some("mei"), &path, Locale::En).await;
    assert_eq!(g.page(&nobody).await.status.as_u16(), 403);
    g.expect_emails("announcement=1").await;
}
