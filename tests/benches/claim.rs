//! The outbox: the email worker claims due emails and records that they were sent, with this many due emails.

use std::collections::VecDeque;

use domain::members::Address;
use futures::future::join_all;
use store::{
    outbox::{self, Outcome},
    readiness, sign_in,
};
use tests::Guild;

use crate::measure::Bench;

pub(crate) const SIZE: usize = 1000;
const RUNS: usize = 10;
/// Emails in one claim.
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
}
