//! Many members and events, to test lists and search with large amounts of data. The rows are inserted
//! directly, which is fast but tests no verbs.

use chrono::Duration;
use domain::{
    Locale, Role, Slug,
    events::{Mode, RsvpState},
    text::lookalike_key,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{
        discipline, event, kudos, kudos_praised_value, kudos_recipient, kudos_value, member,
        member_discipline, member_topic, profile, rsvp, sign_in_session, team, topic,
    },
    search, secrets,
    write::Tx,
};

const FIRST: [&str; 20] = [
    "Amara", "Björn", "Chloé", "Đorđe", "Elif", "Farid", "Greta", "Hugo", "Ingrid", "João", "Kenji", "Lena",
    "Mateus", "Nadia", "Omar", "Paloma", "Quinn", "Rosa", "Søren", "Tariq",
];
const LAST: [&str; 20] = [
    "Abara", "Berg", "Costa", "Dvořák", "Eriksen", "Fontaine", "García", "Hoang", "Ito", "Jansen",
    "Kowalski", "Lindgren", "Müller", "Novak", "Öztürk", "Petrov", "Quispe", "Rossi", "Silva", "Tanaka",
];
const WORK: [&str; 10] = [
    "Runs pipelines for payments",
    "Tests ferries",
    "Reviews threat models",
    "Writes migrations",
    "Designs error messages",
    "Keeps clusters boring",
    "Counts flaky tests",
    "Signs releases",
    "Teaches secure coding",
    "Answers the phone at night",
];

fn crowd_name(n: usize) -> String {
    format!("{} {} {n}", pick(&FIRST, n), pick(&LAST, n / 20))
}

/// Adds this many members and published events. All values depend only on the row's number, so two crowds of
/// the same size are alike.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn crowd(store: &Store, members: u32, events: u32) -> Result<(), StoreError> {
    store
        .write((members, events), |tx, (members, events)| {
            Box::pin(async move {
                people(tx, *members as usize).await?;
                copy_events(tx, *events as usize).await
            })
        })
        .await
}

async fn people(tx: &Tx, many: usize) -> Result<(), StoreError> {
    let ids = |rows: Vec<Uuid>| rows;
    let disciplines: Vec<Uuid> = ids(discipline::Entity::find()
        .select_only()
        .column(discipline::Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?);
    let topics: Vec<Uuid> =
        ids(topic::Entity::find().select_only().column(topic::Column::Id).into_tuple().all(tx.db()).await?);
    let teams: Vec<Uuid> =
        ids(team::Entity::find().select_only().column(team::Column::Id).into_tuple().all(tx.db()).await?);
    let numbers: Vec<usize> = (0..many).collect();
    for numbers in numbers.chunks(200) {
        let made: Vec<(usize, Uuid)> = numbers.iter().map(|n| (*n, secrets::new_id())).collect();
        let rows = made.iter().map(|(n, id)| member::ActiveModel {
            id: Set(*id),
            name: Set(crowd_name(*n)),
            lookalike_key: Set(lookalike_key(&crowd_name(*n))),
            role: Set(Role::Member.name().to_owned()),
            zone: Set("Europe/Berlin".to_owned()),
            locale: Set(Locale::En.tag().to_owned()),
            joined_at: Set(tx.now()),
            kudos_week: Set(tx.now().date_naive()),
            headline: Set(pick(&WORK, n * 7).to_owned()),
            ..Default::default()
        });
        member::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
        let rows = made.iter().map(|(n, id)| profile::ActiveModel {
            member_id: Set(*id),
            slug: Set(format!("crowd-{n}")),
            pronouns: Set(String::new()),
            bio: Set(format!("{}. {}, too.", pick(&WORK, n * 3), pick(&WORK, n + 1))),
            seniority: Set(None),
            team_id: Set(teams.get(n % (teams.len() + 1)).copied()),
            ..Default::default()
        });
        profile::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
        let does = made.iter().filter_map(|(n, id)| {
            let discipline = disciplines.get(n % disciplines.len().max(1))?;
            Some(member_discipline::ActiveModel { member_id: Set(*id), discipline_id: Set(*discipline) })
        });
        member_discipline::Entity::insert_many(does).exec_without_returning(tx.db()).await?;
        let knows = made.iter().filter_map(|(n, id)| {
            let topic = topics.get(n % topics.len().max(1))?;
            let level = Set(pick(&["learning", "working", "teaching"], *n).to_owned());
            Some(member_topic::ActiveModel { member_id: Set(*id), topic_id: Set(*topic), level })
        });
        member_topic::Entity::insert_many(knows).exec_without_returning(tx.db()).await?;
        let ids: Vec<Uuid> = made.into_iter().map(|(_, id)| id).collect();
        search::members(tx, &ids).await?;
    }
    Ok(())
}

/// Adds this many confirmed seats at the events of the crowd, for its members. Every event gets as many.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn crowd_rsvps(store: &Store, many: u32) -> Result<(), StoreError> {
    let members = crowd_members(store.db()).await?;
    let events: Vec<Uuid> = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Going.eq(0))
        .filter(event::Column::Status.eq("published"))
        .order_by_asc(event::Column::Id)
        .into_tuple()
        .all(store.db())
        .await?;
    let each = (many as usize / events.len().max(1)).min(members.len());
    for (n, events) in events.chunks(20).enumerate() {
        let seats: Vec<(Uuid, Vec<Uuid>)> = events
            .iter()
            .enumerate()
            .map(|(i, event)| {
                let from = (n * 20 + i) * 7;
                let people = members.iter().cycle().skip(from % members.len().max(1)).take(each);
                (*event, people.copied().collect())
            })
            .collect();
        store.write(seats, |tx, seats| Box::pin(take_seats(tx, seats))).await?;
    }
    Ok(())
}

