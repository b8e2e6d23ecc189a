//! The form with which a visitor registers on the event page (A14). It posts to a plain route in `server/src/sign_in`.

use domain::{
    Slug,
    events::{Event, FirstStep, Mode, NewSeat},
};
use leptos::prelude::*;
use store::drafts;

use super::event_path;
use crate::{
    call::{draft_owner, sign_in_path},
    context::{Visit, store, tr},
    error::AppError,
    ui::{Sheet, conduct_note},
};

/// The key that the form's draft is saved under. There is one draft for all events. Otherwise invented addresses would
/// each keep one.
pub const REGISTER_FORM: &str = "events/register";
/// The field of the draft that says for which event it is.
pub const EVENT_FIELD: &str = "event";

/// Path of the route that the form posts to.
#[must_use]
pub fn register_path(slug: &Slug) -> String {
    format!("{}/register", event_path(slug))
}

/// The form for a visitor where everyone may join. `None` for members, and where newcomers need an invitation.
///
/// # Errors
/// When the draft can't be loaded.
pub async fn register_sheet(visit: &Visit, slug: &Slug) -> Result<Option<Sheet>, AppError> {
    if visit.member.is_some() || visit.invite_only {
        return Ok(None);
    }
    let draft = drafts::find(&store(), &draft_owner(visit), REGISTER_FORM).await?;
    let of_event =
        draft.filter(|draft| draft.fields.get(EVENT_FIELD).map(String::as_str) == Some(slug.as_str()));
    Ok(Some(Sheet::new(of_event.unwrap_or_default(), visit.locale)))
}

/// Whether visitors can register for a seat without signing in first. Hosts approve members only (A11).
#[must_use]
pub fn takes_visitors(step: FirstStep) -> bool {
    step != FirstStep::Request
}

/// The form.
#[must_use]
pub fn register_form(
    visit: &Visit,
    event: &Event,
    new: &NewSeat,
    sheet: &Sheet,
    button: &'static str,
) -> AnyView {
    let chosen = sheet.value("mode");
    let mode = new.choice.has_modes.then(|| {
        let options = [(Mode::OnSite, "seat-way-room"), (Mode::Online, "seat-way-online")]
            .map(|(mode, key)| view! { <option value=mode.name() selected=mode.name() == chosen>{tr(key)}</option> });
        view! {
            <label class="sr-only" for="mode">{tr("seat-way")}</label>
            <select id="mode" name="mode">{options.collect_view()}</select>
        }
    });
    view! {
        {sheet.summary()}
        <form method="post" action=register_path(&event.slug)>
            {sheet.field("name", "setup-name").needed().max(80).complete("name").input("text")}
            {sheet.field("address", "field-address").needed().max(254).complete("email").input("email")}
            {mode}
            <button class="button">{tr(button)}</button>
        </form>
        <p class="help">
            {tr("seat-register-help")} " "
            <a href=sign_in_path(&event_path(&event.slug))>{tr("seat-register-member")}</a>
        </p>
        {conduct_note(visit)}
    }
    .into_any()
}
