//! Changing several dates of a series (B5): what follows, what stays, and who is told.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Refusal, Slug,
    events::{EventDetails, EventForm, EventStatus},
    series::{DateOutcome, EditScope, SeriesForm},
};
use sea_orm::ConnectionTrait as _;
use store::{
    StoreError, events, runner,
    series::{self, DatesChange, DatesPreview},
};
use tests::{Guild, guild_test};

/// Grace's monthly series from 24 November 2026, with six dates that exist.
async fn supper(g: &Guild, count: &str) -> (Slug, Vec<Slug>) {
    let grace = g.actor("grace").await;
    let event = g.event(Some(5)).await;
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { count: count.into(), ..SeriesForm::start(first) };
    let slug =
        series::repeat(&g.store, &grace, &event, form.check(first.and_time(Default::default())).unwrap())
            .await
            .unwrap();
    g.take_emails().await;
    let dates = dates(g, &slug).await;
    (slug, dates.into_iter().map(|(slug, ..)| slug).collect())
}

/// Each date with its start on the clock in Berlin, its status, and whether it was changed on its own.
async fn dates(g: &Guild, series: &Slug) -> Vec<(Slug, String, EventStatus, bool)> {
    let page = series::page(&g.store, &g.actor("grace").await, series).await.unwrap();
    let dates = page.dates.into_iter().map(|date| {
        let wall = date.zone.wall(date.starts_at).format("%m-%d %H:%M").to_string();
        (date.slug, wall, date.status, date.series_changed)
    });
    dates.collect()
}

async fn starts(g: &Guild, series: &Slug) -> Vec<String> {
    dates(g, series).await.into_iter().map(|(_, at, ..)| at).collect()
}

/// The details of a date after a change, and its version.
async fn changed(g: &Guild, date: &Slug, change: impl FnOnce(&mut EventForm)) -> (EventDetails, u32) {
    let event = events::page(&g.store, &g.actor("grace").await, date).await.unwrap().event;
    let mut form = event.details.to_form(event.version);
    change(&mut form);
    (form.check().unwrap(), event.version)
}

async fn edit_alone(g: &Guild, date: &Slug, change: impl FnOnce(&mut EventForm)) {
    let (details, version) = changed(g, date, change).await;
    events::edit(&g.store, &g.actor("grace").await, date, details, version).await.unwrap();
}

async fn edit_many(
    g: &Guild,
    date: &Slug,
    scope: EditScope,
    change: impl FnOnce(&mut EventForm),
) -> Result<Slug, StoreError> {
    let (details, version) = changed(g, date, change).await;
    series::edit_dates(&g.store, &g.actor("grace").await, date, scope, details, version).await
}

async fn preview(
    g: &Guild,
    who: &Actor,
    date: &Slug,
    scope: EditScope,
    hour: &str,
) -> Result<DatesPreview, StoreError> {
    let (details, _) = changed(g, date, |form| form.time = hour.into()).await;
    series::preview(&g.store, who, date, scope, DatesChange::Edit(Box::new(details))).await
}

/// Waits until every email about the change is queued.
async fn settle(g: &Guild) {
    runner::run_due(&g.store).await.unwrap();
    g.advance(Duration::minutes(11));
    runner::run_due(&g.store).await.unwrap();
}

/// The emails about the change, counted by kind.
async fn told(g: &Guild) -> String {
    settle(g).await;
    g.take_emails().await
}

