//! No-shows and the question to members with a standing RSVP who missed two dates in a row (B9).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Refusal, RsvpId, SeriesRsvpId, Slug,
    series::{Cadence, SeriesForm},
};
use store::{StoreError, events, runner, series};
use tests::{Guild, event_form, guild_test};

/// Grace's weekly series, and its dates in their order.
async fn weekly(g: &Guild, count: &str) -> (Slug, Vec<Slug>) {
    let grace = g.actor("grace").await;
    let event = events::create(&g.store, &grace, event_form(Some(9)).check().unwrap(), "").await.unwrap();
    events::publish(&g.store, &grace, &event).await.unwrap();
    let first = "2026-11-24".parse().unwrap();
    let form = SeriesForm {
        cadence: Cadence::Weekly.name().into(),
        count: count.into(),
        ..SeriesForm::start(first)
    };
    let slug =
        series::repeat(&g.store, &grace, &event, form.check(first.and_time(Default::default())).unwrap())
            .await
            .unwrap();
    let dates = series::page(&g.store, &grace, &slug).await.unwrap().dates;
    g.take_emails().await;
    (slug, dates.into_iter().map(|date| date.slug).collect())
}

async fn rsvp_of(g: &Guild, member: &Actor, date: &Slug) -> RsvpId {
    events::page(&g.store, member, date).await.unwrap().rsvp.unwrap().id
}

/// Marks a member at a date, an hour after its end.
async fn mark(g: &Guild, member: &Actor, date: &Slug, absent: bool) {
    let ends = events::page(&g.store, member, date).await.unwrap().event.ends_at;
    if g.now() < ends {
        g.advance(ends - g.now() + Duration::minutes(60));
    }
    let rsvp = rsvp_of(g, member, date).await;
    events::set_no_show(&g.store, &g.actor("grace").await, date, rsvp, absent).await.unwrap();
}

/// Lets the question go out, and counts the ones so far.
async fn asked(g: &Guild) -> usize {
    g.advance(Duration::minutes(61));
    runner::run_due(&g.store).await.unwrap();
    g.emails_of("seat_still_wanted").await.len()
}

/// B9: two missed dates in a row are one question. One missed date, a mark that was taken back, and a date that the member
/// gave up are none.
#[guild_test]
async fn b9_two_missed_dates_in_a_row_are_one_question(g: Guild) {
    g.demo().await;
    let (slug, dates) = weekly(&g, "9").await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    series::always(&g.store, &mei, &slug).await.unwrap();
    for date in &dates[..2] {
        // Control: Kofi takes each seat himself, so nobody asks him.
        g.rsvp(&kofi, date, 0).await.unwrap();
    }
    mark(&g, &mei, &dates[0], true).await;
    mark(&g, &kofi, &dates[0], true).await;
    assert_eq!(asked(&g).await, 0, "one missed date is no pattern");
    mark(&g, &kofi, &dates[1], true).await;
    mark(&g, &mei, &dates[1], true).await;
    mark(&g, &mei, &dates[1], false).await;
    assert_eq!(asked(&g).await, 0, "the host took the mark back");
    mark(&g, &mei, &dates[2], true).await;
    assert_eq!(asked(&g).await, 0, "she was there in between");
    events::leave(&g.store, &mei, &dates[3]).await.unwrap();
    mark(&g, &mei, &dates[4], true).await;
    assert_eq!(asked(&g).await, 1, "a date that she gave up is no gap");
    let email = &g.emails_of("seat_still_wanted").await[0];
    assert_eq!(email["dates"].as_array().unwrap().len(), 2);
    mark(&g, &mei, &dates[5], true).await;
    assert_eq!(asked(&g).await, 1, "she was asked about the one before");
    mark(&g, &mei, &dates[6], true).await;
    assert_eq!(asked(&g).await, 2);
    g.take_emails().await;
}

/// B9: a no-show is forgotten after six months.
#[guild_test]
async fn b9_a_no_show_fades(g: Guild) {
    g.demo().await;
    let (slug, dates) = weekly(&g, "2").await;
    let mei = g.actor("mei").await;
    series::always(&g.store, &mei, &slug).await.unwrap();
    mark(&g, &mei, &dates[0], true).await;
    g.advance(Duration::days(190));
    mark(&g, &mei, &dates[1], true).await;
    assert_eq!(asked(&g).await, 0);
    // Control: marked again, both are recent.
    mark(&g, &mei, &dates[0], false).await;
    mark(&g, &mei, &dates[0], true).await;
    assert_eq!(asked(&g).await, 1);
    g.take_emails().await;
}

