//! Tests of `/readyz`: whether changes can be saved, and whether the process is stopping.

use std::{fs, time::Duration};

use sea_orm::{ConnectionTrait as _, Statement};
use server::start;
use tokio::time::sleep;

use crate::portal::{Portal, raw, start_with};

async fn ready(portal: &Portal) -> (u16, String) {
    let answer = portal.send("GET /readyz", &["host: 10.1.2.3"], "").await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn frequent_checks_share_a_write() {
    let portal = Portal::start(&[]).await;
    let begun = std::time::Instant::now();
    for _ in 0..50 {
        assert_eq!(ready(&portal).await, (200, "ready\n".to_owned()));
    }
    let url = format!("sqlite://{}", portal.data().join("guildhall.db").display());
    let db = store::connect_for_migrations(&url).await.unwrap();
    let statement = Statement::from_string(db.get_database_backend(), "SELECT writes FROM write_probe");
    let writes: i64 = db.query_one_raw(statement).await.unwrap().unwrap().try_get("", "writes").unwrap();
    let spans = i64::try_from(begun.elapsed().as_secs() / 10).unwrap();
    assert!((1..=1 + spans).contains(&writes), "{writes}");
}

/// R14: reads still work, so only a write notices the problem.
#[tokio::test]
async fn a_portal_that_cannot_write_to_its_database_is_not_ready() {
    let portal = Portal::start(&[]).await;
    let url = format!("sqlite://{}", portal.data().join("guildhall.db").display());
    let db = store::connect_for_migrations(&url).await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON write_probe BEGIN SELECT RAISE(ABORT, 'disk full'); END";
    db.execute_unprepared(full).await.unwrap();
    assert_eq!(ready(&portal).await, (503, "The database cannot be written to.\n".to_owned()));
    assert_eq!(portal.get("/").await.status, 200);
    assert_eq!(portal.get("/livez").await.status, 200);
    // It becomes ready again by itself.
    db.execute_unprepared("DROP TRIGGER full").await.unwrap();
    while ready(&portal).await.0 != 200 {
        sleep(Duration::from_millis(100)).await;
    }
}

/// R14: SQLite writes small changes into existing pages, so a full disk only shows when a new file is written.
#[tokio::test]
async fn a_portal_with_a_full_disk_is_not_ready() {
    let portal = Portal::start(&[]).await;
    let moved = portal.data().with_extension("moved");
    fs::rename(portal.data(), &moved).unwrap();
    assert_eq!(ready(&portal).await.0, 503);
    fs::rename(&moved, portal.data()).unwrap();
}

#[tokio::test]
async fn stopping_is_announced_while_connections_are_still_accepted() {
    let data = tempfile::tempdir().unwrap();
    let mut with = start_with(&data, &[]);
    with.limits.announce = Duration::from_secs(5);
    let portal = Portal { running: start(with).await.unwrap(), _data: data };
    assert_eq!(ready(&portal).await.0, 200);
    let Portal { running, _data } = portal;
    let addr = running.addr;
    let stopped = tokio::spawn(running.stop());
    // The connection is accepted, and the response says that the server is stopping.
    let announced = async {
        loop {
            let ask = "GET /readyz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
            let text = String::from_utf8(raw(addr, ask).await).unwrap();
            assert!(!text.is_empty(), "closed before it was announced");
            if text.contains("503") && text.ends_with("The server is stopping.\n") {
                return;
            }
        }
    };
    announced.await;
    assert_eq!(stopped.await.unwrap(), 0);
}
