//! A start that was killed while it made the demo begins again cleanly.
//!
//! `GUILDHALL_DEMO_KILLS` sets the number of kills.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use domain::Actor;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement, TransactionTrait as _};
use tests::{
    Engine, Guild, guild_test,
    load::times,
    process::{guildhall, killed_after},
};
use tokio::time::timeout;

/// The number of rows of each table.
async fn rows(url: &str) -> BTreeMap<String, i64> {
    let db = store::connect_for_migrations(url).await.unwrap();
    let tables = if db.get_database_backend() == DbBackend::Sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%'"
    } else {
        "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public'"
    };
    let mut all = BTreeMap::new();
    for row in query(&db, tables).await {
        let table: String = row.try_get("", "name").unwrap();
        let count = query(&db, &format!("SELECT CAST(COUNT(*) AS BIGINT) FROM \"{table}\"")).await;
        all.insert(table, count[0].try_get_by_index(0).unwrap());
    }
    db.close().await.unwrap();
    all
}

async fn query(db: &DatabaseConnection, sql: &str) -> Vec<sea_orm::QueryResult> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap()
}

/// The address of a database without tables on SQLite, and with empty tables on PostgreSQL.
async fn new_database(engine: Engine, folder: &Path) -> String {
    match engine {
        Engine::Sqlite => format!("sqlite://{}", folder.join("guildhall.db").display()),
        Engine::Postgres => Guild::empty(engine).await.url,
    }
}

#[guild_test(empty)]
async fn a_demo_that_was_killed_is_made_again(g: Guild) {
    let engine = g.store.engine();
    let folder = tempfile::tempdir().unwrap();
    let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
    let url = new_database(engine, &whole).await;
    let started = Instant::now();
    assert!(guildhall(&whole, &["demo"], &[("database_url", &url)]).await.status.success());
    let usual = started.elapsed();
    let expected = rows(&url).await;

    let url = new_database(engine, &killed).await;
    let settings = [("database_url", url.as_str())];
    let mut halves = 0;
    for kill in 1..=times("GUILDHALL_DEMO_KILLS", 3) {
        // The multiples of the golden ratio are spread evenly, and the same in every run.
        let moment = f64::from(u32::try_from(kill).unwrap()) * 0.618_034 % 1.0;
        let is_killed = killed_after(&killed, &["demo"], &settings, usual.mul_f64(moment)).await;
        let rows = rows(&url).await;
        println!("{engine:?}: killed at {moment:.2} ({is_killed}) with {} rows", rows.values().sum::<i64>());
        if !is_killed {
            // This run was faster than the first one, and finished the demo.
            break;
        }
        // Control: the comparison below notices half a demo.
        halves += usize::from(rows.get("members").is_some_and(|members| *members > 0) && rows != expected);
    }
    assert!(halves > 0, "no kill left half a demo");
    // If the last kill came too late, the demo is finished, and this changes nothing.
    guildhall(&killed, &["demo"], &settings).await;
    assert_eq!(rows(&url).await, expected);
    let doctor = guildhall(&killed, &["doctor"], &settings).await;
    assert!(doctor.status.success(), "{doctor:?}");
}

/// Two processes that start at once on one database make one demo.
#[guild_test(empty)]
async fn two_starts_make_one_demo(g: Guild) {
    if g.store.engine() == Engine::Sqlite {
        // There, a file in the data folder is the lock.
        return;
    }
    let other = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
    // Control: the lock is what the second start waits for.
    let key = store::seed::DEMO_LOCK;
    let elsewhere = store::connect_for_migrations(&g.url).await.unwrap();
    let held = elsewhere.begin().await.unwrap();
    held.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({key})")).await.unwrap();
    let early = timeout(Duration::from_secs(1), store::seed::demo(&other)).await;
    assert!(early.is_err(), "it waits");
    held.rollback().await.unwrap();
    let (one, two) = tokio::join!(store::seed::demo(&g.store), store::seed::demo(&other));
    let members = [one.unwrap().members, two.unwrap().members];
    assert_eq!(members.iter().filter(|made| **made > 0).count(), 1, "{members:?}");
    let there = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members").await;
    assert_eq!(there, i64::from(members[0] + members[1]));
    elsewhere.close().await.unwrap();
    other.close().await;
}

#[guild_test]
async fn only_half_a_demo_is_removed(g: Guild) {
    g.demo().await;
    let members = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members").await;
    let again = async || store::seed::demo(&g.store).await.unwrap().members;
    assert_eq!(again().await, 0, "a finished demo stays");
    // Without settings, it looks half made. One person who isn't the demo's keeps it.
    g.raw().execute_unprepared("DELETE FROM settings").await.unwrap();
    g.raw().execute_unprepared("UPDATE members SET demo_key = NULL WHERE demo_key = 'mei'").await.unwrap();
    assert_eq!(again().await, 0, "people are never removed");
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members").await, members);
    g.raw().execute_unprepared("UPDATE members SET demo_key = 'mei' WHERE demo_key IS NULL").await.unwrap();
    // Another program may have tables in the same database.
    g.raw().execute_unprepared("CREATE TABLE hikes (id INTEGER PRIMARY KEY)").await.unwrap();
    g.raw().execute_unprepared("INSERT INTO hikes VALUES (1)").await.unwrap();
    assert_eq!(i64::from(again().await), members);
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM hikes").await, 1);
    assert_eq!(store::settings::load(&g.store).await.unwrap().community, "Secure Synergy");
    assert!(
        !store::search::search(&g.store, &Actor::Anonymous, "sbom", None, 0).await.unwrap().hits.is_empty()
    );
}
