//! What a pair agrees on (M15). Whoever saves it agrees, and the other one then agrees too.

use domain::{
    Actor, MentorshipId, Refusal,
    mentoring::SignUpRole,
    mentorships::Agreement,
    policy::{Permit, mentorships::WorkInMentorship, permit},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use super::{pair::locked, rows::check_active};
use crate::{
    Store, StoreError,
    entities::mentorship_agreement,
    write::{Tx, verb},
};

/// Saves the agreement. The other one has to agree again.
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused(ChangedMeanwhile)` when `version` is outdated.
pub async fn save_agreement(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    agreement: Agreement,
    version: i32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, agreement, &version| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, WorkInMentorship, relation)?;
        check_active(pair.state()?)?;
        let known = mentorship_agreement::Entity::find_by_id(id.0).one(tx.db()).await?;
        let current = known.as_ref().map_or(0, |row| row.version);
        if current != version {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(current) }.into());
        }
        let agreed = |side| (pair.side == side).then(|| tx.now());
        let row = mentorship_agreement::ActiveModel {
            mentorship_id: Set(id.0),
            cadence: Set(agreement.cadence.name().to_owned()),
            channel: Set(agreement.channel.clone()),
            confidentiality: Set(agreement.confidentiality.clone()),
            ending: Set(agreement.ending.clone()),
            mentee_agreed_at: Set(agreed(SignUpRole::Mentee)),
            mentor_agreed_at: Set(agreed(SignUpRole::Mentor)),
            version: Set(current + 1),
        };
        save(tx, &permit, row, known.is_some()).await
    })
}

async fn save(
    tx: &Tx,
    _: &Permit<WorkInMentorship>,
    row: mentorship_agreement::ActiveModel,
    is_known: bool,
) -> Result<(), StoreError> {
    match is_known {
        true => row.update(tx.db()).await?,
        false => row.insert(tx.db()).await?,
    };
    Ok(())
}

/// Agrees to the agreement as the other one saved it. Agreeing again changes nothing.
///
/// # Errors
/// `NotFound` for everybody but the two, and without an agreement. `Refused(ChangedMeanwhile)` when it changed.
pub async fn agree(store: &Store, actor: &Actor, id: MentorshipId, version: i32) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &version| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, WorkInMentorship, relation)?;
        check_active(pair.state()?)?;
        let row = mentorship_agreement::Entity::find_by_id(id.0).one(tx.db()).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        if row.version != version {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(row.version) }.into());
        }
        let mut change = mentorship_agreement::ActiveModel { mentorship_id: Set(id.0), ..Default::default() };
        match pair.side {
            SignUpRole::Mentee if row.mentee_agreed_at.is_none() => {
                change.mentee_agreed_at = Set(Some(tx.now()));
            }
            SignUpRole::Mentor if row.mentor_agreed_at.is_none() => {
                change.mentor_agreed_at = Set(Some(tx.now()));
            }
            SignUpRole::Mentee | SignUpRole::Mentor => return Ok(()),
        }
        save(tx, &permit, change, true).await
    })
}