/// B5: from the third date an hour later. Earlier dates and a date that was changed on its own stay, dates that are
/// created later follow, and each person gets one email.
#[guild_test]
async fn b5_this_and_the_following_dates_change(g: Guild) {
    g.demo().await;
    let (slug, all) = supper(&g, "12").await;
    let (mei, kofi, sofia) = (g.actor("mei").await, g.actor("kofi").await, g.actor("sofia").await);
    series::always(&g.store, &mei, &slug).await.unwrap();
    g.rsvp(&kofi, &all[4], 0).await.unwrap();
    g.rsvp(&sofia, &all[0], 0).await.unwrap();
    edit_alone(&g, &all[3], |form| form.date = "2027-02-24".into()).await;
    told(&g).await;
    let before = preview(&g, &g.actor("grace").await, &all[2], EditScope::Following, "19:00").await.unwrap();
    let outcomes: Vec<_> = before.dates.iter().map(|date| (date.outcome, date.people)).collect();
    assert_eq!(
        outcomes,
        [
            (DateOutcome::Changes, 1),
            (DateOutcome::ChangedOnItsOwn, 1),
            (DateOutcome::Changes, 2),
            (DateOutcome::Changes, 1)
        ]
    );
    assert_eq!((before.changes, before.people, before.emails, before.to_create), (3, 2, 2, 6));
    let sequences = async || {
        let rows = g.rows("SELECT CAST(sequence AS BIGINT) AS n FROM rsvps ORDER BY id").await;
        rows.iter().map(|row| row.try_get::<i64>("", "n").unwrap()).sum::<i64>()
    };
    let before = sequences().await;
    edit_many(&g, &all[2], EditScope::Following, |form| form.time = "19:00".into()).await.unwrap();
    settle(&g).await;
    let email = g.emails_of("series_rescheduled").await.remove(0);
    assert_eq!(
        g.take_emails().await,
        "rescheduled=1 series_rescheduled=1",
        "Kofi has one date, Mei has three"
    );
    assert_eq!(sequences().await, before + 4, "each calendar entry gets its own number");
    let after = ["11-24 18:00", "12-22 18:00", "01-26 19:00", "02-24 18:00", "03-23 19:00", "04-27 19:00"];
    assert_eq!(starts(&g, &slug).await, after);
    let told_dates = email["dates"].as_array().unwrap();
    assert_eq!(told_dates.len(), 3);
    assert_eq!(told_dates[0]["was"]["starts_at"], "2027-01-26T17:00:00Z");
    assert_eq!(told_dates[0]["event"]["starts_at"], "2027-01-26T18:00:00Z");
    let uids: std::collections::BTreeSet<_> =
        told_dates.iter().map(|date| date["event"]["uid"].as_str().unwrap()).collect();
    assert_eq!(uids.len(), 3, "each date has its own UID");
    // Saving the same again changes nothing.
    edit_many(&g, &all[2], EditScope::Following, |form| form.time = "19:00".into()).await.unwrap();
    assert_eq!(told(&g).await, "");
    g.advance(Duration::days(60));
    runner::run_due(&g.store).await.unwrap();
    let later = starts(&g, &slug).await;
    assert_eq!(later[6..], ["05-25 19:00", "06-22 19:00"], "new dates follow, also after the clocks change");
    g.take_emails().await;
}

/// B5: the past never changes, and neither does a date that has begun.
#[guild_test]
async fn b5_the_past_never_changes(g: Guild) {
    g.demo().await;
    let (slug, all) = supper(&g, "12").await;
    g.advance(Duration::days(32));
    runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
    let was = starts(&g, &slug).await;
    let of_past = edit_many(&g, &all[0], EditScope::All, |form| form.time = "20:00".into()).await;
    assert!(matches!(of_past, Err(StoreError::Refused(Refusal::SeriesDateBegun))), "{of_past:?}");
    edit_many(&g, &all[3], EditScope::All, |form| form.time = "20:00".into()).await.unwrap();
    told(&g).await;
    let now = starts(&g, &slug).await;
    assert_eq!(now[..2], was[..2], "two dates are over");
    // Control: an earlier date that is still ahead changes.
    assert_eq!(now[2..4], ["01-26 20:00", "02-23 20:00"]);
    assert!(now[2..].iter().all(|at| at.ends_with("20:00")), "{now:?}");
}

/// B5: a new day moves each date by as many days from its own, and never past another one.
#[guild_test]
async fn b5_dates_move_together_to_another_day(g: Guild) {
    g.demo().await;
    let (slug, all) = supper(&g, "12").await;
    let far = edit_many(&g, &all[1], EditScope::Following, |form| form.date = "2027-01-22".into()).await;
    let Err(StoreError::Invalid(problems)) = far else { panic!("{far:?}") };
    assert_eq!(problems[0].why, Refusal::SeriesMovesTooFar { max: 27 });
    edit_many(&g, &all[1], EditScope::Following, |form| form.date = "2026-12-23".into()).await.unwrap();
    told(&g).await;
    let moved = ["11-24 18:00", "12-23 18:00", "01-27 18:00", "02-24 18:00", "03-24 18:00", "04-28 18:00"];
    assert_eq!(starts(&g, &slug).await, moved);
    g.advance(Duration::days(40));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(starts(&g, &slug).await[6], "05-26 18:00", "new dates move too");
    // Control: one date alone moves as far as its host wants.
    edit_alone(&g, &all[2], |form| form.date = "2027-02-20".into()).await;
    let own = dates(&g, &slug).await;
    assert_eq!(own.iter().filter(|(.., own)| *own).count(), 1);
    g.take_emails().await;
}

