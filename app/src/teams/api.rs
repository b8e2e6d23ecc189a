//! Server functions for team forms: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::{Call, read_slug},
        flash::Flash,
        members::sections::fields,
        teams::pages::team_path,
    },
    domain::{Slug, teams::TeamDetails},
};

/// Creates a team and returns its slug.
///
/// # Errors
/// `Invalid` when a field is wrong or the teams would be nested too deep; `Forbidden`.
#[server(prefix = "/api", endpoint = "teams/create")]
pub async fn create(
    #[server(default)] name: String,
    #[server(default)] parent: String,
    #[server(default)] purpose: String,
    #[server(default)] key: String,
) -> Result<String, AppError> {
    let typed = fields([("name", &name), ("parent", &parent), ("purpose", &purpose)]);
    let call = Call::from("/teams/new").with_draft("teams/new", typed);
    let result = async {
        let details = TeamDetails::check(&name, &parent, &purpose)?;
        Ok(store::teams::create(&call.store, call.actor(), details, &key).await?.to_string())
    }
    .await;
    call.respond(result, |slug| (format!("/teams/{slug}"), Some(Flash::success("flash-team-saved")))).await
}

/// Changes a team.
///
/// # Errors
/// `Invalid` when a field is wrong, also when the team would be inside itself; `NotFound` or `Forbidden`.
#[server(prefix = "/api", endpoint = "teams/edit")]
pub async fn edit(
    #[server(default)] slug: String,
    #[server(default)] name: String,
    #[server(default)] parent: String,
    #[server(default)] purpose: String,
) -> Result<(), AppError> {
    let typed = fields([("name", &name), ("parent", &parent), ("purpose", &purpose)]);
    let page = Slug::parse(&slug).map_or_else(|| "/teams".to_owned(), |slug| team_path(&slug));
    let call = Call::from(format!("{page}/edit")).with_draft(format!("teams/edit/{slug}"), typed);
    let result = async {
        let details = TeamDetails::check(&name, &parent, &purpose)?;
        Ok(store::teams::edit(&call.store, call.actor(), &read_slug(&slug)?, details).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-team-saved")))).await
}
