//! Series: events that repeat, and their dates (B7).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::{Duration, Timelike as _};
use domain::{
    Actor, Locale, Refusal, Slug,
    events::{CoverSize, EventForm, EventStatus, Rsvp, RsvpState},
    groups::{GroupForm, GroupRole},
    series::{SeriesForm, SeriesRule},
};
use sea_orm::ConnectionTrait as _;
use store::{
    StoreError,
    events::{self, CoverFiles, MoveTo, MovedPeople},
    groups, runner, series,
};
use tests::{Guild, event_form, guild_test};

/// Each fourth Tuesday: the events of the tests are on 24 November 2026.
fn monthly(count: &str) -> SeriesRule {
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { count: count.into(), ..SeriesForm::start(first) };
    form.check(first.and_time(Default::default())).unwrap()
}

fn weekly(count: &str) -> SeriesRule {
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm { cadence: "weekly".into(), count: count.into(), ..SeriesForm::start(first) };
    form.check(first.and_time(Default::default())).unwrap()
}

/// The days of all dates in the database.
async fn days(g: &Guild) -> Vec<String> {
    let sql = "SELECT CAST(starts_wall AS TEXT) AS at FROM events WHERE series_id IS NOT NULL ORDER BY 1";
    let rows = g.rows(sql).await;
    rows.iter().map(|row| row.try_get::<String>("", "at").unwrap()[..10].to_owned()).collect()
}

/// B1, B7: dates are created half a year ahead, keep their time on the clock, and are created once.
#[guild_test]
async fn b7_dates_are_created_ahead_and_only_once(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let event = g.event(Some(5)).await;
    let files = CoverFiles { small: b"small".to_vec(), large: b"large".to_vec() };
    events::save_cover(&g.store, &grace, &event, Some(files), "A room").await.unwrap();
    let slug = series::repeat(&g.store, &grace, &event, monthly("12")).await.unwrap();
    let half_a_year = ["2026-11-24", "2026-12-22", "2027-01-26", "2027-02-23", "2027-03-23", "2027-04-27"];
    assert_eq!(days(&g).await, half_a_year);
    let page = series::page(&g.store, &grace, &slug).await.unwrap();
    assert_eq!((page.dates.len(), page.to_create), (6, 6));
    let hours: Vec<u32> = page.dates.iter().map(|date| date.starts_at.hour()).collect();
    assert_eq!(hours, [17, 17, 17, 17, 17, 16], "18:00 in Berlin, before and after the change");
    assert!(page.dates.iter().all(|date| date.status == EventStatus::Published && date.cover.is_some()));
    // Each date is an event of its own, with its cover.
    let last = &page.dates[5].slug;
    let cover = events::cover(&g.store, &Actor::Anonymous, last, None, CoverSize::Large).await.unwrap();
    assert_eq!(cover, b"large");
    // Doing it again changes nothing.
    assert_eq!(series::repeat(&g.store, &grace, &event, monthly("9")).await.unwrap(), slug);
    runner::run_due(&g.store).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(days(&g).await, half_a_year);
    // A deleted or changed date does not come back.
    g.raw().execute_unprepared("UPDATE events SET status = 'draft' WHERE series_number = 3").await.unwrap();
    events::delete_draft(&g.store, &grace, &page.dates[2].slug).await.unwrap();
    g.advance(Duration::days(60));
    runner::run_due(&g.store).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let later =
        ["2026-11-24", "2026-12-22", "2027-02-23", "2027-03-23", "2027-04-27", "2027-05-25", "2027-06-22"];
    assert_eq!(days(&g).await, later);
    g.take_emails().await;
}

