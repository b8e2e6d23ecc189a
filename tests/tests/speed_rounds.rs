//! Speed rounds (M31).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::HashSet;

use chrono::Duration;
use domain::{
    Actor, Locale, Refusal, Slug, SpeedRoundId,
    groups::{GroupForm, GroupRole},
    mentoring::SignUpRole,
    speed_rounds::{SpeedRoundChange, SpeedRoundForm, SpeedSignUp},
};
use store::{
    StoreError, blocks, data, groups, runner,
    speed_rounds::{self, Place, Slot},
};
use tests::{Guild, guild_test};

const CANARY: &str = "Capybaraquartet";
const MENTEES: [&str; 3] = ["mei", "sofia", "jonas"];
const MENTORS: [&str; 2] = ["kofi", "ravi"];

fn refusal<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Refusal {
    match result {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// A form of a round that begins in some hours.
fn form(g: &Guild, programme: &Slug, hours: i64) -> SpeedRoundForm {
    SpeedRoundForm {
        programme: programme.to_string(),
        title: "Meet a mentor".into(),
        about: "Three short conversations about one topic.".into(),
        starts: (g.now() + Duration::hours(hours)).format("%Y-%m-%dT%H:%M").to_string(),
        place: format!("Room {CANARY}"),
        ..SpeedRoundForm::start(domain::Zone::UTC)
    }
}

async fn create(g: &Guild, programme: &Slug, hours: i64) -> SpeedRoundId {
    let round = form(g, programme, hours).check(g.now()).unwrap();
    speed_rounds::create(&g.store, &g.actor("grace").await, round, "").await.unwrap()
}

async fn sign_up(g: &Guild, key: &str, id: SpeedRoundId, role: SignUpRole) -> Result<(), StoreError> {
    let link = match key {
        "kofi" => format!("https://meet.example.org/{CANARY}"),
        _ => String::new(),
    };
    let topics = vec![Slug::parse("rust").unwrap(), Slug::parse("databases").unwrap()];
    let sign_up = SpeedSignUp { role, topics, link };
    speed_rounds::sign_up(&g.store, &g.actor(key).await, id, sign_up).await
}

async fn change(g: &Guild, key: &str, id: SpeedRoundId, to: SpeedRoundChange) -> Result<(), StoreError> {
    speed_rounds::change(&g.store, &g.actor(key).await, id, to).await
}

/// A round tomorrow for which three mentees and two mentors signed up.
async fn signed_up(g: &Guild) -> SpeedRoundId {
    g.demo().await;
    let programme = g.programme(&g.actor("grace").await).await;
    let id = create(g, &programme, 24).await;
    for key in MENTEES {
        sign_up(g, key, id, SignUpRole::Mentee).await.unwrap();
    }
    for key in MENTORS {
        sign_up(g, key, id, SignUpRole::Mentor).await.unwrap();
    }
    id
}

async fn plan(g: &Guild, id: SpeedRoundId) {
    change(g, "grace", id, SpeedRoundChange::Plan).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
}

/// The same round after its plan was published.
async fn published(g: &Guild) -> SpeedRoundId {
    let id = signed_up(g).await;
    plan(g, id).await;
    change(g, "grace", id, SpeedRoundChange::Publish).await.unwrap();
    g.expect_emails("speed_round_news=5").await;
    id
}

/// A private group without members.
async fn private_group(g: &Guild) -> Slug {
    let text = || "We talk about mentoring.".to_owned();
    let form = GroupForm {
        name: "Quiet circle".into(),
        kind: "virtual_team".into(),
        purpose: text(),
        goal: text(),
        out_of_scope: text(),
        visibility: "private".into(),
        wants: "security 2".into(),
        ..GroupForm::default()
    };
    groups::create(&g.store, &Actor::Operator, form.check().unwrap(), "").await.unwrap()
}

async fn slots(g: &Guild, key: &str, id: SpeedRoundId) -> Vec<Slot> {
    speed_rounds::round(&g.store, &g.actor(key).await, id).await.unwrap().slots
}

/// The partner in each wave. A break is empty.
async fn partners(g: &Guild, key: &str, id: SpeedRoundId) -> Vec<String> {
    let name = |slot: Slot| slot.meeting.map(|meeting| meeting.partner.name).unwrap_or_default();
    slots(g, key, id).await.into_iter().map(name).collect()
}

#[guild_test]
async fn m31_a_round_is_solved_in_waves_and_everybody_gets_their_list(g: Guild) {
    let id = signed_up(&g).await;
    assert_eq!(refusal(change(&g, "grace", id, SpeedRoundChange::Publish).await), Refusal::SpeedPlanMissing);
    plan(&g, id).await;
    let grace = g.actor("grace").await;
    let drafted = speed_rounds::plan_page(&g.store, &grace, id).await.unwrap();
    assert_eq!((drafted.conversations(), drafted.breaks(), drafted.is_outdated), (6, 3, false));
    assert!(drafted.people.iter().all(|person| person.conversations >= 2), "{drafted:?}");
    // Running the job again changes nothing, and a new plan from the same sign-ups is the same.
    runner::run_due(&g.store).await.unwrap();
    plan(&g, id).await;
    let again = speed_rounds::plan_page(&g.store, &grace, id).await.unwrap();
    assert_eq!(again.waves, drafted.waves);
    for key in MENTEES {
        assert!(slots(&g, key, id).await.is_empty(), "a draft is for coordinators");
    }
    g.expect_emails("").await;
    assert_eq!(refusal(change(&g, "kofi", id, SpeedRoundChange::Publish).await), Refusal::NotAllowed);
    for _ in 0..2 {
        change(&g, "grace", id, SpeedRoundChange::Publish).await.unwrap();
    }
    g.expect_emails("speed_round_news=5").await;
    for key in MENTEES {
        let found = partners(&g, key, id).await;
        let met: HashSet<_> = found.iter().filter(|name| !name.is_empty()).collect();
        assert_eq!((found.len(), met.len()), (3, 2), "{key} meets both mentors and has one break: {found:?}");
    }
    let of_kofi = slots(&g, "kofi", id).await;
    let met: HashSet<_> =
        of_kofi.iter().map(|slot| slot.meeting.as_ref().unwrap().partner.name.clone()).collect();
    assert_eq!(met.len(), 3);
    assert_eq!(of_kofi[2].begins_at - of_kofi[0].begins_at, Duration::minutes(30));
    assert_eq!(of_kofi[0].meeting.as_ref().unwrap().topics.len(), 2);
    let of_ravi = slots(&g, "ravi", id).await;
    assert!(matches!(of_ravi[0].meeting.as_ref().unwrap().place, Place::Table(_)));
    assert_eq!(refusal(sign_up(&g, "marek", id, SignUpRole::Mentee).await), Refusal::SpeedRoundClosed);
}

/// M31: the database accepts no second conversation of a person in one wave, and no pair twice.
#[guild_test]
async fn m31_nobody_can_be_in_two_places(g: Guild) {
    published(&g).await;
    for (set, filter) in [
        ("wave", "mentee_sign_up_id, mentor_sign_up_id, 5"),
        (
            "pair",
            "(SELECT mentee_sign_up_id FROM speed_conversations WHERE wave = 1 LIMIT 1), mentor_sign_up_id, 0",
        ),
    ] {
        let insert = format!(
            "INSERT INTO speed_conversations (round_id, mentee_sign_up_id, mentor_sign_up_id, wave) \
             SELECT round_id, {filter} FROM speed_conversations WHERE wave = 0 LIMIT 1"
        );
        let found = sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &insert).await;
        assert!(found.is_err(), "{set}");
    }
    // Control: without a row there, it is accepted.
    for delete in [
        "DELETE FROM speed_conversations WHERE wave > 0",
        "UPDATE speed_conversations SET wave = 5 WHERE wave = 0",
    ] {
        sea_orm::ConnectionTrait::execute_unprepared(g.raw(), delete).await.unwrap();
    }
}

/// M31: who signed up is visible to coordinators only. What people meet under is visible to the two of them.
#[guild_test]
async fn m31_only_coordinators_see_who_signed_up(g: Guild) {
    let id = published(&g).await;
    let (page, plan) =
        (format!("/mentoring/speed-rounds/{id}"), format!("/mentoring/speed-rounds/{id}/plan"));
    // Ada is an administrator, and Marek a member who did not sign up.
    for key in ["ada", "marek", "sofia"] {
        let actor = g.actor(key).await;
        assert_eq!(refusal(speed_rounds::plan_page(&g.store, &actor, id).await), Refusal::NotAllowed);
    }
    for key in ["ada", "marek"] {
        for path in [page.as_str(), "/mentoring/speed-rounds", "/mentoring"] {
            let html = g.page(&g.visit(Some(key), path, Locale::En).await).await.html;
            assert!(
                !html.contains(CANARY) && !html.contains("Sofia") && !html.contains("Ravi"),
                "{key} {path}"
            );
        }
    }
    // Mentees do not see each other, and see the link of the mentor whom they meet.
    let html = g.page(&g.visit(Some("sofia"), &page, Locale::En).await).await.html;
    assert!(!html.contains("Jonas") && html.contains("Kofi") && html.contains(CANARY));
    let names = "SELECT CAST(COUNT(*) AS BIGINT) FROM emails WHERE kind = 'speed_round_news' \
                 AND (payload LIKE '%Kofi%' OR payload LIKE '%Capybara%')";
    assert_eq!(g.number(names).await, 0, "emails name nobody, because admins read them");
    // Control: the coordinator sees everybody, but not the link of a call.
    let html = g.page(&g.visit(Some("grace"), &plan, Locale::En).await).await.html;
    assert!(html.contains("Jonas") && html.contains("Kofi") && !html.contains("meet.example.org"));
}

/// M31: two people with a block between them never meet, before and after the plan.
#[guild_test]
async fn m31_a_block_keeps_two_people_apart(g: Guild) {
    let id = signed_up(&g).await;
    let (mei, kofi, ravi) = (g.actor("mei").await, g.actor("kofi").await, g.actor("ravi").await);
    blocks::block(&g.store, &mei, kofi.member().unwrap()).await.unwrap();
    plan(&g, id).await;
    let grace = g.actor("grace").await;
    let meets = |page: &speed_rounds::PlanPage, mentor: &str| {
        let pairs = page.waves.iter().flat_map(|wave| &wave.pairs);
        pairs.filter(|pair| pair.mentee.contains("Mei") && pair.mentor.contains(mentor)).count()
    };
    let page = speed_rounds::plan_page(&g.store, &grace, id).await.unwrap();
    assert_eq!((meets(&page, "Kofi"), meets(&page, "Ravi")), (0, 1), "Ravi is the control");
    // A block after the plan takes the conversation away. The coordinator does not learn of it from the plan's state.
    blocks::block(&g.store, &ravi, mei.member().unwrap()).await.unwrap();
    let page = speed_rounds::plan_page(&g.store, &grace, id).await.unwrap();
    assert_eq!((meets(&page, "Ravi"), page.is_outdated), (0, false));
    change(&g, "grace", id, SpeedRoundChange::Publish).await.unwrap();
    g.expect_emails("speed_round_news=5").await;
    assert!(partners(&g, "mei", id).await.iter().all(String::is_empty));
    // After publishing too, and nobody is told.
    let sofia = g.actor("sofia").await;
    let before = partners(&g, "sofia", id).await;
    assert!(before.iter().any(|name| name.contains("Kofi")));
    blocks::block(&g.store, &kofi, sofia.member().unwrap()).await.unwrap();
    for (key, name) in [("sofia", "Kofi"), ("kofi", "Sofia")] {
        assert!(!partners(&g, key, id).await.iter().any(|partner| partner.contains(name)), "{key}");
    }
    g.expect_emails("").await;
}

/// M31: a withdrawal before the plan is published makes it out of date, and afterwards leaves breaks.
#[guild_test]
async fn m31_who_withdraws_leaves_a_break(g: Guild) {
    let id = signed_up(&g).await;
    plan(&g, id).await;
    let jonas = g.actor("jonas").await;
    for _ in 0..2 {
        speed_rounds::withdraw(&g.store, &jonas, id).await.unwrap();
    }
    g.expect_emails("").await;
    assert_eq!(refusal(change(&g, "grace", id, SpeedRoundChange::Publish).await), Refusal::SpeedPlanOutdated);
    plan(&g, id).await;
    change(&g, "grace", id, SpeedRoundChange::Publish).await.unwrap();
    g.expect_emails("speed_round_news=4").await;
    let ravi = g.actor("ravi").await;
    for _ in 0..2 {
        speed_rounds::withdraw(&g.store, &ravi, id).await.unwrap();
    }
    // Mei and Sofia would have met Ravi. Kofi would not have.
    g.expect_emails("speed_round_news=2").await;
    for key in ["mei", "sofia"] {
        let found = partners(&g, key, id).await;
        assert_eq!(found.iter().filter(|name| !name.is_empty()).count(), 1, "{found:?}");
    }
    // A conversation that has begun is no news.
    let kofi = g.actor("kofi").await;
    g.advance(Duration::hours(24));
    let first = partners(&g, "kofi", id).await.iter().filter(|name| !name.is_empty()).count();
    assert_eq!(first, 2);
    let begun = usize::from(!partners(&g, "kofi", id).await[0].is_empty());
    speed_rounds::withdraw(&g.store, &kofi, id).await.unwrap();
    assert_eq!(g.emails_of("speed_round_news").await.len(), 2 - begun);
    g.take_emails().await;
    g.advance(Duration::hours(1));
    let late = speed_rounds::withdraw(&g.store, &g.actor("mei").await, id).await;
    assert_eq!(refusal(late), Refusal::SpeedRoundOver);
}

/// M31: publishing and withdrawing at once leave nobody with a conversation that does not take place.
#[guild_test]
async fn m31_publishing_and_withdrawing_at_once_agree(g: Guild) {
    let id = signed_up(&g).await;
    plan(&g, id).await;
    let kofi = g.actor("kofi").await;
    let (published, withdrawn) = futures::join!(
        change(&g, "grace", id, SpeedRoundChange::Publish),
        speed_rounds::withdraw(&g.store, &kofi, id)
    );
    withdrawn.unwrap();
    let emails = g.emails_of("speed_round_news").await.len();
    match published {
        // Published to five people, and then three of them lost a conversation.
        Ok(()) => assert_eq!(emails, 5 + 3),
        Err(StoreError::Refused(why)) => assert_eq!((why, emails), (Refusal::SpeedPlanOutdated, 0)),
        Err(other) => panic!("{other:?}"),
    }
    let left = "SELECT CAST(COUNT(*) AS BIGINT) FROM speed_conversations c LEFT JOIN speed_sign_ups s \
                ON s.id = c.mentor_sign_up_id WHERE s.id IS NULL OR s.link <> ''";
    assert_eq!(g.number(left).await, 0);
    g.take_emails().await;
}

/// M31: somebody who signs up while a plan is made is in it, or the plan is out of date.
#[guild_test]
async fn m31_a_plan_is_saved_only_for_unchanged_sign_ups(g: Guild) {
    let id = signed_up(&g).await;
    change(&g, "grace", id, SpeedRoundChange::Plan).await.unwrap();
    let (ran, joined) =
        futures::join!(runner::run_due(&g.store), sign_up(&g, "marek", id, SignUpRole::Mentor));
    ran.unwrap();
    joined.unwrap();
    let page = speed_rounds::plan_page(&g.store, &g.actor("grace").await, id).await.unwrap();
    let marek = page.people.iter().find(|person| person.name.contains("Marek")).unwrap();
    assert!(page.is_outdated != (marek.conversations > 0), "{page:?}");
    // Control: a plan without a change is up to date and has him.
    plan(&g, id).await;
    let page = speed_rounds::plan_page(&g.store, &g.actor("grace").await, id).await.unwrap();
    assert!(!page.is_outdated && page.conversations() == 9);
}

/// M31: sign-up closes at the start, and nobody is in two rounds at the same time.
#[guild_test]
async fn m31_nobody_is_in_two_rounds_at_once_and_sign_up_closes(g: Guild) {
    g.demo().await;
    let programme = g.programme(&g.actor("grace").await).await;
    let (one, other, later) = (
        create(&g, &programme, 24).await,
        create(&g, &programme, 24).await,
        create(&g, &programme, 26).await,
    );
    let (first, second) = futures::join!(
        sign_up(&g, "mei", one, SignUpRole::Mentee),
        sign_up(&g, "mei", other, SignUpRole::Mentor)
    );
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    assert_eq!(refusal(first.and(second)), Refusal::SpeedRoundOverlaps);
    sign_up(&g, "mei", later, SignUpRole::Mentee).await.unwrap();
    // A cancelled round is in nobody's way.
    for id in [one, other] {
        change(&g, "grace", id, SpeedRoundChange::Cancel).await.unwrap();
    }
    g.expect_emails("speed_round_news=1").await;
    assert_eq!(refusal(sign_up(&g, "mei", one, SignUpRole::Mentee).await), Refusal::SpeedRoundCancelled);
    g.advance(Duration::hours(26));
    assert_eq!(refusal(sign_up(&g, "sofia", later, SignUpRole::Mentor).await), Refusal::SpeedRoundClosed);
    assert_eq!(refusal(change(&g, "grace", later, SpeedRoundChange::Plan).await), Refusal::SpeedRoundClosed);
}

/// M31: when an account is deleted, the partners get a break.
#[guild_test]
async fn m31_deleting_an_account_leaves_breaks(g: Guild) {
    g.demo().await;
    let programme = g.programme(&g.actor("grace").await).await;
    let id = create(&g, &programme, 24 * 9).await;
    sign_up(&g, "sofia", id, SignUpRole::Mentee).await.unwrap();
    sign_up(&g, "kofi", id, SignUpRole::Mentor).await.unwrap();
    plan(&g, id).await;
    change(&g, "grace", id, SpeedRoundChange::Publish).await.unwrap();
    data::request_deletion(&g.store, &g.actor("sofia").await).await.unwrap();
    g.take_emails().await;
    g.advance(Duration::days(8));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.emails_of("speed_round_news").await.len(), 1, "Kofi is told");
    assert!(partners(&g, "kofi", id).await.iter().all(String::is_empty));
    g.take_emails().await;
}

