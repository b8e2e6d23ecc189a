//! Names that are no longer visible: events that moved into a private group, groups that were left, and members
//! who now hide their name. Every page and email checks again what its reader may see now.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Role, Slug, Zone,
    announcements::AnnouncementForm,
    emails::{EmailCategory, EmailPreference},
    events::EventForm,
    groups::{GroupForm, GroupRole},
    members::ProfileInput,
};
use store::{StoreError, admin, announcements, blocks, data, events, groups, members, preferences};
use tests::{Guild, event_form, guild_test};

const CANARY: &str = "xanthorhiza";

/// A group with these members, organised by Ada.
async fn group(g: &Guild, name: &str, visibility: &str, with: &[&Actor]) -> Slug {
    let ada = g.actor("ada").await;
    let form = GroupForm {
        name: name.into(),
        kind: "chapter".into(),
        visibility: visibility.into(),
        ..GroupForm::default()
    };
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    for actor in with {
        groups::add(&g.store, &ada, &slug, actor.member().unwrap(), GroupRole::Member).await.unwrap();
    }
    slug
}

/// A published event of a group.
async fn event_of(g: &Guild, host: &Actor, group: &Slug, title: &str) -> Slug {
    let form = EventForm { title: title.into(), group: group.to_string(), ..event_form(None) };
    let slug = events::create(&g.store, host, form.check().unwrap(), title).await.unwrap();
    events::publish(&g.store, host, &slug).await.unwrap();
    slug
}

async fn leave(g: &Guild, actor: &Actor, group: &Slug) {
    groups::remove(&g.store, &Actor::Operator, group, actor.member().unwrap()).await.unwrap();
}

async fn group_id(g: &Guild, actor: &Actor, slug: &Slug) -> domain::GroupId {
    let choices = preferences::mine(&g.store, actor).await.unwrap();
    choices.groups.iter().find(|group| group.slug == *slug).unwrap().id
}

/// Deletes all other RSVPs, so that this is the only event that members share.
async fn keep_only_event(g: &Guild, event: &Slug) {
    let others = format!("(SELECT id FROM events WHERE slug <> '{event}')");
    for sql in [
        format!("DELETE FROM rsvps WHERE event_id IN {others}"),
        format!(
            "UPDATE events SET going = 0, waiting = 0, online_going = 0, online_waiting = 0 WHERE id IN {others}"
        ),
    ] {
        sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &sql).await.unwrap();
    }
}

/// Moves the clock by two days, so that digests are due in every time zone.
async fn two_days(g: &Guild) {
    g.advance(Duration::days(2));
    store::runner::run_due(&g.store).await.unwrap();
}

/// Security report 7: items in a digest are shown only to members who may see them when it is sent.
#[guild_test]
async fn a_digest_does_not_reveal_an_event_that_moved_into_a_private_group(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let open = group(&g, "Open house", "public", &[&mei, &kofi]).await;
    let inner = group(&g, "Inner circle", "private", &[&kofi]).await;
    for actor in [&mei, &kofi] {
        preferences::save(&g.store, actor, vec![EmailPreference::check("announcements - daily").unwrap()])
            .await
            .unwrap();
    }
    let form = EventForm {
        date: "2026-12-01".into(),
        title: CANARY.into(),
        group: open.to_string(),
        ..event_form(None)
    };
    let event = events::create(&g.store, &ada, form.check().unwrap(), "k").await.unwrap();
    events::publish(&g.store, &ada, &event).await.unwrap();
    let form = AnnouncementForm {
        subject: CANARY.into(),
        message: "All".into(),
        segments: vec!["unanswered".into()],
        at: String::new(),
        reply: String::new(),
    };
    announcements::schedule(&g.store, &ada, &event, form.check().unwrap(), "k").await.unwrap();
    g.advance(Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    let waits = |actor: &Actor| {
        format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM digest_items WHERE payload LIKE '%{CANARY}%' AND {}",
            is("member_id", &g, actor)
        )
    };
    for actor in [&mei, &kofi] {
        assert_eq!(g.number(&waits(actor)).await, 2, "control: both emails wait for the digest");
    }
    let now = events::page(&g.store, &ada, &event).await.unwrap().event;
    let moved = EventForm { group: inner.to_string(), ..now.details.to_form(now.version) };
    events::edit(&g.store, &ada, &event, moved.check().unwrap(), now.version).await.unwrap();
    g.expect_emails("announcement").await;
    two_days(&g).await;
    let digest_mentions = async |actor: &Actor| {
        let all = g.emails_of("digest").await;
        let own_emails =
            all.iter().filter(|email| email["mailing"]["member"] == actor.member().unwrap().to_string());
        own_emails.filter(|email| email.to_string().contains(CANARY)).count()
    };
    assert_eq!(
        (digest_mentions(&mei).await, digest_mentions(&kofi).await),
        (0, 1),
        "the control belongs to both groups"
    );
    g.expect_emails("digest=1 reminder=10").await;
}