/// B6: a seat is taken when registration for a date opens, and not before.
#[guild_test]
async fn b6_a_standing_rsvp_waits_until_registration_opens(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    // Registration opens on the morning before each date, at 09:00.
    let form = EventForm { opens: "2026-11-23T09:00".into(), ..event_form(Some(9)) };
    let event = events::create(&g.store, &grace, form.check().unwrap(), "").await.unwrap();
    events::publish(&g.store, &grace, &event).await.unwrap();
    let series = series::repeat(&g.store, &grace, &event, weekly("3")).await.unwrap();
    assert_eq!(series::always(&g.store, &mei, &series).await.unwrap(), 0);
    runner::run_due(&g.store).await.unwrap();
    let seats = async || {
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps JOIN events ON events.id = rsvps.event_id \
                   WHERE series_id IS NOT NULL AND state = 'going'";
        g.number(sql).await
    };
    assert_eq!(seats().await, 0, "control: nothing is open yet");
    for taken in 1..=3 {
        g.advance(Duration::days(if taken == 1 { 2 } else { 7 }));
        runner::run_due(&g.store).await.unwrap();
        assert_eq!(seats().await, taken);
    }
    g.take_emails().await;
}

/// B6, A12: at a hybrid event members choose how they come, so nobody chooses for them.
#[guild_test]
async fn b6_a_hybrid_series_saves_no_seats(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let form = EventForm { join_url: "https://meet.example.org/x".into(), ..event_form(Some(9)) };
    let event = events::create(&g.store, &grace, form.check().unwrap(), "").await.unwrap();
    events::publish(&g.store, &grace, &event).await.unwrap();
    let series = series::repeat(&g.store, &grace, &event, weekly("3")).await.unwrap();
    let always = series::always(&g.store, &mei, &series).await;
    assert!(matches!(always, Err(StoreError::Refused(Refusal::SeriesIsHybrid))), "{always:?}");
    // Control: a series in one place does.
    let event = g.event(Some(9)).await;
    let series = series::repeat(&g.store, &grace, &event, weekly("3")).await.unwrap();
    assert_eq!(series::always(&g.store, &mei, &series).await.unwrap(), 3);
    g.take_emails().await;
}

/// B7: the job adds no dates for a host who may not hold events any more.
#[guild_test]
async fn b7_a_series_ends_when_its_host_is_suspended(g: Guild) {
    g.demo().await;
    let (ada, grace) = (g.actor("ada").await, g.actor("grace").await);
    let event = g.event(None).await;
    series::repeat(&g.store, &grace, &event, weekly("52")).await.unwrap();
    let later = async || {
        g.advance(Duration::days(30));
        runner::run_due(&g.store).await.unwrap();
        days(&g).await.len()
    };
    let before = later().await;
    assert!(later().await > before, "control: an active host's series goes on");
    let before = days(&g).await.len();
    store::admin::suspend(&g.store, &ada, grace.member().unwrap(), "Words that hurt, again.").await.unwrap();
    assert_eq!(later().await, before);
    g.take_emails().await;
}

/// B7: two requests and two workers at once create each date once.
#[guild_test]
async fn b7_two_at_once_create_each_date_once(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let event = g.event(Some(5)).await;
    let (one, other) = futures::join!(
        series::repeat(&g.store, &grace, &event, weekly("52")),
        series::repeat(&g.store, &grace, &event, weekly("52")),
    );
    assert_eq!(one.unwrap(), other.unwrap());
    let before = days(&g).await.len();
    assert!(before < 20, "the rest is left to the job: {before}");
    let (one, other) = futures::join!(runner::run_due(&g.store), runner::run_due(&g.store));
    one.unwrap();
    other.unwrap();
    let mut all = days(&g).await;
    assert_eq!(all.len(), 26, "{all:?}");
    all.dedup();
    assert_eq!(all.len(), 26);
    // Control: the database itself refuses a second event for a date.
    let twice =
        g.raw().execute_unprepared("UPDATE events SET series_number = 2 WHERE series_number = 3").await;
    assert!(twice.is_err());
    g.take_emails().await;
}

