//! The installation's secret. The database keeps its fingerprint, so that another secret is noticed at the
//! start.

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use store::{Store, installation};

use crate::{
    config::{Config, secret},
    database,
    failure::Failure,
    files,
};

/// The fingerprint of a secret, for the database: 128 bits of its SHA-256. The secret is random, so it can't be
/// guessed from the fingerprint.
pub(crate) fn fingerprint(secret: &SecretString) -> String {
    // The prefix separates this hash from other uses of the secret.
    let text = ["guildhall fingerprint 1 ", secret.expose_secret()].concat();
    Sha256::digest(text.as_bytes())[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The secret from the setting or the data folder. The first start creates one.
///
/// # Errors
/// `config` if the secret is missing or doesn't belong to this database, `unavailable` if the database fails.
pub(crate) async fn secret(config: &Config, store: &Store) -> Result<SecretString, Failure> {
    let known = installation::fingerprint(store).await.map_err(unavailable)?;
    let secret = match present(config)? {
        Some(secret) => secret,
        None if known.is_some() => {
            return Err(Failure::config(format!(
                "{} is missing, but this database needs it. Restore it from the backup, or copy it from another instance. If you have lost it, run guildhall admin accept-secret to create a new one. Links in emails sent before now then stop working.",
                config.data.join(secret::FILE).display()
            )));
        }
        None => fresh(config)?,
    };
    if installation::claim_secret(store, &fingerprint(&secret)).await.map_err(unavailable)? {
        return Ok(secret);
    }
    let place = match &config.secret {
        Some(_) => "The setting secret".to_owned(),
        None => config.data.join(secret::FILE).display().to_string(),
    };
    Err(Failure::config(format!(
        "{place} is not the secret of this database. Use the right secret, which every instance and every restored backup needs. If you have lost it, run guildhall admin accept-secret to keep the new one. Links in emails sent before now then stop working."
    )))
}

/// Makes the database accept the current secret, or a new one if there is none. For the operator.
pub(crate) async fn accept_secret(config: &Config, store: &Store) -> Result<(), Failure> {
    let secret = match present(config)? {
        Some(secret) => secret,
        None => fresh(config)?,
    };
    installation::accept_secret(store, &fingerprint(&secret)).await.map_err(unavailable)
}

/// The secret from the setting or the data folder. `None` if there is none yet.
pub(crate) fn present(config: &Config) -> Result<Option<SecretString>, Failure> {
    match &config.secret {
        Some(secret) => Ok(Some(secret.clone())),
        None => secret::kept(&config.data),
    }
}

fn fresh(config: &Config) -> Result<SecretString, Failure> {
    files::make_folder(&config.data)?;
    secret::make(&config.data, &store::sign_in::new_token())
}

fn unavailable(error: store::StoreError) -> Failure {
    Failure::unavailable(database::sentence(&error))
}
