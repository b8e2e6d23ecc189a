//! The first run, by a one-time setup link, and the demo's sign-in as a sample person.

use domain::{Locale, Refusal, Role, Zone, members::Address};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{Browser, NewSession, Newcomer, join, open};
use crate::{
    Store, StoreError,
    entities::member,
    secrets,
    settings::{self, Colour, Settings, SignUp},
};

/// A new one-time setup token, if there are no members yet. Older tokens stop working.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn setup_token(store: &Store) -> Result<Option<String>, StoreError> {
    if has_members(store.db()).await? {
        return Ok(None);
    }
    let token = secrets::token();
    let hash = secrets::hash(&token);
    store.write(hash, |tx, hash| Box::pin(settings::set_setup_hash(tx, hash.clone()))).await?;
    Ok(Some(token))
}

async fn has_members(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(member::Entity::find().count(db).await? > 0)
}

/// The answers in the setup form.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The community's name, 1 to 80 characters.
    pub community: String,
    /// A description in one line. May be empty.
    pub tagline: String,
    /// Who may become a member.
    pub sign_up: SignUp,
    /// The colour that the community recognises itself by.
    pub colour: Colour,
    /// The first admin's name, 1 to 80 characters.
    pub name: String,
    /// The first admin's email address.
    pub address: Address,
    /// The first admin's time zone.
    pub zone: Zone,
}

/// Checks that a setup token is the current one.
///
/// # Errors
/// `Refused(SetupTokenWrong)` when it is not, or when setup is complete.
pub async fn setup_open(store: &Store, token: &str) -> Result<(), StoreError> {
    check_token(store.db(), token).await
}

async fn check_token(db: &impl ConnectionTrait, token: &str) -> Result<(), StoreError> {
    let stored = settings::setup_hash(db).await?;
    if stored.is_some_and(|hash| secrets::same_hash(&hash, &secrets::hash(token))) {
        Ok(())
    } else {
        Err(Refusal::SetupTokenWrong.into())
    }
}

/// Creates the community and its first admin, once.
///
/// # Errors
/// `Refused(SetupTokenWrong)` when the token is wrong or was used.
pub async fn setup(
    store: &Store,
    token: &str,
    setup: Setup,
    browser: Browser<'_>,
) -> Result<NewSession, StoreError> {
    let args = (token.to_owned(), setup, browser.device.to_owned());
    store
        .write(args, |tx, (token, setup, device)| {
            Box::pin(async move {
                settings::lock(tx).await?;
                check_token(tx.db(), token).await?;
                if has_members(tx.db()).await? {
                    return Err(Refusal::SetupTokenWrong.into());
                }
                let (tagline, colour) = (setup.tagline.clone(), setup.colour);
                let new = Settings { tagline, colour, ..Settings::of(&setup.community, setup.sign_up) };
                settings::save(tx, &new).await?;
                let new = Newcomer {
                    name: &setup.name,
                    address: Some(&setup.address),
                    role: Role::Administrator,
                    zone: setup.zone,
                    locale: Locale::En,
                    demo_key: None,
                    at: tx.now(),
                };
                let member = join(tx, new).await?;
                open(tx, &member, device, "/").await
            })
        })
        .await
}

/// A sample person of the demo.
#[derive(Clone, Debug)]
pub struct DemoMember {
    /// The key in the form.
    pub key: String,
    /// The person's name, shown on the button.
    pub name: String,
    /// The role that the person has in the demo.
    pub role: Role,
}

/// The demo's sample people. Empty when this is not the demo.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn demo_members(store: &Store) -> Result<Vec<DemoMember>, StoreError> {
    if !settings::load(store).await?.demo {
        return Ok(Vec::new());
    }
    let rows = member::Entity::find()
        .filter(member::Column::DemoKey.is_not_null())
        .order_by_asc(member::Column::JoinedAt)
        .all(store.db())
        .await?;
    let demo = |row: member::Model| {
        Some(DemoMember { key: row.demo_key.clone()?, role: row.role.parse().ok()?, name: row.name })
    };
    Ok(rows.into_iter().filter_map(demo).collect())
}

/// Signs in as a sample person of the demo. The route is only available on loopback.
///
/// # Errors
/// `NotFound` when this is not the demo, or nobody has that key.
pub async fn as_demo(store: &Store, key: &str, browser: Browser<'_>) -> Result<NewSession, StoreError> {
    let args = (key.to_owned(), browser.device.to_owned());
    store
        .write(args, |tx, (key, device)| {
            Box::pin(async move {
                if !settings::load_in(tx.db()).await?.demo {
                    return Err(StoreError::NotFound);
                }
                let query = member::Entity::find().filter(member::Column::DemoKey.eq(key));
                let member = query.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
                open(tx, &member, device, "/").await
            })
        })
        .await
}