/// B7: a draft makes drafts, and only people who may create events repeat one.
#[guild_test]
async fn b7_a_draft_makes_drafts(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let form = event_form(Some(5)).check().unwrap();
    let draft = events::create(&g.store, &grace, form, &store::sign_in::new_token()).await.unwrap();
    assert!(matches!(series::repeat(&g.store, &mei, &draft, monthly("3")).await, Err(StoreError::NotFound)));
    let slug = series::repeat(&g.store, &grace, &draft, monthly("3")).await.unwrap();
    let page = series::page(&g.store, &grace, &slug).await.unwrap();
    assert!(page.dates.iter().all(|date| date.status == EventStatus::Draft));
    assert!(matches!(series::page(&g.store, &mei, &slug).await, Err(StoreError::NotFound)));
    // Control: once one of them is published, others see this one.
    events::publish(&g.store, &grace, &page.dates[1].slug).await.unwrap();
    assert_eq!(series::page(&g.store, &mei, &slug).await.unwrap().dates.len(), 1);
    assert!(matches!(
        series::repeat(&g.store, &mei, &page.dates[1].slug, monthly("3")).await,
        Err(StoreError::Refused(Refusal::NotAllowed))
    ));
    g.take_emails().await;
}

async fn group_event(g: &Guild, visibility: &str, people: [&Actor; 2]) -> Slug {
    let form = GroupForm {
        name: format!("A {visibility} circle"),
        kind: "chapter".into(),
        visibility: visibility.into(),
        ..GroupForm::default()
    };
    let group = groups::create(&g.store, &Actor::Operator, form.check().unwrap(), "").await.unwrap();
    for (actor, role) in people.into_iter().zip([GroupRole::Organiser, GroupRole::Member]) {
        groups::add(&g.store, &Actor::Operator, &group, actor.member().unwrap(), role).await.unwrap();
    }
    let form = EventForm { title: "Pelicanbirch".into(), group: group.to_string(), ..event_form(Some(5)) };
    let host = people[0];
    let event = events::create(&g.store, host, form.check().unwrap(), &store::sign_in::new_token()).await;
    let event = event.unwrap();
    events::publish(&g.store, host, &event).await.unwrap();
    series::repeat(&g.store, host, &event, monthly("4")).await.unwrap()
}

/// B7: the dates of a series are as visible as all events, on every page.
#[guild_test]
async fn b7_a_private_groups_series_is_for_its_members(g: Guild) {
    g.demo().await;
    let (kofi, mei) = (g.actor("kofi").await, g.actor("mei").await);
    for (visibility, others) in [("private", false), ("public", true)] {
        let slug = group_event(&g, visibility, [&kofi, &mei]).await;
        let seen = series::page(&g.store, &mei, &slug).await.unwrap();
        for who in [None, Some("sofia"), Some("grace")] {
            let visit = g.visit(who, &format!("/series/{slug}"), Locale::En).await;
            let page = g.page(&visit).await;
            // Control: the series of the other group is open to everybody.
            assert_eq!(page.html.contains("Pelicanbirch"), others, "{who:?} {visibility}");
            assert_eq!(page.status.as_u16() == 200, others, "{who:?} {visibility}");
            for date in &seen.dates {
                let visit = g.visit(who, &format!("/events/{}", date.slug), Locale::En).await;
                assert_eq!(g.page(&visit).await.status.as_u16() == 200, others, "{who:?} {visibility}");
            }
        }
    }
    g.take_emails().await;
}

