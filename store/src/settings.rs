//! What the community is called and who may join: one row.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, ConnectionTrait, EntityTrait as _, QuerySelect as _};

use crate::{Fault, Store, audit, entities::settings, write::Tx};

/// The only row's id.
const ROW: i32 = 1;

/// Who may become a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// Whoever proves a mail address or an identity.
    Open,
    /// Only who is invited. So it is on a first run.
    Invite,
}

impl SignUp {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invite => "invite",
        }
    }
}

/// What the community is called and who may join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Its name.
    pub community: String,
    /// Who may become a member.
    pub sign_up: SignUp,
    /// Whether it is the demo: sample people, sign-in as any of them on this machine.
    pub demo: bool,
}

/// The settings; those of a first run when nothing is set yet.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn load(store: &Store) -> Result<Settings, Fault> {
    load_in(store.db()).await
}

pub(crate) async fn load_in(db: &impl ConnectionTrait) -> Result<Settings, Fault> {
    let row = row(db).await?;
    Ok(row.map_or_else(
        || Settings { community: "Guildhall".into(), sign_up: SignUp::Invite, demo: false },
        |row| Settings {
            sign_up: if row.sign_up == SignUp::Open.name() { SignUp::Open } else { SignUp::Invite },
            community: row.community,
            demo: row.demo,
        },
    ))
}

async fn row(db: &impl ConnectionTrait) -> Result<Option<settings::Model>, Fault> {
    Ok(settings::Entity::find_by_id(ROW).one(db).await?)
}

/// Says who may become a member. For the operator at the command line.
///
/// # Errors
/// `NotFound` before the community was set up.
pub async fn set_sign_up(store: &Store, sign_up: SignUp) -> Result<(), Fault> {
    store
        .write(sign_up, |tx, sign_up| {
            Box::pin(async move {
                lock(tx).await?;
                if row(tx.db()).await?.is_none() {
                    return Err(Fault::NotFound);
                }
                let name = Set(sign_up.name().to_owned());
                settings::ActiveModel { id: Set(ROW), sign_up: name, ..Default::default() }
                    .update(tx.db())
                    .await?;
                audit::note_by(tx, None, "settings.sign_up", None).await
            })
        })
        .await
}

/// Saves the settings and forgets the setup token.
pub(crate) async fn save(tx: &Tx, new: &Settings) -> Result<(), Fault> {
    let model = settings::ActiveModel {
        id: Set(ROW),
        community: Set(new.community.clone()),
        sign_up: Set(new.sign_up.name().to_owned()),
        demo: Set(new.demo),
        setup_hash: Set(None),
    };
    upsert(tx, model).await
}

/// Locks the row, so that of two setups at once one wins.
pub(crate) async fn lock(tx: &Tx) -> Result<(), Fault> {
    settings::Entity::find_by_id(ROW).lock_exclusive().one(tx.db()).await?;
    Ok(())
}

/// The hash of the setup token, if one waits.
pub(crate) async fn setup_hash(db: &impl ConnectionTrait) -> Result<Option<Vec<u8>>, Fault> {
    Ok(row(db).await?.and_then(|row| row.setup_hash))
}

/// Keeps the hash of a fresh setup token; an older one is void.
pub(crate) async fn set_setup_hash(tx: &Tx, hash: Vec<u8>) -> Result<(), Fault> {
    let now = load_in(tx.db()).await?;
    let model = settings::ActiveModel {
        id: Set(ROW),
        community: Set(now.community),
        sign_up: Set(now.sign_up.name().to_owned()),
        demo: Set(now.demo),
        setup_hash: Set(Some(hash)),
    };
    upsert(tx, model).await
}

async fn upsert(tx: &Tx, model: settings::ActiveModel) -> Result<(), Fault> {
    if row(tx.db()).await?.is_some() {
        model.update(tx.db()).await?;
    } else {
        model.insert(tx.db()).await?;
    }
    Ok(())
}
