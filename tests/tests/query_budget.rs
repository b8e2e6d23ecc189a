//! How many queries each page reads. A page that reads more, or reads one query for each row, changes the table.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{collections::BTreeMap, fmt::Write as _};

use app::routes::ROUTES;
use domain::Locale;
use store::Engine;
use tests::{Guild, pages::demo_pages};

/// The pattern of the route that a path belongs to, with the path's query.
fn pattern(path_and_query: &str) -> String {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |route: &str| {
        let pattern: Vec<&str> = route.split('/').collect();
        pattern.len() == parts.len()
            && pattern.iter().zip(&parts).all(|(pattern, part)| pattern == part || pattern.starts_with('{'))
    };
    // A route without parameters comes before one with them.
    let route =
        ROUTES.iter().filter(|route| fits(route.path)).min_by_key(|route| route.path.matches('{').count());
    let route = route.map_or(path, |route| route.path);
    if query.is_empty() { route.to_owned() } else { format!("{route}?{query}") }
}

/// Number of queries for a page. The first visit fills caches and isn't counted.
async fn reads(g: &Guild, who: Option<&str>, path: &str) -> u64 {
    let visit = g.visit(who, path, Locale::En).await;
    g.page(&visit).await;
    let before = g.store.reads();
    g.page(&visit).await;
    g.store.reads() - before
}

/// Both engines have one table. The numbers are the largest of the pages of a kind.
async fn every_page_keeps_its_budget(g: Guild) {
    g.demo().await;
    let mut table: BTreeMap<(String, &str), u64> = BTreeMap::new();
    for (who, path) in demo_pages(&g).await {
        let count = reads(&g, who, &path).await;
        let most = table.entry((pattern(&path), who.unwrap_or("nobody"))).or_default();
        *most = (*most).max(count);
    }
    // Control: counting works. A page of an event reads the event, its seats and its attendees.
    assert!(table.iter().any(|((path, _), count)| path == "/events/{slug}" && *count > 3), "{table:?}");
    let lines = table.iter().fold(String::new(), |mut lines, ((path, who), count)| {
        writeln!(lines, "{count:3} {path} as {who}").unwrap();
        lines
    });
    g.take_emails().await;
    insta::assert_snapshot!("queries", lines);
}

#[test]
fn sqlite() {
    tests::run(Engine::Sqlite, every_page_keeps_its_budget);
}

#[test]
fn postgres() {
    tests::run(Engine::Postgres, every_page_keeps_its_budget);
}
