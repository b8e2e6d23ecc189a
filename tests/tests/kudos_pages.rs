//! The pages of kudos over HTTP: giving without JavaScript, the wall, its live stream, and the feed.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use std::time::Duration;

use domain::{Actor, KudosId, kudos::KudosForm};
use store::kudos;
use tests::{
    Engine, Guild, guild_test,
    portal::{Browser, Portal},
};
use tokio::time::{Instant, timeout};

const TEXT: &str = "You read my runbook aloud, and then we both laughed and mended it.";

async fn signed_in(g: &Guild, portal: &Portal, key: &str) -> Browser {
    let browser = portal.browser();
    browser.set_cookie("guildhall", &g.session_of(key).await);
    browser
}

/// The values of the hidden fields and buttons with this name.
fn values_of(html: &str, name: &str) -> Vec<String> {
    let tag = format!("name=\"{name}\"");
    let value = |part: &str| {
        let end = part.find('>')?;
        let start = part[..end].find("value=\"")? + 7;
        Some(part[start..].split('"').next()?.to_owned())
    };
    html.split(&tag).skip(1).filter_map(value).collect()
}

/// K1: without JavaScript people are added one by one, and nothing that was typed is lost on the way.
#[guild_test]
async fn k1_the_form_adds_people_one_by_one_and_loses_nothing(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let mei = signed_in(&g, &portal, "mei").await;
    let page = mei.get("/kudos/new?to=kofi-mensah").await;
    assert_eq!(values_of(&page.body, "to[]"), ["kofi-mensah"], "the form is filled in from the address");
    let start = values_of(&page.body, "start").remove(0);
    let typed = [
        ("start", start.as_str()),
        ("to[]", "kofi-mensah"),
        ("text", "Too short <b>"),
        ("values[]", "measurable-impact"),
        ("visibility", "members"),
    ];
    let find = [typed.as_slice(), &[("q", "carvalho")]].concat();
    let found = mei.follow(mei.post("/api/kudos/find", &find).await, None).await;
    assert_eq!(values_of(&found.body, "add"), ["ines-carvalho"]);
    let add = [typed.as_slice(), &[("q", "carvalho"), ("add", "ines-carvalho")]].concat();
    let added = mei.follow(mei.post("/api/kudos/find", &add).await, None).await;
    assert_eq!(values_of(&added.body, "to[]"), ["kofi-mensah", "ines-carvalho"]);
    assert!(added.body.contains("Too short &lt;b&gt;"), "the text is kept");
    let key = values_of(&added.body, "key").remove(0);
    let both = [typed.as_slice(), &[("to[]", "ines-carvalho"), ("key", &key)]].concat();
    let refused = mei.follow(mei.post("/api/kudos/give", &both).await, None).await;
    assert!(
        refused.body.contains("Too short &lt;b&gt;") && refused.body.contains("id=\"p-text\""),
        "the problem is at its field"
    );
    assert_eq!(values_of(&refused.body, "to[]").len(), 2);
    let good: Vec<_> =
        both.iter().map(|(name, text)| (*name, if *name == "text" { TEXT } else { *text })).collect();
    let given = mei.follow(mei.post("/api/kudos/give", &good).await, None).await;
    assert_eq!(given.status, 200);
    assert!(given.body.contains(TEXT) && given.body.contains("Kudos given"));
    let newest = &kudos::latest(&g.store, &g.actor("ada").await, 1).await.unwrap()[0];
    assert_eq!((newest.text.as_str(), newest.to.len()), (TEXT, 2));
    assert!(!mei.get("/kudos/new?to=kofi-mensah").await.body.contains("Too short"), "the draft is gone");
    portal.stop().await;
    g.expect_emails("kudos_received=2").await;
}

