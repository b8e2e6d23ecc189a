//! What organisers write to those around an event (C10), and the news of a group's new event.
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
    store::chores::run(&g.store).await.unwrap();
}

fn content(segments: &[Segment]) -> Announcement {
    let names = segments.iter().map(|segment| segment.name().to_owned()).collect();
    let form = AnnouncementForm {
        subject: "Bring a laptop".into(),
        words: "The door is on the left.\n\nRead https://evil.example first.".into(),
        segments: names,
        at: String::new(),
    };
    form.check().unwrap()
}

async fn hold(g: &Guild, who: &Actor, slug: &Slug, content: Announcement) -> Result<(), StoreError> {
    announcements::schedule(&g.store, who, slug, content, &store::sign_in::new_token()).await
}

async fn listed(g: &Guild, slug: &Slug) -> Vec<AnnouncementRow> {
    announcements::announcements_page(&g.store, &g.actor("grace").await, slug).await.unwrap().listed
}

/// To whom announcements went, by address, sorted.
async fn reached(g: &Guild, kind: &str) -> Vec<String> {
    let rows = g.rows(&format!("SELECT address FROM emails WHERE kind = '{kind}'")).await;
    let mut to: Vec<String> = rows.iter().map(|row| row.try_get("", "address").unwrap()).collect();
    to.iter_mut().for_each(|address| *address = address.split('@').next().unwrap().to_owned());
    to.sort();
    to
}

/// The demo, and an event of Grace's with a seat for one: Mei has it, Kofi waits, Leila left.
async fn answered(g: &Guild) -> (Actor, Slug) {
    g.demo().await;
    let slug = g.event(Some(1)).await;
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    let leila = g.actor("leila").await;
    g.rsvp(&leila, &slug, 0).await.unwrap();
    events::leave(&g.store, &leila, &slug).await.unwrap();
    g.clear_emails().await;
    (g.actor("grace").await, slug)
}

/// The demo, and an event of Grace's in a group of Ada, Sofia, Tomas and Mei, who has a seat.
async fn with_group(g: &Guild) -> (Actor, Slug) {
    g.demo().await;
    let people =
        [g.actor("mei").await, g.actor("sofia").await, g.actor("tomas").await, g.actor("grace").await];
    let group = g.night_owls(&people.iter().collect::<Vec<_>>()).await;
    let grace = g.actor("grace").await;
    let form = domain::events::EventForm { group: group.to_string(), ..event_form(None) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "event").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
    g.clear_emails().await;
    (grace, slug)
}