/// B7: the form shows the dates before it creates them, without a script.
#[guild_test]
async fn b7_the_form_shows_the_dates_first(g: Guild) {
    g.demo().await;
    let event = g.event(Some(5)).await;
    let path = format!("/events/{event}/repeat");
    let query = "cadence=monthly_weekday&short_month=skip&ends=after&count=12&until=";
    let visit = g.visit(Some("grace"), &format!("{path}?{query}"), Locale::En).await;
    let page = g.page(&visit).await.html;
    let rule = "Every month on the fourth Tuesday, 12 dates until 26 October 2027.";
    assert!(page.contains(rule), "{page}");
    assert!(page.contains("Create 11 more dates") && days(&g).await.is_empty());
    let short = "cadence=weekly&short_month=&ends=on&count=&until=2026-11-25";
    let wrong = g.visit(Some("grace"), &format!("{path}?{short}"), Locale::En).await;
    let page = g.page(&wrong).await.html;
    assert!(
        page.contains("The series would have no second date") && !page.contains("/api/series/repeat"),
        "{page}"
    );
    let fields =
        [("slug", event.as_str()), ("cadence", "monthly_weekday"), ("ends", "after"), ("count", "12")];
    let answer = g.post(&visit, "/api/series/repeat", &fields, "text/html").await;
    assert_eq!(answer.location, format!("/series/{event}"));
    assert_eq!(days(&g).await.len(), 6);
    let visit = g.visit(Some("mei"), &format!("/events/{event}"), Locale::En).await;
    let page = g.page(&visit).await.html;
    assert!(page.contains("Every month on the fourth Tuesday."), "{page}");
    let visit = g.visit(Some("mei"), &format!("/series/{event}"), Locale::En).await;
    assert!(g.page(&visit).await.html.contains(rule));
    let visit = g.visit(Some("mei"), &path, Locale::En).await;
    assert_eq!(g.page(&visit).await.status.as_u16(), 403);
    g.take_emails().await;
}

/// B7: a series can end early. Its dates stay, or are cancelled.
#[guild_test]
async fn b7_a_host_ends_a_series(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let event = g.event(Some(5)).await;
    let slug = series::repeat(&g.store, &grace, &event, monthly("12")).await.unwrap();
    g.rsvp(&mei, &event, 0).await.unwrap();
    g.take_emails().await;
    assert!(matches!(
        series::end(&g.store, &mei, &slug, true).await,
        Err(StoreError::Refused(Refusal::NotAllowed))
    ));
    let ending = series::ending(&g.store, &grace, &slug).await.unwrap();
    assert_eq!((ending.dates, ending.people, ending.emails), (6, 1, 1));
    assert_eq!(series::end(&g.store, &grace, &slug, false).await.unwrap(), 0);
    g.advance(Duration::hours(1));
    runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
    let page = series::page(&g.store, &grace, &slug).await.unwrap();
    assert!(page.is_ended && page.to_create == 0 && page.dates.len() == 6);
    assert!(page.dates.iter().all(|date| date.status == EventStatus::Published));
    // Mei has seats at several dates, and gets one email about all of them.
    g.rsvp(&mei, &page.dates[3].slug, 0).await.unwrap();
    g.take_emails().await;
    assert_eq!(series::end(&g.store, &grace, &slug, true).await.unwrap(), 6);
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(series::end(&g.store, &grace, &slug, true).await.unwrap(), 0);
    g.advance(Duration::minutes(3));
    runner::run_due(&g.store).await.unwrap();
    g.expect_emails("series_cancelled=1").await;
    // The next dates would exist now.
    g.advance(Duration::days(60));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(days(&g).await.len(), 6);
    g.take_emails().await;
}

/// The states of a member's RSVPs at the dates of a series, in their order.
async fn states(g: &Guild, member: &Actor, slug: &Slug) -> Vec<&'static str> {
    let dates = series::page(&g.store, member, slug).await.unwrap().dates;
    dates.iter().map(|date| date.my_rsvp.map_or("none", |state| state.name())).collect()
}

