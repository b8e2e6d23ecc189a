//! Proposals: answers, races, reminders, pauses, and people who leave (M10 to M13, M23).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, ProposalId, Refusal, RoundId, SignUpId, Slug,
    mentoring::{Answer, ProposalState, SignUpRole},
};
use futures::future::join_all;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use store::{
    StoreError, blocks, data,
    mentoring::{
        self,
        proposals::{self, Answered, Parts},
        run,
    },
    runner,
};
use tests::{Engine, Guild, guild_test};
use uuid::Uuid;

/// Publishes the demo's draft and forgets its emails.
async fn published(g: &Guild) {
    g.demo().await;
    let round = Slug::parse("devsecops-mentoring-round-2").unwrap();
    run::publish(&g.store, &g.actor("grace").await, &round, 1).await.unwrap();
    g.take_emails().await;
}

/// A pending proposal with the demo keys of its mentee and its mentor.
async fn pending(g: &Guild) -> (ProposalId, Actor, Actor) {
    let sql = "SELECT p.id, a.demo_key, b.demo_key FROM mentoring_proposals p \
               JOIN mentoring_sign_ups s ON s.id = p.mentee_id JOIN members a ON a.id = s.member_id \
               JOIN mentoring_sign_ups t ON t.id = p.mentor_id JOIN members b ON b.id = t.member_id \
               WHERE p.state = 'pending' AND t.places = 1 ORDER BY p.mentee_id LIMIT 1";
    let row = &g.rows(sql).await[0];
    let key = |at: usize| row.try_get_by_index::<String>(at).unwrap();
    (ProposalId(row.try_get_by_index(0).unwrap()), g.actor(&key(1)).await, g.actor(&key(2)).await)
}

async fn change(g: &Guild, sql: &str) {
    assert!(g.raw().execute_unprepared(sql).await.unwrap().rows_affected() > 0, "{sql}");
}

