//! Adds every column of the schema as a field to every form: a form must not change anything beyond its own
//! fields.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use app::routes::Method;
use domain::{events::EventForm, groups::GroupForm};
use serde_json::Value;
use store::Engine;
use tests::{Guild, portal::Portal};

use super::{
    Posted, browser_of,
    forms::TESTED_ELSEWHERE,
    post, routes, snapshot,
    world::{Form, World},
};

/// A part of every injected text.
const CANARY: &str = "canary-of-a-column";
/// The injected number.
const NUMBER: &str = "7654321";
/// The injected time, and its day as a row would contain it.
const TIME: &str = "2031-03-04T05:06:07Z";
const DAY: &str = "2031-03-04";

/// Columns with a fixed set of values, and the most powerful of these values.
const CHOICES: &[(&str, &str)] = &[
    ("role", "administrator"),
    ("role_before", "administrator"),
    ("status", "published"),
    ("state", "going"),
    ("visibility", "public"),
    ("joining", "open"),
    ("sign_up", "open"),
    ("attendee_list", "members"),
    ("promotion", "offer"),
    ("mode", "online"),
    ("kind", "chapter"),
    ("decision", "hidden"),
    ("delivery", "off"),
    ("demo", "true"),
    ("approval", "true"),
    ("hidden", "true"),
    ("online_meanwhile", "true"),
    ("demo_key", "ada"),
];

/// The value to inject into a column: a choice, a number, a time, another member's id, or a recognisable text.
fn value(column: &str, stranger: &str) -> String {
    if let Some((_, choice)) = CHOICES.iter().find(|(name, _)| *name == column) {
        return (*choice).to_owned();
    }
    let numbers = [
        "going",
        "waiting",
        "capacity",
        "minutes",
        "version",
        "guests",
        "guests_waiting",
        "waitlist_seq",
        "seat_seq",
    ];
    match column {
        "id" => stranger.to_owned(),
        _ if column.ends_with("_id") || matches!(column, "invited_by" | "reached") => stranger.to_owned(),
        _ if column.ends_with("_at") || column.ends_with("_until") => TIME.to_owned(),
        _ if column.ends_with("_minutes") || column.ends_with("_capacity") => NUMBER.to_owned(),
        _ if numbers.contains(&column) => NUMBER.to_owned(),
        _ => format!("{CANARY}-{column}"),
    }
}

/// The names of a route's own fields, including the arguments of its server function.
fn declared(path: &str, form: &Form) -> BTreeSet<String> {
    let plain = |name: &str| name.split('[').next().unwrap_or_default().to_owned();
    let mut names: BTreeSet<String> = form.fields.iter().map(|(name, _)| plain(name)).collect();
    let endpoint = format!("endpoint = \"{}\"", path.trim_start_matches("/api/"));
    for text in sources() {
        let Some((_, function)) = text.split_once(&endpoint) else { continue };
        let arguments = function.split_once("fn ").unwrap().1.split_once('(').unwrap().1;
        let arguments = arguments.split(") -> ").next().unwrap();
        for argument in arguments.split(',').filter_map(|argument| argument.rsplit(']').next()) {
            names.extend(argument.split_once(':').map(|(name, _)| name.trim().to_owned()));
        }
        let fields = if arguments.contains("EventForm") {
            serde_json::to_value(EventForm::default())
        } else if arguments.contains("GroupForm") {
            serde_json::to_value(GroupForm::default())
        } else {
            continue;
        };
        names.extend(fields.unwrap().as_object().unwrap().keys().cloned());
    }
    names
}

/// The text of each file of `app`.
fn sources() -> &'static [String] {
    static SOURCES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("app/src")];
        let mut texts = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let file = entry.unwrap().path();
                if file.is_dir() { folders.push(file) } else { texts.extend(fs::read_to_string(&file)) }
            }
        }
        texts
    });
    &SOURCES
}

/// The changes of a post, without anything that depends on the records: the number of added and removed rows by
/// table, and the choices in added rows.
fn outline(posted: &Posted) -> BTreeSet<String> {
    let table = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let mut counts = BTreeMap::<String, usize>::new();
    for line in posted.after.without(&posted.before) {
        *counts.entry(format!("{} came", table(line))).or_default() += 1;
        let (_, json) = line.split_once(' ').unwrap();
        let row: Value = serde_json::from_str(json).unwrap();
        for (column, _) in CHOICES {
            if let Some(value) = row.get(column) {
                *counts.entry(format!("{}.{column} = {value}", table(line))).or_default() += 1;
            }
        }
    }
    for line in posted.before.without(&posted.after) {
        *counts.entry(format!("{} went", table(line))).or_default() += 1;
    }
    counts.into_iter().map(|(what, n)| format!("{what}: {n}")).collect()
}

