//! Writes the sign-ups of a round as rows, past the store, because a hundred thousand people would take hours
//! to sign up. The organisation has teams and no managers.

use domain::{
    Slug,
    members::{Language, Seniority},
    mentoring::{Fact, Person, PoolInput},
};
use sea_orm::ConnectionTrait as _;
use tests::{Engine, Guild};
use uuid::Uuid;

/// Rows in one statement.
const BATCH: usize = 1000;

/// Writes rows with these columns. Each row is a list of literals.
async fn insert(g: &Guild, table: &str, columns: &str, rows: &[String]) {
    for rows in rows.chunks(BATCH) {
        let values = rows.join("), (");
        let sql = format!("INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING");
        g.raw().execute_unprepared(&sql).await.unwrap();
    }
}

/// An id as a literal.
fn id(g: &Guild, id: Uuid) -> String {
    match g.store.engine() {
        Engine::Sqlite => format!("X'{}'", id.simple()),
        Engine::Postgres => format!("'{id}'"),
    }
}

/// The ids that a query returns.
async fn ids(g: &Guild, sql: &str) -> Vec<Uuid> {
    g.rows(sql).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// A new id for the record with this number.
fn made(kind: u32, number: usize) -> Uuid {
    Uuid::from_u128(u128::from(kind) << 96 | number as u128)
}

/// Writes everybody of the input as people who signed up for the round, and closes nothing.
pub(crate) async fn write(g: &Guild, round: &Slug, input: &PoolInput) {
    let now: String =
        g.rows("SELECT CAST(MAX(joined_at) AS TEXT) FROM members").await[0].try_get_by_index(0).unwrap();
    let round_id = ids(g, &format!("SELECT id FROM mentoring_rounds WHERE slug = '{round}'")).await[0];
    // Other rounds have other people.
    let kind = u32::try_from(input.mentees.len()).unwrap();
    let disciplines = ids(g, "SELECT id FROM disciplines ORDER BY id").await;
    let topic = |at: u16| made(1, usize::from(at));
    let topics: Vec<String> = (0..200)
        .map(|at| format!("{}, 'bench-{at}', 'Topic {at}', {at}", id(g, topic(at))))
        .collect();
    insert(g, "topics", "id, slug, name, position", &topics).await;
    let people: Vec<(&Person, bool)> = (input.mentees.iter().map(|it| (&it.person, false)))
        .chain(input.mentors.iter().map(|it| (&it.person, true)))
        .collect();
    let member = |at: usize| made(kind, at);
    let sign_up = |at: usize| made(kind + 1, at);
    let teams = people.iter().filter_map(|(person, _)| person.team).max().unwrap_or(0) as usize;
    let team = |at: usize| made(kind + 2, at);
    let rows: Vec<String> = (0..=teams)
        .map(|at| format!("{}, 'bench-{kind}-{at}', 'Team {at}', '', '{now}'", id(g, team(at))))
        .collect();
    insert(g, "teams", "id, slug, name, purpose, created_at", &rows).await;
    let (mut members, mut profiles, mut of_disciplines) = (Vec::new(), Vec::new(), Vec::new());
    let (mut sign_ups, mut languages) = (Vec::new(), Vec::new());
    for (at, (person, is_mentor)) in people.iter().enumerate() {
        let me = id(g, member(at));
        let zone = person.zone.name();
        members.push(format!("{me}, 'Person {at}', 'member', '{zone}', 'en', '{now}', '2026-01-05'"));
        let level = person.seniority.map_or("NULL".to_owned(), |it: Seniority| format!("'{}'", it.name()));
        let team = person.team.map_or("NULL".to_owned(), |at| id(g, team(at as usize)));
        profiles.push(format!("{me}, 'bench-{kind}-{at}', {level}, {team}"));
        for (bit, discipline) in disciplines.iter().enumerate() {
            if person.disciplines >> bit & 1 == 1 {
                of_disciplines.push(format!("{me}, {}", id(g, *discipline)));
            }
        }
        let places = if *is_mentor { input.mentors[at - input.mentees.len()].places } else { 0 };
        let role = if *is_mentor { "mentor" } else { "mentee" };
        sign_ups.push(format!(
            "{}, {}, {me}, '{role}', 'submitted', '', {places}, 2, '{}', '{}', '{now}', '{now}', '{now}', FALSE, 0, 1",
            id(g, sign_up(at)),
            id(g, round_id),
            person.zone.name(),
            person.week
        ));
        for (bit, language) in Language::all().enumerate().take(8) {
            if person.languages >> bit & 1 == 1 {
                languages.push(format!("{}, '{}'", id(g, sign_up(at)), language.tag()));
            }
        }
    }
    insert(g, "members", "id, name, role, zone, locale, joined_at, kudos_week", &members).await;
    insert(g, "profiles", "member_id, slug, seniority, team_id", &profiles).await;
    insert(g, "member_disciplines", "member_id, discipline_id", &of_disciplines).await;
    let columns = "id, round_id, member_id, role, state, goal, places, hours_a_month, zone, availability, \
                   consented_at, submitted_at, updated_at, is_first, missed_proposals, version";
    insert(g, "mentoring_sign_ups", columns, &sign_ups).await;
    insert(g, "mentoring_sign_up_languages", "sign_up_id, tag", &languages).await;
    let mut chosen = Vec::new();
    for (at, mentee) in input.mentees.iter().enumerate() {
        for (position, it) in (1..).zip(&mentee.topics) {
            chosen.push(format!("{}, {}, {position}, 1", id(g, sign_up(at)), id(g, topic(*it))));
        }
    }
    let mentor = |at: usize| input.mentees.len() + at;
    for (at, it) in input.mentors.iter().enumerate() {
        for (topic_at, confidence) in &it.topics {
            let (sign_up, topic) = (id(g, sign_up(mentor(at))), id(g, topic(*topic_at)));
            chosen.push(format!("{sign_up}, {topic}, 1, {confidence}"));
        }
    }
    insert(g, "mentoring_sign_up_topics", "sign_up_id, topic_id, position, confidence", &chosen).await;
    let (mut said, mut blocks) = (Vec::new(), Vec::new());
    for fact in &input.facts {
        let (one, other) = (fact.mentee as usize, mentor(fact.mentor as usize));
        let mut say = |author: usize, about: usize, kind: &str, position: u8| {
            said.push(format!("{}, {}, '{kind}', {position}", id(g, sign_up(author)), id(g, member(about))));
        };
        match fact.fact {
            Fact::Wish(rank) => say(one, other, "wish", rank),
            Fact::WouldLike => say(other, one, "would_like", 0),
            Fact::RatherNot => say(other, one, "rather_not", 0),
            Fact::Dismissed => say(one, other, "never", 0),
            Fact::Blocked => blocks.push(format!("{}, {}, '{now}'", id(g, member(one)), id(g, member(other)))),
            Fact::Declined | Fact::CoolDown | Fact::Keep | Fact::Before => {}
        }
    }
    insert(g, "mentoring_preferences", "sign_up_id, member_id, kind, position", &said).await;
    insert(g, "blocks", "by_id, blocked_id, since", &blocks).await;
    // A database that has run for a while knows how many rows there are.
    g.raw().execute_unprepared("ANALYZE").await.unwrap();
}
