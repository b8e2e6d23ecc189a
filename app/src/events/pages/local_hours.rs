//! The local hours of an event's audience, for the people who choose its time (B8).

use domain::{
    Instant, Slug, Zone,
    follow_the_sun::{LocalHours, MAX_SCORE, burdens, inconvenience, local_hours},
};
use leptos::prelude::*;
use store::groups;

use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n::{self, format},
    ui::{Badge, Column, Shape, Sheet, Table, Tone},
};

/// The people who are asked to come: the members of a group, or all members.
///
/// # Errors
/// `Unavailable` or `Internal` when the database does not answer.
pub async fn audience(visit: &Visit, group: &str) -> Result<Vec<(Zone, u32)>, AppError> {
    Ok(groups::audience(&store(), &visit.actor, Slug::parse(group).as_ref()).await?)
}

/// The local hours at the time in a form. `None` without a time, and where no five people share a clock.
///
/// # Errors
/// `Unavailable` or `Internal` when the database does not answer.
pub async fn of_form(visit: &Visit, sheet: &Sheet) -> Result<Option<AnyView>, AppError> {
    let day = sheet.value("date").parse::<chrono::NaiveDate>().ok();
    let time = chrono::NaiveTime::parse_from_str(&sheet.value("time"), "%H:%M").ok();
    let zone = sheet.value("zone").parse::<Zone>().ok();
    let (Some(day), Some(time), Some(zone)) = (day, time, zone) else { return Ok(None) };
    let at = zone.resolve(day.and_time(time)).at;
    Ok(table(visit, &audience(visit, &sheet.value("group")).await?, at))
}

/// The local hours at an instant.
#[must_use]
pub fn table(visit: &Visit, audience: &[(Zone, u32)], at: Instant) -> Option<AnyView> {
    let groups = local_hours(audience, at);
    if groups.is_empty() {
        return None;
    }
    let lines = groups.iter().map(|group| line(visit, group, at)).collect_view();
    Some(
        view! {
            <details class="disclosure">
                <summary>{tr("local-hours-title")}</summary>
                <p class="help">{tr("local-hours-help")}</p>
                <ul class="plain-list" role="list">{lines}</ul>
            </details>
        }
        .into_any(),
    )
}

/// The cities of a group with at least five people, or its offset.
#[must_use]
pub fn name_of(group: &LocalHours, at: Instant) -> String {
    let cities: Vec<String> = group.zones.iter().take(3).map(|zone| zone.city()).collect();
    match cities.is_empty() {
        true => format!("UTC{}", group.zone.offset(at)),
        false => cities.join(", "),
    }
}

/// How inconvenient all starts of a series are together for each group of at least five people, and how inconvenient they
/// would be if all were at the local time of the first one.
#[must_use]
pub fn shares(audience: &[(Zone, u32)], starts: &[Instant], first: Instant) -> AnyView {
    let burdens = burdens(audience, starts);
    if burdens.is_empty() {
        return view! { <p class="help">{tr("series-shares-none")}</p> }.into_any();
    }
    let dates = u32::try_from(starts.len()).unwrap_or(u32::MAX);
    let columns = vec![
        Column::text(tr("series-shares-people")),
        Column::number(tr("series-shares-turns")),
        Column::number(tr("series-shares-same")),
    ];
    let rows = burdens.iter().map(|burden| {
        let group = &burden.at_first;
        let name = tr_with(
            "series-shares-line",
            &[("name", i18n::quote(name_of(group, first))), ("people", i18n::number(group.people))],
        );
        let same = inconvenience(group.wall.time()).saturating_mul(dates);
        let number = |n: u32| format::number(visit().locale, i64::from(n));
        vec![name.into_any(), number(burden.sum).into_any(), number(same).into_any()]
    });
    view! {
        <section aria-labelledby="shares">
            <h3 id="shares">{tr("series-shares")}</h3>
            <p class="help">{tr("series-shares-help")}</p>
            <Table caption=tr("series-shares") columns rows=rows.collect() />
        </section>
    }
    .into_any()
}

fn line(visit: &Visit, group: &LocalHours, at: Instant) -> AnyView {
    let (tone, key) = match group.score {
        0 => (Tone::Good, "local-hours-good"),
        score if score < MAX_SCORE => (Tone::Quiet, "local-hours-edge"),
        _ => (Tone::Bad, "local-hours-night"),
    };
    let text = tr_with(
        "local-hours-line",
        &[
            ("name", i18n::quote(name_of(group, at))),
            ("time", i18n::quote(format::wall(visit.locale, group.wall, Shape::WeekdayTime))),
            ("people", i18n::number(group.people)),
            ("score", i18n::number(group.score)),
        ],
    );
    view! { <li>{text} " " <Badge tone>{tr(key)}</Badge></li> }.into_any()
}
