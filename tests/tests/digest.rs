//! Digests: they collect emails and arrive once, at eight o'clock in the reader's time zone (C9, B4).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;

use chrono::{Duration, NaiveTime};
use domain::{Actor, Instant, Slug, Zone, emails::EmailPreference, members::ProfileInput};
use store::{events, preferences};
use tests::{Guild, event_form, guild_test};

async fn chores(g: &Guild) {
    store::runner::run_due(&g.store).await.unwrap();
}

/// A group with these members, organised by Ada.
async fn group(g: &Guild, members: &[&Actor]) -> Slug {
    g.night_owls(members).await
}

async fn set_zone(g: &Guild, actor: &Actor, zone: &str) {
    let profile = ProfileInput::check("Reader", zone, "en", "", &["developer".into()]).unwrap();
    store::members::save_profile(&g.store, actor, profile).await.unwrap();
}

/// A published event of the group that starts in `days` days, with this title.
async fn event_in(g: &Guild, group: &Slug, title: &str, days: i64) -> Slug {
    let host = g.actor("ada").await;
    let date = (g.now() + Duration::days(days)).date_naive().to_string();
    let form =
        domain::events::EventForm { group: group.to_string(), title: title.into(), date, ..event_form(None) };
    let slug = events::create(&g.store, &host, form.check().unwrap(), title).await.unwrap();
    events::publish(&g.store, &host, &slug).await.unwrap();
    slug
}

async fn set_preference(g: &Guild, actor: &Actor, text: &str) {
    preferences::save(&g.store, actor, vec![EmailPreference::check(text).unwrap()]).await.unwrap();
}

/// The digests to a member: when each was posted, and the titles of its items.
async fn digests(g: &Guild, actor: &Actor) -> Vec<(Instant, Vec<String>)> {
    let member = actor.member().unwrap().to_string();
    let rows = g.rows("SELECT payload, posted_at FROM emails WHERE kind = 'digest' ORDER BY id").await;
    let read = |row: &sea_orm::QueryResult| {
        let email: serde_json::Value =
            serde_json::from_str(&row.try_get::<String>("", "payload").unwrap()).unwrap();
        let items = email["items"].as_array().unwrap();
        let titles = items.iter().map(|item| item["event"]["title"].as_str().unwrap().to_owned()).collect();
        let mine = email["mailing"]["member"] == member.as_str();
        mine.then(|| (row.try_get("", "posted_at").unwrap(), titles))
    };
    rows.iter().filter_map(read).collect()
}

/// The next time at which a clock in this zone shows this time.
fn next(g: &Guild, zone: &str, clock: &str) -> Instant {
    let zone: Zone = zone.parse().unwrap();
    let clock: NaiveTime = clock.parse().unwrap();
    let mut day = zone.wall(g.now()).date();
    loop {
        let at = zone.resolve(day.and_time(clock)).at;
        if at > g.now() {
            return at;
        }
        day = day.succ_opt().unwrap();
    }
}

#[guild_test]
async fn c9_a_digest_arrives_at_eight_and_only_with_news(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    set_zone(&g, &mei, "Europe/Berlin").await;
    set_zone(&g, &kofi, "America/Los_Angeles").await;
    let group = group(&g, &[&mei, &kofi]).await;
    chores(&g).await;
    let first = event_in(&g, &group, "First", 4).await;
    event_in(&g, &group, "Second", 5).await;
    g.advance(Duration::minutes(11));
    chores(&g).await;
    assert!(digests(&g, &mei).await.is_empty());
    for (actor, zone) in [(&kofi, "America/Los_Angeles"), (&mei, "Europe/Berlin")] {
        let eight = next(&g, zone, "08:00:00");
        g.clock.set(eight - Duration::seconds(1));
        chores(&g).await;
        assert!(digests(&g, actor).await.is_empty(), "{zone}: no digest before eight");
        g.clock.set(eight);
        chores(&g).await;
        chores(&g).await;
        assert_eq!(digests(&g, actor).await, [(eight, vec!["First".to_owned(), "Second".to_owned()])]);
    }
    // The items are deleted, so the next day has no digest.
    let remaining_items = "SELECT CAST(COUNT(*) AS BIGINT) FROM digest_items";
    g.advance(Duration::days(1));
    chores(&g).await;
    assert_eq!(digests(&g, &mei).await.len(), 1);
    // Events that are over, cancelled or already answered are no longer news.
    event_in(&g, &group, "Third", 6).await;
    g.advance(Duration::minutes(11));
    chores(&g).await;
    let host = g.actor("ada").await;
    events::cancel(&g.store, &host, &Slug::parse("third").unwrap(), "").await.unwrap();
    g.advance(Duration::days(1));
    chores(&g).await;
    assert_eq!(digests(&g, &mei).await.len(), 1, "without news there is no digest");
    assert_eq!(g.number(remaining_items).await, 0, "stale items are deleted too");
    let _ = first;
    g.expect_emails("digest=2 reminder=17").await;
}