/// B5, C5: the following dates are cancelled, the series ends, and each person gets one email. A date that is reinstated
/// in time is not announced.
#[guild_test]
async fn b5_this_and_the_following_dates_are_cancelled(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let (slug, all) = supper(&g, "12").await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    series::always(&g.store, &mei, &slug).await.unwrap();
    g.rsvp(&kofi, &all[5], 0).await.unwrap();
    g.take_emails().await;
    let before =
        series::preview(&g.store, &grace, &all[2], EditScope::Following, DatesChange::Cancel).await.unwrap();
    assert_eq!((before.changes, before.people, before.emails), (4, 2, 2));
    series::cancel_dates(&g.store, &grace, &all[2], EditScope::Following, "The room is gone.").await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    events::reinstate(&g.store, &grace, &all[3]).await.unwrap();
    g.advance(Duration::minutes(3));
    runner::run_due(&g.store).await.unwrap();
    let email = g.emails_of("series_cancelled").await.remove(0);
    assert_eq!(g.take_emails().await, "cancelled=1 series_cancelled=1");
    assert_eq!(
        (email["dates"].as_array().unwrap().len(), &email["reason"]),
        (3, &"The room is gone.".into())
    );
    let cancelled: Vec<_> =
        dates(&g, &slug).await.iter().map(|(_, _, status, _)| *status == EventStatus::Cancelled).collect();
    assert_eq!(cancelled, [false, false, true, false, true, true]);
    // Reinstated later, a date is announced again: nobody had to guess.
    events::reinstate(&g.store, &grace, &all[5]).await.unwrap();
    assert_eq!(g.take_emails().await, "reinstated=2");
    g.advance(Duration::days(60));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(dates(&g, &slug).await.len(), 6, "no further dates are created");
    g.take_emails().await;
}

/// B5: many people are told in batches, each once, also when the first date is within a day.
#[guild_test]
async fn b5_each_person_gets_one_email_however_many_there_are(g: Guild) {
    g.demo().await;
    let (_, all) = supper(&g, "3").await;
    edit_many(&g, &all[0], EditScope::All, |form| form.capacity = String::new()).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let crowd = g.crowd(90).await;
    for member in &crowd {
        for date in &all {
            g.rsvp(member, date, 0).await.unwrap();
        }
    }
    g.take_emails().await;
    let start = events::page(&g.store, &Actor::Anonymous, &all[0]).await.unwrap().event.starts_at;
    g.advance(start - g.now() - Duration::hours(10));
    edit_many(&g, &all[0], EditScope::All, |form| form.place = "Room 7".into()).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let rows = g.rows("SELECT member_id FROM emails WHERE kind = 'series_rescheduled'").await;
    assert_eq!(rows.len(), 90, "at once, because the first date is soon");
    let told: std::collections::BTreeSet<uuid::Uuid> =
        rows.iter().map(|row| row.try_get("", "member_id").unwrap()).collect();
    assert_eq!(told.len(), 90);
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM reschedules").await, 0);
    g.advance(Duration::minutes(30));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("series_rescheduled").await.len(), 90);
    g.take_emails().await;
}

