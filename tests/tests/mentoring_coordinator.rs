//! What coordinators see and do while sign-up is open: the dashboard, invitations, CSV, and the jobs of M5.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Refusal, Slug,
    mentoring::{PreferenceKind, RoundState, SignUpRole, SignUpState},
};
use store::{
    StoreError,
    mentoring::{self, PreferenceChange},
    runner,
};
use tests::{Guild, guild_test};

use SignUpRole::{Mentee, Mentor};

/// The slug of a member's page.
async fn page_of(g: &Guild, actor: &Actor) -> Slug {
    store::members::myself(&g.store, actor).await.unwrap().slug
}

/// The dashboard counts both sides, and shows the demand for a mentor from five wishes up only.
#[guild_test]
async fn the_dashboard_counts_and_hides_single_wishes(g: Guild) {
    g.demo().await;
    let (grace, kofi) = (g.actor("grace").await, g.actor("kofi").await);
    let round = g.round(&grace).await;
    g.sign_up(&kofi, &round, Mentor, &["rust", "databases"], "").await;
    let crowd = g.crowd(5).await;
    let wish = PreferenceChange::Set(PreferenceKind::Wish);
    let mentor = page_of(&g, &kofi).await;
    for (at, mentee) in crowd.iter().enumerate() {
        let dashboard = mentoring::dashboard(&g.store, &grace, &round, 0).await.unwrap();
        assert!(dashboard.demand.is_empty(), "{at} wishes are not shown");
        mentoring::set_preference(&g.store, mentee, &round, Mentee, &mentor, wish).await.unwrap();
        g.sign_up(mentee, &round, Mentee, &["rust"], "Learn").await;
    }
    let dashboard = mentoring::dashboard(&g.store, &grace, &round, 0).await.unwrap();
    assert_eq!(dashboard.demand.len(), 1, "five are");
    assert_eq!(dashboard.demand[0].1, 5);
    assert_eq!((dashboard.all.mentees, dashboard.all.mentors, dashboard.all.places), (5, 1, 2));
    let (topic, sides) = &dashboard.topics[0];
    assert_eq!((topic.slug.as_str(), sides.mentees, sides.places), ("rust", 5, 2));
    assert_eq!(dashboard.sign_ups.len(), 6);
    for key in ["mei", "ada", "ravi"] {
        let other = mentoring::dashboard(&g.store, &g.actor(key).await, &round, 0).await;
        assert!(matches!(other, Err(StoreError::Refused(Refusal::NotAllowed))), "{key}");
    }
}

/// Policy permits everything to the operator, who works at the command line: a draft of a round is visible and
/// can be opened. Administrators are not operators, and see no draft until they coordinate the programme.
#[guild_test]
async fn the_operator_opens_a_round_and_an_administrator_does_not(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let programme = g.programme(&grace).await;
    let details = g.round_form().check().unwrap();
    let round = mentoring::create_round(&g.store, &grace, &programme, details, "").await.unwrap();
    let open = async |actor: &Actor| {
        mentoring::change_round(&g.store, actor, &round, domain::mentoring::RoundChange::Open).await
    };
    assert!(matches!(open(&g.actor("ada").await).await, Err(StoreError::NotFound)), "control");
    open(&Actor::Operator).await.unwrap();
    let page = mentoring::round(&g.store, &g.actor("mei").await, &round).await.unwrap();
    assert_eq!(page.card.state, RoundState::Open);
}