guild_test! {
    /// A key belongs to a form: two posts without one are two announcements.
    async fn c10_an_announcement_without_a_key_is_no_repetition(g: Guild) {
        let (grace, slug) = answered(&g).await;
        for key in ["", "", "same", "same"] {
            announcements::schedule(&g.store, &grace, &slug, content(&[Segment::Waiting]), key).await.unwrap();
        }
        assert_eq!(listed(&g, &slug).await.len(), 3);
        g.clear_emails().await;
    }

    async fn c10_each_segment_is_who_it_says(g: Guild) {
        let (grace, slug) = answered(&g).await;
        let desk = announcements::announcements_page(&g.store, &grace, &slug).await.unwrap();
        assert_eq!(desk.counts, [(Segment::Going, 1), (Segment::Waiting, 1), (Segment::NotGoing, 1)]);
        for (segments, to) in [
            (&[Segment::Going][..], &["mei"][..]),
            (&[Segment::Waiting], &["kofi"]),
            (&[Segment::NotGoing], &["leila"]),
            (&[Segment::Going, Segment::Waiting, Segment::NotGoing], &["kofi", "leila", "mei"]),
        ] {
            g.clear_emails().await;
            hold(&g, &grace, &slug, content(segments)).await.unwrap();
            g.advance(Duration::minutes(2));
            chores(&g).await;
            assert_eq!(reached(&g, "announcement").await, to);
        }
        let latest = &listed(&g, &slug).await[0];
        assert_eq!((latest.state, latest.told), (AnnouncementState::Sent, 3));
    }

    /// Where there is a room and a link, each way of coming can be written to alone.
    async fn c10_the_ways_of_coming_are_written_to_apart(g: Guild) {
        g.demo().await;
        let (grace, form) = (g.actor("grace").await, event_form(Some(1)));
        let form = domain::events::EventForm { join_url: "https://meet.example.org/x".into(), ..form };
        let slug = events::create(&g.store, &grace, form.check().unwrap(), "both").await.unwrap();
        events::publish(&g.store, &grace, &slug).await.unwrap();
        let online = RsvpRequest { guests: 0, mode: Mode::Online };
        g.rsvp(&g.actor("mei").await, &slug, 0).await.unwrap();
        events::rsvp(&g.store, &g.actor("kofi").await, &slug, online).await.unwrap();
        // Leila waits for the room, and is online meanwhile; Sofia only waits.
        let leila = g.actor("leila").await;
        g.rsvp(&leila, &slug, 0).await.unwrap();
        events::also_online(&g.store, &leila, &slug).await.unwrap();
        g.rsvp(&g.actor("sofia").await, &slug, 0).await.unwrap();
        let desk = announcements::announcements_page(&g.store, &grace, &slug).await.unwrap();
        let counts = [(Segment::Going, 2), (Segment::InTheRoom, 1), (Segment::Online, 2), (Segment::Waiting, 2), (Segment::NotGoing, 0)];
        assert_eq!(desk.counts, counts);
        for (segments, to) in [
            (&[Segment::InTheRoom][..], &["mei"][..]),
            (&[Segment::Online], &["kofi", "leila"]),
            (&[Segment::InTheRoom, Segment::Online], &["kofi", "leila", "mei"]),
        ] {
            g.clear_emails().await;
            hold(&g, &grace, &slug, content(segments)).await.unwrap();
            g.advance(Duration::minutes(2));
            chores(&g).await;
            assert_eq!(reached(&g, "announcement").await, to);
        }
        let visit = g.visit(Some("grace"), &format!("/events/{slug}/emails"), Locale::En).await;
        let html = g.page(&visit).await.html;
        assert!(html.contains("Attendees in person (1)") && html.contains("Attendees online (2)"));
    }

    async fn c10_unanswered_are_those_of_the_group(g: Guild) {
        let (grace, slug) = with_group(&g).await;
        let desk = announcements::announcements_page(&g.store, &grace, &slug).await.unwrap();
        assert_eq!(desk.counts[2], (Segment::Unanswered, 4));
        hold(&g, &grace, &slug, content(&[Segment::Unanswered])).await.unwrap();
        g.advance(Duration::minutes(2));
        chores(&g).await;
        assert_eq!(reached(&g, "announcement").await, ["ada", "grace", "sofia", "tomas"]);
        // Only who has a seat is told where to join.
        assert!(g.emails_of("announcement").await.iter().all(|email| email["event"]["join_url"].is_null()));
    }

    async fn c10_it_is_held_and_can_be_changed_or_taken_back(g: Guild) {
        let (grace, slug) = answered(&g).await;
        hold(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
        let first = listed(&g, &slug).await.remove(0);
        assert_eq!(first.state, AnnouncementState::Held);
        let changed = Announcement { subject: "Bring two laptops".into(), ..first.content.clone() };
        announcements::edit(&g.store, &grace, &slug, first.id, changed.clone(), first.version).await.unwrap();
        let stale = announcements::edit(&g.store, &grace, &slug, first.id, changed.clone(), first.version).await;
        assert!(matches!(stale, Err(StoreError::Refused(Refusal::ChangedMeanwhile { version: 2 }))));
        hold(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
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
    }

    async fn c10_it_goes_out_at_a_time_of_the_events_clock(g: Guild) {
        let (grace, slug) = answered(&g).await;
        let at = Some("2026-11-23T09:00:00".parse().unwrap());
        hold(&g, &grace, &slug, Announcement { at, ..content(&[Segment::Going]) }).await.unwrap();
        g.clock.set("2026-11-23T07:59:59Z".parse().unwrap());
        chores(&g).await;
        assert!(g.emails_of("announcement").await.is_empty());
        g.clock.set("2026-11-23T08:00:00Z".parse().unwrap());
        chores(&g).await;
        assert_eq!(g.emails_of("announcement").await.len(), 1, "nine in Berlin");
        let past = Some("2026-11-23T08:00:00".parse().unwrap());
        let past = hold(&g, &grace, &slug, Announcement { at: past, ..content(&[Segment::Going]) }).await;
        assert!(matches!(past, Err(StoreError::Invalid(problems)) if problems[0].field == "at"));
        // After the end there is nobody to bring anything; once it is over, thanks may wait until tomorrow.
        let late = Some("2027-01-01T09:00:00".parse().unwrap());
        let late = Announcement { at: late, ..content(&[Segment::Going]) };
        let refused = hold(&g, &grace, &slug, late.clone()).await;
        assert!(matches!(refused, Err(StoreError::Invalid(problems)) if problems[0].why == Refusal::AfterTheEnd));
        g.clock.set("2026-12-31T08:00:00Z".parse().unwrap());
        hold(&g, &g.actor("grace").await, &slug, late).await.unwrap();
    }

    async fn c10_a_test_goes_to_its_writer_alone(g: Guild) {
        let (grace, slug) = answered(&g).await;
        announcements::send_test(&g.store, &grace, &slug, content(&[Segment::Going])).await.unwrap();
        assert_eq!(reached(&g, "announcement").await, ["grace"]);
        assert!(listed(&g, &slug).await.is_empty());
    }

    async fn c10_five_a_day_are_enough(g: Guild) {
        let (grace, slug) = answered(&g).await;
        for _ in 0..5 {
            hold(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
        }
        let sixth = hold(&g, &grace, &slug, content(&[Segment::Going])).await;
        assert!(matches!(sixth, Err(StoreError::Refused(Refusal::TooManyAnnouncements { max: 5 }))));
        // Another day has its own, and what is taken back does not count.
        let at = Some("2026-11-23T09:00:00".parse().unwrap());
        hold(&g, &grace, &slug, Announcement { at, ..content(&[Segment::Going]) }).await.unwrap();
        let first = listed(&g, &slug).await.pop().unwrap();
        announcements::cancel(&g.store, &grace, &slug, first.id).await.unwrap();
        hold(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
    }

    async fn c10_only_who_may_change_the_event_writes(g: Guild) {
        let (grace, slug) = answered(&g).await;
        hold(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
        let held = listed(&g, &slug).await.remove(0);
        for who in [Actor::Anonymous, g.actor("mei").await, g.actor("ravi").await] {
            assert!(announcements::announcements_page(&g.store, &who, &slug).await.is_err());
            assert!(hold(&g, &who, &slug, content(&[Segment::Going])).await.is_err());
            assert!(announcements::send_test(&g.store, &who, &slug, content(&[Segment::Going])).await.is_err());
            assert!(announcements::cancel(&g.store, &who, &slug, held.id).await.is_err());
            let edit = announcements::edit(&g.store, &who, &slug, held.id, held.content.clone(), 1).await;
            assert!(edit.is_err());
        }
        // An announcement belongs to its event: another event's editor cannot name it.
        let ravi = g.actor("ravi").await;
        let other = events::create(&g.store, &ravi, event_form(None).check().unwrap(), "other").await.unwrap();
        events::publish(&g.store, &ravi, &other).await.unwrap();
        let foreign = announcements::cancel(&g.store, &ravi, &other, held.id).await;
        assert!(matches!(foreign, Err(StoreError::NotFound)));
        assert_eq!(listed(&g, &slug).await.len(), 1);
        // The same key again is the same announcement.
        for _ in 0..2 {
            announcements::schedule(&g.store, &grace, &slug, content(&[Segment::Going]), "key").await.unwrap();
        }
        assert_eq!(listed(&g, &slug).await.len(), 2);
    }

    async fn c5_what_was_to_be_written_goes_with_the_event(g: Guild) {
        let (grace, slug) = answered(&g).await;
        hold(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
        events::cancel(&g.store, &grace, &slug, "").await.unwrap();
        g.advance(Duration::minutes(3));
        chores(&g).await;
        assert!(g.emails_of("announcement").await.is_empty());
        let late = hold(&g, &grace, &slug, content(&[Segment::Going])).await;
        assert!(matches!(late, Err(StoreError::Refused(Refusal::EventCancelled))));
    }

    /// Batches, restarts and two processes at once: each is written to once.
    async fn c10_each_is_written_to_once(g: Guild) {
        g.demo().await;
        let slug = g.event(None).await;
        for who in g.crowd(230).await {
            g.rsvp(&who, &slug, 0).await.unwrap();
        }
        g.clear_emails().await;
        let grace = g.actor("grace").await;
        hold(&g, &grace, &slug, content(&[Segment::Going])).await.unwrap();
        g.advance(Duration::minutes(3));
        let again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
        let (a, b) = futures::join!(store::chores::run(&g.store), store::chores::run(&again));
        a.and(b).unwrap();
        again.close().await;
        chores(&g).await;
        let mut to = reached(&g, "announcement").await;
        assert_eq!(to.len(), 230);
        to.dedup();
        assert_eq!(to.len(), 230);
        // Nobody sees another's address.
        for email in g.emails_of("announcement").await {
            assert!(!email.to_string().contains("guild.example"));
        }
        assert_eq!(listed(&g, &slug).await[0].told, 230);
    }

    /// A10: whoever has left a private group is told nothing of its events any more.
    async fn c10_who_left_a_private_group_hears_nothing_of_it(g: Guild) {
        let (grace, slug) = with_group(&g).await;
        let mei = g.actor("mei").await;
        events::leave(&g.store, &mei, &slug).await.unwrap();
        let all = [Segment::Going, Segment::Waiting, Segment::NotGoing, Segment::Unanswered];
        hold(&g, &grace, &slug, content(&all)).await.unwrap();
        g.advance(Duration::minutes(2));
        chores(&g).await;
        assert_eq!(reached(&g, "announcement").await, ["ada", "grace", "mei", "sofia", "tomas"]);
        let left = "DELETE FROM group_members WHERE group_id = (SELECT id FROM groups WHERE slug = 'night-owls') \
                    AND member_id = (SELECT id FROM members WHERE demo_key = 'mei')";
        g.raw().execute_unprepared(left).await.unwrap();
        for (visibility, to) in
            [("public", &["ada", "grace", "mei", "sofia", "tomas"][..]), ("private", &["ada", "grace", "sofia", "tomas"])]
        {
            let set = format!("UPDATE groups SET visibility = '{visibility}' WHERE slug = 'night-owls'");
            g.raw().execute_unprepared(&set).await.unwrap();
            g.clear_emails().await;
            hold(&g, &grace, &slug, content(&all)).await.unwrap();
            g.advance(Duration::minutes(2));
            chores(&g).await;
            assert_eq!(reached(&g, "announcement").await, to, "{visibility}");
        }
    }

    async fn a_group_hears_of_its_new_event_once(g: Guild) {
        let (grace, slug) = with_group(&g).await;
        for who in ["sofia", "tomas"] {
            let now = vec![domain::emails::EmailPreference::check("new_events - now").unwrap()];
            store::preferences::save(&g.store, &g.actor(who).await, now).await.unwrap();
        }
        chores(&g).await;
        assert!(g.emails_of("new_event").await.is_empty(), "whoever published it too early can take it back");
        events::publish(&g.store, &grace, &slug).await.unwrap();
        g.advance(Duration::minutes(11));
        chores(&g).await;
        chores(&g).await;
        assert_eq!(reached(&g, "new_event").await, ["sofia", "tomas"], "not its maker, not who has answered");
    }

    /// F6: a group that takes an event on later tells its members, each once, and nobody who was told before.
    async fn f6_a_group_that_comes_later_tells_its_members_too(g: Guild) {
        let (grace, slug) = with_group(&g).await;
        let ada = g.actor("ada").await;
        let people = ["sofia", "tomas", "kofi", "leila", "ravi"];
        for who in people {
            let now = vec![domain::emails::EmailPreference::check("new_events - now").unwrap()];
            store::preferences::save(&g.store, &g.actor(who).await, now).await.unwrap();
        }
        // Sofia is in the first group, too; Kofi in both of the later ones.
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
        let told = async |minutes: i64| {
            g.advance(Duration::minutes(minutes));
            chores(&g).await;
            let to = reached(&g, "new_event").await;
            g.clear_emails().await;
            to
        };
        // While the first news wait: still each once.
        accept(&early).await;
        assert_eq!(told(11).await, ["sofia", "tomas"]);
        accept(&one).await;
        accept(&two).await;
        assert!(told(9).await.is_empty(), "who said yes too early can take it back");
        assert_eq!(told(2).await, ["kofi", "leila"], "not Sofia and Tomas, who know, and Kofi once");
        // Saying yes again tells nobody again, and who takes it back in time tells nobody.
        events::answer_cohosting(&g.store, &ada, &two, &slug, false).await.unwrap();
        accept(&two).await;
        let three = later("Three", &["ravi"]).await;
        accept(&three).await;
        events::answer_cohosting(&g.store, &ada, &three, &slug, false).await.unwrap();
        assert!(told(11).await.is_empty());
    }

    async fn c10_the_page_writes_keeps_and_tries(g: Guild) {
        let (_, slug) = answered(&g).await;
        let path = format!("/events/{slug}/emails");
        let visit = g.visit(Some("grace"), &path, Locale::En).await;
        let page = g.page(&visit).await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(page.html.contains("Everyone with a seat (1)"), "the count is shown before");
        let slug = slug.to_string();
        let form = |subject: &'static str, trial: &'static str| {
            [("slug", slug.clone()), ("key", "k".into()), ("subject", subject.into()), ("words", "Hello <b>".into()),
             ("segments[0]", "going".into()), ("trial", trial.into())]
        };
        let send = async |fields: [(&str, String); 6]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
            g.post(&visit, "/api/announcements/schedule", &fields, "text/html").await
        };
        let wrong = send(form("", "")).await;
        assert_eq!((wrong.status.as_u16(), wrong.location.as_str()), (303, path.as_str()));
        let page = g.page(&visit).await;
        assert!(page.html.contains("Hello &lt;b&gt;"), "what was typed is still there");
        let mut alone = form("What to bring", "yes");
        alone[4] = ("segments[0]", String::new());
        let trial = g
            .post(&visit, "/api/announcements/schedule", &alone.iter().filter(|(name, _)| *name != "segments[0]").map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>(), "text/html")
            .await;
        assert!(trial.flash.is_some_and(|flash| flash.is_good()), "a test needs nobody else");
        g.clear_emails().await;
        let trial = send(form("What to bring", "yes")).await;
        assert!(trial.flash.is_some_and(|flash| flash.is_good()));
        assert_eq!(g.emails_of("announcement").await.len(), 1);
        assert!(g.page(&visit).await.html.contains("value=\"What to bring\""), "one goes on writing");
        let held = send(form("What to bring", "")).await;
        assert!(held.flash.is_some_and(|flash| flash.is_good()));
        let page = g.page(&visit).await;
        assert!(page.html.contains("What to bring") && page.html.contains("Cancel email"));
        assert!(!page.html.contains("value=\"What to bring\""), "the form is empty again");
        let id = listed(&g, &Slug::parse(&slug).unwrap()).await[0].id.to_string();
        let edit = g.visit(Some("grace"), &format!("{path}?edit={id}"), Locale::En).await;
        assert!(g.page(&edit).await.html.contains("value=\"What to bring\""));
        let back = g.post(&visit, "/api/announcements/cancel", &[("slug", &slug), ("id", &id)], "text/html").await;
        assert!(back.flash.is_some_and(|flash| flash.is_good()));
        let nobody = g.visit(Some("mei"), &path, Locale::En).await;
        assert_eq!(g.page(&nobody).await.status.as_u16(), 403);
    }
}