/// The injected values that a post saved in the database.
fn saved_values(posted: &Posted, stranger: &str) -> Vec<String> {
    let id = stranger.replace('-', "").to_uppercase();
    let found =
        |line: &&str| [CANARY, NUMBER, DAY, id.as_str(), stranger].iter().any(|one| line.contains(one));
    posted.after.without(&posted.before).into_iter().filter(found).map(str::to_owned).collect()
}

/// The fields of a form, plus a field for each of these columns.
fn injected(form: &Form, columns: &BTreeSet<String>, stranger: &str) -> Vec<(String, String)> {
    let own = form.fields.iter().map(|(name, text)| ((*name).to_owned(), text.clone()));
    own.chain(columns.iter().map(|column| (column.clone(), value(column, stranger)))).collect()
}

/// One of two communities with the same history. One gets the original form, the other the injected copy.
struct Side {
    g: Guild,
    world: World,
    portal: Portal,
}

impl Side {
    async fn new(g: Guild) -> Self {
        let (world, portal) = (World::new(&g).await, g.portal(&[]).await);
        Self { g, world, portal }
    }

    async fn form(&self, path: &str) -> Form {
        self.world.forms(&self.g, path).await.remove(0)
    }

    async fn post(&self, actor: &str, path: &str, fields: &[(String, String)]) -> Posted {
        let browser = browser_of(&self.portal, &self.world, actor);
        let fields: Vec<_> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let before = self.world.everything(&self.g).await;
        post((&self.g, &self.world), &browser, path, &fields, before).await
    }

    async fn end(self) {
        self.portal.stop().await;
        self.g.take_emails().await;
    }
}

#[test]
fn no_form_changes_more_than_it_says() {
    tests::run(Engine::Sqlite, async |g: Guild| {
        let other = Guild::new(Engine::Sqlite).await;
        let (plain, full) = (Side::new(g).await, Side::new(other).await);
        let columns: BTreeSet<String> = snapshot::columns(&plain.g).await.into_values().flatten().collect();
        assert!(columns.len() > 150, "{columns:?}");
        let stranger = plain.g.actor("bishal").await.member().unwrap().to_string();
        assert_eq!(full.g.actor("bishal").await.member().unwrap().to_string(), stranger, "one demo, copied");
        let (mut wrong, mut compared) = (Vec::new(), 0);
        let told_elsewhere = |path: &str| TESTED_ELSEWHERE.iter().any(|(told, _)| *told == path);
        for route in routes(Method::Post).filter(|route| !told_elsewhere(route.path)) {
            // Posts as a member first, and then as other actors until one of them can make the change.
            for actor in ["member", "host", "admin"] {
                let form = plain.form(route.path).await;
                let expected =
                    plain.post(actor, &form.path, &injected(&form, &BTreeSet::new(), &stranger)).await;
                let form = full.form(route.path).await;
                let names = declared(route.path, &form);
                let foreign = columns.difference(&names).cloned().collect();
                let got = full.post(actor, &form.path, &injected(&form, &foreign, &stranger)).await;
                let saved_values = saved_values(&got, &stranger);
                let (was, is) = (outline(&expected), outline(&got));
                if expected.cell() != got.cell() || was != is || !saved_values.is_empty() {
                    let (cell, other) = (expected.cell(), got.cell());
                    wrong.push(format!(
                        "{} as {actor}: {cell} {was:?} became {other} {is:?} {saved_values:?}",
                        route.path
                    ));
                }
                compared += 1;
                if expected.changed() {
                    break;
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(compared > 80, "{compared}");
        // Control: the fields that a form does accept are found in the database, so other values would be found
        // too.
        let form = full.form("/api/events/edit").await;
        let taken = ["description", "attendee_list"].map(str::to_owned).into();
        let got = full.post("host", &form.path, &injected(&form, &taken, &stranger)).await;
        assert!(!saved_values(&got, &stranger).is_empty(), "{:?}", got.answer);
        let form = plain.form("/api/events/edit").await;
        let expected = plain.post("host", &form.path, &injected(&form, &BTreeSet::new(), &stranger)).await;
        assert_ne!(outline(&expected), outline(&got), "changed choices are found too");
        plain.end().await;
        full.end().await;
    });
}
