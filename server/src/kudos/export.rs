//! A member's own kudos as a table for a spreadsheet.

use app::{context::Visit, error::AppError};
use axum::{
    Extension,
    body::Body,
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use store::{
    Store,
    kudos::{self, Filter, Kudos},
    members,
};

use crate::{errors::Fail, state::State};

/// The most rows in each direction, the latest ones.
const MAX_ROWS: usize = 5_000;

pub(super) async fn mine(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
) -> Result<Response, Fail> {
    let me = Some(members::myself(&state.store, &visit.actor).await?.slug);
    let received = all(&state.store, &visit, &Filter { to: me.clone(), ..Filter::default() }).await?;
    let given = all(&state.store, &visit, &Filter { from: me, ..Filter::default() }).await?;
    let bytes = write(&visit, &received, &given).map_err(|error| AppError::internal(&error.to_string()))?;
    let mut response = Body::from(bytes).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"my-kudos.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

async fn all(store: &Store, visit: &Visit, filter: &Filter) -> Result<Vec<Kudos>, Fail> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = kudos::list(store, &visit.actor, filter, after).await?;
        found.extend(page.kudos);
        after = page.next;
        if after.is_none() || found.len() >= MAX_ROWS {
            return Ok(found);
        }
    }
}

fn write(visit: &Visit, received: &[Kudos], given: &[Kudos]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns = ["direction", "date", "from", "to", "values", "message", "visibility", "link"];
    table.write_record(columns.map(|column| visit.tr(&format!("kudos-csv-{column}"))))?;
    for (key, all) in [("kudos-mine-received", received), ("kudos-mine-given", given)] {
        for one in all {
            table.write_record(row(visit, key, one))?;
        }
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

fn row(visit: &Visit, direction: &str, one: &Kudos) -> [String; 8] {
    let list = |names: Vec<&str>| names.join(", ");
    let team = one.team.iter().map(|team| team.name.as_str());
    let values = one.values.iter().map(|value| value.name.as_str()).collect();
    [
        visit.tr(direction),
        one.given_at.format("%Y-%m-%d").to_string(),
        list(one.from.iter().chain(&one.added).map(|person| person.name.as_str()).collect()),
        list(one.to.iter().map(|person| person.name.as_str()).chain(team).collect()),
        list(values),
        markup::markdown::text(&one.text),
        visit.tr(&format!("kudos-visibility-{}", one.visibility.name())),
        format!("{}/kudos/{}", visit.origin, one.id),
    ]
    .map(cell)
}

/// A text that no spreadsheet takes for a formula.
fn cell(text: String) -> String {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if is_formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\rx"] {
            assert!(cell(text.to_owned()).starts_with('\''), "{text:?}");
        }
        assert_eq!(cell("You = great, 1-1".to_owned()), "You = great, 1-1");
    }
}
