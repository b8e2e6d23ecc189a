//! "Say hello" (F8): limits, blocks, opting out, and which address is seen when.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, HelloId, Refusal, Slug,
    emails::EmailPreference,
    members::{Address, Audience, Part},
};
use store::{StoreError, blocks, data, hellos, members, preferences};
use tests::{Guild, guild_test};

const CANARY: &str = "Canaryseed is what I would like to ask";

async fn page(g: &Guild, who: &Actor) -> Slug {
    members::myself(&g.store, who).await.unwrap().slug
}

async fn say(g: &Guild, from: &Actor, to: &Actor, key: &str) -> Result<(), StoreError> {
    hellos::say_hello(&g.store, from, &page(g, to).await, CANARY, key).await
}

async fn newest(g: &Guild) -> HelloId {
    let rows = g.rows("SELECT id FROM hellos ORDER BY id DESC LIMIT 1").await;
    HelloId(rows[0].try_get("", "id").unwrap())
}

fn refusal(answer: Result<(), StoreError>) -> Refusal {
    match answer.unwrap_err() {
        StoreError::Refused(refusal) => refusal,
        other => panic!("not a refusal: {other:?}"),
    }
}

/// F8: no email names an address before the answer shares one, and a second click sends nothing.
#[guild_test]
async fn f8_addresses_are_hidden_until_the_answer_shares_one(g: Guild) {
    g.demo().await;
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    say(&g, &mei, &grace, "one").await.unwrap();
    say(&g, &mei, &grace, "one").await.unwrap();
    let said = g.emails_of("hello_said").await;
    assert_eq!((said.len(), said[0]["message"].as_str()), (1, Some(CANARY)));
    assert!(!said[0].to_string().contains("@guild.example"), "{}", said[0]);
    let hello = newest(&g).await;
    let shown = hellos::hello(&g.store, &grace, hello).await.unwrap();
    assert_eq!((shown.text.as_str(), shown.is_answered), (CANARY, false));
    hellos::answer_hello(&g.store, &grace, hello, "With pleasure", false).await.unwrap();
    assert!(!g.emails_of("hello_answered").await[0].to_string().contains('@'), "not by default");
    let again = hellos::answer_hello(&g.store, &grace, hello, "Twice", true).await;
    assert_eq!(refusal(again), Refusal::HelloAnswered);
    g.expect_emails("hello_answered=1 hello_said=1").await;
    say(&g, &mei, &grace, "two").await.unwrap();
    hellos::answer_hello(&g.store, &grace, newest(&g).await, "Write to me", true).await.unwrap();
    assert_eq!(g.emails_of("hello_answered").await[0]["reply_to"], "grace@guild.example", "control");
    g.expect_emails("hello_answered=1 hello_said=1").await;
}

/// F8: a hello is for its recipient. Admins don't read it, neither in the log nor in the outbox.
#[guild_test]
async fn f8_nobody_else_reads_a_hello(g: Guild) {
    g.demo().await;
    let (mei, grace, ada) = (g.actor("mei").await, g.actor("grace").await, g.actor("ada").await);
    say(&g, &mei, &grace, "one").await.unwrap();
    let hello = newest(&g).await;
    for other in [&mei, &ada, &Actor::Anonymous] {
        assert!(hellos::hello(&g.store, other, hello).await.is_err(), "{other:?}");
        assert!(hellos::answer_hello(&g.store, other, hello, "I answer", false).await.is_err(), "{other:?}");
    }
    let secret =
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE kind = 'hello_said' AND secret").await;
    assert_eq!(secret, 1);
    assert_eq!(g.rows("SELECT id FROM audit WHERE action = 'hello.say'").await.len(), 1, "control");
    assert!(
        g.rows("SELECT audit_id FROM audit_changes WHERE new_value LIKE '%Canaryseed%'").await.is_empty()
    );
    g.expect_emails("hello_said=1").await;
}

/// F8: a block looks like a member who isn't there, in both directions, and the old hello can't be opened.
#[guild_test]
async fn f8_a_block_looks_like_an_absent_member(g: Guild) {
    g.demo().await;
    let (mei, grace, kofi) = (g.actor("mei").await, g.actor("grace").await, g.actor("kofi").await);
    say(&g, &mei, &grace, "before").await.unwrap();
    let hello = newest(&g).await;
    blocks::block(&g.store, &grace, mei.member().unwrap()).await.unwrap();
    let absent = Slug::parse("nobody-at-all").unwrap();
    let to_absent = hellos::say_hello(&g.store, &mei, &absent, CANARY, "").await.unwrap_err();
    for (from, to) in [(&mei, &grace), (&grace, &mei)] {
        let blocked = say(&g, from, to, "").await.unwrap_err();
        assert_eq!(format!("{blocked:?}"), format!("{to_absent:?}"));
    }
    assert!(matches!(hellos::hello(&g.store, &grace, hello).await.unwrap_err(), StoreError::NotFound));
    // Control: others can still write.
    say(&g, &kofi, &grace, "").await.unwrap();
    g.expect_emails("hello_said=2").await;
}