async fn take_seats(tx: &Tx, seats: &[(Uuid, Vec<Uuid>)]) -> Result<(), StoreError> {
    for (event_id, people) in seats {
        for (chunk, people) in people.chunks(1000).enumerate() {
            let rows = people.iter().enumerate().map(|(i, member_id)| {
                let seat = i64::try_from(chunk * 1000 + i).unwrap_or(0) + 1;
                let row = rsvp::Model {
                    id: secrets::new_id(),
                    event_id: *event_id,
                    member_id: *member_id,
                    state: RsvpState::Going.name().to_owned(),
                    guests: 0,
                    waitlist_seq: 0,
                    sequence: 0,
                    answered_at: tx.now(),
                    hidden: false,
                    mode: Mode::OnSite.name().to_owned(),
                    guests_waiting: 0,
                    online_meanwhile: false,
                    seat_seq: seat,
                    holds_until: None,
                    fewer_offer_until: None,
                    fewer_offer_seats: 0,
                    skips: 0,
                    message: String::new(),
                    due_at: None,
                    no_show_at: None,
                };
                sea_orm::IntoActiveModel::into_active_model(row).reset_all()
            });
            rsvp::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
        }
        let going = i32::try_from(people.len()).unwrap_or(i32::MAX);
        event::Entity::update_many()
            .col_expr(event::Column::Going, going.into())
            .filter(event::Column::Id.eq(*event_id))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// Gives the first members of the crowd an address and signs them in. Returns their session cookies.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn crowd_sessions(store: &Store, many: u32) -> Result<Vec<String>, StoreError> {
    let mut members = crowd_members(store.db()).await?;
    members.truncate(many as usize);
    store.write(members, |tx, members| Box::pin(sign_in(tx, members))).await
}

async fn sign_in(tx: &Tx, members: &[Uuid]) -> Result<Vec<String>, StoreError> {
    let mut tokens = Vec::with_capacity(members.len());
    for id in members {
        let (address, token) = (format!("crowd-{}@guild.example", id.simple()), secrets::token());
        member::Entity::update_many()
            .col_expr(member::Column::Address, address.clone().into())
            .col_expr(member::Column::AddressKey, address.into())
            .filter(member::Column::Id.eq(*id))
            .exec(tx.db())
            .await?;
        let session = sign_in_session::ActiveModel {
            id: Set(secrets::new_id()),
            member_id: Set(*id),
            token_hash: Set(secrets::hash(&token)),
            device: Set("bench".to_owned()),
            started_at: Set(tx.now()),
            seen_at: Set(tx.now()),
            expires_at: Set(tx.now() + Duration::days(30)),
        };
        sign_in_session::Entity::insert(session).exec_without_returning(tx.db()).await?;
        tokens.push(token);
    }
    Ok(tokens)
}

async fn crowd_members(db: &impl ConnectionTrait) -> Result<Vec<Uuid>, StoreError> {
    let members = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(profile::Column::Slug.like("crowd-%"))
        .order_by_asc(profile::Column::Slug)
        .into_tuple()
        .all(db)
        .await?;
    Ok(members)
}

/// Adds this many public kudos between the members of the crowd, one a minute into the past.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn crowd_kudos(store: &Store, many: u32) -> Result<(), StoreError> {
    let all: Vec<u32> = (0..many).collect();
    for numbers in all.chunks(1000) {
        store.write(numbers.to_vec(), |tx, numbers| Box::pin(give(tx, numbers))).await?;
    }
    Ok(())
}

