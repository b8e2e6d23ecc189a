//! Server functions of mentoring: read the actor, call the store, respond.

use domain::mentoring::{AboutForm, ProgrammeForm, RoundForm};
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::{
        paths::{fields_of, programme_path, question_fields, round_path, sign_up_path, step_path},
        sign_up::draft_name,
    },
    crate::{
        call::{Call, draft_owner, read_slug},
        flash::{Flash, Undo},
        members::sections::fields,
    },
    domain::{
        Slug,
        mentoring::{QuestionForm, SignUpRole, SignUpStep, check_hours, taught_with_confidence},
        next::safe_next,
    },
    store::mentoring::{self, PreferenceChange},
};

/// The questions of the form, from lists of the same length.
#[cfg(feature = "ssr")]
fn questions(
    ids: Vec<String>,
    mentee: Vec<String>,
    mentor: Vec<String>,
    options: Vec<String>,
) -> Vec<QuestionForm> {
    let (mut mentor, mut options, mut ids) = (mentor.into_iter(), options.into_iter(), ids.into_iter());
    let question = |mentee_text| QuestionForm {
        id: ids.next().unwrap_or_default(),
        mentee_text,
        mentor_text: mentor.next().unwrap_or_default(),
        options: options.next().unwrap_or_default(),
    };
    mentee.into_iter().map(question).collect()
}

/// Creates a programme.
///
/// # Errors
/// `Invalid` when a field is wrong; `Refused` when the member may not create programmes.
#[server(prefix = "/api", endpoint = "mentoring/create_programme")]
pub async fn create_programme(
    #[server(flatten)] form: ProgrammeForm,
    #[server(default)] question_id: Vec<String>,
    #[server(default)] question_mentee: Vec<String>,
    #[server(default)] question_mentor: Vec<String>,
    #[server(default)] question_options: Vec<String>,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let questions = questions(question_id, question_mentee, question_mentor, question_options);
    let mut typed = fields_of(&form);
    typed.extend(question_fields(&questions));
    let call = Call::from("/mentoring/programmes/new").with_draft("mentoring/programmes/new", typed);
    let result = async {
        let details = form.check(&questions)?;
        Ok(mentoring::create_programme(&call.store, call.actor(), details, &key).await?)
    }
    .await;
    let next = |slug: &Slug| (programme_path(slug.as_str()), Some(Flash::success("flash-programme-created")));
    call.respond(result, next).await.map(drop)
}

/// Changes a programme.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/edit_programme")]
pub async fn edit_programme(
    #[server(default)] slug: String,
    #[server(flatten)] form: ProgrammeForm,
    #[server(default)] question_id: Vec<String>,
    #[server(default)] question_mentee: Vec<String>,
    #[server(default)] question_mentor: Vec<String>,
    #[server(default)] question_options: Vec<String>,
) -> Result<(), AppError> {
    let questions = questions(question_id, question_mentee, question_mentor, question_options);
    let mut typed = fields_of(&form);
    typed.extend(question_fields(&questions));
    let path = programme_path(&slug);
    let call = Call::from(format!("{path}/edit")).with_draft(format!("mentoring/programmes/{slug}"), typed);
    let result = async {
        let (details, version) = (form.check(&questions)?, form.version.parse().unwrap_or(0));
        Ok(mentoring::edit_programme(&call.store, call.actor(), &read_slug(&slug)?, details, version).await?)
    }
    .await;
    call.respond(result, |()| (path, Some(Flash::success("flash-programme-saved")))).await
}

/// Makes a member a coordinator.
///
/// # Errors
/// `Invalid` when there is no such member; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/add_coordinator")]
pub async fn add_coordinator(
    #[server(default)] slug: String,
    #[server(default)] person: String,
) -> Result<(), AppError> {
    let path = programme_path(&slug);
    let typed = fields([("person", &person)]);
    let call = Call::from(path.clone()).with_draft(format!("mentoring/coordinator/{slug}"), typed);
    let result = async {
        Ok(mentoring::add_coordinator(&call.store, call.actor(), &read_slug(&slug)?, &person).await?)
    }
    .await;
    call.respond(result, |()| (path, Some(Flash::success("flash-coordinator-added")))).await
}

