//! Emails about kudos (K10): to the people who got them, and the kudos of the week.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, KudosId,
    emails::EmailPreference,
    kudos::{KudosForm, Reaction, check_edit},
};
use store::{blocks, data, kudos, preferences};
use tests::{Guild, guild_test};

const TEXT: &str = "You read my runbook aloud, and then we both laughed and mended it.";

async fn prefer(g: &Guild, actor: &Actor, choice: &str) {
    preferences::save(&g.store, actor, vec![EmailPreference::check(choice).unwrap()]).await.unwrap();
}

async fn give(g: &Guild, from: &Actor, to: &[&Actor], text: &str, visibility: &str) -> KudosId {
    let form = KudosForm { visibility: visibility.into(), ..g.kudos_form(to, text).await };
    kudos::give(&g.store, from, form.check().unwrap(), "").await.unwrap()
}

/// Lets the harness send the kudos of the week, which it leaves out of tests about other things.
async fn weekly_emails(g: &Guild) {
    g.rows("UPDATE members SET kudos_week = '2026-01-05' RETURNING id").await;
}

async fn chores(g: &Guild) {
    while store::runner::run_due(&g.store).await.unwrap().is_some_and(|next| next <= g.now()) {}
}

/// The links of the notifications about kudos.
async fn notified(g: &Guild) -> Vec<String> {
    let rows = g.rows("SELECT link FROM notifications WHERE kind = 'kudos_received' ORDER BY id").await;
    rows.iter().map(|row| row.try_get("", "link").unwrap()).collect()
}

/// Everything that is stored of emails, sent or not.
async fn stored(g: &Guild) -> String {
    let rows = g.rows("SELECT payload FROM emails UNION ALL SELECT payload FROM digest_items").await;
    rows.iter().map(|row| row.try_get::<String>("", "payload").unwrap()).collect()
}

#[guild_test]
async fn k10_recipients_are_notified_at_once(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let id = give(&g, &mei, &[&kofi, &ines], TEXT, "public").await;
    let emails = g.emails_of("kudos_received").await;
    assert_eq!(emails.len(), 2);
    assert_eq!((emails[0]["from"].as_str(), emails[0]["text"].as_str()), (Some("Mei Tanaka"), Some(TEXT)));
    assert_eq!(notified(&g).await, vec![format!("kudos/{id}"); 2]);
    prefer(&g, &kofi, "kudos - off").await;
    give(&g, &mei, &[&kofi], &format!("{TEXT} Again."), "public").await;
    assert_eq!(notified(&g).await.len(), 3, "the notification does not depend on the emails");
    g.expect_emails("kudos_received=2").await;
}

#[guild_test]
async fn k10_the_text_of_private_kudos_never_appears_in_an_email(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    prefer(&g, &ines, "kudos - daily").await;
    weekly_emails(&g).await;
    chores(&g).await;
    give(&g, &mei, &[&kofi, &ines], "Canaryprivate is between the three of us.", "private").await;
    assert!(!stored(&g).await.contains("Canaryprivate"));
    give(&g, &mei, &[&kofi, &ines], "Canarymembers is for everybody in here.", "members").await;
    assert!(stored(&g).await.contains("Canarymembers"), "control");
    g.advance(Duration::days(3));
    chores(&g).await;
    let all = stored(&g).await;
    assert!(!all.contains("Canaryprivate") && all.contains("Canarymembers"));
    assert_eq!(g.emails_of("digest").await.len(), 1);
    assert!(!g.emails_of("weekly_kudos").await.is_empty(), "the week's email was due as well");
    g.take_emails().await;
}

/// A digest says what its reader may see when it is sent, and not when the kudos were given.
#[guild_test]
async fn k10_a_digest_has_the_kudos_as_they_are_now(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    prefer(&g, &kofi, "kudos - daily").await;
    let retracted = give(&g, &mei, &[&kofi], "Canaryretracted was a mistake of mine.", "public").await;
    let edited = give(&g, &mei, &[&kofi], "Canarybefore is not how I meant it.", "public").await;
    give(&g, &ines, &[&kofi], "Canaryblocked is from somebody else.", "public").await;
    assert!(g.emails_of("kudos_received").await.is_empty());
    kudos::retract(&g.store, &mei, retracted).await.unwrap();
    let edit = check_edit("Canaryafter is how I meant it to be.", "measurable-impact").unwrap();
    kudos::edit(&g.store, &mei, edited, edit).await.unwrap();
    blocks::block(&g.store, &kofi, ines.member().unwrap()).await.unwrap();
    g.advance(Duration::days(1));
    chores(&g).await;
    let digest = g.emails_of("digest").await.pop().unwrap().to_string();
    let contains =
        ["retracted", "before", "blocked", "after"].map(|word| digest.contains(&format!("Canary{word}")));
    assert_eq!(contains, [false, false, false, true], "{digest}");
    g.expect_emails("digest=1").await;
}

