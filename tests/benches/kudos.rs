//! Giving kudos: this many at once, each accepted when it is on disk (K4). The goal is 500 in a second.

use domain::{
    Actor, MemberId, Role, SignInSessionId,
    kudos::{KudosDetails, KudosForm},
};
use futures::future::join_all;
use sea_orm::ConnectionTrait as _;
use store::{Engine, Store, kudos, readiness};
use tests::Guild;
use uuid::Uuid;

use crate::measure::{Bench, on_disk};

pub(crate) const SIZE: usize = 500;
const RUNS: usize = 5;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let givers = bench.size.max(8);
    store::seed::crowd(&g.store, u32::try_from(givers).unwrap(), 0).await.unwrap();
    // With an address, each of them gets an email, as in real life.
    let address = match g.store.engine() {
        Engine::Sqlite => "hex(id)",
        Engine::Postgres => "id::text",
    };
    let sql = format!("UPDATE members SET address = {address} || '@guild.example' WHERE address IS NULL");
    g.raw().execute_unprepared(&sql).await.unwrap();
    let crowd: Vec<(Uuid, String)> = g
        .rows("SELECT member_id, slug FROM profiles WHERE slug LIKE 'crowd-%' ORDER BY slug")
        .await
        .iter()
        .map(|row| (row.try_get("", "member_id").unwrap(), row.try_get("", "slug").unwrap()))
        .collect();
    let (store, _folder) = on_disk(g).await;
    bench
        .measure("an empty write (baseline)", 5 * RUNS, async |_| readiness::probe(&store).await.unwrap())
        .await;
    let form = form(&store, &crowd).await;
    bench
        .measure("give one kudos", RUNS, async |run| {
            let kudos = form(0, 1 + run, &format!("One by one, number {run}"));
            kudos::give(&store, &actor(crowd[0].0), kudos, "").await.unwrap();
        })
        .await;
    let what = format!("give {} kudos at once", bench.size);
    assert!(crowd.len() >= bench.size);
    bench
        .measure(&what, RUNS, async |run| {
            let given = (0..crowd.len()).map(|n| {
                // Everybody thanks another neighbour in each run, so that no limit refuses it.
                let kudos = form(n, n + 10 + run, &format!("Run {run}"));
                let giver = actor(crowd[n].0);
                let store = &store;
                async move { kudos::give(store, &giver, kudos, "").await.unwrap() }
            });
            join_all(given).await;
        })
        .await;
    store.close().await;
}

fn actor(id: Uuid) -> Actor {
    Actor::Member { id: MemberId(id), role: Role::Member, session: SignInSessionId(Uuid::nil()) }
}

/// Makes kudos from the numbers of giver and recipient.
async fn form(store: &Store, crowd: &[(Uuid, String)]) -> impl Fn(usize, usize, &str) -> KudosDetails {
    let value = kudos::values(store).await.unwrap()[0].slug.to_string();
    let slugs: Vec<String> = crowd.iter().map(|(_, slug)| slug.clone()).collect();
    move |from, to, what| {
        let text = format!("{what}: number {from} thanks for a review that found the one wrong line.");
        let to = slugs[to % slugs.len()].clone();
        KudosForm { to, values: value.clone(), text, ..KudosForm::default() }.check().unwrap()
    }
}