/// Removes a coordinator.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/remove_coordinator")]
pub async fn remove_coordinator(
    #[server(default)] slug: String,
    #[server(default)] person: String,
) -> Result<(), AppError> {
    let call = Call::from(programme_path(&slug));
    let result = async {
        let (slug, person) = (read_slug(&slug)?, read_slug(&person)?);
        Ok(mentoring::remove_coordinator(&call.store, call.actor(), &slug, &person).await?)
    }
    .await;
    call.respond(result, |()| (programme_path(&slug), Some(Flash::success("flash-coordinator-removed"))))
        .await
}

/// Creates a round of a programme.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/create_round")]
pub async fn create_round(
    #[server(default)] programme: String,
    #[server(flatten)] form: RoundForm,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let call = Call::from(format!("{}/rounds/new", programme_path(&programme)))
        .with_draft(format!("mentoring/rounds/new/{programme}"), fields_of(&form));
    let result = async {
        let programme = read_slug(&programme)?;
        Ok(mentoring::create_round(&call.store, call.actor(), &programme, form.check()?, &key).await?)
    }
    .await;
    let next = |slug: &Slug| (round_path(slug.as_str()), Some(Flash::success("flash-round-created")));
    call.respond(result, next).await.map(drop)
}

/// Changes the name and the dates of a round.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/edit_round")]
pub async fn edit_round(
    #[server(default)] slug: String,
    #[server(flatten)] form: RoundForm,
) -> Result<(), AppError> {
    let path = round_path(&slug);
    let call =
        Call::from(format!("{path}/edit")).with_draft(format!("mentoring/rounds/{slug}"), fields_of(&form));
    let result = async {
        let (details, version) = (form.check()?, form.version.parse().unwrap_or(0));
        Ok(mentoring::edit_round(&call.store, call.actor(), &read_slug(&slug)?, details, version).await?)
    }
    .await;
    call.respond(result, |()| (path, Some(Flash::success("flash-round-saved")))).await
}

/// Opens, closes, reopens, finishes or cancels a round.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/change_round")]
pub async fn change_round(
    #[server(default)] slug: String,
    #[server(default)] change: String,
) -> Result<(), AppError> {
    let call = Call::from(round_path(&slug));
    let result = async {
        let change = change.parse().map_err(|()| AppError::NotFound)?;
        Ok(mentoring::change_round(&call.store, call.actor(), &read_slug(&slug)?, change).await?)
    }
    .await;
    let flash = format!("flash-round-{change}");
    call.respond(result, |()| (round_path(&slug), Some(Flash::success(&flash)))).await
}

/// Reads a role from a form.
#[cfg(feature = "ssr")]
fn read_role(text: &str) -> Result<SignUpRole, AppError> {
    text.parse().map_err(|()| AppError::NotFound)
}

/// The path of a step of the sign-up that a form names, or `/mentoring`.
#[cfg(feature = "ssr")]
fn step_of(slug: &str, role: &str, step: SignUpStep) -> String {
    role.parse().map_or_else(|()| "/mentoring".to_owned(), |role| step_path(slug, role, step))
}

/// The path of the whole sign-up that a form names, or `/mentoring`.
#[cfg(feature = "ssr")]
fn whole_of(slug: &str, role: &str) -> String {
    role.parse().map_or_else(|()| "/mentoring".to_owned(), |role| sign_up_path(slug, role))
}

