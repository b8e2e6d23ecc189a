//! Members who block each other never see each other (F3): neither their names nor what they write. Each test
//! tries both directions, with a third member who sees everything all the time.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Slug,
    announcements::{Announcement, AnnouncementForm},
    emails::EmailPreference,
    events::EventForm,
    groups::{GroupForm, GroupRole},
};
use store::{StoreError, announcements, blocks, events, groups};
use tests::{Guild, event_form, guild_test};

/// Runs a check without a block, with a block by the first member, with one by the second, and without one
/// again. The check gets whether there is a block.
async fn either_way(g: &Guild, a: &str, b: &str, check: impl AsyncFn(bool)) {
    let (a, b) = (g.actor(a).await, g.actor(b).await);
    check(false).await;
    for (by, whom) in [(&a, &b), (&b, &a)] {
        blocks::block(&g.store, by, whom.member().unwrap()).await.unwrap();
        check(true).await;
        blocks::unblock(&g.store, by, whom.member().unwrap()).await.unwrap();
    }
    check(false).await;
}

/// The sorted addresses that got an email of a kind. Then deletes all emails.
async fn recipients(g: &Guild, kind: &str) -> Vec<String> {
    let rows = g.rows(&format!("SELECT address FROM emails WHERE kind = '{kind}' ORDER BY address")).await;
    g.take_emails().await;
    rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap().replace("@guild.example", "")).collect()
}

fn announcement() -> Announcement {
    let form = AnnouncementForm {
        subject: "Hello".into(),
        message: "Words of Grace’s.".into(),
        segments: vec!["going".into()],
        at: String::new(),
        reply: String::new(),
    };
    form.check().unwrap()
}

async fn email_attendees(g: &Guild, slug: &Slug) -> u32 {
    let grace = g.actor("grace").await;
    announcements::schedule(&g.store, &grace, slug, announcement(), &store::sign_in::new_token())
        .await
        .unwrap();
    g.advance(Duration::minutes(2));
    store::runner::run_due(&g.store).await.unwrap();
    announcements::announcements_page(&g.store, &grace, slug).await.unwrap().listed[0].sent_to
}