fn literal(g: &Guild, id: Uuid) -> String {
    match g.store.engine() {
        Engine::Sqlite => format!("X'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    }
}

#[guild_test]
async fn m10_contact_details_appear_only_after_both_accept(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    for (actor, other) in [(&mentee, &mentor), (&mentor, &mentee)] {
        let page = proposals::page(&g.store, actor, id).await.unwrap();
        assert_eq!((page.state, page.contact), (ProposalState::Pending, None));
        assert!(!proposals::to_do(&g.store, actor).await.unwrap().is_empty());
        let _ = other;
    }
    assert_eq!(proposals::answer(&g.store, &mentee, id, Answer::Accept).await.unwrap(), Answered::Waiting);
    // Sending the same answer again changes nothing.
    assert_eq!(proposals::answer(&g.store, &mentee, id, Answer::Accept).await.unwrap(), Answered::Waiting);
    assert_eq!(proposals::page(&g.store, &mentee, id).await.unwrap().contact, None);
    g.expect_emails("").await;
    let started = proposals::answer_by_link(&g.store, id, SignUpRole::Mentor, Answer::Accept).await.unwrap();
    assert_eq!(started, Answered::Started);
    for actor in [&mentee, &mentor] {
        let contact = proposals::page(&g.store, actor, id).await.unwrap().contact.unwrap();
        assert!(contact.address.ends_with("@guild.example"));
    }
    assert!(proposals::to_do(&g.store, &mentee).await.unwrap().iter().all(|it| it.id != id));
    assert_eq!(g.emails_of("mentorship_started").await.len(), 2);
    g.take_emails().await;
}

#[guild_test]
async fn m10_reminders_on_day_3_and_6_then_it_expires(g: Guild) {
    published(&g).await;
    let (id, mentee, _) = pending(&g).await;
    change(
        &g,
        &format!("DELETE FROM mentoring_proposals WHERE state = 'pending' AND id <> {}", literal(&g, id.0)),
    )
    .await;
    proposals::answer(&g.store, &mentee, id, Answer::Accept).await.unwrap();
    for (days, expected) in [(2, ""), (1, "proposal_reminder=1"), (2, ""), (1, "proposal_reminder=1")] {
        g.advance(Duration::days(days));
        runner::run_due(&g.store).await.unwrap();
        runner::run_due(&g.store).await.unwrap();
        let found = g.take_emails().await;
        let found: Vec<_> = found.split(' ').filter(|kind| kind.starts_with("proposal")).collect();
        assert_eq!(found.join(" "), expected);
    }
    g.advance(Duration::days(1));
    runner::run_due(&g.store).await.unwrap();
    assert_eq!(proposals::page(&g.store, &mentee, id).await.unwrap().state, ProposalState::Expired);
    let late = proposals::answer(&g.store, &mentee, id, Answer::Decline).await;
    assert!(matches!(late, Err(StoreError::Refused(Refusal::ProposalOver))));
    assert!(g.take_emails().await.contains("proposal_ended=2"));
}

#[guild_test]
async fn m13_a_mentor_who_misses_two_proposals_is_paused_and_the_mentee_comes_first(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    change(
        &g,
        &format!("DELETE FROM mentoring_proposals WHERE state = 'pending' AND id <> {}", literal(&g, id.0)),
    )
    .await;
    change(&g, "UPDATE mentoring_sign_ups SET missed_proposals = 1 WHERE role = 'mentor'").await;
    proposals::answer(&g.store, &mentee, id, Answer::Accept).await.unwrap();
    g.advance(Duration::days(7));
    runner::run_due(&g.store).await.unwrap();
    assert!(g.take_emails().await.contains("matching_paused=1"));
    let round = Slug::parse("devsecops-mentoring-round-2").unwrap();
    let first = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_sign_ups WHERE is_first AND id = ";
    let sign_ups = "(SELECT mentee_id FROM mentoring_proposals WHERE state = 'expired')";
    assert_eq!(g.number(&format!("{first}{sign_ups}")).await, 1);
    let grace = g.actor("grace").await;
    let places = async || {
        run::start(&g.store, &grace, &round).await.unwrap();
        runner::run_due(&g.store).await.unwrap();
        let (_, runs) = run::runs(&g.store, &grace, &round).await.unwrap();
        runs[0].figures.clone().unwrap().places
    };
    let paused = places().await;
    // Control: a mentor who resumes offers the place again.
    let round_id: Uuid = {
        let sql = "SELECT id FROM mentoring_rounds WHERE slug = 'devsecops-mentoring-round-2'";
        g.rows(sql).await[0].try_get_by_index(0).unwrap()
    };
    proposals::resume(&g.store, &mentor, RoundId(round_id)).await.unwrap();
    assert_eq!(places().await, paused + 1);
    g.take_emails().await;
}

/// 64 people accept at once, and the mentor has one place. The proposals are copies of one, each for another mentee.
#[guild_test]
async fn m11_of_64_concurrent_acceptances_for_one_place_one_wins(g: Guild) {
    published(&g).await;
    let (id, ..) = pending(&g).await;
    let crowd = g.crowd(63).await;
    let mut ids = vec![id];
    for member in &crowd {
        let (sign_up, proposal) = (Uuid::now_v7(), Uuid::now_v7());
        copy(
            &g,
            "mentoring_sign_ups",
            sign_up,
            &format!("(SELECT mentee_id FROM mentoring_proposals WHERE id = {})", literal(&g, id.0)),
            &[("member_id", literal(&g, member.member().unwrap().0))],
        )
        .await;
        copy(&g, "mentoring_proposals", proposal, &literal(&g, id.0), &[("mentee_id", literal(&g, sign_up))])
            .await;
        ids.push(ProposalId(proposal));
    }
    let of_mentor = format!(
        "mentor_id = (SELECT one.mentor_id FROM mentoring_proposals one WHERE one.id = {})",
        literal(&g, id.0)
    );
    change(
        &g,
        &format!(
            "UPDATE mentoring_proposals SET mentor_answer = 'accept' WHERE state = 'pending' AND {of_mentor}"
        ),
    )
    .await;
    let answers =
        join_all(ids.iter().map(async |id| {
            proposals::answer_by_link(&g.store, *id, SignUpRole::Mentee, Answer::Accept).await
        }))
        .await;
    let won = answers.iter().filter(|it| matches!(it, Ok(Answered::Started))).count();
    let lost = answers
        .iter()
        .filter(|it| matches!(it, Err(StoreError::Refused(Refusal::ProposalOver)) | Ok(Answered::TooLate)))
        .count();
    assert_eq!((won, lost), (1, 63), "{answers:?}");
    let active = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM mentorships m JOIN mentoring_proposals p ON p.id = m.proposal_id WHERE m.state = 'active' AND p.{of_mentor}"
    );
    assert_eq!(g.number(&active).await, 1);
    let open = format!(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals WHERE state = 'pending' AND {of_mentor}"
    );
    assert_eq!(g.number(&open).await, 0);
    // Control: with another place, another one wins too.
    change(&g, "UPDATE mentoring_sign_ups SET places = 2 WHERE role = 'mentor' AND places = 1").await;
    let loser = ids[usize::from(matches!(answers[0], Ok(Answered::Started)))];
    change(
        &g,
        &format!(
            "UPDATE mentoring_proposals SET state = 'pending', mentee_answer = NULL WHERE id = {}",
            literal(&g, loser.0)
        ),
    )
    .await;
    let again = proposals::answer_by_link(&g.store, loser, SignUpRole::Mentee, Answer::Accept).await.unwrap();
    assert_eq!(again, Answered::Started);
    g.take_emails().await;
}

/// Copies a row under a new id, with some columns changed.
async fn copy(g: &Guild, table: &str, id: Uuid, from: &str, changed: &[(&str, String)]) {
    let names = match g.store.engine() {
        Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
        Engine::Postgres => format!(
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = current_schema()"
        ),
    };
    let names: Vec<String> =
        g.rows(&names).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    let value = |name: &String| match changed.iter().find(|(column, _)| column == name) {
        _ if name == "id" => format!("{}{}", literal(g, id), uuid_cast(g)),
        Some((_, value)) => format!("{value}{}", uuid_cast(g)),
        None => name.clone(),
    };
    let values: Vec<String> = names.iter().map(value).collect();
    let sql = format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE id = {from}",
        names.join(", "),
        values.join(", ")
    );
    change(g, &sql).await;
}

