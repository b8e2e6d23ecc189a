//! What a plan is made from: who signed up, their topics, and blocks between them.

use std::collections::HashMap;

use domain::{Role, mentoring::SignUpRole};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{block, member, speed_round, speed_sign_up, speed_sign_up_topic},
    jobs::input_hash,
};

/// Somebody who signed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Person {
    pub(super) sign_up: Uuid,
    pub(super) member: Uuid,
    pub(super) topics: Vec<Uuid>,
}

/// Everything that a plan is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Input {
    pub(super) waves: i32,
    pub(super) mentees: Vec<Person>,
    pub(super) mentors: Vec<Person>,
    /// Pairs of mentee and mentor with a block between them, as indexes. Sorted, each once.
    pub(super) blocked: Vec<(u32, u32)>,
}

impl Input {
    /// The digest of who signed up. It leaves out blocks, because a coordinator sees when it changes.
    pub(super) fn digest(&self) -> Result<String, StoreError> {
        input_hash(&(self.waves, &self.mentees, &self.mentors))
    }
}

/// Reads a round. Suspended members are left out.
pub(super) async fn load(db: &impl ConnectionTrait, round: &speed_round::Model) -> Result<Input, StoreError> {
    let rows = speed_sign_up::Entity::find()
        .find_also_related(member::Entity)
        .filter(speed_sign_up::Column::RoundId.eq(round.id))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .order_by_asc(speed_sign_up::Column::Id)
        .all(db)
        .await?;
    let mut topics: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let chosen = speed_sign_up_topic::Entity::find()
        .filter(speed_sign_up_topic::Column::SignUpId.is_in(rows.iter().map(|(row, _)| row.id)))
        .order_by_asc(speed_sign_up_topic::Column::Position)
        .all(db)
        .await?;
    for row in chosen {
        topics.entry(row.sign_up_id).or_default().push(row.topic_id);
    }
    let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
    for (row, _) in rows {
        let side = match row.role.parse() {
            Ok(SignUpRole::Mentee) => &mut mentees,
            Ok(SignUpRole::Mentor) => &mut mentors,
            Err(()) => return Err(StoreError::Corrupt(format!("speed sign-up {}: unreadable role", row.id))),
        };
        side.push(Person {
            sign_up: row.id,
            member: row.member_id,
            topics: topics.remove(&row.id).unwrap_or_default(),
        });
    }
    let blocked = blocked(db, round.id, &mentees, &mentors).await?;
    Ok(Input { waves: round.waves, mentees, mentors, blocked })
}

async fn blocked(
    db: &impl ConnectionTrait,
    round: Uuid,
    mentees: &[Person],
    mentors: &[Person],
) -> Result<Vec<(u32, u32)>, StoreError> {
    let people = || {
        speed_sign_up::Entity::find()
            .select_only()
            .column(speed_sign_up::Column::MemberId)
            .filter(speed_sign_up::Column::RoundId.eq(round))
            .into_query()
    };
    let rows = block::Entity::find()
        .filter(block::Column::ById.in_subquery(people()))
        .filter(block::Column::BlockedId.in_subquery(people()))
        .all(db)
        .await?;
    let index = |people: &[Person], member: Uuid| {
        (0..).zip(people).find(|(_, it)| it.member == member).map(|it| it.0)
    };
    let pair = |mentee: Uuid, mentor: Uuid| index(mentees, mentee).zip(index(mentors, mentor));
    let both = |row: block::Model| [pair(row.by_id, row.blocked_id), pair(row.blocked_id, row.by_id)];
    let mut found: Vec<(u32, u32)> = rows.into_iter().flat_map(both).flatten().collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
