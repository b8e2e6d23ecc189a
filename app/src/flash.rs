//! A message for the next page: what was done, or why it wasn't. It travels in a cookie that lasts one minute
//! and is cleared when the message is shown.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use cookie::{Cookie, SameSite, time::Duration};
use domain::{Refusal, Slug, events::Mode, mentoring::SignUpRole, tokens::TOKEN_PREFIX};
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

/// The message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flash {
    /// A rule refused the request.
    Refused(Refusal),
    /// A success: a Fluent key that starts with `flash-`.
    Success(String),
    /// A success with a number, which the text uses as `$count`.
    Counted {
        /// The Fluent key.
        key: String,
        /// The value of `$count`.
        count: u32,
    },
    /// A success that can be undone.
    Undoable {
        /// The Fluent key.
        key: String,
        /// The value of `$count`; 0 when the text doesn't use it.
        count: u32,
        /// The request that undoes it.
        undo: Undo,
    },
    /// A private calendar feed was created. Only its hash is stored, so this is the one time that its address
    /// can be shown.
    Feed {
        /// The secret part of the feed's address, in base64url.
        token: String,
    },
    /// A personal access token was made. Only its hash is stored, so this is the one time that it can be shown.
    Token {
        /// The token.
        token: String,
    },
    /// Something broke.
    Failed {
        /// The incident number in the log.
        incident: String,
    },
    /// The database can't be reached at the moment.
    Unavailable,
}

/// The request that undoes an action: a form with one button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undo {
    /// A seat was given up: requests one again with the same mode.
    Leave(String, Mode),
    /// An event was cancelled: reinstates it.
    Cancel(String),
    /// An open group was left: joins it again.
    LeaveGroup(String),
    /// A member was suspended: lifts the suspension.
    Suspend(String),
    /// A sign-up for a mentoring round was withdrawn: sends it again.
    WithdrawSignUp(String, SignUpRole),
}

impl Undo {
    /// The form's action, the slug it sends, and the Fluent key of its button.
    #[must_use]
    pub fn form(&self) -> (&'static str, &str, &'static str) {
        match self {
            Self::Leave(slug, _) => ("/api/events/rsvp", slug, "undo-leave"),
            Self::Cancel(slug) => ("/api/events/reinstate", slug, "undo"),
            Self::LeaveGroup(slug) => ("/api/groups/join", slug, "undo"),
            Self::Suspend(member) => ("/api/admin/lift_suspension", member, "undo"),
            Self::WithdrawSignUp(round, _) => ("/api/mentoring/submit", round, "undo"),
        }
    }

    /// The name and value of the other field that the form sends, if it sends one.
    #[must_use]
    pub fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Leave(_, mode) => Some(("mode", mode.name())),
            Self::WithdrawSignUp(_, role) => Some(("role", role.name())),
            Self::Cancel(_) | Self::LeaveGroup(_) | Self::Suspend(_) => None,
        }
    }
}

impl Flash {
    /// A success message without a number.
    #[must_use]
    pub fn success(key: &str) -> Self {
        Self::Success(key.to_owned())
    }

    /// The cookie's value: JSON in base64url.
    #[must_use]
    pub fn encode(&self) -> String {
        // Serialising an enum of texts and numbers can't fail.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads the cookie's value. Cookies can be forged, so only known keys, valid slugs and well-formed tokens
    /// pass.
    #[must_use]
    pub fn decode(value: &str) -> Option<Self> {
        if value.len() > 1000 {
            return None;
        }
        let flash = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
        let fits = match &flash {
            Self::Success(key) | Self::Counted { key, .. } => key.starts_with("flash-") && i18n::has(key),
            Self::Undoable { key, undo, .. } => {
                key.starts_with("flash-") && i18n::has(key) && Slug::parse(undo.form().1).is_some()
            }
            Self::Failed { incident } => incident.len() == 36 && incident.bytes().all(is_uuid_char),
            Self::Feed { token } => token.len() == 43 && token.bytes().all(is_base64url),
            Self::Token { token } => {
                let secret = token.strip_prefix(TOKEN_PREFIX).unwrap_or_default();
                secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            Self::Refused(_) | Self::Unavailable => true,
        };
        fits.then_some(flash)
    }

    /// The complete `Set-Cookie` header value.
    #[must_use]
    pub fn set_cookie(&self, secure: bool) -> String {
        cookie(&self.encode(), 60, secure)
    }

    /// Whether it reports a success.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(
            self,
            Self::Success(_)
                | Self::Counted { .. }
                | Self::Undoable { .. }
                | Self::Feed { .. }
                | Self::Token { .. }
        )
    }

