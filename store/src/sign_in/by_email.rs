//! Sign-in by email. The email contains a link for the browser that asked, and a code to type into it.

use domain::{
    Instant, Locale, MemberId, Refusal, Role, Zone,
    emails::{self, Email, Recipient},
    members::Address,
    sign_in::{ATTEMPTS, LIFETIME, Pending, typed_code, usable, wrong_code},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    Browser, NewSession, Newcomer, SignUpRoute,
    budget::{self, Asker},
    join_by_route, may_join,
};
use crate::{
    Store, StoreError,
    entities::{member, sign_in},
    members::recipient,
    outbox, secrets, suppressions,
    write::{Tx, verb},
};

/// How long a sign-in is kept after it has expired.
const KEEP_EXPIRED_FOR: chrono::Duration = chrono::Duration::hours(1);

/// A request for an email with a link and a code.
#[derive(Clone, Debug)]
pub struct EmailRequest {
    /// The address to send it to.
    pub address: Address,
    /// The value of the browser's anonymous cookie.
    pub browser: String,
    /// Identifies the client, for the limits.
    pub asker: Asker,
    /// The local path to go to afterwards, already checked.
    pub next: String,
    /// The language of the browser.
    pub locale: Locale,
    /// The time zone for a new account.
    pub zone: Zone,
}

impl EmailRequest {
    /// A request in English that leads to the home page. Each browser counts as a different asker.
    #[must_use]
    pub fn new(address: &Address, browser: &str) -> Self {
        Self {
            address: address.clone(),
            browser: browser.to_owned(),
            asker: Asker { hash: secrets::hash(browser), known: false },
            next: "/".to_owned(),
            locale: Locale::En,
            zone: Zone::UTC,
        }
    }
}

/// Asks for an email with a link and a code. Known and unknown addresses take the same time and look the same.
/// Requests beyond the limits look the same too, but no email is sent.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn request_email(store: &Store, request: EmailRequest) -> Result<(), StoreError> {
    verb!(store, |tx, request| {
        let may_send = budget::take(tx, &request.address.key(), &request.asker).await?.is_ok();
        let now = tx.now();
        sign_in::Entity::delete_many()
            .filter(sign_in::Column::ExpiresAt.lt(now - KEEP_EXPIRED_FOR))
            .exec(tx.db())
            .await?;
        let member = find_member(tx.db(), &request.address.key()).await?;
        let (id, link, code) = (secrets::new_id(), secrets::token(), secrets::code());
        let row = sign_in::ActiveModel {
            id: Set(id),
            address: Set(request.address.as_str().to_owned()),
            address_key: Set(request.address.key()),
            browser_hash: Set(secrets::hash(&request.browser)),
            link_hash: Set(secrets::hash(&link)),
            code_hash: Set(secrets::hash_code(id, &code)),
            attempts: Set(0),
            next: Set(request.next.clone()),
            zone: Set(request.zone.name().to_owned()),
            locale: Set(request.locale.tag().to_owned()),
            requested_at: Set(now),
            expires_at: Set(now + LIFETIME),
            used_at: Set(None),
        };
        row.insert(tx.db()).await?;
        let may_sign_in =
            member.is_some() || may_join(tx, &request.address.key()).await? != SignUpRoute::Shut;
        let email = if may_sign_in {
            Email::from(emails::SignIn {
                link: format!("/sign-in/link/{link}"),
                code,
                expires_at: now + LIFETIME,
            })
        } else {
            Email::from(emails::NoAccount)
        };
        let to = member.as_ref().and_then(recipient).unwrap_or_else(|| Recipient {
            name: String::new(),
            address: request.address.as_str().to_owned(),
            zone: request.zone,
            locale: request.locale,
        });
        if !may_send {
            return Ok(());
        }
        outbox::post(tx, member.map(|member| MemberId(member.id)), &to, &email).await
    })
}

pub(super) async fn find_member(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<Option<member::Model>, StoreError> {
    Ok(member::Entity::find().filter(member::Column::AddressKey.eq(key)).one(db).await?)
}

/// A sign-in that is waiting for its link or code.
#[derive(Clone, Debug)]
pub struct PendingSignIn {
    /// The address that was typed. Shown only to the browser that typed it.
    pub address: Address,
    /// When the link and the code expire.
    pub expires_at: Instant,
}

/// The newest sign-in that this browser asked for and that can still be used.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn pending(store: &Store, browser_token: &str) -> Result<Option<PendingSignIn>, StoreError> {
    let rows = find_pending(store.db(), browser_token, store.now(), false).await?;
    Ok(rows.into_iter().next().and_then(|row| {
        Some(PendingSignIn { address: Address::parse(&row.address)?, expires_at: row.expires_at })
    }))
}

/// The sign-ins that this browser asked for and can still use, newest first.
async fn find_pending(
    db: &impl ConnectionTrait,
    browser_token: &str,
    now: Instant,
    lock: bool,
) -> Result<Vec<sign_in::Model>, StoreError> {
    if browser_token.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sign_in::Entity::find()
        .filter(sign_in::Column::BrowserHash.eq(secrets::hash(browser_token)))
        .filter(sign_in::Column::UsedAt.is_null())
        .filter(sign_in::Column::ExpiresAt.gt(now))
        .filter(sign_in::Column::Attempts.lt(i32::try_from(ATTEMPTS).unwrap_or(i32::MAX)))
        .order_by_desc(sign_in::Column::RequestedAt);
    if lock {
        query = query.lock_exclusive();
    }
    Ok(query.all(db).await?)
}

