//! Registration in one step by visitors: the held seat, and its confirmation (A14). `sign_in` sends the email and proves
//! the address.

use domain::{
    Actor, Instant, Refusal, Slug,
    emails::EventFacts,
    events::{self, Mode, Reservation, Rsvp, RsvpState},
    policy::{Own, permit, seats::ManageSeat},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::{
    locked::LockedEvent,
    notify::facts_for_all,
    rows::{lock, locked},
    seats::{apply_own, own_rsvp},
    visibility::visible,
};
use crate::{
    StoreError,
    entities::{event, registration},
    write::Tx,
};

/// A visitor's registration for an event.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The event.
    pub event: Slug,
    /// The name for a new account.
    pub name: String,
    /// In the room or online.
    pub mode: Mode,
    /// A keyed hash of the client's network, for the limit on held seats.
    pub network: Vec<u8>,
}

/// What the email about a registration says.
pub(crate) struct Registered {
    pub(crate) event: EventFacts,
    pub(crate) reservation: Reservation,
    pub(crate) expires_at: Instant,
}

/// Holds a seat for a visitor where there is one, and keeps the registration until it expires. It replaces
/// one that is held for the same address. Everybody gets the same answer, whether or not the address is known.
///
/// Without `may_send`, nothing is kept, because the email with the link is not sent.
///
/// # Errors
/// `NotFound` when visitors can't see the event, and `Refused` when they can't register for it.
pub(crate) async fn register(
    tx: &Tx,
    sign_in: Uuid,
    address_key: &str,
    registration: &Registration,
    may_send: bool,
) -> Result<Registered, StoreError> {
    let actor = &Actor::Anonymous;
    let (event, row) = lock(tx, actor, &registration.event).await?;
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    locked.event.registration_by_visitors(tx.now())?;
    let mode = locked.event.effective_mode(registration.mode);
    let expires_at = locked.event.registration_expires(tx.now());
    let had = if may_send { locked.end_hold(address_key).await? } else { None };
    let mut holds = locked.holds(mode, &registration.network).await?;
    holds.had_one = had.is_some_and(|(_, had)| had == mode || !locked.event.is_hybrid());
    let taken = locked.taken().await?;
    let reservation = locked.event.reserve(mode, taken, holds);
    // Whoever registers with somebody else's address never takes their hold away.
    if let Some((earlier, _)) = had.filter(|_| reservation != Reservation::Held) {
        locked.hold_again(earlier).await?;
    }
    if may_send {
        let row = registration::ActiveModel {
            id: Set(sign_in),
            event_id: Set(locked.event.id.0),
            name: Set(registration.name.clone()),
            mode: Set(mode.name().to_owned()),
            network_hash: Set(registration.network.clone()),
            is_held: Set(reservation == Reservation::Held),
            expires_at: Set(expires_at),
            confirmed_at: Set(None),
        };
        locked.add_registration(row).await?;
    }
    let event = facts_for_all(&locked.event);
    locked.settle().await?;
    Ok(Registered { event, reservation, expires_at })
}

/// Gives a member the seat that they registered for with this sign-in. The inner error says why they can't have it:
/// signing in works all the same. `None` when there is no registration, when it has expired, and when the member has given
/// up the seat that they confirmed with it.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub(crate) async fn confirm(
    tx: &Tx,
    sign_in: Uuid,
    address_key: &str,
    actor: &Actor,
) -> Result<Option<Result<Rsvp, Refusal>>, StoreError> {
    let find = || registration::Entity::find_by_id(sign_in).one(tx.db());
    let Some(registered) = find().await? else { return Ok(None) };
    let found = locked(tx, event::Column::Id.eq(registered.event_id)).await?;
    let Some((event, row)) = found else { return Ok(None) };
    if !visible(tx.db(), actor, &event).await? {
        return Ok(None);
    }
    let mut locked = LockedEvent::open(tx, event, &row).await?;
    // It may have expired while this waited for the lock.
    let Some(registered) = find().await? else {
        locked.settle().await?;
        return Ok(None);
    };
    let mode = registered.mode.parse().unwrap_or_default();
    let before = own_rsvp(tx, actor, &locked.event).await?;
    if registered.confirmed_at.is_some() {
        locked.settle().await?;
        return Ok(before
            .filter(|rsvp| !matches!(rsvp.state, RsvpState::Left | RsvpState::Declined))
            .map(Ok));
    }
    // The held seat is free for this member now. Nobody else gets it, because the event is locked.
    locked.end_hold(address_key).await?;
    let taken = locked.taken().await?;
    let decided = permit(actor, ManageSeat, Own).and_then(|permit| {
        let change = events::confirm(&locked.event, taken, before.as_ref(), mode, tx.now())?;
        Ok((permit, change))
    });
    if decided.is_ok() {
        let confirmed = registration::ActiveModel {
            id: Set(sign_in),
            confirmed_at: Set(Some(tx.now())),
            ..Default::default()
        };
        confirmed.update(tx.db()).await?;
    }
    match decided {
        Ok((permit, Some(change))) => {
            apply_own(locked, &permit, actor, before, change, "rsvp.take").await.map(|rsvp| Some(Ok(rsvp)))
        }
        Ok((_, None)) => {
            locked.settle().await?;
            Ok(before.map(Ok))
        }
        Err(refusal) => {
            locked.settle().await?;
            Ok(Some(Err(refusal)))
        }
    }
}

/// The name that a visitor gave when they registered with this sign-in.
pub(crate) async fn name_of(db: &impl ConnectionTrait, sign_in: Uuid) -> Result<Option<String>, StoreError> {
    Ok(registration::Entity::find_by_id(sign_in).one(db).await?.map(|row| row.name))
}

/// The title of the event that a visitor registered for with this sign-in.
pub(crate) async fn title_of(db: &impl ConnectionTrait, sign_in: Uuid) -> Result<Option<String>, StoreError> {
    Ok(registration::Entity::find_by_id(sign_in)
        .inner_join(event::Entity)
        .select_only()
        .column(event::Column::Title)
        .into_tuple()
        .one(db)
        .await?)
}
