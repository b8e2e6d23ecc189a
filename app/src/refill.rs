//! Forms that show a saved draft of what was typed.

use domain::forms::Fields;

use crate::{
    call::draft_owner,
    context::{Visit, store},
    error::AppError,
    ui::Sheet,
};

/// The saved draft of a form if there is one, otherwise the given fields. Also says whether it is a draft.
/// `?fresh=1` ignores the draft.
///
/// # Errors
/// `Unavailable` or `Internal` when the drafts can't be read.
pub async fn refilled(visit: &Visit, form: &str, fields: Fields) -> Result<(Sheet, bool), AppError> {
    let fresh = visit.query("fresh").is_some();
    let draft = match fresh {
        true => None,
        false => store::drafts::find(&store(), &draft_owner(visit), form).await?,
    };
    Ok(match draft {
        Some(draft) => (Sheet::new(draft, visit.locale).from_draft(), true),
        None => (Sheet::filled(fields, visit.locale), false),
    })
}
