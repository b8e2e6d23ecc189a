//! A request to a sign-in route, and its possible responses.

use std::net::IpAddr;

use app::{context::Visit, events::pages::flash_after_rsvp, flash::Flash};
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

/// A request to a sign-in route: the visit, the browser and the client's address.
pub(super) struct SignInRequest {
    pub(super) visit: Visit,
    pub(super) store: Store,
    /// The value of the browser cookie. It is created now if there was none.
    browser: String,
    device: String,
    /// The cookie of a browser that signed in before, if there is one.
    known: Option<String>,
    client: Option<IpAddr>,
    askers: Askers,
}

impl FromRequestParts<State> for SignInRequest {
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

impl SignInRequest {
    /// The value of the browser cookie.
    pub(super) fn token(&self) -> &str {
        &self.browser
    }

    /// The browser, for a new sign-in session.
    pub(super) fn browser(&self) -> Browser<'_> {
        Browser { token: &self.browser, device: &self.device }
    }

    /// The key that a request for an email to an address counts for.
    pub(super) fn asker(&self, address: &Address) -> Asker {
        self.askers.asker(self.known.as_deref(), self.client, &address.key())
    }

    /// The key of the client's network, for the limit on held seats.
    pub(super) fn network(&self) -> Vec<u8> {
        self.askers.network(self.client)
    }

    /// Redirects to a page of this portal, and changes nothing else.
    pub(super) fn redirect(&self, next: &str) -> Response {
        see_other(HeaderMap::new(), &safe_next(next))
    }

    /// Whether somebody is signed in.
    pub(super) fn is_signed_in(&self) -> bool {
        self.visit.actor.member().is_some()
    }

    /// Redirects to an address and sets the browser cookie, so that the next request is from the same browser.
    pub(super) fn redirect_with_cookie(&self, path: &str) -> Response {
        let mut headers = HeaderMap::new();
        CookieKind::Browser.set(&mut headers, self.visit.secure, &self.browser);
        see_other(headers, path)
    }

    /// Sets the cookies of a new sign-in session and redirects to the next page. The previous session and the
    /// browser cookie end.
    pub(super) async fn signed_in(&self, session: &NewSession, flash: Option<Flash>) -> Response {
        // End the old session too, because somebody else may have its token.
        if self.visit.actor.member().is_some()
            && let Err(error) = store::members::sign_out(&self.store, &self.visit.actor).await
        {
            tracing::warn!(?error, "could not end the previous session after a sign-in");
        }
        let mut headers = HeaderMap::new();
        CookieKind::Session.set(&mut headers, self.visit.secure, &session.token);
        CookieKind::Browser.clear(&mut headers, self.visit.secure);
        if let Some(key) = &session.address_key {
            let known = self.askers.cookie(self.known.as_deref(), key);
            CookieKind::Known.set(&mut headers, self.visit.secure, &known);
        }
        let seat = session.seat.as_ref().map(|seat| match seat {
            Ok(rsvp) => flash_after_rsvp(rsvp),
            Err(refusal) => Flash::Refused(refusal.clone()),
        });
        if let Some(flash) = flash.or(seat) {
            self.set_flash(&mut headers, &flash);
        }
        if session.newcomer {
            see_other(headers, &with_next("/welcome", &session.next))
        } else {
            see_other(headers, &safe_next(&session.next))
        }
    }

    /// Removes the session cookie and redirects to the home page.
    pub(super) fn signed_out(&self) -> Response {
        let mut headers = HeaderMap::new();
        CookieKind::Session.clear(&mut headers, self.visit.secure);
        self.set_flash(&mut headers, &Flash::success("flash-signed-out"));
        see_other(headers, "/")
    }

    /// Redirects back to a page that shows the refusal.
    pub(super) fn refused(&self, refusal: Refusal, back: &str) -> Response {
        self.back(&Flash::Refused(refusal), back)
    }

    /// Redirects back to a page that shows the store's error. Its cause is logged here.
    pub(super) fn failed(&self, error: StoreError, back: &str) -> Response {
        let flash = match error {
            StoreError::Refused(refusal) => Flash::Refused(refusal),
            StoreError::Invalid(problems) => {
                Flash::Refused(problems.into_iter().next().map_or(Refusal::BadChoice, |problem| problem.why))
            }
            StoreError::NotFound => Flash::Refused(Refusal::SignInExpired),
            StoreError::Unavailable(cause) | StoreError::Conflict(cause) => {
                tracing::warn!(cause, "the database is not available");
                Flash::Unavailable
            }
            StoreError::Remote(cause) | StoreError::Corrupt(cause) => {
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
        self.set_flash(&mut headers, flash);
        see_other(headers, back)
    }

    /// Saves what was typed as a draft and redirects back to the form, which shows the problems.
    pub(super) async fn back_with_draft(&self, form: &str, draft: &Draft, back: &str) -> Response {
        match drafts::keep(&self.store, &self.owner(), form, draft).await {
            Ok(()) => self.redirect_with_cookie(back),
            Err(error) => self.failed(error, back),
        }
    }

    /// Discards the draft. If that fails, the draft expires within an hour.
    pub(super) async fn discard_draft(&self, form: &str) {
        if let Err(error) = drafts::discard(&self.store, &self.owner(), form).await {
            tracing::warn!(?error, "could not discard a draft");
        }
    }

    fn owner(&self) -> DraftOwner {
        match self.visit.actor.member() {
            Some(member) => DraftOwner::Member(member),
            None => DraftOwner::Browser(self.browser.clone()),
        }
    }

    fn set_flash(&self, headers: &mut HeaderMap, flash: &Flash) {
        if let Ok(cookie) = HeaderValue::try_from(flash.set_cookie(self.visit.secure)) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
}

/// A redirect with 303, so that browsers follow with GET. It is never cached.
pub(super) fn see_other(mut headers: HeaderMap, to: &str) -> Response {
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, to);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::SEE_OTHER, headers).into_response()
}
