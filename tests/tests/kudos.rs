//! Kudos: who sees them, and their limits.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{Actor, MemberId, Problem, Refusal, Role, Slug, members::Address};
use store::{
    StoreError,
    kudos::{self, latest},
    members,
};
use tests::{Guild, guild_test};

const TEXT: &str = "You read my runbook aloud, and then we both laughed and mended it.";

fn value() -> Slug {
    Slug::parse("mentorship-and-support").unwrap()
}

async fn id(g: &Guild, key: &str) -> MemberId {
    g.actor(key).await.member().unwrap()
}

async fn suspend(g: &Guild, key: &str) {
    let address = Address::parse(&format!("{key}@guild.example")).unwrap();
    members::set_role(&g.store, &address, Role::Suspended).await.unwrap();
}

/// K1: a member gives kudos to another member.
#[guild_test]
async fn everybody_sees_kudos_newest_first(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    kudos::give(&g.store, &mei, kofi.member().unwrap(), &value(), &format!("  {TEXT}\r\n")).await.unwrap();
    g.advance(chrono::Duration::seconds(1));
    kudos::give(&g.store, &kofi, mei.member().unwrap(), &value(), TEXT).await.unwrap();
    let kudos = latest(&g.store, &g.actor("tomas").await, 2).await.unwrap();
    let names: Vec<_> = kudos.iter().map(|kudos| (kudos.from.as_deref(), kudos.to.as_deref())).collect();
    let (kofi_is, mei_is) = (Some("Kofi Mensah"), Some("Mei Tanaka"));
    assert_eq!(names, [(kofi_is, mei_is), (mei_is, kofi_is)]);
    assert_eq!((kudos[0].value.as_str(), kudos[0].given_at), ("Mentorship and support", g.now()));
    assert_eq!(kudos[1].text, TEXT, "trimmed");
    assert_eq!(kudos[0].to_disciplines, members::myself(&g.store, &mei).await.unwrap().disciplines);
    assert!(!kudos[0].to_disciplines.is_empty());
    assert_eq!(kudos::values(&g.store).await.unwrap().len(), 10);
    let written = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'kudos.give' AND at >= '2026-11-21T12:00:00'";
    assert_eq!(g.number(written).await, 2);
}

/// K1, K2: kudos go to other members only, have 20 to 500 characters, and name a value of the community.
#[guild_test]
async fn kudos_have_limits(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, id(&g, "kofi").await);
    let before = latest(&g.store, &Actor::Anonymous, 1).await.unwrap();
    let give = async |to, value: Slug, text: &str| kudos::give(&g.store, &mei, to, &value, text).await;
    for (text, why) in [
        ("Thanks!".to_owned(), Refusal::TooShort { min: 20 }),
        (" ".repeat(30), Refusal::Missing),
        ("x".repeat(501), Refusal::TooLong { max: 500 }),
    ] {
        let problem = Problem { field: "text".into(), why };
        let answer = give(kofi, value(), &text).await;
        assert!(matches!(answer, Err(StoreError::Invalid(problems)) if problems == [problem]));
    }
    let unknown = give(kofi, Slug::parse("no-such-value").unwrap(), TEXT).await;
    assert!(matches!(unknown, Err(StoreError::Invalid(problems)) if problems[0].field == "value"));
    let oneself = give(mei.member().unwrap(), value(), TEXT).await;
    assert!(matches!(oneself, Err(StoreError::Refused(Refusal::KudosToOneself))));
    let nobody = give(MemberId(uuid::Uuid::now_v7()), value(), TEXT).await;
    assert!(matches!(nobody, Err(StoreError::NotFound)));
    for (actor, refusal) in [(Actor::Anonymous, Refusal::SignInFirst), (Actor::Operator, Refusal::NotAllowed)]
    {
        let answer = kudos::give(&g.store, &actor, kofi, &value(), TEXT).await;
        assert!(matches!(answer, Err(StoreError::Refused(why)) if why == refusal));
    }
    assert_eq!(latest(&g.store, &Actor::Anonymous, 1).await.unwrap(), before, "a refused message was saved");
    give(kofi, value(), &"é".repeat(20)).await.unwrap();
    give(kofi, value(), &"é".repeat(500)).await.unwrap();
}

#[guild_test]
async fn suspended_members_cannot_give_kudos_and_theirs_are_hidden(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    kudos::give(&g.store, &mei, kofi.member().unwrap(), &value(), TEXT).await.unwrap();
    kudos::give(&g.store, &kofi, ines.member().unwrap(), &value(), TEXT).await.unwrap();
    let all = latest(&g.store, &mei, 1_000).await.unwrap();
    let is_kofi = |name: &Option<String>| name.as_deref() == Some("Kofi Mensah");
    let about_kofi = all.iter().filter(|kudos| is_kofi(&kudos.from) || is_kofi(&kudos.to)).count();
    assert!(about_kofi >= 2);
    suspend(&g, "kofi").await;
    assert_eq!(
        latest(&g.store, &Actor::Anonymous, 1_000).await.unwrap().len(),
        all.len() - about_kofi,
        "kudos from and to a suspended member are hidden"
    );
    let signed_in_again = g.actor("kofi").await;
    let refused = kudos::give(&g.store, &signed_in_again, ines.member().unwrap(), &value(), TEXT).await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::Suspended))));
    let hidden = kudos::give(&g.store, &mei, kofi.member().unwrap(), &value(), TEXT).await;
    assert!(matches!(hidden, Err(StoreError::NotFound)));
}
