//! A member's email address. It belongs to the account once the member has typed a code that was sent to it.

use chrono::Duration;
use domain::{
    Actor, MemberId, Refusal,
    emails::{self, Email, Recipient},
    members::Address,
    policy::{
        Permit,
        admin::ManageMembers,
        members::{EditProfile, ManageSessions, ProveAddress},
    },
    sign_in::{ATTEMPTS, PROOF_LIFETIME, typed_code, wrong_code},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};

use super::{load, lock, own, recipient};
use crate::{
    Store, StoreError, admin, audit,
    entities::{address_proof, member},
    outbox, secrets,
    sign_in::{Asker, take},
    suppressions,
    write::{Tx, verb},
};

/// The address that the actor has entered and not proved yet.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn address_to_prove(store: &Store, actor: &Actor) -> Result<Option<Address>, StoreError> {
    let (id, _permit) = own(actor, ManageSessions)?;
    let proof = address_proof::Entity::find()
        .filter(address_proof::Column::MemberId.eq(id.0))
        .filter(address_proof::Column::ExpiresAt.gt(store.now()))
        .filter(address_proof::Column::Attempts.lt(max_attempts()))
        .one(store.db())
        .await?;
    Ok(proof.and_then(|proof| Address::parse(&proof.address)))
}

/// Sends a code to an address that the actor says is theirs. Does not reveal whether another member has the
/// address. The person with access to it learns that when they use the code. An older request of the same
/// member stops working.
///
/// # Errors
/// `Refused` when the member is suspended, or with `SlowDown` when the address or the member had too many
/// codes.
pub async fn ask_address(store: &Store, actor: &Actor, address: Address) -> Result<(), StoreError> {
    verb!(store, |tx, actor, address| {
        let (id, permit) = own(actor, EditProfile)?;
        ask_in(tx, &permit.step(), id, address).await
    })
}

/// Does the same on behalf of a member, who types the code on their own profile page.
///
/// # Errors
/// `Refused` when the actor is not an admin, or with `SlowDown`. `NotFound` when there is no such member.
pub async fn ask_address_of(
    store: &Store,
    actor: &Actor,
    id: MemberId,
    address: Address,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, id, address| {
        let permit = admin::may(actor, ManageMembers)?;
        ask_in(tx, &permit.step(), *id, address).await
    })
}

async fn ask_in(
    tx: &Tx,
    permit: &Permit<ProveAddress>,
    id: MemberId,
    address: &Address,
) -> Result<(), StoreError> {
    let row = lock(tx, id).await?;
    let asker = Asker::member(permit.by().unwrap_or(id));
    if let Err(wait) = take(tx, &address.key(), &asker).await? {
        return Err(slow_down(wait));
    }
    address_proof::Entity::delete_many()
        .filter(
            Condition::any()
                .add(address_proof::Column::MemberId.eq(id.0))
                .add(address_proof::Column::ExpiresAt.lte(tx.now())),
        )
        .exec(tx.db())
        .await?;
    let (proof, code, expires_at) = (secrets::new_id(), secrets::code(), tx.now() + PROOF_LIFETIME);
    let asked = address_proof::ActiveModel {
        id: Set(proof),
        member_id: Set(id.0),
        address: Set(address.as_str().to_owned()),
        address_key: Set(address.key()),
        code_hash: Set(secrets::hash_code(proof, &code)),
        attempts: Set(0),
        expires_at: Set(expires_at),
    };
    asked.insert(tx.db()).await?;
    let to = Recipient {
        // The address may belong to a stranger, who must not learn the member's name.
        name: String::new(),
        address: address.as_str().to_owned(),
        zone: row.zone.parse().unwrap_or(domain::Zone::UTC),
        locale: row.locale.parse().unwrap_or_default(),
    };
    outbox::post(tx, Some(id), &to, &Email::from(emails::ProveAddress { code, expires_at })).await?;
    audit::record(tx, permit, "member.request_address", id.0).await
}

