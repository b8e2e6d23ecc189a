//! The second step: the hours of the week, in the member's own zone (M3). The grid is a table of checkboxes.

use chrono::NaiveTime;
use domain::{
    forms::Fields,
    mentoring::{MIN_HOURS, SignUpStep},
};
use leptos::prelude::*;
use store::mentoring::SignUpForm;

use super::{buttons, keys, refill};
use crate::{
    context::{Visit, locale, tr, tr_with},
    error::AppError,
    i18n::{self, format},
    ui::{Shape, ZoneList},
};

/// The days of the week from Monday on, as keys.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// The hours that are always shown. The others are one click away.
const DAYTIME: std::ops::Range<u8> = 7..21;

/// The step.
pub(super) async fn view(visit: &Visit, form: &SignUpForm) -> Result<AnyView, AppError> {
    let hours: Vec<String> = form.sign_up.week.hours().map(|hour| hour.to_string()).collect();
    let fields = Fields::from([
        ("zone".to_owned(), form.sign_up.zone.name().to_owned()),
        ("hours".to_owned(), hours.join(" ")),
    ]);
    let sheet = refill(visit, form, SignUpStep::Hours, fields).await?;
    let sheet = sheet.with_label("hours", "mentoring-step-hours");
    let chosen = sheet.value("hours");
    let chosen: Vec<u8> = chosen.split_whitespace().filter_map(|hour| hour.parse().ok()).collect();
    let night = |hour: &u8| !DAYTIME.contains(&(hour % 24));
    let has_night = chosen.iter().any(night);
    Ok(view! {
        <form method="post" action="/api/mentoring/save_hours">
            {keys(form)}
            {sheet.summary()}
            <p>{tr_with("mentoring-hours-lead", &[("min", i18n::number(MIN_HOURS))])}</p>
            {sheet.field("zone", "field-zone").help("help-mentoring-zone").needed().list("zones").input("text")}
            <ZoneList />
            <fieldset class="field" class:wrong=sheet.has_problem("hours") id="f-hours" tabindex="-1">
                <legend>{tr("mentoring-hours-legend")}</legend>
                {sheet.field("hours", "mentoring-step-hours").problem_line()}
                {table(&chosen, DAYTIME.collect(), "mentoring-hours-day")}
                <details class="mentoring-night" open=has_night>
                    <summary>{tr("mentoring-hours-more")}</summary>
                    {table(&chosen, (0..24).filter(night).collect(), "mentoring-hours-night")}
                </details>
            </fieldset>
            {buttons()}
        </form>
    }
    .into_any())
}

/// The full name of a day.
pub(super) fn day_name(day: usize) -> String {
    tr(&format!("day-{}", DAYS[day % 7]))
}

/// The start of an hour, as the reader's language writes it.
pub(super) fn hour_name(hour: u8) -> String {
    let time = NaiveTime::from_hms_opt(u32::from(hour % 24), 0, 0).unwrap_or_default();
    format::wall(locale(), chrono::NaiveDate::default().and_time(time), Shape::Time)
}

fn table(chosen: &[u8], hours: Vec<u8>, caption: &str) -> AnyView {
    let heads = DAYS.map(|day| {
        let (long, short) = (tr(&format!("day-{day}")), tr(&format!("day-short-{day}")));
        view! { <th scope="col"><abbr title=long>{short}</abbr></th> }
    });
    let rows = hours.into_iter().map(|hour| {
        let time = hour_name(hour);
        let cells = (0..7_u8).map(|day| {
            let number = day * 24 + hour;
            let label = format!("{} {time}", day_name(usize::from(day)));
            let checked = chosen.contains(&number);
            view! {
                <td>
                    <label>
                        <input type="checkbox" name="hours[]" value=number.to_string() checked=checked aria-label=label />
                    </label>
                </td>
            }
        });
        let cells = cells.collect_view();
        view! { <tr><th scope="row">{time}</th>{cells}</tr> }
    });
    view! {
        <table class="mentoring-grid">
            <caption class="sr-only">{tr(caption)}</caption>
            <thead><tr><td></td>{heads.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
