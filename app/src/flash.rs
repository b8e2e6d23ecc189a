//! One sentence for the next page: what was done, or why it was not. It travels in a cookie that lives
//! for a minute and is cleared when it is shown.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Refusal, Slug, events::Mode};
use http::{HeaderValue, header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};

use crate::{
    context::{Visit, visit},
    i18n,
};

/// The name of the cookie.
pub const COOKIE: &str = "guildhall_flash";

/// What to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flash {
    /// Why something was not done.
    Refused(Refusal),
    /// What was done: a key of the catalogue that begins with `said-`.
    Said(String),
    /// The same with a number, `$count` in the sentence.
    Told {
        /// The key.
        key: String,
        /// The number.
        count: u32,
    },
    /// The same where one may think better of it.
    Undoable {
        /// The key.
        key: String,
        /// The number; 0 where the sentence has none.
        count: u32,
        /// What takes it back.
        undo: Undo,
    },
    /// A private feed was made: the secret of its address, which nobody can look up afterwards.
    Feed {
        /// The secret.
        token: String,
    },
    /// Something broke, and under which number it is in the log.
    Failed {
        /// The number.
        incident: String,
    },
    /// The database is away for a moment.
    Unavailable,
}

/// What takes back what was done: a form with one button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undo {
    /// A seat was given back: asks for one again, for the same way of coming.
    Leave(String, Mode),
    /// An event was cancelled: lets it take place after all.
    Cancel(String),
    /// An open group was left: comes into it again.
    LeaveGroup(String),
    /// A member was suspended: lifts it.
    Suspend(String),
}

impl Undo {
    /// Where its form goes, the event it names, and the key of its button's words.
    #[must_use]
    pub fn form(&self) -> (&'static str, &str, &'static str) {
        match self {
            Self::Leave(slug, _) => ("/api/events/rsvp", slug, "undo-leave"),
            Self::Cancel(slug) => ("/api/events/reinstate", slug, "undo"),
            Self::LeaveGroup(slug) => ("/api/groups/join", slug, "undo"),
            Self::Suspend(member) => ("/api/admin/lift_suspension", member, "undo"),
        }
    }

    /// The way of coming that its form asks for, if it asks for one.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        match self {
            Self::Leave(_, mode) => Some(*mode),
            Self::Cancel(_) | Self::LeaveGroup(_) | Self::Suspend(_) => None,
        }
    }
}

impl Flash {
    /// What was done.
    #[must_use]
    pub fn said(key: &str) -> Self {
        Self::Said(key.to_owned())
    }