/// B9: only people who may edit the event mark somebody, from the start on, and only they see it.
#[guild_test]
async fn b9_only_hosts_mark_and_see_no_shows(g: Guild) {
    g.demo().await;
    let (_, dates) = weekly(&g, "2").await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    g.rsvp(&mei, &dates[0], 0).await.unwrap();
    let rsvp = rsvp_of(&g, &mei, &dates[0]).await;
    let early = events::set_no_show(&g.store, &grace, &dates[0], rsvp, true).await;
    assert!(matches!(early, Err(StoreError::Refused(Refusal::EventNotBegun))), "{early:?}");
    mark(&g, &mei, &dates[0], true).await;
    for other in [&mei, &kofi] {
        let marked = events::set_no_show(&g.store, other, &dates[0], rsvp, false).await;
        assert!(matches!(marked, Err(StoreError::Refused(Refusal::NotAllowed))), "{marked:?}");
    }
    let elsewhere = events::set_no_show(&g.store, &grace, &dates[1], rsvp, false).await;
    assert!(matches!(elsewhere, Err(StoreError::Refused(_) | StoreError::NotFound)), "{elsewhere:?}");
    let path = format!("/events/{}/people?show=going", dates[0]);
    let host = g.visit(Some("grace"), &path, Locale::En).await;
    assert!(g.page(&host).await.html.contains("Did not come"));
    for (who, path) in
        [("mei", format!("/events/{}", dates[0])), ("kofi", format!("/events/{}/attendees", dates[0]))]
    {
        let visit = g.visit(Some(who), &path, Locale::En).await;
        assert!(!g.page(&visit).await.html.contains("Did not come"), "{who}");
    }
    let fields = [("slug", dates[0].as_str()), ("rsvp", &rsvp.to_string()), ("absent", "no")];
    let answer = g.post(&host, "/api/events/no_show", &fields, "text/html").await;
    assert_eq!(answer.location, path);
    assert!(!g.page(&host).await.html.contains("Was there"));
    g.take_emails().await;
}

/// B9: the link in the email shows a page that works signed out and changes nothing until a button is used.
#[guild_test]
async fn b9_the_link_keeps_or_stops_the_seat(g: Guild) {
    g.demo().await;
    let (slug, dates) = weekly(&g, "4").await;
    let mei = g.actor("mei").await;
    series::always(&g.store, &mei, &slug).await.unwrap();
    mark(&g, &mei, &dates[0], true).await;
    mark(&g, &mei, &dates[1], true).await;
    assert_eq!(asked(&g).await, 1);
    let portal = g.portal(&[]).await;
    let browser = portal.browser();
    let link = link_to(&g, "mei@").await;
    let wants = async || series::page(&g.store, &mei, &slug).await.unwrap().always == Some(true);
    for _ in 0..2 {
        let page = browser.get(&link).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        assert!(page.body.contains("Do you still want the seat?") && page.body.contains("value=\"stop\""));
    }
    assert!(wants().await, "opening the page changes nothing");
    assert_eq!(browser.get("/profile").await.status, 303, "nobody is signed in");
    assert_eq!(browser.post(&link, &[("answer", "keep")]).await.status, 303);
    assert!(wants().await);
    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let refused = browser.send(reqwest::Method::POST, &link, &foreign, Some("answer=stop".into())).await;
    assert_eq!(refused.status, 403);
    for forged in [format!("{link}A"), link.replace("/standing-seat/", "/seat/")] {
        assert_eq!(browser.get(&forged).await.status, 404);
        assert_eq!(browser.post(&forged, &[("answer", "stop")]).await.status, 404);
    }
    assert!(wants().await);
    let stopped = browser.follow(browser.post(&link, &[("answer", "stop")]).await, None).await;
    assert!(stopped.body.contains("We don’t save you a seat in this series any more."), "{}", stopped.body);
    assert!(!wants().await);
    series::stop_by_link(&g.store, SeriesRsvpId(uuid::Uuid::nil())).await.unwrap();
    let going = events::page(&g.store, &mei, &dates[2]).await.unwrap().rsvp.unwrap();
    assert!(going.is_seated(), "the seats that she has stay");
    portal.stop().await;
    g.take_emails().await;
}

/// The path of the link in the newest question to an address.
async fn link_to(g: &Guild, address: &str) -> String {
    for _ in 0..200 {
        let emails = store::mailbox::newest(&g.store, 50).await.unwrap();
        let texts = emails.into_iter().filter(|mail| mail.to.contains(address));
        let mut texts = texts.map(|mail| String::from_utf8_lossy(&mail.raw).replace("=\r\n", ""));
        let found =
            texts.find_map(|text| text.split_once("/standing-seat/").map(|(_, rest)| rest.to_owned()));
        if let Some(token) = found {
            let end =
                token.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c)).unwrap_or(token.len());
            return format!("/standing-seat/{}", &token[..end]);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no question arrived at {address}");
}
