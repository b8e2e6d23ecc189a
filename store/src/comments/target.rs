//! What the features of the records decide: who sees a record, and who may turn comments off below it.

use domain::{
    Actor, MemberId,
    comments::{Target, TargetKind},
};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::{
    StoreError,
    entities::{comments_off, kudos},
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
