//! The people of an event as tables for a spreadsheet: the list of the hosts, and name badges. They contain no addresses.

use app::{call::read_slug, context::Visit, error::AppError, i18n};
use axum::{
    Extension, Router,
    body::Body,
    extract::{Path, State as Shared},
    response::{IntoResponse, Response},
    routing::post,
};
use domain::{events::Mode, mentoring::safe_cell};
use http::{HeaderValue, header};
use store::events::{self, AttendeeRsvp, Badge, BadgeRole, PeopleTable};

use crate::{errors::Fail, state::State};

/// The routes of the tables.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/events/{slug}/export", post(export))
        .route("/events/{slug}/badges", post(name_badges))
}

/// It is a post, because the audit log records it.
async fn export(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
) -> Result<Response, Fail> {
    let table = events::export_people(&state.store, &visit.actor, &read_slug(&slug)?).await?;
    answer(write(&visit, &table), "attachment; filename=\"people.csv\"")
}

/// It is a post, because the audit log records it.
async fn name_badges(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
) -> Result<Response, Fail> {
    let badges = events::badges(&state.store, &visit.actor, &read_slug(&slug)?).await?;
    answer(write_badges(&visit, &badges), "attachment; filename=\"badges.csv\"")
}

fn answer(table: Result<Vec<u8>, csv::Error>, name: &'static str) -> Result<Response, Fail> {
    let bytes = table.map_err(|error| AppError::internal(&error.to_string()))?;
    let mut response = Body::from(bytes).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn write_badges(visit: &Visit, badges: &[Badge]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns = ["name", "pronouns", "headline", "role"];
    table.write_record(columns.map(|column| visit.tr(&format!("badges-csv-{column}"))))?;
    for badge in badges {
        let name = match badge.role {
            BadgeRole::Guest if !badge.name.is_empty() => {
                visit.tr_with("badges-guest-of", &[("name", i18n::quote(badge.name.clone()))])
            }
            _ => badge.name.clone(),
        };
        let role = visit.tr(&format!("badges-role-{}", badge.role.name()));
        let row = [name, badge.pronouns.clone(), badge.headline.clone(), role];
        table.write_record(row.map(|text| safe_cell(&text)))?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

fn write(visit: &Visit, people: &PeopleTable) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns = ["name", "status", "guests", "attends", "since", "message"];
    // A column for each wording that somebody answered.
    let mut questions: Vec<&str> = Vec::new();
    for answer in people.people.iter().flat_map(|person| &person.answers) {
        if !questions.contains(&answer.question.as_str()) {
            questions.push(&answer.question);
        }
    }
    let columns = columns.map(|column| visit.tr(&format!("people-csv-{column}")));
    table.write_record(columns.into_iter().chain(questions.iter().map(|question| safe_cell(question))))?;
    for person in &people.people {
        let answer = |question: &&str| person.answers.iter().find(|answer| answer.question == *question);
        let answers = questions.iter().map(answer);
        let answers = answers.map(|answer| answer.map_or_else(String::new, |answer| safe_cell(&answer.text)));
        table.write_record(row(visit, people, person).into_iter().chain(answers))?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

fn row(visit: &Visit, people: &PeopleTable, person: &AttendeeRsvp) -> [String; 6] {
    let rsvp = &person.rsvp;
    let attends = match rsvp.mode {
        _ if !people.event.is_hybrid() => String::new(),
        Mode::OnSite => visit.tr("seat-way-room"),
        Mode::Online => visit.tr("seat-way-online"),
    };
    [
        person.name.clone(),
        visit.tr(&format!("people-state-{}", rsvp.state.name())),
        rsvp.guests.to_string(),
        attends,
        people.event.zone().wall(rsvp.since).format("%Y-%m-%d %H:%M").to_string(),
        rsvp.message.clone(),
    ]
    .map(|text| safe_cell(&text))
}
