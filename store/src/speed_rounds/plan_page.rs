//! The plan of a round, for its coordinators.

use std::collections::HashMap;

use domain::{Actor, Instant, SpeedRoundId, mentoring::SignUpRole};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::{
    input::load,
    plan::SPEED_PLAN,
    read::{SpeedRoundCard, card_of, topics_of},
    rows::{may_coordinate, seen, times_of},
};
use crate::{
    Store, StoreError,
    entities::{member, speed_conversation, speed_sign_up},
    jobs::{self, JobState, JobStatus},
};

/// Somebody who signed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPerson {
    /// Their name.
    pub name: String,
    /// On which side.
    pub role: SignUpRole,
    /// Names of their topics.
    pub topics: Vec<String>,
    /// How many conversations the plan has for them.
    pub conversations: usize,
}

/// A conversation of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPair {
    /// Name of the mentee.
    pub mentee: String,
    /// Name of the mentor.
    pub mentor: String,
    /// The mentor's table. `None` for a mentor with a call.
    pub table: Option<i32>,
}

/// A wave of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWave {
    /// When it begins.
    pub begins_at: Instant,
    /// Its conversations, by table.
    pub pairs: Vec<PlannedPair>,
    /// Names of the people who have a break.
    pub breaks: Vec<String>,
}

/// The plan of a round, for its coordinators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPage {
    /// The round.
    pub card: SpeedRoundCard,
    /// Everybody who signed up, mentors first.
    pub people: Vec<PlannedPerson>,
    /// The waves. Empty before the first plan.
    pub waves: Vec<PlannedWave>,
    /// When the plan was made.
    pub planned_at: Option<Instant>,
    /// Whether somebody signed up or withdrew since then.
    pub is_outdated: bool,
    /// The job that makes a plan, while it works or when it failed.
    pub job: Option<JobStatus>,
}

impl PlanPage {
    /// The number of conversations.
    #[must_use]
    pub fn conversations(&self) -> usize {
        self.waves.iter().map(|wave| wave.pairs.len()).sum()
    }

    /// The number of breaks.
    #[must_use]
    pub fn breaks(&self) -> usize {
        self.waves.iter().map(|wave| wave.breaks.len()).sum()
    }
}

/// The plan of a round with everybody who signed up. Links of calls are for the people who meet there.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. `Refused` for everybody but coordinators.
pub async fn plan_page(store: &Store, actor: &Actor, id: SpeedRoundId) -> Result<PlanPage, StoreError> {
    let db = store.db();
    let round = seen(db, actor, id).await?;
    let _permit = may_coordinate(db, actor, &round).await?;
    let rows = speed_sign_up::Entity::find()
        .find_also_related(member::Entity)
        .filter(speed_sign_up::Column::RoundId.eq(id.0))
        .order_by_desc(speed_sign_up::Column::Role)
        .order_by_asc(speed_sign_up::Column::Id)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    let mut topics = topics_of(db, &ids).await?;
    let conversations = speed_conversation::Entity::find()
        .filter(speed_conversation::Column::RoundId.eq(id.0))
        .all(db)
        .await?;
    let names: HashMap<Uuid, String> =
        rows.iter().filter_map(|(row, member)| Some((row.id, member.clone()?.shown_name()))).collect();
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let is_in = |row: &speed_conversation::Model, id: Uuid| {
        row.mentee_sign_up_id == id || row.mentor_sign_up_id == id
    };
    let mut people = Vec::with_capacity(rows.len());
    for (row, _) in &rows {
        people.push(PlannedPerson {
            name: name(row.id),
            role: row
                .role
                .parse()
                .map_err(|()| StoreError::Corrupt(format!("{}: unreadable role", row.id)))?,
            topics: topics.remove(&row.id).unwrap_or_default().into_iter().map(|topic| topic.name).collect(),
            conversations: conversations.iter().filter(|it| is_in(it, row.id)).count(),
        });
    }
    let wave = |wave: i32| {
        let of_wave: Vec<_> = conversations.iter().filter(|row| row.wave == wave).collect();
        let mut pairs: Vec<(Option<i32>, PlannedPair)> = of_wave
            .iter()
            .map(|row| {
                let mentor = rows.iter().find(|(it, _)| it.id == row.mentor_sign_up_id).map(|it| &it.0);
                let number = mentor.and_then(|it| it.table_number);
                let table = number.filter(|_| mentor.is_some_and(|it| it.link.is_empty()));
                let (mentee, mentor) = (name(row.mentee_sign_up_id), name(row.mentor_sign_up_id));
                (number, PlannedPair { mentee, mentor, table })
            })
            .collect();
        pairs.sort_by_key(|(number, _)| *number);
        let free = |id: &&Uuid| !of_wave.iter().any(|row| is_in(row, **id));
        PlannedWave {
            begins_at: times_of(&round).begins(wave),
            pairs: pairs.into_iter().map(|(_, pair)| pair).collect(),
            breaks: ids.iter().filter(free).map(|id| name(*id)).collect(),
        }
    };
    let waves = if round.planned_at.is_some() { (0..round.waves).map(wave).collect() } else { Vec::new() };
    let job = jobs::status(store, SPEED_PLAN, &id.to_string()).await?;
    let is_open = |job: &JobStatus| !matches!(job.state, JobState::Done | JobState::Cancelled);
    let digest = load(db, &round).await?.digest()?;
    Ok(PlanPage {
        card: card_of(db, &round, None).await?,
        people,
        waves,
        planned_at: round.planned_at,
        is_outdated: round.plan_digest.as_ref().is_some_and(|known| *known != digest),
        job: job.filter(is_open),
    })
}