/// A spreadsheet is uploaded as a file, without JavaScript: the page shows what it would do, and imports it
/// from there. A file with a problem is kept and named, and nothing is imported. Only coordinators can upload
/// one.
#[guild_test]
async fn a_file_with_sign_ups_is_uploaded_checked_and_imported(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let round = g.round(&grace).await;
    let portal = g.portal(&[("demo", "true")]).await;
    let path = format!("/mentoring/rounds/{round}/import");
    let as_member = async |key: &str| {
        let browser = portal.browser();
        assert_eq!(browser.post("/sign-in/demo", &[("key", key)]).await.status, 303);
        browser
    };
    let (browser, stranger) = (as_member("grace").await, as_member("mei").await);
    let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_sign_ups s JOIN mentoring_rounds r \
                 ON r.id = s.round_id WHERE r.slug = ";
    let count = format!("{count}'{round}'");
    let file = "\u{feff}member,role\nkofi-mensah,mentee\nmei-tanaka,mentor\n";
    assert_eq!(stranger.upload(&path, "csv", file.as_bytes()).await.status, 403, "control");
    let wrong = browser.upload(&path, "csv", b"member,role\nnobody-here,mentee\nmei-tanaka,mentor\n").await;
    assert_eq!(wrong.status, 303);
    let page = browser.get(&path).await.body;
    assert!(page.contains("Line 2") && page.contains("nobody-here"), "{page}");
    assert_eq!(g.number(&count).await, 0);
    for bad in [&b"\xff\xfe\x00"[..], b"", b" \n"] {
        assert_eq!(browser.upload(&path, "csv", bad).await.status, 303);
        assert!(browser.get(&path).await.body.contains("nobody-here"), "the last good file is kept");
    }
    assert_eq!(browser.upload(&path, "csv", &vec![b'a'; 2 * 1024 * 1024]).await.status, 413);
    // A long file isn't shown for editing. The button imports it from where it was kept.
    let long = format!("{file}{}", "\n".repeat(30_000));
    browser.upload(&path, "csv", long.as_bytes()).await;
    let page = browser.get(&path).await.body;
    assert!(!page.contains("<textarea") && page.contains("value=\"yes\""), "{page}");
    // Another file was kept meanwhile, for example in another tab. The button is for the file that was checked.
    let digest = mentoring::import_digest(long.trim_start_matches('\u{feff}'));
    assert!(page.contains(&digest));
    let other = format!("member,role\nsofia-petrova,mentee\n{}", "\n".repeat(30_000));
    browser.upload(&path, "csv", other.as_bytes()).await;
    let fields = [("slug", round.as_str()), ("confirm", "yes"), ("digest", digest.as_str())];
    assert_eq!(browser.post("/api/mentoring/import", &fields).await.status, 303);
    assert_eq!(g.number(&count).await, 0, "the file that was not checked is not imported");
    let page = browser.get(&path).await.body;
    assert!(page.contains("changed after you checked it") && page.contains("1 mentee"), "{page}");
    // Control: the file that was checked is imported.
    browser.upload(&path, "csv", long.as_bytes()).await;
    assert_eq!(browser.post("/api/mentoring/import", &fields).await.status, 303);
    assert_eq!(g.number(&count).await, 2);
    g.take_emails().await;
}

/// People who teach a topic are invited once, and those who turned such emails off get none.
#[guild_test]
async fn mentors_are_invited_once_and_can_turn_it_off(g: Guild) {
    g.demo().await;
    let grace = g.actor("grace").await;
    let round = g.round(&grace).await;
    let topic = Slug::parse("agile-practices").unwrap();
    let first = mentoring::invite(&g.store, &grace, &round, &topic).await.unwrap();
    assert!(first > 0);
    g.expect_emails(&format!("mentor_wanted={first}")).await;
    assert_eq!(mentoring::invite(&g.store, &grace, &round, &topic).await.unwrap(), 0);
    // In another round, everybody is off.
    g.rows(
        "INSERT INTO email_preferences (id, member_id, category, group_id, delivery) \
         SELECT id, id, 'mentoring', NULL, 'off' FROM members RETURNING id",
    )
    .await;
    let other = g.round(&grace).await;
    assert_eq!(mentoring::invite(&g.store, &grace, &other, &topic).await.unwrap(), first);
    g.expect_emails("").await;
    let mei = mentoring::invite(&g.store, &g.actor("mei").await, &round, &topic).await;
    assert!(matches!(mei, Err(StoreError::Refused(Refusal::NotAllowed))));
}

/// M5: two days before sign-up closes, everybody gets one email with what we have about them, and then it closes.
#[guild_test]
async fn m5_everybody_checks_their_answers_before_sign_up_closes(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (&g.actor("mei").await, &g.actor("kofi").await);
    let round = g.round(&g.actor("grace").await).await;
    g.sign_up(mei, &round, Mentee, &["rust"], "Perihelionvole").await;
    let hours = domain::mentoring::check_hours("UTC", &["18".to_owned()]).unwrap();
    mentoring::save_hours(&g.store, kofi, &round, Mentor, hours).await.unwrap();
    runner::run_due(&g.store).await.unwrap();
    assert!(g.emails_of("sign_up_review").await.is_empty());
    g.advance(Duration::days(9));
    runner::run_due(&g.store).await.unwrap();
    let emails = g.emails_of("sign_up_review").await;
    assert_eq!(emails.len(), 2);
    let text = format!("{emails:?}");
    assert!(text.contains("Rust") && !text.contains("Perihelionvole"), "goals are on the page only: {text}");
    // The demo's reminders fall due too.
    g.take_emails().await;
    runner::run_due(&g.store).await.unwrap();
    assert!(g.emails_of("sign_up_review").await.is_empty(), "nobody gets it twice");
    g.advance(Duration::days(2));
    runner::run_due(&g.store).await.unwrap();
    g.take_emails().await;
    let page = mentoring::round(&g.store, mei, &round).await.unwrap();
    assert_eq!(page.card.state, RoundState::Closed);
}