/// F8: five people a day, and the same person again after an answer or a month.
#[guild_test]
async fn f8_hellos_are_limited(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    assert_eq!(refusal(say(&g, &mei, &mei, "").await), Refusal::Oneself);
    let others = ["grace", "kofi", "leila", "ravi", "ada", "hemi"];
    for (n, other) in others.iter().enumerate() {
        let said = say(&g, &mei, &g.actor(other).await, &format!("to {other}")).await;
        match n {
            0..5 => said.unwrap(),
            _ => assert!(matches!(refusal(said), Refusal::SlowDown { .. })),
        }
    }
    let grace = g.actor("grace").await;
    assert_eq!(refusal(say(&g, &mei, &grace, "again").await), Refusal::HelloWaits);
    g.advance(Duration::days(31));
    say(&g, &mei, &grace, "a month later").await.unwrap();
    g.take_emails().await;
}

/// F8: who turned these emails off gets none, and the profile has no button.
#[guild_test]
async fn f8_members_can_opt_out(g: Guild) {
    g.demo().await;
    let (mei, grace) = (g.actor("mei").await, g.actor("grace").await);
    let of_grace = grace.member().unwrap();
    assert!(hellos::may_say_hello(&g.store, &mei, of_grace).await.unwrap(), "control");
    let off = EmailPreference::check("hellos - off").unwrap();
    preferences::save(&g.store, &grace, vec![off]).await.unwrap();
    assert!(!hellos::may_say_hello(&g.store, &mei, of_grace).await.unwrap());
    assert_eq!(refusal(say(&g, &mei, &grace, "").await), Refusal::NoHellos);
    g.expect_emails("").await;
}

/// F1, F8: the text goes with its author's account, and after three months in any case.
#[guild_test]
async fn f8_the_text_is_deleted(g: Guild) {
    g.demo().await;
    let (mei, grace, kofi) = (g.actor("mei").await, g.actor("grace").await, g.actor("kofi").await);
    say(&g, &mei, &grace, "").await.unwrap();
    say(&g, &kofi, &grace, "").await.unwrap();
    assert_eq!(g.rows("SELECT id FROM hellos").await.len(), 2, "control");
    data::delete_now(&g.store, &Address::parse("mei@guild.example").unwrap()).await.unwrap();
    assert_eq!(g.rows("SELECT id FROM hellos").await.len(), 1);
    assert_eq!(g.emails_of("hello_said").await.len(), 1);
    g.advance(Duration::days(91));
    store::runner::run_due(&g.store).await.unwrap();
    assert!(g.rows("SELECT id FROM hellos").await.is_empty());
    g.take_emails().await;
}

/// F8: whoever gets a hello can open the page of its author, to block or report them. So nobody without a visible name
/// says hello, and nobody answers a suspended member.
#[guild_test]
async fn f8_hellos_come_from_members_who_can_be_seen(g: Guild) {
    g.demo().await;
    let (mei, grace, kofi) = (g.actor("mei").await, g.actor("grace").await, g.actor("kofi").await);
    let name = |audience: Audience| vec![format!("{}:{}", Part::Name.name(), audience.name())];
    members::save_visibility(&g.store, &mei, name(Audience::Me)).await.unwrap();
    assert_eq!(refusal(say(&g, &mei, &grace, "one").await), Refusal::HelloNeedsName);
    // Control: with a name for members, the same hello arrives.
    members::save_visibility(&g.store, &mei, name(Audience::Members)).await.unwrap();
    say(&g, &mei, &grace, "one").await.unwrap();
    let hello = newest(&g).await;
    assert!(hellos::hello(&g.store, &grace, hello).await.is_ok());
    g.rows("UPDATE members SET role = 'suspended' WHERE demo_key = 'mei' RETURNING id").await;
    assert!(matches!(hellos::hello(&g.store, &grace, hello).await, Err(StoreError::NotFound)));
    let answer = hellos::answer_hello(&g.store, &grace, hello, "With pleasure", true).await;
    assert!(matches!(answer, Err(StoreError::NotFound)));
    // Control: the hello of an active member can be answered.
    say(&g, &kofi, &grace, "two").await.unwrap();
    hellos::answer_hello(&g.store, &grace, newest(&g).await, "With pleasure", false).await.unwrap();
    g.expect_emails("hello_answered=1 hello_said=2").await;
}
