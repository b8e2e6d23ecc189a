//! R7, confirmed changes are durable: the server is killed again and again while members take seats.
//!
//! `GUILDHALL_R7_KILLS` sets the number of kills. The goal in docs/behaviours.md is 1,000.

use std::{sync::Arc, time::Duration};

use sea_orm::ConnectionTrait as _;
use tests::{
    load::{Community, Dice, Load, StoredSeats, integrity, times},
    process::Process,
};

/// Seats that must be taken between two kills.
const PROGRESS: usize = 20;
const MEMBERS: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r7_a_killed_server_loses_nothing_that_it_confirmed() {
    let kills = times("GUILDHALL_R7_KILLS", 12);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("guildhall.db");
    let url = format!("sqlite://{}", file.display());
    // Some seats are taken after the load was last checked, so the community has twice as many.
    let community = Community::create(&url, MEMBERS, 2 * kills * PROGRESS / MEMBERS + 10).await;
    let mut dice = Dice::roll();
    let targets = Arc::default();
    let load = Load::start(&community, &targets);
    for kill in 0..kills {
        let server = Process::serve(folder.path(), &[]).await;
        *targets.lock().unwrap() = vec![server.address.clone()];
        load.progress(PROGRESS).await;
        tokio::time::sleep(Duration::from_micros(dice.below(30_000))).await;
        targets.lock().unwrap().clear();
        server.kill().await;
        let db = store::connect_for_migrations(&url).await.unwrap();
        let kept = StoredSeats::read(&db).await;
        db.close().await.unwrap();
        let (missing, half_done) = (kept.missing(&load.answers()), kept.half_done());
        assert!(missing.is_empty(), "kill {kill}: {missing:?}");
        assert!(half_done.is_empty(), "kill {kill}: {half_done:?}");
        assert_eq!(integrity(&file).await, "ok", "kill {kill}");
    }
    let answers = load.stop().await;
    assert_eq!(answers.other, Vec::<String>::new());
    assert!(answers.lost > 0, "no kill hit a request");

    // Negative control: the checks fail for a database in which one seat, email or log entry is missing.
    let (address, slug) = answers.taken[0].seat.clone();
    let of_member = format!("member_id = (SELECT id FROM members WHERE address = '{address}')");
    let of_seat = format!("{of_member} AND event_id = (SELECT id FROM events WHERE slug = '{slug}')");
    let db = store::connect_for_migrations(&url).await.unwrap();
    for (lose, is_seat) in [
        (format!("DELETE FROM audit WHERE action = 'rsvp.take' AND {of_member}"), false),
        (format!("DELETE FROM emails WHERE kind = 'confirmed' AND {of_member}"), false),
        (format!("DELETE FROM rsvps WHERE {of_seat}"), true),
    ] {
        let before = StoredSeats::read(&db).await.half_done().len();
        db.execute_unprepared(&lose).await.unwrap();
        let kept = StoredSeats::read(&db).await;
        assert_eq!(kept.missing(&answers).len(), usize::from(is_seat), "{lose}");
        assert!(is_seat || kept.half_done().len() > before, "{lose}");
    }
    db.close().await.unwrap();
}