fn slow_down(wait: Duration) -> StoreError {
    Refusal::SlowDown { seconds: wait.num_seconds() }.into()
}

/// Gives the actor the address that they received the code at. Notifies the previous address.
///
/// # Errors
/// `Refused` with `CodeWrong`, `SignInExpired`, or `AddressTaken` when another member has it.
pub async fn prove_address(store: &Store, actor: &Actor, typed: &str) -> Result<(), StoreError> {
    let args = (*actor, typed_code(typed));
    // The count of wrong codes must be committed, so a wrong code is not an error inside the transaction.
    let proved: Result<(), Refusal> =
        store.write(args, |tx, (actor, code)| Box::pin(prove_in(tx, actor, code.as_deref()))).await?;
    Ok(proved?)
}

async fn prove_in(tx: &Tx, actor: &Actor, code: Option<&str>) -> Result<Result<(), Refusal>, StoreError> {
    let (id, permit) = own(actor, EditProfile)?;
    let before = lock(tx, id).await?;
    let query = address_proof::Entity::find().filter(address_proof::Column::MemberId.eq(id.0));
    let Some(proof) = query
        .lock_exclusive()
        .one(tx.db())
        .await?
        .filter(|proof| tx.now() < proof.expires_at && proof.attempts < max_attempts())
    else {
        return Ok(Err(Refusal::SignInExpired));
    };
    if !code.is_some_and(|code| secrets::same_hash(&proof.code_hash, &secrets::hash_code(proof.id, code))) {
        let attempts = proof.attempts + 1;
        let mut proof = proof.into_active_model();
        proof.attempts = Set(attempts);
        proof.update(tx.db()).await?;
        return Ok(Err(wrong_code(u32::try_from(attempts).unwrap_or(ATTEMPTS))));
    }
    let Some(address) = Address::parse(&proof.address) else {
        return Err(StoreError::Corrupt(format!("address proof {}: not an address", proof.id)));
    };
    if is_taken(tx.db(), id, &address).await? {
        return Ok(Err(Refusal::AddressTaken));
    }
    address_proof::Entity::delete_by_id(proof.id).exec(tx.db()).await?;
    write_address(tx, id, &address).await?;
    if before.address_key.as_ref().is_some_and(|key| *key != address.key())
        && let Some(to) = recipient(&before)
    {
        outbox::post(tx, Some(id), &to, &Email::from(emails::AddressChanged)).await?;
    }
    audit::record(tx, &permit, "member.address", id.0).await?;
    Ok(Ok(()))
}

fn max_attempts() -> i32 {
    i32::try_from(ATTEMPTS).unwrap_or(i32::MAX)
}

/// Gives a member without an address the one that their provider has verified, if no other member has it.
pub(crate) async fn adopt_address(
    tx: &Tx,
    id: MemberId,
    address: Option<&Address>,
) -> Result<(), StoreError> {
    let Some(address) = address else { return Ok(()) };
    if load(tx.db(), id).await?.address.is_some() || is_taken(tx.db(), id, address).await? {
        return Ok(());
    }
    write_address(tx, id, address).await?;
    audit::record_by(tx, Some(id), "member.address", Some(id.0)).await
}

async fn is_taken(db: &impl ConnectionTrait, id: MemberId, address: &Address) -> Result<bool, StoreError> {
    let other_members = member::Entity::find()
        .filter(member::Column::AddressKey.eq(address.key()))
        .filter(member::Column::Id.ne(id.0));
    Ok(other_members.one(db).await?.is_some())
}

/// Saves a proven address. Emails arrive there, so its suppression ends, and a pending invitation to it is
/// used.
async fn write_address(tx: &Tx, id: MemberId, address: &Address) -> Result<(), StoreError> {
    let change = member::ActiveModel {
        id: Set(id.0),
        address: Set(Some(address.as_str().to_owned())),
        address_key: Set(Some(address.key())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    suppressions::clear(tx, &address.key()).await?;
    admin::claim(tx, &address.key(), id).await?;
    Ok(())
}