/// K4, K6: limits are explained on the page, and the giver edits and retracts with plain forms.
#[guild_test]
async fn k6_the_page_offers_what_each_reader_may_do(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let (mei, kofi, ines) = (
        signed_in(&g, &portal, "mei").await,
        signed_in(&g, &portal, "kofi").await,
        signed_in(&g, &portal, "ines").await,
    );
    let id = g.give_kudos(&g.actor("mei").await, &g.actor("kofi").await, TEXT).await.unwrap();
    let page = format!("/kudos/{id}");
    let offers = async |browser: &Browser| {
        let html = browser.get(&page).await.body;
        ["/edit\"", "kudos/retract", "kudos/hide", "/reports/new"].map(|part| html.contains(part))
    };
    assert_eq!(offers(&mei).await, [true, true, false, false]);
    assert_eq!(offers(&kofi).await, [false, false, true, true]);
    assert_eq!(offers(&ines).await, [false, false, false, true]);
    assert_eq!(offers(&portal.browser()).await, [false; 4]);
    let id = id.to_string();
    let edited = [
        ("id", id.as_str()),
        ("text", "You read my runbook aloud, all of it."),
        ("values[]", "measurable-impact"),
    ];
    let answer = mei.follow(mei.post("/api/kudos/edit", &edited).await, None).await;
    assert!(answer.body.contains("all of it") && answer.body.contains("Kudos updated"));
    kofi.post("/api/kudos/hide", &[("id", &id), ("hidden", "yes")]).await;
    assert_eq!(ines.get(&page).await.status, 404);
    kofi.post("/api/kudos/hide", &[("id", &id), ("hidden", "no")]).await;
    assert_eq!(ines.get(&page).await.status, 200);
    g.advance(chrono::Duration::minutes(15));
    assert_eq!(offers(&mei).await, [false, true, false, false], "the time for changes is over");
    let answer = mei.follow(mei.post("/api/kudos/retract", &[("id", &id)]).await, None).await;
    assert!(answer.body.contains("Kudos retracted") && !answer.body.contains("all of it"));
    assert_eq!(mei.get(&page).await.status, 404);
    portal.stop().await;
    g.expect_emails("kudos_received=1").await;
}

/// K8: a reaction is one press of a button, which says whether it is pressed.
#[guild_test]
async fn k8_a_reaction_is_a_plain_form(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let ines = signed_in(&g, &portal, "ines").await;
    let id = g.give_kudos(&g.actor("mei").await, &g.actor("kofi").await, TEXT).await.unwrap().to_string();
    let fields = [("id", id.as_str()), ("reaction", "heart:on"), ("back", "/kudos?value=x")];
    let answer = ines.post("/api/kudos/react", &fields).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, &*format!("/kudos?value=x#kudos-{id}")));
    let html = ines.get(&format!("/kudos/{id}")).await.body;
    assert!(html.contains("value=\"heart:off\"") && html.contains("aria-pressed=\"true\""), "{html}");
    let evil = [("id", id.as_str()), ("reaction", "heart:off"), ("back", "https://evil.example")];
    assert_eq!(ines.post("/api/kudos/react", &evil).await.location, format!("/#kudos-{id}"));
    portal.stop().await;
    g.expect_emails("kudos_received=1").await;
}

/// An open wall, as a browser reads it.
struct Wall {
    answer: reqwest::Response,
    buffer: String,
}

