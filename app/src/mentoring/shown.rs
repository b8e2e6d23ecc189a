//! `/mentoring/sign-ups/{id}`: a sign-up for a coordinator, for a proposed mentor, and for its author.

use domain::SignUpId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::mentoring;

use super::{
    paths::round_path,
    sheet::{sign_up_badge, stylesheet},
    sign_up::whole::{about_facts, hours_facts},
};
use crate::{
    context::{store, tr, visit},
    error::AppError,
    ui::{Crumbs, Title, load},
};

/// The page.
#[component]
pub fn ShownSignUpPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse().ok());
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id.map(SignUpId).ok_or(AppError::NotFound)?;
        let shown = mentoring::shown(&store(), &visit.actor, id).await?;
        stylesheet();
        let facts =
            about_facts(&shown.sign_up, &shown.questions).into_iter().chain(hours_facts(&shown.sign_up));
        let facts = facts.map(|(key, value)| view! { <dt>{key}</dt><dd>{value}</dd> }).collect_view();
        Ok(view! {
            <Title text=shown.name.clone() />
            <div class="page narrow">
                <Crumbs above=vec![
                    ("/mentoring".to_owned(), tr("mentoring-title")),
                    (round_path(shown.round.slug.as_str()), shown.round.name),
                ] />
                <p>{sign_up_badge(shown.sign_up.role, shown.sign_up.state)}</p>
                <h1><bdi>{shown.name}</bdi></h1>
                <p class="help">{tr("mentoring-shown-text")}</p>
                <dl class="mentoring-facts">{facts}</dl>
            </div>
        })
    })
}
