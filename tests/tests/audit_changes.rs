//! Entries of the audit log name their subject, and the changed fields before and after.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, Locale, Role, Slug,
    announcements::AnnouncementForm,
    changes::Change,
    events::EventForm,
    groups::GroupRole,
    lists::{Entry, List},
    members::Address,
};
use store::{
    Engine, admin, announcements, data, events, groups,
    settings::{self, Community},
};
use tests::{Guild, guild_test};

fn change(field: &str, before: &str, after: &str) -> Change {
    let value = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Change { field: field.into(), before: value(before), after: value(after) }
}

/// The newest entry of an action.
async fn newest(g: &Guild, action: &str) -> admin::LogEntry {
    let ada = g.actor("ada").await;
    let filter = admin::LogFilter { action: Some(action.into()), ..Default::default() };
    admin::log(&g.store, &ada, &filter, 0).await.unwrap().0.remove(0)
}

/// The subject of the newest entry of an action: its kind, its name, and the other record it concerns.
async fn names(g: &Guild, action: &str) -> (&'static str, String, Option<String>) {
    let line = newest(g, action).await;
    let subject = line.subject.unwrap();
    (subject.kind, subject.name, line.about.map(|about| about.name))
}

async fn edit(g: &Guild, actor: &Actor, slug: &Slug, edit: impl FnOnce(&mut EventForm)) {
    let now = events::page(&g.store, actor, slug).await.unwrap().event;
    let mut form = now.details.to_form(now.version);
    edit(&mut form);
    events::edit(&g.store, actor, slug, form.check().unwrap(), now.version).await.unwrap();
}

