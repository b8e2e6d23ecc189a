//! What a coordinator sees while sign-up is open: numbers by topic, region and discipline, and the people.

use std::collections::HashMap;

use domain::{
    Actor, Instant, SignUpId, Slug,
    members::Named,
    mentoring::{Region, SignUpRole, SignUpState},
    policy::{mentoring::CoordinateRound, permit},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    rounds::{RoundPage, round},
    visibility::{relation, seen_round},
};
use crate::{
    Store, StoreError,
    entities::{
        discipline, member, member_discipline, mentoring_preference, mentoring_sign_up,
        mentoring_sign_up_topic, profile, topic,
    },
};

/// Sign-ups on one page of the list.
const PAGE: u64 = 50;
/// Demand for a mentor is shown from this many wishes up, so that no single wish can be told from it.
const MIN_DEMAND: i64 = 5;
/// The most mentors with a demand.
const MAX_DEMAND: u64 = 20;

/// How many people are on each side of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// Mentees.
    pub mentees: u32,
    /// Mentors.
    pub mentors: u32,
    /// Places of the mentors.
    pub places: u32,
}

/// A sign-up in the coordinator's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUpRow {
    /// Its id, which is the address of its page.
    pub id: SignUpId,
    /// The name of its author.
    pub name: String,
    /// The slug of the author's page.
    pub slug: Option<Slug>,
    /// Its side.
    pub role: SignUpRole,
    /// Where it is.
    pub state: SignUpState,
    /// When it was last changed.
    pub updated_at: Instant,
    /// Whether it was sent after sign-up had closed.
    pub is_late: bool,
}

/// What a coordinator sees.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The round.
    pub round: RoundPage,
    /// Sign-ups that were sent.
    pub all: Sides,
    /// Sign-ups that were started and not sent.
    pub unfinished: u32,
    /// Topics with people on either side, those with more mentees than places first.
    pub topics: Vec<(Named, Sides)>,
    /// Parts of the world.
    pub regions: Vec<(Region, Sides)>,
    /// Disciplines of the authors.
    pub disciplines: Vec<(String, Sides)>,
    /// Mentors with at least five wishes, and how many.
    pub demand: Vec<(String, u32)>,
    /// The sign-ups on this page of the list, unfinished ones first.
    pub sign_ups: Vec<SignUpRow>,
    /// Whether there is a next page.
    pub more: bool,
}

/// The coordinator's dashboard of a round.
///
/// # Errors
/// `Refused` for everybody who does not coordinate the round, `NotFound` when they don't see it.
pub async fn dashboard(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    page: u32,
) -> Result<Dashboard, StoreError> {
    let db = store.db();
    let (row, programme) = seen_round(db, actor, slug).await?;
    let _permit = permit(actor, CoordinateRound, relation(db, actor, programme.id).await?)?;
    let (sign_ups, more) = sign_ups(db, row.id, row.sign_up_closes_at, page).await?;
    let (all, regions) = by_region(db, row.id).await?;
    Ok(Dashboard {
        round: round(store, actor, slug).await?,
        all,
        unfinished: unfinished(db, row.id).await?,
        topics: by_topic(db, row.id).await?,
        regions,
        disciplines: by_discipline(db, row.id).await?,
        demand: demand(db, row.id).await?,
        sign_ups,
        more,
    })
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Adds a group of sign-ups of one role.
fn add(sides: &mut Sides, role: &str, people: i64, places: Option<i64>) {
    if role == SignUpRole::Mentee.name() {
        sides.mentees += small(people);
    } else {
        sides.mentors += small(people);
        sides.places += small(places.unwrap_or(0));
    }
}

fn sent(round: Uuid) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(mentoring_sign_up::Column::RoundId.eq(round))
        .add(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
}

/// The sum of the places, as an integer on both engines.
fn places() -> Expr {
    Expr::col((mentoring_sign_up::Entity, mentoring_sign_up::Column::Places)).sum().cast_as("BIGINT")
}

async fn unfinished(db: &impl ConnectionTrait, round: Uuid) -> Result<u32, StoreError> {
    use sea_orm::PaginatorTrait as _;
    let count = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Draft.name()))
        .count(db)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

async fn by_topic(db: &impl ConnectionTrait, round: Uuid) -> Result<Vec<(Named, Sides)>, StoreError> {
    let rows: Vec<(String, String, String, i64, Option<i64>)> = mentoring_sign_up_topic::Entity::find()
        .select_only()
        .column(topic::Column::Slug)
        .column(topic::Column::Name)
        .column(mentoring_sign_up::Column::Role)
        .column_as(mentoring_sign_up_topic::Column::SignUpId.count(), "people")
        .expr_as(places(), "places")
        .join(JoinType::InnerJoin, mentoring_sign_up_topic::Relation::Topic.def())
        .join(JoinType::InnerJoin, mentoring_sign_up_topic::Relation::SignUp.def())
        .filter(sent(round))
        .group_by(topic::Column::Slug)
        .group_by(topic::Column::Name)
        .group_by(mentoring_sign_up::Column::Role)
        .order_by_asc(topic::Column::Name)
        .order_by_asc(topic::Column::Slug)
        .into_tuple()
        .all(db)
        .await?;
    let mut topics: Vec<(Named, Sides)> = Vec::new();
    for (slug, name, role, people, places) in rows {
        let Some(slug) = Slug::parse(&slug) else { continue };
        if topics.last().is_none_or(|(topic, _)| topic.slug != slug) {
            topics.push((Named { slug, name }, Sides::default()));
        }
        if let Some((_, sides)) = topics.last_mut() {
            add(sides, &role, people, places);
        }
    }
    topics.sort_by_key(|(_, sides)| std::cmp::Reverse(i64::from(sides.mentees) - i64::from(sides.places)));
    Ok(topics)
}

