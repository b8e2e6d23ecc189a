//! Reads a provider's claims about a person leniently: a claim of another type counts as missing.

use serde_json::{Map, Value};

/// The claims that Guildhall uses, from a token or from the user-info endpoint.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) subject: String,
    pub(super) email: Option<String>,
    /// `None` if the provider doesn't say.
    pub(super) email_verified: Option<bool>,
    pub(super) name: Option<String>,
    pub(super) username: Option<String>,
}

impl Person {
    pub(super) fn read(claims: &Map<String, Value>) -> Self {
        let text = |claim: &str| {
            let text = claims.get(claim)?.as_str()?.trim();
            (!text.is_empty()).then(|| unescaped(text))
        };
        let parts = || {
            let parts: Vec<String> = ["given_name", "family_name"].into_iter().filter_map(text).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        };
        Self {
            subject: claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned(),
            email: claims.get("email").and_then(Value::as_str).map(str::to_owned),
            email_verified: verified(claims.get("email_verified")),
            name: text("name").or_else(parts),
            username: text("preferred_username"),
        }
    }

    /// Whether no claim is missing that the user-info endpoint could add.
    pub(super) fn is_complete(&self) -> bool {
        self.email.is_some() && self.email_verified.is_some() && self.name.is_some()
    }
}

/// Reads `email_verified`. Some providers write `true` as text. Any other value counts as false.
fn verified(claim: Option<&Value>) -> Option<bool> {
    match claim? {
        Value::Null => None,
        Value::Bool(verified) => Some(*verified),
        Value::String(text) => Some(text.eq_ignore_ascii_case("true")),
        _ => Some(false),
    }
}

/// Decodes HTML entities once, because some providers escape names for HTML. Pages escape all names themselves.
fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(claims: Value) -> Person {
        Person::read(claims.as_object().unwrap())
    }

    #[test]
    fn names_are_unescaped_once() {
        for (sent, name) in [
            ("O&#39;Neil", "O'Neil"),
            ("Ann &amp; Bob", "Ann & Bob"),
            ("&lt;b&gt;Eve&lt;/b&gt;", "<b>Eve</b>"),
            ("&amp;lt;", "&lt;"),
            ("AT&T, R&D; Ö", "AT&T, R&D; Ö"),
        ] {
            assert_eq!(read(json!({ "name": sent })).name.as_deref(), Some(name));
        }
    }

    #[test]
    fn claims_of_other_types_count_as_missing() {
        let person =
            read(json!({ "sub": 1, "email": ["a@example.org"], "name": {}, "preferred_username": "" }));
        assert_eq!(
            (person.subject.as_str(), person.email, person.name, person.username),
            ("", None, None, None)
        );
        let parts = read(json!({ "given_name": "Vera", "family_name": "Rubin" }));
        assert_eq!(parts.name.as_deref(), Some("Vera Rubin"));
        for (claim, expected) in [
            (json!(true), Some(true)),
            (json!("TRUE"), Some(true)),
            (json!("no"), Some(false)),
            (json!(1), Some(false)),
        ] {
            assert_eq!(read(json!({ "email_verified": claim })).email_verified, expected);
        }
        assert_eq!(read(json!({})).email_verified, None);
    }
}
