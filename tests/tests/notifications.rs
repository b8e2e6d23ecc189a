//! Notifications: a member's own list, the bell, and what they may say (C13, C14).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale, NotificationId, Slug,
    groups::{GroupForm, GroupRole},
    notifications::NotificationPreference,
};
use store::{
    StoreError, blocks, groups, kudos,
    notifications::{self, Notification},
    preferences,
};
use tests::{Guild, guild_test};

const TEXT: &str = "You read my runbook aloud, and then we both laughed and mended it.";

async fn list(g: &Guild, reader: &Actor) -> Vec<Notification> {
    notifications::list(&g.store, reader, None).await.unwrap().notifications
}

/// The newest notification of a kind.
async fn newest(g: &Guild, reader: &Actor, kind: &str) -> Notification {
    list(g, reader).await.into_iter().find(|one| one.kind == kind).unwrap()
}

async fn unread(g: &Guild, key: &str) -> u64 {
    g.visit(Some(key), "/", Locale::En).await.notices.unread
}

/// A private group that Ada organises, with Mei as a member.
async fn private_group(g: &Guild) -> Slug {
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let form = GroupForm {
        name: "Canarygroup".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..GroupForm::default()
    };
    let slug = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    groups::add(&g.store, &ada, &slug, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    groups::set_role(&g.store, &ada, &slug, mei.member().unwrap(), GroupRole::CoOrganiser).await.unwrap();
    slug
}

/// Writes old notifications for a member, the oldest first.
async fn add_old(g: &Guild, actor: &Actor, count: usize) {
    let member = match g.store.engine() {
        store::Engine::Postgres => format!("'{}'", actor.member().unwrap()),
        store::Engine::Sqlite => format!("x'{}'", actor.member().unwrap().0.simple()),
    };
    for n in 0..count {
        let id = match g.store.engine() {
            store::Engine::Postgres => format!("'{}'", uuid::Uuid::now_v7()),
            store::Engine::Sqlite => format!("x'{}'", uuid::Uuid::now_v7().simple()),
        };
        // Several have the same time, so that pages must also tell them apart by their ids.
        let at = format!("2026-01-01T00:{:02}:00+00:00", n / 4);
        let sql = format!(
            "INSERT INTO notifications (id, member_id, kind, link, created_at) \
             VALUES ({id}, {member}, 'report_decided', 'reports', '{at}') RETURNING id"
        );
        g.rows(&sql).await;
    }
}

#[guild_test]
async fn c13_a_member_finds_their_notifications_newest_first(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    assert_eq!(unread(&g, "mei").await, 0);
    private_group(&g).await;
    g.advance(chrono::Duration::minutes(1));
    let id = g.give_kudos(&kofi, &mei, TEXT).await.unwrap();
    let all = list(&g, &mei).await;
    assert_eq!(
        all.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(),
        ["kudos_received", "role_changed"]
    );
    assert_eq!((all[0].by.as_deref(), all[0].title.as_deref()), (Some("Kofi Mensah"), None));
    assert_eq!((all[1].by.as_deref(), all[1].title.as_deref()), (None, Some("Canarygroup")));
    assert!(all.iter().all(|one| one.can_open && !one.is_read));
    assert_eq!(unread(&g, "mei").await, 2);
    let opened = notifications::open(&g.store, &mei, all[0].id).await.unwrap();
    assert_eq!(opened, Some(format!("/kudos/{id}")));
    assert_eq!(unread(&g, "mei").await, 1);
    // Nobody else opens it or marks it as read.
    let other = notifications::open(&g.store, &ines, all[1].id).await;
    assert!(matches!(other, Err(StoreError::NotFound)));
    notifications::mark_read(&g.store, &ines, Some(all[1].id)).await.unwrap();
    notifications::mark_read(&g.store, &ines, None).await.unwrap();
    assert_eq!(unread(&g, "mei").await, 1);
    notifications::mark_read(&g.store, &mei, None).await.unwrap();
    assert_eq!(unread(&g, "mei").await, 0);
    assert!(list(&g, &mei).await.iter().all(|one| one.is_read), "they stay in the list");
    assert!(notifications::list(&g.store, &Actor::Anonymous, None).await.is_err());
    g.expect_emails("kudos_received=1 role_changed=1").await;
}

#[guild_test]
async fn c13_pages_continue_where_the_last_one_ended(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    add_old(&g, &mei, 70).await;
    let (mut after, mut sizes, mut seen): (Option<NotificationId>, Vec<usize>, Vec<_>) = Default::default();
    loop {
        let page = notifications::list(&g.store, &mei, after).await.unwrap();
        sizes.push(page.notifications.len());
        seen.extend(page.notifications.iter().map(|one| (one.at, one.id)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [30, 30, 10]);
    assert!(seen.is_sorted_by(|a, b| a > b), "each one once, the newest first");
    assert_eq!(unread(&g, "mei").await, 70);
    add_old(&g, &mei, 70).await;
    assert_eq!(unread(&g, "mei").await, 100, "the header counts no further than it shows");
    let page = g.page(&g.visit(Some("mei"), "/notifications", Locale::En).await).await.html;
    assert!(page.contains("99+") && page.contains("Notifications, more than 99 unread"), "{page}");
}

/// C13: a notification says nothing about a record that its reader may no longer see.
#[guild_test]
async fn c13_a_notification_hides_what_its_reader_may_no_longer_see(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let html = async || {
        let page = g.page(&g.visit(Some("mei"), "/notifications", Locale::En).await).await.html;
        page.split_once("<main").unwrap().1.to_owned()
    };
    let group = private_group(&g).await;
    let given = g.give_kudos(&kofi, &mei, TEXT).await.unwrap();
    let page = html().await;
    assert!(page.contains("Canarygroup") && page.contains("Kofi Mensah"), "control: {page}");
    groups::remove(&g.store, &ada, &group, mei.member().unwrap()).await.unwrap();
    kudos::retract(&g.store, &kofi, given).await.unwrap();
    let page = html().await;
    assert!(!page.to_lowercase().contains("canarygroup") && !page.contains("Kofi Mensah"), "{page}");
    assert!(page.contains("No longer available"));
    let role = newest(&g, &mei, "role_changed").await;
    assert!(!role.can_open && role.title.is_none());
    assert_eq!(
        notifications::open(&g.store, &mei, role.id).await.unwrap(),
        None,
        "an old form opens nothing"
    );
    // A block hides both people from each other.
    let other = g.give_kudos(&kofi, &mei, &format!("{TEXT} Again.")).await.unwrap();
    assert!(newest(&g, &mei, "kudos_received").await.can_open, "control");
    blocks::block(&g.store, &mei, kofi.member().unwrap()).await.unwrap();
    let blocked = list(&g, &mei).await;
    assert!(blocked.iter().all(|one| one.by.is_none()), "{other}: {blocked:?}");
    g.take_emails().await;
}

/// C13: an invitation names its group although the reader is not a member yet, and no longer once it is revoked.
#[guild_test]
async fn c13_an_invitation_names_a_private_group_while_it_is_open(g: Guild) {
    g.demo().await;
    let (ada, ines) = (g.actor("ada").await, g.actor("ines").await);
    let group = private_group(&g).await;
    groups::invite(&g.store, &ada, &group, "ines@guild.example").await.unwrap();
    let invited = newest(&g, &ines, "group_invitation").await;
    assert_eq!(invited.title.as_deref(), Some("Canarygroup"));
    let opened = notifications::open(&g.store, &ines, invited.id).await.unwrap();
    assert_eq!(opened, Some(format!("/groups/{group}/invitation")));
    groups::decline_invitation(&g.store, &ines, &group).await.unwrap();
    let declined = newest(&g, &ines, "group_invitation").await;
    assert!(declined.title.is_none() && !declined.can_open);
    g.take_emails().await;
}

#[guild_test]
async fn c14_members_turn_categories_of_notifications_off(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let choose = async |text: &str| {
        let choice = NotificationPreference::check(text).unwrap();
        preferences::save_all(&g.store, &mei, Vec::new(), vec![choice]).await.unwrap();
    };
    choose("kudos off").await;
    choose("kudos off").await;
    g.give_kudos(&kofi, &mei, TEXT).await.unwrap();
    assert_eq!(unread(&g, "mei").await, 0);
    assert!(list(&g, &mei).await.is_empty());
    private_group(&g).await;
    assert_eq!(unread(&g, "mei").await, 1, "one's own matters cannot be turned off");
    choose("kudos on").await;
    g.give_kudos(&kofi, &mei, &format!("{TEXT} Again.")).await.unwrap();
    assert_eq!(unread(&g, "mei").await, 2, "control");
    // The email follows its own choice.
    g.expect_emails("kudos_received=2 role_changed=1").await;
}

/// C13, C14: everything works with plain forms.
#[guild_test]
async fn c13_notifications_are_plain_forms(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of("mei").await);
    let empty = browser.get("/notifications").await.body;
    assert!(empty.contains("No notifications yet") && !empty.contains("Mark all as read"), "{empty}");
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let given = g.give_kudos(&kofi, &mei, TEXT).await.unwrap();
    let page = browser.get("/events").await.body;
    assert!(page.contains("Notifications, 1 unread"), "{page}");
    let id = list(&g, &mei).await[0].id.to_string();
    let opened = browser.post("/api/notifications/open", &[("id", &id)]).await;
    let opened = browser.follow(opened, None).await.body;
    assert!(opened.contains(&format!("/kudos/{given}")) && !opened.contains("1 unread"), "{opened}");
    g.give_kudos(&kofi, &mei, &format!("{TEXT} Again.")).await.unwrap();
    let read = browser.post("/api/notifications/read", &[]).await;
    let read = browser.follow(read, None).await.body;
    assert!(read.contains("All notifications marked as read") && !read.contains("Mark as read"), "{read}");
    let form = [("notifications[0]", "kudos off"), ("choices[0]", "kudos - off")];
    let saved = browser.post("/api/members/email_preferences", &form).await;
    let saved = browser.follow(saved, None).await.body;
    assert!(saved.contains("value=\"kudos off\" selected"), "{saved}");
    portal.stop().await;
    g.expect_emails("kudos_received=2").await;
}