/// M31: forms with a mistake keep what was typed, without JavaScript.
#[guild_test]
async fn m31_forms_with_a_mistake_are_kept(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let programme = g.programme(&grace).await;
    let visit = g.visit(Some("grace"), "/mentoring/speed-rounds/new", Locale::En).await;
    let form = form(&g, &programme, 24);
    let fields = [
        ("programme", form.programme.as_str()),
        ("title", &form.title),
        ("about", &form.about),
        ("starts", "2020-01-01T10:00"),
        ("zone", "UTC"),
        ("waves", "3"),
        ("minutes", "15"),
        ("place", ""),
    ];
    g.post(&visit, "/api/speed_rounds/create", &fields, "text/html").await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("Three short conversations") && html.contains("aria-invalid"));
    let id = create(&g, &programme, 24).await;
    let page = format!("/mentoring/speed-rounds/{id}");
    let visit = g.visit(Some("kofi"), &page, Locale::En).await;
    let id = id.to_string();
    let fields =
        [("id", id.as_str()), ("role", "mentor"), ("topic_1", ""), ("link", "https://meet.example.org/kofi")];
    g.post(&visit, "/api/speed_rounds/sign_up", &fields, "text/html").await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("https://meet.example.org/kofi") && html.contains("aria-invalid"));
}