#[guild_test]
async fn c9_weekly_digests_arrive_on_monday_and_daily_ones_every_day(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    set_zone(&g, &mei, "Europe/Berlin").await;
    let group = group(&g, &[&mei]).await;
    set_preference(&g, &mei, "new_events - weekly").await;
    event_in(&g, &group, "Weekly", 20).await;
    g.advance(Duration::minutes(11));
    chores(&g).await;
    set_preference(&g, &mei, "new_events - daily").await;
    event_in(&g, &group, "Daily", 21).await;
    g.advance(Duration::minutes(11));
    chores(&g).await;
    // START is a Saturday.
    g.clock.set("2026-11-22T07:00:00Z".parse().unwrap());
    chores(&g).await;
    let sunday = digests(&g, &mei).await;
    assert_eq!(sunday.len(), 1);
    assert_eq!(sunday[0].1, ["Daily"]);
    g.clock.set("2026-11-23T07:00:00Z".parse().unwrap());
    chores(&g).await;
    assert_eq!(digests(&g, &mei).await[1].1, ["Weekly"]);
    g.expect_emails("digest=2 reminder=10").await;
}

#[guild_test]
async fn c9_items_muted_after_they_were_collected_are_left_out(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let group = group(&g, &[&mei, &kofi]).await;
    event_in(&g, &group, "First", 4).await;
    g.advance(Duration::minutes(11));
    chores(&g).await;
    set_preference(&g, &mei, "new_events - off").await;
    set_preference(&g, &kofi, "digest - off").await;
    g.advance(Duration::days(2));
    chores(&g).await;
    assert!(digests(&g, &mei).await.is_empty());
    assert!(digests(&g, &kofi).await.is_empty());
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM digest_items").await, 0);
    g.expect_emails("reminder=10").await;
}

/// Across clock changes, jumps of the clock and restarts, with two processes at once: each item appears
/// once, and a member gets at most one digest a day.
#[guild_test]
async fn c9_each_item_appears_once_whatever_happens(g: Guild) {
    g.demo().await;
    let zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"];
    let people =
        [g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await, g.actor("sofia").await];
    for (actor, zone) in people.iter().zip(zones) {
        set_zone(&g, actor, zone).await;
    }
    let group = group(&g, &people.iter().collect::<Vec<_>>()).await;
    set_preference(&g, &people[3], "new_events - weekly").await;
    // March is included, when Berlin, New York, Lord Howe and Auckland all change their clocks.
    g.clock.set("2027-03-05T12:00:00Z".parse().unwrap());
    chores(&g).await;
    let mut random = Random(20_270_305);
    let mut titles = Vec::new();
    for round in 0..40 {
        if random.below(2) == 0 {
            let title = format!("Event {round}");
            event_in(&g, &group, &title, 60).await;
            titles.push(title);
        }
        g.advance(Duration::minutes(1 + i64::try_from(random.below(1800)).unwrap()));
        // Two processes work at the same moment. One of them may be a restart.
        let again = store::Store::open(&g.url, g.clock.clone()).await.unwrap();
        let (a, b) = futures::join!(store::runner::run_due(&g.store), store::runner::run_due(&again));
        a.and(b).unwrap();
        again.close().await;
    }
    g.advance(Duration::days(9));
    chores(&g).await;
    g.advance(Duration::days(9));
    chores(&g).await;
    let mut sent = 0;
    for (actor, zone) in people.iter().zip(zones) {
        let zone: Zone = zone.parse().unwrap();
        let mut received = Vec::new();
        let mut days = BTreeMap::new();
        for (at, items) in digests(&g, actor).await {
            sent += 1;
            let wall = zone.wall(at);
            *days.entry(wall.date()).or_insert(0) += 1;
            received.extend(items);
        }
        assert!(days.values().all(|n| *n == 1), "{zone}: {days:?}");
        received.sort();
        let mut all = titles.clone();
        all.sort();
        assert_eq!(received, all, "{zone}");
    }
    // An item that is posted while the other process sends a digest waits for the next day, so the number of digests
    // depends on which process is faster. Each of them was checked above, and there is no other email.
    assert!((30..=40).contains(&sent), "{sent}");
    g.expect_emails(&format!("digest={sent}")).await;
}

/// A small generator with a fixed seed, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}
