//! Sign-in by a provider: OpenID Connect or GitHub. An identity is (issuer, subject), never an email address.

use chrono::Duration;
use domain::{Actor, Locale, MemberId, Refusal, Role, Zone, members::Address};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::{Browser, NewSession, Newcomer, join_by_route, may_join, open};
use crate::{
    Store, StoreError, audit,
    entities::{identity, member, provider_sign_in},
    members, secrets,
    write::Tx,
};

/// How long a sign-in at the provider may take.
const LIFETIME: Duration = Duration::minutes(10);

/// The state of a sign-in while the browser is at the provider.
#[derive(Clone, Debug)]
pub struct ProviderStart {
    /// The provider's key in the configuration.
    pub provider: String,
    /// The nonce expected in the identity token.
    pub nonce: String,
    /// The secret half of PKCE.
    pub verifier: String,
    /// The local path to go to afterwards, already checked.
    pub next: String,
}

/// Stores the state of a sign-in that goes to a provider, for this browser only.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn start_provider(
    store: &Store,
    browser_token: &str,
    state: &str,
    start: ProviderStart,
) -> Result<(), StoreError> {
    let args = (secrets::hash(browser_token), secrets::hash(state), start);
    store
        .write(args, |tx, (browser, state, start)| {
            Box::pin(async move {
                provider_sign_in::Entity::delete_many()
                    .filter(provider_sign_in::Column::ExpiresAt.lte(tx.now()))
                    .exec(tx.db())
                    .await?;
                let row = provider_sign_in::ActiveModel {
                    id: Set(secrets::new_id()),
                    browser_hash: Set(browser.clone()),
                    state_hash: Set(state.clone()),
                    provider: Set(start.provider.clone()),
                    nonce: Set(start.nonce.clone()),
                    verifier: Set(start.verifier.clone()),
                    next: Set(start.next.clone()),
                    expires_at: Set(tx.now() + LIFETIME),
                };
                row.insert(tx.db()).await?;
                Ok(())
            })
        })
        .await
}

/// Takes out the stored state: once, before it expires, in the browser that started.
///
/// # Errors
/// `Refused(ProviderRefused)` when there is no such state.
pub async fn take_provider(
    store: &Store,
    browser_token: &str,
    state: &str,
) -> Result<ProviderStart, StoreError> {
    let args = (secrets::hash(browser_token), secrets::hash(state));
    store
        .write(args, |tx, (browser, state)| {
            Box::pin(async move {
                let row = provider_sign_in::Entity::find()
                    .filter(provider_sign_in::Column::StateHash.eq(state.clone()))
                    .lock_exclusive()
                    .one(tx.db())
                    .await?
                    .filter(|row| secrets::same_hash(&row.browser_hash, browser) && tx.now() < row.expires_at)
                    .ok_or(Refusal::ProviderRefused)?;
                let deleted = provider_sign_in::Entity::delete_by_id(row.id).exec(tx.db()).await?;
                if deleted.rows_affected == 0 {
                    return Err(Refusal::ProviderRefused.into());
                }
                Ok(ProviderStart {
                    provider: row.provider,
                    nonce: row.nonce,
                    verifier: row.verifier,
                    next: row.next,
                })
            })
        })
        .await
}

/// What a provider has proved about a person.
#[derive(Clone, Debug)]
pub struct ProvedIdentity {
    /// The issuer that makes the claims.
    pub issuer: String,
    /// The issuer's permanent id for the person. Never reused.
    pub subject: String,
    /// The account's name at the provider.
    pub label: String,
    /// The person's name. May be empty.
    pub name: String,
    /// The email address, only if the provider says that it verified it.
    pub verified_address: Option<Address>,
    /// The language of the browser.
    pub locale: Locale,
}

/// Signs in by an identity. If the actor is signed in, the identity is added to their account. An unknown
/// identity creates an account, unless its address belongs to a member. That member has to sign in by email
/// first.
///
/// # Errors
/// `Refused` with `AddressTaken`, `IdentityTaken` or `InviteOnly`.
pub async fn by_provider(
    store: &Store,
    actor: &Actor,
    identity: ProvedIdentity,
    next: &str,
    browser: Browser<'_>,
) -> Result<NewSession, StoreError> {
    let args = (actor.member(), identity, next.to_owned(), browser.device.to_owned());
    store
        .write(args, |tx, (actor, identity, next, device)| {
            Box::pin(async move {
                let (member, joined) = member_of(tx, *actor, identity).await?;
                let opened = open(tx, &member, device, next).await?;
                // New members see `/welcome` even when the provider gave a name, because it also asks for the
                // time zone.
                Ok(NewSession { newcomer: joined || opened.newcomer, ..opened })
            })
        })
        .await
}

/// The member who signs in, and whether they have just joined.
async fn member_of(
    tx: &Tx,
    actor: Option<MemberId>,
    proved: &ProvedIdentity,
) -> Result<(member::Model, bool), StoreError> {
    let existing = identity::Entity::find()
        .filter(identity::Column::Issuer.eq(&proved.issuer))
        .filter(identity::Column::Subject.eq(&proved.subject))
        .one(tx.db())
        .await?;
    let id = match (existing, actor) {
        (Some(existing), Some(actor)) if existing.member_id != actor.0 => {
            return Err(Refusal::IdentityTaken.into());
        }
        (Some(existing), _) => MemberId(existing.member_id),
        (None, Some(actor)) => {
            connect(tx, &members::load(tx.db(), actor).await?, proved).await?;
            actor
        }
        (None, None) => return Ok((newcomer(tx, proved).await?, true)),
    };
    members::adopt_address(tx, id, proved.verified_address.as_ref()).await?;
    Ok((members::load(tx.db(), id).await?, false))
}

async fn newcomer(tx: &Tx, proved: &ProvedIdentity) -> Result<member::Model, StoreError> {
    if let Some(address) = &proved.verified_address {
        let same_address = member::Entity::find().filter(member::Column::AddressKey.eq(address.key()));
        if same_address.one(tx.db()).await?.is_some() {
            return Err(Refusal::AddressTaken.into());
        }
    }
    let key = proved.verified_address.as_ref().map(Address::key).unwrap_or_default();
    let route = may_join(tx, &key).await?;
    let name: String = domain::text::line(&proved.name).chars().take(80).collect();
    let new = Newcomer {
        name: name.trim(),
        address: proved.verified_address.as_ref(),
        role: Role::Member,
        zone: Zone::UTC,
        locale: proved.locale,
        demo_key: None,
        at: tx.now(),
    };
    let member = join_by_route(tx, route, &key, new).await?;
    connect(tx, &member, proved).await?;
    Ok(member)
}

async fn connect(tx: &Tx, member: &member::Model, proved: &ProvedIdentity) -> Result<(), StoreError> {
    let row = identity::ActiveModel {
        id: Set(secrets::new_id()),
        member_id: Set(member.id),
        issuer: Set(proved.issuer.clone()),
        subject: Set(proved.subject.clone()),
        label: Set(domain::text::line(&proved.label).chars().take(80).collect()),
        connected_at: Set(tx.now()),
    };
    let row = row.insert(tx.db()).await?;
    audit::record_by(tx, Some(MemberId(member.id)), "identity.connect", Some(row.id)).await
}