/// M31: a coordinator changes a round while its sign-up is open, and everybody who signed up learns of a new time.
#[guild_test]
async fn m31_an_open_round_is_edited_and_a_new_time_is_news(g: Guild) {
    let id = signed_up(&g).await;
    let grace = g.actor("grace").await;
    let page = speed_rounds::edit_page(&g.store, &grace, id).await.unwrap();
    assert!(page.has_people && page.fixed.is_none());
    let edit = async |key: &str, change: fn(&mut SpeedRoundForm), version: i32| {
        let mut form = page.round.to_form(domain::Zone::UTC, version);
        change(&mut form);
        let round = form.check(g.now()).unwrap();
        speed_rounds::edit(&g.store, &g.actor(key).await, id, round, version).await
    };
    // New texts are no news. Only coordinators change them, and only from the version that they have seen.
    let texts: fn(&mut SpeedRoundForm) = |form| form.title = "Meet a mentor again".into();
    for key in ["ada", "mei"] {
        assert_eq!(refusal(edit(key, texts, page.version).await), Refusal::NotAllowed, "{key}");
    }
    edit("grace", texts, page.version).await.unwrap();
    g.expect_emails("").await;
    let stale = refusal(edit("grace", texts, page.version).await);
    assert_eq!(stale, Refusal::ChangedMeanwhile { version: i64::from(page.version) + 1 });
    // A plan stays when only the length of a wave changes, and is out of date with more waves.
    plan(&g, id).await;
    edit("grace", |form| form.minutes = "20".into(), 2).await.unwrap();
    g.expect_emails("speed_round_news=5").await;
    let plan_now = speed_rounds::plan_page(&g.store, &grace, id).await.unwrap();
    assert_eq!((plan_now.is_outdated, plan_now.card.times.minutes), (false, 20));
    edit("grace", |form| form.waves = "4".into(), 3).await.unwrap();
    g.expect_emails("speed_round_news=5").await;
    assert!(speed_rounds::plan_page(&g.store, &grace, id).await.unwrap().is_outdated);
    // Somebody is in another round at the new time.
    let programme = page.round.programme.clone();
    let other = create(&g, &programme, 48).await;
    sign_up(&g, "mei", other, SignUpRole::Mentee).await.unwrap();
    let starts = (g.now() + Duration::hours(48)).format("%Y-%m-%dT%H:%M").to_string();
    let moved = SpeedRoundForm { starts, ..page.round.to_form(domain::Zone::UTC, 4) };
    let moved = moved.check(g.now()).unwrap();
    let again = || speed_rounds::edit(&g.store, &grace, id, moved.clone(), 4);
    assert_eq!(refusal(again().await), Refusal::SpeedRoundOverlapsOthers);
    speed_rounds::withdraw(&g.store, &g.actor("mei").await, other).await.unwrap();
    again().await.unwrap();
    g.expect_emails("speed_round_news=5").await;
    // A published round stays as it is.
    plan(&g, id).await;
    change(&g, "grace", id, SpeedRoundChange::Publish).await.unwrap();
    g.take_emails().await;
    assert_eq!(refusal(edit("grace", texts, 5).await), Refusal::SpeedRoundClosed);
    let page = speed_rounds::edit_page(&g.store, &grace, id).await.unwrap();
    assert_eq!(page.fixed, Some(Refusal::SpeedRoundClosed));
}

