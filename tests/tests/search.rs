//! Search: what readers can find, and that no query breaks it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, Locale, search::HitKind};
use sea_orm::ConnectionTrait as _;
use store::{
    Engine, events, groups,
    search::{self, SearchResults, search},
};
use tests::{Guild, event_form, guild_test};

async fn ask(g: &Guild, actor: &Actor, words: &str) -> SearchResults {
    search(&g.store, actor, words, None, 0).await.unwrap()
}

fn titles(found: &SearchResults, kind: HitKind) -> Vec<String> {
    let of = found.hits.iter().filter(|hit| hit.kind == kind);
    of.map(|hit| hit.title.iter().map(|piece| piece.text.as_str()).collect()).collect()
}

#[guild_test]
async fn records_are_found_by_their_words(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    // Case and accents are ignored, and the last word may be incomplete.
    for words in ["tomas", "TOMÁS", "Tomás herr", "herrera tom"] {
        assert_eq!(titles(&ask(&g, &mei, words).await, HitKind::Member), ["Tomás Herrera"], "{words}");
    }
    assert!(
        titles(&ask(&g, &mei, "omas").await, HitKind::Member).is_empty(),
        "the middle of a word is not found"
    );
    let ada = g.actor("ada").await;
    let details = tests::group_details("Zürich Übersetzers");
    groups::create(&g.store, &ada, details, "").await.unwrap();
    assert_eq!(titles(&ask(&g, &mei, "ubersetz").await, HitKind::Group), ["Zürich Übersetzers"]);
    let found = ask(&g, &Actor::Anonymous, "threat").await;
    assert!(found.count(Some(HitKind::Event)) > 0 && found.count(Some(HitKind::Member)) <= 1);
    let hit = found.hits.iter().find(|hit| hit.kind == HitKind::Event).unwrap();
    assert!(hit.time.is_some());
    let marked = hit.title.iter().chain(&hit.snippet).find(|piece| piece.hit).unwrap();
    assert!(marked.text.to_lowercase().starts_with("threat"));
    // A match in a name ranks above a mention.
    let first = &ask(&g, &mei, "grace").await.hits[0];
    assert_eq!(first.slug.as_str(), "grace-lindqvist");
    // The excerpt is plain text of the record: without Markdown and without neighbouring fields.
    let about = domain::members::About::check(
        "",
        "I keep a **quokka**, see [why](javascript:alert(1)).\n\n- And more",
    )
    .unwrap();
    store::members::save_about(&g.store, &mei, about).await.unwrap();
    let hit = ask(&g, &ada, "quokka").await.hits.remove(0);
    let shown: String = hit.snippet.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(shown, "I keep a quokka, see why. And more");
    // The results can be limited to one kind. The counts stay the same.
    let events = search(&g.store, &mei, "threat", Some(HitKind::Event), 0).await.unwrap();
    assert!(events.hits.iter().all(|hit| hit.kind == HitKind::Event));
    assert_eq!(events.counts, ask(&g, &mei, "threat").await.counts);
}

#[guild_test]
async fn the_index_follows_changes(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let mut form = event_form(None);
    form.title = "Quokka watching".into();
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "key").await.unwrap();
    // A draft is found by people who may see it.
    assert_eq!(ask(&g, &grace, "quokka").await.count(None), 1);
    for other in [&mei, &Actor::Anonymous] {
        assert_eq!(ask(&g, other, "quokka").await.count(None), 0);
    }
    events::publish(&g.store, &grace, &slug).await.unwrap();
    assert_eq!(ask(&g, &Actor::Anonymous, "quokka").await.count(None), 1);
    form.title = "Numbat watching".into();
    let version = events::page(&g.store, &grace, &slug).await.unwrap().event.version;
    events::edit(&g.store, &grace, &slug, form.check().unwrap(), version).await.unwrap();
    assert_eq!(ask(&g, &mei, "quokka").await.count(None), 0);
    assert_eq!(ask(&g, &mei, "numbat").await.count(None), 1);
    // The link to join is for people with a seat, so it is not indexed.
    form.join_url = "https://meet.example.org/canaryroom".into();
    events::edit(&g.store, &grace, &slug, form.check().unwrap(), version + 1).await.unwrap();
    assert_eq!(ask(&g, &grace, "canaryroom").await.count(None), 0);
    // Suspended members are not found.
    assert_eq!(ask(&g, &mei, "herrera").await.count(Some(HitKind::Member)), 1);
    let tomas = domain::members::Address::parse("tomas@guild.example").unwrap();
    store::members::set_role(&g.store, &tomas, domain::Role::Suspended).await.unwrap();
    assert_eq!(ask(&g, &mei, "herrera").await.count(Some(HitKind::Member)), 0);
    g.expect_emails("left=8 offer=1 promoted=1").await;
}

