//! The coordinators of a programme. Becoming one is how an administrator gets to read sign-ups, so it is audited.

use domain::{
    Actor, MemberId, Refusal, Slug,
    policy::{
        Permit,
        mentoring::{ChooseCoordinators, SaveCoordinator},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};
use uuid::Uuid;

use super::{programmes::lock_programme, visibility::relation};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{mentoring_coordinator, profile},
    members,
    write::{Tx, verb},
};

/// Saves a coordinator. Nothing happens to a member who is one.
pub(super) async fn save_coordinator(
    tx: &Tx,
    _: &Permit<SaveCoordinator>,
    programme: Uuid,
    member: MemberId,
) -> Result<bool, StoreError> {
    let known = mentoring_coordinator::Entity::find_by_id((programme, member.0)).one(tx.db()).await?;
    if known.is_some() {
        return Ok(false);
    }
    let row = mentoring_coordinator::ActiveModel {
        programme_id: Set(programme),
        member_id: Set(member.0),
        added_at: Set(tx.now()),
    };
    row.insert(tx.db()).await?;
    Ok(true)
}

/// Makes a member a coordinator of a programme.
///
/// # Errors
/// `Refused` when the actor may not choose coordinators, `Invalid` when there is no such member.
pub async fn add_coordinator(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    person: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, person| {
        let row = lock_programme(tx, actor, slug).await?;
        let permit = permit(actor, ChooseCoordinators, relation(tx.db(), actor, row.id).await?)?;
        let member = members::by_page_or_name(tx, actor, person, "person").await?;
        if !save_coordinator(tx, &permit.step(), row.id, member).await? {
            return Ok(());
        }
        let about = Changes::default().about("member", member.0);
        audit::record_changes(tx, &permit, "mentoring.add_coordinator", row.id, about).await
    })
}

/// Removes a coordinator. Nothing happens when the member is none.
///
/// # Errors
/// `Refused(LastCoordinator)` when nobody would be left, or when the actor may not choose coordinators.
pub async fn remove_coordinator(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    person: &Slug,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, person| {
        let row = lock_programme(tx, actor, slug).await?;
        let permit = permit(actor, ChooseCoordinators, relation(tx.db(), actor, row.id).await?)?;
        let of_programme = mentoring_coordinator::Column::ProgrammeId.eq(row.id);
        let profile =
            profile::Entity::find().filter(profile::Column::Slug.eq(person.as_str())).one(tx.db()).await?;
        let Some(member) = profile.map(|profile| profile.member_id) else { return Ok(()) };
        let deleted = mentoring_coordinator::Entity::delete_many()
            .filter(of_programme.clone())
            .filter(mentoring_coordinator::Column::MemberId.eq(member))
            .exec(tx.db())
            .await?;
        if deleted.rows_affected == 0 {
            return Ok(());
        }
        if mentoring_coordinator::Entity::find().filter(of_programme).count(tx.db()).await? == 0 {
            return Err(Refusal::LastCoordinator.into());
        }
        let about = Changes::default().about("member", member);
        audit::record_changes(tx, &permit, "mentoring.remove_coordinator", row.id, about).await
    })
}
