//! Group circles (M30).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, CircleId, Locale, Refusal,
    circles::{CircleChange, CircleForm},
    emails::{Delivery, EmailCategory},
};
use store::{StoreError, blocks, circles, suppressions};
use tests::{Guild, guild_test};

const CANARY: &str = "Capybaraquartet";

fn form(places: &str) -> CircleForm {
    CircleForm {
        topic: "threat-modelling".into(),
        title: "Threat models for small teams".into(),
        about: "We model one service of each member.".into(),
        places: places.into(),
        dates: "Thursdays at 16:00 UTC, four times".into(),
        place: format!("https://meet.example.org/{CANARY}"),
    }
}

async fn open(g: &Guild, actor: &Actor, places: &str, key: &str) -> Result<CircleId, StoreError> {
    circles::open(&g.store, actor, form(places).check().unwrap(), key).await
}

async fn change(g: &Guild, actor: &Actor, id: CircleId, to: CircleChange) -> Result<(), StoreError> {
    circles::change(&g.store, actor, id, to).await
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[guild_test]
async fn m30_members_join_a_circle_until_it_is_full(g: Guild) {
    g.demo().await;
    let (ada, mei, sofia) = (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await);
    assert!(matches!(open(&g, &sofia, "2", "").await, Err(StoreError::Refused(_))), "Sofia teaches nothing");
    let id = open(&g, &ada, "2", "key").await.unwrap();
    assert_eq!(open(&g, &ada, "2", "key").await.unwrap(), id, "the same form opens one");
    for _ in 0..2 {
        change(&g, &mei, id, CircleChange::Join).await.unwrap();
    }
    // Of two who join at once, one gets the last place.
    let (kofi, jonas) = (g.actor("kofi").await, g.actor("jonas").await);
    let (one, two) =
        futures::join!(change(&g, &kofi, id, CircleChange::Join), change(&g, &jonas, id, CircleChange::Join));
    assert!(one.is_ok() != two.is_ok());
    assert_eq!(refusal(change(&g, &sofia, id, CircleChange::Join).await), Refusal::CircleFull);
    g.expect_emails("circle_news=2").await;
    // A place that is given up is free for somebody else.
    change(&g, &mei, id, CircleChange::Leave).await.unwrap();
    change(&g, &mei, id, CircleChange::Leave).await.unwrap();
    change(&g, &sofia, id, CircleChange::Join).await.unwrap();
    g.expect_emails("circle_news=2").await;
    assert!(matches!(change(&g, &sofia, id, CircleChange::Close).await, Err(StoreError::Refused(_))));
    change(&g, &ada, id, CircleChange::Close).await.unwrap();
    change(&g, &ada, id, CircleChange::Close).await.unwrap();
    g.expect_emails("circle_news=2").await;
    assert_eq!(refusal(change(&g, &mei, id, CircleChange::Join).await), Refusal::CircleClosed);
    assert!(matches!(circles::circle(&g.store, &mei, id).await, Err(StoreError::NotFound)));
}

/// M30: only the people of a circle see where it meets and who is in it.
#[guild_test]
async fn m30_only_its_people_see_where_a_circle_meets(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let id = open(&g, &ada, "3", "").await.unwrap();
    change(&g, &mei, id, CircleChange::Join).await.unwrap();
    let path = format!("/mentoring/circles/{id}");
    for key in ["sofia", "grace", "kofi"] {
        for path in [path.as_str(), "/mentoring/circles", "/mentoring", "/"] {
            let html = g.page(&g.visit(Some(key), path, Locale::En).await).await.html;
            assert!(!html.contains(CANARY), "{key} {path}");
        }
        let page = circles::circle(&g.store, &g.actor(key).await, id).await.unwrap();
        assert!(page.people.is_empty() && page.place.is_empty());
    }
    let leaks = format!("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%{CANARY}%'");
    assert_eq!(g.number(&leaks).await, 0);
    // Control: its people see both.
    for key in ["ada", "mei"] {
        let html = g.page(&g.visit(Some(key), &path, Locale::En).await).await.html;
        assert!(html.contains(CANARY) && html.contains("Mei"), "{key}");
    }
    g.take_emails().await;
}

/// M30: a block hides a circle and takes the place away.
#[guild_test]
async fn m30_a_block_hides_a_circle_and_frees_the_place(g: Guild) {
    g.demo().await;
    let (ada, mei, sofia) = (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await);
    let id = open(&g, &ada, "3", "").await.unwrap();
    change(&g, &mei, id, CircleChange::Join).await.unwrap();
    blocks::block(&g.store, &mei, ada.member().unwrap()).await.unwrap();
    assert!(matches!(circles::circle(&g.store, &mei, id).await, Err(StoreError::NotFound)));
    assert!(matches!(change(&g, &mei, id, CircleChange::Join).await, Err(StoreError::NotFound)));
    let page = circles::circles(&g.store, &mei).await.unwrap();
    assert!(page.mine.is_empty() && page.open.is_empty());
    assert!(circles::circle(&g.store, &ada, id).await.unwrap().people.is_empty());
    // Control: another member sees it with all its places.
    assert_eq!(circles::circles(&g.store, &sofia).await.unwrap().open[0].free, 3);
    g.take_emails().await;
}

/// M30: a form with a mistake keeps what was typed, without JavaScript.
#[guild_test]
async fn m30_a_circle_without_places_is_kept(g: Guild) {
    g.demo().await;
    let visit = g.visit(Some("ada"), "/mentoring/circles/new", Locale::En).await;
    let form = form("");
    let fields = [
        ("topic", form.topic.as_str()),
        ("title", &form.title),
        ("about", &form.about),
        ("places", ""),
        ("dates", &form.dates),
        ("place", ""),
    ];
    g.post(&visit, "/api/circles/open", &fields, "text/html").await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("We model one service") && html.contains("aria-invalid"));
}

