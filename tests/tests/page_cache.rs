//! Finished pages for visitors: they are kept, and never stale.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use domain::Slug;
use reqwest::Method;
use store::{
    Engine, Store, events,
    settings::{self, Community},
};
use tests::{
    Guild, guild_test,
    portal::{Answer, Portal},
};

async fn portal(g: &Guild) -> Portal {
    g.portal_without(&[("demo", "true")], |guards| guards.page_cache = true).await
}

/// Gives an event another title, as its host, in the process of `store`.
async fn rename(g: &Guild, store: &Store, slug: &Slug, title: &str) {
    let host = g.actor("grace").await;
    let event = events::page(store, &host, slug).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    title.clone_into(&mut form.title);
    events::edit(store, &host, slug, form.check().unwrap(), event.version).await.unwrap();
}

/// The page, once it was answered without a query. The jobs of a portal that has just started read and change
/// something too, so this tries several times.
async fn kept(portal: &Portal, path: &str) -> Answer {
    for _ in 0..100 {
        let before = portal.store().reads();
        let page = portal.browser().get(path).await;
        if portal.store().reads() == before {
            return page;
        }
    }
    panic!("{path} is read again for each visitor");
}

#[guild_test]
async fn a_page_is_kept_until_something_changes(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let portal = portal(&g).await;
    let visitor = portal.browser();
    let path = format!("/events/{slug}");
    let first = visitor.get(&path).await;
    let second = kept(&portal, &path).await;
    assert!(second.status == 200 && second.body == first.body);
    assert_eq!(second.header("cache-control"), "public, no-cache");

    let etag = first.header("etag").to_owned();
    let known = visitor.send(Method::GET, &path, &[("if-none-match", &etag)], None).await;
    assert_eq!((known.status, known.body.as_str(), known.header("etag")), (304, "", etag.as_str()));

    rename(&g, portal.store(), &slug, "Renamed zzz").await;
    let after = visitor.send(Method::GET, &path, &[("if-none-match", &etag)], None).await;
    assert_eq!(after.status, 200);
    assert!(after.body.contains("Renamed zzz") && !first.body.contains("Renamed zzz"));

    // A change that visitors can't see keeps the page: a sign-in session. Jobs may change something meanwhile.
    let mut revisions = Vec::new();
    for _ in 0..20 {
        let browser = store::sign_in::Browser { token: "", device: "x" };
        let before = portal.store().revision();
        store::sign_in::as_demo(portal.store(), "mei", browser).await.unwrap();
        revisions.push(portal.store().revision() - before);
    }
    assert!(revisions.contains(&0), "{revisions:?}");

    // The clock of the portal is the test's, so that time passes only here.
    let before = portal.store().reads();
    g.advance(chrono::Duration::seconds(1));
    visitor.get(&path).await;
    assert!(portal.store().reads() > before, "a page is kept for a second at most");
    portal.stop().await;
    g.take_emails().await;
}