#[guild_test]
async fn the_index_can_be_rebuilt(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let before = ask(&g, &mei, "se").await.counts;
    g.raw().execute_unprepared("DELETE FROM search_documents").await.unwrap();
    assert_eq!(ask(&g, &mei, "se").await.count(None), 0);
    assert!(search::missing(&g.store).await.unwrap() > 50, "doctor notices the missing entries");
    search::rebuild_if_empty(&g.store).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!(ask(&g, &mei, "se").await.counts, before);
    assert_eq!(search::missing(&g.store).await.unwrap(), 0);
}

/// A query is always treated as words, never as a command of the search engine.
#[guild_test]
async fn no_query_breaks_search(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let pieces = [
        "\"",
        "'",
        "*",
        "(",
        ")",
        ":",
        "&",
        "|",
        "!",
        "<->",
        "NEAR",
        "AND",
        "OR",
        "NOT",
        "title_words:",
        "^",
        "-",
        "--",
        ";",
        "\\",
        "%",
        "_",
        "{",
        "}",
        "\u{0}",
        "\u{202e}",
        "é",
        "日本",
        "threat",
        "a",
        "'; DROP TABLE members; --",
        "+",
        ",",
        "$1",
        "?",
    ];
    // A generator with a fixed seed asks the same questions every time.
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % 1_000_003).unwrap()
    };
    for _ in 0..300 {
        let question: String = (0..=next() % 7)
            .map(|_| {
                let space = if next() % 2 == 0 { " " } else { "" };
                format!("{}{space}", pieces[next() % pieces.len()])
            })
            .collect();
        let found = search(&g.store, &mei, &question, None, 0).await;
        assert!(found.is_ok(), "{question:?}: {found:?}");
        let filter = store::members::Filter { words: question.clone(), ..Default::default() };
        assert!(store::members::directory(&g.store, &mei, &filter, 0).await.is_ok(), "{question:?}");
    }
    assert_eq!(ask(&g, &mei, " \"' ").await.count(None), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_shows_hits_and_escapes_them() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let grace = g.actor("grace").await;
    let mut form = event_form(None);
    form.title = "Wombat <b>evening</b>".into();
    form.summary = "A <script>alert(1)</script> wombat & friends".into();
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "key").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    let page = async |key: Option<&str>, path: &str| {
        let visit = g.visit(key, path, Locale::En).await;
        g.page(&visit).await.html
    };
    let html = page(None, "/search?q=wombat").await;
    assert!(html.contains("<mark>Wombat</mark>") && html.contains("<mark>wombat</mark>"), "{html}");
    assert!(!html.contains("<b>evening") && !html.contains("<script>alert"), "{html}");
    assert!(html.contains(&format!("href=\"/events/{slug}\"")));
    assert!(page(None, "/search?q=zzzzzz").await.contains("Nothing found"));
    assert!(page(None, "/search").await.contains("What are you looking for?"));
    let narrow = page(Some("mei"), "/search?q=grace&kind=group").await;
    assert!(narrow.contains("Search everything") || narrow.contains("class=\"hits\""), "{narrow}");
    let hostile = page(None, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E&kind=%00&page=99999").await;
    assert!(!hostile.contains("<script>alert"), "{hostile}");
}

/// Kudos are found by their text, by everybody who may see them now, and by nobody else.
#[guild_test]
async fn kudos_are_found_by_readers_who_may_see_them(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let give = async |text: &str, visibility: &str| {
        let form = g.kudos_form(&[&kofi], text).await;
        let form = domain::kudos::KudosForm { visibility: visibility.into(), ..form };
        store::kudos::give(&g.store, &mei, form.check().unwrap(), "").await.unwrap()
    };
    let open = give("Your canaryopen runbook was read aloud at night.", "public").await;
    give("Your canarymembers runbook was read aloud at night.", "members").await;
    give("Your canaryprivate runbook was read aloud at night.", "private").await;
    let stranger = Actor::Anonymous;
    let found = async |reader: &Actor, word: &str| ask(&g, reader, word).await.count(Some(HitKind::Kudos));
    for (word, by) in
        [("canaryopen", [1, 1, 1, 1]), ("canarymembers", [1, 1, 1, 0]), ("canaryprivate", [1, 1, 0, 0])]
    {
        let mut counts = Vec::new();
        for reader in [&mei, &kofi, &ines, &stranger] {
            counts.push(found(reader, word).await);
        }
        assert_eq!(counts, by, "{word}");
    }
    let hit = ask(&g, &stranger, "canaryopen").await.hits.remove(0);
    assert_eq!(hit.slug.to_string(), open.to_string());
    let edit =
        domain::kudos::check_edit("Your canaryedited runbook was read aloud.", "measurable-impact").unwrap();
    store::kudos::edit(&g.store, &mei, open, edit).await.unwrap();
    assert_eq!((found(&ines, "canaryopen").await, found(&ines, "canaryedited").await), (0, 1));
    // What is rebuilt is the same.
    search::rebuild(&g.store).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    assert_eq!((found(&ines, "canaryprivate").await, found(&ines, "canaryedited").await), (0, 1));
    store::blocks::block(&g.store, &ines, mei.member().unwrap()).await.unwrap();
    assert_eq!(found(&ines, "canaryedited").await, 0, "not between people with a block");
    store::kudos::retract(&g.store, &mei, open).await.unwrap();
    assert_eq!(found(&kofi, "canaryedited").await, 0);
    g.take_emails().await;
}