fn uuid_cast(g: &Guild) -> &'static str {
    match g.store.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "::uuid",
    }
}

#[guild_test]
async fn erasing_a_member_ends_mentorships_and_tells_the_partner_only_that(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    proposals::answer(&g.store, &mentee, id, Answer::Accept).await.unwrap();
    proposals::answer(&g.store, &mentor, id, Answer::Accept).await.unwrap();
    let name = store::members::myself(&g.store, &mentee).await.unwrap().name;
    g.take_emails().await;
    data::request_deletion(&g.store, &mentee).await.unwrap();
    g.advance(Duration::days(8));
    runner::run_due(&g.store).await.unwrap();
    let ended = g.emails_of("mentorship_ended").await;
    assert_eq!(ended.len(), 1);
    assert!(!ended[0].to_string().contains(&name), "it names nobody");
    let left =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM mentorships WHERE state = 'active' AND mentee_id IS NULL";
    assert_eq!(g.number(left).await, 0);
    let read = proposals::page(&g.store, &mentor, id).await;
    assert!(matches!(read, Err(StoreError::NotFound)));
    g.take_emails().await;
}

/// Whoever comes first wins: an answer, or what takes the proposal back. Never do both count.
#[guild_test]
async fn m11_an_answer_and_a_withdrawal_at_once_never_both_count(g: Guild) {
    published(&g).await;
    let sql = "SELECT p.id, a.demo_key, b.demo_key FROM mentoring_proposals p \
               JOIN mentoring_sign_ups s ON s.id = p.mentee_id JOIN members a ON a.id = s.member_id \
               JOIN mentoring_sign_ups t ON t.id = p.mentor_id JOIN members b ON b.id = t.member_id \
               WHERE p.state = 'pending' ORDER BY p.id";
    let round = Slug::parse("devsecops-mentoring-round-2").unwrap();
    for (at, row) in g.rows(sql).await.iter().enumerate() {
        let key = |at: usize| row.try_get_by_index::<String>(at).unwrap();
        let id = ProposalId(row.try_get_by_index(0).unwrap());
        let (mentee, mentor) = (g.actor(&key(1)).await, g.actor(&key(2)).await);
        let accept = async |side| proposals::answer_by_link(&g.store, id, side, Answer::Accept).await;
        // A pair before may have taken the mentor's last place.
        let _ = accept(SignUpRole::Mentee).await;
        let leave = async {
            match at % 3 {
                0 => blocks::block(&g.store, &mentee, mentor.member().unwrap()).await.map(drop),
                1 => mentoring::withdraw(&g.store, &mentee, &round, SignUpRole::Mentee).await,
                _ => proposals::answer(&g.store, &mentee, id, Answer::Decline).await.map(drop),
            }
        };
        let (_, left) = futures::future::join(accept(SignUpRole::Mentor), leave).await;
        let is_fine = matches!(left, Ok(()) | Err(StoreError::Refused(Refusal::ProposalOver)));
        assert!(is_fine, "{left:?}");
    }
    let torn = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals p LEFT JOIN mentorships m \
                ON m.proposal_id = p.id WHERE (p.state = 'accepted') <> (m.id IS NOT NULL)";
    assert_eq!(g.number(torn).await, 0);
    assert_eq!(g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals WHERE state = 'pending' AND mentor_answer = 'accept' AND mentee_answer = 'accept'").await, 0);
    g.take_emails().await;
}

/// Only on PostgreSQL do two changes of one row overlap. A proposal is accepted while a block, which read that
/// it is pending, waits for the row: it stays accepted. Control: an update without a condition on the state
/// would win.
#[guild_test]
async fn m11_a_block_takes_no_proposal_back_that_was_accepted_a_moment_before(g: Guild) {
    published(&g).await;
    if g.store.engine() == Engine::Sqlite {
        return;
    }
    let (id, mentee, mentor) = pending(&g).await;
    let row = format!("WHERE id = {}", literal(&g, id.0));
    let state = async || -> String {
        g.rows(&format!("SELECT state FROM mentoring_proposals {row}")).await[0].try_get_by_index(0).unwrap()
    };
    let accept = async |other: futures::future::BoxFuture<'_, ()>| {
        change(&g, &format!("UPDATE mentoring_proposals SET state = 'pending' {row}")).await;
        let tx = g.raw().begin().await.unwrap();
        tx.execute_unprepared(&format!("UPDATE mentoring_proposals SET state = 'accepted' {row}"))
            .await
            .unwrap();
        let commit = async {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            tx.commit().await.unwrap();
        };
        futures::future::join(other, commit).await;
        state().await
    };
    let block = async { blocks::block(&g.store, &mentee, mentor.member().unwrap()).await.map(drop).unwrap() };
    assert_eq!(accept(Box::pin(block)).await, "accepted");
    assert_eq!(g.take_emails().await, "", "nobody is told that it ended");
    let careless =
        async { change(&g, &format!("UPDATE mentoring_proposals SET state = 'withdrawn' {row}")).await };
    assert_eq!(accept(Box::pin(careless)).await, "withdrawn", "control");
}

