//! One request to a sign-in route, and the few ways it is answered.

use std::net::IpAddr;

use app::{context::Visit, flash::Flash};
use axum::{
    Extension,
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    Refusal,
    forms::{Draft, DraftOwner},
    members::Address,
    next::{safe_next, with_next},
};
use store::{
    Store, StoreError, drafts,
    sign_in::{Asker, Browser, NewSession, new_token},
};

use super::{askers::Askers, device};
use crate::{cookies::CookieKind, guard::address, state::State};

/// Who asks, from which browser.
pub(super) struct Asking {
    pub(super) visit: Visit,
    pub(super) store: Store,
    /// The value of the anonymous cookie; made now if there was none.
    browser: String,
    device: String,
    /// The cookie of a browser that signed in before.
    known: Option<String>,
    client: Option<IpAddr>,
    askers: Askers,
}

impl FromRequestParts<State> for Asking {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Response> {
        let Extension(visit) = Extension::<Visit>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let agent =
            parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let browser = if visit.browser.is_empty() { new_token() } else { visit.browser.clone() };
        let peer = address::peer(&parts.extensions);
        Ok(Self {
            browser,
            device: device::name(visit.locale, agent),
            known: CookieKind::Known.read(&parts.headers, state.secure()),
            client: peer.map(|peer| address::client(&parts.headers, peer, state.config.trusted_proxies)),
            askers: state.askers.clone(),
            store: state.store.clone(),
            visit,
        })
    }
}

impl Asking {
    /// The value of its anonymous cookie.
    pub(super) fn token(&self) -> &str {
        &self.browser
    }

    /// The browser, as the store knows it.
    pub(super) fn browser(&self) -> Browser<'_> {
        Browser { token: &self.browser, device: &self.device }
    }

    /// Who asks for an email to an address.
    pub(super) fn asker(&self, address: &Address) -> Asker {
        self.askers.asker(self.known.as_deref(), self.client, &address.key())
    }

    /// To a page of this portal, with nothing else changed.
    pub(super) fn to(&self, next: &str) -> Response {
        see_other(HeaderMap::new(), &safe_next(next))
    }

    /// Whether somebody is signed in.
    pub(super) fn is_signed_in(&self) -> bool {
        self.visit.actor.member().is_some()
    }

    /// To another page, with the anonymous cookie: what was asked here is answered there.
    pub(super) fn on_to(&self, path: &str) -> Response {
        let mut headers = HeaderMap::new();
        CookieKind::Browser.set(&mut headers, self.visit.secure, &self.browser);
        see_other(headers, path)
    }

    /// Signed in: a new session, whatever was there before, and a new anonymous life afterwards.
    pub(super) async fn signed_in(&self, opened: &NewSession, flash: Option<Flash>) -> Response {
        // Whoever got hold of the old session is out.
        if self.visit.actor.member().is_some()
            && let Err(fault) = store::members::sign_out(&self.store, &self.visit.actor).await
        {
            tracing::warn!(?fault, "could not end the previous session after a sign-in");
        }
        let mut headers = HeaderMap::new();
        CookieKind::Session.set(&mut headers, self.visit.secure, &opened.token);
        CookieKind::Browser.clear(&mut headers, self.visit.secure);
        if let Some(key) = &opened.address_key {
            let known = self.askers.cookie(self.known.as_deref(), key);
            CookieKind::Known.set(&mut headers, self.visit.secure, &known);
        }
        if let Some(flash) = flash {
            self.say(&mut headers, &flash);
        }
        if opened.newcomer {
            see_other(headers, &with_next("/welcome", &opened.next))
        } else {
            see_other(headers, &safe_next(&opened.next))
        }
    }

    /// Signed out.
    pub(super) fn goodbye(&self) -> Response {
        let mut headers = HeaderMap::new();
        CookieKind::Session.clear(&mut headers, self.visit.secure);
        self.say(&mut headers, &Flash::success("said-signed-out"));
        see_other(headers, "/")
    }

    /// Not done: back to a page that says why.
    pub(super) fn refused(&self, why: Refusal, back: &str) -> Response {
        self.back(&Flash::Refused(why), back)
    }

    /// The same for whatever the store says. Here its cause is logged, once.
    pub(super) fn failed(&self, fault: StoreError, back: &str) -> Response {
        let flash = match fault {
            StoreError::Refused(why) => Flash::Refused(why),
            StoreError::Invalid(problems) => {
                Flash::Refused(problems.into_iter().next().map_or(Refusal::BadChoice, |problem| problem.why))
            }
            StoreError::NotFound => Flash::Refused(Refusal::SignInExpired),
            StoreError::Unavailable(cause) | StoreError::Conflict(cause) => {
                tracing::warn!(cause, "the database is not available");
                Flash::Unavailable
            }
            StoreError::Corrupt(cause) => {
                let incident = self.visit.incident.clone().unwrap_or_default();
                tracing::error!(incident, cause, "a sign-in failed");
                Flash::Failed { incident }
            }
        };
        self.back(&flash, back)
    }

    fn back(&self, flash: &Flash, back: &str) -> Response {
        let mut headers = HeaderMap::new();
        CookieKind::Browser.set(&mut headers, self.visit.secure, &self.browser);
        self.say(&mut headers, flash);
        see_other(headers, back)
    }

    /// Back to a form that keeps what was typed and says what is wrong with it.
    pub(super) async fn try_again(&self, form: &str, draft: &Draft, back: &str) -> Response {
        match drafts::keep(&self.store, &self.owner(), form, draft).await {
            Ok(()) => self.on_to(back),
            Err(fault) => self.failed(fault, back),
        }
    }

    /// Forgets what was typed. A draft that stays is gone in an hour.
    pub(super) async fn forget(&self, form: &str) {
        if let Err(fault) = drafts::discard(&self.store, &self.owner(), form).await {
            tracing::warn!(?fault, "could not discard a draft");
        }
    }

    fn owner(&self) -> DraftOwner {
        match self.visit.actor.member() {
            Some(member) => DraftOwner::Member(member),
            None => DraftOwner::Browser(self.browser.clone()),
        }
    }

    fn say(&self, headers: &mut HeaderMap, flash: &Flash) {
        if let Ok(cookie) = HeaderValue::try_from(flash.set_cookie(self.visit.secure)) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
}

/// 303, so that every browser follows with a GET; never from a cache.
pub(super) fn see_other(mut headers: HeaderMap, to: &str) -> Response {
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, to);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::SEE_OTHER, headers).into_response()
}
