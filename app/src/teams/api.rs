//! What forms about teams do: who, verb, done.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        answer::{Call, read_slug},
        flash::Flash,
        members::sections::fields,
        teams::pages::team_path,
    },
    domain::{Slug, teams::TeamDetails},
};

/// Makes a team.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "teams/create")]
pub async fn create(
    #[server(default)] name: String,
    #[server(default)] parent: String,
    #[server(default)] purpose: String,
    #[server(default)] key: String,
) -> Result<String, AppError> {
    let typed = fields([("name", &name), ("parent", &parent), ("purpose", &purpose)]);
    let call = Call::from("/teams/new").keeping("teams/new", typed);
    let done = async {
        let details = TeamDetails::check(&name, &parent, &purpose)?;
        Ok(store::teams::create(&call.store, call.actor(), details, &key).await?.to_string())
    }
    .await;
    call.answer(done, |slug| (format!("/teams/{slug}"), Some(Flash::said("said-team-saved")))).await
}

/// Changes a team.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "teams/edit")]
pub async fn edit(
    #[server(default)] slug: String,
    #[server(default)] name: String,
    #[server(default)] parent: String,
    #[server(default)] purpose: String,
) -> Result<(), AppError> {
    let typed = fields([("name", &name), ("parent", &parent), ("purpose", &purpose)]);
    let page = Slug::parse(&slug).map_or_else(|| "/teams".to_owned(), |slug| team_path(&slug));
    let call = Call::from(format!("{page}/edit")).keeping(format!("teams/edit/{slug}"), typed);
    let done = async {
        let details = TeamDetails::check(&name, &parent, &purpose)?;
        Ok(store::teams::edit(&call.store, call.actor(), &read_slug(&slug)?, details).await?)
    }
    .await;
    call.answer(done, |()| (page, Some(Flash::said("said-team-saved")))).await
}