#[guild_test]
async fn an_entry_shows_changed_fields_before_and_after(g: Guild) {
    g.demo().await;
    let (ada, grace, mei) = (g.actor("ada").await, g.actor("grace").await, g.actor("mei").await);
    let event = g.event(Some(20)).await;
    edit(&g, &grace, &event, |form| {
        (form.title, form.capacity) = ("Another evening".into(), "25".into());
        form.join_url = "https://meet.example.org/x?pwd=canarysecret".into();
        form.description = "Write to canary@guild.example".into();
    })
    .await;
    let line = newest(&g, "event.edit").await;
    let expected = [
        change("capacity", "20", "25"),
        // Fields that may hold an address or a password are logged without their values.
        change("description", "", ""),
        change("join_url", "", ""),
        change("title", "An evening", "Another evening"),
    ];
    assert_eq!(line.changes, expected);
    events::cancel(&g.store, &grace, &event, "").await.unwrap();
    assert_eq!(newest(&g, "event.cancel").await.changes, [change("status", "published", "cancelled")]);

    admin::set_role(&g.store, &ada, mei.member().unwrap(), Role::Organiser).await.unwrap();
    let line = newest(&g, "member.role").await;
    assert_eq!(
        (line.changes, line.about),
        (vec![change("role", "member", "organiser")], None),
        "the subject is Mei"
    );

    let owls = g.night_owls(&[&mei]).await;
    groups::set_role(&g.store, &ada, &owls, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    assert_eq!(newest(&g, "group.role").await.changes, [change("role", "co_organiser", "member")]);
    assert_eq!(names(&g, "group.role").await, ("group", "Night owls".into(), Some("Mei Tanaka".into())));
    let page = groups::page(&g.store, &ada, &owls).await.unwrap();
    let form =
        domain::groups::GroupForm { purpose: "For the night".into(), ..page.details.to_form(page.version) };
    groups::edit(&g.store, &ada, &owls, form.check().unwrap(), page.version).await.unwrap();
    assert_eq!(newest(&g, "group.edit").await.changes, [change("purpose", "", "For the night")]);

    let now = settings::load(&g.store).await.unwrap();
    let new = Community::check("The Weavers", &now.tagline, now.sign_up.name(), false, "90", "7").unwrap();
    settings::change(&g.store, &ada, new, now.version).await.unwrap();
    assert_eq!(
        newest(&g, "settings.change").await.changes,
        [change("community", &now.community, "The Weavers")]
    );

    let visit = g.visit(Some("ada"), "/admin/audit", Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(
        html.contains("Title: An evening → Another evening") && html.contains("Online meeting link changed"),
        "{html}"
    );
    assert!(html.contains("Role: co organiser → member"), "{html}");
    let kept =
        g.rows("SELECT COALESCE(old_value, '') || COALESCE(new_value, '') AS v FROM audit_changes").await;
    let kept: String = kept.iter().map(|row| row.try_get::<String>("", "v").unwrap()).collect();
    assert!(!kept.contains("canary"), "neither addresses nor links: {kept}");
    g.expect_emails("role_changed=1").await;
}

#[guild_test]
async fn an_entry_names_its_subject(g: Guild) {
    g.demo().await;
    let (ada, grace) = (g.actor("ada").await, g.actor("grace").await);
    let event = g.event(None).await;
    let form = AnnouncementForm {
        subject: "Bring a cup".into(),
        message: "All".into(),
        segments: vec!["going".into()],
        at: String::new(),
        reply: String::new(),
    };
    announcements::schedule(&g.store, &grace, &event, form.check().unwrap(), "k").await.unwrap();
    assert_eq!(names(&g, "announcement.schedule").await, ("announcement", "Bring a cup".into(), None));
    let announcement =
        announcements::announcements_page(&g.store, &grace, &event).await.unwrap().listed.remove(0);
    let form = AnnouncementForm {
        subject: "Bring two cups".into(),
        message: "All".into(),
        segments: vec!["going".into()],
        at: String::new(),
        reply: String::new(),
    };
    announcements::edit(
        &g.store,
        &grace,
        &event,
        announcement.id,
        form.check().unwrap(),
        announcement.version,
    )
    .await
    .unwrap();
    assert_eq!(
        newest(&g, "announcement.edit").await.changes,
        [change("subject", "Bring a cup", "Bring two cups")]
    );
    let rust = Slug::parse("rust").unwrap();
    admin::change(&g.store, &ada, List::Topics, &rust, Entry::check(List::Topics, "Oxide", "").unwrap())
        .await
        .unwrap();
    assert_eq!(names(&g, "list.change").await, ("entry", "Oxide".into(), None));
    assert_eq!(newest(&g, "list.change").await.changes, [change("name", "Rust", "Oxide")]);
    assert_eq!(names(&g, "sign_in_session.start").await.0, "session");
    let visit = g.visit(Some("ada"), "/admin/audit?action=sign_in_session.start", Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("Device") && !html.contains("No name yet"), "{html}");
}

/// The log keeps what was done. The changed values are erased with the member who made or concerned them.
#[guild_test]
async fn changed_values_are_erased_with_the_member(g: Guild) {
    g.demo().await;
    let (ada, grace) = (g.actor("ada").await, g.actor("grace").await);
    let event = g.event(None).await;
    edit(&g, &grace, &event, |form| form.title = "An evening with Grace".into()).await;
    admin::set_role(&g.store, &ada, grace.member().unwrap(), Role::Member).await.unwrap();
    let entries = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action IN ('event.edit', 'member.role')";
    let id = grace.member().unwrap().0;
    let id = match g.store.engine() {
        Engine::Sqlite => format!("x'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    };
    let her_changes =
        format!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit_changes WHERE {id} IN (member_id, about_id)");
    let before = g.number(entries).await;
    assert!(g.number(&her_changes).await >= 2, "control");
    data::delete_now(&g.store, &Address::parse("grace@guild.example").unwrap()).await.unwrap();
    assert_eq!((g.number(entries).await, g.number(&her_changes).await), (before, 0));
    g.expect_emails("deletion_done=1 promoted=2").await;
}