/// B5: only people who may edit a date change others, one change at a time. A host who lost the right changes no more.
#[guild_test]
async fn b5_only_hosts_change_dates(g: Guild) {
    g.demo().await;
    let (slug, all) = supper(&g, "12").await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let (details, version) = changed(&g, &all[1], |form| form.time = "19:00".into()).await;
    for scope in [EditScope::Following, EditScope::All] {
        let by_mei = series::edit_dates(&g.store, &mei, &all[1], scope, details.clone(), version).await;
        assert!(matches!(by_mei, Err(StoreError::Refused(Refusal::NotAllowed))), "{by_mei:?}");
        assert!(preview(&g, &mei, &all[1], scope, "19:00").await.is_err());
        assert!(series::cancel_dates(&g.store, &mei, &all[1], scope, "").await.is_err());
    }
    let outdated =
        series::edit_dates(&g.store, &grace, &all[1], EditScope::All, details.clone(), version + 1).await;
    assert!(matches!(outdated, Err(StoreError::Refused(Refusal::ChangedMeanwhile { .. }))), "{outdated:?}");
    edit_many(&g, &all[1], EditScope::Following, |form| form.time = "19:00".into()).await.unwrap();
    let second = edit_many(&g, &all[2], EditScope::Following, |form| form.time = "20:00".into()).await;
    assert!(matches!(second, Err(StoreError::Refused(Refusal::SeriesBusy))), "{second:?}");
    // Before the job runs, Grace is suspended.
    g.raw().execute_unprepared("UPDATE members SET role = 'suspended' WHERE id IN (SELECT host_id FROM events WHERE series_number = 2)").await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let hours: Vec<_> = series::page(&g.store, &mei, &slug).await.unwrap().dates;
    let hours: Vec<_> =
        hours.iter().map(|date| date.zone.wall(date.starts_at).format("%H").to_string()).collect();
    assert_eq!(hours, ["18", "19", "18", "18", "18", "18"]);
    let left =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM series_edits WHERE finished_at IS NULL OR details_after <> ''";
    assert_eq!(g.number(left).await, 0, "the texts of the change are forgotten");
    g.take_emails().await;
}

/// B5: without a script, the form leads to a preview that has saved nothing, and what was typed is kept.
#[guild_test]
async fn b5_the_form_shows_what_changes_first(g: Guild) {
    g.demo().await;
    let (slug, all) = supper(&g, "12").await;
    series::always(&g.store, &g.actor("mei").await, &slug).await.unwrap();
    g.take_emails().await;
    let edit = format!("/events/{}/edit", all[2]);
    let visit = g.visit(Some("grace"), &edit, Locale::En).await;
    let page = g.page(&visit).await.html;
    assert!(page.contains("This and the following dates") && page.contains("All upcoming dates"));
    let (details, version) = changed(&g, &all[2], |form| form.time = "19:00".into()).await;
    let form = serde_json::to_value(details.to_form(version)).unwrap();
    let mut fields: Vec<(&str, &str)> = form
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    fields.push(("slug", all[2].as_str()));
    fields.push(("scope", "following"));
    let answer = g.post(&visit, "/api/events/edit", &fields, "text/html").await;
    assert_eq!(answer.location, format!("/events/{}/dates?change=edit&scope=following", all[2]));
    assert_eq!(starts(&g, &slug).await[2], "01-26 18:00", "nothing is saved yet");
    let visit = g.visit(Some("grace"), &answer.location, Locale::En).await;
    let page = g.page(&visit).await.html;
    assert!(page.contains("Save changes to 4 dates"), "{page}");
    assert!(page.contains("1 person gets one email about all the dates."), "{page}");
    assert!(page.contains("6 more dates don’t exist yet."), "{page}");
    // Back at the form, the new time and the choice are still there.
    let again = g.page(&g.visit(Some("grace"), &edit, Locale::En).await).await.html;
    assert!(again.contains("19:00"), "{again}");
    // A preview of another number of dates is not saved.
    let mut other = fields.clone();
    other.push(("dates", "3"));
    let answer = g.post(&visit, "/api/series/edit", &other, "text/html").await;
    assert_eq!(answer.location, edit);
    assert_eq!(starts(&g, &slug).await[2], "01-26 18:00");
    fields.push(("dates", "4"));
    let answer = g.post(&visit, "/api/series/edit", &fields, "text/html").await;
    assert_eq!(answer.location, format!("/series/{slug}"));
    let visit = g.visit(Some("grace"), &answer.location, Locale::En).await;
    assert!(g.page(&visit).await.html.contains("0 of 4 dates are done."));
    runner::run_due(&g.store).await.unwrap();
    assert!(!g.page(&visit).await.html.contains("dates are done."));
    assert_eq!(starts(&g, &slug).await[2..], ["01-26 19:00", "02-23 19:00", "03-23 19:00", "04-27 19:00"]);
    g.take_emails().await;
}