    /// The text in the visit's language.
    #[must_use]
    pub fn sentence(&self, visit: &Visit) -> String {
        match self {
            Self::Refused(refusal) => i18n::refusal(visit.locale, refusal),
            Self::Success(key) => visit.tr(key),
            Self::Counted { key, count } | Self::Undoable { key, count, .. } => {
                visit.tr_with(key, &[("count", i18n::number(*count))])
            }
            Self::Failed { incident } => {
                visit.tr_with("error-internal-incident", &[("incident", i18n::quote(incident))])
            }
            Self::Feed { .. } => visit.tr("flash-feed-made"),
            Self::Token { .. } => visit.tr("flash-token-made"),
            Self::Unavailable => visit.tr("error-unavailable-text"),
        }
    }
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn is_uuid_char(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b'-'
}

/// The `Set-Cookie` header value that clears the cookie.
#[must_use]
pub fn clear_cookie(secure: bool) -> String {
    cookie("", 0, secure)
}

fn cookie(value: &str, seconds: i64, secure: bool) -> String {
    let cookie = Cookie::build((COOKIE, value)).path("/").http_only(true).same_site(SameSite::Lax);
    cookie.secure(secure).max_age(Duration::seconds(seconds)).build().to_string()
}

/// Finds the flash in a `Cookie` header.
#[must_use]
pub fn find(cookies: &str) -> Option<Flash> {
    let mut flashes = Cookie::split_parse(cookies).flatten().filter(|cookie| cookie.name() == COOKIE);
    flashes.find_map(|cookie| Flash::decode(cookie.value()))
}

/// Takes the flash of this request, to show it on the page that is being rendered. A prefetched page shows none
/// and leaves the cookie alone.
#[must_use]
pub fn take() -> Option<Flash> {
    let parts = use_context::<Parts>()?;
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if header("sec-purpose").is_some_and(|purpose| purpose.contains("prefetch")) {
        return None;
    }
    let flash = of_request(&parts)?;
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(cookie) = HeaderValue::from_str(&clear_cookie(visit().secure))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
    Some(flash)
}

fn of_request(parts: &Parts) -> Option<Flash> {
    parts.headers.get_all(header::COOKIE).iter().find_map(|value| find(value.to_str().ok()?))
}

/// Keeps the flash of this request for the page that this one redirects to. The last cookie of a response counts.
pub fn keep() {
    let flash = use_context::<Parts>().and_then(|parts| of_request(&parts));
    if let (Some(flash), Some(response)) = (flash, use_context::<ResponseOptions>())
        && let Ok(cookie) = HeaderValue::from_str(&flash.set_cookie(visit().secure))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flash_survives_its_cookie() {
        for flash in [
            Flash::Refused(Refusal::TooManyGuests { max: 2 }),
            Flash::success("flash-event-saved"),
            Flash::Counted { key: "flash-event-cancelled".into(), count: 12 },
            Flash::Undoable {
                key: "flash-event-left".into(),
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
    fn forged_cookies_are_ignored() {
        let encode = |json: &str| URL_SAFE_NO_PAD.encode(json);
        for bad in [
            String::new(),
            "%%%".to_owned(),
            encode("{}"),
            encode("null"),
            encode(r#"{"Success":"<script>alert(1)</script>"}"#),
            encode(r#"{"Success":"event-title"}"#),
            encode(r#"{"Success":"flash-no-such-key"}"#),
            encode(r#"{"Counted":{"key":"flash-event-saved","count":-1}}"#),
            encode(
                r#"{"Undoable":{"key":"flash-event-left","count":0,"undo":{"Leave":["../admin","online"]}}}"#,
            ),
            encode(r#"{"Undoable":{"key":"flash-event-left","count":0,"undo":{"Leave":["a-talk","<b>"]}}}"#),
            encode(r#"{"Undoable":{"key":"flash-event-left","count":0,"undo":{"Else":"a-talk"}}}"#),
            encode(r#"{"Failed":{"incident":"<b>call +1 555 0100 to fix this now</b>"}}"#),
            encode(r#"{"Refused":"NoSuchRefusal"}"#),
            encode(r#"{"Feed":{"token":"https://evil.example/"}}"#),
            encode(r#"{"Token":{"token":"https://evil.example/"}}"#),
            "A".repeat(2000),
        ] {
            assert_eq!(find(&format!("{COOKIE}={bad}")), None, "{bad}");
        }
        assert_eq!(find("guildhall_flashy=x"), None);
    }

    #[test]
    fn scripts_cannot_read_the_cookie() {
        let header = Flash::Unavailable.set_cookie(true);
        for part in ["Path=/", "Max-Age=60", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(header.contains(part), "{header}");
        }
        assert!(!clear_cookie(false).contains("Secure"));
    }
}
