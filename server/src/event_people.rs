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
use futures::{StreamExt as _, stream::try_unfold};
use http::{HeaderValue, header};
use store::events::{self, AttendeeRsvp, Badge, BadgeRole, PeopleExport};

use crate::{errors::Fail, state::State};

/// The routes of the tables.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/events/{slug}/export", post(export))
        .route("/events/{slug}/badges", post(name_badges))
}

/// It is a post, because the audit log records it. Large events are sent in parts while they are read.
async fn export(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
) -> Result<Response, Fail> {
    let people = events::export_people(&state.store, &visit.actor, &read_slug(&slug)?).await?;
    let head = written(&[head(&visit, &people)])?;
    let parts = try_unfold((state.store.clone(), visit, people), |(store, visit, mut people)| async move {
        let next = people.next(&store).await.map_err(failed)?;
        let rows: Vec<_> = next.iter().map(|person| row(&visit, &people, person)).collect();
        let part = if rows.is_empty() { None } else { Some(written(&rows).map_err(failed)?) };
        Ok::<_, std::io::Error>(part.map(|part| (part, (store, visit, people))))
    });
    let head = futures::stream::once(async { Ok::<_, std::io::Error>(head) });
    Ok(answer(Body::from_stream(head.chain(parts)), "attachment; filename=\"people.csv\""))
}

/// It is a post, because the audit log records it.
async fn name_badges(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
) -> Result<Response, Fail> {
    let badges = events::badges(&state.store, &visit.actor, &read_slug(&slug)?).await?;
    let table = written(&badge_rows(&visit, &badges))?;
    Ok(answer(Body::from(table), "attachment; filename=\"badges.csv\""))
}

/// Ends a download that has begun, so that nobody takes a part of the table for all of it.
fn failed(error: impl std::fmt::Debug) -> std::io::Error {
    std::io::Error::other(format!("{error:?}"))
}

fn answer(table: Body, name: &'static str) -> Response {
    let mut response = table.into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Rows as CSV that no spreadsheet runs.
fn written(rows: &[Vec<String>]) -> Result<Vec<u8>, AppError> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let write = |table: &mut csv::Writer<Vec<u8>>| -> Result<(), csv::Error> {
        rows.iter().try_for_each(|row| table.write_record(row.iter().map(|text| safe_cell(text))))
    };
    write(&mut table).map_err(|error| AppError::internal(&error.to_string()))?;
    table.into_inner().map_err(|error| AppError::internal(&error.to_string()))
}

fn badge_rows(visit: &Visit, badges: &[Badge]) -> Vec<Vec<String>> {
    let columns = ["name", "pronouns", "headline", "role"];
    let head = columns.map(|column| visit.tr(&format!("badges-csv-{column}"))).into();
    let row = |badge: &Badge| {
        let name = match badge.role {
            BadgeRole::Guest if !badge.name.is_empty() => {
                visit.tr_with("badges-guest-of", &[("name", i18n::quote(badge.name.clone()))])
            }
            _ => badge.name.clone(),
        };
        let role = visit.tr(&format!("badges-role-{}", badge.role.name()));
        vec![name, badge.pronouns.clone(), badge.headline.clone(), role]
    };
    std::iter::once(head).chain(badges.iter().map(row)).collect()
}

/// The names of the columns: one for each wording of a question that somebody answered.
fn head(visit: &Visit, people: &PeopleExport) -> Vec<String> {
    let columns = ["name", "status", "guests", "attends", "since", "message"];
    let columns = columns.map(|column| visit.tr(&format!("people-csv-{column}")));
    columns.into_iter().chain(people.questions.iter().cloned()).collect()
}

fn row(visit: &Visit, people: &PeopleExport, person: &AttendeeRsvp) -> Vec<String> {
    let rsvp = &person.rsvp;
    let attends = match rsvp.mode {
        _ if !people.event.is_hybrid() => String::new(),
        Mode::OnSite => visit.tr("seat-way-room"),
        Mode::Online => visit.tr("seat-way-online"),
    };
    let about = [
        person.name.clone(),
        visit.tr(&format!("people-state-{}", rsvp.state.name())),
        rsvp.guests.to_string(),
        attends,
        people.event.zone().wall(rsvp.since).format("%Y-%m-%d %H:%M").to_string(),
        rsvp.message.clone(),
    ];
    let answer = |question: &String| {
        let answer = person.answers.iter().find(|answer| answer.question == *question);
        answer.map(|answer| answer.text.clone()).unwrap_or_default()
    };
    about.into_iter().chain(people.questions.iter().map(answer)).collect()
}
