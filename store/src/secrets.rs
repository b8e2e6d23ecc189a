//! Randomness and hashes, made in one place.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::sign_in::DIGITS;
use rand::{Rng as _, RngExt as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// A fresh identifier that sorts by time.
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A fresh secret of 256 bits, base64url: 43 characters.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn token() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A short random suffix for slugs that are taken: four lower-case letters or digits.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn suffix() -> String {
    const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    (0..4).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect()
}

/// A fresh code of decimal digits.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn code() -> String {
    let mut rng = rand::rng();
    (0..DIGITS).map(|_| char::from(b'0' + rng.random_range(0..10_u8))).collect()
}

/// What is kept of a secret.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What is kept of a secret, as 64 hexadecimal digits.
pub(crate) fn hex_hash(secret: &str) -> String {
    hash(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is kept of a code: salted with its sign-in, for a code alone is short.
pub(crate) fn hash_code(sign_in: Uuid, code: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(sign_in.as_bytes());
    hasher.update(code.as_bytes());
    hasher.finalize().to_vec()
}

/// Compares two hashes in the same time whatever they are.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// The name of some content: 24 hexadecimal digits of its hash.
pub(crate) fn name_of(content: &[u8]) -> String {
    Sha256::digest(content)[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}
