//! The list of speed rounds, and the page of one for its people.

use std::collections::HashMap;

use chrono::Duration;
use domain::{
    Actor, Instant, MemberId, Refusal, Role, Slug, SpeedRoundId,
    members::Named,
    mentoring::SignUpRole,
    speed_rounds::{SpeedRoundState, SpeedTimes, WAVE_MINUTES, WAVES},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{
    create::programmes_to_choose,
    rows::{may_coordinate, own_sign_up, rounds_of, seen, seen_programmes, state_of, times_of},
    sign_up::check_may_join,
};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{
        group, member, mentoring_programme, profile, speed_conversation, speed_round, speed_sign_up,
        speed_sign_up_topic, topic,
    },
    groups,
    mentoring::Participant,
};

/// The most rounds in a list.
const MAX_SHOWN: u64 = 50;

/// A round in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeedRoundCard {
    /// Its id, which is also in the path of its page.
    pub id: SpeedRoundId,
    /// Its title.
    pub title: String,
    /// Its programme.
    pub programme: Named,
    /// When it takes place.
    pub times: SpeedTimes,
    /// Where it is.
    pub state: SpeedRoundState,
    /// On which side the reader signed up.
    pub role: Option<SignUpRole>,
}

/// What the list of rounds shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeedRounds {
    /// Rounds that are not over, the next first.
    pub coming: Vec<SpeedRoundCard>,
    /// Rounds that are over and in which the reader took part, the last first.
    pub past: Vec<SpeedRoundCard>,
    /// Whether the reader can make one.
    pub can_create: bool,
}

/// The reader's sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSignUp {
    /// On which side.
    pub role: SignUpRole,
    /// The topics, in order.
    pub topics: Vec<Named>,
    /// The address of a mentor's call. May be empty.
    pub link: String,
}

/// Where a conversation takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the address of the mentor's call.
    Link(String),
    /// At the mentor's table.
    Table(i32),
}

/// A conversation of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The other person. Signing up is the consent to show one's name to them.
    pub partner: Participant,
    /// The topics that both chose.
    pub topics: Vec<String>,
    /// Where it takes place.
    pub place: Place,
}

/// A wave of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When it begins.
    pub begins_at: Instant,
    /// The conversation. `None` is a break.
    pub meeting: Option<Meeting>,
}

/// A round, for members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeedRoundPage {
    /// The round.
    pub card: SpeedRoundCard,
    /// What it is for.
    pub about: String,
    /// Where it takes place, for people who signed up and for coordinators. Empty for others.
    pub place: String,
    /// The reader's sign-up.
    pub sign_up: Option<OwnSignUp>,
    /// Why the reader can't sign up or change the sign-up.
    pub fixed: Option<Refusal>,
    /// The reader's waves, once they are published. Empty for people who did not sign up.
    pub slots: Vec<Slot>,
    /// Whether the reader makes the plan.
    pub may_coordinate: bool,
}

pub(super) fn named(slug: &str, name: String, id: Uuid) -> Result<Named, StoreError> {
    let slug = Slug::parse(slug).ok_or_else(|| StoreError::Corrupt(format!("{id}: unreadable slug")))?;
    Ok(Named { slug, name })
}

/// The rounds that the reader sees.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn rounds(store: &Store, actor: &Actor) -> Result<SpeedRounds, StoreError> {
    let db = store.db();
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let is_seen = || speed_round::Column::ProgrammeId.in_subquery(seen_programmes(actor));
    // No round is longer than this, so older ones are over.
    let longest = Duration::minutes(WAVES.1 * WAVE_MINUTES.1);
    let coming = speed_round::Entity::find()
        .filter(is_seen())
        .filter(speed_round::Column::StartsAt.gt(store.now() - longest))
        .order_by_asc(speed_round::Column::StartsAt)
        .limit(MAX_SHOWN)
        .find_also_related(mentoring_programme::Entity)
        .all(db)
        .await?;
    let past = speed_round::Entity::find()
        .filter(is_seen())
        .filter(speed_round::Column::Id.in_subquery(rounds_of(me)))
        .filter(speed_round::Column::StartsAt.lte(store.now()))
        .order_by_desc(speed_round::Column::StartsAt)
        .limit(MAX_SHOWN)
        .find_also_related(mentoring_programme::Entity)
        .all(db)
        .await?;
    let is_over = |card: &SpeedRoundCard| card.times.ends_at() <= store.now();
    let mut coming = cards(db, me, coming).await?;
    coming.retain(|card| !is_over(card) && (card.state != SpeedRoundState::Cancelled || card.role.is_some()));
    let mut past = cards(db, me, past).await?;
    past.retain(is_over);
    let can_create = !programmes_to_choose(store, actor).await?.is_empty();
    Ok(SpeedRounds { coming, past, can_create })
}

