//! Five times the load that the portal can carry (R15): how many pages are still answered, how fast the others are
//! refused, and whether health checks answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures::{StreamExt as _, stream};
use reqwest::{Client, RequestBuilder, StatusCode, header};
use tests::{Guild, load::client};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use crate::{
    load::{Data, Server},
    measure::Bench,
};

pub(crate) const SIZE: usize = 1_000;
/// How many pages measure what the portal can carry.
const NORMAL: usize = 600;
/// How many are asked for at a time then.
const AT_ONCE: usize = 16;
/// How many times as many requests come.
const TIMES: f64 = 5.0;
const SECONDS: f64 = 8.0;

/// How one request ended.
struct Ended {
    status: StatusCode,
    retry_after: bool,
    took: Duration,
}

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    let data = Data::fill(g, bench.size).await;
    let server = Server::start(g).await;
    let client = client();
    let page = |n: usize| {
        let request = client.get(format!("{}/", server.address)).header("accept", "text/html");
        // Everybody has a network of their own.
        let from = format!("10.{}.{}.1", n / 250 % 250, n % 250);
        request.header("cookie", format!("guildhall={}", data.session)).header("x-forwarded-for", from)
    };
    let began = Instant::now();
    let normal: Vec<Ended> = stream::iter((0..NORMAL).map(|n| ask(page(n)))).buffer_unordered(AT_ONCE).collect().await;
    let capacity = NORMAL as f64 / began.elapsed().as_secs_f64();
    assert!(normal.iter().all(|ended| ended.status == StatusCode::OK));
    println!("\n{}: it can carry {capacity:.0} home pages a second, p99 {:.0} ms", data.engine, p99(normal.iter()));

    let health = tokio::spawn(health(client.clone(), server.address.clone()));
    let mut tick = interval(Duration::from_secs_f64(1.0 / (capacity * TIMES)));
    // Requests that are late come together, as from real people.
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let (began, mut asked) = (Instant::now(), JoinSet::new());
    for n in 0.. {
        if began.elapsed().as_secs_f64() > SECONDS {
            break;
        }
        tick.tick().await;
        asked.spawn(ask(page(n)));
    }
    let offered = asked.len() as f64 / began.elapsed().as_secs_f64();
    let ended = asked.join_all().await;
    let took = began.elapsed().as_secs_f64();
    let of = |status| ended.iter().filter(move |ended: &&Ended| ended.status == status);
    let (served, refused) = (of(StatusCode::OK), of(StatusCode::SERVICE_UNAVAILABLE));
    assert!(refused.clone().all(|ended| ended.retry_after), "a refusal must say when to come again");
    let served_per_second = served.clone().count() as f64 / took;
    println!("offered {offered:.0} a second, which is {:.1} times as many", offered / capacity);
    println!(
        "served {served_per_second:.0} a second, {:.0} % of the normal work, p99 {:.0} ms",
        100.0 * served_per_second / capacity,
        p99(served.clone()),
    );
    println!("refused {} of {}, p99 {:.0} ms", refused.clone().count(), ended.len(), p99(refused.clone()));
    println!("ended otherwise: {}", ended.len() - served.count() - refused.count());
    let health = health.await.unwrap();
    println!("{} health checks, p99 {:.0} ms", health.len(), p99(health.iter()));
    server.stop().await;
}

async fn ask(request: RequestBuilder) -> Ended {
    let began = Instant::now();
    let Ok(answer) = request.send().await else {
        return Ended { status: StatusCode::BAD_GATEWAY, retry_after: false, took: began.elapsed() };
    };
    let (status, retry_after) = (answer.status(), answer.headers().contains_key(header::RETRY_AFTER));
    _ = answer.bytes().await;
    Ended { status, retry_after, took: began.elapsed() }
}

/// Asks whether the portal lives, ten times a second.
async fn health(client: Client, address: String) -> Vec<Ended> {
    let mut ended = Vec::new();
    let address: Arc<str> = format!("{address}/livez").into();
    for _ in 0..(SECONDS * 10.0) as usize {
        let answer = ask(client.get(&*address)).await;
        assert_eq!(answer.status, StatusCode::OK, "the health check must answer");
        ended.push(answer);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    ended
}

/// The time that 99 of 100 did not exceed, in milliseconds.
fn p99<'a>(ended: impl Iterator<Item = &'a Ended>) -> f64 {
    let mut times: Vec<Duration> = ended.map(|ended| ended.took).collect();
    times.sort_unstable();
    let at = times.len().saturating_sub(1) * 99 / 100;
    times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
