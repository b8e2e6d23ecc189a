//! The access matrix: every route, for every kind of actor, with every kind of record, requested from a running
//! portal. The results are compared with a table that a person has reviewed. Canaries, words that occur in a
//! single hidden record, must not appear on any page of an actor who may not see that record.
//!
//! A new route fails these tests until [`world`] says how to request it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod forms;
mod injected;
mod snapshot;
mod world;

use std::{fmt::Write as _, sync::Arc};

use app::routes::{Access, KUDOS_API, Method, ONE_CLICK, ROUTES, Route};
use store::Engine;
use tests::{
    Guild,
    portal::{Answer, Browser, Portal},
};

use forms::TESTED_ELSEWHERE;
use snapshot::Rows;
use world::{ACTORS, UNVERIFIED, World};

/// A line of the table: the route, and a cell for each actor.
type Row = (String, Vec<String>);

/// The cell for a response.
fn cell(answer: &Answer, canaries: &[&str]) -> String {
    let seen = if canaries.iter().any(|canary| answer.body.contains(canary)) { "!" } else { "" };
    let status = match answer.status {
        303 | 302 if answer.location.contains("/sign-in") => "in".to_owned(),
        303 | 302 => "go".to_owned(),
        status => status.to_string(),
    };
    format!("{status}{seen}")
}

fn table(rows: &[Row]) -> String {
    let wide = rows.iter().map(|(route, _)| route.chars().count()).max().unwrap_or(0);
    let mut table = format!("{:wide$}", "");
    for (actor, _) in ACTORS {
        write!(table, " {actor:>10}").unwrap();
    }
    for (route, cells) in rows {
        write!(table, "\n{route:wide$}").unwrap();
        for cell in cells {
            write!(table, " {cell:>10}").unwrap();
        }
    }
    table
}

fn browser_of(portal: &Portal, world: &World, actor: &str) -> Browser {
    let browser = portal.browser();
    if let Some((name, value)) = world.cookies.get(actor) {
        browser.set_cookie(name, value);
    }
    browser
}

fn routes(method: Method) -> impl Iterator<Item = &'static Route> {
    ROUTES
        .iter()
        .filter(move |route| route.method == method && !is_tested_elsewhere(route.path, route.access))
}

/// An actor who asked for a sign-in email and hasn't used it gets the same cells as a visitor.
fn assert_unverified_equals_visitor(rows: &[Row]) {
    let column = |name: &str| ACTORS.iter().position(|(actor, _)| *actor == name).unwrap();
    let (nobody, unverified) = (column("nobody"), column(UNVERIFIED));
    for (route, cells) in rows {
        assert_eq!(cells[nobody], cells[unverified], "{route}");
    }
}

/// Routes that other tests request. Sign-in has its own tests, and routes that only a debug build or a demo
/// serves contain nothing of the community.
fn is_tested_elsewhere(path: &str, access: Access) -> bool {
    matches!(access, Access::Demo | Access::Mailbox | Access::Debug)
        || path.starts_with("/sign-in")
        || path.starts_with("/a/")
        // Pictures that contain nothing of the community.
        || path.starts_with("/covers/")
        // For everybody who has a signed link: tests/tests/preferences.rs.
        || path == ONE_CLICK
        // For programs with a token: tests/tests/tokens.rs.
        || path == KUDOS_API
        // For people who are not members: tests/tests/invitations.rs.
        || path == "/invitations/{secret}"
        || matches!(path, "/livez" | "/readyz" | "/favicon.ico" | "/robots.txt" | "/setup" | "/sign-out")
}

/// Requests the pages of some routes as every actor. Returns the table, and the leaks: who read what they must
/// not.
async fn read(
    portal: &Portal,
    world: &World,
    routes: impl Iterator<Item = &'static Route>,
) -> (Vec<Row>, Vec<String>) {
    let (mut rows, mut leaks) = (Vec::new(), Vec::new());
    let canaries: Vec<_> = world.secrets.iter().map(|secret| secret.canary).collect();
    for route in routes {
        for target in world.targets(route.path) {
            let mut cells = Vec::new();
            for (actor, _) in ACTORS {
                let answer = browser_of(portal, world, actor).get(&target.path).await;
                for secret in world.secrets.iter().filter(|secret| !secret.seen_by.contains(&actor)) {
                    if answer.body.contains(secret.canary) {
                        leaks.push(format!("{actor} reads {} at {}", secret.canary, target.path));
                    }
                }
                cells.push(cell(&answer, &canaries));
            }
            rows.push((format!("{} {}", route.path, target.label), cells));
        }
    }
    (rows, leaks)
}