/// Readers ask all the time, so renders are always under way when a change is committed.
#[guild_test]
async fn after_a_verb_no_reader_gets_the_page_from_before_it(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let portal = Arc::new(portal(&g).await);
    let path = format!("/events/{slug}");
    let (done, pages) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let readers: Vec<_> = (0..6)
        .map(|_| {
            let (portal, path, done, pages) = (portal.clone(), path.clone(), done.clone(), pages.clone());
            tokio::spawn(async move {
                let browser = portal.browser();
                while !done.load(Ordering::Relaxed) {
                    assert_eq!(browser.get(&path).await.status, 200);
                    pages.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    let visitor = portal.browser();
    for round in 0..25 {
        let title = format!("Round {round} zzz");
        rename(&g, portal.store(), &slug, &title).await;
        let page = visitor.get(&path).await;
        assert!(page.body.contains(&title), "round {round}");
        let list = visitor.get("/events").await;
        assert!(list.body.contains(&title), "round {round} in the list");
    }
    done.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.await.unwrap();
    }
    assert!(pages.load(Ordering::Relaxed) > 25);
    // Control: a change by another store, as by another process, is not seen within the second. So it is the
    // revision that made the pages above true.
    rename(&g, &g.store, &slug, "Elsewhere zzz").await;
    assert!(!visitor.get(&path).await.body.contains("Elsewhere zzz"));
    g.advance(chrono::Duration::seconds(1));
    assert!(visitor.get(&path).await.body.contains("Elsewhere zzz"), "but after a second");
    Arc::into_inner(portal).unwrap().stop().await;
    g.take_emails().await;
}

#[guild_test]
async fn a_kept_page_is_the_same_for_every_visitor(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(5)).await;
    let portal = portal(&g).await;
    let event = format!("/events/{slug}");
    for path in ["/", "/events", &event, "/groups", "/groups/on-call", "/kudos", "/events.ics"] {
        let page = portal.browser().get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.header("etag").is_empty(), "{path} is kept");
        assert_eq!(page.header("set-cookie"), "", "{path}");
        for personal in ["nonce", "name=\"key\"", "Sign out"] {
            assert!(!page.body.contains(personal), "{path} contains {personal}");
        }
        assert!(!page.header("content-security-policy").contains("nonce"), "{path}");
        g.advance(chrono::Duration::seconds(1));
        let again = portal.browser().get(path).await;
        assert!(page.body == again.body, "{path} is another page each time");
    }
    // The page of a member is another one, and is not kept.
    let member = portal.browser();
    member.post("/sign-in/demo", &[("key", "mei")]).await;
    let home = member.get("/").await;
    assert!(home.body.contains("Sign out"), "{}", home.body);
    assert_eq!((home.header("etag"), home.header("cache-control")), ("", "no-store"));
    assert!(!portal.browser().get("/").await.body.contains("Sign out"));
    // Each language has a page of its own.
    let other = portal.browser().send(Method::GET, "/", &[("accept-language", "ar-XB")], None).await;
    let english = portal.browser().get("/").await;
    assert_ne!(other.body, english.body);
    portal.stop().await;
    g.take_emails().await;
}

/// The settings are kept too, for members as for visitors.
#[guild_test]
async fn a_change_of_the_settings_shows_at_once(g: Guild) {
    g.demo().await;
    let portal = portal(&g).await;
    let ada = g.actor("ada").await;
    let member = portal.browser();
    member.post("/sign-in/demo", &[("key", "mei")]).await;
    let rename = async |store: &Store, name: &str| {
        let version = settings::load(store).await.unwrap().version;
        let new = Community::check(name, "", "invite", false, "90", "7").unwrap();
        settings::change(store, &ada, new, version).await.unwrap();
    };
    for name in ["The Weavers", "The Dyers"] {
        assert!(!member.get("/groups").await.body.contains(name));
        rename(portal.store(), name).await;
        assert!(member.get("/groups").await.body.contains(name), "{name}");
    }
    // Control: without a revision, as after a change by another process, they are kept until the next second. A job of the
    // portal may change something meanwhile, so this tries several times.
    let mut kept = false;
    for n in 0..20 {
        let name = format!("The Fullers of {n}");
        rename(&g.store, &name).await;
        kept |= !member.get("/groups").await.body.contains(&name);
    }
    assert!(kept, "they are read each time");
    g.advance(chrono::Duration::seconds(1));
    assert!(member.get("/groups").await.body.contains("The Fullers of 19"));
    portal.stop().await;
    g.take_emails().await;
}

/// Deleting a row of a table that visitors can't see must not delete rows that they can see.
#[guild_test(empty)]
async fn unseen_tables_have_no_seen_children(g: Guild) {
    let children = async |parents: &[&str]| {
        let names = parents.iter().map(|table| format!("'{table}'")).collect::<Vec<_>>().join(", ");
        let sql = match g.store.engine() {
            Engine::Sqlite => format!(
                "SELECT DISTINCT m.name AS child FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
                 WHERE m.type = 'table' AND f.\"table\" IN ({names})"
            ),
            Engine::Postgres => format!(
                "SELECT DISTINCT CAST(c.relname AS TEXT) AS child FROM pg_constraint f \
                 JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid \
                 WHERE f.contype = 'f' AND p.relname IN ({names})"
            ),
        };
        let rows = g.rows(&sql).await;
        rows.iter().map(|row| row.try_get::<String>("", "child").unwrap()).collect::<Vec<_>>()
    };
    for child in children(store::UNSEEN_TABLES).await {
        assert!(store::UNSEEN_TABLES.contains(&child.as_str()), "{child}");
    }
    // Control: the query finds children.
    assert!(children(&["events"]).await.contains(&"rsvps".to_owned()));
}
