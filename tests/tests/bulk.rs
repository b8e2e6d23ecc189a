//! Changes of several members at once by an admin (F12).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, MemberId, Refusal, Role,
    rights::{BulkAction, LeftOut, MAX_SELECTED},
};
use store::{Engine, StoreError, admin};
use tests::{Guild, guild_test};

async fn id(g: &Guild, key: &str) -> MemberId {
    g.actor(key).await.member().unwrap()
}

async fn role(g: &Guild, ada: &Actor, id: MemberId) -> Role {
    admin::person(&g.store, ada, id).await.unwrap().person.role
}

async fn audited(g: &Guild, action: &str) -> i64 {
    g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = '{action}'")).await
}

/// F12
#[guild_test]
async fn f12_each_selected_member_is_suspended_audited_and_emailed(g: Guild) {
    g.demo().await;
    g.take_emails().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let both = [id(&g, "kofi").await, id(&g, "sofia").await];
    let all = [both[0], both[1], id(&g, "ada").await];
    let reason = "They shared the guest list.";
    let change =
        async |actor: &Actor, action| admin::change_selected(&g.store, actor, &all, action, reason).await;
    for by in [mei, Actor::Anonymous] {
        assert!(matches!(change(&by, BulkAction::Suspend).await, Err(StoreError::Refused(_))));
    }
    assert_ne!(role(&g, &ada, both[0]).await, Role::Suspended, "control");
    let why = async |action| {
        let people = admin::selected(&g.store, &ada, &all, action).await.unwrap();
        people.into_iter().filter_map(|(_, why)| why).collect::<Vec<_>>()
    };
    assert_eq!(why(BulkAction::Suspend).await, [LeftOut::Oneself]);
    assert_eq!(change(&ada, BulkAction::Suspend).await.unwrap(), 2);
    for id in both {
        assert_eq!(role(&g, &ada, id).await, Role::Suspended);
    }
    assert_eq!(role(&g, &ada, all[2]).await, Role::Administrator);
    assert_eq!(audited(&g, "member.suspend").await, 2);
    assert_eq!(g.emails_of("suspended").await.len(), 2);
    // Sent twice, it changes nothing more.
    assert_eq!(change(&ada, BulkAction::Suspend).await.unwrap(), 0);
    assert_eq!(audited(&g, "member.suspend").await, 2);
    assert_eq!(change(&ada, BulkAction::Lift).await.unwrap(), 2);
    assert_ne!(role(&g, &ada, both[0]).await, Role::Suspended);
    assert_eq!(audited(&g, "member.lift_suspension").await, 2);
    g.take_emails().await;
}

/// F12
#[guild_test]
async fn f12_the_last_admin_keeps_their_role(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let grace = g.actor("grace").await;
    admin::set_role(&g.store, &ada, grace.member().unwrap(), Role::Administrator).await.unwrap();
    let grace = g.actor("grace").await;
    let (ada_id, grace_id) = (ada.member().unwrap(), grace.member().unwrap());
    let remove =
        async |by: Actor, of| admin::change_selected(&g.store, &by, &[of], BulkAction::RemoveRole, "").await;
    // Both at once: one of them is the last, or acts with a session that ended.
    let (one, other) = futures::join!(remove(ada, grace_id), remove(grace, ada_id));
    assert_eq!(one.unwrap_or(0) + other.unwrap_or(0), 1);
    let admins = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members WHERE role = 'administrator'").await;
    assert!(admins >= 1, "{admins}");
    g.take_emails().await;
}

/// F12
#[guild_test]
async fn f12_a_member_is_asked_to_sign_in_once_a_day(g: Guild) {
    g.demo().await;
    g.take_emails().await;
    let (ada, mei) = (g.actor("ada").await, id(&g, "mei").await);
    let ask =
        async || admin::change_selected(&g.store, &ada, &[mei], BulkAction::SignInEmail, "").await.unwrap();
    assert_eq!((ask().await, ask().await), (1, 0));
    g.advance(Duration::hours(25));
    assert_eq!(ask().await, 1, "control: the next day");
    assert_eq!(audited(&g, "member.sign_in_email").await, 2);
    g.expect_emails("sign_in_reminder=2").await;
    let many = vec![mei; MAX_SELECTED + 1];
    let refused = admin::change_selected(&g.store, &ada, &many, BulkAction::SignInEmail, "").await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::TooMany { .. }))), "{refused:?}");
    let unknown = [MemberId(uuid::Uuid::now_v7())];
    let nobody = admin::change_selected(&g.store, &ada, &unknown, BulkAction::SignInEmail, "").await;
    assert_eq!(nobody.unwrap(), 0);
}

/// F12, F5: it works without JavaScript, and a missing reason loses nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_are_selected_confirmed_and_changed_with_plain_forms() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let ada = portal.browser();
    ada.post("/sign-in/demo", &[("key", "ada")]).await;
    let list = ada.get("/admin/members?q=o&select=all").await.body;
    assert!(list.contains("name=\"members[]\"") && list.contains(" checked"), "{list}");
    assert!(!ada.get("/admin/members?q=o").await.body.contains(" checked"), "control");
    let (kofi, own) = (id(&g, "kofi").await.to_string(), id(&g, "ada").await.to_string());
    let none = ada.post("/api/admin/select_members", &[("action", "suspend")]).await;
    assert_eq!(none.location, "/admin/members");
    assert!(ada.get(&none.location).await.body.contains("Select at least one person."));
    let form = [("members[]", kofi.as_str()), ("members[]", own.as_str()), ("action", "suspend")];
    let asked = ada.post("/api/admin/select_members", &form).await;
    assert_eq!(asked.location, "/admin/members/selected");
    let page = ada.get(&asked.location).await.body;
    assert!(page.contains("Kofi") && page.contains("This is your own account."), "{page}");
    let short = [("members", kofi.as_str()), ("action", "suspend"), ("reason", "No")];
    let refused = ada.post("/api/admin/change_members", &short).await;
    let page = ada.get(&refused.location).await.body;
    assert!(page.contains("p-reason") && page.contains("\nNo</textarea>") && page.contains("Kofi"), "{page}");
    let whole = [("members", kofi.as_str()), ("action", "suspend"), ("reason", "They shared the list.")];
    let done = ada.post("/api/admin/change_members", &whole).await;
    assert!(ada.get(&done.location).await.body.contains("1 member suspended."));
    assert!(ada.get("/admin/members/selected").await.body.contains("Nobody to change"));
    portal.stop().await;
}
