//! The middleware that finds out who is visiting: it turns cookies and headers into a [`Visit`] in the
//! request's extensions.

use app::context::{Provider, Visit};
use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Actor, Locale, Zone};
use http::{HeaderMap, header};
use store::{
    StoreError,
    members::{AccountNotices, SignedIn},
    settings::{Settings, SignUp},
};

use crate::{
    assets, cookies,
    errors::{self, Fail},
    request_id::RequestId,
    state::State,
};

/// The middleware. If the database is unavailable, it responds with the error at once.
pub(crate) async fn resolve(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    let mut visit = signed_out(&state, &request);
    match load(&state, request.headers()).await {
        Ok((settings, signed_in)) => {
            visit.community = settings.community;
            visit.tagline = settings.tagline;
            visit.colour = settings.colour.name();
            visit.logo = settings.logo;
            visit.has_conduct = settings.has_conduct;
            visit.invite_only = settings.sign_up == SignUp::Invite;
            // Both are needed, so that an operator can serve demo data without demo sign-in.
            visit.demo = state.config.demo && settings.demo;
            // Only in the demo or in debug builds, because the emails of a real portal are private.
            visit.mailbox = state.config.smtp_url.is_none() && (visit.demo || cfg!(debug_assertions));
            if let Some(SignedIn { actor, member, notices }) = signed_in {
                visit.actor = actor;
                visit.locale = member.locale;
                visit.zone = member.zone;
                visit.member = Some(member);
                visit.notices = notices;
            }
        }
        Err(error) => {
            let response = Fail::from(error).into_response();
            return if errors::wants_html(request.headers()) {
                errors::page(&visit, response)
            } else {
                response
            };
        }
    }
    request.extensions_mut().insert(visit);
    next.run(request).await
}

async fn load(state: &State, headers: &HeaderMap) -> Result<(Settings, Option<SignedIn>), StoreError> {
    let settings = async {
        match state.guards.page_cache {
            true => state.settings.load(&state.store).await,
            false => store::settings::load(&state.store).await,
        }
    };
    let Some(token) = cookies::CookieKind::Session.read(headers, state.secure()) else {
        return Ok((settings.await?, None));
    };
    futures::try_join!(settings, store::members::sign_in_session(&state.store, &token))
}

/// The visit of a person who isn't signed in, from the request alone, without the database.
fn signed_out(state: &State, request: &Request) -> Visit {
    let headers = request.headers();
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Visit {
        actor: Actor::Anonymous,
        member: None,
        notices: AccountNotices::default(),
        locale: Locale::accepted(accepted.unwrap_or_default()),
        zone: Zone::UTC,
        community: "Guildhall".to_owned(),
        tagline: String::new(),
        colour: "brass",
        logo: None,
        has_conduct: false,
        invite_only: false,
        demo: false,
        mailbox: false,
        browser: cookies::CookieKind::Browser.read(headers, state.secure()).unwrap_or_default(),
        path_and_query: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        origin: state.public_url.origin(),
        secure: state.secure(),
        assets: assets::base(),
        providers: providers(state),
        incident: request.extensions().get::<RequestId>().map(|id| id.0.clone()),
    }
}

fn providers(state: &State) -> Vec<Provider> {
    let shown = |provider: &crate::sign_in::providers::Provider| Provider {
        key: provider.key.to_owned(),
        label: provider.label.clone(),
        issuer: provider.issuer.clone(),
    };
    state.providers.iter().map(shown).collect()
}
