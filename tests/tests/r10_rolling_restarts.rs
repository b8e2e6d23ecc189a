//! R10, stopping is graceful: two servers on one PostgreSQL are restarted in turn behind a proxy, under load.
//!
//! `GUILDHALL_R10_RESTARTS` sets the number of restarts. The goal in docs/behaviours.md is 50.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use sea_orm::ConnectionTrait as _;
use tests::{
    load::{Answers, Community, Load, StoredSeats, Targets, client, times},
    process::Process,
};
use tokio_util::sync::CancellationToken;

/// How often a proxy asks a server whether it is ready.
const CHECKED_EVERY: Duration = Duration::from_millis(500);
/// How often the negative control tries. Whether a request meets a closed port is a matter of chance.
const MAX_TRIES: u32 = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r10_a_rolling_restart_fails_no_request() {
    // Behind a proxy, a server reports that it is stopping before it closes its port.
    let answers =
        restart_in_turn("behind", &[("trusted_proxies", "1")], times("GUILDHALL_R10_RESTARTS", 2)).await;
    assert_eq!((answers.lost, answers.unavailable, answers.other.as_slice()), (0, 0, &[][..]));
}

/// Without the setting for a proxy, a server closes its port at once. The proxy only notices failed requests.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r10_negative_control_a_port_that_closes_unannounced_fails_requests() {
    for n in 0..MAX_TRIES {
        if restart_in_turn(&format!("unannounced_{n}"), &[], 2).await.lost > 0 {
            return;
        }
    }
    panic!("no request was lost in {MAX_TRIES} tries");
}

async fn restart_in_turn(name: &str, settings: &[(&str, &str)], restarts: usize) -> Answers {
    let server = std::env::var("GUILDHALL_TEST_POSTGRES").expect("run this test with `cargo xtask test`");
    let admin = store::connect_for_migrations(&server).await.unwrap();
    let name = format!("rolling_{name}_{}", std::process::id());
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let community = Community::create(&url, 16, 60 + 60 * restarts).await;
    let data = tempfile::tempdir().unwrap();
    let settings = [settings, &[("database_url", url.as_str())]].concat();

    let mut servers = vec![serve(data.path(), &settings).await, serve(data.path(), &settings).await];
    let (known, ready) = (Arc::new(Mutex::new(addresses(&servers))), Targets::default());
    let stop = CancellationToken::new();
    let proxy = tokio::spawn(check(known.clone(), ready.clone(), stop.clone()));
    let load = Load::start(&community, &ready);
    for _ in 0..restarts {
        load.progress(20).await;
        let old = servers.remove(0);
        assert!(old.stop().await.success());
        servers.push(serve(data.path(), &settings).await);
        *known.lock().unwrap() = addresses(&servers);
    }
    load.progress(20).await;
    let answers = load.stop().await;
    stop.cancel();
    proxy.await.unwrap();
    let db = store::connect_for_migrations(&url).await.unwrap();
    let kept = StoredSeats::read(&db).await;
    db.close().await.unwrap();
    assert_eq!(kept.missing(&answers), []);
    assert_eq!(kept.half_done(), Vec::<String>::new());
    for server in servers {
        assert!(server.stop().await.success());
    }
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
    answers
}

async fn serve(data: &Path, settings: &[(&str, &str)]) -> Process {
    Process::serve(data, settings).await
}

fn addresses(servers: &[Process]) -> Vec<String> {
    servers.iter().map(|server| server.address.clone()).collect()
}

/// The health check of a proxy: only servers that reported ready at the last check get requests.
async fn check(known: Targets, ready: Targets, stop: CancellationToken) {
    let client = client();
    while !stop.is_cancelled() {
        let servers = known.lock().unwrap().clone();
        let mut good = Vec::new();
        for server in servers {
            let answer = client.get(format!("{server}/readyz")).send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                good.push(server);
            }
        }
        *ready.lock().unwrap() = good;
        tokio::time::sleep(CHECKED_EVERY).await;
    }
}
