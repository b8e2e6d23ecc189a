//! Learning requests (B10).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::{Days, NaiveTime};
use domain::{
    Actor, DemandId, Locale, Refusal, Slug, Zone,
    demands::{DemandChange, DemandForm, MAX_OPEN_DEMANDS},
    emails::{Delivery, EmailCategory, EmailPreference},
    groups::GroupRole,
    reports::{Decision, ReportKind},
};
use store::{
    StoreError, blocks, data,
    demands::{self, DemandCard, DemandFilter, DemandOrder, DemandView, DraftEvent},
    events, groups, members, reports, search,
};
use tests::{Guild, guild_test};

const CANARY: &str = "Pangolinquilt";
const NOTE: &str = "I would start from one small service.";

fn form(title: &str) -> DemandForm {
    DemandForm {
        title: title.into(),
        text: "I know the words, and not how to begin.".into(),
        ..Default::default()
    }
}

async fn ask(g: &Guild, actor: &Actor, title: &str) -> Result<DemandId, StoreError> {
    demands::ask(&g.store, actor, form(title).check().unwrap(), false, "").await
}

async fn board(g: &Guild, actor: &Actor) -> Vec<DemandCard> {
    demands::demands(&g.store, actor, &DemandFilter::default()).await.unwrap().cards
}

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn draft(g: &Guild, group: Option<&str>) -> DraftEvent {
    let day = Zone::UTC.wall(g.now()).date() + Days::new(14);
    DraftEvent {
        group: group.and_then(Slug::parse),
        starts: day.and_time(NaiveTime::from_hms_opt(18, 0, 0).unwrap()),
        zone: Zone::UTC,
        place: "Place to be announced".into(),
    }
}

#[guild_test]
async fn b10_members_want_the_same_and_take_it_back(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    let other = ask(&g, &mei, "Drawing data flows").await.unwrap();
    for _ in 0..2 {
        demands::support(&g.store, &kofi, id, true).await.unwrap();
    }
    demands::support(&g.store, &ada, id, true).await.unwrap();
    let cards = board(&g, &kofi).await;
    assert_eq!(
        cards.iter().map(|card| (card.id, card.supporters)).collect::<Vec<_>>(),
        [(id, 3), (other, 1)]
    );
    assert!(cards[0].is_supported && !cards[1].is_supported);
    let newest = DemandFilter { order: DemandOrder::Newest, ..DemandFilter::default() };
    assert_eq!(demands::demands(&g.store, &kofi, &newest).await.unwrap().cards[0].id, other);
    demands::support(&g.store, &kofi, id, false).await.unwrap();
    demands::support(&g.store, &kofi, id, false).await.unwrap();
    assert_eq!(board(&g, &kofi).await[0].supporters, 2);
    // The author wants it anyway.
    assert_eq!(refusal(demands::support(&g.store, &mei, id, true).await), Refusal::NotAllowed);
    assert_eq!(refusal(demands::demands(&g.store, &Actor::Anonymous, &newest).await), Refusal::SignInFirst);
    // Names as each member shows theirs.
    assert_eq!(demands::page(&g.store, &kofi, id).await.unwrap().names.len(), 2);
    members::save_visibility(&g.store, &ada, vec!["name:me".into()]).await.unwrap();
    let page = demands::page(&g.store, &kofi, id).await.unwrap();
    assert_eq!((page.names.len(), page.card.supporters), (1, 2));
}

#[guild_test]
async fn b10_a_member_has_five_open_requests(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let titles = ["Origami", "Bookbinding", "Falconry", "Glassblowing", "Beekeeping", "Juggling"];
    let mut ids = Vec::new();
    for title in &titles[..5] {
        ids.push(ask(&g, &mei, title).await.unwrap());
    }
    let max = i64::try_from(MAX_OPEN_DEMANDS).unwrap();
    assert_eq!(refusal(ask(&g, &mei, titles[5]).await), Refusal::TooManyDemands { max });
    demands::change(&g.store, &mei, ids[0], DemandChange::Withdraw).await.unwrap();
    ask(&g, &mei, titles[5]).await.unwrap();
    // Putting one back counts too.
    let reopen = demands::change(&g.store, &mei, ids[0], DemandChange::Reopen).await;
    assert_eq!(refusal(reopen), Refusal::TooManyDemands { max });
    // The same form posts one.
    let kofi = g.actor("kofi").await;
    let twice = form("Sealing wax").check().unwrap();
    let one = demands::ask(&g.store, &kofi, twice.clone(), false, "key").await.unwrap();
    assert_eq!(demands::ask(&g.store, &kofi, twice, false, "key").await.unwrap(), one);
}

