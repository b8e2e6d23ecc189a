//! `/preview`: a typed text as pages show it.
//!
//! A script gets the HTML. A form without a script is kept as a draft, and the browser returns to the page with the form,
//! which shows the preview above the field. So nothing typed is lost.

use app::{
    call::draft_owner,
    context::{Visit, local_path},
};
use axum::{
    Extension, Form, Json, Router,
    extract::{Query, State as Shared},
    response::{IntoResponse as _, Response},
    routing::post,
};
use domain::forms::{Draft, Fields};
use http::{HeaderMap, header};
use serde::Deserialize;
use store::drafts;

use crate::{errors::Fail, see::see, state::State};

pub(crate) fn routes() -> Router<State> {
    Router::new().route("/preview", post(preview))
}

/// Which field is shown, and where.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    field: String,
    /// The name of the form's draft.
    #[serde(default)]
    draft: String,
    /// The page with the form.
    #[serde(default)]
    page: String,
}

async fn preview(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Fail> {
    let fields = fields(sent);
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/html") {
        let text = fields.get(&wanted.field).map_or("", String::as_str);
        return Ok(
            ([(header::CACHE_CONTROL, "no-store")], Json(markup::markdown::html(text))).into_response()
        );
    }
    let draft = Draft { fields, problems: Vec::new() };
    drafts::keep(&state.store, &draft_owner(&visit), &wanted.draft, &draft).await?;
    let page = local_path(&wanted.page).unwrap_or_else(|| "/".to_owned());
    let field: String = form_urlencoded::byte_serialize(wanted.field.as_bytes()).collect();
    let separator = if page.contains('?') { '&' } else { '?' };
    Ok(see(&visit, &format!("{page}{separator}preview={field}#preview-{field}"), None))
}

/// The fields as drafts keep them: a list is one text with spaces between its values.
fn fields(sent: Vec<(String, String)>) -> Fields {
    let mut fields = Fields::new();
    for (name, value) in sent {
        match name.strip_suffix("[]") {
            None => _ = fields.insert(name, value),
            Some(list) => {
                let values = fields.entry(list.to_owned()).or_default();
                if !values.is_empty() {
                    values.push(' ');
                }
                values.push_str(&value);
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_becomes_one_text() {
        let sent =
            [("a", "1"), ("b[]", "x"), ("b[]", "y")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let kept = fields(sent.into());
        assert_eq!((kept["a"].as_str(), kept["b"].as_str()), ("1", "x y"));
    }
}