/// An import with one bad cell names it and imports nothing. A good one makes drafts of people who have not agreed.
#[guild_test]
async fn an_import_is_all_or_nothing(g: Guild) {
    g.demo().await;
    let (grace, mei, kofi) = (g.actor("grace").await, g.actor("mei").await, g.actor("kofi").await);
    let round = g.round(&grace).await;
    let import = async |actor: &Actor, text: &str| {
        mentoring::import(&g.store, actor, &round, text, &mentoring::import_digest(text)).await
    };
    let header =
        "member,role,topics,goal,places,hours_a_month,languages,hours,answers,consented_on,wishes,never\n";
    let good = format!(
        "{header}mei-tanaka,mentee,rust; databases,Learn,,,en,Mon 18-21,By doing,2026-11-01,kofi-mensah,sofia-petrova\n\
         kofi-mensah,mentor,rust:3,,2,4,en; fi,Tue 18-21,By talking,,,\n"
    );
    let bad = format!(
        "{good}nobody-at-all,mentee,rust,Learn,,,en,Mon 18-21,By doing,,,\nada-okonkwo,boss,,,,,,soon,,,,\n"
    );
    let report = mentoring::check_import(&g.store, &grace, &round, &bad).await.unwrap();
    let named: Vec<(u32, &str)> =
        report.problems.iter().map(|problem| (problem.line, problem.column.as_str())).collect();
    assert_eq!(named, [(5, "role"), (5, "hours"), (4, "member")]);
    let refused = import(&grace, &bad).await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::ImportHasProblems { problems: 3 }))));
    let sign_ups = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_sign_ups s JOIN mentoring_rounds r \
                    ON r.id = s.round_id WHERE r.slug = 'craft-mentoring-spring'";
    assert_eq!(g.number(sign_ups).await, 0, "nothing is half imported");
    let report = mentoring::check_import(&g.store, &grace, &round, &good).await.unwrap();
    assert_eq!((report.mentees, report.mentors, report.problems.len()), (1, 1, 0));
    assert_eq!(g.number(sign_ups).await, 0, "checking changes nothing");
    let other = mentoring::import_digest(&bad);
    let changed = mentoring::import(&g.store, &grace, &round, &good, &other).await;
    assert!(matches!(changed, Err(StoreError::Refused(Refusal::ImportChanged))));
    assert_eq!(g.number(sign_ups).await, 0, "only the text that was checked is imported");
    let ends_of_lines = mentoring::import_digest(&good.replace('\n', "\r\n"));
    assert_eq!(ends_of_lines, mentoring::import_digest(&good), "a form has other ends of lines");
    let report = import(&grace, &good).await.unwrap();
    assert_eq!((report.mentees, report.mentors, report.drafts), (1, 1, 1));
    g.expect_emails("sign_up_review=2").await;
    let own = mentoring::form(&g.store, &mei, &round, Mentee).await.unwrap();
    assert_eq!((own.sign_up.state, own.people.len()), (SignUpState::Submitted, 2));
    let own = mentoring::form(&g.store, &kofi, &round, Mentor).await.unwrap();
    assert_eq!(own.sign_up.state, SignUpState::Draft, "Kofi confirms it himself");
    let again = mentoring::check_import(&g.store, &grace, &round, &good).await.unwrap();
    assert_eq!(again.problems.len(), 2, "nobody is imported twice");
    let admin = import(&g.actor("ada").await, &good).await;
    assert!(matches!(admin, Err(StoreError::Refused(Refusal::NotAllowed))));
}

/// An export is for coordinators, has no formulas, and leaves out wishes and blocks. It can be imported again.
#[guild_test]
async fn an_export_has_no_formulas_wishes_or_blocks(g: Guild) {
    g.demo().await;
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let round = g.round(&grace).await;
    let say = async |person: &str, kind| {
        let person = Slug::parse(person).unwrap();
        let change = PreferenceChange::Set(kind);
        mentoring::set_preference(&g.store, &mei, &round, Mentee, &person, change).await.unwrap();
    };
    say("kofi-mensah", PreferenceKind::Wish).await;
    say("sofia-petrova", PreferenceKind::Never).await;
    g.sign_up(&mei, &round, Mentee, &["rust"], "=HYPERLINK(\"https://evil.example\")").await;
    let csv = mentoring::export(&g.store, &grace, &round).await.unwrap();
    assert!(
        csv.contains("'=HYPERLINK") && !csv.contains(",=HYPERLINK") && !csv.contains("\"=HYPERLINK"),
        "{csv}"
    );
    assert!(!csv.contains("kofi-mensah") && !csv.contains("sofia-petrova"), "{csv}");
    // Control: the export does contain the sign-up, and an import reads it.
    assert!(csv.contains("mei-tanaka") && csv.contains("By doing"), "{csv}");
    let other = g.round(&grace).await;
    let report = mentoring::check_import(&g.store, &grace, &other, &csv).await.unwrap();
    assert_eq!((report.mentees, report.problems.len()), (1, 0), "{:?}", report.problems);
    for key in ["mei", "ada", "ravi"] {
        let refused = mentoring::export(&g.store, &g.actor(key).await, &round).await;
        assert!(matches!(refused, Err(StoreError::Refused(Refusal::NotAllowed))), "{key}");
    }
}
