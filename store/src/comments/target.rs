//! What the features of the records decide: who sees a record, who is notified of a comment, and who may turn
//! comments off below it.

use std::collections::BTreeSet;

use domain::{
    Actor, MemberId,
    comments::{Target, TargetKind},
    kudos::KudosVisibility,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{comments_off, kudos, kudos_giver, kudos_recipient},
    kudos::{received, seen_by},
};

/// Refuses readers who do not see the record now.
pub(super) async fn check_seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    target: Target,
) -> Result<(), StoreError> {
    let seen = match target.kind {
        TargetKind::Kudos => {
            kudos::Entity::find_by_id(target.id).filter(seen_by(actor)).one(db).await?.is_some()
        }
    };
    if seen { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Whether a member may turn comments off below the record. For kudos these are the giver and the recipients.
pub(super) async fn is_owner(
    db: &impl ConnectionTrait,
    member: MemberId,
    target: Target,
) -> Result<bool, StoreError> {
    match target.kind {
        TargetKind::Kudos => {
            let own = Condition::any()
                .add(kudos::Column::FromId.eq(member.0))
                .add(kudos::Column::Id.in_subquery(received(member)));
            Ok(kudos::Entity::find_by_id(target.id).filter(own).one(db).await?.is_some())
        }
    }
}

/// Whether comments are turned off below the record.
pub(super) async fn is_off(db: &impl ConnectionTrait, target: Target) -> Result<bool, StoreError> {
    let key = (target.kind.name().to_owned(), target.id);
    Ok(comments_off::Entity::find_by_id(key).one(db).await?.is_some())
}

/// The people who are notified of a comment: for kudos the giver, the recipients who do not hide themselves, and
/// the members who added their thanks.
pub(super) async fn people(db: &impl ConnectionTrait, target: Target) -> Result<BTreeSet<Uuid>, StoreError> {
    let TargetKind::Kudos = target.kind;
    let giver = kudos::Entity::find_by_id(target.id).one(db).await?.map(|row| row.from_id);
    let recipients: Vec<Uuid> = kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::MemberId)
        .filter(kudos_recipient::Column::KudosId.eq(target.id))
        .filter(kudos_recipient::Column::HiddenAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let added: Vec<Uuid> = kudos_giver::Entity::find()
        .select_only()
        .column(kudos_giver::Column::MemberId)
        .filter(kudos_giver::Column::KudosId.eq(target.id))
        .into_tuple()
        .all(db)
        .await?;
    Ok(giver.into_iter().chain(recipients).chain(added).collect())
}

/// Whether texts below the record may not be in an email.
pub(super) async fn is_private(db: &impl ConnectionTrait, target: Target) -> Result<bool, StoreError> {
    let TargetKind::Kudos = target.kind;
    let row = kudos::Entity::find_by_id(target.id).one(db).await?;
    Ok(row.is_none_or(|row| row.visibility == KudosVisibility::Private.name()))
}