/// Saves the first step of the member's sign-up.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` when it can't be changed now.
#[server(prefix = "/api", endpoint = "mentoring/save_about")]
pub async fn save_about(
    #[server(default)] slug: String,
    #[server(default)] role: String,
    #[server(flatten)] form: AboutForm,
    #[server(default)] topics: Vec<String>,
    #[server(default)] answers: Vec<String>,
    #[server(default)] languages: Vec<String>,
    #[server(default)] later: String,
) -> Result<(), AppError> {
    let topics = taught_with_confidence(&topics);
    let mut typed = fields_of(&form);
    typed.extend(fields([
        ("topics", &topics.join(" ")),
        ("answers", &answers.join(" ")),
        ("languages", &languages.join(" ")),
    ]));
    let step = SignUpStep::About;
    let call = Call::from(step_of(&slug, &role, step)).with_draft(draft_name(step, &slug, &role), typed);
    let result = async {
        let (slug, role) = (read_slug(&slug)?, read_role(&role)?);
        let about = form.check(role, &topics, &answers, &languages)?;
        Ok(mentoring::save_about(&call.store, call.actor(), &slug, role, about).await?)
    }
    .await;
    let next = if later == "yes" { whole_of(&slug, &role) } else { step_of(&slug, &role, SignUpStep::Hours) };
    call.respond(result, |()| (next, Some(Flash::success("flash-sign-up-saved")))).await
}

/// Saves the hours of the member's sign-up.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` when it can't be changed now.
#[server(prefix = "/api", endpoint = "mentoring/save_hours")]
pub async fn save_hours(
    #[server(default)] slug: String,
    #[server(default)] role: String,
    #[server(default)] zone: String,
    #[server(default)] hours: Vec<String>,
    #[server(default)] later: String,
) -> Result<(), AppError> {
    let typed = fields([("zone", &zone), ("hours", &hours.join(" "))]);
    let step = SignUpStep::Hours;
    let call = Call::from(step_of(&slug, &role, step)).with_draft(draft_name(step, &slug, &role), typed);
    let result = async {
        let (slug, role) = (read_slug(&slug)?, read_role(&role)?);
        let hours = check_hours(&zone, &hours)?;
        Ok(mentoring::save_hours(&call.store, call.actor(), &slug, role, hours).await?)
    }
    .await;
    let next =
        if later == "yes" { whole_of(&slug, &role) } else { step_of(&slug, &role, SignUpStep::People) };
    call.respond(result, |()| (next, Some(Flash::success("flash-sign-up-saved")))).await
}

/// Changes what the member's sign-up says about a person. `change` is the name of a preference, `clear`, `up` or
/// `down`. `back` is the page that the form returns to.
///
/// # Errors
/// `Invalid` when there is no such person, or there are too many; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/prefer")]
pub async fn prefer(
    #[server(default)] slug: String,
    #[server(default)] role: String,
    #[server(default)] person: String,
    #[server(default)] change: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let call = Call::from(safe_next(&back));
    let result = async {
        let change = match change.as_str() {
            "clear" => PreferenceChange::Clear,
            "up" => PreferenceChange::Up,
            "down" => PreferenceChange::Down,
            kind => PreferenceChange::Set(kind.parse().map_err(|()| AppError::NotFound)?),
        };
        let (slug, role, person) = (read_slug(&slug)?, read_role(&role)?, read_slug(&person)?);
        Ok(mentoring::set_preference(&call.store, call.actor(), &slug, role, &person, change).await?)
    }
    .await;
    call.respond(result, |()| (safe_next(&back), None)).await
}

/// Sends the member's sign-up.
///
/// # Errors
/// `NotFound`, or `Refused` with what is missing.
#[server(prefix = "/api", endpoint = "mentoring/submit")]
pub async fn submit(
    #[server(default)] slug: String,
    #[server(default)] role: String,
    #[server(default)] consent: String,
) -> Result<(), AppError> {
    let call = Call::from(whole_of(&slug, &role));
    let result = async {
        let (slug, role) = (read_slug(&slug)?, read_role(&role)?);
        Ok(mentoring::submit(&call.store, call.actor(), &slug, role, consent == "yes").await?)
    }
    .await;
    call.respond(result, |()| (whole_of(&slug, &role), Some(Flash::success("flash-sign-up-sent")))).await
}