#[guild_test]
async fn k10_a_team_is_notified_but_not_people_with_a_block(g: Guild) {
    g.demo().await;
    let (mei, tomas) = (g.actor("mei").await, g.actor("tomas").await);
    let form = KudosForm { to: String::new(), team: "payments".into(), ..g.kudos_form(&[], TEXT).await };
    kudos::give(&g.store, &mei, form.check().unwrap(), "").await.unwrap();
    let team = "SELECT CAST(COUNT(*) AS BIGINT) FROM profiles p JOIN teams t ON t.id = p.team_id WHERE t.slug = 'payments'";
    let people = g.number(team).await;
    let emails = g.emails_of("kudos_received").await;
    assert!(people > 2 && emails.len() == usize::try_from(people).unwrap());
    assert!(emails.iter().all(|email| email["team"] == "Payments"));
    g.take_emails().await;
    blocks::block(&g.store, &tomas, mei.member().unwrap()).await.unwrap();
    let again = KudosForm { text: format!("{TEXT} Again."), ..form };
    kudos::give(&g.store, &mei, again.check().unwrap(), "").await.unwrap();
    assert_eq!(g.emails_of("kudos_received").await.len() + 1, emails.len());
    g.take_emails().await;
}

/// K10: a member who moves to another time zone gets one email for each week.
#[guild_test]
async fn k10_the_week_in_kudos_follows_members_to_other_time_zones(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    weekly_emails(&g).await;
    let moves = async |key: &str, zone: &str| {
        let sql = format!("UPDATE members SET zone = '{zone}' WHERE demo_key = '{key}' RETURNING id");
        assert_eq!(g.rows(&sql).await.len(), 1);
    };
    g.rows("UPDATE members SET zone = 'Pacific/Auckland', kudos_week = '2100-01-04' RETURNING id").await;
    g.rows("UPDATE members SET kudos_week = '2026-11-16' WHERE demo_key IN ('mei', 'kofi', 'ines', 'grace') RETURNING id")
        .await;
    for (key, zone) in [
        ("mei", "Europe/Berlin"),
        ("ines", "Europe/Berlin"),
        ("kofi", "America/Los_Angeles"),
        ("grace", "America/Los_Angeles"),
    ] {
        moves(key, zone).await;
    }
    give(&g, &mei, &[&kofi], "Canarypublic is the newest of this week.", "public").await;
    g.take_emails().await;
    let got = async || -> Vec<String> {
        let sql = "SELECT m.demo_key FROM emails e JOIN members m ON m.id = e.member_id \
             WHERE e.kind = 'weekly_kudos' ORDER BY m.demo_key";
        g.rows(sql).await.iter().map(|row| row.try_get("", "demo_key").unwrap()).collect()
    };
    g.clock.set("2026-11-23T07:00:00Z".parse().unwrap());
    chores(&g).await;
    assert_eq!(got().await, ["ines", "mei"], "it is eight o'clock in Berlin");
    // One leaves Berlin after the email there, and one comes to Berlin after it.
    moves("mei", "America/Los_Angeles").await;
    moves("kofi", "Europe/Berlin").await;
    g.clock.set("2026-11-23T10:00:00Z".parse().unwrap());
    chores(&g).await;
    assert_eq!(got().await, ["ines", "kofi", "mei"], "nobody misses it");
    g.clock.set("2026-11-23T16:00:00Z".parse().unwrap());
    chores(&g).await;
    assert_eq!(
        got().await,
        ["grace", "ines", "kofi", "mei"],
        "the control gets it, and nobody gets it twice"
    );
    g.take_emails().await;
}

/// F1: the emails with a text go when its author is erased. The job works in batches, because there may be many.
#[guild_test]
async fn f1_emails_with_the_text_of_an_erased_giver_are_deleted_in_batches(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let grace = g.actor("grace").await;
    prefer(&g, &grace, "kudos - weekly").await;
    give(&g, &ines, &[&kofi, &grace], "Canaryerased is by somebody who leaves.", "public").await;
    give(&g, &mei, &[&kofi, &grace], "Canarystays is by somebody who stays.", "public").await;
    let id = match g.store.engine() {
        store::Engine::Sqlite => "randomblob(16)",
        store::Engine::Postgres => "gen_random_uuid()",
    };
    let columns = "member_id, kind, address, name, zone, locale, payload, state, attempts, unknowns, cause, \
         posted_at, due_at, expires_at, settled_at, rsvp_id, secret, undeliverable, priority";
    let many = format!(
        "INSERT INTO emails (id, {columns}) SELECT {id}, {columns} FROM emails, \
         (SELECT 1 AS one FROM group_members LIMIT 4) a, (SELECT 1 AS one FROM profiles LIMIT 30) b \
         WHERE kind = 'kudos_received' RETURNING id"
    );
    let copies = g.rows(&many).await.len();
    assert!(copies >= 240, "{copies}");
    data::request_deletion(&g.store, &ines).await.unwrap();
    g.advance(Duration::days(7));
    let all = stored(&g).await;
    assert!(all.contains("Canaryerased") && all.contains("Canarystays"), "control");
    chores(&g).await;
    let all = stored(&g).await;
    assert!(!all.contains("Canaryerased") && all.contains("Canarystays"));
    let sql = "SELECT claims, progress FROM jobs WHERE kind = 'erased_quotes' AND state = 'done'";
    let row = g.rows(sql).await.pop().unwrap();
    let (batches, looked_at): (i32, i32) =
        (row.try_get("", "claims").unwrap(), row.try_get("", "progress").unwrap());
    assert!(batches > looked_at / 100 && looked_at > 240, "{batches} batches for {looked_at} emails");
    g.take_emails().await;
}

