//! Reports and blocks (F3).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use domain::{
    Actor, MemberId, Refusal,
    reports::{Decision, ReportKind, ReportState},
};
use store::{StoreError, blocks, kudos, members, reports};
use tests::{Guild, guild_test};

const WORDS: &str = "This is about a person and not about their work.";
const REASON: &str = "We do not speak about people like that here.";

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Ada's newest kudos to Kofi, reported by Mei.
async fn reported_kudos(g: &Guild) -> String {
    g.demo().await;
    g.rows("DELETE FROM reports RETURNING id").await;
    let text = "You are loud and wrong, and everybody knows it by now.";
    g.give_kudos(&g.actor("tomas").await, &g.actor("kofi").await, text).await.unwrap().to_string()
}

async fn is_seen(g: &Guild, id: &str) -> bool {
    let latest = kudos::latest(&g.store, &Actor::Anonymous, 10).await.unwrap();
    latest.iter().any(|reported_kudos| reported_kudos.id.to_string() == id)
}

/// K7: reported kudos are hidden by a decision with a reason, which can be appealed.
#[guild_test]
async fn f3_a_report_is_acknowledged_decided_appealed_once_and_closed(g: Guild) {
    let key = reported_kudos(&g).await;
    let (ada, mei, tomas) = (g.actor("ada").await, g.actor("mei").await, g.actor("tomas").await);
    let id = reports::report(&g.store, &mei, ReportKind::Kudos, &key, WORDS).await.unwrap();
    assert_eq!(g.emails_of("report_received").await[0]["words"], WORDS);
    assert_eq!(
        refused(reports::report(&g.store, &mei, ReportKind::Kudos, &key, WORDS).await),
        Refusal::ReportedAlready
    );
    assert_eq!(
        refused(reports::report(&g.store, &tomas, ReportKind::Kudos, &key, WORDS).await),
        Refusal::Oneself
    );
    let (queue, _) = reports::queue(&g.store, &ada, None, 0).await.unwrap();
    assert_eq!(
        (
            queue.len(),
            queue[0].reporter.clone().unwrap().name.as_str(),
            queue[0].about.clone().unwrap().name.as_str()
        ),
        (1, "Mei Tanaka", "Tomás Herrera")
    );
    assert_eq!(
        refused(reports::appeal(&g.store, &mei, id, WORDS).await),
        Refusal::NoAppeal,
        "nothing has been decided yet"
    );
    assert!(!is_seen(&g, &key).await, "hidden until the decision");

    reports::decide(&g.store, &ada, id, Decision::Hidden, REASON).await.unwrap();
    assert!(!is_seen(&g, &key).await);
    assert_eq!(
        refused(reports::decide(&g.store, &ada, id, Decision::Nothing, REASON).await),
        Refusal::DecidedAlready
    );
    assert_eq!(g.emails_of("report_decided").await[0]["acted"], true);
    assert_eq!(
        (
            &g.emails_of("reported_decided").await[0]["hidden"],
            &g.emails_of("reported_decided").await[0]["reason"]
        ),
        (&true.into(), &REASON.into())
    );

    // The reported member learns the decision and its reason, but not who reported.
    let his_reports = reports::own(&g.store, &tomas).await.unwrap();
    assert_eq!(
        (
            his_reports.len(),
            his_reports[0].about_me,
            his_reports[0].may_appeal,
            his_reports[0].message.as_str()
        ),
        (1, true, true, "")
    );
    assert!(his_reports[0].reporter.is_none() && his_reports[0].about.is_none());
    let her_reports = reports::own(&g.store, &mei).await.unwrap();
    assert_eq!(
        (
            her_reports[0].about_me,
            her_reports[0].may_appeal,
            her_reports[0].message.as_str(),
            her_reports[0].reason.as_str()
        ),
        (false, false, WORDS, REASON)
    );
    assert!(reports::own(&g.store, &g.actor("kofi").await).await.unwrap().is_empty());
    assert!(matches!(
        reports::appeal(&g.store, &g.actor("kofi").await, id, WORDS).await,
        Err(StoreError::NotFound)
    ));

    reports::appeal(&g.store, &tomas, id, "It was a joke between the two of us.").await.unwrap();
    assert_eq!(refused(reports::appeal(&g.store, &tomas, id, WORDS).await), Refusal::NoAppeal, "once");
    assert_eq!(reports::queue(&g.store, &ada, None, 0).await.unwrap().0[0].state, ReportState::Appealed);
    assert!(
        reports::own(&g.store, &mei).await.unwrap()[0].appeal.is_empty(),
        "only the person who decides reads his appeal"
    );
    reports::decide(&g.store, &ada, id, Decision::Nothing, "The two of them say the same.").await.unwrap();
    assert!(is_seen(&g, &key).await, "the hidden kudos are shown again");
    assert_eq!(reports::get(&g.store, &ada, id).await.unwrap().state, ReportState::Closed);
    assert_eq!(refused(reports::appeal(&g.store, &mei, id, WORDS).await), Refusal::NoAppeal);
    assert_eq!(g.emails_of("reported_decided").await[1]["acted"], false);
    assert_eq!(reports::waiting(&g.store, &ada).await.unwrap(), 0);
    g.expect_emails("kudos_received=1 report_decided=2 report_received=1 reported_decided=2").await;
}

