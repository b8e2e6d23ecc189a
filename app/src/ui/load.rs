//! Loads the data of a page.

use std::pin::Pin;

use leptos::prelude::*;

use super::ErrorPage;
use crate::error::AppError;

/// A page that is rendered when its data has been loaded. An error is rendered as an error page with its HTTP
/// status. No data is serialised for scripts.
///
/// The result is type-erased. Otherwise the router's type contains the types of all pages, and their names
/// alone take gigabytes in a debug build.
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
