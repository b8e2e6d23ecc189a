//! The page about background jobs for administrators, and how long data is kept.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{Actor, JobId, Locale, Refusal};
use store::{
    StoreError, admin as log,
    jobs::JobState,
    outbox,
    runner::{self, Kind, Lane, Trigger, admin},
    search,
    settings::{self, Community, Retention},
};
use tests::{Guild, guild_test};

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Queues a rebuild of the search index and lets it fail until it isn't tried again.
async fn failed_job(g: &Guild) -> JobId {
    search::rebuild(&g.store).await.unwrap();
    fail(g, "search_index", Trigger::Verb).await
}

/// Lets the jobs of a kind fail until they aren't tried again.
async fn fail(g: &Guild, kind: &'static str, trigger: Trigger) -> JobId {
    let broken = Kind::new(kind, Lane::Long, trigger, |_, _| async {
        Err(StoreError::Corrupt("the index has <no> room".to_owned()))
    });
    for _ in 0..10 {
        assert!(runner::run_kinds(&g.store, std::slice::from_ref(&broken)).await.is_err());
        g.advance(Duration::hours(1));
    }
    let ada = g.actor("ada").await;
    let (failed, _) = admin::rows(&g.store, &ada, JobState::Failed, 0).await.unwrap();
    failed.iter().find(|row| row.kind == kind).unwrap().id
}

async fn html(g: &Guild, path: &str) -> String {
    g.page(&g.visit(Some("ada"), path, Locale::En).await).await.html
}

async fn count(g: &Guild, ada: &Actor, state: JobState) -> u64 {
    admin::counts(&g.store, ada).await.unwrap().get(&state).copied().unwrap_or(0)
}

#[guild_test]
async fn a_failed_job_is_shown_with_its_error_and_runs_again(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    assert!(!html(&g, "/admin").await.contains("background job failed"));
    let id = failed_job(&g).await;
    assert!(html(&g, "/admin").await.contains("1 background job failed"));
    let page = html(&g, "/admin/jobs").await;
    for text in ["Rebuild the search index", "the index has &lt;no&gt; room", "Try again", "Cancel job"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!html(&g, "/admin/jobs?state=pending").await.contains("Rebuild the search index"));
    // Without a retry it waits for the next day.
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(count(&g, &ada, JobState::Failed).await, 1);
    admin::retry(&g.store, &ada, id).await.unwrap();
    assert_eq!(count(&g, &ada, JobState::Failed).await, 0);
    runner::run_due(&g.store).await.unwrap();
    let (done, _) = admin::rows(&g.store, &ada, JobState::Done, 0).await.unwrap();
    let row = done.iter().find(|row| row.id == id).unwrap();
    assert!(row.last_error.is_empty() && row.done.unwrap() > 0 && !row.can_retry, "{row:?}");
    let filter = log::LogFilter { action: Some("job.retry".into()), ..Default::default() };
    let entries = log::log(&g.store, &ada, &filter, 0).await.unwrap().0;
    let subject = entries[0].subject.clone().unwrap();
    assert_eq!((entries.len(), subject.kind, subject.name.as_str()), (1, "job", "search_index"));
    let audit = html(&g, "/admin/audit?action=job.retry").await;
    assert!(audit.contains("Ran a background job again") && audit.contains("Rebuild the search index"));
    assert_eq!(refused(admin::retry(&g.store, &ada, id).await), Refusal::JobStarted);
    assert_eq!(refused(admin::cancel(&g.store, &ada, id).await), Refusal::JobEnded);
}

#[guild_test]
async fn a_cancelled_job_does_not_run(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let id = failed_job(&g).await;
    for key in ["mei", "grace"] {
        let actor = g.actor(key).await;
        assert_eq!(refused(admin::cancel(&g.store, &actor, id).await), Refusal::NotAllowed);
        assert_eq!(refused(admin::retry(&g.store, &actor, id).await), Refusal::NotAllowed);
        assert_eq!(refused(admin::counts(&g.store, &actor).await), Refusal::NotAllowed);
        assert_eq!(refused(admin::rows(&g.store, &actor, JobState::Failed, 0).await), Refusal::NotAllowed);
    }
    admin::cancel(&g.store, &ada, id).await.unwrap();
    g.advance(Duration::hours(23));
    runner::run_due(&g.store).await.unwrap();
    let (cancelled, more) = admin::rows(&g.store, &ada, JobState::Cancelled, 0).await.unwrap();
    assert_eq!((cancelled.len(), more, cancelled[0].id), (1, false, id));
    let page = html(&g, "/admin/jobs?state=cancelled").await;
    assert!(page.contains("Rebuild the search index") && !page.contains("Cancel job"));
    assert!(html(&g, "/admin/jobs?state=failed").await.contains("No jobs here"));
    g.expect_emails("reminder").await;
}

