//! GUIDs of sessions as exported files have them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The GUID of a session as a UUID: itself, or the UUID that older software wrote as 22 letters, else one made from
/// the text. Always the same for the same text, so that programs that read the file recognise the session.
#[must_use]
pub fn uuid_of(guid: &str) -> Uuid {
    let short = || URL_SAFE_NO_PAD.decode(guid).ok().and_then(|bytes| Uuid::from_slice(&bytes).ok());
    let made = || {
        let hash = Sha256::digest(guid);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    };
    Uuid::parse_str(guid).ok().or_else(short).unwrap_or_else(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d9_a_guid_becomes_the_same_uuid_each_time() {
        let plain = "0c9a8f5e-1d1b-4a53-8a53-2f0e6f3f0001";
        assert_eq!(uuid_of(plain).to_string(), plain);
        assert_eq!(uuid_of("HOqeNIb6G7M4hYFKFRkCmQ").to_string(), "1cea9e34-86fa-1bb3-3885-814a15190299");
        assert_eq!(uuid_of("id:106"), uuid_of("id:106"));
        assert_ne!(uuid_of("id:106"), uuid_of("id:107"));
    }
}
