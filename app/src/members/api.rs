//! What forms about members do: who, verb, done.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{answer::Call, flash::Flash, members::pages::profile_fields},
    domain::{
        SessionId,
        next::{safe_next, with_next},
    },
    store::members,
};

/// Saves what a member says about themself. `next` is where a newcomer goes on to.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "members/profile")]
pub async fn profile(
    #[server(default)] name: String,
    #[server(default)] zone: String,
    #[server(default)] locale: String,
    #[server(default)] headline: String,
    #[server(default)] disciplines: Vec<String>,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let welcome = !next.is_empty();
    let next = if welcome { safe_next(&next) } else { "/profile".to_owned() };
    let back = if welcome { with_next("/welcome", &next) } else { next.clone() };
    let typed = profile_fields(&name, &zone, &locale, &headline, &disciplines);
    let call = Call::from(back).keeping("members/profile", typed);
    let done = async {
        let profile = domain::members::Profile::check(&name, &zone, &locale, &headline, &disciplines)?;
        Ok(members::save_profile(&call.store, call.who(), profile).await?)
    }
    .await;
    let key = if welcome { "said-welcome" } else { "said-profile-saved" };
    call.answer(done, |()| (next, Some(Flash::said(key)))).await
}

/// Signs one browser out.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/end_session")]
pub async fn end_session(#[server(default)] session: String) -> Result<(), AppError> {
    let call = Call::from("/sessions");
    let done = async {
        let id = session.parse().map(SessionId).map_err(|_| AppError::NotFound)?;
        Ok(members::end_session(&call.store, call.who(), id).await?)
    }
    .await;
    call.answer(done, |()| ("/sessions".to_owned(), Some(Flash::said("said-session-ended")))).await
}

/// Signs every browser out but this one.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "members/end_other_sessions")]
pub async fn end_other_sessions() -> Result<(), AppError> {
    let call = Call::from("/sessions");
    let done = members::end_other_sessions(&call.store, call.who()).await.map_err(AppError::from);
    call.answer(done, |()| ("/sessions".to_owned(), Some(Flash::said("said-sessions-ended")))).await
}