/// A5, B5: more seats at many dates are one email for each person, with an entry in the calendar for each date.
#[guild_test]
async fn b5_more_seats_at_many_dates_are_one_email(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let event = g.event(Some(1)).await;
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { count: "12".into(), ..SeriesForm::start(first) };
    let rule = form.check(first.and_time(Default::default())).unwrap();
    let slug = series::repeat(&g.store, &grace, &event, rule).await.unwrap();
    let all: Vec<Slug> = dates(&g, &slug).await.into_iter().map(|(slug, ..)| slug).collect();
    for date in &all {
        g.rsvp(&g.actor("sofia").await, date, 0).await.unwrap();
        g.rsvp(&mei, date, 0).await.unwrap();
    }
    g.rsvp(&kofi, &all[2], 0).await.unwrap();
    g.take_emails().await;
    edit_many(&g, &all[0], EditScope::All, |form| form.capacity = "3".into()).await.unwrap();
    // Nobody is told before all dates are changed.
    g.expect_emails("").await;
    settle(&g).await;
    let email = g.emails_of("series_seats").await.remove(0);
    let seats = email["seats"].as_array().unwrap();
    assert_eq!((seats.len(), email["from_waitlist"].as_bool()), (6, Some(true)));
    g.expect_emails("promoted series_seats").await;
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM series_promotions").await, 0);
    // Control: a seat that is given up without a change of the series is told at once.
    g.rsvp(&g.actor("ravi").await, &all[1], 0).await.unwrap();
    g.rsvp(&g.actor("noor").await, &all[1], 0).await.unwrap();
    events::leave(&g.store, &mei, &all[1]).await.unwrap();
    g.expect_emails("confirmed left promoted waitlisted").await;
}

/// A5, A8, B5: free seats that are offered at many dates are one email for each person. Each date keeps its deadline.
#[guild_test]
async fn b5_offers_at_many_dates_are_one_email(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let form = EventForm { promotion: "offer".into(), ..tests::event_form(Some(1)) };
    let event = events::create(&g.store, &grace, form.check().unwrap(), "").await.unwrap();
    events::publish(&g.store, &grace, &event).await.unwrap();
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { count: "12".into(), ..SeriesForm::start(first) };
    let rule = form.check(first.and_time(Default::default())).unwrap();
    let slug = series::repeat(&g.store, &grace, &event, rule).await.unwrap();
    let all: Vec<Slug> = dates(&g, &slug).await.into_iter().map(|(slug, ..)| slug).collect();
    for date in &all {
        g.rsvp(&g.actor("sofia").await, date, 0).await.unwrap();
        g.rsvp(&mei, date, 0).await.unwrap();
    }
    g.rsvp(&kofi, &all[2], 0).await.unwrap();
    g.take_emails().await;
    edit_many(&g, &all[0], EditScope::All, |form| form.capacity = "3".into()).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let email = g.emails_of("series_seats").await.remove(0);
    let offers = email["offers"].as_array().unwrap();
    assert_eq!((offers.len(), email["seats"].as_array().unwrap().len()), (6, 0));
    g.expect_emails("offer=1 series_seats=1").await;
    // The deadlines in the email are those of the seats.
    for (offer, date) in offers.iter().zip(&all) {
        let held = events::page(&g.store, &mei, date).await.unwrap().rsvp.unwrap().holds_until.unwrap();
        let until: domain::Instant = serde_json::from_value(offer["until"].clone()).unwrap();
        assert_eq!((until, offer["event"]["slug"].as_str()), (held, Some(date.as_str())));
    }
    // Each date is accepted or declined alone, and has an entry in the calendar of its own.
    events::claim(&g.store, &mei, &all[0]).await.unwrap();
    events::leave(&g.store, &mei, &all[1]).await.unwrap();
    g.expect_emails("confirmed=1 left=1").await;
    // Control: an offer without a change of the series is told at once.
    g.rsvp(&g.actor("ravi").await, &all[1], 0).await.unwrap();
    g.rsvp(&g.actor("noor").await, &all[1], 0).await.unwrap();
    g.rsvp(&g.actor("tomas").await, &all[1], 0).await.unwrap();
    events::leave(&g.store, &g.actor("ravi").await, &all[1]).await.unwrap();
    // Ravi's confirmation was not sent before he left, so he gets one email.
    g.expect_emails("confirmed=1 left=1 offer=1 waitlisted=1").await;
}
