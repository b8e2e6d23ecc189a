//! The goals of a pair (M16). Both write them, and nobody else reads them.

use domain::{
    Actor, GoalId, MentorshipId,
    mentorships::Goal,
    policy::{mentorships::WorkInMentorship, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::{pair::locked, rows::check_active};
use crate::{
    Store, StoreError,
    entities::mentorship_goal,
    secrets::new_id,
    write::{create_key, verb},
};

/// The most goals of a pair.
const MAX_GOALS: u64 = 20;

/// Saves a goal. Without an id it is a new one. The same `key` creates one goal.
///
/// # Errors
/// `NotFound` for everybody but the two, and for another pair's goal.
pub async fn save_goal(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    goal: Goal,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, goal, key| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let _permit = permit(actor, WorkInMentorship, relation)?;
        check_active(pair.state()?)?;
        let of_pair = mentorship_goal::Column::MentorshipId.eq(id.0);
        let mut row = mentorship_goal::ActiveModel {
            title: Set(goal.title.clone()),
            why: Set(goal.why.clone()),
            evidence: Set(goal.evidence.clone()),
            due_on: Set(goal.due_on),
            progress: Set(i32::from(goal.progress)),
            ..Default::default()
        };
        if let Some(goal) = goal.id {
            let known = mentorship_goal::Entity::find_by_id(goal.0).filter(of_pair).one(tx.db()).await?;
            row.id = Set(known.ok_or(StoreError::NotFound)?.id);
            row.update(tx.db()).await?;
            return Ok(());
        }
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = mentorship_goal::Entity::find().filter(mentorship_goal::Column::CreateKey.eq(key));
            if same.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        if mentorship_goal::Entity::find().filter(of_pair).count(tx.db()).await? >= MAX_GOALS {
            return Err(domain::Refusal::SlowDown { seconds: 3600 }.into());
        }
        row.id = Set(new_id());
        row.mentorship_id = Set(id.0);
        row.created_at = Set(tx.now());
        row.create_key = Set(key);
        row.insert(tx.db()).await?;
        Ok(())
    })
}

/// Deletes a goal. Nothing happens when it is gone.
///
/// # Errors
/// `NotFound` for everybody but the two.
pub async fn remove_goal(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    goal: GoalId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &goal| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let _permit = permit(actor, WorkInMentorship, relation)?;
        check_active(pair.state()?)?;
        mentorship_goal::Entity::delete_by_id(goal.0)
            .filter(mentorship_goal::Column::MentorshipId.eq(id.0))
            .exec(tx.db())
            .await?;
        Ok(())
    })
}
