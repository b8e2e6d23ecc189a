//! R8, a database outage is survived: PostgreSQL is stopped and started under load.
//!
//! `GUILDHALL_R8_RESTARTS` sets the number of restarts. The goal in docs/behaviours.md is 50.

use std::sync::{Arc, Mutex};

use sea_orm::ConnectionTrait as _;
use tests::{
    load::{Community, Load, StoredSeats, client, times},
    postgres::{Postgres, Shutdown},
    process::Process,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r8_the_server_uses_a_database_again_after_an_outage() {
    let restarts = times("GUILDHALL_R8_RESTARTS", 2);
    let mut postgres = Postgres::start().await;
    let url = postgres.url("guildhall");
    let admin = store::connect_for_migrations(&postgres.url("postgres")).await.unwrap();
    admin.execute_unprepared("CREATE DATABASE guildhall").await.unwrap();
    admin.close().await.unwrap();
    let community = Community::create(&url, 16, 15 + 10 * restarts).await;
    let data = tempfile::tempdir().unwrap();
    let mut server = Process::serve(data.path(), &[("database_url", &url)]).await;
    let home = server.address.clone();
    let load = Load::start(&community, &Arc::new(Mutex::new(vec![home.clone()])));
    for restart in 0..restarts {
        load.progress(20).await;
        let before = load.answers();
        postgres.stop(if restart % 2 == 0 { Shutdown::Fast } else { Shutdown::Immediate }).await;
        load.until("an answer during the outage", |now| now.unavailable > before.unavailable).await;
        // Pages and health checks report the outage too.
        for path in ["/events", "/readyz"] {
            let page =
                client().get(format!("{home}{path}")).header("accept", "text/html").send().await.unwrap();
            assert_eq!(page.status(), 503, "{path}");
            assert!(page.headers().contains_key("retry-after"), "{path}");
        }
        postgres.start_again().await;
        load.progress(20).await;
    }
    let answers = load.stop().await;
    assert!(server.is_running(), "the server process exited during the outage");
    assert_eq!((answers.other.as_slice(), answers.lost), (&[][..], 0));
    assert_eq!(answers.without_retry_after, 0);
    assert!(answers.unavailable >= restarts);
    let db = store::connect_for_migrations(&url).await.unwrap();
    let kept = StoredSeats::read(&db).await;
    db.close().await.unwrap();
    assert_eq!(kept.missing(&answers), []);
    assert_eq!(kept.half_done(), Vec::<String>::new());
    assert!(server.stop().await.success());
}
