//! Reactions to kudos (K8). They send no email.

use domain::{
    Actor, KudosId, Refusal,
    kudos::Reaction,
    policy::{NoRelation, kudos::React, permit},
};
use sea_orm::{ActiveValue::Set, EntityTrait as _, QueryFilter as _, sea_query::OnConflict};

use super::{
    feed::{EntryKind, push},
    visibility::seen_by,
};
use crate::{
    Store, StoreError,
    entities::{kudos, kudos_reaction},
    write::Tx,
};

/// Gives a reaction, or takes it back. Doing it again changes nothing.
///
/// # Errors
/// `Refused` when the actor may not give kudos. `NotFound` when the actor does not see the kudos.
pub async fn react(
    store: &Store,
    actor: &Actor,
    id: KudosId,
    kind: Reaction,
    wanted: bool,
) -> Result<(), StoreError> {
    let args = (*actor, id, kind, wanted);
    store
        .write(args, |tx, (actor, id, kind, wanted)| Box::pin(react_in(tx, actor, *id, *kind, *wanted)))
        .await
}

async fn react_in(
    tx: &Tx,
    actor: &Actor,
    id: KudosId,
    kind: Reaction,
    wanted: bool,
) -> Result<(), StoreError> {
    let permit = permit(actor, React, NoRelation)?;
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    let seen = kudos::Entity::find_by_id(id.0).filter(seen_by(actor)).one(tx.db()).await?;
    seen.ok_or(StoreError::NotFound)?;
    let key = (id.0, me.0, kind.name().to_owned());
    let is_given = kudos_reaction::Entity::find_by_id(key.clone()).one(tx.db()).await?.is_some();
    if is_given == wanted {
        return Ok(());
    }
    if wanted {
        let row = kudos_reaction::ActiveModel {
            kudos_id: Set(id.0),
            member_id: Set(me.0),
            kind: Set(kind.name().to_owned()),
            given_at: Set(tx.now()),
        };
        let ignore_existing = OnConflict::columns([
            kudos_reaction::Column::KudosId,
            kudos_reaction::Column::MemberId,
            kudos_reaction::Column::Kind,
        ])
        .do_nothing()
        .to_owned();
        kudos_reaction::Entity::insert(row)
            .on_conflict(ignore_existing)
            .exec_without_returning(tx.db())
            .await?;
    } else {
        kudos_reaction::Entity::delete_by_id(key).exec(tx.db()).await?;
    }
    push(tx, id, EntryKind::Edited).await
}