async fn forgiving(g: &Guild, actor: &Actor, words: &str) -> SearchResults {
    search::search_or_correct(&g.store, actor, words, None, 0).await.unwrap()
}

#[guild_test]
async fn a_mistyped_word_is_corrected(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    for title in ["Runbook reviews", "Weaving with wolves"] {
        let form = domain::events::EventForm { title: title.into(), ..event_form(Some(5)) };
        let slug = events::create(&g.store, &grace, form.check().unwrap(), title).await.unwrap();
        events::publish(&g.store, &grace, &slug).await.unwrap();
    }
    for (typed, corrected) in [
        ("runbok", "runbook"),
        ("Rubnook", "runbook"),
        ("runbook reveiws", "runbook reviews"),
        ("weavnig wolvse", "weaving wolves"),
    ] {
        let found = forgiving(&g, &Actor::Anonymous, typed).await;
        assert_eq!(found.corrected.as_deref(), Some(corrected), "{typed}");
        assert!(found.count(Some(HitKind::Event)) > 0, "{typed}");
        assert_eq!(
            ask(&g, &Actor::Anonymous, typed).await.count(None),
            0,
            "control: {typed} has no hits of its own"
        );
    }
    // What is found as it is typed stays as it is, and so does what is like nothing.
    for words in ["runbook", "runb", "xyzzyplugh", "ada", "'; DROP"] {
        assert_eq!(forgiving(&g, &Actor::Anonymous, words).await.corrected, None, "{words}");
    }
    let visit = g.visit(None, "/search?q=runbok", Locale::En).await;
    let page = g.page(&visit).await.html;
    assert!(
        page.contains("Showing results for “runbook”") && page.contains("q=runbok&amp;exact=1"),
        "{page}"
    );
    let exact = g.visit(None, "/search?q=runbok&exact=1", Locale::En).await;
    assert!(g.page(&exact).await.html.contains("Nothing found"));
    g.take_emails().await;
}

/// A correction never reveals a word of a record that the reader may not see.
#[guild_test]
async fn a_correction_reveals_nothing_hidden(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let details = domain::groups::GroupForm {
        name: "Canaryville".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        joining: "request".into(),
        ..domain::groups::GroupForm::default()
    };
    groups::create(&g.store, &ada, details.check().unwrap(), "").await.unwrap();
    for reader in [Actor::Anonymous, mei] {
        let found = forgiving(&g, &reader, "canaryvile").await;
        assert_eq!((found.corrected, found.hits.len()), (None, 0), "{reader:?}");
    }
    // Control: a member of the group gets the correction.
    assert_eq!(forgiving(&g, &ada, "canaryvile").await.corrected.as_deref(), Some("canaryville"));
    // A profile has a document for everyone and one for members. Only the reader's own kind counts.
    let about = domain::members::About::check("", "I keep a quokkarium.").unwrap();
    store::members::save_about(&g.store, &mei, about).await.unwrap();
    let hidden = "DELETE FROM search_documents WHERE kind = 'member' AND audience = 'everyone'";
    g.raw().execute_unprepared(hidden).await.unwrap();
    assert_eq!(forgiving(&g, &ada, "quokkariun").await.corrected.as_deref(), Some("quokkarium"));
    assert_eq!(forgiving(&g, &Actor::Anonymous, "quokkariun").await.corrected, None);
    g.take_emails().await;
}

/// A word is forgotten with the last document that contains it.
#[guild_test]
async fn the_words_for_corrections_follow_the_documents(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let of = async |word: &str| {
        g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM search_trigrams WHERE word = '{word}'")).await
    };
    let form = domain::events::EventForm { title: "Quokkas".into(), ..event_form(Some(5)) };
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "key").await.unwrap();
    assert!(of("quokkas").await > 0);
    let event = events::page(&g.store, &grace, &slug).await.unwrap().event;
    let renamed =
        domain::events::EventForm { title: "Wombats".into(), ..event.details.to_form(event.version) };
    events::edit(&g.store, &grace, &slug, renamed.check().unwrap(), event.version).await.unwrap();
    assert_eq!(of("quokkas").await, 0);
    assert!(of("wombats").await > 0);
    // Nothing but words of documents has trigrams.
    let unused = "SELECT CAST(COUNT(*) AS BIGINT) FROM search_trigrams WHERE word NOT IN (SELECT word FROM search_words)";
    assert_eq!(g.number(unused).await, 0);
    g.take_emails().await;
}
