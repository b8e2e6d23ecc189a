//! Pages behind signed links in emails, which work without signing in. The links sign nobody in.
//!
//! These are plain routes, because the router of pages decodes parameters twice, which breaks tokens.

use app::{
    context::Visit,
    error::AppError,
    flash::{self, Flash},
    layout::signed_page,
};
use axum::{
    Extension, Form, Router,
    extract::{Path, State as Shared},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::{forms::Fields, links::Link};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use leptos::prelude::{AnyView, Owner, provide_context};
use store::{Store, StoreError};

use crate::{errors::Fail, state::State};

/// A page behind a signed link: what it shows, and what its buttons do.
pub(crate) trait SignedPage: 'static {
    /// The first part of its path. The second one is the token.
    const PATH: &'static str;
    /// What the link names.
    type Id: Copy + Send + Sync + 'static;
    /// What the page shows.
    type Record: Send;

    /// What a link names. `None` for links to other pages.
    fn named(link: &Link) -> Option<Self::Id>;
    /// Reads what the page shows. It changes nothing, because scanners follow every link in an email.
    fn load(store: &Store, id: Self::Id) -> impl Future<Output = Result<Self::Record, StoreError>> + Send;
    /// Title and content. The forms post to `action`, the page's own path.
    fn view(visit: &Visit, record: &Self::Record, action: &str) -> (String, AnyView);
    /// What the button of a form does. The key of the message names the success.
    fn act(
        store: &Store,
        id: Self::Id,
        form: &Fields,
    ) -> impl Future<Output = Result<&'static str, AppError>> + Send;
}

/// The route of a page.
pub(crate) fn route<P: SignedPage>() -> Router<State> {
    Router::new().route(&format!("{}/{{token}}", P::PATH), get(show::<P>).post(act::<P>))
}

fn named<P: SignedPage>(state: &State, token: &str) -> Result<P::Id, AppError> {
    state.links.read(token).as_ref().and_then(P::named).ok_or(AppError::NotFound)
}

async fn show<P: SignedPage>(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let record = P::load(&state.store, named::<P>(&state, &token)?).await?;
    let cookies = headers.get_all(header::COOKIE).iter();
    let flash = cookies.filter_map(|cookie| flash::find(cookie.to_str().ok()?)).next();
    let clear = flash.is_some().then(|| flash::clear_cookie(visit.secure));
    let page = Owner::new().with(|| {
        provide_context(visit.clone());
        let (title, body) = P::view(&visit, &record, &format!("{}/{token}", P::PATH));
        signed_page(&visit, &title, flash.as_ref(), body)
    });
    Ok(with_cookie(Html(page).into_response(), clear))
}

/// Does what a button says, and leads back to the page, which shows the result.
async fn act<P: SignedPage>(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, Fail> {
    let id = named::<P>(&state, &token)?;
    let flash = match P::act(&state.store, id, &form).await {
        Ok(key) => Flash::success(key),
        Err(error) => Flash::Refused(error.refusal().ok_or(error)?),
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::try_from(format!("{}/{token}", P::PATH)) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    Ok(with_cookie(response, Some(flash.set_cookie(visit.secure))))
}

fn with_cookie(mut response: Response, cookie: Option<String>) -> Response {
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