/// A new job of the same kind would run at once.
#[guild_test]
async fn a_job_that_recurs_cannot_be_cancelled(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let id = fail(&g, "prune_emails", Trigger::Recurring).await;
    assert_eq!(refused(admin::cancel(&g.store, &ada, id).await), Refusal::JobRecurs);
    let page = html(&g, "/admin/jobs?state=failed").await;
    assert!(page.contains("Try again") && !page.contains("Cancel job"), "{page}");
}

/// The buttons work over HTTP, without JavaScript. No worker of the portal knows this kind of job.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_buttons_of_the_jobs_page_work() {
    let g = Guild::new(store::Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let id = fail(&g, "unknown_kind", Trigger::Recurring).await.to_string();
    let ada = portal.browser();
    ada.set_cookie("guildhall", &g.session_of("ada").await);
    let page = ada.get("/admin/jobs?state=failed").await;
    assert!(page.status == 200 && page.body.contains("unknown_kind") && page.body.contains(&id));
    let form = [("job", id.as_str()), ("state", "failed")];
    let mei = portal.browser();
    mei.set_cookie("guildhall", &g.session_of("mei").await);
    assert_eq!(mei.post("/api/admin/job_retry", &form).await.status, 403);
    let done = ada.post("/api/admin/job_retry", &form).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/admin/jobs?state=failed"));
    assert!(ada.get("/admin/jobs?state=pending").await.body.contains("unknown_kind"));
    ada.post("/api/admin/job_cancel", &[("job", &id), ("state", "pending")]).await;
    assert!(ada.get("/admin/jobs?state=cancelled").await.body.contains("unknown_kind"));
    portal.stop().await;
}

/// Saves other numbers of days, as an admin does.
async fn keep(g: &Guild, emails: &str, sign_ins: &str) {
    let now = settings::load(&g.store).await.unwrap();
    let new = Community::check(&now.community, &now.tagline, now.sign_up.name(), false, emails, sign_ins);
    settings::change(&g.store, &g.actor("ada").await, new.unwrap(), now.version).await.unwrap();
}

async fn rows(g: &Guild, table: &str) -> i64 {
    g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}")).await
}

#[guild_test]
async fn emails_are_kept_as_long_as_the_settings_say(g: Guild) {
    g.demo().await;
    g.rsvp(&g.actor("kofi").await, &g.event(None).await, 0).await.unwrap();
    for email in outbox::claim(&g.store, 10).await.unwrap() {
        outbox::settle(&g.store, email.id, outbox::Outcome::Sent).await.unwrap();
    }
    let settled = "emails WHERE kind = 'confirmed'";
    assert_eq!(rows(&g, settled).await, 1);
    g.advance(Duration::days(20));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(rows(&g, settled).await, 1, "90 days are the default");
    keep(&g, "25", "7").await;
    g.advance(Duration::days(4));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(rows(&g, settled).await, 1, "it was sent 24 days ago");
    g.advance(Duration::days(2));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(rows(&g, settled).await, 0);
    g.take_emails().await;
}

#[guild_test]
async fn expired_sign_ins_are_kept_as_long_as_the_settings_say(g: Guild) {
    g.demo().await;
    g.session_of("kofi").await;
    let expired = "sign_in_sessions WHERE expires_at < '2026-11-22 12:00:00+00:00'";
    g.rows("UPDATE sign_in_sessions SET expires_at = '2026-11-21 13:00:00+00:00' RETURNING id").await;
    assert!(rows(&g, expired).await > 0);
    keep(&g, "90", "10").await;
    g.advance(Duration::days(9));
    runner::run_due(&g.store).await.unwrap();
    assert!(rows(&g, expired).await > 0, "they expired 9 days ago");
    g.advance(Duration::days(2));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(rows(&g, expired).await, 0);
    assert!(rows(&g, "sign_in_sessions").await > 0, "the device that changed the settings is signed in");
    g.take_emails().await;
}

#[guild_test]
async fn members_read_how_long_their_data_is_kept(g: Guild) {
    g.demo().await;
    let data = async || g.page(&g.visit(Some("mei"), "/profile/data", Locale::En).await).await.html;
    let page = data().await;
    assert!(page.contains("90 days after they were sent") && page.contains("7 days after they expire"));
    keep(&g, "30", "1").await;
    let page = data().await;
    assert!(page.contains("30 days after they were sent") && page.contains("1 day after they expire"));
    let form = html(&g, "/admin/settings").await;
    assert!(form.contains("value=\"30\"") && form.contains("max=\"730\""), "{form}");
    assert!(html(&g, "/admin/audit").await.contains("Days to keep emails: 90 → 30"));
    for (emails, sign_ins) in [("6", "7"), ("731", "7"), ("90", "0"), ("90", "91"), ("", "7"), ("90", "x")] {
        let problems = Community::check("Guild", "", "open", false, emails, sign_ins).unwrap_err();
        assert_eq!(problems.len(), 1, "{emails} {sign_ins}");
    }
    let kept = settings::load(&g.store).await.unwrap().retention;
    assert_eq!(kept, Retention { emails_days: 30, sign_ins_days: 1 });
    g.take_emails().await;
}
