//! Opening the wall: with 100 kudos, and with this many (K9). A page reads the same few rows in both cases.

use app::context::Visit;
use domain::Locale;
use sea_orm::ConnectionTrait as _;
use store::kudos::{Filter, latest, list};
use tests::Guild;

use crate::measure::Bench;

pub(crate) const SIZE: usize = 100_000;
const FEW: u32 = 100;
const RUNS: usize = 20;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let size = u32::try_from(bench.size).unwrap();
    let visit = g.visit(Some("mei"), "/kudos", Locale::En).await;
    store::seed::crowd(&g.store, 200, 0).await.unwrap();
    store::seed::crowd_kudos(&g.store, FEW).await.unwrap();
    measure(bench, g, &visit, FEW).await;
    store::seed::crowd_kudos(&g.store, size.saturating_sub(FEW)).await.unwrap();
    measure(bench, g, &visit, size).await;
}

async fn measure(bench: &mut Bench, g: &Guild, visit: &Visit, kudos: u32) {
    // A database that has run for a while knows how many rows there are.
    g.raw().execute_unprepared("ANALYZE").await.unwrap();
    let (store, mei) = (&g.store, &visit.actor);
    bench
        .measure(&format!("the wall of {kudos} kudos, as a page"), RUNS, async |_| {
            g.page(visit).await;
        })
        .await;
    bench
        .measure(&format!("the rows of its first page, of {kudos}"), RUNS, async |_| {
            assert!(list(store, mei, &Filter::default(), None).await.unwrap().next.is_some());
        })
        .await;
    let last = latest(store, mei, 90).await.unwrap().pop().unwrap().id;
    bench
        .measure(&format!("the rows of its fourth page, of {kudos}"), RUNS, async |_| {
            list(store, mei, &Filter::default(), Some(last)).await.unwrap();
        })
        .await;
    let value = Filter { value: domain::Slug::parse("measurable-impact"), ..Filter::default() };
    bench
        .measure(&format!("filtered by a value, of {kudos}"), RUNS, async |_| {
            list(store, mei, &value, None).await.unwrap();
        })
        .await;
    let person = Filter { person: domain::Slug::parse("crowd-7"), ..Filter::default() };
    bench
        .measure(&format!("filtered by a person, of {kudos}"), RUNS, async |_| {
            list(store, mei, &person, None).await.unwrap();
        })
        .await;
}