fn pending_state(row: &sign_in::Model, browser_token: &str) -> Pending {
    let same_browser =
        !browser_token.is_empty() && secrets::same_hash(&row.browser_hash, &secrets::hash(browser_token));
    Pending {
        expires_at: row.expires_at,
        used: row.used_at.is_some(),
        attempts: u32::try_from(row.attempts).unwrap_or(ATTEMPTS),
        same_browser,
    }
}

async fn find_by_link(
    db: &impl ConnectionTrait,
    secret: &str,
    lock: bool,
) -> Result<Option<sign_in::Model>, StoreError> {
    let mut query = sign_in::Entity::find().filter(sign_in::Column::LinkHash.eq(secrets::hash(secret)));
    if lock {
        query = query.lock_exclusive();
    }
    Ok(query.one(db).await?)
}

/// Checks that this browser can use a link. Does not use it up.
///
/// # Errors
/// `Refused` with `OtherBrowser` or `SignInExpired`.
pub async fn link_state(store: &Store, secret: &str, browser_token: &str) -> Result<(), StoreError> {
    let row = find_by_link(store.db(), secret, false).await?.ok_or(Refusal::SignInExpired)?;
    Ok(usable(&pending_state(&row, browser_token), store.now())?)
}

/// Signs in by a link, once, in the browser that asked for it.
///
/// # Errors
/// `Refused` with `OtherBrowser`, `SignInExpired` or `InviteOnly`.
pub async fn by_link(store: &Store, secret: &str, browser: Browser<'_>) -> Result<NewSession, StoreError> {
    let args = (secret.to_owned(), browser.token.to_owned(), browser.device.to_owned());
    store
        .write(args, |tx, (secret, browser, device)| {
            Box::pin(async move {
                let row = find_by_link(tx.db(), secret, true).await?.ok_or(Refusal::SignInExpired)?;
                usable(&pending_state(&row, browser), tx.now())?;
                use_up(tx, row, device).await
            })
        })
        .await
}

/// Signs in by a typed code, in the browser that asked for it. A wrong code counts against every sign-in that
/// this browser is waiting for.
///
/// # Errors
/// `Refused` with `CodeWrong`, `SignInExpired` or `InviteOnly`.
pub async fn by_code(store: &Store, typed: &str, browser: Browser<'_>) -> Result<NewSession, StoreError> {
    let args = (typed_code(typed), browser.token.to_owned(), browser.device.to_owned());
    // The count of wrong codes must be committed, so a wrong code is not an error inside the transaction.
    let outcome: Result<NewSession, Refusal> = store
        .write(args, |tx, (code, browser, device)| Box::pin(by_code_in(tx, code.as_deref(), browser, device)))
        .await?;
    Ok(outcome?)
}

async fn by_code_in(
    tx: &Tx,
    code: Option<&str>,
    browser: &str,
    device: &str,
) -> Result<Result<NewSession, Refusal>, StoreError> {
    let rows = find_pending(tx.db(), browser, tx.now(), true).await?;
    let mut refusal = Refusal::SignInExpired;
    let mut matching = None;
    for row in rows {
        let matches =
            code.is_some_and(|code| secrets::same_hash(&row.code_hash, &secrets::hash_code(row.id, code)));
        if matches {
            matching = Some(row);
            break;
        }
        let attempts = row.attempts + 1;
        // The newest sign-in comes first. It is the one whose email the person is reading.
        if refusal == Refusal::SignInExpired {
            refusal = wrong_code(u32::try_from(attempts).unwrap_or(ATTEMPTS));
        }
        let mut row = row.into_active_model();
        row.attempts = Set(attempts);
        row.update(tx.db()).await?;
    }
    match matching {
        Some(row) => use_up(tx, row, device).await.map(Ok),
        None => Ok(Err(refusal)),
    }
}

/// Marks a sign-in as used and opens the session. Creates the account if there is none.
async fn use_up(tx: &Tx, row: sign_in::Model, device: &str) -> Result<NewSession, StoreError> {
    let (key, next) = (row.address_key.clone(), row.next.clone());
    let (zone, locale) = (row.zone.parse().unwrap_or(Zone::UTC), row.locale.parse().unwrap_or_default());
    let address = Address::parse(&row.address);
    let mut used = row.into_active_model();
    used.used_at = Set(Some(tx.now()));
    used.update(tx.db()).await?;
    // Must come before the search for the member. An invitation that another click has just used up has created
    // the account.
    let route = may_join(tx, &key).await?;
    let member = match find_member(tx.db(), &key).await? {
        Some(member) => member,
        None => {
            let new = Newcomer {
                name: "",
                address: address.as_ref(),
                role: Role::Member,
                zone,
                locale,
                demo_key: None,
                at: tx.now(),
            };
            join_by_route(tx, route, &key, new).await?
        }
    };
    // The link or code was in an email, so emails arrive at this address.
    suppressions::clear(tx, &key).await?;
    super::open(tx, &member, device, &next).await
}