#[guild_test]
async fn b10_requests_that_look_alike_are_shown_first(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let id = ask(&g, &mei, "Threat modelling for small teams").await.unwrap();
    for alike in ["How to threat model", "small teams: threat modeling", "Thraet modelling"] {
        assert_eq!(refusal(ask(&g, &kofi, alike).await), Refusal::DemandsAlike, "{alike}");
        let found = demands::similar(&g.store, &kofi, alike).await.unwrap();
        assert_eq!(found.iter().map(|card| card.id).collect::<Vec<_>>(), [id]);
    }
    // Control: others are not alike, and the author can insist.
    ask(&g, &kofi, "Data modelling with events").await.unwrap();
    let anyway = form("How to threat model").check().unwrap();
    demands::ask(&g.store, &kofi, anyway, true, "").await.unwrap();
    // One that was withdrawn is in nobody's way.
    let gone = ask(&g, &mei, "Calligraphy").await.unwrap();
    assert_eq!(refusal(ask(&g, &kofi, "Calligraphy basics").await), Refusal::DemandsAlike);
    demands::change(&g.store, &mei, gone, DemandChange::Withdraw).await.unwrap();
    ask(&g, &kofi, "Calligraphy basics").await.unwrap();
}

/// B10: without JavaScript the form comes back with what was typed, and with the requests that look like it.
#[guild_test]
async fn b10_a_form_that_looks_like_another_keeps_what_was_typed(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    ask(&g, &mei, "Threat modelling for small teams").await.unwrap();
    let visit = g.visit(Some("kofi"), "/demands/new", Locale::En).await;
    let fields = [
        ("title", "Threat modelling at work"),
        ("text", "Please start slowly."),
        ("key", "k"),
        ("anyway", ""),
    ];
    let answer = g.post(&visit, "/api/demands/ask", &fields, "text/html").await;
    assert_eq!(answer.location, "/demands/new");
    let html = g.page(&visit).await.html;
    for part in ["Please start slowly.", "Threat modelling for small teams", "Post mine anyway"] {
        assert!(html.contains(part), "{part}");
    }
    let fields = [("title", "Threat modelling at work"), ("key", "k"), ("anyway", "yes")];
    let answer = g.post(&visit, "/api/demands/ask", &fields, "text/html").await;
    assert!(answer.location.starts_with("/demands/") && answer.location != "/demands/new");
}

#[guild_test]
async fn b10_one_speaker_offers_and_gives_back(g: Guild) {
    g.demo().await;
    let (mei, kofi, ravi) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ravi").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    assert_eq!(refusal(demands::claim(&g.store, &mei, id, NOTE).await), Refusal::NotAllowed);
    // Of two who offer at once, one is the speaker.
    let (one, two) =
        futures::join!(demands::claim(&g.store, &kofi, id, NOTE), demands::claim(&g.store, &ravi, id, NOTE));
    assert!(one.is_ok() != two.is_ok());
    let (speaker, other) = if one.is_ok() { (&kofi, &ravi) } else { (&ravi, &kofi) };
    assert_eq!(refusal(demands::claim(&g.store, other, id, NOTE).await), Refusal::DemandClaimed);
    g.expect_emails("demand_news").await;
    // The same speaker changes what they say.
    demands::claim(&g.store, speaker, id, "Two evenings, with exercises.").await.unwrap();
    assert_eq!(demands::page(&g.store, other, id).await.unwrap().note, "Two evenings, with exercises.");
    assert_eq!(refusal(demands::release(&g.store, other, id).await), Refusal::NotAllowed);
    demands::release(&g.store, speaker, id).await.unwrap();
    demands::release(&g.store, &mei, id).await.unwrap();
    g.expect_emails("demand_news").await;
    demands::claim(&g.store, other, id, NOTE).await.unwrap();
    // The author looks for another speaker, who is told.
    demands::release(&g.store, &mei, id).await.unwrap();
    g.expect_emails("demand_news=2").await;
    assert!(!board(&g, &kofi).await[0].is_claimed);
}

