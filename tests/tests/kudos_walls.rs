//! Many open walls and real servers: servers are killed, restarted, and share a database (K9). Readers who see the same
//! share what is read for them.
//!
//! `GUILDHALL_K9_WALLS` sets the number of walls.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{Actor, KudosId, Role, kudos::KudosForm};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use store::{blocks, kudos, kudos::Filter};
use tests::{
    Guild, guild_test,
    load::{Community, times},
    process::Process,
};
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout},
};

/// Walls that a server is killed under, unless the variable says otherwise.
const WALLS: usize = 500;
/// The address of the server that runs now.
type Address = Arc<Mutex<String>>;

/// The cards that a wall shows.
type Cards = Arc<Mutex<BTreeSet<String>>>;

/// A wall that follows the server wherever it is, as the script in the browser does. With `rounds`, it forgets its number
/// and connects again only at the end of a round, so cards are given while it is away.
async fn follow(
    address: Address,
    client: reqwest::Client,
    cards: Cards,
    mut rounds: Option<watch::Receiver<usize>>,
) {
    let mut seq = "0".to_owned();
    loop {
        let server = address.lock().unwrap().clone();
        let since = if rounds.is_some() && seq != "0" { String::new() } else { format!("?since={seq}") };
        let request =
            client.get(format!("{server}/kudos/stream{since}")).header("accept", "text/event-stream");
        if let Ok(mut answer) = request.send().await
            && answer.status() == 200
        {
            let mut buffer = String::new();
            while let Ok(Some(bytes)) = answer.chunk().await {
                buffer += &String::from_utf8_lossy(&bytes);
                while let Some((event, rest)) = buffer.split_once("\n\n") {
                    seq = apply(event, &cards).unwrap_or(seq);
                    buffer = rest.to_owned();
                }
            }
        }
        match &mut rounds {
            Some(rounds) if seq != "0" => {
                rounds.mark_unchanged();
                _ = rounds.changed().await;
            }
            _ => sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Applies an event to a wall. Returns the number of the feed if the event has it.
fn apply(event: &str, cards: &Cards) -> Option<String> {
    let mut cards = cards.lock().unwrap();
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    match field("event:") {
        Some("show") => {
            let id = event.split("id=\\\"kudos-").nth(1).unwrap().split('\\').next().unwrap();
            cards.insert(id.to_owned());
        }
        Some("remove") => {
            let id = event.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap();
            cards.remove(id);
        }
        // A page that loads again begins with the cards that are there. This wall begins with none.
        Some("reload") => {
            cards.clear();
            return Some("0".to_owned());
        }
        _ => {}
    }
    field("id:").map(str::to_owned)
}

/// Gives kudos over HTTP until a server has accepted them. The key makes it one card, however often it is sent.
async fn give(address: &Address, session: &str, to: &str, text: &str) -> String {
    let client = reqwest::Client::new();
    let key = store::sign_in::new_token();
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let body =
        format!("to[]={to}&values[]=measurable-impact&visibility=public&key={key}&text={}", encode(text));
    loop {
        let server = address.lock().unwrap().clone();
        let request = client
            .post(format!("{server}/api/kudos/give"))
            .header("origin", &server)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", format!("guildhall={session}"))
            .body(body.clone());
        if let Ok(answer) = request.send().await {
            let status = answer.status().as_u16();
            if let Ok(text) = answer.text().await {
                if status == 200 {
                    return text.trim_matches('"').to_owned();
                }
                assert_eq!(status, 503, "{text}");
            }
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// The slugs of the members' pages, by address.
async fn slugs(db: &DatabaseConnection) -> BTreeMap<String, String> {
    // Members without a name cannot be found.
    db.execute_unprepared("UPDATE members SET name = 'Member' WHERE name = ''").await.unwrap();
    let sql = "SELECT m.address, p.slug FROM members m JOIN profiles p ON p.member_id = m.id";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get("", "address").unwrap(), row.try_get("", "slug").unwrap())).collect()
}

/// K9: a server is killed again and again while members give kudos. In the end every wall shows the cards that there
/// are. A wall that forgets which number it has seen misses some.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k9_walls_show_exactly_the_cards_there_are_after_kills() {
    let data = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", data.path().join("guildhall.db").display());
    let community = Community::create(&url, 12, 0).await;
    let db = store::connect_for_migrations(&url).await.unwrap();
    let slugs = slugs(&db).await;
    db.close().await.unwrap();
    // All walls come from one address, as behind a proxy.
    let settings = [("trusted_proxies", "1")];
    let mut server = Process::serve(data.path(), &settings).await;
    let address: Address = Arc::new(Mutex::new(server.address.clone()));
    let client = reqwest::Client::builder()
        .default_headers(
            [("x-forwarded-for".parse().unwrap(), "192.0.2.1".parse().unwrap())].into_iter().collect(),
        )
        .build()
        .unwrap();
    let walls: Vec<Cards> = (0..times("GUILDHALL_K9_WALLS", WALLS)).map(|_| Cards::default()).collect();
    let forgetful = Cards::default();
    let mut tasks = Vec::new();
    let (end_round, rounds) = watch::channel(0);
    for (cards, rounds) in walls.iter().map(|cards| (cards, None)).chain([(&forgetful, Some(rounds))]) {
        tasks.push(tokio::spawn(follow(address.clone(), client.clone(), cards.clone(), rounds)));
    }
    let shown_by_all = async |expected: &BTreeSet<String>| {
        let until = Instant::now() + Duration::from_secs(30);
        let differ = || walls.iter().filter(|cards| *cards.lock().unwrap() != *expected).count();
        while differ() > 0 && Instant::now() < until {
            sleep(Duration::from_millis(100)).await;
        }
        differ()
    };
    let mut given = BTreeSet::new();
    let member = |n: usize| community.members[n % community.members.len()].clone();
    for round in 0..3 {
        let giving = async {
            let mut ids = Vec::new();
            for n in 0..4 {
                let ((_, session), (to, _)) = (member(round * 4 + n), member(round * 4 + n + 1));
                let text = format!("Round {round}, number {n}: you kept the servers calm all night long.");
                ids.push(give(&address, &session, &slugs[&to], &text).await);
                sleep(Duration::from_millis(100)).await;
            }
            ids
        };
        let killing = async {
            sleep(Duration::from_millis(150)).await;
            server.kill().await;
            let server = Process::serve(data.path(), &settings).await;
            (*address.lock().unwrap()).clone_from(&server.address);
            server
        };
        let (ids, restarted) = tokio::join!(giving, killing);
        server = restarted;
        given.extend(ids);
        end_round.send_replace(round);
        if round == 0 {
            // The walls are all open before the next kill.
            assert_eq!(shown_by_all(&given).await, 0);
        }
    }
    assert_eq!(given.len(), 12);
    let differ = shown_by_all(&given).await;
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    server.kill().await;
    assert_eq!(differ, 0, "walls that show something else");
    assert!(forgetful.lock().unwrap().len() < given.len(), "negative control");
}

/// K9: two servers share a database, and a card that one of them accepts is on the walls of both within a second.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k9_two_servers_on_one_database_show_new_cards_within_a_second() {
    let server = std::env::var("GUILDHALL_TEST_POSTGRES").unwrap();
    let admin = store::connect_for_migrations(&server).await.unwrap();
    let name = format!("walls_{}", std::process::id());
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    let community = Community::create(&url, 4, 0).await;
    let db = store::connect_for_migrations(&url).await.unwrap();
    let slugs = slugs(&db).await;
    db.close().await.unwrap();
    let data = tempfile::tempdir().unwrap();
    let settings = [("database_url", url.as_str())];
    let servers =
        [Process::serve(data.path(), &settings).await, Process::serve(data.path(), &settings).await];
    let addresses: Vec<Address> =
        servers.iter().map(|server| Arc::new(Mutex::new(server.address.clone()))).collect();
    let walls: Vec<Cards> = addresses.iter().map(|_| Cards::default()).collect();
    let client = reqwest::Client::new();
    let mut tasks = Vec::new();
    for (address, cards) in addresses.iter().zip(&walls) {
        tasks.push(tokio::spawn(follow(address.clone(), client.clone(), cards.clone(), None)));
    }
    // The first card proves that the walls are open.
    for n in 0..5 {
        let ((_, session), (to, _)) = (&community.members[n % 4], &community.members[(n + 1) % 4]);
        let text = format!("Number {n}: you moved the database, and nobody noticed a thing.");
        let id = give(&addresses[n % 2], session, &slugs[to], &text).await;
        let given = Instant::now();
        let on_all = async {
            while !walls.iter().all(|cards| cards.lock().unwrap().contains(&id)) {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(10), on_all).await.unwrap();
        assert!(n == 0 || given.elapsed() < Duration::from_secs(1), "card {n}: {:?}", given.elapsed());
    }
    tasks.iter().for_each(tokio::task::JoinHandle::abort);
    for server in servers {
        server.kill().await;
    }
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
}

/// Walls share what is read for readers who see the same. Everybody who sees something else is concerned.
#[guild_test]
async fn k9_readers_who_are_not_concerned_see_the_same(g: Guild) {
    g.demo().await;
    let actor = async |key: &str| g.actor(key).await;
    let (mei, kofi, ines) = (actor("mei").await, actor("kofi").await, actor("ines").await);
    let (grace, tomas) = (actor("grace").await, actor("tomas").await);
    let mut readers: Vec<Actor> = Vec::new();
    for row in g.rows("SELECT demo_key FROM members WHERE role = 'member' AND demo_key IS NOT NULL").await {
        readers.push(actor(&row.try_get::<String>("", "demo_key").unwrap()).await);
    }
    blocks::block(&g.store, &tomas, mei.member().unwrap()).await.unwrap();
    let text = |n: &str| format!("{n}: you read my runbook aloud, and then we mended it.");
    let form = |visibility: &str, form: KudosForm| KudosForm { visibility: visibility.into(), ..form };
    let mut differing = 0;
    for case in ["public", "members", "team", "private", "to a team", "reaction", "thanks", "hidden", "event"]
    {
        let after = kudos::latest_seq(&g.store).await.unwrap();
        let to_kofi = g.kudos_form(&[&kofi], &text(case)).await;
        let given = match case {
            "public" | "members" | "team" | "private" => form(case, to_kofi),
            "to a team" => KudosForm { to: String::new(), team: "payments".into(), ..to_kofi },
            "event" => {
                let slug = g.night_owls(&[&kofi]).await;
                KudosForm { event: slug.to_string(), ..to_kofi }
            }
            _ => to_kofi,
        };
        let giver = if ["public", "members", "team"].contains(&case) { &mei } else { &ines };
        let giver = if case == "event" { &kofi } else { giver };
        let given = if case == "event" {
            KudosForm { to: g.kudos_form(&[&grace], "x").await.to, ..given }
        } else {
            given
        };
        let Ok(id) = kudos::give(&g.store, giver, given.check().unwrap(), "").await else {
            // Not every member may link every event.
            assert_eq!(case, "event");
            continue;
        };
        match case {
            "reaction" => {
                let heart = domain::kudos::Reaction::Heart;
                kudos::react(&g.store, &grace, id, heart, true).await.unwrap();
            }
            "thanks" => kudos::thank(&g.store, &grace, id, true).await.unwrap(),
            "hidden" => kudos::hide(&g.store, &kofi, id, true).await.unwrap(),
            _ => {}
        }
        differing += differences(&g, &readers, after, case).await;
        g.advance(chrono::Duration::days(8));
    }
    assert!(differing > 10, "control: concerned readers see other cards, and {differing} did");
    g.take_emails().await;
}

/// Checks that all readers who are not concerned see the same. Returns how many concerned ones see something else.
async fn differences(g: &Guild, readers: &[Actor], after: i64, case: &str) -> usize {
    let latest = kudos::latest_seq(&g.store).await.unwrap();
    let concerned = kudos::concerned(&g.store, after, latest).await.unwrap();
    // Nobody shares what is about an event that not everybody sees.
    let Some(concerned) = concerned else { return 0 };
    let concerned: HashSet<_> = concerned.into_iter().collect();
    let seen = async |reader: &Actor| {
        kudos::since(&g.store, reader, &Filter::default(), after).await.unwrap().unwrap()
    };
    let (mut shared, mut others) = (None, Vec::new());
    for reader in readers {
        assert!(matches!(reader, Actor::Member { role: Role::Member, .. }));
        if concerned.contains(&reader.member().unwrap()) {
            others.push(seen(reader).await);
            continue;
        }
        let seen = seen(reader).await;
        let first: &kudos::Changes = shared.get_or_insert_with(|| seen.clone());
        assert_eq!(*first, seen, "{case}");
    }
    let shared = shared.unwrap();
    others.iter().filter(|seen| **seen != shared).count()
}

/// The walls of these tests read events as the script does.
#[test]
fn an_event_shows_and_removes_a_card() {
    let cards = Cards::default();
    let id = KudosId(uuid::Uuid::nil()).to_string();
    let show = format!("event: show\ndata: {{\"html\":\"<li id=\\\"kudos-{id}\\\">\"}}");
    assert_eq!(apply(&show, &cards), None);
    assert!(cards.lock().unwrap().contains(&id));
    assert_eq!(apply("id: 7\nevent: seen\ndata: {}", &cards).as_deref(), Some("7"));
    apply(&format!("event: remove\ndata: {{\"id\":\"{id}\"}}"), &cards);
    assert!(cards.lock().unwrap().is_empty());
}
