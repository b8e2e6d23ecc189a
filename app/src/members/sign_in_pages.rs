//! Signing in: by mail, by code, by a provider; and the setup of a new community.

use leptos::prelude::*;

use crate::{context::tr, ui::Title};

/// Asks for a mail address, or leads to a provider.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <Title text=tr("site-sign-in") /> }
}

/// Asks for the code that the mail told.
#[component]
pub fn CodePage() -> impl IntoView {
    view! { <Title text=tr("site-sign-in") /> }
}

/// Names the community and its first administrator.
#[component]
pub fn SetupPage() -> impl IntoView {
    view! { <Title text=tr("site-sign-in") /> }
}
