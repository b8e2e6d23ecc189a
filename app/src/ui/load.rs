//! Loading what a page shows.

use std::pin::Pin;

use leptos::prelude::*;

use super::ErrorPage;
use crate::error::AppError;

/// A page that is rendered when its data is there; an error gives its page and its status. Nothing of
/// the data is sent along for scripts.
///
/// Its type is erased: otherwise the types of all pages stand in the type of the router, and their names
/// alone fill gigabytes of a debug build.
pub fn load<V: IntoView + 'static>(
    page: impl Future<Output = Result<V, AppError>> + Send + 'static,
) -> AnyView {
    let page: Pin<Box<dyn Future<Output = AnyView> + Send>> = Box::pin(async move {
        match page.await {
            Ok(view) => view.into_any(),
            Err(error) => view! { <ErrorPage error /> }.into_any(),
        }
    });
    Suspend::new(page).into_any()
}
