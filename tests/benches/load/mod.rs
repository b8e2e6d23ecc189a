//! The portal under load. `wrk` asks the release server for one page after the other, over loopback, at several numbers
//! of connections. Beside it, in the same run, a bare axum handler sends as many bytes from memory, and a handler written
//! by hand shows the list of events. So runs on different machines can be compared by their ratios.
//!
//! The data: this many members, half as many events, 20 RSVPs and 2 kudos for each member.

mod data;
mod references;
mod report;
mod server;
mod wrk;

use domain::Locale;
use tests::Guild;

use self::{references::References, report::Line, wrk::Wrk};
pub(crate) use self::{
    data::Data,
    server::{SECRET, Server},
};
use crate::measure::Bench;

pub(crate) const SIZE: usize = 1_000;
/// Numbers of connections that ask at the same time.
const CONNECTIONS: [usize; 3] = [1, 16, 64];
/// The member who reads the pages.
pub(crate) const READER: &str = "mei";

/// The pages, and whether visitors can read them.
pub(crate) const PAGES: &[(&str, &str, bool)] = &[
    ("home", "/", true),
    ("events", "/events", true),
    ("event", "{event}", true),
    ("group", "/groups/on-call", true),
    ("kudos wall", "/kudos", true),
    ("profile", "/members/ada-okonkwo", true),
    ("past events", "/events?when=past", true),
    ("directory", "/members", false),
    ("search", "/search?q=pipelines", true),
    ("calendar feed", "/events.ics", true),
];

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    let data = Data::fill(g, bench.size).await;
    let server = Server::start(g).await;
    let wrk = Wrk::new(&data.session);
    println!("\n{}, {} members, first answer after {} ms", data.engine, bench.size, server.started_in.as_millis());
    println!("{}", Line::HEAD);
    let mut widest = 0;
    for (name, path, open) in PAGES {
        let path = path.replace("{event}", &data.event);
        for member in [false, true] {
            if !member && !open {
                continue;
            }
            let who = if member { "member" } else { "visitor" };
            let queries = queries(g, member.then_some(READER), &path).await;
            let url = format!("{}{path}", server.address);
            let bytes = server::size(&url, member.then_some(data.session.as_str())).await;
            widest = widest.max(bytes);
            for connections in CONNECTIONS {
                let load = wrk.load(&server, &url, connections, member).await;
                println!("{}", Line { what: &format!("{name}, {who}"), connections, bytes, queries, load });
            }
        }
    }
    println!("the server's memory after these pages: {} MB", server.memory() / 1024);
    for callers in CONNECTIONS {
        println!("{}", data.take_seats(&server, callers).await);
    }
    println!("the server's memory after the RSVPs: {} MB", server.memory() / 1024);
    let references = References::start(&g.store, widest).await;
    for (what, path) in [("bare handler", "/bare"), ("events, by hand", "/events")] {
        let url = format!("{}{path}", references.address);
        let bytes = server::size(&url, None).await;
        for connections in CONNECTIONS {
            let load = wrk.load(&references, &url, connections, false).await;
            println!("{}", Line { what, connections, bytes, queries: 0, load });
        }
    }
    references.stop().await;
    server.stop().await;
}

/// Number of queries of a page. The first visit fills caches and isn't counted.
async fn queries(g: &Guild, who: Option<&str>, path: &str) -> u64 {
    if path.ends_with(".ics") {
        return 0;
    }
    let visit = g.visit(who, path, Locale::En).await;
    g.page(&visit).await;
    let before = g.store.reads();
    g.page(&visit).await;
    g.store.reads() - before
}
