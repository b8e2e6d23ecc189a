//! The seats of a workshop on the page of its session (D7). The panel of the reader's own seat comes from the page, because
//! it is the one of every event.

use domain::{events::RsvpState, forms::Fields};
use leptos::prelude::*;
use store::{events::Workshop, schedule::SessionPage};

use super::questions::hidden;
use crate::{
    context::{Visit, tr, tr_with},
    error::AppError,
    i18n,
    refill::refilled,
};

/// The key that the draft of the number of seats is saved under. Each session has its own.
#[must_use]
pub fn seats_draft(session: &str) -> String {
    format!("sessions/seats/{session}")
}

/// The section. `panel` is the reader's own seat.
///
/// # Errors
/// `Unavailable` or `Internal` when the draft can't be read.
pub async fn section(
    visit: &Visit,
    page: &SessionPage,
    workshop: Option<&Workshop>,
    panel: Option<AnyView>,
) -> Result<Option<AnyView>, AppError> {
    let form = match page.may_edit {
        true => Some(seats_form(visit, page, workshop).await?),
        false => None,
    };
    if form.is_none() && workshop.is_none() {
        return Ok(None);
    }
    let Some(workshop) = workshop else {
        // A plain talk: organisers can give it seats.
        return Ok(Some(view! { <div id="workshop">{form}</div> }.into_any()));
    };
    let seat = seat(visit, page, workshop, panel);
    Ok(Some(
        view! {
            <section class="part" id="workshop" aria-labelledby="workshop-title">
                <h2 id="workshop-title">{tr("workshop-title")}</h2>
                {seat}
                {form}
            </section>
        }
        .into_any(),
    ))
}

/// The reader's seat, or what they need first. A release may have moved it over another workshop of theirs.
fn seat(visit: &Visit, page: &SessionPage, workshop: &Workshop, panel: Option<AnyView>) -> AnyView {
    let is_booked = workshop.page.rsvp.as_ref().is_some_and(|rsvp| RsvpState::ACTIVE.contains(&rsvp.state));
    let now_overlaps = (is_booked && !workshop.overlaps.is_empty()).then(|| {
        let others = i18n::quote(workshop.overlaps.join(", "));
        view! { <p class="notice">{tr_with("workshop-overlaps-now", &[("others", others)])}</p> }
    });
    if is_booked || visit.member.is_none() {
        return view! { {now_overlaps} {panel} }.into_any();
    }
    if !workshop.is_open {
        return panel.into_any();
    }
    if !workshop.has_event_seat {
        let event = format!("/events/{}", page.event.slug);
        return view! {
            <p>{tr("workshop-needs-seat")} " " <a href=event>{tr("workshop-event")}</a></p>
        }
        .into_any();
    }
    if workshop.overlaps.is_empty() {
        return panel.into_any();
    }
    let others = i18n::quote(workshop.overlaps.join(", "));
    view! {
        <p>{tr_with("workshop-overlaps", &[("others", others)])}</p>
        <form method="post" action="/api/sessions/swap">
            {hidden(page)}
            <input type="hidden" name="workshop" value=workshop.page.event.slug.to_string() />
            <button class="button">{tr("workshop-swap")}</button>
            <p class="help">{tr("workshop-swap-help")}</p>
        </form>
    }
    .into_any()
}

/// For organisers: the number of seats, and the people.
async fn seats_form(
    visit: &Visit,
    page: &SessionPage,
    workshop: Option<&Workshop>,
) -> Result<AnyView, AppError> {
    let seats = workshop.and_then(|workshop| workshop.page.event.details.capacity);
    let known: Fields =
        [("seats".to_owned(), seats.map(|seats| seats.to_string()).unwrap_or_default())].into();
    let (sheet, _) = refilled(visit, &seats_draft(&page.item.id.to_string()), known).await?;
    let sheet = sheet.with_label("seats", "workshop-seats");
    let is_open = sheet.has_problem("seats");
    let title = if workshop.is_some() { "workshop-seats-form" } else { "workshop-seats-give" };
    let people = workshop.map(|workshop| {
        let to = format!("/events/{}/people", workshop.page.event.slug);
        view! { <p><a href=to>{tr("workshop-people")}</a></p> }
    });
    Ok(view! {
        {people}
        <details class="disclosure" open=is_open>
            <summary>{tr(title)}</summary>
            <form method="post" action="/api/sessions/seats">
                {hidden(page)}
                {sheet.summary()}
                {sheet.field("seats", "workshop-seats").help("help-workshop-seats").range(1, 10_000).keyboard("numeric").input("number")}
                <button class="button plain">{tr("form-save")}</button>
            </form>
        </details>
    }
    .into_any())
}