/// M31: two rounds that are moved to the same time at once leave nobody in both.
#[guild_test]
async fn m31_two_rounds_moved_at_once_leave_nobody_in_both(g: Guild) {
    g.demo().await;
    let programme = g.programme(&g.actor("grace").await).await;
    let (one, other) = (create(&g, &programme, 24).await, create(&g, &programme, 26).await);
    for id in [one, other] {
        sign_up(&g, "mei", id, SignUpRole::Mentee).await.unwrap();
    }
    let grace = g.actor("grace").await;
    let moved = form(&g, &programme, 30).check(g.now()).unwrap();
    let (first, second) = futures::join!(
        speed_rounds::edit(&g.store, &grace, one, moved.clone(), 1),
        speed_rounds::edit(&g.store, &grace, other, moved.clone(), 1)
    );
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    assert_eq!(refusal(first.and(second)), Refusal::SpeedRoundOverlapsOthers);
    g.expect_emails("speed_round_news=1").await;
}

/// M31: the form of a round is filled, and keeps what was typed after a mistake.
#[guild_test]
async fn m31_the_form_of_a_round_is_filled_and_kept(g: Guild) {
    let id = signed_up(&g).await;
    let path = format!("/mentoring/speed-rounds/{id}/edit");
    let visit = g.visit(Some("grace"), &path, Locale::En).await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("Three short conversations") && html.contains(CANARY), "filled");
    let id = id.to_string();
    let fields = [
        ("id", id.as_str()),
        ("programme", "craft-mentoring"),
        ("title", "Meet a mentor"),
        ("about", "A text that nobody wants to type again."),
        ("starts", "2020-01-01T10:00"),
        ("zone", "UTC"),
        ("waves", "3"),
        ("minutes", "15"),
        ("place", ""),
        ("version", "1"),
    ];
    g.post(&visit, "/api/speed_rounds/edit", &fields, "text/html").await;
    let html = g.page(&visit).await.html;
    assert!(html.contains("A text that nobody wants") && html.contains("aria-invalid"));
    let refused = g.visit(Some("mei"), &path, Locale::En).await;
    assert!(!g.page(&refused).await.html.contains(CANARY), "only coordinators open the form");
}

