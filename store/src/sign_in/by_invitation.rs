//! Sign-in by the link in an invitation. It proves the address, creates the account, signs in and accepts the
//! invitation in one step.
//!
//! Unlike a sign-in link, it works in any browser. A sign-in link is bound to the browser that asked for it,
//! because anybody can ask for one to any address and then talk the owner into opening it. An invitation is
//! sent by us alone, so an attacker cannot cause one to be sent and also hold the browser that opens it. Anyone
//! who has the link has the email, and could sign in by email just as well.
//!
//! The damage from a forwarded or leaked email is limited. The link only ever creates a new account. If the
//! address already has one, the link signs nobody in. It works once and until it expires, is stored as a hash,
//! and is replaced when the invitation is sent again. Opening its page uses nothing up, so mail scanners do no
//! harm.

use domain::{Instant, Locale, Refusal, Role, Slug, Zone, members::Address};
use sea_orm::ConnectionTrait;

use super::{Browser, NewSession, Newcomer, by_email::find_member, join_by_route, may_join, open};
use crate::{Store, StoreError, admin, groups, members, suppressions, write::Tx};

/// What an invitation link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The address that it was sent to.
    pub address: String,
    /// The name of the group, if the invitation is to a group and not only to the community.
    pub group: Option<String>,
}

struct InvitationRow {
    address: Address,
    group: Option<(Slug, String)>,
}

/// The valid invitation behind a link. Does not use it up.
///
/// # Errors
/// `Refused` with `InvitationGone`, `InvitationExpired`, `InvitationRevoked` or `InvitationUsed`.
pub async fn invitation(store: &Store, secret: &str) -> Result<Invited, StoreError> {
    let invitation = find(store.db(), secret, store.now(), false).await?;
    Ok(Invited {
        address: invitation.address.as_str().to_owned(),
        group: invitation.group.map(|(_, name)| name),
    })
}

/// A valid invitation for an address without an account. `lock` locks it, so that of two people who accept at
/// once, the second finds it used.
async fn find(
    db: &impl ConnectionTrait,
    secret: &str,
    now: Instant,
    lock: bool,
) -> Result<InvitationRow, StoreError> {
    let (address, group) = match admin::behind_link(db, secret, now, lock).await? {
        Some(address) => (address, None),
        None => {
            let row = groups::behind_link(db, secret, now, lock).await?;
            let (address, group) = row.ok_or(Refusal::InvitationGone)?;
            let slug = Slug::parse(&group.slug).ok_or(StoreError::NotFound)?;
            (address, Some((slug, group.name)))
        }
    };
    let address = Address::parse(&address).ok_or(Refusal::InvitationGone)?;
    if find_member(db, &address.key()).await?.is_some() {
        return Err(Refusal::InvitationUsed.into());
    }
    Ok(InvitationRow { address, group })
}

/// Accepts an invitation: creates the account, joins the group that it was for, and signs in.
///
/// # Errors
/// As for [`invitation`]. Also `Refused` with `InviteOnly` or `GroupClosed` when the invitation no longer gives
/// access.
pub async fn by_invitation(
    store: &Store,
    secret: &str,
    browser: Browser<'_>,
    locale: Locale,
    zone: Zone,
) -> Result<NewSession, StoreError> {
    let args = (secret.to_owned(), browser.device.to_owned(), locale, zone);
    store
        .write(args, |tx, (secret, device, locale, zone)| {
            Box::pin(accept(tx, secret, device, *locale, *zone))
        })
        .await
}

async fn accept(
    tx: &Tx,
    secret: &str,
    device: &str,
    locale: Locale,
    zone: Zone,
) -> Result<NewSession, StoreError> {
    let invitation = find(tx.db(), secret, tx.now(), true).await?;
    let key = invitation.address.key();
    let route = may_join(tx, &key).await?;
    let new = Newcomer {
        name: "",
        address: Some(&invitation.address),
        role: Role::Member,
        zone,
        locale,
        demo_key: None,
        at: tx.now(),
    };
    let member = join_by_route(tx, route, &key, new).await?;
    // The link was in an email, so emails arrive at this address.
    suppressions::clear(tx, &key).await?;
    let Some((slug, _)) = invitation.group else { return open(tx, &member, device, "/").await };
    groups::join_in(tx, &members::as_actor(member.clone())?, &slug).await?;
    open(tx, &member, device, &format!("/groups/{slug}")).await
}
