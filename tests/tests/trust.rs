//! Races with their negative controls, fault injection, and the inventories of columns.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;

use domain::forms::{Draft, DraftOwner};
use futures::future::join_all;
use sea_orm::ConnectionTrait as _;
use store::{Engine, drafts, inventory, outbox};
use tests::{Guild, guild_test};
use tokio::sync::Barrier;

/// The race of `events.rs::r1_five_hundred_people_compete_for_twenty_seats` without its guard: seats are
/// decided from a count that was read outside the lock. It must oversell, otherwise that test could not
/// fail.
#[guild_test]
async fn r1_negative_control_without_the_lock_seats_are_oversold(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(20)).await;
    let event = g.rows(&format!("SELECT id FROM events WHERE slug = '{slug}'")).await[0]
        .try_get::<uuid::Uuid>("", "id")
        .unwrap();
    let crowd = g.crowd(40).await;
    let everybody_has_counted = Barrier::new(crowd.len());
    join_all(crowd.iter().map(async |_| {
        let going = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'sold'").await;
        everybody_has_counted.wait().await;
        if going < 20 {
            let id = uuid::Uuid::now_v7();
            let sql = match g.store.engine() {
                Engine::Sqlite => format!("INSERT INTO audit (id, at, action, subject_id) VALUES (x'{}', '2026-01-01T00:00:00+00:00', 'sold', x'{}')", id.simple(), event.simple()),
                Engine::Postgres => format!("INSERT INTO audit (id, at, action, subject_id) VALUES ('{id}', '2026-01-01T00:00:00+00:00', 'sold', '{event}')"),
            };
            g.raw().execute_unprepared(&sql).await.unwrap();
        }
    })).await;
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'sold'").await, 40);
}

/// R14: only the change that doesn't fit on the disk is lost, and its request gets an error.
#[guild_test(empty)]
async fn a_full_disk_fails_only_the_change_that_does_not_fit(g: Guild) {
    if g.store.engine() == Engine::Postgres {
        return; // On PostgreSQL each change has its own transaction, so there are no groups.
    }
    // SQLite itself rolls back on a full disk: the whole group is lost, while the library still believes in
    // its savepoints.
    g.raw().execute_unprepared(
        "CREATE TRIGGER full BEFORE INSERT ON drafts WHEN NEW.form = 'poison' BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END"
    ).await.unwrap();
    let owner = |i: usize| DraftOwner::Browser(format!("browser{i}"));
    let keep = async |i: usize| {
        let form = if i == 20 { "poison" } else { "form" };
        drafts::keep(&g.store, &owner(i), form, &Draft::default()).await
    };
    let kept = join_all((0..40).map(keep)).await;
    let failed: Vec<_> =
        kept.iter().enumerate().filter(|(_, answer)| answer.is_err()).map(|(i, _)| i).collect();
    assert_eq!(failed, [20]);
    assert_eq!(g.number("SELECT COUNT(*) FROM drafts").await, 39, "confirmed changes are durable");
    keep(41).await.unwrap();
}

#[guild_test]
async fn an_email_is_claimed_once(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    for who in g.crowd(30).await {
        g.rsvp(&who, &slug, 0).await.unwrap();
    }
    let address = domain::members::Address::parse("new@guild.example").unwrap();
    store::sign_in::request_email(&g.store, store::sign_in::EmailRequest::new(&address, "browser"))
        .await
        .unwrap();
    let claims = join_all((0..16).map(|_| outbox::claim(&g.store, 10))).await;
    let ids: Vec<_> = claims.into_iter().flat_map(|claim| claim.unwrap()).map(|email| email.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "no email is claimed twice");
    assert_eq!(ids.len(), 31, "no email is left out");
    for id in ids {
        outbox::settle(&g.store, id, outbox::Outcome::Sent).await.unwrap();
    }
    assert_eq!(outbox::next_due(&g.store).await.unwrap(), None);
    // The secret of a sign-in email is deleted once it is sent.
    let left =
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%sign-in/link%'").await;
    assert_eq!(left, 0);
    g.expect_emails("confirmed=30 sign_in=1").await;
}

#[guild_test]
async fn sign_in_emails_go_first_and_failed_emails_can_be_sent_again(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    for who in g.crowd(5).await {
        g.rsvp(&who, &slug, 0).await.unwrap();
    }
    g.advance(chrono::Duration::seconds(1));
    let address = domain::members::Address::parse("last@guild.example").unwrap();
    store::sign_in::request_email(&g.store, store::sign_in::EmailRequest::new(&address, "browser"))
        .await
        .unwrap();
    let claimed = outbox::claim(&g.store, 6).await.unwrap();
    assert!(claimed.iter().any(|email| email.to.address == "last@guild.example"));
    let all = outbox::claim(&g.store, 100).await.unwrap();
    let email = claimed.iter().chain(&all).find(|email| email.email.expires_at().is_none()).unwrap();
    outbox::settle(&g.store, email.id, outbox::Outcome::Failed("relay".into())).await.unwrap();
    assert_eq!(outbox::waiting(&g.store).await.unwrap().failed, 1);
    assert_eq!(outbox::admin::retry_ended(&g.store).await.unwrap(), 1);
    let open = g
        .number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE state = 'pending' AND settled_at IS NULL")
        .await;
    assert_eq!(open, 1, "the email is pending again");
    assert_eq!(
        g.number(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'email.retry' AND member_id IS NULL"
        )
        .await,
        1
    );
    assert_eq!(outbox::claim(&g.store, 100).await.unwrap().len(), 1);
    g.expect_emails("confirmed=5 sign_in=1").await;
}

