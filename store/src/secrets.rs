//! The only code that creates random values and hashes.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::sign_in::DIGITS;
use rand::{Rng as _, RngExt as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// A new id. Ids sort by the time they were made.
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A new secret of 256 bits, as 43 characters of base64url.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn token() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A random suffix for slugs that are taken: four lower-case letters or digits, without look-alikes such as `l`
/// and `1`.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn suffix() -> String {
    const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    (0..4).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect()
}

/// A new sign-in code of [`DIGITS`] decimal digits.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn code() -> String {
    let mut rng = rand::rng();
    (0..DIGITS).map(|_| char::from(b'0' + rng.random_range(0..10_u8))).collect()
}

/// A seed for the matching of a round. It is stored, so that the same input always gives the same result.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes randomness")]
pub(crate) fn seed() -> i64 {
    rand::rng().random()
}

/// The hash that is stored instead of a secret.
pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// The hash that is stored instead of a secret, as 64 hexadecimal digits.
pub(crate) fn hex_hash(secret: &str) -> String {
    hash(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash that is stored instead of a code. It is salted with the sign-in's id, because a code is short
/// enough to guess from its plain hash.
pub(crate) fn hash_code(sign_in: Uuid, code: &str) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(sign_in.as_bytes());
    hasher.update(code.as_bytes());
    hasher.finalize().to_vec()
}

/// Compares two hashes in constant time.
pub(crate) fn same_hash(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// A name for some content: the first 24 hexadecimal digits of its hash.
pub(crate) fn content_name(content: &[u8]) -> String {
    Sha256::digest(content)[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}
