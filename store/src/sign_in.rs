//! Sign-in by email, by a provider, by an invitation or setup link, and in the demo as a sample person.
//!
//! Every way ends in `open`: a member, a new session and an audit record, in one transaction.

mod budget;
mod by_email;
mod by_invitation;
mod by_provider;
mod first;

pub use budget::Asker;
pub(crate) use budget::take;
pub use by_email::{
    EmailRequest, LinkUse, PendingSignIn, by_code, by_link, confirm_seat, link_use, pending, request_email,
};
pub use by_invitation::{Invited, by_invitation, invitation};
pub use by_provider::{ProvedIdentity, ProviderStart, by_provider, start_provider, take_provider};
pub use first::{DemoMember, Setup, as_demo, demo_members, setup, setup_open, setup_token};

use domain::{
    Instant, Locale, MemberId, Refusal, Role, Zone, events::Rsvp, members::Address, sign_in::SESSION_MAX_AGE,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use crate::{
    StoreError, admin, audit,
    entities::{member, sign_in_session},
    groups, members, secrets,
    settings::{self, SignUp},
    write::Tx,
};

/// A new secret of 256 bits, for cookies, state and nonce.
#[must_use]
pub fn new_token() -> String {
    secrets::token()
}

/// The browser that signs in.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    /// The value of its anonymous cookie. Empty when it has none.
    pub token: &'a str,
    /// A short description, for example `Firefox on Linux`.
    pub device: &'a str,
}

/// A new session and where it leads.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The value of the session cookie. Only its hash is stored.
    pub token: String,
    /// The local path to go to next.
    pub next: String,
    /// Whether to show `/welcome` first: the member has just joined, or has not given a name yet.
    pub newcomer: bool,
    /// The key of the member's email address, if they have one.
    pub address_key: Option<String>,
    /// The seat that this sign-in confirmed, or why the member can't have it (A14).
    pub seat: Option<Result<Rsvp, Refusal>>,
}

/// Opens a session for a member.
async fn open(tx: &Tx, member: &member::Model, device: &str, next: &str) -> Result<NewSession, StoreError> {
    let token = secrets::token();
    let row = sign_in_session::ActiveModel {
        id: Set(secrets::new_id()),
        member_id: Set(member.id),
        token_hash: Set(secrets::hash(&token)),
        device: Set(device.chars().take(80).collect()),
        started_at: Set(tx.now()),
        seen_at: Set(tx.now()),
        expires_at: Set(tx.now() + SESSION_MAX_AGE),
    };
    let session = row.insert(tx.db()).await?;
    audit::record_by(tx, Some(MemberId(member.id)), "sign_in_session.start", Some(session.id)).await?;
    Ok(NewSession {
        token,
        next: next.to_owned(),
        newcomer: member.name.is_empty(),
        address_key: member.address_key.clone(),
        seat: None,
    })
}

/// How somebody without an account may join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignUpRoute {
    /// Without an invitation: sign-up is open, or a group has invited the address.
    Open,
    /// With an invitation, which is used up by joining.
    Invited,
    /// There is no way to join.
    Shut,
}

/// How the owner of an address may join. `key` is empty for people who have not proved an address.
async fn may_join(tx: &Tx, key: &str) -> Result<SignUpRoute, StoreError> {
    let settings = settings::load_in(tx.db()).await?;
    let open =
        settings.sign_up == SignUp::Open || groups::is_invited(tx, key, settings.organisers_invite).await?;
    Ok(if open {
        SignUpRoute::Open
    } else if admin::has_open_invitation(tx.db(), key, tx.now()).await? {
        SignUpRoute::Invited
    } else {
        SignUpRoute::Shut
    })
}

/// Creates a member, if the route allows it.
async fn join_by_route(
    tx: &Tx,
    route: SignUpRoute,
    key: &str,
    new: Newcomer<'_>,
) -> Result<member::Model, StoreError> {
    if route == SignUpRoute::Shut {
        return Err(Refusal::InviteOnly.into());
    }
    let member = join(tx, new).await?;
    let claimed = admin::claim(tx, key, MemberId(member.id)).await?;
    if route == SignUpRoute::Invited && !claimed {
        return Err(Refusal::InviteOnly.into());
    }
    Ok(member)
}

/// The details of a new member.
pub(crate) struct Newcomer<'a> {
    pub(crate) name: &'a str,
    pub(crate) address: Option<&'a Address>,
    pub(crate) role: Role,
    pub(crate) zone: Zone,
    pub(crate) locale: Locale,
    pub(crate) demo_key: Option<&'a str>,
    pub(crate) at: Instant,
}

/// Creates a member with an empty profile.
pub(crate) async fn join(tx: &Tx, new: Newcomer<'_>) -> Result<member::Model, StoreError> {
    let row = member::ActiveModel {
        id: Set(secrets::new_id()),
        name: Set(new.name.to_owned()),
        address: Set(new.address.map(|address| address.as_str().to_owned())),
        address_key: Set(new.address.map(Address::key)),
        role: Set(new.role.name().to_owned()),
        zone: Set(new.zone.name().to_owned()),
        locale: Set(new.locale.tag().to_owned()),
        demo_key: Set(new.demo_key.map(str::to_owned)),
        joined_at: Set(new.at),
        kudos_week: Set(new.zone.wall(new.at).date()),
        on_kudos_board: Set(false),
        headline: Set(String::new()),
        lookalike_key: Set(domain::text::lookalike_key(new.name)),
        distinct_name: Set(None),
    };
    let member = row.insert(tx.db()).await?;
    members::create_profile(tx, &member).await?;
    audit::record_by(tx, Some(MemberId(member.id)), "member.join", Some(member.id)).await?;
    Ok(member)
}