/// B6: one email with an entry in the calendar for each date. A full date means its waitlist, a declined date stays
/// declined, and new dates are covered once.
#[guild_test]
async fn b6_a_standing_rsvp_covers_existing_and_future_dates(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let event = g.event(Some(1)).await;
    let slug = series::repeat(&g.store, &grace, &event, monthly("12")).await.unwrap();
    let dates = series::page(&g.store, &mei, &slug).await.unwrap().dates;
    g.rsvp(&kofi, &dates[1].slug, 0).await.unwrap();
    // Mei had a seat at the third date and gave it up.
    g.rsvp(&mei, &dates[2].slug, 0).await.unwrap();
    events::leave(&g.store, &mei, &dates[2].slug).await.unwrap();
    g.take_emails().await;
    assert_eq!(series::always(&g.store, &mei, &slug).await.unwrap(), 5);
    assert_eq!(states(&g, &mei, &slug).await, ["going", "waiting", "left", "going", "going", "going"]);
    let email = &g.emails_of("series_seats").await[0];
    assert_eq!(email["seats"].as_array().unwrap().len(), 4);
    assert_eq!(email["waits"].as_array().unwrap().len(), 1);
    g.expect_emails("series_seats=1").await;
    // Asking again changes nothing.
    assert_eq!(series::always(&g.store, &mei, &slug).await.unwrap(), 0);
    g.expect_emails("").await;
    events::leave(&g.store, &mei, &dates[3].slug).await.unwrap();
    g.expect_emails("left=1").await;
    g.advance(Duration::hours(60 * 24));
    runner::run_due(&g.store).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    let after = ["going", "waiting", "left", "left", "going", "going", "going", "going"];
    assert_eq!(
        states(&g, &mei, &slug).await,
        after,
        "the two new dates are covered, and a declined one is not"
    );
    assert_eq!(g.emails_of("confirmed").await.len(), 2, "one for each new date");
    g.take_emails().await;
    // Control: after stopping, the next date comes without a seat. The seats stay.
    series::stop(&g.store, &mei, &slug).await.unwrap();
    series::stop(&g.store, &mei, &slug).await.unwrap();
    g.advance(Duration::hours(60 * 24));
    runner::run_due(&g.store).await.unwrap();
    let stopped = states(&g, &mei, &slug).await;
    assert_eq!(stopped[..8], after);
    assert!(stopped.len() > 8 && stopped[8..].iter().all(|state| *state == "none"), "{stopped:?}");
    g.take_emails().await;
}

/// B6: nobody gets a seat at an event that they can't see, and leaving a private group ends the standing RSVP.
#[guild_test]
async fn b6_leaving_a_private_group_stops_it(g: Guild) {
    g.demo().await;
    let (kofi, mei, sofia) = (g.actor("kofi").await, g.actor("mei").await, g.actor("sofia").await);
    for (visibility, stays) in [("private", false), ("public", true)] {
        let slug = group_event(&g, visibility, [&kofi, &mei]).await;
        let by_outsider = series::always(&g.store, &sofia, &slug).await;
        assert_eq!(by_outsider.is_ok(), stays, "{by_outsider:?}");
        assert_eq!(series::always(&g.store, &mei, &slug).await.unwrap(), 4);
        let rows = g.rows(&format!("SELECT slug FROM groups WHERE name = 'A {visibility} circle'")).await;
        let group = Slug::parse(&rows[0].try_get::<String>("", "slug").unwrap()).unwrap();
        groups::leave(&g.store, &mei, &group).await.unwrap();
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM series_rsvps";
        // Control: leaving the public group changes nothing.
        assert_eq!(g.number(sql).await, if stays { 2 } else { 0 });
    }
    g.take_emails().await;
}

/// B6: a draft that is published later gets its seats then.
#[guild_test]
async fn b6_a_draft_is_covered_when_it_is_published(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let event = g.event(Some(5)).await;
    let slug = series::repeat(&g.store, &grace, &event, monthly("3")).await.unwrap();
    let dates = series::page(&g.store, &grace, &slug).await.unwrap().dates;
    g.raw().execute_unprepared("UPDATE events SET status = 'draft' WHERE series_number = 2").await.unwrap();
    assert_eq!(series::always(&g.store, &mei, &slug).await.unwrap(), 2);
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(states(&g, &mei, &slug).await, ["going", "going"]);
    events::publish(&g.store, &grace, &dates[1].slug).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(states(&g, &mei, &slug).await, ["going", "going", "going"]);
    g.take_emails().await;
}