/// Two reports about the same kudos: reversing one decision doesn't show kudos that the other one has
/// hidden.
#[guild_test]
async fn f3_reversing_one_report_keeps_the_effect_of_another(g: Guild) {
    let key = reported_kudos(&g).await;
    let (ada, mei, sofia, tomas) =
        (g.actor("ada").await, g.actor("mei").await, g.actor("sofia").await, g.actor("tomas").await);
    let leila = g.actor("leila").await;
    let mut ids = Vec::new();
    for actor in [&mei, &sofia, &leila] {
        ids.push(reports::report(&g.store, actor, ReportKind::Kudos, &key, WORDS).await.unwrap());
    }
    let decide =
        async |n: usize, decision| reports::decide(&g.store, &ada, ids[n], decision, REASON).await.unwrap();
    decide(0, Decision::Hidden).await;
    decide(1, Decision::Nothing).await;
    assert!(!is_seen(&g, &key).await, "the first report has hidden it");
    decide(2, Decision::Hidden).await;
    reports::appeal(&g.store, &tomas, ids[0], WORDS).await.unwrap();
    decide(0, Decision::Nothing).await;
    assert!(!is_seen(&g, &key).await, "the third report has too");
    reports::appeal(&g.store, &tomas, ids[2], WORDS).await.unwrap();
    decide(2, Decision::Warning).await;
    assert!(is_seen(&g, &key).await);
    g.expect_emails("kudos_received=1 report_decided=5 report_received=3 reported_decided=4").await;
}

#[guild_test]
async fn f3_members_can_report_only_what_they_can_see(g: Guild) {
    g.demo().await;
    let (mei, slug) = (g.actor("mei").await, g.event(None).await);
    reports::report(&g.store, &mei, ReportKind::Event, slug.as_str(), WORDS).await.unwrap();
    let kofi = g.actor("kofi").await.member().unwrap();
    reports::report(&g.store, &mei, ReportKind::Member, &kofi.to_string(), WORDS).await.unwrap();
    let group = store::groups::find(&g.store, &mei, &Default::default(), 0).await.unwrap().0[0].slug.clone();
    reports::report(&g.store, &mei, ReportKind::Group, group.as_str(), WORDS).await.unwrap();
    let draft = tests::event_form(None).check().unwrap();
    let draft = store::events::create(&g.store, &g.actor("grace").await, draft, "key").await.unwrap();
    for (kind, key) in [
        (ReportKind::Event, draft.as_str()),
        (ReportKind::Event, "absent"),
        (ReportKind::Member, "x"),
        (ReportKind::Kudos, "00000000-0000-0000-0000-000000000000"),
    ] {
        assert!(
            matches!(reports::report(&g.store, &mei, kind, key, WORDS).await, Err(StoreError::NotFound)),
            "{key}"
        );
    }
    assert_eq!(
        refused(reports::report(&g.store, &Actor::Anonymous, ReportKind::Event, slug.as_str(), WORDS).await),
        Refusal::SignInFirst
    );
    for key in ["mei", "grace"] {
        let actor = g.actor(key).await;
        assert_eq!(refused(reports::queue(&g.store, &actor, None, 0).await), Refusal::NotAllowed);
    }
    g.expect_emails("report_received=3").await;
}

/// K7: members who block each other cannot give each other kudos.
#[guild_test]
async fn f3_blocked_pairs_never_see_each_other(g: Guild) {
    let key = reported_kudos(&g).await;
    let (mei, tomas) = (g.actor("mei").await, g.actor("tomas").await);
    let sees = async |actor: &Actor| {
        kudos::latest(&g.store, actor, 1000).await.unwrap().iter().any(|one| one.id.to_string() == key)
    };
    let ids: (MemberId, MemberId) = (mei.member().unwrap(), tomas.member().unwrap());
    assert!(sees(&mei).await, "control");
    blocks::block(&g.store, &mei, ids.1).await.unwrap();
    blocks::block(&g.store, &mei, ids.1).await.unwrap();
    assert!(!sees(&mei).await);
    for (from, to) in [(&mei, &tomas), (&tomas, &mei)] {
        let given = g.give_kudos(from, to, "Twenty characters and a few more.").await;
        let absent =
            matches!(given, Err(StoreError::Invalid(problems)) if problems[0].why == Refusal::NobodyCalled);
        assert!(absent, "both directions get the response of an absent member");
    }
    let names = async |actor: &Actor| {
        let found = members::companions(&g.store, actor, 1000).await.unwrap();
        found.into_iter().map(|one| one.person.name).collect::<Vec<_>>()
    };
    let ada = g.actor("ada").await;
    let group = tests::group_details("Both");
    let group = store::groups::create(&g.store, &ada, group, "").await.unwrap();
    for id in [ids.0, ids.1] {
        store::groups::add(&g.store, &ada, &group, id, domain::groups::GroupRole::Member).await.unwrap();
    }
    assert!(!names(&mei).await.contains(&"Tomás Herrera".to_owned()));
    assert!(!names(&tomas).await.contains(&"Mei Tanaka".to_owned()), "a block works in both directions");
    assert_eq!(blocks::list(&g.store, &mei).await.unwrap()[0].name.as_deref(), Some("Tomás Herrera"));
    g.expect_emails("kudos_received=1").await;
    assert!(blocks::list(&g.store, &tomas).await.unwrap().is_empty());
    assert_eq!(refused(blocks::block(&g.store, &mei, ids.0).await), Refusal::Oneself);
    blocks::unblock(&g.store, &mei, ids.1).await.unwrap();
    assert!(sees(&mei).await && names(&mei).await.contains(&"Tomás Herrera".to_owned()));
}
