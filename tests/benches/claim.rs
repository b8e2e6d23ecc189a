//! The queues: a worker claims due emails and jobs, and records how they went, with this many due emails and jobs.

use std::{collections::VecDeque, sync::Arc};

use domain::members::Address;
use futures::future::join_all;
use store::{
    jobs::{self, Due, Next},
    outbox::{self, Outcome},
    readiness,
    runner::{self, Kind, Lane, Trigger},
    sign_in,
};
use tests::Guild;
use uuid::Uuid;

use crate::measure::Bench;

pub(crate) const SIZE: usize = 1000;
const RUNS: usize = 10;
/// Emails or jobs in one claim.
const BATCH_SIZE: u64 = 10;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let browsers: Vec<_> = (0..bench.size).map(|_| sign_in::new_token()).collect();
    let requests = browsers.iter().enumerate().map(async |(i, browser)| {
        let address = Address::parse(&format!("member{i}@guild.example")).unwrap();
        sign_in::request_email(&g.store, sign_in::EmailRequest::new(&address, browser)).await.unwrap();
    });
    join_all(requests).await;
    bench
        .measure("an empty write (baseline)", 5 * RUNS, async |_| readiness::probe(&g.store).await.unwrap())
        .await;
    let mut claimed = VecDeque::new();
    bench
        .measure("claim 10 emails", RUNS, async |_| {
            claimed.extend(outbox::claim(&g.store, BATCH_SIZE).await.unwrap());
        })
        .await;
    bench
        .measure("record that one was sent", RUNS, async |_| {
            let email = claimed.pop_front().unwrap();
            outbox::settle(&g.store, email.id, Outcome::Sent).await.unwrap();
        })
        .await;
    jobs(bench, g).await;
}

async fn jobs(bench: &mut Bench, g: &Guild) {
    let due = || async {
        let subjects = (0..100).map(|_| Uuid::now_v7()).collect();
        Ok(Due { subjects, next: None })
    };
    let kind = Kind::new(
        "nothing",
        Lane::Long,
        Trigger::Due(Arc::new(move |_| Box::pin(due()))),
        |_, _| async { Ok(Next::Done) },
    );
    let kinds = [kind.clone()];
    let batches = bench.size.div_ceil(100) + 1;
    bench.measure("queue 100 jobs", batches, async |_| _ = runner::plan(&g.store, &kinds).await.unwrap()).await;
    let mut claimed = VecDeque::new();
    bench
        .measure("claim 10 jobs", RUNS, async |_| {
            claimed.extend(jobs::claim(&g.store, &[kind.name], BATCH_SIZE).await.unwrap());
        })
        .await;
    bench
        .measure("run a job that does nothing", RUNS, async |_| {
            runner::run(&g.store, &kind, claimed.pop_front().unwrap()).await.unwrap();
        })
        .await;
    bench
        .measure("claim a job, two workers at once", RUNS, async |_| {
            let kinds = [kind.name];
            let claim = || jobs::claim(&g.store, &kinds, 1);
            let (one, two) = tokio::join!(claim(), claim());
            assert_ne!(one.unwrap()[0].id, two.unwrap()[0].id);
        })
        .await;
}