/// Who left the round can't begin a mentorship. Control: as long as both take part, it begins.
#[guild_test]
async fn m10_a_mentorship_begins_only_while_both_take_part(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    proposals::answer(&g.store, &mentee, id, Answer::Accept).await.unwrap();
    let side = format!("(SELECT mentee_id FROM mentoring_proposals WHERE id = {})", literal(&g, id.0));
    let set = async |state: &str| {
        change(&g, &format!("UPDATE mentoring_sign_ups SET state = '{state}' WHERE id = {side}")).await;
    };
    set("withdrawn").await;
    let late = proposals::answer(&g.store, &mentor, id, Answer::Accept).await;
    assert!(matches!(late, Err(StoreError::Refused(Refusal::ProposalOver))));
    set("submitted").await;
    assert_eq!(proposals::answer(&g.store, &mentor, id, Answer::Accept).await.unwrap(), Answered::Started);
    g.take_emails().await;
}

/// A block that came while the draft was published: no reminder names one to the other, and the proposal ends.
/// Control: without a block both are reminded (`m10_reminders_on_day_3_and_6_then_it_expires`), as all others
/// are here.
#[guild_test]
async fn m10_nobody_is_reminded_of_a_person_with_a_block_between_them(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    let all =
        g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals WHERE state = 'pending'").await;
    let (one, other) = (mentee.member().unwrap().0, mentor.member().unwrap().0);
    let now = "(SELECT MAX(created_at) FROM mentoring_rounds)";
    let cast = uuid_cast(&g);
    let (one, other) = (literal(&g, one), literal(&g, other));
    change(
        &g,
        &format!("INSERT INTO blocks (by_id, blocked_id, since) SELECT {one}{cast}, {other}{cast}, {now}"),
    )
    .await;
    g.advance(Duration::days(3));
    runner::run_due(&g.store).await.unwrap();
    let pending = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals WHERE state = 'pending'";
    assert_eq!(g.number(pending).await, all - 1);
    let state = format!("SELECT state FROM mentoring_proposals WHERE id = {}", literal(&g, id.0));
    assert_eq!(g.rows(&state).await[0].try_get_by_index::<String>(0).unwrap(), "withdrawn");
    let text = format!("{:?}", g.emails_of("proposal_reminder").await);
    assert!(!text.contains(&id.to_string()) && text.contains("proposal"), "{text}");
    g.take_emails().await;
}