async fn by_region(
    db: &impl ConnectionTrait,
    round: Uuid,
) -> Result<(Sides, Vec<(Region, Sides)>), StoreError> {
    let rows: Vec<(String, String, i64, Option<i64>)> = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::Zone)
        .column(mentoring_sign_up::Column::Role)
        .column_as(mentoring_sign_up::Column::Id.count(), "people")
        .expr_as(places(), "places")
        .filter(sent(round))
        .group_by(mentoring_sign_up::Column::Zone)
        .group_by(mentoring_sign_up::Column::Role)
        .into_tuple()
        .all(db)
        .await?;
    let mut all = Sides::default();
    let mut regions: HashMap<Region, Sides> = HashMap::new();
    for (zone, role, people, places) in rows {
        let Ok(zone) = zone.parse() else { continue };
        add(&mut all, &role, people, places);
        add(regions.entry(Region::of(zone)).or_default(), &role, people, places);
    }
    let of = |region: &Region| regions.get(region).map(|sides| (*region, *sides));
    Ok((all, Region::ALL.iter().filter_map(of).collect()))
}

async fn by_discipline(db: &impl ConnectionTrait, round: Uuid) -> Result<Vec<(String, Sides)>, StoreError> {
    let of_author: sea_orm::RelationDef = mentoring_sign_up::Entity::belongs_to(member_discipline::Entity)
        .from(mentoring_sign_up::Column::MemberId)
        .to(member_discipline::Column::MemberId)
        .into();
    let rows: Vec<(String, i32, String, i64, Option<i64>)> = mentoring_sign_up::Entity::find()
        .select_only()
        .column(discipline::Column::Name)
        .column(discipline::Column::Position)
        .column(mentoring_sign_up::Column::Role)
        .column_as(mentoring_sign_up::Column::Id.count(), "people")
        .expr_as(places(), "places")
        .join(JoinType::InnerJoin, of_author)
        .join(JoinType::InnerJoin, member_discipline::Relation::Discipline.def())
        .filter(sent(round))
        .group_by(discipline::Column::Name)
        .group_by(discipline::Column::Position)
        .group_by(mentoring_sign_up::Column::Role)
        .order_by_asc(discipline::Column::Position)
        .order_by_asc(discipline::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    let mut disciplines: Vec<(String, Sides)> = Vec::new();
    for (name, _, role, people, places) in rows {
        if disciplines.last().is_none_or(|(last, _)| *last != name) {
            disciplines.push((name, Sides::default()));
        }
        if let Some((_, sides)) = disciplines.last_mut() {
            add(sides, &role, people, places);
        }
    }
    Ok(disciplines)
}

/// Mentors for whom many mentees wish. Who wishes is not part of it.
async fn demand(db: &impl ConnectionTrait, round: Uuid) -> Result<Vec<(String, u32)>, StoreError> {
    use domain::mentoring::PreferenceKind;
    let wishes = Expr::col((mentoring_preference::Entity, mentoring_preference::Column::SignUpId)).count();
    let rows: Vec<(Uuid, i64)> = mentoring_preference::Entity::find()
        .select_only()
        .column(mentoring_preference::Column::MemberId)
        .expr_as(wishes.clone(), "wishes")
        .join(JoinType::InnerJoin, mentoring_preference::Relation::SignUp.def())
        .filter(mentoring_preference::Column::Kind.eq(PreferenceKind::Wish.name()))
        .filter(sent(round))
        .group_by(mentoring_preference::Column::MemberId)
        .having(wishes.clone().gte(MIN_DEMAND))
        .order_by_desc(wishes)
        .order_by_asc(mentoring_preference::Column::MemberId)
        .limit(MAX_DEMAND)
        .into_tuple()
        .all(db)
        .await?;
    let members = member::Entity::find().filter(member::Column::Id.is_in(rows.iter().map(|(id, _)| *id)));
    let mut names: HashMap<Uuid, String> =
        members.all(db).await?.into_iter().map(|row| (row.id, row.shown_name())).collect();
    Ok(rows.into_iter().filter_map(|(id, wishes)| Some((names.remove(&id)?, small(wishes)))).collect())
}

/// A page of the sign-ups, unfinished ones first, then by name.
async fn sign_ups(
    db: &impl ConnectionTrait,
    round: Uuid,
    closes_at: Instant,
    page: u32,
) -> Result<(Vec<SignUpRow>, bool), StoreError> {
    let mut rows = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Withdrawn.name()))
        .find_also_related(member::Entity)
        .order_by_asc(mentoring_sign_up::Column::State)
        .order_by_asc(member::Column::Name)
        .order_by_asc(mentoring_sign_up::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(db)
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let slugs: Vec<(Uuid, String)> = profile::Entity::find()
        .select_only()
        .columns([profile::Column::MemberId])
        .column(profile::Column::Slug)
        .filter(profile::Column::MemberId.is_in(rows.iter().map(|(row, _)| row.member_id)))
        .into_tuple()
        .all(db)
        .await?;
    let slugs: HashMap<Uuid, String> = slugs.into_iter().collect();
    let row = |(row, author): (mentoring_sign_up::Model, Option<member::Model>)| {
        Some(SignUpRow {
            id: SignUpId(row.id),
            slug: slugs.get(&row.member_id).and_then(|slug| Slug::parse(slug)),
            name: author?.shown_name(),
            role: row.role.parse().ok()?,
            state: row.state.parse().ok()?,
            updated_at: row.updated_at,
            is_late: row.submitted_at.is_some_and(|at| at > closes_at),
        })
    };
    Ok((rows.into_iter().filter_map(row).collect(), more))
}
