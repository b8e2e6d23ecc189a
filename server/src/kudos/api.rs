//! `POST /api/kudos`: gives kudos for a member, with a personal access token (K1). Programs send JSON and get JSON. The token
//! is read here and nowhere else, so it allows nothing else. Cookies are not read, so no page of another site can use this.

use std::time::Duration;

use app::i18n;
use axum::{
    Json,
    body::to_bytes,
    extract::{Request, State as Shared},
    response::{IntoResponse, Response},
};
use domain::{Locale, Refusal, kudos::KudosForm, tokens::TokenScope};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use store::{StoreError, tokens};
use tokio::time::timeout;

use crate::{
    guard::address,
    state::{State, limiters::Kind},
};

/// The largest request, in bytes. The longest kudos are a quarter of it.
const MAX: usize = 16 * 1024;
/// The time in which a request has to arrive.
const RECEIVE_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest `Idempotency-Key`. The store keeps as many characters.
const MAX_KEY: usize = 48;
/// The `Retry-After` while the database is unavailable.
const RETRY_SECONDS: u32 = 5;

/// The request.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Body {
    to: Vec<String>,
    team: String,
    text: String,
    values: Vec<String>,
    visibility: String,
}

/// An answer that says in one sentence what is wrong.
struct Problem {
    status: StatusCode,
    error: String,
    field: Option<String>,
    retry_after: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, error: &str) -> Self {
        Self { status, error: error.to_owned(), field: None, retry_after: None }
    }

    fn slow_down(seconds: u32) -> Self {
        let why = Refusal::SlowDown { seconds: i64::from(seconds) };
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, &sentence(&why));
        Self { retry_after: Some(seconds), ..problem }
    }

    fn no_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "Send a personal access token with the scope \u{201c}Give kudos\u{201d} that has not expired.",
        )
    }
}

/// Sentences are in English, because programs and logs read them.
fn sentence(why: &Refusal) -> String {
    i18n::refusal(Locale::En, why)
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(why) => {
                let status = match why {
                    Refusal::Suspended | Refusal::NotAllowed | Refusal::SignInFirst => StatusCode::FORBIDDEN,
                    Refusal::KudosPerDay { .. }
                    | Refusal::KudosPerPerson { .. }
                    | Refusal::KudosPerTeam { .. } => StatusCode::TOO_MANY_REQUESTS,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                Self::new(status, &sentence(&why))
            }
            StoreError::Invalid(problems) => {
                let first = problems.into_iter().next();
                let why = first.as_ref().map_or(Refusal::BadChoice, |problem| problem.why.clone());
                let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, &sentence(&why));
                Self { field: first.map(|first| first.field), ..problem }
            }
            StoreError::NotFound => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, &sentence(&Refusal::BadChoice))
            }
            other => {
                tracing::error!(error = %other, "kudos could not be given with a token");
                let problem =
                    Self::new(StatusCode::SERVICE_UNAVAILABLE, "The service is unavailable. Try again soon.");
                Self { retry_after: Some(RETRY_SECONDS), ..problem }
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error });
        if let Some(field) = self.field {
            body["field"] = field.into();
        }
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

pub(crate) async fn give(Shared(state): Shared<State>, request: Request) -> Response {
    match given(&state, request).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn given(state: &State, request: Request) -> Result<Response, Problem> {
    // Counted before the token is looked up, so that nobody can try many tokens.
    if state.guards.limit
        && let Some(peer) = address::peer(request.extensions())
    {
        let client = address::client(request.headers(), peer, state.config.trusted_proxies);
        state.limiters.count(Kind::Program, client).map_err(Problem::slow_down)?;
    }
    let token = token_of(request.headers()).ok_or_else(Problem::no_token)?;
    let bearer = match tokens::bearer(&state.store, token, TokenScope::GiveKudos).await {
        Err(StoreError::NotFound) => return Err(Problem::no_token()),
        found => found?,
    };
    if state.guards.account {
        state.accounts.count(bearer.member).map_err(Problem::slow_down)?;
    }
    let key = idempotency_key(request.headers())?;
    if !is_json(request.headers()) {
        let sentence = "Send the request as application/json.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
    }
    let form = read(request).await?;
    let details = form.check().map_err(StoreError::Invalid)?;
    let id = tokens::give_kudos(&state.store, &bearer, details, &key).await?;
    let answer = json!({ "id": id.to_string(), "url": format!("{}/kudos/{id}", state.public_url.origin()) });
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

fn token_of(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let fits = scheme.eq_ignore_ascii_case("bearer") && values.next().is_none();
    fits.then(|| token.trim())
}

/// The key that makes a repeated request give kudos once. It never equals the key of a form.
fn idempotency_key(headers: &HeaderMap) -> Result<String, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(String::new()) };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= MAX_KEY);
    let wrong = || {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "The Idempotency-Key has to be plain ASCII with 48 characters at most.",
        )
    };
    Ok(format!("api {}", key.ok_or_else(wrong)?))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

async fn read(request: Request) -> Result<KudosForm, Problem> {
    let too_large = || Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "The request is larger than 16 KiB.");
    let too_slow =
        |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "The request arrived too slowly. Send it again.");
    let received = timeout(RECEIVE_TIMEOUT, to_bytes(request.into_body(), MAX)).await.map_err(too_slow)?;
    let bytes = received.map_err(|_| too_large())?;
    let body: Body = serde_json::from_slice(&bytes).map_err(|error| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, &format!("The JSON could not be read: {error}."))
    })?;
    let Body { to, team, text, values, visibility } = body;
    // A NUL cannot be stored, and an entry with spaces would be several.
    let is_word = |word: &String| !word.is_empty() && !word.contains(char::is_whitespace);
    let mut lists = to.iter().chain(&values);
    if !lists.all(is_word) || [&text, &team, &visibility].iter().any(|text| text.contains('\0')) {
        let sentence = "Entries of \u{201c}to\u{201d} and \u{201c}values\u{201d} are slugs without spaces, and texts have no NUL.";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let (to, values) = (to.join(" "), values.join(" "));
    Ok(KudosForm { to, team, values, text, visibility, ..KudosForm::default() })
}