/// K10: the week's email goes to each member once, on Monday at eight. It is never empty, and members opt out.
#[guild_test]
async fn k10_the_week_in_kudos_is_sent_once_and_never_empty(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    g.rows("UPDATE members SET zone = 'Europe/Berlin' RETURNING id").await;
    weekly_emails(&g).await;
    let weekly = async || g.emails_of("weekly_kudos").await;
    chores(&g).await;
    assert!(weekly().await.is_empty(), "Monday was too long ago");
    prefer(&g, &mei, "wall - off").await;
    give(&g, &mei, &[&kofi], "Canarypublic is the newest of this week.", "public").await;
    give(&g, &mei, &[&kofi], "Canaryteam is for our two teams alone.", "team").await;
    g.take_emails().await;
    g.clock.set("2026-11-23T06:59:59Z".parse().unwrap());
    chores(&g).await;
    assert!(weekly().await.is_empty(), "before eight");
    g.clock.set("2026-11-23T07:00:00Z".parse().unwrap());
    chores(&g).await;
    chores(&g).await;
    let emails = weekly().await;
    let members = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members WHERE role <> 'suspended'").await;
    assert_eq!(i64::try_from(emails.len()).unwrap(), members - 1, "all but the one who opted out");
    let all = emails.iter().map(ToString::to_string).collect::<String>();
    assert!(all.contains("Canarypublic") && !all.contains("Canaryteam"));
    assert!(emails.iter().all(|email| !email["cards"].as_array().unwrap().is_empty()));
    g.take_emails().await;
    g.advance(Duration::days(14));
    chores(&g).await;
    assert!(weekly().await.is_empty(), "nobody gave kudos in the last week");
    give(&g, &mei, &[&kofi], "Canarynext is why the next email is sent.", "public").await;
    g.take_emails().await;
    g.advance(Duration::days(7));
    chores(&g).await;
    assert!(!weekly().await.is_empty(), "control");
    g.take_emails().await;
}

/// K8: reactions send no email. A digest says how many there are, once for each card, to the people who want it.
#[guild_test]
async fn k8_reactions_are_in_the_digest_only(g: Guild) {
    g.demo().await;
    let (mei, kofi, ines) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ines").await);
    let grace = g.actor("grace").await;
    prefer(&g, &mei, "reactions - off").await;
    let id = give(&g, &mei, &[&kofi], TEXT, "public").await;
    let lonely = give(&g, &mei, &[&kofi], &format!("{TEXT} Again."), "public").await;
    g.take_emails().await;
    for (actor, kind) in [(&ines, Reaction::Heart), (&grace, Reaction::Heart), (&grace, Reaction::Applause)] {
        kudos::react(&g.store, actor, id, kind, true).await.unwrap();
    }
    kudos::react(&g.store, &kofi, id, Reaction::Heart, true).await.unwrap();
    for wanted in [true, false] {
        kudos::react(&g.store, &ines, lonely, Reaction::Heart, wanted).await.unwrap();
    }
    g.expect_emails("").await;
    g.advance(Duration::days(1));
    chores(&g).await;
    let digests = g.emails_of("digest").await;
    let mentioned: Vec<_> = digests
        .iter()
        .flat_map(|digest| digest["items"].as_array().unwrap())
        .filter(|item| item["kind"] == "kudos_reacted")
        .map(|item| (item["kudos"].as_str().unwrap().to_owned(), item["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(mentioned, [(id.to_string(), 3)], "to the recipient, without their own reaction");
    g.take_emails().await;
    // Control: a new reaction is news again.
    kudos::react(&g.store, &ines, id, Reaction::Insight, true).await.unwrap();
    g.advance(Duration::days(1));
    chores(&g).await;
    assert!(g.emails_of("digest").await.iter().any(|digest| digest.to_string().contains("kudos_reacted")));
    g.take_emails().await;
}