/// The rounds that the actor loses when they leave a group: those of its programmes that are not over.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn rounds_in_group(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<Vec<SpeedRoundCard>, StoreError> {
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let longest = Duration::minutes(WAVES.1 * WAVE_MINUTES.1);
    let rows = speed_round::Entity::find()
        .filter(speed_round::Column::Id.in_subquery(rounds_of(me)))
        .filter(speed_round::Column::StartsAt.gt(store.now() - longest))
        .filter(speed_round::Column::State.ne(SpeedRoundState::Cancelled.name()))
        .filter(speed_round::Column::ProgrammeId.in_subquery(seen_programmes(actor)))
        .find_also_related(mentoring_programme::Entity)
        .filter(mentoring_programme::Column::GroupId.in_subquery(group_id(actor, slug)))
        .order_by_asc(speed_round::Column::StartsAt)
        .limit(MAX_SHOWN)
        .all(store.db())
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = cards(store.db(), me, rows).await?;
    found.retain(|card| card.times.ends_at() > store.now());
    Ok(found)
}

/// The id of a group that the reader sees.
fn group_id(actor: &Actor, slug: &Slug) -> SelectStatement {
    group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(groups::seen_by(actor))
        .filter(group::Column::Slug.eq(slug.as_str()))
        .into_query()
}

async fn cards(
    db: &impl ConnectionTrait,
    me: MemberId,
    rows: Vec<(speed_round::Model, Option<mentoring_programme::Model>)>,
) -> Result<Vec<SpeedRoundCard>, StoreError> {
    let own = speed_sign_up::Entity::find()
        .filter(speed_sign_up::Column::MemberId.eq(me.0))
        .filter(speed_sign_up::Column::RoundId.is_in(rows.iter().map(|(row, _)| row.id)))
        .all(db)
        .await?;
    let roles: HashMap<Uuid, SignUpRole> =
        own.into_iter().filter_map(|row| Some((row.round_id, row.role.parse().ok()?))).collect();
    rows.into_iter()
        .map(|(row, programme)| {
            let role = roles.get(&row.id).copied();
            card(&row, programme.ok_or(StoreError::NotFound)?, role)
        })
        .collect()
}

fn card(
    row: &speed_round::Model,
    programme: mentoring_programme::Model,
    role: Option<SignUpRole>,
) -> Result<SpeedRoundCard, StoreError> {
    Ok(SpeedRoundCard {
        id: SpeedRoundId(row.id),
        title: row.title.clone(),
        programme: named(&programme.slug, programme.name, programme.id)?,
        times: times_of(row),
        state: state_of(row)?,
        role,
    })
}

/// A round as a card, for a page that has asked whether the reader sees it.
pub(super) async fn card_of(
    db: &impl ConnectionTrait,
    row: &speed_round::Model,
    role: Option<SignUpRole>,
) -> Result<SpeedRoundCard, StoreError> {
    // Whoever sees a round sees the name of its programme.
    let programme = mentoring_programme::Entity::find_by_id(row.programme_id).one(db).await?;
    card(row, programme.ok_or(StoreError::NotFound)?, role)
}

