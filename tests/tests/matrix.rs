//! The matrix: every door, for every actor, at every record, through the running portal, against a table
//! that was read by a person; and canaries, words that stand in one hidden record only and are on no page
//! of anybody who may not see it.
//!
//! A new door fails these tests until [`world`] says what to knock with.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod forms;
mod injected;
mod snapshot;
mod world;

use std::fmt::Write as _;

use app::routes::{Access, Method, ONE_CLICK, ROUTES, Route};
use store::Engine;
use tests::{
    Guild,
    portal::{Answer, Browser, Portal},
};

use forms::TOLD_ELSEWHERE;
use world::{ACTORS, UNVERIFIED, World};

/// A line of a table: the door, and a cell for each actor.
type Row = (String, Vec<String>);

/// What a cell of the table says of an answer.
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
    ROUTES.iter().filter(move |route| route.method == method && !elsewhere(route.path, route.access))
}

/// Whoever has not proved an address is a stranger, whatever they asked for.
fn unverified_is_nobody(rows: &[Row]) {
    let column = |name: &str| ACTORS.iter().position(|(actor, _)| *actor == name).unwrap();
    let (nobody, unverified) = (column("nobody"), column(UNVERIFIED));
    for (route, cells) in rows {
        assert_eq!(cells[nobody], cells[unverified], "{route}");
    }
}

/// Doors that are knocked on elsewhere: sign-in has its own tests, and what only a debug build or a demo
/// opens holds nothing of the community.
fn elsewhere(path: &str, access: Access) -> bool {
    matches!(access, Access::Demo | Access::Mailbox | Access::Debug)
        || path.starts_with("/sign-in")
        || path.starts_with("/a/")
        // A door for who holds a signed link, whoever they are: tests/tests/preferences.rs.
        || path == ONE_CLICK
        // For people who are not members: tests/tests/invitations.rs.
        || path == "/invitations/{secret}"
        || matches!(path, "/livez" | "/readyz" | "/favicon.ico" | "/robots.txt" | "/setup" | "/sign-out")
}

/// Reads the pages behind some doors as everybody. Answers with the table, and with who read what they may
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
    // The control: what is hidden from some is shown to others, so the canaries are where they should be.
    for secret in &world.secrets {
        let shown = rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.ends_with('!'));
        assert!(shown, "nobody sees {}", secret.canary);
    }
    unverified_is_nobody(&rows);
    rights_decide(&g, &world, &portal, &rows).await;
    portal.stop().await;
    g.clear_emails().await;
    insta::assert_snapshot!("reading", table(&rows));
}

/// The negative control: without what keeps them out, a member and a former member get other cells, and the
/// canaries sing.
async fn rights_decide(g: &Guild, world: &World, portal: &Portal, reviewed: &[Row]) {
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
        assert_eq!(was[0], now[0], "{line}: nobody is nobody");
    }
}

/// What became of one form, posted by one actor.
struct Posted {
    answer: Answer,
    before: String,
    after: String,
}

impl Posted {
    fn changed(&self) -> bool {
        self.before != self.after
    }

    fn cell(&self) -> String {
        if self.changed() { "changes".to_owned() } else { cell(&self.answer, &[]) }
    }
}

/// Posts a form to a database that is as `before` says.
async fn post(
    at: (&Guild, &World),
    browser: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    before: String,
) -> Posted {
    let answer = browser.post(path, fields).await;
    Posted { answer, before, after: at.1.everything(at.0).await }
}

async fn changing(g: Guild) {
    let world = World::new(&g).await;
    let portal = g.portal(&[]).await;
    let (mut rows, mut wrong): (Vec<Row>, Vec<String>) = Default::default();
    for route in routes(Method::Post) {
        let mut of_door: Vec<Row> = Vec::new();
        let (mut forms, mut now) = (Vec::new(), String::new());
        for (actor, _) in ACTORS {
            let browser = browser_of(&portal, &world, actor);
            // Fresh records after each change, so that nobody finds done what another did.
            if forms.is_empty() {
                forms = world.forms(&g, route.path).await;
                now = world.everything(&g).await;
            }
            let mut used = false;
            for (i, form) in forms.iter().enumerate() {
                let fields: Vec<_> = form.fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
                let posted = post((&g, &world), &browser, &form.path, &fields, now).await;
                now = posted.after.clone();
                let answer = &posted.answer;
                assert_ne!(answer.status, 500, "{} as {actor}: {}", form.path, answer.body);
                if of_door.len() == i {
                    of_door.push((format!("{} {}", route.path, form.label), Vec::new()));
                }
                of_door[i].1.push(posted.cell());
                used |= posted.changed();
            }
            if used {
                forms.clear();
            }
        }
        // The control: a door that opens for nobody was knocked on with a wrong form.
        let opens = of_door.iter().flat_map(|(_, cells)| cells).any(|cell| cell == "changes");
        if opens == TOLD_ELSEWHERE.iter().any(|(path, _)| *path == route.path) {
            wrong.push(format!("{} opens: {opens}, {of_door:?}", route.path));
        }
        rows.extend(of_door);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    unverified_is_nobody(&rows);
    portal.stop().await;
    g.clear_emails().await;
    insta::assert_snapshot!("changing", table(&rows));
}

/// One table for both engines: who may do what does not depend on the database.
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
