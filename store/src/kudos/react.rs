//! Reactions to kudos (K8). They send no email of their own: a digest says how many there are.

use domain::{
    Actor, KudosId, MemberId, Refusal,
    emails::{Email, KudosReacted, Mailing},
    kudos::Reaction,
    policy::{NoRelation, kudos::React, permit},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    feed::{EntryKind, push},
    visibility::seen_by,
};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{digest_item, kudos, kudos_reaction, kudos_recipient},
    members, outbox,
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
    let card = kudos::Entity::find_by_id(id.0).filter(seen_by(actor)).one(tx.db()).await?;
    let card = card.ok_or(StoreError::NotFound)?;
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
        mention(tx, &card, me).await?;
    } else {
        kudos_reaction::Entity::delete_by_id(key).exec(tx.db()).await?;
    }
    push(tx, id, EntryKind::Edited).await
}

/// Adds the card to the next digest of its giver and its recipients, once.
async fn mention(tx: &Tx, card: &kudos::Model, by: MemberId) -> Result<(), StoreError> {
    let recipients: Vec<Uuid> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.eq(card.id))
        .filter(kudos_recipient::Column::HiddenAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    for id in recipients.into_iter().chain([card.from_id]).filter(|id| *id != by.0) {
        let person = members::load(tx.db(), MemberId(id)).await?;
        let Some(to) = members::recipient(&person) else { continue };
        let mailing = Mailing { member: MemberId(id), group: None };
        let email = Email::from(KudosReacted { kudos: KudosId(card.id), count: 1, mailing });
        let waits = digest_item::Entity::find()
            .filter(digest_item::Column::MemberId.eq(id))
            .filter(digest_item::Column::Payload.eq(serde_json::to_string(&email)?));
        if waits.count(tx.db()).await? == 0 {
            outbox::post(tx, Some(MemberId(id)), &to, &email).await?;
        }
    }
    Ok(())
}

/// What a digest says about reactions: how many others gave by now. `None` when there are none, and when the reader does
/// not see the card any more.
pub(crate) async fn counted(
    tx: &Tx,
    reader: &Actor,
    email: KudosReacted,
) -> Result<Option<KudosReacted>, StoreError> {
    let Some(me) = reader.member() else { return Ok(None) };
    let seen = kudos::Entity::find_by_id(email.kudos.0).filter(seen_by(reader)).count(tx.db()).await? > 0;
    let others = kudos_reaction::Entity::find()
        .filter(kudos_reaction::Column::KudosId.eq(email.kudos.0))
        .filter(kudos_reaction::Column::MemberId.ne(me.0))
        .filter(hidden_from(reader, Expr::col(kudos_reaction::Column::MemberId)));
    let count = u32::try_from(others.count(tx.db()).await?).unwrap_or(u32::MAX);
    Ok((seen && count > 0).then_some(KudosReacted { count, ..email }))
}