/// Withdrawing a sign-up ends its proposals, and the other person learns only that. Control: proposals between
/// other people stay. The round goes on without the person.
#[guild_test]
async fn withdrawing_a_sign_up_ends_its_proposals_and_tells_only_that(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    let pending = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_proposals WHERE state = 'pending'";
    let (before, round) = (g.number(pending).await, Slug::parse("devsecops-mentoring-round-2").unwrap());
    let name = store::members::myself(&g.store, &mentor).await.unwrap().name;
    mentoring::withdraw(&g.store, &mentor, &round, SignUpRole::Mentor).await.unwrap();
    // The mentor has one place, so there is one proposal.
    assert_eq!(g.number(pending).await, before - 1);
    let ended = g.emails_of("mentorship_ended").await;
    assert!(ended.len() == 1 && !ended[0].to_string().contains(&name), "{ended:?}");
    assert_eq!(proposals::page(&g.store, &mentee, id).await.unwrap().state, ProposalState::Withdrawn);
    let first = "SELECT CAST(COUNT(*) AS BIGINT) FROM mentoring_sign_ups WHERE is_first AND id = ";
    let sign_up = format!("(SELECT mentee_id FROM mentoring_proposals WHERE id = {})", literal(&g, id.0));
    assert_eq!(g.number(&format!("{first}{sign_up}")).await, 1, "the mentee comes first");
    // Withdrawing twice changes nothing.
    g.take_emails().await;
    mentoring::withdraw(&g.store, &mentor, &round, SignUpRole::Mentor).await.unwrap();
    g.expect_emails("").await;
}