/// M31: whoever leaves a private group or is removed from it is withdrawn from its speed rounds, and sees them no more.
#[guild_test]
async fn m31_leaving_a_private_group_withdraws_from_its_speed_rounds(g: Guild) {
    g.demo().await;
    let group = private_group(&g).await;
    let add = async |key: &str, role: GroupRole| {
        let member = g.actor(key).await.member().unwrap();
        groups::add(&g.store, &Actor::Operator, &group, member, role).await.unwrap();
    };
    add("grace", GroupRole::Organiser).await;
    for key in ["mei", "sofia", "jonas", "kofi"] {
        add(key, GroupRole::Member).await;
    }
    let grace = g.actor("grace").await;
    let programme = g.programme_of(&grace, Some(&group)).await;
    let id = create(&g, &programme, 24).await;
    for (key, role) in [
        ("mei", SignUpRole::Mentee),
        ("sofia", SignUpRole::Mentee),
        ("jonas", SignUpRole::Mentee),
        ("kofi", SignUpRole::Mentor),
    ] {
        sign_up(&g, key, id, role).await.unwrap();
    }
    // Control: an open round that Mei keeps.
    let open = g.programme(&grace).await;
    let kept = create(&g, &open, 48).await;
    sign_up(&g, "mei", kept, SignUpRole::Mentee).await.unwrap();
    plan(&g, id).await;
    change(&g, "grace", id, SpeedRoundChange::Publish).await.unwrap();
    g.take_emails().await;
    let (mei, sofia) = (g.actor("mei").await, g.actor("sofia").await);
    let lost = speed_rounds::rounds_in_group(&g.store, &mei, &group).await.unwrap();
    assert_eq!(lost.into_iter().map(|card| card.id).collect::<Vec<_>>(), [id]);
    groups::leave(&g.store, &mei, &group).await.unwrap();
    groups::remove(&g.store, &grace, &group, sofia.member().unwrap()).await.unwrap();
    // Kofi would have met both of them.
    assert_eq!(g.emails_of("speed_round_news").await.len(), 2);
    g.take_emails().await;
    let met: Vec<_> = partners(&g, "kofi", id).await.into_iter().filter(|name| !name.is_empty()).collect();
    assert!(met.len() == 1 && met[0].contains("Jonas"), "Jonas stays: {met:?}");
    for actor in [&mei, &sofia] {
        let answer = speed_rounds::round(&g.store, actor, id).await;
        assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
    }
    let left = speed_rounds::rounds(&g.store, &mei).await.unwrap();
    assert_eq!(
        left.coming.iter().map(|card| card.id).filter(|it| [id, kept].contains(it)).collect::<Vec<_>>(),
        [kept]
    );
    // A sign-up that is still there shows nothing either.
    let jonas = g.actor("jonas").await;
    assert!(speed_rounds::round(&g.store, &jonas, id).await.is_ok(), "control: a member sees it");
    let leaves =
        "DELETE FROM group_members WHERE member_id = (SELECT id FROM members WHERE name LIKE 'Jonas%')";
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), leaves).await.unwrap();
    assert!(matches!(speed_rounds::round(&g.store, &jonas, id).await, Err(StoreError::NotFound)));
    let seen = speed_rounds::rounds(&g.store, &jonas).await.unwrap();
    assert!(!seen.coming.iter().any(|card| card.id == id));
    // He can still withdraw.
    speed_rounds::withdraw(&g.store, &jonas, id).await.unwrap();
    g.take_emails().await;
}

