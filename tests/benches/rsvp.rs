//! Seats of one event, for this many members. The event has seats for half of them.

use futures::future::join_all;
use store::{events, readiness};
use tests::Guild;

use crate::measure::Bench;

pub(crate) const SIZE: usize = 200;
const RUNS: usize = 20;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let members = g.crowd(bench.size.max(5 * RUNS)).await;
    let half = members.len() / 2;
    let slug = g.event(Some(u32::try_from(half).unwrap())).await;
    let rsvp = async |member: usize| {
        g.rsvp(&members[member], &slug, 0).await.unwrap();
    };
    bench
        .measure("an empty write (baseline)", 5 * RUNS, async |_| readiness::probe(&g.store).await.unwrap())
        .await;
    bench.measure("take a seat", RUNS, async |run| rsvp(run).await).await;
    // The rest of the first half takes its seats at once, so that the event is full.
    join_all((RUNS..half).map(rsvp)).await;
    bench.measure("join the waitlist", RUNS, async |run| rsvp(half + run).await).await;
    bench
        .measure("give up a seat, and promote the next one", RUNS, async |run| {
            events::leave(&g.store, &members[run], &slug).await.unwrap();
        })
        .await;
}
