//! The audit log: who did what to which record, in ids only, in the transaction that did it.

use domain::{MemberId, policy::Permit};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};
use uuid::Uuid;

use crate::{Fault, entities::audit, secrets::new_id, write::Tx};

/// Notes what a permit was used for.
pub(crate) async fn note(tx: &Tx, permit: &Permit, action: &'static str, subject: Uuid) -> Result<(), Fault> {
    note_by(tx, permit.by(), action, Some(subject)).await
}

/// Notes what happened without a permit: sign-ins, the operator's work.
pub(crate) async fn note_by(
    tx: &Tx,
    member: Option<MemberId>,
    action: &'static str,
    subject: Option<Uuid>,
) -> Result<(), Fault> {
    let row = audit::ActiveModel {
        id: Set(new_id()),
        at: Set(tx.now()),
        member_id: Set(member.map(|member| member.0)),
        action: Set(action.to_owned()),
        subject_id: Set(subject),
    };
    row.insert(tx.db()).await?;
    Ok(())
}
