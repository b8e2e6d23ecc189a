//! Changes of several members at once. Each member is one transaction with its own audit entry, so a failure in between
//! undoes nothing, and the form can be sent again.

use std::collections::HashSet;

use domain::{
    Actor, MemberId, Refusal, Role,
    emails::{Email, SignInReminder},
    policy::admin::ManageMembers,
    rights::{BulkAction, LeftOut, MAX_SELECTED, SIGN_IN_EMAIL_EVERY, Selected},
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::{
    people::{PersonRow, lift, rows_of, set_role, suspend},
    rights::may,
};
use crate::{
    Store, StoreError, audit,
    entities::email,
    members::{self, recipient},
    outbox,
    write::verb,
};

/// The selected members by name, each with the reason why the action leaves them out, if it does. Unknown ids are passed
/// over.
///
/// # Errors
/// `Refused` when the actor is not an admin, or for more than [`MAX_SELECTED`] members.
pub async fn selected(
    store: &Store,
    actor: &Actor,
    ids: &[MemberId],
    action: BulkAction,
) -> Result<Vec<(PersonRow, Option<LeftOut>)>, StoreError> {
    let _permit = may(actor, ManageMembers)?;
    if ids.len() > MAX_SELECTED {
        return Err(Refusal::TooMany { max: MAX_SELECTED as i64 }.into());
    }
    let rows = rows_of(store.db(), ids).await?;
    let emailed = emailed_lately(store.db(), ids, store.now()).await?;
    let left_out = |row: &PersonRow| {
        action.leaves_out(&Selected {
            role: row.role,
            is_oneself: actor.member() == Some(row.id),
            has_address: row.address.is_some(),
            was_emailed: emailed.contains(&row.id.0),
        })
    };
    Ok(rows.into_iter().map(|row| (left_out(&row), row)).map(|(why, row)| (row, why)).collect())
}

/// Changes the selected members one after another, and returns how many were changed. `reason` is only used for suspensions.
/// Members who cannot be changed meanwhile are passed over.
///
/// # Errors
/// As for [`selected`].
pub async fn change_selected(
    store: &Store,
    actor: &Actor,
    ids: &[MemberId],
    action: BulkAction,
    reason: &str,
) -> Result<u32, StoreError> {
    let members = selected(store, actor, ids, action).await?;
    let mut changed = 0;
    for (row, _) in members.into_iter().filter(|(_, why)| why.is_none()) {
        let done = match action {
            BulkAction::Suspend => suspend(store, actor, row.id, reason).await.map(drop),
            BulkAction::Lift => lift(store, actor, row.id).await,
            BulkAction::SignInEmail => remind_to_sign_in(store, actor, row.id).await,
            BulkAction::RemoveRole => set_role(store, actor, row.id, Role::Member).await,
        };
        match done {
            Ok(()) => changed += 1,
            // Another admin was faster, or they are the last admin by now.
            Err(StoreError::Refused(_) | StoreError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(changed)
}

/// Emails a member a link to the sign-in page.
async fn remind_to_sign_in(store: &Store, actor: &Actor, id: MemberId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let permit = may(actor, ManageMembers)?;
        let row = members::lock(tx, id).await?;
        if !emailed_lately(tx.db(), &[id], tx.now()).await?.is_empty() {
            return Err(Refusal::AskedAlready.into());
        }
        let to = recipient(&row).ok_or(StoreError::NotFound)?;
        outbox::post(tx, Some(id), &to, &Email::from(SignInReminder)).await?;
        audit::record(tx, &permit, "member.sign_in_email", id.0).await
    })
}

/// Which of these members got an email that asks them to sign in lately.
async fn emailed_lately(
    db: &impl ConnectionTrait,
    ids: &[MemberId],
    now: domain::Instant,
) -> Result<HashSet<uuid::Uuid>, StoreError> {
    let found: Vec<Option<uuid::Uuid>> = email::Entity::find()
        .select_only()
        .column(email::Column::MemberId)
        .filter(email::Column::MemberId.is_in(ids.iter().map(|id| id.0)))
        .filter(email::Column::Kind.eq(Email::from(SignInReminder).kind()))
        .filter(email::Column::PostedAt.gt(now - SIGN_IN_EMAIL_EVERY))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().flatten().collect())
}