async fn give(tx: &Tx, numbers: &[u32]) -> Result<(), StoreError> {
    let people = crowd_members(tx.db()).await?;
    let values: Vec<Uuid> = kudos_value::Entity::find()
        .select_only()
        .column(kudos_value::Column::Id)
        .order_by_asc(kudos_value::Column::Position)
        .into_tuple()
        .all(tx.db())
        .await?;
    let person = |n: usize| people.get(n % people.len().max(1)).copied().unwrap_or_default();
    for numbers in numbers.chunks(200) {
        let made: Vec<(usize, Uuid)> = numbers.iter().map(|n| (*n as usize, secrets::new_id())).collect();
        let rows: Vec<kudos::Model> = made.iter().map(|(n, id)| kudos_row(tx, *id, *n, person(*n))).collect();
        let new = rows.iter().map(|row| sea_orm::IntoActiveModel::into_active_model(row.clone()).reset_all());
        kudos::Entity::insert_many(new).exec_without_returning(tx.db()).await?;
        search::kudos(tx, &rows).await?;
        let to = made.iter().map(|(n, id)| kudos_recipient::ActiveModel {
            kudos_id: Set(*id),
            member_id: Set(person(n + 1 + n / people.len().max(1) % 5)),
            hidden_at: Set(None),
        });
        kudos_recipient::Entity::insert_many(to).exec_without_returning(tx.db()).await?;
        let praised = made.iter().filter_map(|(n, id)| {
            let value_id = Set(*values.get(n % values.len().max(1))?);
            Some(kudos_praised_value::ActiveModel { kudos_id: Set(*id), value_id })
        });
        kudos_praised_value::Entity::insert_many(praised).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

fn kudos_row(tx: &Tx, id: Uuid, n: usize, from_id: Uuid) -> kudos::Model {
    kudos::Model {
        id,
        from_id,
        text: format!("{}, and it helped me {n} times.", pick(&WORK, n)),
        text_key: n.to_string(),
        visibility: "public".to_owned(),
        given_at: tx.now() - Duration::minutes(i64::try_from(n).unwrap_or(0)),
        team_id: None,
        event_id: None,
        session_id: None,
        posted_at: None,
        edited_at: None,
        retracted_at: None,
        hidden_at: None,
        create_key: None,
    }
}

/// Creates copies of a published event, each with its own title and time.
async fn copy_events(tx: &Tx, many: usize) -> Result<(), StoreError> {
    let published = event::Entity::find().filter(event::Column::Status.eq("published")).order_by_id_asc();
    let Some(pattern) = published.one(tx.db()).await? else { return Ok(()) };
    for n in 0..many {
        let title = format!("{} with {} {n}", pick(&WORK, n), pick(&FIRST, n / 10));
        // Half of them are in the past.
        let half = i64::try_from(many / 2).unwrap_or(0);
        let shift = Duration::days(i64::try_from(n).unwrap_or(0) - half);
        let row = event::Model {
            id: secrets::new_id(),
            slug: Slug::of_title(&title, "event").with_suffix(&n.to_string()).to_string(),
            title,
            going: 0,
            waiting: 0,
            online_going: 0,
            online_waiting: 0,
            starts_at: tx.now() + shift,
            ends_at: tx.now() + shift + Duration::hours(1),
            create_key: None,
            import_key: None,
            ..pattern.clone()
        };
        search::event(tx, &row).await?;
        event::Entity::insert(sea_orm::IntoActiveModel::into_active_model(row).reset_all())
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

fn pick(list: &[&'static str], n: usize) -> &'static str {
    list.get(n % list.len().max(1)).copied().unwrap_or_default()
}
