//! The list of circles, and the page of one.

use std::collections::HashMap;

use domain::{
    Actor, CircleId, MemberId, Refusal,
    circles::CircleState,
    members::Named,
    policy::{
        circles::{CircleRelation, OpenCircle, SeeCircle, SeeCirclePeople},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::rows::{named, relation, state_of, taken, teaches};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{member, mentor_circle, mentor_circle_member, topic},
    members,
};

/// The most circles of one kind on the page.
const MAX_SHOWN: u64 = 50;

/// A circle in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CircleCard {
    /// Its id, which is also in the path of its page.
    pub id: CircleId,
    /// Its title.
    pub title: String,
    /// Its topic.
    pub topic: Named,
    /// When it meets.
    pub dates: String,
    /// Where it is.
    pub state: CircleState,
    /// Places that nobody has taken.
    pub free: u64,
    /// The name of its mentor, where the reader may see it.
    pub mentor: Option<String>,
}

/// What the page of circles shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circles {
    /// Those that the reader opened or joined, the newest first.
    pub mine: Vec<CircleCard>,
    /// Open ones of others, the newest first.
    pub open: Vec<CircleCard>,
    /// Whether the reader can open one.
    pub can_open: bool,
}

/// A circle, for members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CirclePage {
    /// The circle.
    pub card: CircleCard,
    /// The reader's relation to it.
    pub relation: CircleRelation,
    /// What the group will do.
    pub about: String,
    /// Where it meets, for its people. Empty for others.
    pub place: String,
    /// The names of its members, for its people. Empty for others.
    pub people: Vec<String>,
}

/// The circles that the reader is in, and open ones.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn circles(store: &Store, actor: &Actor) -> Result<Circles, StoreError> {
    let db = store.db();
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let joined = mentor_circle_member::Entity::find()
        .select_only()
        .column(mentor_circle_member::Column::CircleId)
        .filter(mentor_circle_member::Column::MemberId.eq(me.0))
        .into_query();
    let is_mine = Condition::any()
        .add(mentor_circle::Column::MentorId.eq(me.0))
        .add(mentor_circle::Column::Id.in_subquery(joined));
    let seen = || {
        mentor_circle::Entity::find()
            .filter(hidden_from(actor, Expr::col(mentor_circle::Column::MentorId)))
            .order_by_desc(mentor_circle::Column::OpenedAt)
            .order_by_desc(mentor_circle::Column::Id)
    };
    let open = seen()
        .filter(is_mine.clone().not())
        .filter(mentor_circle::Column::State.eq(CircleState::Open.name()))
        .filter(mentor_circle::Column::MentorId.not_in_subquery(members::suspended()));
    Ok(Circles {
        mine: cards(db, actor, seen().filter(is_mine)).await?,
        open: cards(db, actor, open).await?,
        can_open: permit(actor, OpenCircle, teaches(db, me).await?).is_ok(),
    })
}

async fn cards(
    db: &impl ConnectionTrait,
    actor: &Actor,
    circles: Select<mentor_circle::Entity>,
) -> Result<Vec<CircleCard>, StoreError> {
    let rows = circles.find_also_related(topic::Entity).limit(MAX_SHOWN).all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = members::names(db, actor, rows.iter().map(|(row, _)| row.mentor_id)).await?;
    let counts: Vec<(Uuid, i64)> = mentor_circle_member::Entity::find()
        .select_only()
        .column(mentor_circle_member::Column::CircleId)
        .column_as(mentor_circle_member::Column::MemberId.count(), "taken")
        .filter(mentor_circle_member::Column::CircleId.is_in(rows.iter().map(|(row, _)| row.id)))
        .group_by(mentor_circle_member::Column::CircleId)
        .into_tuple()
        .all(db)
        .await?;
    let counts: HashMap<Uuid, i64> = counts.into_iter().collect();
    let card = |(row, topic): (mentor_circle::Model, Option<topic::Model>)| {
        let taken = u64::try_from(counts.get(&row.id).copied().unwrap_or(0)).unwrap_or(0);
        card(&row, topic, taken, names.get(&row.mentor_id).cloned())
    };
    rows.into_iter().map(card).collect()
}

fn card(
    row: &mentor_circle::Model,
    topic: Option<topic::Model>,
    taken: u64,
    mentor: Option<String>,
) -> Result<CircleCard, StoreError> {
    Ok(CircleCard {
        id: CircleId(row.id),
        title: row.title.clone(),
        topic: named(topic.ok_or(StoreError::NotFound)?)?,
        dates: row.dates.clone(),
        state: state_of(row)?,
        free: u64::try_from(row.places).unwrap_or(0).saturating_sub(taken),
        mentor,
    })
}

/// A circle. Its people also see each other and where it meets. A closed one is for its people.
///
/// # Errors
/// `NotFound` for absent circles, for closed ones of others, and after a block.
pub async fn circle(store: &Store, actor: &Actor, id: CircleId) -> Result<CirclePage, StoreError> {
    let db = store.db();
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let row = mentor_circle::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let relation = relation(db, me, &row).await?;
    let is_outside = relation == CircleRelation::Outside;
    if permit(actor, SeeCircle, relation).is_err() || (is_outside && state_of(&row)? == CircleState::Closed) {
        return Err(StoreError::NotFound);
    }
    let topic = topic::Entity::find_by_id(row.topic_id).one(db).await?;
    let taken = taken(db, id.0).await?;
    let (mut place, mut people) = (String::new(), Vec::new());
    let mut mentor = members::names(db, actor, [row.mentor_id]).await?.remove(&row.mentor_id);
    if permit(actor, SeeCirclePeople, relation).is_ok() {
        place.clone_from(&row.place);
        people = names_of(db, actor, id).await?;
        mentor = Some(members::load(db, MemberId(row.mentor_id)).await?.shown_name());
    }
    let card = card(&row, topic, taken, mentor)?;
    Ok(CirclePage { card, relation, about: row.about, place, people })
}

/// The names of the members of a circle. Two members with a block between them do not see each other here.
async fn names_of(db: &impl ConnectionTrait, actor: &Actor, id: CircleId) -> Result<Vec<String>, StoreError> {
    let joined = mentor_circle_member::Entity::find()
        .select_only()
        .column(mentor_circle_member::Column::MemberId)
        .filter(mentor_circle_member::Column::CircleId.eq(id.0))
        .into_query();
    let members = member::Entity::find()
        .filter(member::Column::Id.in_subquery(joined))
        .filter(hidden_from(actor, Expr::col(member::Column::Id)))
        .order_by_asc(member::Column::Name)
        .all(db)
        .await?;
    Ok(members.into_iter().map(|row| row.shown_name()).collect())
}
