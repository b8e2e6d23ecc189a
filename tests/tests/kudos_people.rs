//! Whom members may want to thank, and who gets no kudos (K14). Kudos to review (K5).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, Refusal, kudos::KudosForm};
use store::{
    StoreError, blocks,
    kudos::{self, Occasion},
};
use tests::{Guild, guild_test};

const TEXT: &str = "You read my runbook aloud, and then we both laughed and mended it.";

async fn worked_with(g: &Guild, reader: &Actor) -> Vec<String> {
    let people = kudos::worked_with(&g.store, reader, 50).await.unwrap();
    people.into_iter().map(|person| person.name).collect()
}

#[guild_test]
async fn k14_members_see_people_they_worked_with_lately(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    // Somebody with whom she has nothing in common yet.
    let known = worked_with(&g, &mei).await;
    let mut other = g.actor("ravi").await;
    for key in ["oscar", "thiri", "beatriz", "nuwan", "yasmine", "liam"] {
        other = g.actor(key).await;
        if !known.contains(&store::members::myself(&g.store, &other).await.unwrap().name) {
            break;
        }
    }
    assert!(worked_with(&g, &mei).await.contains(&"Kofi Mensah".to_owned()), "they are in the same team");
    let others = store::members::myself(&g.store, &other).await.unwrap().name;
    assert!(!worked_with(&g, &mei).await.contains(&others), "control");
    g.give_kudos(&mei, &other, TEXT).await.unwrap();
    assert!(worked_with(&g, &mei).await.contains(&others), "she thanked them");
    let meis = store::members::myself(&g.store, &mei).await.unwrap().name;
    assert!(worked_with(&g, &other).await.contains(&meis), "they were thanked");
    blocks::block(&g.store, &other, mei.member().unwrap()).await.unwrap();
    assert!(!worked_with(&g, &mei).await.contains(&others), "a block hides them from each other");
    assert!(worked_with(&g, &Actor::Anonymous).await.is_empty());
    g.expect_emails("kudos_received=1").await;
}

#[guild_test]
async fn k14_occasions_lead_to_the_form(g: Guild) {
    g.demo().await;
    let (kofi, slug) = (g.actor("kofi").await, g.event(None).await);
    g.rsvp(&kofi, &slug, 0).await.unwrap();
    let attended = async || {
        let found = kudos::occasions(&g.store, &kofi).await.unwrap();
        found.iter().any(|one| matches!(one, Occasion::Attended { slug: known, .. } if *known == slug))
    };
    assert!(!attended().await, "it has not taken place");
    g.advance(Duration::days(4));
    assert!(attended().await);
    g.advance(Duration::days(20));
    assert!(!attended().await, "it is long ago");
    let long_ago = "2026-11-01T00:00:00.000000+00:00";
    g.rows(&format!("UPDATE members SET joined_at = '{long_ago}' RETURNING id")).await;
    let joined = (g.now() - Duration::days(366)).to_rfc3339();
    let mei = "(SELECT id FROM members WHERE demo_key = 'mei')";
    g.rows(&format!("UPDATE members SET joined_at = '{joined}' WHERE id = {mei} RETURNING id")).await;
    let group = g.night_owls(&[&g.actor("mei").await, &kofi]).await;
    assert_eq!(group.as_str(), "night-owls");
    let found = kudos::occasions(&g.store, &kofi).await.unwrap();
    assert!(
        found
            .iter()
            .any(|one| matches!(one, Occasion::OneYear(person) if person.slug.as_str() == "mei-tanaka")),
        "{found:?}"
    );
    g.take_emails().await;
}

/// K14: organisers see disciplines and groups of five people or more, and members see nothing.
#[guild_test]
async fn k14_organisers_see_who_gets_no_kudos(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    assert!(matches!(kudos::unthanked(&g.store, &mei).await, Err(StoreError::Refused(Refusal::NotAllowed))));
    let before = kudos::unthanked(&g.store, &ada).await.unwrap();
    g.rows("UPDATE kudos SET retracted_at = given_at RETURNING id").await;
    let all = kudos::unthanked(&g.store, &ada).await.unwrap();
    assert!(all.disciplines.len() > before.disciplines.len() && all.groups.len() > before.groups.len());
    let size = |least: i64| {
        format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT discipline_id FROM member_disciplines \
             GROUP BY discipline_id HAVING COUNT(*) >= {least}) AS large"
        )
    };
    assert_eq!(i64::try_from(all.disciplines.len()).unwrap(), g.number(&size(5)).await);
    g.rows("DELETE FROM member_disciplines RETURNING member_id").await;
    assert!(kudos::unthanked(&g.store, &ada).await.unwrap().disciplines.is_empty(), "nobody is pointed at");
}

