//! The demo community: made with the store's own functions, with a past, and without rows from the future.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::Actor;
use store::{
    events::{self, Filter, Span},
    groups, kudos,
};
use tests::{Guild, START, guild_test};

/// A3: the harness checks afterwards that `doctor` finds nothing, as it does after every test.
#[guild_test(empty)]
async fn the_demo_is_consistent_and_does_not_move_the_clock(g: Guild) {
    let made = store::seed::demo(&g.store).await.unwrap();
    assert_eq!(g.now(), START.parse::<domain::Instant>().unwrap());
    assert!(made.members >= 58 && made.groups >= 5 && made.events >= 30 && made.kudos >= 20, "{made:?}");
    for (table, count) in
        [("members", made.members), ("groups", made.groups), ("events", made.events), ("kudos", made.kudos)]
    {
        assert_eq!(
            g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}")).await,
            i64::from(count),
            "{table}"
        );
    }
    for (column, table) in [
        ("joined_at", "members"),
        ("joined_at", "group_members"),
        ("created_at", "events"),
        ("updated_at", "events"),
        ("answered_at", "rsvps"),
        ("given_at", "kudos"),
        ("at", "audit"),
    ] {
        // SQLite compares UTC texts, PostgreSQL compares times. One literal works for both.
        let late = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM {table} WHERE {column} > '2026-11-21T12:00:00.000000+00:00'"
        );
        assert_eq!(g.number(&late).await, 0, "{table}.{column} is in the future");
    }
    let after = "SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps r JOIN events e ON e.id = r.event_id WHERE r.answered_at >= e.starts_at";
    assert_eq!(g.number(after).await, 0, "no RSVP is made after the event has begun");
    let early = "SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps r JOIN members m ON m.id = r.member_id WHERE r.answered_at <= m.joined_at";
    assert_eq!(g.number(early).await, 0, "no RSVP is older than its member");
    assert_eq!(g.emails().await, "", "the demo posts no emails");
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM sign_in_sessions").await, 0);
    assert_eq!(
        store::seed::demo(&g.store).await.unwrap(),
        store::seed::Report::default(),
        "the demo is made only once"
    );
}

#[guild_test]
async fn the_demo_has_data_for_every_page(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let list =
        async |span| events::list(&g.store, &mei, &Filter { span, ..Filter::default() }, 0).await.unwrap().0;
    let (coming, past) = (list(Span::Coming).await, list(Span::Past).await);
    assert!(coming.len() >= 15 && past.len() >= 15);
    for cards in [&coming, &past] {
        assert!(cards.iter().any(|card| card.waiting > 0), "a waitlist");
        assert!(
            cards.iter().any(|card| card.group.is_some()) && cards.iter().any(|card| card.my_rsvp.is_some())
        );
        assert!(cards.iter().all(|card| card.host.is_some()));
    }
    assert!(
        groups::find(&g.store, &mei, &Default::default(), 0)
            .await
            .unwrap()
            .0
            .iter()
            .any(|group| group.is_member)
    );
    let thanks = kudos::latest(&g.store, &Actor::Anonymous, 6).await.unwrap();
    assert!(thanks.len() == 6 && thanks.iter().all(|thanks| thanks.to_team || thanks.to.iter().all(|person| !person.disciplines.is_empty())));
    assert!(thanks.is_sorted_by(|a, b| a.given_at >= b.given_at));
    let count = async |sql: &str| g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {sql}")).await;
    assert!(
        count("events WHERE status = 'cancelled'").await >= 2
            && count("events WHERE status = 'draft'").await >= 1
    );
    assert!(count("rsvps WHERE state = 'left'").await > 0);
    assert!(count("audit WHERE action = 'rsvp.promote'").await > 0, "a freed seat went to the waitlist");
}

/// A3: pages show the seat count from a column. `doctor` notices when it disagrees with the RSVPs.
#[guild_test]
async fn a3_doctor_notices_a_wrong_number_of_seats(g: Guild) {
    g.demo().await;
    let slug = g.event(Some(3)).await;
    let problems = async || {
        let findings = store::doctor::examine(&g.store).await.unwrap();
        findings.into_iter().filter_map(|finding| finding.problem).collect::<Vec<_>>()
    };
    assert_eq!(problems().await, Vec::<String>::new());
    g.rows(&format!("UPDATE events SET going = going + 1 WHERE slug = '{slug}' RETURNING id")).await;
    let found = problems().await;
    assert!(found.len() == 1 && found[0].contains(slug.as_str()), "{found:?}");
    g.rows(&format!("UPDATE events SET going = going - 1 WHERE slug = '{slug}' RETURNING id")).await;
}

/// The harness' copy has the same rows as the seed.
#[guild_test]
async fn the_copy_equals_the_demo(g: Guild) {
    g.demo().await;
    let played = Guild::empty(g.store.engine()).await;
    store::seed::demo(&played.store).await.unwrap();
    for table in [
        "settings",
        "members",
        "member_disciplines",
        "disciplines",
        "groups",
        "group_members",
        "events",
        "rsvps",
        "kudos",
        "kudos_values",
        "audit",
    ] {
        let sql = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}");
        assert_eq!(g.number(&sql).await, played.number(&sql).await, "{table}");
    }
    played.store.close().await;
}