/// A block takes the proposals between two people back, and its emails do not say why. Control: a block between
/// others changes nothing.
#[guild_test]
async fn a_block_ends_the_proposal_between_two_people_and_gives_no_reason(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    blocks::block(&g.store, &mentee, g.actor("sofia").await.member().unwrap()).await.unwrap();
    assert_eq!(
        proposals::page(&g.store, &mentor, id).await.unwrap().state,
        ProposalState::Pending,
        "control"
    );
    blocks::block(&g.store, &mentee, mentor.member().unwrap()).await.unwrap();
    let ended = g.emails_of("proposal_ended").await;
    assert!(ended.len() == 2 && ended.iter().all(|email| !email.to_string().contains("block")), "{ended:?}");
    g.take_emails().await;
}

#[guild_test]
async fn m23_only_the_two_read_a_proposal_and_nobody_reads_a_wish(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    let to_mentee = proposals::page(&g.store, &mentee, id).await.unwrap();
    let to_mentor = proposals::page(&g.store, &mentor, id).await.unwrap();
    assert!(!to_mentor.goal.is_empty(), "the proposed mentor reads the goal");
    assert!(matches!((to_mentee.parts, to_mentor.parts), (Parts::ForMentee(_), Parts::ForMentor(_))));
    // An administrator, another mentor, an organiser and the coordinator are not one of the two.
    for key in ["kofi", "marek", "ravi", "hannah", "grace", "ada"] {
        let actor = g.actor(key).await;
        if actor.member() == mentor.member() || actor.member() == mentee.member() {
            continue;
        }
        assert!(matches!(proposals::page(&g.store, &actor, id).await, Err(StoreError::NotFound)), "{key}");
        let answer = proposals::answer(&g.store, &actor, id, Answer::Decline).await;
        assert!(matches!(answer, Err(StoreError::NotFound)), "{key}");
    }
    let visitor = proposals::page(&g.store, &Actor::Anonymous, id).await;
    assert!(matches!(visitor, Err(StoreError::Refused(Refusal::SignInFirst))));
    // After a declined proposal, its mentor can't read the goal any more.
    proposals::answer(&g.store, &mentor, id, Answer::Decline).await.unwrap();
    assert_eq!(proposals::page(&g.store, &mentor, id).await.unwrap().goal, "");
    assert_eq!(g.emails_of("proposal_ended").await.len(), 1, "only the other one is told");
    g.take_emails().await;
}

/// M23: after both accepted, a block ends what the mentor may read. Control: before it, the mentor reads the sign-up.
#[guild_test]
async fn m23_a_blocked_mentor_can_no_longer_read_the_sign_up(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    let sql = format!("SELECT mentee_id FROM mentoring_proposals WHERE id = {}", literal(&g, id.0));
    let sign_up = SignUpId(g.rows(&sql).await[0].try_get_by_index(0).unwrap());
    for actor in [&mentee, &mentor] {
        proposals::answer(&g.store, actor, id, Answer::Accept).await.unwrap();
    }
    assert!(!mentoring::shown(&g.store, &mentor, sign_up).await.unwrap().sign_up.goal.is_empty());
    blocks::block(&g.store, &mentee, mentor.member().unwrap()).await.unwrap();
    assert!(matches!(mentoring::shown(&g.store, &mentor, sign_up).await, Err(StoreError::NotFound)));
    g.take_emails().await;
}

/// A headline that its owner hides is hidden from the other person of a proposal too.
#[guild_test]
async fn a_hidden_headline_is_not_on_a_proposal(g: Guild) {
    published(&g).await;
    let (id, mentee, mentor) = pending(&g).await;
    let headline = async || proposals::page(&g.store, &mentee, id).await.unwrap().headline;
    // Control: while members may see it, it is there.
    assert_ne!(headline().await, "");
    store::members::save_visibility(&g.store, &mentor, vec!["headline:me".to_owned()]).await.unwrap();
    assert_eq!(headline().await, "");
}
