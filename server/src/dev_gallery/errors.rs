//! Error pages with the status 200, so that they can be opened for screenshots.

use app::{context::Visit, error::AppError, layout::error_document};
use axum::{Extension, extract::Path, response::Html};
use domain::{Problem, Refusal};

use crate::{errors::Fail, guard::body};

/// The statuses of the errors that can be shown.
pub(super) const STATUSES: [u16; 9] = [401, 403, 404, 409, 413, 422, 429, 500, 503];

/// Shows the page of the error with this status.
pub(super) async fn show(
    Extension(visit): Extension<Visit>,
    Path(status): Path<u16>,
) -> Result<Html<String>, Fail> {
    let error = sample(status).ok_or(AppError::NotFound)?;
    Ok(Html(error_document(&visit, &error)))
}

fn sample(status: u16) -> Option<AppError> {
    Some(match status {
        401 => AppError::SignIn,
        403 => AppError::Forbidden,
        404 => AppError::NotFound,
        409 => AppError::Refused(Refusal::EventOver),
        413 => body::too_large(body::MAX),
        422 => AppError::Invalid(vec![Problem { field: "title".to_owned(), why: Refusal::Missing }]),
        429 => AppError::SlowDown { seconds: 40 },
        500 => AppError::Internal { incident: "0193b0a2-7c41-7d1e-9a55-3f0e6f3f0001".to_owned() },
        503 => AppError::Unavailable,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_shows_its_own_error() {
        for status in STATUSES {
            assert_eq!(sample(status).unwrap().status().as_u16(), status);
        }
        assert_eq!(sample(418), None);
    }
}