#[guild_test]
async fn an_email_interrupted_by_a_crash_is_sent_again_three_times(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let mei = g.actor("mei").await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    let mut ids = BTreeSet::new();
    for _ in 0..4 {
        let claimed = outbox::claim(&g.store, 10).await.unwrap();
        assert_eq!(claimed.len(), 1);
        ids.insert(claimed[0].id);
        assert!(
            outbox::claim(&g.store, 10).await.unwrap().is_empty(),
            "a claimed email cannot be claimed again yet"
        );
        g.advance(chrono::Duration::minutes(3));
    }
    assert_eq!(ids.len(), 1, "the email keeps its id, and so its Message-ID");
    assert!(outbox::claim(&g.store, 10).await.unwrap().is_empty());
    assert_eq!(outbox::waiting(&g.store).await.unwrap().unknown, 1, "now an administrator decides");
    g.expect_emails("failed:confirmed=1").await;
}

#[guild_test(empty)]
async fn a_browser_without_a_cookie_has_no_drafts(g: Guild) {
    let draft = Draft { fields: [("title".to_owned(), "canary".to_owned())].into(), problems: Vec::new() };
    for (owner, kept) in [(String::new(), false), ("cookie".to_owned(), true)] {
        let owner = DraftOwner::Browser(owner);
        drafts::keep(&g.store, &owner, "form", &draft).await.unwrap();
        assert_eq!(drafts::find(&g.store, &owner, "form").await.unwrap().is_some(), kept);
    }
    g.advance(chrono::Duration::minutes(61));
    let owner = DraftOwner::Browser("cookie".to_owned());
    assert_eq!(drafts::find(&g.store, &owner, "form").await.unwrap(), None, "drafts expire after an hour");
}

#[guild_test]
async fn a_sign_in_email_expires(g: Guild) {
    g.demo().await;
    let address = domain::members::Address::parse("late@guild.example").unwrap();
    store::sign_in::request_email(&g.store, store::sign_in::EmailRequest::new(&address, "browser"))
        .await
        .unwrap();
    g.advance(chrono::Duration::minutes(11));
    assert!(outbox::claim(&g.store, 10).await.unwrap().is_empty());
    assert_eq!(outbox::next_due(&g.store).await.unwrap(), None);
    g.expect_emails("sign_in=1").await;
}

/// The inventory lists every column that points at a member or holds an address, and nothing else.
#[guild_test(empty)]
async fn every_member_column_is_in_the_inventory(g: Guild) {
    let found = match g.store.engine() {
        Engine::Sqlite => g.rows(
            "SELECT m.name AS t, f.\"from\" AS c FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table' AND f.\"table\" = 'members'"
        ).await,
        Engine::Postgres => g.rows(
            "SELECT k.table_name AS t, k.column_name AS c FROM information_schema.key_column_usage k \
             JOIN information_schema.referential_constraints r ON r.constraint_name = k.constraint_name \
             JOIN information_schema.table_constraints u ON u.constraint_name = r.unique_constraint_name \
             WHERE u.table_name = 'members'"
        ).await,
    };
    let pair = |row: &sea_orm::QueryResult| -> (String, String) {
        (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap())
    };
    let mut found: BTreeSet<_> = found.iter().map(pair).collect();
    // A column can point at a member without a foreign key. Then its name says so.
    let columns = columns(&g).await;
    found.extend(columns.iter().filter(|(_, column)| column.contains("member_id")).cloned());
    let declared: BTreeSet<_> =
        inventory::MEMBER_COLUMNS.iter().map(|(t, c, _, _)| ((*t).to_owned(), (*c).to_owned())).collect();
    assert_eq!(found, declared);
    let addresses: BTreeSet<_> =
        // Whether an author shares their address is no address.
        columns
            .into_iter()
            .filter(|(_, column)| column.contains("address") && column != "shares_address")
            .collect();
    let declared: BTreeSet<_> =
        inventory::ADDRESS_COLUMNS.iter().map(|(t, c, _)| ((*t).to_owned(), (*c).to_owned())).collect();
    assert_eq!(addresses, declared);
}

/// Every table with its columns. Tables of the engine's full-text search are left out.
async fn columns(g: &Guild) -> BTreeSet<(String, String)> {
    let rows = match g.store.engine() {
        Engine::Sqlite => {
            g.rows(
                "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'search_index%'",
            )
            .await
        }
        Engine::Postgres => {
            g.rows(
                "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c \
                 FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER'",
            )
            .await
        }
    };
    rows.iter().map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap())).collect()
}
