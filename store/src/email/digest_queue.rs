//! Emails that wait for their recipient's next digest.

use domain::{
    MemberId,
    emails::{Delivery, Email},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use crate::{StoreError, entities::digest_item, secrets::new_id, write::Tx};

/// Stores an email for the member's next digest.
pub(crate) async fn add(
    tx: &Tx,
    member: MemberId,
    email: &Email,
    delivery: Delivery,
) -> Result<(), StoreError> {
    let row = digest_item::ActiveModel {
        id: Set(new_id()),
        member_id: Set(member.0),
        delivery: Set(delivery.name().to_owned()),
        payload: Set(serde_json::to_string(email)?),
        posted_at: Set(tx.now()),
    };
    row.insert(tx.db()).await?;
    Ok(())
}