/// A round. People who signed up also read where it takes place and, once it is published, their own conversations.
///
/// # Errors
/// `NotFound` for hidden and absent rounds, `Refused` for visitors.
pub async fn round(store: &Store, actor: &Actor, id: SpeedRoundId) -> Result<SpeedRoundPage, StoreError> {
    let db = store.db();
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let row = seen(db, actor, id).await?;
    let may_coordinate = may_coordinate(db, actor, &row).await.is_ok();
    let own = own_sign_up(db, id.0, me).await?;
    let mut fixed = state_of(&row)?.check_open(row.starts_at, store.now()).err();
    if fixed.is_none() {
        fixed = match check_may_join(db, row.programme_id, me).await {
            Err(StoreError::Refused(refusal)) => Some(refusal),
            checked => checked.map(|()| None)?,
        };
    }
    let (mut sign_up, mut slots) = (None, Vec::new());
    if let Some(own) = &own {
        let role =
            own.role.parse().map_err(|()| StoreError::Corrupt(format!("{}: unreadable role", own.id)))?;
        let topics = topics_of(db, &[own.id]).await?.remove(&own.id).unwrap_or_default();
        if state_of(&row)? == SpeedRoundState::Published {
            slots = own_slots(db, actor, &row, own, role, &topics).await?;
        }
        sign_up = Some(OwnSignUp { role, topics, link: own.link.clone() });
    }
    let is_inside = sign_up.is_some() || may_coordinate;
    Ok(SpeedRoundPage {
        card: card_of(db, &row, sign_up.as_ref().map(|own| own.role)).await?,
        about: row.about,
        place: if is_inside { row.place } else { String::new() },
        sign_up,
        fixed,
        slots,
        may_coordinate,
    })
}

/// The topics of sign-ups, in their order.
pub(super) async fn topics_of(
    db: &impl ConnectionTrait,
    sign_ups: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Named>>, StoreError> {
    let rows = speed_sign_up_topic::Entity::find()
        .find_also_related(topic::Entity)
        .filter(speed_sign_up_topic::Column::SignUpId.is_in(sign_ups.iter().copied()))
        .order_by_asc(speed_sign_up_topic::Column::Position)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<Named>> = HashMap::new();
    for (row, topic) in rows {
        let topic = topic.ok_or(StoreError::NotFound)?;
        found.entry(row.sign_up_id).or_default().push(named(&topic.slug, topic.name, topic.id)?);
    }
    Ok(found)
}

/// The waves of a person. A partner whom a block hides, or who is suspended, is a break.
async fn own_slots(
    db: &impl ConnectionTrait,
    actor: &Actor,
    round: &speed_round::Model,
    own: &speed_sign_up::Model,
    role: SignUpRole,
    topics: &[Named],
) -> Result<Vec<Slot>, StoreError> {
    let (mine, theirs) = match role {
        SignUpRole::Mentee => {
            (speed_conversation::Column::MenteeSignUpId, speed_conversation::Column::MentorSignUpId)
        }
        SignUpRole::Mentor => {
            (speed_conversation::Column::MentorSignUpId, speed_conversation::Column::MenteeSignUpId)
        }
    };
    let waves: Vec<(i32, Uuid)> = speed_conversation::Entity::find()
        .select_only()
        .columns([speed_conversation::Column::Wave, theirs])
        .filter(mine.eq(own.id))
        .into_tuple()
        .all(db)
        .await?;
    let partners: Vec<Uuid> = waves.iter().map(|(_, partner)| *partner).collect();
    let rows = speed_sign_up::Entity::find()
        .find_also_related(member::Entity)
        .filter(speed_sign_up::Column::Id.is_in(partners.iter().copied()))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .filter(hidden_from(actor, Expr::col(speed_sign_up::Column::MemberId)))
        .all(db)
        .await?;
    let pages = profile::Entity::find()
        .filter(profile::Column::MemberId.is_in(rows.iter().map(|(row, _)| row.member_id)))
        .all(db)
        .await?;
    let of_partners = topics_of(db, &partners).await?;
    let meeting = |partner: Uuid| -> Option<Meeting> {
        let (row, member) = rows.iter().find(|(row, _)| row.id == partner)?;
        let page = pages.iter().find(|page| page.member_id == row.member_id)?;
        let of_both = |topic: &&Named| of_partners.get(&partner).is_some_and(|all| all.contains(topic));
        let mentor = if role == SignUpRole::Mentor { own } else { row };
        let place = match mentor.link.as_str() {
            "" => Place::Table(mentor.table_number.unwrap_or(0)),
            link => Place::Link(link.to_owned()),
        };
        Some(Meeting {
            partner: Participant { slug: Slug::parse(&page.slug)?, name: member.clone()?.shown_name() },
            topics: topics.iter().filter(of_both).map(|topic| topic.name.clone()).collect(),
            place,
        })
    };
    let times = times_of(round);
    let slot = |wave: i32| Slot {
        begins_at: times.begins(wave),
        meeting: waves.iter().find(|(at, _)| *at == wave).and_then(|(_, partner)| meeting(*partner)),
    };
    Ok((0..times.waves).map(slot).collect())
}