/// A16: a host moves people to another date. Each gets one email, which cancels one entry in the calendar and adds another.
#[guild_test]
async fn a16_people_move_to_another_date_in_one_email(g: Guild) {
    g.demo().await;
    let [grace, mei, kofi, sofia] =
        [g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await, g.actor("sofia").await];
    let first = g.event(Some(1)).await;
    let series = series::repeat(&g.store, &grace, &first, monthly("3")).await.unwrap();
    let dates = series::page(&g.store, &grace, &series).await.unwrap().dates;
    let last = dates[2].slug.clone();
    let (seat, waits) = (g.rsvp(&mei, &first, 0).await.unwrap(), g.rsvp(&kofi, &first, 0).await.unwrap());
    g.take_emails().await;
    let filter = events::PeopleFilter { states: RsvpState::ALL.to_vec(), words: String::new() };
    let people = events::people(&g.store, &grace, &first, &filter, 0).await.unwrap();
    let offered: Vec<_> = people.dates.iter().map(|date| date.slug.clone()).collect();
    assert_eq!(offered, [dates[1].slug.clone(), last.clone()]);
    let to = async |actor: &Actor, from: &Slug, rsvps: &[&Rsvp], slug: &Slug, over_capacity| {
        let ids: Vec<_> = rsvps.iter().map(|rsvp| rsvp.id).collect();
        let to = MoveTo::Date { slug: slug.clone(), over_capacity };
        events::move_people(&g.store, actor, from, &ids, &to).await
    };
    let refused = to(&mei, &first, &[&seat], &last, false).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotAllowed)), "{refused}");
    let other = g.event(Some(1)).await;
    let refused = to(&grace, &first, &[&seat], &other, false).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(Refusal::NotSameSeries)), "{refused}");
    // Mei had the seat, so she comes first.
    let moved = to(&grace, &first, &[&waits, &seat], &last, false).await.unwrap();
    assert_eq!(moved, MovedPeople { seated: 1, waiting: 1, stayed: 0 });
    let emails = g.emails_of("seat_moved").await;
    let parts = |at: usize| ["cancel_sequence", "sequence", "position"].map(|name| emails[at][name].as_u64());
    assert_eq!((parts(0), parts(1)), ([Some(1), Some(0), None], [None, None, Some(1)]));
    assert_eq!(emails[0]["was"]["slug"], first.as_str());
    g.expect_emails("seat_moved=2").await;
    let state = async |actor: &Actor, slug: &Slug| {
        events::page(&g.store, actor, slug).await.unwrap().rsvp.map(|rsvp| rsvp.state)
    };
    assert_eq!(state(&mei, &first).await, Some(RsvpState::Left));
    assert_eq!(state(&mei, &last).await, Some(RsvpState::Going));
    assert_eq!(state(&kofi, &last).await, Some(RsvpState::Waiting));
    // Beyond the capacity by choice, and back. Whoever takes part there already stays.
    let seat = g.rsvp(&sofia, &first, 0).await.unwrap();
    let moved = to(&grace, &first, &[&seat], &last, true).await.unwrap();
    assert_eq!(moved, MovedPeople { seated: 1, ..MovedPeople::default() });
    let again = g.rsvp(&sofia, &first, 0).await.unwrap();
    let stayed = to(&grace, &first, &[&again], &last, false).await.unwrap();
    assert_eq!(stayed, MovedPeople { stayed: 1, ..MovedPeople::default() });
    // Her second confirmation replaces the first one, which was not sent yet.
    g.expect_emails("confirmed=1 seat_moved=1").await;
}