    /// The value of the cookie.
    #[must_use]
    pub fn encode(&self) -> String {
        // An enum of texts and numbers always has its JSON.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads the value of the cookie. Whoever writes a cookie of their own gets a sentence of the
    /// catalogue or nothing.
    #[must_use]
    pub fn decode(value: &str) -> Option<Self> {
        if value.len() > 1000 {
            return None;
        }
        let flash = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
        let fits = match &flash {
            Self::Said(key) | Self::Told { key, .. } => key.starts_with("said-") && i18n::has(key),
            Self::Undoable { key, undo, .. } => {
                key.starts_with("said-") && i18n::has(key) && Slug::parse(undo.form().1).is_some()
            }
            Self::Failed { incident } => incident.len() == 36 && incident.bytes().all(in_a_uuid),
            Self::Feed { token } => token.len() == 43 && token.bytes().all(in_base64url),
            Self::Refused(_) | Self::Unavailable => true,
        };
        fits.then_some(flash)
    }

    /// The whole Set-Cookie header.
    #[must_use]
    pub fn set_cookie(&self, secure: bool) -> String {
        cookie(&self.encode(), 60, secure)
    }

    /// Whether it tells of a success.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Said(_) | Self::Told { .. } | Self::Undoable { .. } | Self::Feed { .. })
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(&self, visit: &Visit) -> String {
        match self {
            Self::Refused(refusal) => i18n::refusal(visit.locale, refusal),
            Self::Said(key) => visit.tr(key),
            Self::Told { key, count } | Self::Undoable { key, count, .. } => {
                visit.tr_with(key, &[("count", i18n::number(*count))])
            }
            Self::Failed { incident } => {
                visit.tr_with("error-internal-incident", &[("incident", i18n::quote(incident))])
            }
            Self::Feed { .. } => visit.tr("said-feed-made"),
            Self::Unavailable => visit.tr("error-unavailable-text"),
        }
    }
}

fn in_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn in_a_uuid(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b'-'
}

/// The Set-Cookie header that clears it.
#[must_use]
pub fn clear_cookie(secure: bool) -> String {
    cookie("", 0, secure)
}

fn cookie(value: &str, seconds: u32, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The flash in a Cookie header.
#[must_use]
pub fn find(cookies: &str) -> Option<Flash> {
    cookies.split(';').find_map(|pair| Flash::decode(pair.trim().strip_prefix(COOKIE)?.strip_prefix('=')?))
}

/// Takes the flash of this request, to be shown on the page that is being rendered. A page that a
/// browser only prefetches shows none and leaves it where it is.
#[must_use]
pub fn take() -> Option<Flash> {
    let parts = use_context::<Parts>()?;
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if header("sec-purpose").is_some_and(|purpose| purpose.contains("prefetch")) {
        return None;
    }
    let flash = parts.headers.get_all(header::COOKIE).iter().find_map(|value| find(value.to_str().ok()?))?;
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(cookie) = HeaderValue::from_str(&clear_cookie(visit().secure))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
    Some(flash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flash_comes_back_from_its_cookie() {
        for flash in [
            Flash::Refused(Refusal::TooManyGuests { max: 2 }),
            Flash::said("said-event-saved"),
            Flash::Told { key: "said-event-cancelled".into(), count: 12 },
            Flash::Undoable {
                key: "said-event-left".into(),
                count: 0,
                undo: Undo::Leave("a-talk".into(), Mode::Online),
            },
            Flash::Failed { incident: "0193b0a2-0000-7000-8000-000000000000".into() },
            Flash::Unavailable,
        ] {
            let header = format!("a=b; {COOKIE}={}; c=d", flash.encode());
            assert_eq!(find(&header), Some(flash));
        }
    }

    #[test]
    fn hostile_cookies_say_nothing() {
        let encode = |json: &str| URL_SAFE_NO_PAD.encode(json);
        for bad in [
            String::new(),
            "%%%".to_owned(),
            encode("{}"),
            encode("null"),
            encode(r#"{"Said":"<script>alert(1)</script>"}"#),
            encode(r#"{"Said":"event-title"}"#),
            encode(r#"{"Said":"said-no-such-key"}"#),
            encode(r#"{"Told":{"key":"said-event-saved","count":-1}}"#),
            encode(
                r#"{"Undoable":{"key":"said-event-left","count":0,"undo":{"Leave":["../admin","online"]}}}"#,
            ),
            encode(r#"{"Undoable":{"key":"said-event-left","count":0,"undo":{"Leave":["a-talk","<b>"]}}}"#),
            encode(r#"{"Undoable":{"key":"said-event-left","count":0,"undo":{"Else":"a-talk"}}}"#),
            encode(r#"{"Failed":{"incident":"<b>call +1 555 0100 to fix this now</b>"}}"#),
            encode(r#"{"Refused":"NoSuchRefusal"}"#),
            encode(r#"{"Feed":{"token":"https://evil.example/"}}"#),
            "A".repeat(2000),
        ] {
            assert_eq!(find(&format!("{COOKIE}={bad}")), None, "{bad}");
        }
        assert_eq!(find("guildhall_flashy=x"), None);
    }

    #[test]
    fn the_cookie_is_for_the_server_alone() {
        let header = Flash::Unavailable.set_cookie(true);
        for part in ["Path=/", "Max-Age=60", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(header.contains(part), "{header}");
        }
        assert!(!clear_cookie(false).contains("Secure"));
    }
}
