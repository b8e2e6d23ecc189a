//! The forms of the agreement and of a goal.

use domain::{
    forms::Fields,
    mentoring::MentorshipState,
    mentorships::{AgreementForm, Cadence, GoalForm},
};
use leptos::prelude::*;
use store::mentorships;

use super::{
    page::{cadence_key, partner},
    paths::{draft_name, mentorship_from_path, mentorship_path},
};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    mentoring::{paths::fields_of, sheet::stylesheet},
    refill::refilled,
    ui::{Crumbs, Title, load},
};

/// `/mentoring/mentorships/{id}/agreement`.
#[component]
pub fn AgreementPage() -> impl IntoView {
    let id = mentorship_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id?;
        let pair = mentorships::page(&store(), &visit.actor, id).await?;
        if pair.state != MentorshipState::Active {
            return Err(AppError::NotFound);
        }
        let form = match &pair.agreement {
            Some((agreement, _, _, version)) => agreement.to_form(*version),
            None => AgreementForm {
                cadence: Cadence::Fortnightly.name().to_owned(),
                confidentiality: tr("agreement-confidentiality-default"),
                ending: tr("agreement-ending-default"),
                version: "0".to_owned(),
                ..AgreementForm::default()
            },
        };
        let (sheet, _) =
            refilled(&visit, &draft_name(&id.to_string(), "agreement"), fields_of(&form)).await?;
        let sheet = sheet
            .with_label("cadence", "agreement-cadence")
            .with_label("channel", "agreement-channel")
            .with_label("confidentiality", "agreement-confidentiality")
            .with_label("ending", "agreement-ending");
        let cadences =
            Cadence::ALL.iter().map(|one| (one.name().to_owned(), tr(cadence_key(*one)))).collect();
        stylesheet();
        Ok(view! {
            <Title text=tr("agreement-title") />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (mentorship_path(id), partner(&pair))] />
                <h1>{tr("agreement-title")}</h1>
                <p class="lead">{tr_with("agreement-lead", &[("partner", i18n::quote(partner(&pair)))])}</p>
                <form method="post" action="/api/mentorships/agreement">
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="version" value=sheet.value("version") />
                    {sheet.summary()}
                    {sheet.field("cadence", "agreement-cadence").needed().select(cadences)}
                    {sheet.field("channel", "agreement-channel").help("help-agreement-channel").needed().max(200).input("text")}
                    {sheet.field("confidentiality", "agreement-confidentiality").needed().max(600).area(3)}
                    {sheet.field("ending", "agreement-ending").max(600).area(3)}
                    <div class="row">
                        <button class="button">{tr("agreement-save")}</button>
                        <a class="button plain" href=mentorship_path(id)>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}

/// `/mentoring/mentorships/{id}/goal`, with `?goal=` to change one.
#[component]
pub fn GoalPage() -> impl IntoView {
    let id = mentorship_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id?;
        let pair = mentorships::page(&store(), &visit.actor, id).await?;
        if pair.state != MentorshipState::Active {
            return Err(AppError::NotFound);
        }
        let wanted = visit.query("goal").filter(|text| !text.is_empty()).unwrap_or_default();
        let known = pair.goals.iter().find(|goal| goal.id.is_some_and(|id| id.to_string() == wanted));
        let form: Fields = match (known, wanted.is_empty()) {
            (Some(goal), _) => fields_of(&goal.to_form()),
            (None, true) => fields_of(&GoalForm { progress: "0".to_owned(), ..GoalForm::default() }),
            (None, false) => return Err(AppError::NotFound),
        };
        let (sheet, _) =
            refilled(&visit, &draft_name(&id.to_string(), &format!("goal/{wanted}")), form).await?;
        let sheet = sheet
            .with_label("title", "goal-name")
            .with_label("why", "goal-why")
            .with_label("evidence", "goal-evidence")
            .with_label("due_on", "goal-due-on")
            .with_label("progress", "goal-progress");
        let title = tr(if known.is_some() { "goal-edit-title" } else { "goal-new-title" });
        let remove = known.is_some().then(|| {
            view! {
                <form method="post" action="/api/mentorships/goal">
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="goal" value=wanted.clone() />
                    <button class="quiet" name="act" value="remove">{tr("goal-remove")}</button>
                </form>
            }
        });
        let steps = [0, 25, 50, 75, 100].map(|percent: i64| {
            (percent.to_string(), tr_with("goal-percent", &[("percent", i18n::number(percent))]))
        });
        stylesheet();
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (mentorship_path(id), partner(&pair))] />
                <h1>{title}</h1>
                <p class="lead">{tr("goal-privacy")}</p>
                <form method="post" action="/api/mentorships/goal">
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="goal" value=wanted.clone() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("title", "goal-name").needed().max(120).input("text")}
                    {sheet.field("why", "goal-why").max(600).area(3)}
                    {sheet.field("evidence", "goal-evidence").help("help-goal-evidence").max(600).area(3)}
                    {sheet.field("due_on", "goal-due-on").input("date")}
                    {sheet.field("progress", "goal-progress").select(steps.into())}
                    <div class="row">
                        <button class="button">{tr("goal-save")}</button>
                        <a class="button plain" href=mentorship_path(id)>{tr("form-back")}</a>
                    </div>
                </form>
                {remove}
            </div>
        })
    })
}
