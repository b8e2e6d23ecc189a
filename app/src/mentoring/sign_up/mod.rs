//! The sign-up: three steps that are saved one by one, and a page that shows everything before it is sent.

pub mod about;
pub mod hours;
pub mod people;
pub mod whole;

use domain::mentoring::{SignUpRole, SignUpStep};
use leptos::prelude::*;
use store::mentoring::{self, SignUpForm};

use super::{
    paths::{role_from_path, round_path, sign_up_path, slug_from_path, step_from_path, step_path},
    sheet::stylesheet,
};
use crate::{
    context::{Visit, store, tr, visit},
    error::AppError,
    i18n,
    ui::{Crumbs, Title, load},
};

/// One step of the sign-up.
#[component]
pub fn SignUpStepPage() -> impl IntoView {
    let (slug, role, step) = (slug_from_path(), role_from_path(), step_from_path());
    load(async move {
        let (visit, role, step) = (visit(), role?, step?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let form = mentoring::form(&store(), &visit.actor, &slug?, role).await?;
        stylesheet();
        if let Some(fixed) = &form.fixed {
            let text = i18n::refusal(visit.locale, fixed);
            return Ok(frame(&form, Some(step), view! { <p class="notice bad">{text}</p> }.into_any()));
        }
        let body = match step {
            SignUpStep::About => about::view(&visit, &form).await?,
            SignUpStep::Hours => hours::view(&visit, &form).await?,
            SignUpStep::People => people::view(&visit, &form).await?,
        };
        Ok(frame(&form, Some(step), body))
    })
}

/// The whole sign-up: what we have about its author, and the button that sends it.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let (slug, role) = (slug_from_path(), role_from_path());
    load(async move {
        let (visit, role) = (visit(), role?);
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let form = mentoring::form(&store(), &visit.actor, &slug?, role).await?;
        stylesheet();
        let body = whole::view(&visit, &form);
        Ok(frame(&form, None, body))
    })
}

/// The page around a step. `step` is `None` for the page that shows everything.
fn frame(form: &SignUpForm, step: Option<SignUpStep>, body: AnyView) -> AnyView {
    let (role, round) = (form.sign_up.role, form.round.card.slug.to_string());
    let name = form.round.card.details.name.clone();
    let title = tr(&format!("mentoring-sign-up-{}", role.name()));
    let items = SignUpStep::ALL.iter().map(|to| {
        let current = (step == Some(*to)).then_some("step");
        let label = step_label(role, *to);
        view! { <li><a href=step_path(&round, role, *to) aria-current=current>{label}</a></li> }
    });
    let last = step.is_none().then_some("step");
    view! {
        <Title text=title.clone() />
        <div class="page narrow">
            <Crumbs above=vec![
                ("/mentoring".to_owned(), tr("mentoring-title")),
                (round_path(&round), name),
            ] />
            <h1>{title}</h1>
            <nav aria-label=tr("mentoring-steps")>
                <ol class="mentoring-steps" role="list">
                    {items.collect_view()}
                    <li><a href=sign_up_path(&round, role) aria-current=last>{tr("mentoring-step-check")}</a></li>
                </ol>
            </nav>
            {body}
        </div>
    }
    .into_any()
}

/// The name of a step.
fn step_label(role: SignUpRole, step: SignUpStep) -> String {
    match step {
        SignUpStep::About => tr(&format!("mentoring-step-about-{}", role.name())),
        SignUpStep::Hours => tr("mentoring-step-hours"),
        SignUpStep::People => tr(&format!("mentoring-step-people-{}", role.name())),
    }
}

/// The fields that every form of a sign-up sends.
fn keys(form: &SignUpForm) -> AnyView {
    view! {
        <input type="hidden" name="slug" value=form.round.card.slug.to_string() />
        <input type="hidden" name="role" value=form.sign_up.role.name() />
    }
    .into_any()
}

/// The buttons below a step: one goes on, one saves and shows everything.
fn buttons() -> AnyView {
    view! {
        <div class="row">
            <button class="button">{tr("mentoring-save-next")}</button>
            <button class="button plain" name="later" value="yes" formnovalidate>{tr("mentoring-save-later")}</button>
        </div>
        <p class="help">{tr("mentoring-saved-text")}</p>
    }
    .into_any()
}

/// The name of the draft of a step.
#[must_use]
pub fn draft_name(step: SignUpStep, round: &str, role: &str) -> String {
    format!("mentoring/{}/{round}/{role}", step.name())
}

/// The step's form with what was typed, or with what is saved.
async fn refill(
    visit: &Visit,
    form: &SignUpForm,
    step: SignUpStep,
    fields: domain::forms::Fields,
) -> Result<crate::ui::Sheet, AppError> {
    let name = draft_name(step, form.round.card.slug.as_str(), form.sign_up.role.name());
    Ok(crate::refill::refilled(visit, &name, fields).await?.0)
}