/// Security report 7: a seat at a past event is kept after leaving the group, but the event becomes
/// invisible.
#[guild_test]
async fn a_former_member_does_not_see_past_private_events_on_profiles(g: Guild) {
    g.demo().await;
    let (mei, sofia, kofi) = (g.actor("mei").await, g.actor("sofia").await, g.actor("kofi").await);
    let inner = group(&g, "Inner circle", "private", &[&mei, &sofia, &kofi]).await;
    let event = event_of(&g, &g.actor("ada").await, &inner, CANARY).await;
    for actor in [&mei, &sofia, &kofi] {
        g.rsvp(actor, &event, 0).await.unwrap();
    }
    g.advance(Duration::days(10));
    leave(&g, &mei, &inner).await;
    members::save_visibility(&g.store, &sofia, vec!["events:members".to_owned()]).await.unwrap();
    members::save_visibility(&g.store, &mei, vec!["events:members".to_owned()]).await.unwrap();
    keep_only_event(&g, &event).await;
    let sofias = members::myself(&g.store, &sofia).await.unwrap().slug;
    let shared = async |actor: &Actor| {
        let page = members::page(&g.store, actor, &sofias).await.unwrap();
        page.events.iter().any(|event| event.title == CANARY)
    };
    assert!(shared(&kofi).await, "control: a member of the group sees the shared event");
    assert!(!shared(&mei).await);
    // The filter for shared events doesn't find the former member either.
    let filter = members::Filter { shares: Some(members::Shares::Event), ..Default::default() };
    let found = async |actor: &Actor| members::directory(&g.store, actor, &filter, 0).await.unwrap().total;
    assert_eq!((found(&kofi).await, found(&mei).await), (2, 0), "Kofi shares it with Mei and Sofia");
    g.expect_emails("confirmed=3 group_left=1").await;
}

/// Security report 7: neither an old link nor the page of email preferences shows the new name of a group
/// that was left.
#[guild_test]
async fn email_preferences_do_not_reveal_the_name_of_a_group_that_was_left(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let inner = group(&g, "Inner circle", "private", &[&mei, &kofi]).await;
    let id = group_id(&g, &mei, &inner).await;
    let choice = EmailPreference::check(&format!("announcements {inner} weekly")).unwrap();
    preferences::save(&g.store, &mei, vec![choice]).await.unwrap();
    leave(&g, &mei, &inner).await;
    let now = groups::page(&g.store, &ada, &inner).await.unwrap();
    let renamed = GroupForm { name: CANARY.into(), ..now.details.to_form(now.version) };
    groups::edit(&g.store, &ada, &inner, renamed.check().unwrap(), now.version).await.unwrap();
    let link = async |actor: &Actor| {
        preferences::subscription(&g.store, actor.member().unwrap(), Some(id), EmailCategory::Announcements)
            .await
    };
    assert_eq!(link(&kofi).await.unwrap().group.as_deref(), Some(CANARY), "control");
    assert!(matches!(link(&mei).await, Err(StoreError::NotFound)));
    let absent = preferences::subscription(
        &g.store,
        mei.member().unwrap(),
        Some(domain::GroupId(uuid::Uuid::now_v7())),
        EmailCategory::Announcements,
    )
    .await;
    assert!(matches!(absent, Err(StoreError::NotFound)), "hidden and missing records get the same response");
    let off = domain::emails::Delivery::Off;
    assert!(matches!(
        preferences::subscribe(&g.store, mei.member().unwrap(), Some(id), EmailCategory::Announcements, off)
            .await,
        Err(StoreError::NotFound)
    ));
    let named = async |actor: &Actor| {
        preferences::mine(&g.store, actor).await.unwrap().groups.iter().any(|group| group.name == CANARY)
    };
    assert_eq!((named(&kofi).await, named(&mei).await), (true, false));
    g.expect_emails("group_left=1").await;
}

