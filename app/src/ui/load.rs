//! Loading what a page shows.

use leptos::{either::Either, prelude::*};

use super::ErrorPage;
use crate::error::AppError;

/// A page that is rendered when its data is there; an error gives its page and its status. Nothing of
/// the data is sent along for scripts.
pub fn load<V: IntoView + 'static>(
    page: impl Future<Output = Result<V, AppError>> + Send + 'static,
) -> impl IntoView {
    Suspend::new(async move {
        match page.await {
            Ok(view) => Either::Left(view),
            Err(error) => Either::Right(view! { <ErrorPage error /> }),
        }
    })
}
