//! Sign-in by email. The email contains a link for the browser that asked, and a code to type into it.
//!
//! The same email can confirm a seat that a visitor registered for (A14). Its link then also works in other browsers, where
//! it confirms the seat and signs nobody in.

use domain::{
    Instant, Locale, MemberId, Refusal, Role, Zone,
    emails::{self, Email, Recipient},
    events::{HOLD_LIFETIME, Rsvp},
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
    events::{self, Registered, Registration},
    members::{self, recipient},
    outbox, secrets,
    settings::{self, SignUp},
    suppressions,
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
    /// The seat that signing in confirms, if it is for one (A14).
    pub registration: Option<Registration>,
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
            registration: None,
        }
    }
}

/// Asks for an email with a link and a code. Known and unknown addresses take the same time and look the same.
/// Requests beyond the limits look the same too, but no email is sent.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer. With a registration, also `NotFound` when visitors
/// can't see the event, and `Refused` when they can't register for it. Both say nothing about the address.
pub async fn request_email(store: &Store, request: EmailRequest) -> Result<(), StoreError> {
    verb!(store, |tx, request| {
        let may_send = budget::take(tx, &request.address.key(), &request.asker).await?.is_ok();
        let now = tx.now();
        sign_in::Entity::delete_many()
            .filter(sign_in::Column::ExpiresAt.lt(now - KEEP_EXPIRED_FOR))
            .exec(tx.db())
            .await?;
        let (id, link, code) = (secrets::new_id(), secrets::token(), secrets::code());
        let registered = match &request.registration {
            Some(registration) => {
                if settings::load_in(tx.db()).await?.sign_up != SignUp::Open {
                    return Err(Refusal::InviteOnly.into());
                }
                let key = request.address.key();
                Some(events::register(tx, id, &key, registration, may_send).await?)
            }
            None => None,
        };
        let now = tx.now();
        let expires_at = registered.as_ref().map_or(now + LIFETIME, |_| now + HOLD_LIFETIME);
        let member = find_member(tx.db(), &request.address.key()).await?;
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
            expires_at: Set(expires_at),
            used_at: Set(None),
        };
        row.insert(tx.db()).await?;
        let may_sign_in =
            member.is_some() || may_join(tx, &request.address.key()).await? != SignUpRoute::Shut;
        let link = format!("/sign-in/link/{link}");
        let is_registration = registered.is_some();
        let email = match registered {
            Some(Registered { event, reservation, expires_at }) => {
                Email::from(emails::ConfirmSeat { event, reservation, link, code, expires_at })
            }
            None if may_sign_in => Email::from(emails::SignIn { link, code, expires_at }),
            None => Email::from(emails::NoAccount),
        };
        let mut to = member.as_ref().and_then(recipient).unwrap_or_else(|| Recipient {
            name: String::new(),
            address: request.address.as_str().to_owned(),
            zone: request.zone,
            locale: request.locale,
        });
        // Whoever registers with an address doesn't learn from a greeting whether it belongs to a member.
        if is_registration {
            to.name.clear();
        }
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
    /// The title of the event, if it confirms a seat (A14).
    pub event: Option<String>,
}

/// The newest sign-in that this browser asked for and that can still be used.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn pending(store: &Store, browser_token: &str) -> Result<Option<PendingSignIn>, StoreError> {
    let rows = find_pending(store.db(), browser_token, store.now(), false).await?;
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    let event = events::title_of(store.db(), row.id).await?;
    Ok(Address::parse(&row.address).map(|address| PendingSignIn {
        address,
        expires_at: row.expires_at,
        event,
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

/// What a link does in a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkUse {
    /// It signs in. With the title of an event, it also confirms a seat there (A14).
    SignsIn(Option<String>),
    /// It confirms a seat at the event with this title, and signs nobody in, because another browser asked for it
    /// (A14).
    ConfirmsSeat(String),
}

/// What a link does in this browser. Does not use it up.
///
/// # Errors
/// `Refused` with `OtherBrowser` or `SignInExpired`.
pub async fn link_use(store: &Store, secret: &str, browser_token: &str) -> Result<LinkUse, StoreError> {
    let row = find_by_link(store.db(), secret, false).await?.ok_or(Refusal::SignInExpired)?;
    let event = events::title_of(store.db(), row.id).await?;
    match (usable(&pending_state(&row, browser_token), store.now()), event) {
        (Ok(()), event) => Ok(LinkUse::SignsIn(event)),
        (Err(Refusal::OtherBrowser), Some(event)) if store.now() < row.expires_at => {
            Ok(LinkUse::ConfirmsSeat(event))
        }
        (Err(refusal), _) => Err(refusal.into()),
    }
}

/// Confirms the seat behind a link in another browser than the one that asked for it, for example on a phone. It signs
/// nobody in and doesn't use up the link, so a mail scanner that presses the button takes nothing away (A14).
///
/// # Errors
/// `Refused` with `SignInExpired` or `InviteOnly`, or with the reason why the member can't have the seat.
pub async fn confirm_seat(store: &Store, secret: &str) -> Result<Rsvp, StoreError> {
    let confirmed = verb!(store, |tx, secret| {
        let row = find_by_link(tx.db(), secret, true).await?.ok_or(Refusal::SignInExpired)?;
        // Nobody has to be in the browser that asked, so all but this counts.
        usable(&Pending { same_browser: true, ..pending_state(&row, "") }, tx.now())?;
        let member = find_or_join(tx, &row).await?;
        events::confirm(tx, row.id, &row.address_key, &members::as_actor(member)?).await
    })?;
    Ok(confirmed.ok_or(Refusal::SignInExpired)??)
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

/// Marks a sign-in as used, confirms the seat that it is for, and opens the session.
async fn use_up(tx: &Tx, row: sign_in::Model, device: &str) -> Result<NewSession, StoreError> {
    let mut used = row.clone().into_active_model();
    used.used_at = Set(Some(tx.now()));
    used.update(tx.db()).await?;
    let member = find_or_join(tx, &row).await?;
    let seat = events::confirm(tx, row.id, &row.address_key, &members::as_actor(member.clone())?).await?;
    let session = super::open(tx, &member, device, &row.next).await?;
    Ok(NewSession { seat, ..session })
}

/// The member whose address a sign-in proves. Creates the account if there is none.
async fn find_or_join(tx: &Tx, row: &sign_in::Model) -> Result<member::Model, StoreError> {
    let key = &row.address_key;
    let (zone, locale) = (row.zone.parse().unwrap_or(Zone::UTC), row.locale.parse().unwrap_or_default());
    let address = Address::parse(&row.address);
    // Must come before the search for the member. An invitation that another click has just used up has created
    // the account.
    let route = may_join(tx, key).await?;
    let member = match find_member(tx.db(), key).await? {
        Some(member) => member,
        None => {
            let name = events::name_of(tx.db(), row.id).await?.unwrap_or_default();
            let new = Newcomer {
                name: &name,
                address: address.as_ref(),
                role: Role::Member,
                zone,
                locale,
                demo_key: None,
                at: tx.now(),
            };
            join_by_route(tx, route, key, new).await?
        }
    };
    // The link or code was in an email, so emails arrive at this address.
    suppressions::clear(tx, key).await?;
    Ok(member)
}