#[guild_test]
async fn b10_an_event_invites_everybody_who_wanted_it_once(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let people = ["mei", "kofi", "sofia", "jonas", "ravi", "tomas"];
    let mut actors = Vec::new();
    for key in people {
        actors.push(g.actor(key).await);
    }
    let id = ask(&g, &actors[0], "Reading assembly").await.unwrap();
    for actor in &actors[1..] {
        demands::support(&g.store, actor, id, true).await.unwrap();
    }
    demands::support(&g.store, &grace, id, true).await.unwrap();
    demands::claim(&g.store, &grace, id, NOTE).await.unwrap();
    g.expect_emails("demand_news").await;
    let slug = demands::make_event(&g.store, &grace, id, draft(&g, Some("on-call"))).await.unwrap();
    assert_eq!(demands::make_event(&g.store, &grace, id, draft(&g, None)).await.unwrap(), slug, "one draft");
    let event = events::page(&g.store, &grace, &slug).await.unwrap().event;
    assert_eq!(event.details.title, "Reading assembly");
    assert!(
        event.details.description.contains("not how to begin") && event.details.description.contains(NOTE)
    );
    // A draft invites nobody, and nobody else sees it.
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    assert!(demands::page(&g.store, &actors[1], id).await.unwrap().card.event.is_none());
    // Sofia turned these emails off, Jonas and Grace have a block between them, and Ravi has a seat already.
    let off = format!("{} - {}", EmailCategory::Demands.name(), Delivery::Off.name());
    let off = EmailPreference::check(&off).unwrap();
    store::preferences::save(&g.store, &actors[2], vec![off]).await.unwrap();
    blocks::block(&g.store, &actors[3], grace.member().unwrap()).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.rsvp(&actors[4], &slug, 0).await.unwrap();
    g.expect_emails("confirmed").await;
    store::runner::run_due(&g.store).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("demand_scheduled=3").await;
    let card = demands::page(&g.store, &actors[1], id).await.unwrap().card;
    assert_eq!(card.event.unwrap().slug, slug);
    assert!(board(&g, &actors[1]).await.is_empty());
    let scheduled = DemandFilter { view: DemandView::Scheduled, ..DemandFilter::default() };
    assert_eq!(demands::demands(&g.store, &actors[1], &scheduled).await.unwrap().cards.len(), 1);
    assert_eq!(
        refusal(demands::support(&g.store, &g.actor("ada").await, id, true).await),
        Refusal::DemandOver
    );
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
}

/// B10: the invitations go out in batches, and a crash between two of them invites nobody twice.
#[guild_test]
async fn b10_a_crowd_is_invited_in_batches(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    for member in g.crowd(130).await {
        demands::support(&g.store, &member, id, true).await.unwrap();
    }
    demands::claim(&g.store, &grace, id, NOTE).await.unwrap();
    let slug = demands::make_event(&g.store, &grace, id, draft(&g, Some("on-call"))).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.take_emails().await;
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("demand_scheduled=131").await;
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
}

#[guild_test]
async fn b10_a_speaker_asks_a_group_to_host(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    demands::claim(&g.store, &kofi, id, NOTE).await.unwrap();
    g.expect_emails("demand_news").await;
    // Kofi organises no group, so he can't make an event in one.
    let own = demands::make_event(&g.store, &kofi, id, draft(&g, Some("train-crew"))).await;
    assert_eq!(refusal(own), Refusal::NotAllowed);
    assert_eq!(
        refusal(demands::make_event(&g.store, &grace, id, draft(&g, None)).await),
        Refusal::NotAllowed
    );
    let crew = Slug::parse("train-crew").unwrap();
    for _ in 0..2 {
        demands::ask_host(&g.store, &kofi, id, &crew).await.unwrap();
    }
    // Grace and Camila organise it.
    g.expect_emails("demand_news=2").await;
    let slug = demands::make_event(&g.store, &grace, id, draft(&g, Some("train-crew"))).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("demand_scheduled").await;
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
}

