//! The matrix: every door, for every actor, at every record, through the running portal, against a table
//! that was read by a person; and canaries, words that stand in one hidden record only and are on no page
//! of anybody who may not see it.
//!
//! A new door fails these tests until [`world`] says what to knock with.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod forms;
mod world;

use std::fmt::Write as _;

use domain::doors::{Access, ONE_CLICK, POLICY, Verb};
use store::Engine;
use tests::{
    Guild,
    portal::{Answer, Browser, Portal},
};

use forms::TOLD_ELSEWHERE;
use world::{ACTORS, World};

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

fn table(rows: &[(String, Vec<String>)]) -> String {
    let wide = rows.iter().map(|(door, _)| door.chars().count()).max().unwrap_or(0);
    let mut table = format!("{:wide$}", "");
    for (actor, _) in ACTORS {
        write!(table, " {actor:>9}").unwrap();
    }
    for (door, cells) in rows {
        write!(table, "\n{door:wide$}").unwrap();
        for cell in cells {
            write!(table, " {cell:>9}").unwrap();
        }
    }
    table
}

fn browser_of(portal: &Portal, session: Option<&String>) -> Browser {
    let browser = portal.browser();
    if let Some(token) = session {
        browser.set_cookie("guildhall", token);
    }
    browser
}

/// Doors that are knocked on elsewhere: sign-in has its own tests, and what only a debug build or a demo
/// opens holds nothing of the community.
fn elsewhere(path: &str, access: Access) -> bool {
    matches!(access, Access::Demo | Access::Mailbox | Access::Debug)
        || path.starts_with("/sign-in")
        || path.starts_with("/a/")
        // A door for who holds a signed link, whoever they are: tests/tests/preferences.rs.
        || path == ONE_CLICK
        || matches!(path, "/livez" | "/readyz" | "/favicon.ico" | "/robots.txt" | "/setup" | "/sign-out")
}

async fn reading(g: Guild) -> String {
    let world = World::new(&g).await;
    let portal = g.portal(&[]).await;
    let before = world.everything(&g).await;
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for door in POLICY.iter().filter(|door| door.verb == Verb::Get && !elsewhere(door.path, door.access)) {
        for target in world.targets(door.path) {
            let mut cells = Vec::new();
            for (actor, _) in ACTORS {
                let browser = browser_of(&portal, world.sessions.get(actor));
                let answer = browser.get(&target.path).await;
                for secret in world.secrets.iter().filter(|secret| !secret.seen_by.contains(&actor)) {
                    assert!(
                        !answer.body.contains(secret.canary),
                        "{actor} reads {} at {}",
                        secret.canary,
                        target.path
                    );
                }
                let all: Vec<_> = world.secrets.iter().map(|secret| secret.canary).collect();
                cells.push(cell(&answer, &all));
            }
            rows.push((format!("{} {}", door.path, target.label), cells));
        }
    }
    assert_eq!(world.everything(&g).await, before, "reading changes nothing");
    // The control: what is hidden from some is shown to others, so the canaries are where they should be.
    for secret in &world.secrets {
        let shown = rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.ends_with('!'));
        assert!(shown, "nobody sees {}", secret.canary);
    }
    portal.stop().await;
    g.no_letters().await;
    table(&rows)
}

async fn changing(g: Guild) -> String {
    let world = World::new(&g).await;
    let portal = g.portal(&[]).await;
    let (mut rows, mut wrong): (Vec<(String, Vec<String>)>, Vec<String>) = Default::default();
    for door in POLICY.iter().filter(|door| door.verb == Verb::Post && !elsewhere(door.path, door.access)) {
        let mut of_door: Vec<(String, Vec<String>)> = Vec::new();
        for (actor, _) in ACTORS {
            let browser = browser_of(&portal, world.sessions.get(actor));
            // Fresh records for each, so that nobody finds done what another did.
            for (i, form) in world.forms(&g, door.path).await.into_iter().enumerate() {
                let fields: Vec<_> = form.fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
                let before = world.everything(&g).await;
                let answer = browser.post(&form.path, &fields).await;
                let changed = world.everything(&g).await != before;
                assert_ne!(answer.status, 500, "{} as {actor}: {}", form.path, answer.body);
                if of_door.len() == i {
                    of_door.push((format!("{} {}", door.path, form.label), Vec::new()));
                }
                of_door[i].1.push(if changed { "changes".to_owned() } else { cell(&answer, &[]) });
            }
        }
        // The control: a door that opens for nobody was knocked on with a wrong form.
        let opens = of_door.iter().flat_map(|(_, cells)| cells).any(|cell| cell == "changes");
        if opens == TOLD_ELSEWHERE.iter().any(|(path, _)| *path == door.path) {
            wrong.push(format!("{} opens: {opens}, {of_door:?}", door.path));
        }
        rows.extend(of_door);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    portal.stop().await;
    g.no_letters().await;
    table(&rows)
}

#[test]
fn who_may_read_what() {
    tests::run(Engine::Sqlite, async |g: Guild| insta::assert_snapshot!("reading", reading(g).await));
}

#[test]
fn who_may_change_what() {
    tests::run(Engine::Sqlite, async |g: Guild| insta::assert_snapshot!("changing", changing(g).await));
}
