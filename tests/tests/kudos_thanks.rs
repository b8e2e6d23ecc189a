//! Thanks that members add to kudos of somebody else, and a member's own kudos as a page and as a table.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, KudosId, Refusal,
    kudos::{KudosForm, check_edit},
};
use store::{StoreError, blocks, data, kudos};
use tests::{Guild, guild_test, portal::Browser};

const TEXT: &str = "You read my runbook aloud, and then we both laughed and mended it.";

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn added(g: &Guild, reader: &Actor, id: KudosId) -> Vec<String> {
    let card = kudos::get(&g.store, reader, id).await.unwrap();
    card.added.into_iter().map(|person| person.name).collect()
}

#[guild_test]
async fn k1_members_add_their_thanks_to_a_card(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    g.take_emails().await;
    for _ in 0..2 {
        kudos::thank(&g.store, &ines, id, true).await.unwrap();
    }
    kudos::thank(&g.store, &mei, id, true).await.unwrap();
    assert_eq!(added(&g, &kofi, id).await, ["Inês Carvalho"], "the giver is there already");
    let email = g.emails_of("kudos_received").await.pop().unwrap();
    assert_eq!((email["from"].as_str(), email["text"].as_str()), (Some("Inês Carvalho"), Some(TEXT)));
    g.expect_emails("kudos_received=1").await;
    assert_eq!(refused(kudos::thank(&g.store, &kofi, id, true).await), Refusal::KudosToOneself);
    assert_eq!(refused(kudos::thank(&g.store, &Actor::Anonymous, id, true).await), Refusal::SignInFirst);
    let edit = check_edit("You read my runbook aloud, all of it.", "measurable-impact").unwrap();
    let edited = kudos::edit(&g.store, &mei, id, edit.clone()).await;
    assert_eq!(refused(edited), Refusal::KudosEditAdded, "nobody's thanks go under another text");
    kudos::thank(&g.store, &ines, id, false).await.unwrap();
    assert!(added(&g, &kofi, id).await.is_empty());
    kudos::edit(&g.store, &mei, id, edit).await.unwrap();
}

/// K4, K7: thanks count towards the limits, and nobody adds them to a card that they do not see.
#[guild_test]
async fn k4_added_thanks_count_like_kudos(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(g.give_kudos(&mei, &kofi, &format!("{TEXT} Number {n}.")).await.unwrap());
    }
    let form = g.kudos_form(&[&kofi], &format!("{TEXT} Private.")).await;
    let form = KudosForm { visibility: "private".into(), ..form };
    let private = kudos::give(&g.store, &g.actor("grace").await, form.check().unwrap(), "").await.unwrap();
    assert!(matches!(kudos::thank(&g.store, &ines, private, true).await, Err(StoreError::NotFound)));
    for id in &ids {
        kudos::thank(&g.store, &ines, *id, true).await.unwrap();
    }
    let fourth = g.give_kudos(&ines, &kofi, TEXT).await;
    assert_eq!(refused(fourth), Refusal::KudosPerPerson { max: 3, days: 7 });
    let other = g.give_kudos(&g.actor("grace").await, &kofi, TEXT).await.unwrap();
    assert_eq!(
        refused(kudos::thank(&g.store, &ines, other, true).await),
        Refusal::KudosPerPerson { max: 3, days: 7 }
    );
    let tomas = g.actor("tomas").await;
    kudos::thank(&g.store, &tomas, other, true).await.unwrap();
    blocks::block(&g.store, &kofi, tomas.member().unwrap()).await.unwrap();
    assert!(matches!(kudos::thank(&g.store, &tomas, ids[0], true).await, Err(StoreError::NotFound)));
    assert!(added(&g, &kofi, other).await.is_empty(), "people with a block do not see each other");
    assert_eq!(added(&g, &mei, other).await, ["Tomás Herrera"], "control");
    g.expect_emails("kudos_received=9").await;
}

/// K7: a recipient who blocked the giver gets no email with the giver's text, although somebody else adds their thanks.
#[guild_test]
async fn k7_added_thanks_send_no_text_to_a_recipient_who_blocked_the_giver(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let grace = g.actor("grace").await;
    let form = g.kudos_form(&[&kofi, &grace], TEXT).await;
    let id = kudos::give(&g.store, &mei, form.check().unwrap(), "").await.unwrap();
    g.take_emails().await;
    blocks::block(&g.store, &kofi, mei.member().unwrap()).await.unwrap();
    kudos::thank(&g.store, &ines, id, true).await.unwrap();
    let to = g.rows(
        "SELECT m.demo_key FROM emails e JOIN members m ON m.id = e.member_id WHERE e.state = 'pending'",
    );
    let to: Vec<String> = to.await.iter().map(|row| row.try_get("", "demo_key").unwrap()).collect();
    // Control: the recipient without a block gets it.
    assert_eq!(to, ["grace"]);
    g.expect_emails("kudos_received=1").await;
}

/// F1: with a member, their thanks leave the cards of others.
#[guild_test]
async fn k6_added_thanks_are_erased_with_their_member(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = g.give_kudos(&mei, &kofi, TEXT).await.unwrap();
    kudos::thank(&g.store, &ines, id, true).await.unwrap();
    data::request_deletion(&g.store, &ines).await.unwrap();
    g.advance(chrono::Duration::days(8));
    let start = kudos::latest_seq(&g.store).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    assert!(added(&g, &kofi, id).await.is_empty());
    let changes = kudos::since(&g.store, &kofi, &kudos::Filter::default(), start).await.unwrap();
    assert!(
        changes
            .unwrap()
            .changes
            .iter()
            .any(|change| matches!(change, kudos::Change::Show(card) if card.id == id))
    );
    g.take_emails().await;
}

/// K11: a member's own kudos, as a page and as a table that no spreadsheet takes for formulas.
#[guild_test]
async fn k11_my_kudos_are_a_page_and_a_table(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[]).await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let browser = async |key: &str| -> Browser {
        let browser = portal.browser();
        browser.set_cookie("guildhall", &g.session_of(key).await);
        browser
    };
    let formula = "=HYPERLINK(\"https://evil.example\") was the cell that you found.";
    g.give_kudos(&mei, &kofi, formula).await.unwrap();
    let id = g.give_kudos(&kofi, &ines, "Canarygiven is what I gave to somebody else.").await.unwrap();
    kudos::thank(&g.store, &mei, id, true).await.unwrap();
    let (to_kofi, to_mei) = (browser("kofi").await, browser("mei").await);
    let received = to_kofi.get("/kudos/mine").await.body;
    assert!(received.contains("HYPERLINK") && !received.contains("Canarygiven"));
    let given = to_kofi.get("/kudos/mine?show=given").await.body;
    assert!(!given.contains("HYPERLINK") && given.contains("Canarygiven"));
    assert!(to_mei.get("/kudos/mine?show=given").await.body.contains("Canarygiven"), "added thanks count");
    let table = to_kofi.get("/kudos/mine.csv").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.body.contains("\"'=HYPERLINK(") && table.body.contains("Canarygiven"), "{}", table.body);
    assert_ne!(portal.browser().get("/kudos/mine.csv").await.status, 200);
    let feed = portal.browser().get("/kudos.json").await;
    assert_eq!(feed.header("content-type"), "application/feed+json; charset=utf-8");
    let feed: serde_json::Value = serde_json::from_str(&feed.body).unwrap();
    assert!(feed["items"][0]["url"].as_str().unwrap().ends_with(&format!("/kudos/{id}")));
    portal.stop().await;
    g.expect_emails("kudos_received=3").await;
}