/// A data export doesn't contain the host's events in a private group that the host has left.
#[guild_test]
async fn a_data_export_does_not_contain_hidden_events_that_the_member_hosts(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let inner = group(&g, "Inner circle", "private", &[]).await;
    groups::add(&g.store, &ada, &inner, mei.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
    let event = event_of(&g, &mei, &inner, CANARY).await;
    let hosted = async || {
        let copy = data::copy_of(&g.store, &mei).await.unwrap();
        let table = copy.tables.into_iter().find(|table| table.name == "events").unwrap();
        (table.rows.len(), serde_json::to_string(&table.rows).unwrap().contains(CANARY))
    };
    let before = hosted().await;
    assert!(before.1, "control");
    assert!(events::page(&g.store, &mei, &event).await.is_ok());
    leave(&g, &mei, &inner).await;
    assert_eq!(
        hosted().await,
        (before.0, false),
        "the export names the event's link to her, but not its content"
    );
    g.expect_emails("group_left=1").await;
}

/// Emails to many people only go to those who may see the event now.
#[guild_test]
async fn a_former_administrator_gets_no_reminder_about_hidden_events(g: Guild) {
    g.demo().await;
    let (ada, kofi) = (g.actor("ada").await, g.actor("kofi").await);
    let mei = g.actor("mei").await.member().unwrap();
    let inner = group(&g, "Inner circle", "private", &[&kofi]).await;
    let event = event_of(&g, &ada, &inner, CANARY).await;
    admin::set_role(&g.store, &ada, mei, Role::Administrator).await.unwrap();
    for actor in [&g.actor("mei").await, &kofi] {
        g.rsvp(actor, &event, 0).await.unwrap();
    }
    admin::set_role(&g.store, &ada, mei, Role::Member).await.unwrap();
    g.expect_emails("confirmed").await;
    g.advance(Duration::days(2) + Duration::hours(12));
    store::runner::run_due(&g.store).await.unwrap();
    let reminded: Vec<_> =
        g.emails_of("reminder").await.into_iter().filter(|email| email["event"]["title"] == CANARY).collect();
    assert_eq!(reminded.len(), 1, "Kofi, the control: {reminded:?}");
    g.expect_emails("reminder").await;
    assert_eq!(events::cancel(&g.store, &ada, &event, "").await.unwrap(), 1);
}

/// Security report 14 for invitations: a pending invitation doesn't name a member who has hidden their name
/// since.
#[guild_test]
async fn a_pending_invitation_does_not_name_a_member_with_a_hidden_name(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let inner = group(&g, "Inner circle", "private", &[]).await;
    groups::invite(&g.store, &ada, &inner, "Mei Tanaka").await.unwrap();
    let grace = g.actor("grace").await;
    groups::add(&g.store, &ada, &inner, grace.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
    let to = async || groups::inbox(&g.store, &grace, &inner).await.unwrap().invitations.remove(0).to;
    assert_eq!(to().await.as_deref(), Some("Mei Tanaka"), "control");
    members::save_visibility(&g.store, &mei, vec!["name:me".to_owned()]).await.unwrap();
    assert_eq!(to().await, None);
    let visit = g.visit(Some("grace"), &format!("/groups/{inner}/members"), Locale::En).await;
    assert!(g.page(&visit).await.html.contains("Member with a hidden name"));
    g.expect_emails("group_invitation=1").await;
}

/// Security report 14: blocking a member doesn't reveal a name that they hide, or their new name.
#[guild_test]
async fn a_member_with_a_hidden_name_can_be_blocked_without_revealing_it(g: Guild) {
    g.demo().await;
    let (mei, tomas) = (g.actor("mei").await, g.actor("tomas").await);
    blocks::block(&g.store, &mei, tomas.member().unwrap()).await.unwrap();
    let profile = ProfileInput::check(CANARY, Zone::UTC.name(), "en", "", &["developer".into()]).unwrap();
    members::save_profile(&g.store, &tomas, profile).await.unwrap();
    let name_is_shown = async || {
        let visit = g.visit(Some("mei"), "/profile/data", Locale::En).await;
        let copy = data::copy_of(&g.store, &mei).await.unwrap();
        let copy = app::data::copy::document(&visit, &copy);
        (g.page(&visit).await.html.contains(CANARY), copy.contains(CANARY))
    };
    assert_eq!(
        name_is_shown().await,
        (true, false),
        "control: the page shows a visible name, the export names nobody else"
    );
    members::save_visibility(&g.store, &tomas, vec!["name:me".to_owned()]).await.unwrap();
    assert_eq!(name_is_shown().await, (false, false));
    let my_blocks = blocks::list(&g.store, &mei).await.unwrap();
    assert_eq!((my_blocks.len(), &my_blocks[0].name), (1, &None), "she can still unblock him");
    blocks::unblock(&g.store, &mei, my_blocks[0].id).await.unwrap();
    assert!(blocks::list(&g.store, &mei).await.unwrap().is_empty());
}

/// An SQL condition that a column holds the member's id.
fn is(column: &str, g: &Guild, actor: &Actor) -> String {
    let id = actor.member().unwrap().0;
    match g.store.engine() {
        store::Engine::Sqlite => format!("{column} = x'{}'", id.simple()),
        store::Engine::Postgres => format!("{column} = '{id}'"),
    }
}