/// M31: somebody who signs up and leaves the group at the same moment is not signed up afterwards.
#[guild_test]
async fn m31_signing_up_and_leaving_the_group_at_once_agree(g: Guild) {
    g.demo().await;
    let group = private_group(&g).await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    for (actor, role) in [(&grace, GroupRole::Organiser), (&mei, GroupRole::Member)] {
        groups::add(&g.store, &Actor::Operator, &group, actor.member().unwrap(), role).await.unwrap();
    }
    let programme = g.programme_of(&grace, Some(&group)).await;
    let id = create(&g, &programme, 24).await;
    let (_, left) =
        futures::join!(sign_up(&g, "mei", id, SignUpRole::Mentee), groups::leave(&g.store, &mei, &group));
    left.unwrap();
    let page = speed_rounds::plan_page(&g.store, &grace, id).await.unwrap();
    assert!(page.people.is_empty(), "{page:?}");
    // Control: a member who stays is signed up.
    groups::add(&g.store, &Actor::Operator, &group, mei.member().unwrap(), GroupRole::Member).await.unwrap();
    sign_up(&g, "mei", id, SignUpRole::Mentee).await.unwrap();
    let page = speed_rounds::plan_page(&g.store, &grace, id).await.unwrap();
    assert_eq!(page.people.len(), 1);
    g.take_emails().await;
}

/// M31: the same form makes one round, and only coordinators make one.
#[guild_test]
async fn m31_only_coordinators_create_a_round(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let programme = g.programme(&grace).await;
    let round = form(&g, &programme, 24).check(g.now()).unwrap();
    let create = async |actor: &Actor| speed_rounds::create(&g.store, actor, round.clone(), "key").await;
    let id = create(&grace).await.unwrap();
    assert_eq!(create(&grace).await.unwrap(), id);
    for key in ["ada", "mei"] {
        assert_eq!(refusal(create(&g.actor(key).await).await), Refusal::NotAllowed, "{key}");
    }
    assert_eq!(speed_rounds::programmes_to_choose(&g.store, &g.actor("mei").await).await.unwrap(), []);
}