impl Wall {
    async fn open(portal: &Portal, session: Option<&str>, since: i64) -> Self {
        let mut request = reqwest::Client::new()
            .get(format!("{}/kudos/stream?since={since}", portal.address()))
            .header("accept", "text/event-stream");
        if let Some(session) = session {
            request = request.header("cookie", format!("guildhall={session}"));
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream; charset=utf-8");
        assert!(!answer.headers().contains_key("content-encoding"), "compression would keep events back");
        Self { answer, buffer: String::new() }
    }

    /// The next event with this name, and everything that came before it. `None` at the end of the stream.
    async fn until(&mut self, name: &str) -> Option<String> {
        let wanted = format!("event: {name}\n");
        loop {
            if let Some(at) = self.buffer.find(&wanted)
                && let Some(end) = self.buffer[at..].find("\n\n")
            {
                let rest = self.buffer.split_off(at + end + 2);
                return Some(std::mem::replace(&mut self.buffer, rest));
            }
            let more = timeout(Duration::from_secs(10), self.answer.chunk()).await;
            let more = more.expect("no event in 10 seconds").ok().flatten()?;
            self.buffer += &String::from_utf8_lossy(&more);
        }
    }
}

/// K9: a new card is on every open wall within a second, also on those of another process on the same database.
/// Retracting removes it. Private cards reach only the people concerned.
#[guild_test]
async fn k9_open_walls_follow_on_every_process(g: Guild) {
    g.demo().await;
    let (one, other) = (g.portal(&[]).await, g.portal(&[]).await);
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    // A SQLite file belongs to one process. There, the other portal finds out when it looks by itself.
    let writer = if g.store.engine() == Engine::Sqlite { one.store() } else { &g.store };
    let start = kudos::latest_seq(writer).await.unwrap();
    let mut visitor = Wall::open(&one, None, start).await;
    let mut recipient = Wall::open(&other, Some(&g.session_of("kofi").await), start).await;
    let private = KudosForm {
        visibility: "private".into(),
        ..g.kudos_form(&[&kofi], "This is between the two of us.").await
    };
    let private = kudos::give(writer, &mei, private.check().unwrap(), "").await.unwrap();
    let began = Instant::now();
    let open = g.kudos_form(&[&kofi], TEXT).await.check().unwrap();
    let open = kudos::give(writer, &mei, open, "").await.unwrap();
    let to_visitor = visitor.until("show").await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert!(to_visitor.contains(TEXT) && to_visitor.contains(&format!("kudos-{open}")));
    assert!(!to_visitor.contains("between the two") && !to_visitor.contains(&private.to_string()));
    assert!(recipient.until("show").await.unwrap().contains("between the two"));
    assert!(recipient.until("show").await.unwrap().contains(TEXT));
    if g.store.engine() == Engine::Postgres {
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    }
    kudos::retract(writer, &mei, private).await.unwrap();
    kudos::retract(writer, &mei, open).await.unwrap();
    let to_visitor = visitor.until("remove").await.unwrap();
    assert!(to_visitor.contains(&open.to_string()) && !to_visitor.contains(&private.to_string()));
    assert!(recipient.until("remove").await.unwrap().contains(&private.to_string()));
    one.stop().await;
    other.stop().await;
    g.expect_emails("kudos_received=2").await;
}

/// K9: a wall that connects again gets what it has missed, once, and nothing that it has seen.
#[guild_test]
async fn k9_nothing_is_lost_or_doubled_across_a_restart(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let mut running = Some(g.portal(&[]).await);
    let mut seq = kudos::latest_seq(&g.store).await.unwrap();
    let mut seen: Vec<KudosId> = Vec::new();
    let mut given = Vec::new();
    for round in 0..3 {
        let mut wall = Wall::open(running.as_ref().unwrap(), None, seq).await;
        for n in 0..2 {
            // One while the wall is open, and one while the server is down.
            if n == 1 {
                // Open walls do not hold up the stop: the harness panics when responses have to be cut off.
                running.take().unwrap().stop().await;
                assert_eq!(wall.until("show").await, None, "the stream ends");
            }
            given.push(
                g.give_kudos(&mei, &kofi, &format!("{TEXT} Round {round}, number {n}.")).await.unwrap(),
            );
            g.advance(chrono::Duration::days(4));
            if n == 1 {
                let portal = running.insert(g.portal(&[]).await);
                wall = Wall::open(portal, None, seq).await;
            }
            let frames = wall.until("seen").await.unwrap();
            seen.extend(given.iter().filter(|id| frames.contains(&format!("kudos-{id}"))));
            seq = frames.split("id: ").last().unwrap().split('\n').next().unwrap().parse().unwrap();
        }
    }
    assert_eq!(seen, given);
    // Control: a wall that forgets which number it has seen misses cards.
    let mut wall =
        Wall::open(running.as_ref().unwrap(), None, kudos::latest_seq(&g.store).await.unwrap()).await;
    let last = g.give_kudos(&mei, &kofi, &format!("{TEXT} The last one.")).await.unwrap();
    let frames = wall.until("seen").await.unwrap();
    assert!(frames.contains(&format!("kudos-{last}")) && !frames.contains(&format!("kudos-{}", given[0])));
    running.unwrap().stop().await;
    // A portal that stops may give up a reminder that it is sending.
    let emails = g.take_emails().await;
    assert!(emails.contains("kudos_received=7"), "{emails}");
}

/// K9: a stream ends when its reader signs out, so nobody watches with rights that they have lost.
#[guild_test]
async fn k9_a_stream_ends_with_its_session(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let start = kudos::latest_seq(&g.store).await.unwrap();
    let ines = signed_in(&g, &portal, "ines").await;
    let mut wall = Wall::open(&portal, Some(&ines.cookie("guildhall").unwrap()), start).await;
    let mut other = Wall::open(&portal, Some(&g.session_of("tomas").await), start).await;
    ines.post("/sign-out", &[]).await;
    let form =
        KudosForm { visibility: "members".into(), ..g.kudos_form(&[&g.actor("kofi").await], TEXT).await };
    kudos::give(&g.store, &g.actor("mei").await, form.check().unwrap(), "").await.unwrap();
    assert_eq!(wall.until("show").await, None);
    assert!(other.until("show").await.is_some(), "control: the wall of somebody who is still signed in");
    portal.stop().await;
    g.expect_emails("kudos_received=1").await;
}

/// K9: the stream has the filters of its wall, and people who open its address get the wall.
#[guild_test]
async fn k9_a_stream_belongs_to_its_wall(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let answer = portal.browser().get("/kudos/stream?value=measurable-impact&since=4").await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/kudos?value=measurable-impact"));
    let page = portal.browser().get("/kudos?value=measurable-impact").await.body;
    assert!(page.contains("data-stream=\"/kudos/stream?value=measurable-impact\""));
    let seq = kudos::latest_seq(&g.store).await.unwrap();
    assert!(page.contains(&format!("data-after=\"{seq}\"")));
    let unknown = Wall::open(&portal, None, seq + 1000).await.until("reload").await;
    assert!(unknown.is_some(), "after a restore, the wall loads again");
    portal.stop().await;
}

/// K3, K11: there are kudos and no points. The feed has public kudos only, and answers 304 while nothing has changed.
#[guild_test]
async fn k11_the_feed_has_public_kudos_only(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let hostile = "You wrote <script>alert(1)</script> & everybody laughed.";
    let open = g.give_kudos(&mei, &kofi, hostile).await.unwrap();
    let private = KudosForm {
        visibility: "members".into(),
        ..g.kudos_form(&[&kofi], "Canarymembers is for members only.").await
    };
    kudos::give(&g.store, &mei, private.check().unwrap(), "").await.unwrap();
    let answer = portal.browser().get("/kudos.atom").await;
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(answer.body.contains(&format!("/kudos/{open}")) && !answer.body.contains("Canarymembers"));
    assert!(answer.body.contains("&lt;script&gt;") && !answer.body.contains("<script>"));
    let etag = answer.header("etag").to_owned();
    let again = reqwest::Client::new().get(format!("{}/kudos.atom", portal.address()));
    assert_eq!(again.header("if-none-match", etag).send().await.unwrap().status(), 304);
    // K3: there is nothing to count but kudos.
    let wall = portal.browser().get("/kudos").await.body;
    assert!(!wall.to_lowercase().contains("point") && !wall.contains("leaderboard"));
    assert_eq!(kudos::latest(&g.store, &Actor::Anonymous, 1).await.unwrap()[0].id, open);
    portal.stop().await;
    g.expect_emails("kudos_received=2").await;
}

/// K9: the signed link shows public kudos on a screen, also where somebody is signed in, and new ones arrive.
#[guild_test]
async fn k9_a_screen_shows_public_kudos_only(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let ines = signed_in(&g, &portal, "ines").await;
    let members = KudosForm {
        visibility: "members".into(),
        ..g.kudos_form(&[&kofi], "Canarymembers is for members only.").await
    };
    kudos::give(&g.store, &mei, members.check().unwrap(), "").await.unwrap();
    assert!(ines.get("/kudos").await.body.contains("Canarymembers"), "control");
    let link = ines.get("/kudos/screen").await.location;
    for browser in [&ines, &portal.browser()] {
        let screen = browser.get(&link).await;
        assert_eq!(screen.status, 200);
        assert!(screen.body.contains("kudos-card") && !screen.body.contains("Canarymembers"));
        assert!(!screen.body.contains("<form") && screen.body.contains("/kudos/stream?screen=1"));
    }
    assert_eq!(portal.browser().get("/kudos/screen/wrong").await.status, 404);
    assert_ne!(portal.browser().get("/kudos/screen").await.location, link, "only members make the link");
    let session = ines.cookie("guildhall").unwrap();
    let start = kudos::latest_seq(&g.store).await.unwrap();
    let answer = reqwest::Client::new()
        .get(format!("{}/kudos/stream?screen=1&since={start}", portal.address()))
        .header("accept", "text/event-stream")
        .header("cookie", format!("guildhall={session}"));
    let mut wall = Wall { answer: answer.send().await.unwrap(), buffer: String::new() };
    let again = KudosForm { text: "Canaryagain is for members only, too.".into(), ..members };
    kudos::give(&g.store, &mei, again.check().unwrap(), "").await.unwrap();
    g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let shown = wall.until("show").await.unwrap();
    assert!(shown.contains(TEXT) && !shown.contains("Canaryagain") && !shown.contains("<form"));
    portal.stop().await;
    g.expect_emails("kudos_received=3").await;
}

/// K9: a shuffle shows each card once, in an order that the address fixes, and nothing that is not for a meeting.
#[guild_test]
async fn k9_a_shuffle_shows_each_card_once(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    for visibility in ["private", "team"] {
        let form = g.kudos_form(&[&kofi], &format!("{TEXT} {visibility}")).await;
        let form = KudosForm { visibility: visibility.into(), ..form };
        kudos::give(&g.store, &mei, form.check().unwrap(), "").await.unwrap();
    }
    let order = async |seed: &str| {
        let (count, _) = kudos::shuffled(&g.store, &kofi, seed, 0).await.unwrap();
        let mut ids = Vec::new();
        for place in 0..count {
            ids.push(kudos::shuffled(&g.store, &kofi, seed, place).await.unwrap().1.unwrap().id);
        }
        assert_eq!(kudos::shuffled(&g.store, &kofi, seed, count).await.unwrap(), (count, None));
        ids
    };
    let (one, again, other) = (order("one").await, order("one").await, order("other").await);
    assert!(one == again && one != other);
    let all = kudos::latest(&g.store, &kofi, 1000).await.unwrap();
    assert_eq!(one.len(), all.len() - 2, "all but the two that are not for everybody");
    g.expect_emails("kudos_received=2").await;
}

/// K11: public kudos have a picture for other sites, which shows them as they are. Others have none.
#[guild_test]
async fn k11_public_kudos_have_a_share_card(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let open = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    let visitor = portal.browser();
    let page = visitor.get(&format!("/kudos/{open}")).await.body;
    assert!(page.contains(&format!("/kudos/{open}/card.png\"")) && page.contains("og:image:alt"));
    let picture = format!("{}/kudos/{open}/card.png", portal.address());
    let fetch = async || reqwest::get(&picture).await.unwrap().bytes().await.unwrap();
    let first = fetch().await;
    assert!(first.starts_with(b"\x89PNG"));
    let stored = "SELECT CAST(COUNT(*) AS BIGINT) FROM kudos_cards";
    assert_eq!((g.number(stored).await, fetch().await), (1, first.clone()));
    let edit =
        domain::kudos::check_edit("You read my runbook aloud, all of it.", "measurable-impact").unwrap();
    kudos::edit(&g.store, &mei, open, edit).await.unwrap();
    assert_ne!(fetch().await, first, "an edit has a new picture");
    assert_eq!(g.number(stored).await, 1);
    let members = KudosForm {
        visibility: "members".into(),
        ..g.kudos_form(&[&kofi], "Canarymembers is for members only.").await
    };
    let members = kudos::give(&g.store, &mei, members.check().unwrap(), "").await.unwrap();
    let to_mei = signed_in(&g, &portal, "mei").await;
    assert!(!to_mei.get(&format!("/kudos/{members}")).await.body.contains(&format!("{members}/card.png")));
    assert_eq!(to_mei.get(&format!("/kudos/{members}/card.png")).await.status, 404);
    kudos::retract(&g.store, &mei, open).await.unwrap();
    assert_eq!(visitor.get(&format!("/kudos/{open}/card.png")).await.status, 404);
    portal.stop().await;
    g.expect_emails("kudos_received=2").await;
}