/// B10: what members of a private group want to learn reaches nobody outside: no page, no search, no list of similar
/// requests, no event.
#[guild_test]
async fn b10_a_request_for_a_private_group_stays_there(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    let details = domain::groups::GroupForm {
        name: "Inner circle".into(),
        kind: "chapter".into(),
        visibility: "private".into(),
        ..Default::default()
    };
    let group = groups::create(&g.store, &ada, details.check().unwrap(), "").await.unwrap();
    groups::add(&g.store, &ada, &group, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    let private = DemandForm { group: group.to_string(), ..form(CANARY) };
    let id = demands::ask(&g.store, &mei, private.check().unwrap(), false, "").await.unwrap();
    let outside = DemandForm { group: group.to_string(), ..form("Origami") };
    let kofi = g.actor("kofi").await;
    assert!(matches!(
        demands::ask(&g.store, &kofi, outside.check().unwrap(), false, "").await,
        Err(StoreError::Invalid(_))
    ));
    let page = format!("/demands/{id}");
    let paths = [page.as_str(), "/demands", "/demands?sort=new", "/demands/new?title=Pangolinquilt", "/"];
    for path in paths {
        for key in ["kofi", "sofia"] {
            let html = g.page(&g.visit(Some(key), path, Locale::En).await).await.html;
            let html = html.replace("value=\"Pangolinquilt\"", "");
            assert!(!html.contains(CANARY), "{key} {path}");
        }
    }
    let found =
        async |actor: &Actor| search::search(&g.store, actor, CANARY, None, 0).await.unwrap().count(None);
    for actor in [&kofi, &Actor::Anonymous] {
        assert_eq!(found(actor).await, 0);
        assert!(demands::similar(&g.store, actor, CANARY).await.unwrap().is_empty());
    }
    assert!(matches!(demands::support(&g.store, &kofi, id, true).await, Err(StoreError::NotFound)));
    assert!(matches!(demands::claim(&g.store, &kofi, id, NOTE).await, Err(StoreError::NotFound)));
    // Control: the group sees and finds it.
    assert_eq!((found(&mei).await, found(&ada).await), (1, 1));
    assert!(g.page(&g.visit(Some("mei"), &page, Locale::En).await).await.html.contains(CANARY));
    // Somebody who left the group is not invited to its event.
    groups::add(&g.store, &ada, &group, kofi.member().unwrap(), GroupRole::Member).await.unwrap();
    demands::support(&g.store, &kofi, id, true).await.unwrap();
    groups::remove(&g.store, &ada, &group, kofi.member().unwrap()).await.unwrap();
    g.take_emails().await;
    demands::claim(&g.store, &ada, id, NOTE).await.unwrap();
    let slug = demands::make_event(&g.store, &ada, id, draft(&g, Some(group.as_str()))).await.unwrap();
    events::publish(&g.store, &ada, &slug).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("demand_news demand_scheduled").await;
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
}

#[guild_test]
async fn b10_a_block_hides_requests_and_takes_offers_back(g: Guild) {
    g.demo().await;
    let (mei, kofi, sofia) = (g.actor("mei").await, g.actor("kofi").await, g.actor("sofia").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    demands::support(&g.store, &kofi, id, true).await.unwrap();
    demands::claim(&g.store, &kofi, id, NOTE).await.unwrap();
    blocks::block(&g.store, &mei, kofi.member().unwrap()).await.unwrap();
    assert!(matches!(demands::page(&g.store, &kofi, id).await, Err(StoreError::NotFound)));
    assert!(board(&g, &kofi).await.is_empty());
    assert!(!demands::page(&g.store, &mei, id).await.unwrap().card.is_claimed);
    assert!(demands::page(&g.store, &mei, id).await.unwrap().names.len() < 2);
    // Control: another member sees it.
    assert_eq!(board(&g, &sofia).await.len(), 1);
    g.take_emails().await;
}

#[guild_test]
async fn b10_requests_are_reported_removed_and_restored(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    let key = id.to_string();
    let report = reports::report(&g.store, &kofi, ReportKind::Demand, &key, "It is an advertisement.").await;
    assert!(board(&g, &kofi).await.is_empty());
    assert!(demands::page(&g.store, &mei, id).await.unwrap().card.is_hidden);
    reports::decide(&g.store, &ada, report.unwrap(), Decision::Nothing, "It is a fair question.")
        .await
        .unwrap();
    assert_eq!(board(&g, &kofi).await.len(), 1);
    // Only admins and organisers of its group remove it.
    assert_eq!(
        refusal(demands::change(&g.store, &kofi, id, DemandChange::Remove).await),
        Refusal::NotAllowed
    );
    demands::claim(&g.store, &kofi, id, NOTE).await.unwrap();
    demands::change(&g.store, &ada, id, DemandChange::Remove).await.unwrap();
    assert!(matches!(demands::page(&g.store, &kofi, id).await, Err(StoreError::NotFound)));
    assert_eq!(refusal(demands::change(&g.store, &mei, id, DemandChange::Reopen).await), Refusal::DemandOver);
    demands::change(&g.store, &ada, id, DemandChange::Restore).await.unwrap();
    assert_eq!(board(&g, &kofi).await.len(), 1);
    g.take_emails().await;
}

/// B10: after an erasure nobody finds what the member wrote. The title stays if others want it too.
#[guild_test]
async fn b10_an_erased_member_leaves_the_titles_that_others_want(g: Guild) {
    g.demo().await;
    let (mei, kofi, sofia) = (g.actor("mei").await, g.actor("kofi").await, g.actor("sofia").await);
    let wanted = form("Reading assembly");
    let wanted = DemandForm { text: format!("{CANARY} is where I am stuck."), ..wanted };
    let wanted = demands::ask(&g.store, &mei, wanted.check().unwrap(), false, "").await.unwrap();
    let alone = ask(&g, &mei, "Beekeeping").await.unwrap();
    let others = ask(&g, &sofia, "Falconry").await.unwrap();
    demands::support(&g.store, &kofi, wanted, true).await.unwrap();
    demands::support(&g.store, &mei, others, true).await.unwrap();
    demands::claim(&g.store, &mei, others, NOTE).await.unwrap();
    // The copy contains all of it before.
    let copy = data::copy_of(&g.store, &mei).await.unwrap();
    let rows = |name: &str| copy.tables.iter().find(|table| table.name == name).unwrap().rows.len();
    assert_eq!((rows("demands"), rows("demand_supporters"), rows("demand_claims")), (2, 3, 1));
    data::request_deletion(&g.store, &mei).await.unwrap();
    g.advance(chrono::Duration::days(8));
    store::runner::run_due(&g.store).await.unwrap();
    let page = demands::page(&g.store, &kofi, wanted).await.unwrap();
    assert_eq!((page.card.text.as_str(), page.card.asker, page.card.supporters), ("", None, 1));
    assert!(matches!(demands::page(&g.store, &kofi, alone).await, Err(StoreError::NotFound)));
    let page = demands::page(&g.store, &kofi, others).await.unwrap();
    assert_eq!((page.card.supporters, page.card.is_claimed), (1, false));
    let found = search::search(&g.store, &kofi, CANARY, None, 0).await.unwrap();
    assert_eq!(found.count(None), 0);
    g.take_emails().await;
}

/// B10: pages of the board follow each other without gaps, although the numbers change meanwhile.
#[guild_test]
async fn b10_the_board_is_paged(g: Guild) {
    g.demo().await;
    let crowd = g.crowd(25).await;
    for (number, member) in crowd.iter().enumerate() {
        let demand = form(&format!("Subject number {number}")).check().unwrap();
        demands::ask(&g.store, member, demand, true, "").await.unwrap();
    }
    let mei = g.actor("mei").await;
    let first = demands::demands(&g.store, &mei, &DemandFilter::default()).await.unwrap();
    assert_eq!(first.cards.len(), 20);
    let next = DemandFilter { after: first.next, ..DemandFilter::default() };
    let second = demands::demands(&g.store, &mei, &next).await.unwrap();
    assert_eq!((second.cards.len(), second.next), (5, None));
    let mut ids: Vec<_> = first.cards.iter().chain(&second.cards).map(|card| card.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 25);
    let html = g.page(&g.visit(Some("mei"), "/demands", Locale::En).await).await.html;
    assert!(html.contains("after=") && html.contains("Next page"));
}

/// B10: authors change their requests while they are on the board. If others want it too, its page says so.
#[guild_test]
async fn b10_an_author_changes_their_request(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi) = (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    let change = |title: &str| {
        DemandForm { place: "city".into(), city: "Lisbon".into(), ..form(title) }.check().unwrap()
    };
    demands::edit(&g.store, &mei, id, change("Reading machine code")).await.unwrap();
    let card = demands::page(&g.store, &kofi, id).await.unwrap().card;
    assert_eq!(
        (card.title.as_str(), card.city.as_str(), card.changed_at),
        ("Reading machine code", "Lisbon", None)
    );
    let found =
        async |words: &str| search::search(&g.store, &kofi, words, None, 0).await.unwrap().count(None);
    assert_eq!((found("machine code").await, found("assembly").await), (1, 0));
    // The same text again is no change, and others can't change it.
    demands::support(&g.store, &kofi, id, true).await.unwrap();
    demands::edit(&g.store, &mei, id, change("Reading machine code")).await.unwrap();
    for other in [&kofi, &ada] {
        assert_eq!(
            refusal(demands::edit(&g.store, other, id, change("Mine now")).await),
            Refusal::NotAllowed
        );
    }
    assert_eq!(demands::page(&g.store, &kofi, id).await.unwrap().card.changed_at, None, "control");
    let html = g.page(&g.visit(Some("kofi"), &format!("/demands/{id}"), Locale::En).await).await.html;
    assert!(!html.contains("changed on"), "control");
    demands::edit(&g.store, &mei, id, change("Reading object files")).await.unwrap();
    assert_eq!(demands::page(&g.store, &kofi, id).await.unwrap().card.changed_at, Some(g.now()));
    let html = g.page(&g.visit(Some("kofi"), &format!("/demands/{id}"), Locale::En).await).await.html;
    assert!(html.contains("changed on"));
    // Not while a report waits, and not after it was taken back.
    let report =
        reports::report(&g.store, &kofi, ReportKind::Demand, &id.to_string(), "It is an advertisement.")
            .await;
    assert_eq!(refusal(demands::edit(&g.store, &mei, id, change("Another")).await), Refusal::DemandOver);
    reports::decide(&g.store, &ada, report.unwrap(), Decision::Nothing, "It is fine.").await.unwrap();
    demands::change(&g.store, &mei, id, DemandChange::Withdraw).await.unwrap();
    assert_eq!(refusal(demands::edit(&g.store, &mei, id, change("Another")).await), Refusal::DemandOver);
    g.take_emails().await;
}

/// B10: the form of a change keeps what was typed, without JavaScript.
#[guild_test]
async fn b10_the_form_of_a_change_keeps_what_was_typed(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    let edit = format!("/demands/{id}/edit");
    let visit = g.visit(Some("mei"), &edit, Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("value=\"Reading assembly\"") && !html.contains("name=\"group\""));
    let id_text = id.to_string();
    let fields = [("id", id_text.as_str()), ("title", ""), ("text", "Slowly, please."), ("place", "online")];
    assert_eq!(g.post(&visit, "/api/demands/edit", &fields, "text/html").await.location, edit);
    let html = g.page(&visit).await.html;
    assert!(html.contains("Slowly, please.") && html.contains("aria-invalid"));
    let fields =
        [("id", id_text.as_str()), ("title", "Reading it"), ("text", "Slowly, please."), ("place", "online")];
    let answer = g.post(&visit, "/api/demands/edit", &fields, "text/html").await;
    assert_eq!(answer.location, format!("/demands/{id}"));
    assert_eq!(demands::page(&g.store, &mei, id).await.unwrap().card.title, "Reading it");
}

/// B10: a group that was asked to host can decline. The speaker reads why, and asks another group.
#[guild_test]
async fn b10_a_group_declines_to_host(g: Guild) {
    g.demo().await;
    let (grace, camila) = (g.actor("grace").await, g.actor("camila").await);
    let (mei, kofi, ravi) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ravi").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    demands::claim(&g.store, &kofi, id, NOTE).await.unwrap();
    let crew = Slug::parse("train-crew").unwrap();
    demands::ask_host(&g.store, &kofi, id, &crew).await.unwrap();
    g.take_emails().await;
    let why = format!("{CANARY}: our room is booked.");
    for other in [&ravi, &kofi, &mei] {
        assert_eq!(refusal(demands::decline_host(&g.store, other, id, &why).await), Refusal::NotAllowed);
    }
    let slug = demands::make_event(&g.store, &camila, id, draft(&g, Some("train-crew"))).await.unwrap();
    for _ in 0..2 {
        demands::decline_host(&g.store, &grace, id, &why).await.unwrap();
    }
    let email = g.emails_of("demand_news").await.remove(0);
    assert_eq!(email["reason"][1].as_str(), Some(why.as_str()));
    g.expect_emails("demand_news=1").await;
    assert_eq!(refusal(demands::decline_host(&g.store, &camila, id, &why).await), Refusal::NotAllowed);
    // Only the speaker reads why. The draft stays with its host, and invites nobody.
    let page = format!("/demands/{id}");
    for (key, reads) in [("kofi", true), ("mei", false), ("grace", false)] {
        let html = g.page(&g.visit(Some(key), &page, Locale::En).await).await.html;
        assert_eq!(html.contains(CANARY), reads, "{key}");
    }
    events::publish(&g.store, &camila, &slug).await.unwrap();
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("").await;
    // The same group is not asked again. Another one is, and a draft of the speaker's own stays when it declines.
    assert_eq!(refusal(demands::ask_host(&g.store, &kofi, id, &crew).await), Refusal::DemandHostDeclined);
    demands::ask_host(&g.store, &kofi, id, &Slug::parse("on-call").unwrap()).await.unwrap();
    let own = groups::create(&g.store, &g.actor("ada").await, tests::group_details("Assemblers"), "")
        .await
        .unwrap();
    let (ada, me) = (g.actor("ada").await, kofi.member().unwrap());
    groups::add(&g.store, &ada, &own, me, GroupRole::Organiser).await.unwrap();
    let draft = demands::make_event(&g.store, &kofi, id, draft(&g, Some(own.as_str()))).await.unwrap();
    demands::decline_host(&g.store, &ravi, id, &why).await.unwrap();
    assert_eq!(demands::page(&g.store, &kofi, id).await.unwrap().card.event.unwrap().slug, draft);
    assert_eq!(demands::page(&g.store, &kofi, id).await.unwrap().declined.unwrap().1, why);
    g.take_emails().await;
    // The text goes with its author.
    data::delete_now(&g.store, &domain::members::Address::parse("ravi@guild.example").unwrap())
        .await
        .unwrap();
    assert_eq!(demands::page(&g.store, &kofi, id).await.unwrap().declined.unwrap().1, "");
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
}

/// B10: without JavaScript, what an organiser typed comes back with the problem.
#[guild_test]
async fn b10_the_form_that_declines_keeps_what_was_typed(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let id = ask(&g, &mei, "Reading assembly").await.unwrap();
    demands::claim(&g.store, &kofi, id, NOTE).await.unwrap();
    demands::ask_host(&g.store, &kofi, id, &Slug::parse("train-crew").unwrap()).await.unwrap();
    let (page, id) = (format!("/demands/{id}"), id.to_string());
    let visit = g.visit(Some("grace"), &page, Locale::En).await;
    let post = async |note: &str| {
        g.post(&visit, "/api/demands/decline_host", &[("id", &id), ("note", note)], "text/html")
            .await
            .location
    };
    assert_eq!(post("Too soon").await, page);
    let html = g.page(&visit).await.html;
    assert!(html.contains("Too soon") && html.contains("aria-invalid"));
    assert_eq!(post("We have no room before March.").await, page);
    assert!(!g.page(&visit).await.html.contains("Decline to host"));
    g.take_emails().await;
}

/// B10: people who were invited because they wanted it get no second email that their group has a new event. Those who turned
/// the invitations off do.
#[guild_test]
async fn b10_publishing_is_one_email_for_each_person(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    // Mei, Kofi and Jonas are in the group that hosts it, and Sofia is not.
    let people =
        [g.actor("mei").await, g.actor("kofi").await, g.actor("jonas").await, g.actor("sofia").await];
    let id = ask(&g, &people[0], "Reading assembly").await.unwrap();
    for actor in &people[1..] {
        demands::support(&g.store, actor, id, true).await.unwrap();
    }
    let off = format!("{} - {}", EmailCategory::Demands.name(), Delivery::Off.name());
    store::preferences::save(&g.store, &people[2], vec![EmailPreference::check(&off).unwrap()])
        .await
        .unwrap();
    demands::claim(&g.store, &grace, id, NOTE).await.unwrap();
    let slug = demands::make_event(&g.store, &grace, id, draft(&g, Some("on-call"))).await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    g.take_emails().await;
    store::runner::run_due(&g.store).await.unwrap();
    g.expect_emails("demand_scheduled=3").await;
    g.advance(chrono::Duration::minutes(11));
    store::runner::run_due(&g.store).await.unwrap();
    // News of groups wait for the daily digest.
    let told = async |key: &str| {
        let of = "FROM digest_items JOIN members ON members.id = digest_items.member_id";
        let news = format!("payload LIKE '%Reading assembly%' AND address = '{key}@guild.example'");
        g.number(&format!("SELECT CAST(COUNT(*) AS BIGINT) {of} WHERE {news}")).await
    };
    for (key, count) in [("mei", 0), ("kofi", 0), ("jonas", 1), ("priya", 1)] {
        assert_eq!(told(key).await, count, "{key}");
    }
    g.take_emails().await;
}
