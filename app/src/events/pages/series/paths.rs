//! Paths of series, and their rule in words.

use chrono::NaiveDate;
use domain::{
    Slug,
    series::{Cadence, SeriesForm, SeriesRule, ShortMonth, ordinal},
};

use crate::{
    context::{locale, tr, tr_with},
    i18n::{self, format},
    ui::Shape,
};

/// Path of a series' page.
#[must_use]
pub fn series_path(slug: &Slug) -> String {
    format!("/series/{slug}")
}

/// The query with which the page of the form shows what was chosen.
#[must_use]
pub fn form_query(form: &SeriesForm) -> String {
    let fields = [
        ("cadence", &form.cadence),
        ("short_month", &form.short_month),
        ("ends", &form.ends),
        ("count", &form.count),
        ("until", &form.until),
        ("times", &form.times),
    ];
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// How often a series repeats, such as "Every month on the second Tuesday".
#[must_use]
pub fn cadence_text(cadence: Cadence, first: NaiveDate) -> String {
    let weekday = ("weekday", i18n::quote(format::date(locale(), first, Shape::LongWeekday)));
    match cadence {
        Cadence::Weekly => tr_with("series-weekly", &[weekday]),
        Cadence::Fortnightly => tr_with("series-fortnightly", &[weekday]),
        Cadence::MonthlyWeekday => {
            tr_with("series-monthly-weekday", &[("nth", i18n::number(ordinal(first))), weekday])
        }
        Cadence::MonthlyLast => tr_with("series-monthly-last", &[weekday]),
        Cadence::MonthlyDate => {
            let day = i18n::quote(format::date(locale(), first, Shape::DayOfMonth));
            tr_with("series-monthly-date", &[("day", day)])
        }
    }
}

/// The start times that dates have in turn, such as "09:00, 17:00, 01:00".
fn times_text(rule: &SeriesRule) -> String {
    let times = rule.times.iter().map(|time| format::wall(locale(), rule.first.and_time(*time), Shape::Time));
    times.collect::<Vec<_>>().join(", ")
}

/// The whole rule: how often, how many dates, and the last one.
#[must_use]
pub fn rule_text(rule: &SeriesRule) -> String {
    let dates = rule.dates();
    let last = dates.last().copied().unwrap_or(rule.first);
    let text = tr_with(
        "series-rule",
        &[
            ("cadence", i18n::quote(cadence_text(rule.cadence, rule.first))),
            ("dates", i18n::number(u32::try_from(dates.len()).unwrap_or(u32::MAX))),
            ("last", i18n::quote(format::date(locale(), last, Shape::MonthDayYear))),
        ],
    );
    let text = match rule.times.is_empty() {
        true => text,
        false => {
            format!("{text} {}", tr_with("series-rule-times", &[("times", i18n::quote(times_text(rule)))]))
        }
    };
    if !rule.cadence.has_short_months(rule.first) {
        return text;
    }
    let key = match rule.short_month {
        ShortMonth::Skip => "series-rule-skip",
        ShortMonth::Last => "series-rule-last",
    };
    format!("{text} {}", tr(key))
}
