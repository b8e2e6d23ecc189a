//! The directory of members and the search, with this many members and half as many events.

use store::{
    members::{self, Filter, directory},
    search::search,
};
use tests::Guild;

use crate::measure::Bench;

pub(crate) const SIZE: usize = 1000;
const RUNS: usize = 20;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let members = u32::try_from(bench.size).unwrap();
    store::seed::crowd(&g.store, members, members / 2).await.unwrap();
    let ada = g.actor("ada").await;
    let words = || Filter { words: "ferries".into(), ..Filter::default() };
    bench
        .measure("one member (baseline)", 10 * RUNS, async |_| {
            members::myself(&g.store, &ada).await.unwrap();
        })
        .await;
    bench
        .measure("the first page of the directory", RUNS, async |_| {
            directory(&g.store, &ada, &Filter::default(), 0).await.unwrap();
        })
        .await;
    bench
        .measure("page 21 of the directory", RUNS, async |_| {
            directory(&g.store, &ada, &Filter::default(), 20).await.unwrap();
        })
        .await;
    bench
        .measure("the directory, filtered by a word", RUNS, async |_| {
            directory(&g.store, &ada, &words(), 0).await.unwrap();
        })
        .await;
    bench
        .measure("a search", RUNS, async |_| {
            search(&g.store, &ada, "secure cod", None, 0).await.unwrap();
        })
        .await;
}
