//! Posting a learning request.

use domain::{
    Actor, DemandId, Problem, Refusal, Slug,
    demands::{Demand, DemandState, MAX_OPEN_DEMANDS},
    policy::{NoRelation, demands::AskDemand, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};
use uuid::Uuid;

use super::similar::similar;
use crate::{
    Store, StoreError, audit,
    entities::{demand, demand_supporter, topic},
    groups, members, search,
    secrets::new_id,
    write::{Tx, create_key, verb},
};

/// Posts a learning request. The same `key` posts one. With `anyway`, it is posted although others look like it.
///
/// # Errors
/// `Refused(DemandsAlike)` when open requests look like it, and `Refused(TooManyDemands)` with five open ones. `Invalid`
/// for a group that the actor does not see, and for a topic that is not offered.
pub async fn ask(
    store: &Store,
    actor: &Actor,
    demand: Demand,
    anyway: bool,
    key: &str,
) -> Result<DemandId, StoreError> {
    if let Some(key) = create_key(actor, key) {
        let same = demand::Entity::find().filter(demand::Column::CreateKey.eq(key));
        if let Some(same) = same.one(store.db()).await? {
            return Ok(DemandId(same.id));
        }
    }
    if !anyway && !similar(store, actor, &demand.title).await?.is_empty() {
        return Err(Refusal::DemandsAlike.into());
    }
    verb!(store, |tx, actor, demand, key| {
        let permit = permit(actor, AskDemand, NoRelation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        // The member's row is the lock behind which open requests are counted.
        members::lock(tx, me).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = demand::Entity::find().filter(demand::Column::CreateKey.eq(key));
            if let Some(same) = same.one(tx.db()).await? {
                return Ok(DemandId(same.id));
            }
        }
        refuse_many(tx, me.0).await?;
        let id = new_id();
        let row = demand::ActiveModel {
            id: Set(id),
            asker_id: Set(Some(me.0)),
            title: Set(demand.title.clone()),
            text: Set(demand.text.clone()),
            group_id: Set(group_of(tx, actor, demand.group.as_ref()).await?),
            topic_id: Set(topic_of(tx, demand.topic.as_ref()).await?),
            place: Set(demand.place.name().to_owned()),
            city: Set(demand.city.clone()),
            state: Set(DemandState::Open.name().to_owned()),
            supporters: Set(1),
            event_id: Set(None),
            posted_at: Set(tx.now()),
            changed_at: Set(None),
            hidden_at: Set(None),
            create_key: Set(key),
        };
        let row = row.insert(tx.db()).await?;
        let author = demand_supporter::ActiveModel {
            demand_id: Set(id),
            member_id: Set(me.0),
            since: Set(tx.now()),
            invited_at: Set(None),
        };
        author.insert(tx.db()).await?;
        search::demand(tx, &row).await?;
        audit::record(tx, &permit, "demand.ask", id).await?;
        Ok(DemandId(id))
    })
}

/// Refuses one more open request of a member. The member's row is locked.
pub(super) async fn refuse_many(tx: &Tx, me: Uuid) -> Result<(), StoreError> {
    let open = demand::Entity::find()
        .filter(demand::Column::AskerId.eq(me))
        .filter(demand::Column::State.eq(DemandState::Open.name()))
        .count(tx.db())
        .await?;
    if open >= MAX_OPEN_DEMANDS {
        let max = i64::try_from(MAX_OPEN_DEMANDS).unwrap_or(i64::MAX);
        return Err(Refusal::TooManyDemands { max }.into());
    }
    Ok(())
}

async fn group_of(tx: &Tx, actor: &Actor, slug: Option<&Slug>) -> Result<Option<Uuid>, StoreError> {
    let Some(slug) = slug else { return Ok(None) };
    let row = groups::seen(tx.db(), actor, slug).await?.filter(|row| row.archived_at.is_none());
    Ok(Some(row.ok_or_else(|| wrong("group"))?.id))
}

pub(super) async fn topic_of(tx: &Tx, slug: Option<&Slug>) -> Result<Option<Uuid>, StoreError> {
    let Some(slug) = slug else { return Ok(None) };
    let row = topic::Entity::find()
        .filter(topic::Column::Slug.eq(slug.as_str()))
        .filter(topic::Column::RetiredAt.is_null())
        .one(tx.db())
        .await?;
    Ok(Some(row.ok_or_else(|| wrong("topic"))?.id))
}

fn wrong(field: &str) -> StoreError {
    StoreError::Invalid(vec![Problem { field: field.into(), why: Refusal::BadChoice }])
}