/// M30: somebody who joins and leaves again and again causes a few emails an hour, and none without end.
#[guild_test]
async fn m30_news_that_others_cause_are_few(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let id = open(&g, &ada, "3", "").await.unwrap();
    let come_and_go = async || {
        for _ in 0..8 {
            change(&g, &mei, id, CircleChange::Join).await.unwrap();
            change(&g, &mei, id, CircleChange::Leave).await.unwrap();
        }
    };
    come_and_go().await;
    g.expect_emails("circle_news=10").await;
    // Control: an hour later there is news again. It is as rare for somebody who chose no emails.
    g.advance(Duration::minutes(61));
    let off = format!("{} - {}", EmailCategory::Mentoring.name(), Delivery::Off.name());
    let choice = domain::emails::EmailPreference::check(&off).unwrap();
    store::preferences::save(&g.store, &ada, vec![choice]).await.unwrap();
    come_and_go().await;
    g.expect_emails("").await;
    let rows = "SELECT CAST(COUNT(*) AS BIGINT) FROM notifications WHERE kind = 'circle_news'";
    assert_eq!(g.number(rows).await, 20);
}

/// M30: a mentor whose address bounces gets no news, and the circle does not show it.
#[guild_test]
async fn m30_no_news_goes_to_an_address_that_bounces(g: Guild) {
    g.demo().await;
    let (ada, mei, sofia) = (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await);
    let id = open(&g, &ada, "3", "").await.unwrap();
    change(&g, &mei, id, CircleChange::Join).await.unwrap();
    assert_eq!(g.emails_of("circle_news").await.len(), 1, "control");
    let address = domain::members::Address::parse("ada@guild.example").unwrap();
    let email = g.email_to(address.as_str()).await;
    assert!(suppressions::record_bounce(&g.store, &address, email, "550 5.1.1").await.unwrap());
    g.take_emails().await;
    change(&g, &sofia, id, CircleChange::Join).await.unwrap();
    g.expect_emails("").await;
}

#[guild_test]
async fn m30_a_member_has_three_open_circles_at_most(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let first = open(&g, &ada, "3", "").await.unwrap();
    for _ in 0..2 {
        open(&g, &ada, "3", "").await.unwrap();
    }
    assert_eq!(refusal(open(&g, &ada, "3", "").await), Refusal::TooManyCircles { max: 3 });
    // Control: one that is closed makes room.
    change(&g, &ada, first, CircleChange::Close).await.unwrap();
    open(&g, &ada, "3", "").await.unwrap();
}

/// M30: the circle of a suspended mentor is hidden from everybody who has no place in it, also by its address.
#[guild_test]
async fn m30_the_circle_of_a_suspended_mentor_is_hidden(g: Guild) {
    g.demo().await;
    let (ada, mei, sofia) = (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await);
    let id = open(&g, &ada, "3", "").await.unwrap();
    change(&g, &mei, id, CircleChange::Join).await.unwrap();
    g.take_emails().await;
    // Control: Sofia sees it before.
    assert!(circles::circle(&g.store, &sofia, id).await.is_ok());
    assert_eq!(circles::circles(&g.store, &sofia).await.unwrap().open.len(), 1);
    g.rows("UPDATE members SET role = 'suspended' WHERE demo_key = 'ada' RETURNING id").await;
    assert!(matches!(circles::circle(&g.store, &sofia, id).await, Err(StoreError::NotFound)));
    assert!(matches!(change(&g, &sofia, id, CircleChange::Join).await, Err(StoreError::NotFound)));
    assert!(circles::circles(&g.store, &sofia).await.unwrap().open.is_empty());
    // Whoever is in it can still leave. The suspended mentor gets no email.
    assert!(circles::circle(&g.store, &mei, id).await.is_ok());
    change(&g, &mei, id, CircleChange::Leave).await.unwrap();
    g.expect_emails("").await;
}

/// M30: members with a block between them don't read each other's names in a circle.
#[guild_test]
async fn m30_a_block_hides_names_in_a_circle(g: Guild) {
    g.demo().await;
    let (ada, mei, sofia) = (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await);
    let id = open(&g, &ada, "3", "").await.unwrap();
    for actor in [&mei, &sofia] {
        change(&g, actor, id, CircleChange::Join).await.unwrap();
    }
    let people = async |actor| circles::circle(&g.store, actor, id).await.unwrap().people.len();
    assert_eq!((people(&ada).await, people(&sofia).await), (2, 2));
    blocks::block(&g.store, &mei, sofia.member().unwrap()).await.unwrap();
    assert_eq!((people(&mei).await, people(&sofia).await), (1, 1));
    // Control: their mentor sees both.
    assert_eq!(people(&ada).await, 2);
    g.take_emails().await;
}