/// Withdraws the member's sign-up.
///
/// # Errors
/// `NotFound` when there is none.
#[server(prefix = "/api", endpoint = "mentoring/withdraw")]
pub async fn withdraw(
    #[server(default)] slug: String,
    #[server(default)] role: String,
) -> Result<(), AppError> {
    let call = Call::from(whole_of(&slug, &role));
    let result = async {
        let (slug, role) = (read_slug(&slug)?, read_role(&role)?);
        mentoring::withdraw(&call.store, call.actor(), &slug, role).await?;
        Ok(role)
    }
    .await;
    let flash = |role: &SignUpRole| Flash::Undoable {
        key: "flash-sign-up-withdrawn".to_owned(),
        count: 0,
        undo: Undo::WithdrawSignUp(slug.clone(), *role),
    };
    call.respond(result, |role| (sign_up_path(&slug, *role), Some(flash(role)))).await.map(drop)
}

/// Invites members who teach a topic to become mentors.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "mentoring/invite")]
pub async fn invite(
    #[server(default)] slug: String,
    #[server(default)] topic: String,
) -> Result<(), AppError> {
    let page = format!("{}/sign-ups", round_path(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let (slug, topic) = (read_slug(&slug)?, read_slug(&topic)?);
        Ok(mentoring::invite(&call.store, call.actor(), &slug, &topic).await?)
    }
    .await;
    let flash = |invited: &u32| Flash::Counted { key: "flash-mentors-invited".to_owned(), count: *invited };
    call.respond(result, |invited| (page, Some(flash(invited)))).await.map(drop)
}

/// The text of a file that was uploaded for an import, as it was kept.
#[cfg(feature = "ssr")]
async fn kept_csv(call: &Call, name: &str) -> Result<String, AppError> {
    let draft = store::drafts::find(&call.store, &draft_owner(&call.visit), name).await?;
    let csv = draft.and_then(|draft| draft.fields.get("csv").cloned());
    Ok(csv.unwrap_or_default())
}

/// Checks sign-ups from a spreadsheet, and with `confirm` imports them.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason: with `ImportChanged` when the text is not the one with this `digest`, which was
/// checked. With a problem in one row, nothing is imported.
#[server(prefix = "/api", endpoint = "mentoring/import")]
pub async fn import(
    #[server(default)] slug: String,
    #[server(default)] csv: String,
    #[server(default)] confirm: String,
    #[server(default)] digest: String,
) -> Result<(), AppError> {
    let page = format!("{}/import", round_path(&slug));
    let name = super::import::draft_name(&slug);
    let mut call = Call::from(page.clone());
    // A long file is not in the form. It was kept when it was uploaded.
    let csv = if csv.is_empty() && confirm == "yes" { kept_csv(&call, &name).await? } else { csv };
    let typed = fields([("csv", &csv)]);
    if confirm == "yes" {
        call = call.with_draft(name.clone(), typed.clone());
    }
    let result = async {
        let slug = read_slug(&slug)?;
        if confirm == "yes" {
            let report = mentoring::import(&call.store, call.actor(), &slug, &csv, &digest).await?;
            return Ok(Some(report.mentees + report.mentors));
        }
        let draft = domain::forms::Draft { fields: typed, problems: Vec::new() };
        store::drafts::keep(&call.store, &draft_owner(&call.visit), &name, &draft).await?;
        mentoring::check_import(&call.store, call.actor(), &slug, &csv).await?;
        Ok(None)
    }
    .await;
    let next = |imported: &Option<u32>| match imported {
        Some(count) => {
            let flash = Flash::Counted { key: "flash-mentoring-imported".to_owned(), count: *count };
            (format!("{}/sign-ups", round_path(&slug)), Some(flash))
        }
        None => (page, None),
    };
    call.respond(result, next).await.map(drop)
}
