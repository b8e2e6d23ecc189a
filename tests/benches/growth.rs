//! How pages, feeds and search slow down when the community grows: each is asked for once at a time, with the data of a
//! small community and with more. The ratio is that of the two times. The goal is 2 for a hundred times the data.

use tests::{Guild, load::client};

use crate::{
    load::{Data, PAGES, READER, Server},
    measure::Bench,
};

/// Members of the small community.
pub(crate) const SMALL: usize = 1_000;
/// Members of the large one. It has as many events for each member, and RSVPs and kudos.
pub(crate) const SIZE: usize = 100_000;
const RUNS: usize = 15;

/// Pages of the admins, and others that few people open.
const MORE: &[(&str, &str, &str)] = &[
    ("groups", "/groups", READER),
    ("notifications", "/notifications", READER),
    ("directory, a name", "/members?q=tanaka", READER),
    ("search, a typo", "/search?q=pipelinse", READER),
    ("search, a common word", "/search?q=reviews", READER),
    ("give kudos, find a person", "/kudos/new?q=tanaka", READER),
    ("people of an event", "{event}/people", "ada"),
    ("admin", "/admin", "ada"),
    ("audit log", "/admin/audit", "ada"),
    ("outbox", "/admin/outbox", "ada"),
    ("members, admin", "/admin/members", "ada"),
];

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    let data = Data::fill(g, bench.size).await;
    let server = Server::start(g).await;
    let (client, ada) = (client(), g.session_of("ada").await);
    let pages = PAGES.iter().flat_map(|(name, path, open)| {
        let visitor = open.then(|| (format!("{name}, visitor"), *path, ""));
        visitor.into_iter().chain([(format!("{name}, member"), *path, READER)])
    });
    let more = MORE.iter().map(|(name, path, who)| ((*name).to_owned(), *path, *who));
    for (name, path, who) in pages.chain(more) {
        let path = path.replace("{event}", &data.event);
        let sign = if path.contains('?') { '&' } else { '?' };
        let session = if who == "ada" { &ada } else { &data.session };
        bench
            .compare(&name, RUNS, async |run| {
                // Without the number, visitors would get the kept page.
                let mut request = client.get(format!("{}{path}{sign}fresh={run}", server.address));
                request = request.header("accept", "text/html");
                if !who.is_empty() {
                    request = request.header("cookie", format!("guildhall={session}"));
                }
                let answer = request.send().await.unwrap();
                assert!(answer.status().is_success(), "{path}: {}", answer.status());
                answer.bytes().await.unwrap();
            })
            .await;
    }
    server.stop().await;
}
