//! Members' rights to their data (F1): a copy of everything, and deletion without remains.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeSet;

use chrono::Duration;
use domain::{
    Actor, Refusal, Role,
    events::RsvpState,
    groups::GroupRole,
    kudos::Reaction,
    members::{About, Address, Work},
    reports::{Decision, ReportKind},
};
use store::{
    Engine, StoreError, admin, blocks, data, events, groups, inventory, kudos, members, outbox, reports,
    runner, suppressions,
};
use tests::{Guild, event_form, guild_test};

fn refused<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> Refusal {
    match answer {
        Err(StoreError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// A member with rows in every table.
async fn member_with_data_everywhere(g: &Guild) -> Actor {
    g.demo().await;
    g.rows("DELETE FROM reports RETURNING id").await;
    let address = Address::parse("Zuzanna.Wisniewska@guild.example").unwrap();
    let (ada, actor) = (g.actor("ada").await, g.joined(&address).await);
    let profile = domain::members::ProfileInput::check(
        "Zuzanna Wiśniewska",
        "Europe/Warsaw",
        "en",
        "Counts things",
        &["design".into()],
    );
    members::save_profile(&g.store, &actor, profile.unwrap()).await.unwrap();
    let slug = g.event(Some(1)).await;
    g.rsvp(&actor, &slug, 0).await.unwrap();
    g.rsvp(&g.actor("kofi").await, &slug, 0).await.unwrap();
    let group = groups::create(&g.store, &ada, tests::group_details("Counters"), "").await.unwrap();
    groups::add(&g.store, &ada, &group, actor.member().unwrap(), GroupRole::Member).await.unwrap();
    let text = "You counted what nobody else had counted, and it helped.";
    g.give_kudos(&ada, &actor, text).await.unwrap();
    let given = g.give_kudos(&actor, &ada, text).await.unwrap();
    kudos::react(&g.store, &actor, given, Reaction::Heart, true).await.unwrap();
    blocks::block(&g.store, &actor, g.actor("tomas").await.member().unwrap()).await.unwrap();
    let event = ReportKind::Event;
    reports::report(&g.store, &actor, event, slug.as_str(), "The time is wrong by an hour.").await.unwrap();
    let email = g.email_to(address.as_str()).await;
    assert!(suppressions::record_bounce(&g.store, &address, email, "550 5.1.1").await.unwrap());
    let draft = domain::forms::Draft::default();
    let owner = domain::forms::DraftOwner::Member(actor.member().unwrap());
    store::drafts::keep(&g.store, &owner, "form", &draft).await.unwrap();
    actor
}

#[guild_test]
async fn f1_a_copy_contains_every_table_of_the_inventory(g: Guild) {
    let actor = member_with_data_everywhere(&g).await;
    let copy = data::copy_of(&g.store, &actor).await.unwrap();
    let rows =
        |name: &str| copy.tables.iter().find(|table| table.name == name).map_or(0, |table| table.rows.len());
    let there: BTreeSet<&str> = copy.tables.iter().map(|table| table.name.as_str()).collect();
    let member_columns = inventory::MEMBER_COLUMNS.iter().map(|(table, column, ..)| (*table, *column));
    let address_columns = inventory::ADDRESS_COLUMNS.iter().map(|(table, column, _)| (*table, *column));
    for (table, column) in member_columns.chain(address_columns) {
        let left_out = inventory::NOT_EXPORTED.iter().any(|(t, c, _)| (*t, *c) == (table, column));
        assert!(
            there.contains(table) || left_out,
            "{table}.{column} is neither exported nor declared private"
        );
    }
    for table in [
        "members",
        "sign_in_sessions",
        "rsvps",
        "emails",
        "drafts",
        "member_disciplines",
        "group_members",
        "blocks",
        "reports",
        "suppressions",
        "sign_ins",
        "audit",
    ] {
        assert!(rows(table) > 0, "{table}");
    }
    assert_eq!(rows("kudos"), 2, "given and got");
    let all =
        serde_json::to_string(&copy.tables.iter().map(|table| &table.rows).collect::<Vec<_>>()).unwrap();
    assert!(all.contains("Zuzanna.Wisniewska@guild.example") && all.contains("Counts things"));
    assert!(!all.contains("_hash") && !all.contains("/sign-in/link/"), "no secret");
    let tomas = g.actor("tomas").await;
    let of_tomas = data::copy_of(&g.store, &tomas).await.unwrap();
    let of_tomas = of_tomas.tables.iter().find(|table| table.name == "blocks").unwrap();
    assert!(of_tomas.rows.is_empty(), "members don't learn who blocked them");
    assert!(matches!(
        data::copy_of(&g.store, &Actor::Anonymous).await,
        Err(StoreError::Refused(Refusal::SignInFirst))
    ));
    g.expect_emails("confirmed=1 kudos_received=2 report_received=1 waitlisted=1").await;
}

/// Rows of other members that name somebody don't appear in that person's copy.
#[guild_test]
async fn f1_a_copy_contains_no_data_of_other_members(g: Guild) {
    g.demo().await;
    g.rows("DELETE FROM reports RETURNING id").await;
    let (ada, grace, mei, tomas) =
        (g.actor("ada").await, g.actor("grace").await, g.actor("mei").await, g.actor("tomas").await);
    let all = async |actor: &Actor| {
        let copy = data::copy_of(&g.store, actor).await.unwrap();
        serde_json::to_string(&copy.tables.iter().map(|table| &table.rows).collect::<Vec<_>>()).unwrap()
    };
    // A manager's copy doesn't contain hidden parts of a report's profile.
    members::save_about(&g.store, &mei, About::check("", "canarybio").unwrap()).await.unwrap();
    members::save_visibility(&g.store, &mei, vec!["bio:me".to_owned()]).await.unwrap();
    members::save_work(&g.store, &mei, Work::check("", "grace-lindqvist", "").unwrap()).await.unwrap();
    assert!(all(&mei).await.contains("canarybio"), "control");
    assert!(!all(&grace).await.contains("canarybio"));
    // The reported member's copy doesn't contain the reporter's text, and the reporter's copy doesn't
    // contain theirs.
    let kudos = g.give_kudos(&tomas, &grace, "Twenty characters and a few more.").await.unwrap().to_string();
    let report = reports::report(&g.store, &mei, ReportKind::Kudos, &kudos, "canaryreport: I was there.")
        .await
        .unwrap();
    reports::decide(&g.store, &ada, report, Decision::Warning, "Not like that, please.").await.unwrap();
    reports::appeal(&g.store, &tomas, report, "canaryappeal: it was a joke.").await.unwrap();
    let (his, hers) = (all(&tomas).await, all(&mei).await);
    assert!(hers.contains("canaryreport") && !hers.contains("canaryappeal"));
    assert!(!his.contains("canaryreport"), "{his}");
    // The profile of an invited member doesn't appear in the inviter's copy.
    let group = groups::create(&g.store, &ada, tests::group_details("Askers"), "").await.unwrap();
    groups::invite(&g.store, &ada, &group, "canarystranger@guild.example").await.unwrap();
    assert!(!all(&ada).await.contains("canarystranger"));
    g.expect_emails(
        "group_invitation=1 kudos_received=1 report_decided=1 report_received=1 reported_decided=1",
    )
    .await;
}

#[guild_test]
async fn f1_deletion_waits_for_seven_days_and_can_be_cancelled(g: Guild) {
    let actor = member_with_data_everywhere(&g).await;
    g.expect_emails("confirmed kudos_received report_received waitlisted").await;
    let at = data::request_deletion(&g.store, &actor).await.unwrap();
    assert_eq!(at, g.now() + Duration::days(7));
    g.advance(Duration::days(1));
    assert_eq!(
        data::request_deletion(&g.store, &actor).await.unwrap(),
        at,
        "asking again doesn't move the date"
    );
    assert_eq!(g.emails_of("deletion_planned").await.len(), 1);
    assert!(runner::run_due(&g.store).await.unwrap().is_some_and(|next| next <= at));
    g.advance(Duration::days(5));
    runner::run_due(&g.store).await.unwrap();
    let seats = "SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps r JOIN members m ON m.id = r.member_id WHERE m.name LIKE 'Zuzanna%' AND r.state = 'going'";
    assert_eq!(g.number(seats).await, 1, "the seat is kept until the deletion");
    data::cancel_deletion(&g.store, &actor).await.unwrap();
    g.advance(Duration::days(30));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(g.number(seats).await, 1);
    assert_eq!(data::planned(&g.store, &actor).await.unwrap().at, None);
    g.expect_emails("deletion_planned=1 digest=1 reminder=16").await;
}

#[guild_test]
async fn f1_deletion_gives_up_seats_and_leaves_no_traces(g: Guild) {
    let actor = member_with_data_everywhere(&g).await;
    let id = actor.member().unwrap();
    let (ada, kofi) = (g.actor("ada").await, g.actor("kofi").await);
    data::request_deletion(&g.store, &actor).await.unwrap();
    for email in outbox::claim(&g.store, 100).await.unwrap() {
        outbox::settle(&g.store, email.id, outbox::Outcome::Sent).await.unwrap();
    }
    g.advance(Duration::days(7) - Duration::days(5) + Duration::hours(1));
    let before = traces(&g).await;
    assert!(!before.is_empty(), "control: the search finds traces before the deletion");
    // The event is in three days, before the seven days are over. So the deletion is moved forward.
    g.rows("UPDATE deletions SET due_at = requested_at RETURNING member_id").await;
    runner::run_due(&g.store).await.unwrap();
    let going = "SELECT CAST(COUNT(*) AS BIGINT) FROM rsvps r JOIN members m ON m.id = r.member_id \
                 JOIN events e ON e.id = r.event_id WHERE e.title = 'An evening' AND m.name LIKE 'Kofi%' AND r.state = 'going'";
    assert_eq!(g.number(going).await, 1, "the freed seat goes to the waitlist");
    assert_eq!(g.emails_of("deletion_done").await.len(), 1);
    let _ = (kofi, RsvpState::Going);
    // The last email is sent and then deleted.
    for email in outbox::claim(&g.store, 100).await.unwrap() {
        outbox::settle(&g.store, email.id, outbox::Outcome::Sent).await.unwrap();
    }
    assert_eq!(traces(&g).await, Vec::<String>::new());
    assert!(matches!(admin::person(&g.store, &ada, id).await, Err(StoreError::NotFound)));
    let anonymous_reports =
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM reports WHERE reporter_id IS NULL").await;
    assert_eq!(anonymous_reports, 1, "the report itself is kept");
    let retained =
        admin::log(&g.store, &ada, &admin::LogFilter { record: Some(id.0), ..Default::default() }, 0)
            .await
            .unwrap()
            .0;
    assert!(
        retained.iter().any(|line| line.action == "member.erase")
            && retained.iter().any(|line| line.actor == admin::LogActor::Gone)
    );
    // A deleted member may join again like anybody else.
    g.joined(&Address::parse("zuzanna.wisniewska@guild.example").unwrap()).await;
    g.expect_emails("promoted=1 reminder=10 waitlisted=1").await;
}

#[guild_test]
async fn f1_the_last_organiser_or_administrator_hands_over_first(g: Guild) {
    g.demo().await;
    let (ada, mei) = (g.actor("ada").await, g.actor("mei").await);
    assert_eq!(refused(data::request_deletion(&g.store, &ada).await), Refusal::LastAdministrator);
    let group = groups::create(&g.store, &ada, tests::group_details("Alone"), "").await.unwrap();
    groups::add(&g.store, &ada, &group, mei.member().unwrap(), GroupRole::Organiser).await.unwrap();
    groups::add(&g.store, &ada, &group, ada.member().unwrap(), GroupRole::Member).await.unwrap();
    assert_eq!(refused(data::request_deletion(&g.store, &mei).await), Refusal::HandOverFirst { groups: 1 });
    assert_eq!(data::planned(&g.store, &mei).await.unwrap().sole_organiser_of, ["Alone"]);
    let operator = data::delete_now(&g.store, &Address::parse("mei@guild.example").unwrap()).await;
    assert_eq!(refused(operator), Refusal::HandOverFirst { groups: 1 });
    let kofi = g.actor("kofi").await.member().unwrap();
    groups::add(&g.store, &ada, &group, kofi, GroupRole::Organiser).await.unwrap();
    data::request_deletion(&g.store, &mei).await.unwrap();
    // Suspended members keep the right to be deleted.
    let leila = g.actor("leila").await.member().unwrap();
    admin::suspend(&g.store, &ada, leila, "Words that hurt, again.").await.unwrap();
    let leila = g.actor("leila").await;
    assert!(matches!(leila, Actor::Member { role: Role::Suspended, .. }));
    data::request_deletion(&g.store, &leila).await.unwrap();
    data::copy_of(&g.store, &leila).await.unwrap();
    data::cancel_deletion(&g.store, &leila).await.unwrap();
    g.expect_emails("deletion_planned=2 left=3 suspended=1").await;
}

/// The other organiser can leave while one waits to be deleted.
#[guild_test]
async fn f1_a_group_keeps_an_organiser_until_the_deletion(g: Guild) {
    g.demo().await;
    let (ada, mei, kofi, leila) =
        (g.actor("ada").await, g.actor("mei").await, g.actor("kofi").await, g.actor("leila").await);
    let group = groups::create(&g.store, &ada, tests::group_details("Pair"), "").await.unwrap();
    let set_role = async |actor: &Actor, role| {
        groups::add(&g.store, &ada, &group, actor.member().unwrap(), role).await.unwrap()
    };
    set_role(&mei, GroupRole::Organiser).await;
    set_role(&kofi, GroupRole::Organiser).await;
    set_role(&ada, GroupRole::Member).await;
    data::request_deletion(&g.store, &mei).await.unwrap();
    assert_eq!(
        refused(data::request_deletion(&g.store, &kofi).await),
        Refusal::HandOverFirst { groups: 1 },
        "the other organiser is about to leave"
    );
    groups::leave(&g.store, &kofi, &group).await.unwrap();
    set_role(&leila, GroupRole::Organiser).await;
    admin::suspend(&g.store, &ada, leila.member().unwrap(), "Words that hurt, again.").await.unwrap();
    g.expect_emails("deletion_planned left suspended").await;
    let there =
        async || g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM members WHERE demo_key = 'mei'").await == 1;
    for day in 7..9 {
        g.advance(Duration::days(if day == 7 { 7 } else { 1 }) + Duration::hours(1));
        runner::run_due(&g.store).await.unwrap();
        assert!(there().await, "day {day}");
    }
    let reminders = g.emails_of("deletion_waits").await;
    assert_eq!((reminders.len(), &reminders[0]["groups"][0]), (1, &"Pair".into()), "once");
    set_role(&kofi, GroupRole::Organiser).await;
    g.advance(Duration::days(1) + Duration::hours(1));
    runner::run_due(&g.store).await.unwrap();
    assert!(!there().await);
    g.expect_emails("deletion_done=1 offer=1 promoted=1 reminder=15").await;
}

/// Sent emails are deleted when they name the deleted member. All other emails are kept.
#[guild_test]
async fn f1_a_deletion_keeps_emails_that_do_not_name_the_member(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let form = domain::groups::GroupForm {
        name: "Askers".into(),
        kind: "chapter".into(),
        joining: "request".into(),
        ..Default::default()
    };
    let group = groups::create(&g.store, &ada, form.check().unwrap(), "").await.unwrap();
    let names = ["%%%", "Eve", "eve", "group", "Evelyn \"E\" Day"];
    let address = |i: usize| Address::parse(&format!("asker{i}@guild.example")).unwrap();
    for (i, name) in names.iter().enumerate() {
        let actor = g.joined(&address(i)).await;
        let profile = domain::members::ProfileInput::check(name, "UTC", "en", "", &[]).unwrap();
        members::save_profile(&g.store, &actor, profile).await.unwrap();
        groups::request_to_join(&g.store, &actor, &group, "").await.unwrap();
    }
    for email in outbox::claim(&g.store, 100).await.unwrap() {
        outbox::settle(&g.store, email.id, outbox::Outcome::Sent).await.unwrap();
    }
    let left = async || {
        let rows = g.rows("SELECT payload FROM emails WHERE kind = 'join_requested' ORDER BY id").await;
        let read = |row: &sea_orm::QueryResult| -> serde_json::Value {
            serde_json::from_str(&row.try_get::<String>("", "payload").unwrap()).unwrap()
        };
        rows.iter().map(|row| read(row)["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(left().await, names, "control");
    for (i, name) in names.iter().enumerate() {
        data::delete_now(&g.store, &address(i)).await.unwrap();
        assert_eq!(left().await, names[i + 1..], "without {name}");
    }
    g.expect_emails("deletion_done=5").await;
}

/// Emails to hosts about new requests list names. Such an email stays, sent or not, and the deleted member is only
/// counted in it.
#[guild_test]
async fn f1_a_deletion_takes_the_name_out_of_emails_about_new_requests(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let mut form = event_form(None);
    form.approval = "on".into();
    let slug = events::create(&g.store, &ada, form.check().unwrap(), "asked").await.unwrap();
    events::publish(&g.store, &ada, &slug).await.unwrap();
    let names = ["title", "Evelyn \"E\" Day", "Eve"];
    let address = |i: usize| Address::parse(&format!("asker{i}@guild.example")).unwrap();
    for sent in [true, false] {
        for (i, name) in names.iter().enumerate() {
            let actor = g.joined(&address(i)).await;
            let profile = domain::members::ProfileInput::check(name, "UTC", "en", "", &[]).unwrap();
            members::save_profile(&g.store, &actor, profile).await.unwrap();
            g.rsvp(&actor, &slug, 0).await.unwrap();
        }
        g.advance(Duration::minutes(10));
        runner::run_due(&g.store).await.unwrap();
        if sent {
            for email in outbox::claim(&g.store, 100).await.unwrap() {
                outbox::settle(&g.store, email.id, outbox::Outcome::Sent).await.unwrap();
            }
        }
        let left = async || {
            let rows = g.rows("SELECT payload FROM emails WHERE kind = 'new_requests' ORDER BY id").await;
            let payload: String = rows[0].try_get("", "payload").unwrap();
            serde_json::from_str::<serde_json::Value>(&payload).unwrap()
        };
        assert_eq!(left().await["names"], serde_json::json!(names), "control");
        for i in 0..names.len() {
            data::delete_now(&g.store, &address(i)).await.unwrap();
            let email = left().await;
            assert_eq!(email["names"], serde_json::json!(names[i + 1..]), "sent: {sent}");
            assert_eq!(email["requests"], 3, "still counted");
        }
        g.expect_emails("deletion_done=3 new_requests=1").await;
    }
}

#[guild_test]
async fn f1_the_last_email_is_deleted_however_it_ends(g: Guild) {
    g.demo().await;
    let ada = g.actor("ada").await;
    let address = Address::parse("zuzanna.wisniewska@guild.example").unwrap();
    let cause = || "550 5.1.1".to_owned();
    for ending in [Some(outbox::Outcome::Bounced(cause())), Some(outbox::Outcome::Failed(cause())), None] {
        g.joined(&address).await;
        data::delete_now(&g.store, &address).await.unwrap();
        assert_eq!(g.emails().await, "deletion_done=1", "control");
        match &ending {
            Some(ending) => {
                let email = outbox::claim(&g.store, 1).await.unwrap().remove(0);
                outbox::settle(&g.store, email.id, ending.clone()).await.unwrap();
            }
            None => {
                let all = outbox::admin::EmailSelection::Kind(
                    outbox::admin::DeliveryStatus::Pending,
                    "deletion_done".into(),
                );
                outbox::admin::cancel(&g.store, &ada, all).await.unwrap();
            }
        }
        assert_eq!(traces(&g).await, Vec::<String>::new(), "{ending:?}");
    }
}

#[guild_test]
async fn f1_the_operator_can_delete_a_member_at_once(g: Guild) {
    member_with_data_everywhere(&g).await;
    let address = Address::parse("zuzanna.wisniewska@guild.example").unwrap();
    assert_eq!(data::operator_copy(&g.store, &address).await.unwrap().name, "Zuzanna Wiśniewska");
    let log_entries =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'member.copy' AND member_id IS NULL";
    assert_eq!(g.number(log_entries).await, 1, "the log says that the operator made a copy");
    data::delete_now(&g.store, &address).await.unwrap();
    assert!(matches!(data::delete_now(&g.store, &address).await, Err(StoreError::NotFound)));
    assert!(matches!(
        events::decline(&g.store, domain::RsvpId(uuid::Uuid::nil()), &address, 0).await,
        Err(StoreError::NotFound)
    ));
    g.expect_emails("deletion_done=1 promoted=1 waitlisted=1").await;
}

/// Where traces of the member's name or address are: columns, and on SQLite the bytes of the files.
async fn traces(g: &Guild) -> Vec<String> {
    let mut found = Vec::new();
    let columns = match g.store.engine() {
        Engine::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT) AS t, CAST(column_name AS TEXT) AS c \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    for row in g.rows(columns).await {
        let (table, column): (String, String) =
            (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
        let sql = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM \"{table}\" WHERE LOWER(CAST(\"{column}\" AS TEXT)) LIKE '%wisniewska%' \
             OR CAST(\"{column}\" AS TEXT) LIKE '%Zuzanna%'"
        );
        if g.number(&sql).await > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    if g.store.engine() == Engine::Sqlite {
        let file = g.url.strip_prefix("sqlite://").unwrap();
        for end in ["", "-wal"] {
            let bytes = std::fs::read(format!("{file}{end}")).unwrap_or_default().to_ascii_lowercase();
            for needle in ["wisniewska", "zuzanna"] {
                if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                    found.push(format!("{needle} in the bytes of the file{end}"));
                }
            }
        }
    }
    found
}