async fn reading(g: Guild) {
    let world = World::new(&g).await;
    let portal = g.portal(&[]).await;
    let before = world.everything(&g).await;
    let (rows, leaks) = read(&portal, &world, routes(Method::Get)).await;
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert_eq!(world.everything(&g).await, before, "reading changes nothing");
    // Control: some actors do see each hidden record, so the canaries are where they should be.
    for secret in &world.secrets {
        let shown = rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.ends_with('!'));
        assert!(shown, "nobody sees {}", secret.canary);
    }
    assert_unverified_equals_visitor(&rows);
    permissions_decide_the_cells(&g, &world, &portal, &rows).await;
    portal.stop().await;
    insta::assert_snapshot!("reading", table(&rows));
}

/// Negative control: after roles and memberships are changed, a member and a former member get other cells, and
/// canaries leak.
async fn permissions_decide_the_cells(g: &Guild, world: &World, portal: &Portal, reviewed: &[Row]) {
    let promote = "UPDATE members SET role = 'administrator' WHERE demo_key IN ('mei', 'sofia')";
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), promote).await.unwrap();
    let paths = ["/admin", "/events/{slug}", "/groups/{slug}", "/groups/{slug}/members"];
    let some = routes(Method::Get).filter(|route| paths.contains(&route.path));
    let (rows, leaks) = read(portal, world, some).await;
    assert!(leaks.iter().any(|leak| leak.starts_with("ex-member reads Quetzalhedron")), "{leaks:?}");
    for line in ["/admin ", "/events/{slug} of a private group", "/groups/{slug} private"] {
        let cells = |rows: &[Row]| rows.iter().find(|(route, _)| route == line).unwrap().1.clone();
        let (was, now) = (cells(reviewed), cells(&rows));
        let column = ACTORS.iter().position(|(actor, _)| *actor == "ex-member").unwrap();
        assert_ne!(was[column], now[column], "{line}");
        assert_eq!(was[0], now[0], "{line}: the cell of a visitor stays the same");
    }
}

/// The result of one form that one actor posted.
struct Posted {
    answer: Answer,
    before: Arc<Rows>,
    after: Arc<Rows>,
}

impl Posted {
    fn changed(&self) -> bool {
        self.before != self.after
    }

    fn cell(&self) -> String {
        if self.changed() { "changes".to_owned() } else { cell(&self.answer, &[]) }
    }
}

/// Posts a form to a database in the state `before`.
async fn post(
    at: (&Guild, &World),
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    before: Arc<Rows>,
) -> Posted {
    let answer = browser.post(path, fields).await;
    Posted { answer, before, after: at.1.everything(at.0).await }
}

async fn changing(g: Guild) {
    let world = World::new(&g).await;
    let portal = g.portal(&[]).await;
    let (mut rows, mut wrong): (Vec<Row>, Vec<String>) = Default::default();
    for route in routes(Method::Post) {
        let mut of_route: Vec<Row> = Vec::new();
        let (mut forms, mut now) = (Vec::new(), Arc::<Rows>::default());
        for (actor, _) in ACTORS {
            let browser = browser_of(&portal, &world, actor);
            // Each change starts with new records, so that no actor finds the change already done.
            if forms.is_empty() {
                forms = world.forms(&g, route.path).await;
                now = world.everything(&g).await;
            }
            let mut used = false;
            for (i, form) in forms.iter().enumerate() {
                let fields: Vec<_> = form.fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
                let posted = post((&g, &world), &browser, &form.path, &fields, now).await;
                now = Arc::clone(&posted.after);
                let answer = &posted.answer;
                assert_ne!(answer.status, 500, "{} as {actor}: {}", form.path, answer.body);
                if of_route.len() == i {
                    of_route.push((format!("{} {}", route.path, form.label), Vec::new()));
                }
                of_route[i].1.push(posted.cell());
                used |= posted.changed();
            }
            if used {
                forms.clear();
            }
        }
        // Control: when no actor could change anything, the test has posted a wrong form.
        let opens = of_route.iter().flat_map(|(_, cells)| cells).any(|cell| cell == "changes");
        if opens == TESTED_ELSEWHERE.iter().any(|(path, _)| *path == route.path) {
            wrong.push(format!("{} opens: {opens}, {of_route:?}", route.path));
        }
        rows.extend(of_route);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_unverified_equals_visitor(&rows);
    portal.stop().await;
    g.take_emails().await;
    insta::assert_snapshot!("changing", table(&rows));
}

/// Both engines have one table: permissions do not depend on the database.
mod who_may_read_what {
    use super::*;

    #[test]
    fn sqlite() {
        tests::run(Engine::Sqlite, reading);
    }

    #[test]
    fn postgres() {
        tests::run(Engine::Postgres, reading);
    }
}

mod who_may_change_what {
    use super::*;

    #[test]
    fn sqlite() {
        tests::run(Engine::Sqlite, changing);
    }

    #[test]
    fn postgres() {
        tests::run(Engine::Postgres, changing);
    }
}
