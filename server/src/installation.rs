//! The installation's secret, once the database has confirmed that it is the same as before.

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use store::{Store, installation};

use crate::{
    config::{Config, secret},
    database,
    failure::Failure,
    files,
};

/// What is kept of the secret in the database: 128 bits of a hash. The secret is random, so nobody guesses it.
pub(crate) fn fingerprint(secret: &SecretString) -> String {
    // The words keep this apart from any other use of the secret.
    let text = ["guildhall fingerprint 1 ", secret.expose_secret()].concat();
    Sha256::digest(text.as_bytes())[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The secret that is set or kept in the data folder. The first start makes one.
///
/// # Errors
/// It is missing, or it is another one than the database was used with.
pub(crate) async fn secret(config: &Config, store: &Store) -> Result<SecretString, Failure> {
    let known = installation::fingerprint(store).await.map_err(down)?;
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
    if installation::claim_secret(store, &fingerprint(&secret)).await.map_err(down)? {
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

/// Makes the database keep the secret that is there now, or a new one. For the operator.
pub(crate) async fn accept_secret(config: &Config, store: &Store) -> Result<(), Failure> {
    let secret = match present(config)? {
        Some(secret) => secret,
        None => fresh(config)?,
    };
    installation::accept_secret(store, &fingerprint(&secret)).await.map_err(down)
}

/// The secret that is set or kept; none when there is none yet.
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

fn down(fault: store::StoreError) -> Failure {
    Failure::unavailable(database::sentence(&fault))
}
