//! Members: accounts, profiles, sessions, and identities at providers.

mod address;
mod admin;
mod directory;
mod names;
mod page;
mod people;
mod picture;
mod profile;
mod profiles;
mod sign_in_sessions;

pub use address::{address_to_prove, ask_address, ask_address_of, prove_address};
pub use admin::{MemberRow, invite, list, set_role};
pub use directory::{Directory, Filter, Shares, directory};
pub use names::fill_in_lookalike_keys;
pub use page::{MemberPage, SharedEvent, page};
pub use people::{Companion, companions, disciplines, myself};
pub use picture::{may_save_picture, picture, remove_picture, save_picture};
pub use profile::{
    add_link, record_verified_link, remove_link, save_about, save_languages, save_profile, save_topics,
    save_visibility, save_work,
};
pub use sign_in_sessions::{
    AccountNotices, Identity, SessionInfo, SignedIn, end_other_sessions, end_session, identities,
    sign_in_session, sign_in_sessions, sign_out,
};

pub(crate) use address::adopt_address;
pub(crate) use names::{shown_name, update_distinct_names};
pub(crate) use people::{discipline_from_row, disciplines_of, disciplines_seen};
pub(crate) use profile::create_profile;
pub(crate) use profiles::{findable, names, profiles_of, shown, shows};

use domain::{
    Actor, MemberId, SignInSessionId, Zone,
    emails::Recipient,
    members::{Address, Member},
    policy::{Action, Permit, Relation, permit},
};
use sea_orm::{ConnectionTrait, EntityTrait as _, QuerySelect as _};

use crate::{StoreError, entities::member, write::Tx};

/// Converts a member's row to the domain type.
pub(crate) fn from_row(row: member::Model) -> Result<Member, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("member {}: unknown {what}", row.id));
    Ok(Member {
        id: MemberId(row.id),
        role: row.role.parse().map_err(|()| corrupt("role"))?,
        zone: row.zone.parse().map_err(|()| corrupt("zone"))?,
        locale: row.locale.parse().map_err(|()| corrupt("locale"))?,
        address: row.address.as_deref().and_then(Address::parse),
        joined_at: row.joined_at,
        name: row.name,
    })
}

/// A member as the recipient of an email. `None` when they have no address.
pub(crate) fn recipient(row: &member::Model) -> Option<Recipient> {
    Some(Recipient {
        name: row.name.clone(),
        address: row.address.clone()?,
        zone: row.zone.parse().unwrap_or(Zone::UTC),
        locale: row.locale.parse().unwrap_or_default(),
    })
}

/// A member as an actor without a session, for links in emails.
pub(crate) fn as_actor(row: member::Model) -> Result<Actor, StoreError> {
    let member = from_row(row)?;
    Ok(Actor::Member { id: member.id, role: member.role, session: SignInSessionId(uuid::Uuid::nil()) })
}

/// Loads a member inside a verb.
pub(crate) async fn load(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model, StoreError> {
    member::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)
}

/// Loads a member and locks the row until the transaction ends.
pub(crate) async fn lock(tx: &Tx, id: MemberId) -> Result<member::Model, StoreError> {
    member::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?.ok_or(StoreError::NotFound)
}

/// The signed-in member and a permit for an action on their own data.
pub(crate) fn own(actor: &Actor, action: Action) -> Result<(MemberId, Permit), StoreError> {
    let permit = permit(actor, action, Relation::Own)?;
    let id = actor.member().ok_or(StoreError::NotFound)?;
    Ok((id, permit))
}
