//! Sign-in: by mail, by a provider, by the setup link, in the demo as one of its people.
//!
//! Whatever the way, it ends in `open`: a member, a fresh session, an audit row, one transaction.

mod budget;
mod by_email;
mod by_invitation;
mod by_provider;
mod first;

pub use budget::Asker;
pub(crate) use budget::take;
pub use by_email::{EmailRequest, PendingSignIn, by_code, by_link, link_state, pending, request_email};
pub use by_invitation::{Invited, by_invitation, invitation};
pub use by_provider::{ProvedIdentity, ProviderStart, by_provider, start_provider, take_provider};
pub use first::{DemoMember, Setup, as_demo, demo_members, setup, setup_open, setup_token};

use domain::{Instant, Locale, MemberId, Refusal, Role, Zone, members::Address, sign_in::SESSION_MAX_AGE};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use crate::{
    StoreError, admin, audit,
    entities::{member, sign_in_session},
    groups, members, secrets,
    settings::{self, SignUp},
    write::Tx,
};

/// A fresh secret of 256 bits for cookies, state and nonce.
#[must_use]
pub fn new_token() -> String {
    secrets::token()
}

/// The browser that answers.
#[derive(Clone, Copy, Debug)]
pub struct Browser<'a> {
    /// The value of its anonymous cookie; empty when it has none.
    pub token: &'a str,
    /// What it is, in two words: `Firefox on Linux`.
    pub device: &'a str,
}

/// A session that was opened.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The value of its cookie: only its hash is kept.
    pub token: String,
    /// Where to go: a local path.
    pub next: String,
    /// Whether `/welcome` comes first: the member has just joined, or has not given a name yet.
    pub newcomer: bool,
    /// The key of the member's address, if they have one.
    pub address_key: Option<String>,
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
    })
}

/// What lets somebody in who is no member yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignUpRoute {
    /// Whoever comes, or whom a group has invited.
    Open,
    /// An invitation, which is used up by it.
    Invited,
    /// Nothing.
    Shut,
}

/// Whether whoever has an address may become a member; the empty one is that of somebody who has proved none.
async fn may_join(tx: &Tx, key: &str) -> Result<SignUpRoute, StoreError> {
    let settings = settings::load_in(tx.db()).await?;
    let open =
        settings.sign_up == SignUp::Open || groups::is_invited(tx, key, settings.organisers_invite).await?;
    Ok(if open {
        SignUpRoute::Open
    } else if admin::waits(tx.db(), key, tx.now()).await? {
        SignUpRoute::Invited
    } else {
        SignUpRoute::Shut
    })
}

/// Makes a member of somebody whom a door lets in.
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

/// What is known of somebody who joins.
pub(crate) struct Newcomer<'a> {
    pub(crate) name: &'a str,
    pub(crate) address: Option<&'a Address>,
    pub(crate) role: Role,
    pub(crate) zone: Zone,
    pub(crate) locale: Locale,
    pub(crate) demo_key: Option<&'a str>,
    pub(crate) at: Instant,
}

/// Makes a member.
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
        headline: Set(String::new()),
        look: Set(domain::text::look(new.name)),
        distinct_name: Set(None),
    };
    let member = row.insert(tx.db()).await?;
    members::begin(tx, &member).await?;
    audit::record_by(tx, Some(MemberId(member.id)), "member.join", Some(member.id)).await?;
    Ok(member)
}
