//! What a member says about themself.

use domain::{
    Actor, MemberId, Problem, Refusal,
    members::Profile,
    policy::{Action, Permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};

use super::own;
use crate::{
    Fault, Store, audit,
    entities::{discipline, member, member_discipline},
    write::Tx,
};

/// Saves the actor's own profile.
///
/// # Errors
/// `Refused` when nobody is signed in or the member is suspended, `Invalid` when there is no such
/// discipline.
pub async fn save_profile(store: &Store, who: &Actor, profile: Profile) -> Result<(), Fault> {
    store
        .write((*who, profile), |tx, (who, profile)| {
            Box::pin(async move {
                let (id, permit) = own(who, Action::EditProfile)?;
                write_profile(tx, &permit, id, profile).await
            })
        })
        .await
}

async fn write_profile(tx: &Tx, permit: &Permit, id: MemberId, profile: &Profile) -> Result<(), Fault> {
    let row = member::ActiveModel {
        id: Set(id.0),
        name: Set(profile.name.clone()),
        zone: Set(profile.zone.name().to_owned()),
        locale: Set(profile.locale.tag().to_owned()),
        headline: Set(profile.headline.clone()),
        ..Default::default()
    };
    // Before its disciplines: the member's row is the lock of two forms saved at once.
    row.update(tx.db()).await?;
    write_disciplines(tx, id, profile).await?;
    audit::note(tx, permit, "member.profile", id.0).await
}

async fn write_disciplines(tx: &Tx, id: MemberId, profile: &Profile) -> Result<(), Fault> {
    let wanted = discipline::Entity::find()
        .filter(discipline::Column::Slug.is_in(profile.disciplines.iter().map(|slug| slug.as_str())))
        .all(tx.db())
        .await?;
    if wanted.len() != profile.disciplines.len() {
        return Err(Fault::Invalid(vec![Problem { field: "disciplines".into(), why: Refusal::BadChoice }]));
    }
    member_discipline::Entity::delete_many()
        .filter(member_discipline::Column::MemberId.eq(id.0))
        .exec(tx.db())
        .await?;
    if wanted.is_empty() {
        return Ok(());
    }
    let rows = wanted
        .into_iter()
        .map(|row| member_discipline::ActiveModel { member_id: Set(id.0), discipline_id: Set(row.id) });
    member_discipline::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}