#[guild_test]
async fn k5_admins_review_what_may_be_arranged(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    assert_eq!(kudos::suspicion_rows(&g.store, &ada).await.unwrap(), []);
    for n in 0..10 {
        g.give_kudos(&mei, &kofi, &format!("{TEXT} Number {n}.")).await.unwrap();
        g.give_kudos(&kofi, &mei, &format!("{TEXT} Number {n}.")).await.unwrap();
        g.advance(Duration::days(4));
    }
    let rows = kudos::suspicion_rows(&g.store, &ada).await.unwrap();
    let mut names: Vec<&str> = rows[0].members.iter().map(|(_, name)| name.as_str()).collect();
    names.sort_unstable();
    assert!(rows.len() == 1 && rows[0].is_ring && names == ["Kofi Mensah", "Mei Tanaka"], "{rows:?}");
    assert!(kudos::suspicion_rows(&g.store, &mei).await.is_err());
    let page = g.page(&g.visit(Some("ada"), "/admin/kudos", domain::Locale::En).await).await.html;
    assert!(page.contains("gave 20 kudos to each other") && page.contains("Mei Tanaka"), "{page}");
    g.take_emails().await;
}

/// K12: there is no list of the most thanked unless an admin switches it on. Then it has five willing people by name,
/// counted by the people who thanked them.
#[guild_test]
async fn k12_the_most_thanked_are_shown_only_where_the_community_and_they_want_it(g: Guild) {
    g.demo().await;
    let keys = ["mei", "kofi", "ines", "grace", "tomas", "ravi", "sofia"];
    let mut people = Vec::new();
    for key in keys {
        people.push(g.actor(key).await);
    }
    g.rows("UPDATE kudos SET retracted_at = given_at RETURNING id").await;
    let board = async |reader: &Actor| -> Option<Vec<String>> {
        let found = kudos::board(&g.store, reader).await.unwrap()?;
        Some(found.into_iter().map(|person| person.name).collect())
    };
    let mut number = 0;
    let mut give = async |from: usize, to: usize, visibility: &str| {
        number += 1;
        let text = format!("Number {number}: you wrote the runbook that we all read.");
        let form = KudosForm { visibility: visibility.into(), ..g.kudos_form(&[&people[to]], &text).await };
        kudos::give(&g.store, &people[from], form.check().unwrap(), "").await.unwrap();
    };
    // Kofi, Ines, Grace, Tomas and Ravi have two givers each, and Sofia has three kudos from one giver.
    for to in 1..6 {
        give(0, to, "public").await;
        give(if to == 5 { 1 } else { to + 1 }, to, "members").await;
    }
    for _ in 0..3 {
        give(0, 6, "public").await;
    }
    // What is private counts for nobody: Mei would be first.
    for from in 1..6 {
        give(from, 0, "private").await;
    }
    for actor in &people {
        kudos::join_board(&g.store, actor, true).await.unwrap();
    }
    assert_eq!(board(&people[0]).await, None, "it is off by default");
    assert_eq!(kudos::on_board(&g.store, &people[0]).await.unwrap(), None);
    g.rows("UPDATE settings SET kudos_board = TRUE RETURNING id").await;
    let expected = ["Grace Lindqvist", "Inês Carvalho", "Kofi Mensah", "Ravi", "Tomás Herrera"];
    let shown = board(&people[0]).await.unwrap();
    assert_eq!(shown.len(), 5);
    for (shown, expected) in shown.iter().zip(expected) {
        assert!(shown.starts_with(expected), "{shown} is not {expected}: by name, and givers count once");
    }
    assert_eq!(board(&Actor::Anonymous).await, None, "not for visitors");
    kudos::join_board(&g.store, &people[1], false).await.unwrap();
    assert!(!board(&people[0]).await.unwrap().iter().any(|name| name.starts_with("Kofi")), "it is opt-in");
    g.advance(Duration::days(91));
    assert_eq!(board(&people[0]).await, Some(Vec::new()), "it covers a quarter");
    for actor in &people[2..4] {
        kudos::join_board(&g.store, actor, false).await.unwrap();
    }
    assert_eq!(board(&people[0]).await, None, "never for fewer than five");
    g.take_emails().await;
}