#[guild_test]
async fn f3_the_name_of_a_host_is_hidden(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let hosts = async |actor: &Actor| {
        let filter = events::Filter { words: "An evening".into(), ..events::Filter::default() };
        let (cards, _) = events::list(&g.store, actor, &filter, 0).await.unwrap();
        let card = cards.into_iter().find(|card| card.slug == slug).unwrap();
        let own_card = events::my_seats(&g.store, actor).await.unwrap();
        let own_card = own_card.into_iter().find(|card| card.slug == slug).unwrap();
        let page = events::page(&g.store, actor, &slug).await.unwrap();
        assert_eq!((&card.host, &own_card.host), (&page.host, &page.host));
        page.host
    };
    for key in ["mei", "kofi", "grace"] {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    either_way(&g, "mei", "grace", async |blocked| {
        assert_eq!(hosts(&g.actor("mei").await).await.is_none(), blocked);
        for key in ["kofi", "grace"] {
            assert_eq!(hosts(&g.actor(key).await).await.as_deref(), Some("Grace Lindqvist"), "{key}");
        }
        let visit = g.visit(Some("mei"), &format!("/events/{slug}"), Locale::En).await;
        assert_eq!(g.page(&visit).await.html.contains("Grace Lindqvist"), !blocked);
    })
    .await;
    assert_eq!(
        events::page(&g.store, &Actor::Anonymous, &slug).await.unwrap().host.as_deref(),
        Some("Grace Lindqvist")
    );
    g.expect_emails("confirmed=3").await;
}

#[guild_test]
async fn f3_members_of_a_group_do_not_see_each_other(g: Guild) {
    g.demo().await;
    let group = g.night_owls(&[]).await;
    let ada = g.actor("ada").await;
    for key in ["mei", "tomas", "kofi"] {
        let member = g.actor(key).await.member().unwrap();
        groups::add(&g.store, &ada, &group, member, GroupRole::Member).await.unwrap();
    }
    let sees = async |key: &str, name: &str| {
        let (people, _) = groups::people(&g.store, &g.actor(key).await, &group, 0).await.unwrap();
        people.iter().any(|one| one.name == name)
    };
    either_way(&g, "mei", "tomas", async |blocked| {
        assert_eq!(
            (sees("mei", "Tomás Herrera").await, sees("tomas", "Mei Tanaka").await),
            (!blocked, !blocked)
        );
        assert!(sees("kofi", "Mei Tanaka").await && sees("kofi", "Tomás Herrera").await);
        assert!(sees("mei", "Mei Tanaka").await);
    })
    .await;
    // Organisers see everybody, so that they can run the group.
    either_way(&g, "ada", "tomas", async |blocked| {
        assert!(sees("ada", "Tomás Herrera").await);
        assert_eq!(sees("tomas", "Ada Okonkwo").await, !blocked);
    })
    .await;
}

/// Neither member learns of the block: the organiser's counts stay the same.
#[guild_test]
async fn f3_an_announcement_does_not_reach_the_blocked_member(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    for key in ["mei", "kofi"] {
        g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
    }
    g.expect_emails("confirmed").await;
    either_way(&g, "mei", "grace", async |blocked| {
        assert_eq!(email_attendees(&g, &slug).await, 2);
        let to = recipients(&g, "announcement").await;
        assert_eq!(to, if blocked { &["kofi"][..] } else { &["kofi", "mei"] });
    })
    .await;
    // Emails about the event itself reach everybody.
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    blocks::block(&g.store, &mei, grace.member().unwrap()).await.unwrap();
    events::cancel(&g.store, &grace, &slug, "The room is closed.").await.unwrap();
    g.advance(Duration::minutes(2));
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(recipients(&g, "cancelled").await, ["kofi", "mei"]);
}

/// A digest leaves out what the other member wrote before the block.
#[guild_test]
async fn f3_a_digest_leaves_out_what_the_blocked_member_wrote(g: Guild) {
    g.demo().await;
    for key in ["mei", "kofi"] {
        let daily = vec![EmailPreference::check("announcements - daily").unwrap()];
        store::preferences::save(&g.store, &g.actor(key).await, daily).await.unwrap();
    }
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    for (by, whom) in [(&mei, &grace), (&grace, &mei)] {
        let form =
            EventForm { date: (g.now() + Duration::days(9)).date_naive().to_string(), ..event_form(None) };
        let slug = events::create(&g.store, &grace, form.check().unwrap(), &store::sign_in::new_token())
            .await
            .unwrap();
        events::publish(&g.store, &grace, &slug).await.unwrap();
        for key in ["mei", "kofi"] {
            g.rsvp(&g.actor(key).await, &slug, 0).await.unwrap();
        }
        email_attendees(&g, &slug).await;
        blocks::block(&g.store, by, whom.member().unwrap()).await.unwrap();
        g.expect_emails("confirmed").await;
        g.advance(Duration::days(2));
        store::runner::run_due(&g.store).await.unwrap();
        assert_eq!(recipients(&g, "digest").await, ["kofi"]);
        blocks::unblock(&g.store, by, whom.member().unwrap()).await.unwrap();
    }
}

#[guild_test]
async fn f3_requests_and_invitations_do_not_reach_the_blocked_member(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let form = GroupForm {
        name: "Askers".into(),
        kind: "chapter".into(),
        visibility: "public".into(),
        joining: "request".into(),
        ..GroupForm::default()
    };
    let group = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    groups::add(&g.store, &ada, &group, grace.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
    either_way(&g, "mei", "grace", async |blocked| {
        // Organisers are emailed at most once a day about repeated requests.
        g.advance(Duration::days(2));
        groups::request_to_join(&g.store, &mei, &group, "Let me in.").await.unwrap();
        assert_eq!(
            recipients(&g, "join_requested").await,
            if blocked { &["ada"][..] } else { &["ada", "grace"] }
        );
        let inbox = groups::inbox(&g.store, &grace, &group).await.unwrap();
        assert_eq!(inbox.requests.len(), 1, "organisers still see the request on the page");
        groups::withdraw_request(&g.store, &mei, &group).await.unwrap();
        // An invitation by name finds no member, and an invitation to their address sends no email. The
        // response doesn't say why.
        match groups::invite(&g.store, &grace, &group, "Mei Tanaka").await {
            Err(StoreError::Invalid(problems)) => assert!(blocked, "{problems:?}"),
            invited => assert!(!blocked && invited.is_ok()),
        }
        assert_eq!(recipients(&g, "group_invitation").await.len(), usize::from(!blocked));
        groups::invite(&g.store, &grace, &group, "mei@guild.example").await.unwrap();
        assert_eq!(recipients(&g, "group_invitation").await.len(), usize::from(!blocked));
        groups::invite(&g.store, &ada, &group, "kofi@guild.example").await.unwrap();
        assert_eq!(recipients(&g, "group_invitation").await, ["kofi"]);
        g.rows("DELETE FROM group_invitations WHERE group_id IS NOT NULL RETURNING id").await;
        g.rows("DELETE FROM invitation_recipients RETURNING hash").await;
    })
    .await;
}
