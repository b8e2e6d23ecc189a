//! What a restored database must not bring back, on both engines (R12).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;

use store::{
    Engine, outbox,
    restore::{AfterRestore, SECRET_COLUMNS, clean_up},
    sign_in,
};
use tests::{Guild, guild_test};

#[guild_test]
async fn sessions_and_pending_sign_ins_end(g: Guild) {
    g.demo().await;
    let address = domain::members::Address::parse("mei@guild.example").unwrap();
    let browser = sign_in::new_token();
    sign_in::request_email(&g.store, sign_in::EmailRequest::new(&address, &browser)).await.unwrap();
    let link = g.newest_secret().await;
    let token = sign_in::as_demo(&g.store, "mei", sign_in::Browser { token: "", device: "test" })
        .await
        .unwrap()
        .token;
    assert!(store::members::sign_in_session(&g.store, &token).await.unwrap().is_some());

    assert!(clean_up(&g.store).await.unwrap().sessions > 0);
    assert!(store::members::sign_in_session(&g.store, &token).await.unwrap().is_none());
    let again = sign_in::Browser { token: &browser, device: "test" };
    assert!(sign_in::by_link(&g.store, &link, again).await.is_err());
    assert_eq!(
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE payload LIKE '%sign-in/link%'").await,
        0
    );
    let noted =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'database.restore' AND member_id IS NULL";
    assert_eq!(g.number(noted).await, 1);
    g.expect_emails("sign_in=1").await;
}

#[guild_test]
async fn emails_that_may_have_been_sent_are_held_until_they_are_released(g: Guild) {
    g.demo().await;
    let slug = g.event(None).await;
    let mei = g.actor("mei").await;
    g.rsvp(&mei, &slug, 0).await.unwrap();
    // One email was being sent when the backup was made.
    assert_eq!(outbox::claim(&g.store, 1).await.unwrap().len(), 1);
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    // The backup is restored a day before the event. Its reminder became due after the backup, and may have
    // been sent.
    g.advance(chrono::Duration::hours(60));
    let before = g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE kind = 'reminder'").await;
    assert_eq!(before, 0);

    let done = clean_up(&g.store).await.unwrap();
    let count = async |what: &str| {
        g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE {what}")).await
    };
    assert_eq!(count("state IN ('pending', 'sending')").await, 0);
    assert_eq!(count("state = 'held' AND kind = 'confirmed'").await, 2);
    assert!(count("state = 'held' AND kind = 'reminder'").await >= 2);
    assert_eq!(count("state = 'held'").await, i64::try_from(done.held).unwrap());
    store::runner::run_due(&g.store).await.unwrap();
    g.advance(chrono::Duration::minutes(5));
    assert!(outbox::claim(&g.store, 100).await.unwrap().is_empty(), "no email on hold is sent by itself");
    // New emails are sent as usual.
    g.rsvp(&g.actor("priya").await, &slug, 0).await.unwrap();
    assert_eq!(outbox::claim(&g.store, 100).await.unwrap().len(), 1);
    let again = clean_up(&g.store).await.unwrap();
    assert!(again.held >= 1 && again.held < done.held, "a second run only holds new emails");
    // The operator releases the emails.
    assert!(outbox::admin::retry_ended(&g.store).await.unwrap() > 0);
    assert!(!outbox::claim(&g.store, 100).await.unwrap().is_empty());
    g.expect_emails("confirmed=3 reminder=9").await;
}

/// A new column with a secret must say what a restore does with it.
#[guild_test]
async fn every_secret_says_what_a_restore_does_with_it(g: Guild) {
    let secret = |column: &str| {
        ["_hash", "_fingerprint"].iter().any(|end| column.ends_with(end))
            || ["token", "nonce", "verifier"].iter().any(|word| column.contains(word))
    };
    let found: BTreeSet<_> = columns(&g).await.into_iter().filter(|(_, column)| secret(column)).collect();
    let declared: BTreeSet<_> =
        SECRET_COLUMNS.iter().map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned())).collect();
    assert_eq!(found, declared);

    // Secrets that must end are deleted by a restore.
    g.demo().await;
    clean_up(&g.store).await.unwrap();
    for (table, column, _) in SECRET_COLUMNS.iter().filter(|(.., after)| *after == AfterRestore::Ended) {
        let left = g.number(&format!("SELECT CAST(COUNT({column}) AS BIGINT) FROM {table}")).await;
        assert_eq!(left, 0, "{table}.{column}");
    }
}

/// Every table with its columns.
async fn columns(g: &Guild) -> Vec<(String, String)> {
    let sql = match g.store.engine() {
        Engine::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let rows = g.rows(sql).await;
    rows.iter().map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap())).collect()
}
