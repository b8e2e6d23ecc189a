//! `/events/{slug}/repeat`: how an event repeats, and a preview of the dates before they are created.

use domain::{
    Refusal, Slug, Zone,
    events::{Event, EventDetails, EventStatus},
    forms::{Draft, Fields},
    series::{Cadence, DAYS_AHEAD, MAX_DATES, MIN_DATES, SeriesForm, SeriesRule, ShortMonth},
    time::ClockFlag,
};
use leptos::prelude::*;
use store::{events, series};

use super::paths::{cadence_text, rule_text, series_path};
use crate::{
    call::redirect,
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::{breadcrumbs, event_path, local_hours, slug_from_path},
    i18n,
    ui::{Choice, Crumbs, Shape, Sheet, Title, event_time, load},
};

/// The page.
#[component]
pub fn RepeatPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = events::page(&store, &visit.actor, &slug).await?;
        if !loaded.may_manage {
            return Err(if visit.member.is_none() { AppError::SignIn } else { AppError::Forbidden });
        }
        if let Some(place) = loaded.series {
            redirect(&series_path(&series::place_of(&store, &visit.actor, place).await?.slug));
        }
        let event = &loaded.event;
        if event.status == EventStatus::Cancelled {
            return Err(Refusal::EventCancelled.into());
        }
        if store.now() >= event.ends_at {
            return Err(Refusal::EventOver.into());
        }
        let first = event.details.starts.date();
        let asked = visit.query("cadence").is_some();
        let form = if asked { form_from_query(&visit) } else { SeriesForm::start(first) };
        let checked = form.check(event.details.starts);
        let fields: Fields = serde_json::to_value(&form).and_then(serde_json::from_value).unwrap_or_default();
        let problems = if asked { checked.clone().err().unwrap_or_default() } else { Vec::new() };
        let sheet = Sheet::new(Draft { fields, problems }, visit.locale)
            .with_label("cadence", "series-cadence")
            .with_label("ends", "series-ends")
            .with_label("count", "series-count")
            .with_label("until", "series-until")
            .with_label("times", "series-times");
        let preview = match checked {
            Ok(rule) => {
                let group = event.details.group.as_ref().map(Slug::to_string).unwrap_or_default();
                let audience = local_hours::audience(&visit, &group).await?;
                Some(preview(&visit, event, &form, &rule, &audience))
            }
            Err(_) => None,
        };
        Ok(view! {
            <Title text=tr("series-repeat") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(event) />
                <h1>{tr("series-repeat")}</h1>
                {event_time(&visit, event.time(), Shape::DateTimeYear)}
                <p class="lead">{tr("series-repeat-text")}</p>
                {fields_view(&sheet, event)}
                {preview}
            </div>
        })
    })
}

fn form_from_query(visit: &Visit) -> SeriesForm {
    let text = |name: &str| visit.query(name).unwrap_or_default().chars().take(40).collect::<String>();
    SeriesForm {
        cadence: text("cadence"),
        short_month: text("short_month"),
        ends: text("ends"),
        count: text("count"),
        until: text("until"),
        times: text("times"),
    }
}

fn fields_view(sheet: &Sheet, event: &Event) -> AnyView {
    let first = event.details.starts.date();
    let cadences = Cadence::ALL
        .iter()
        .filter(|cadence| cadence.fits(first))
        .map(|cadence| (cadence.name().to_owned(), cadence_text(*cadence, first)))
        .collect();
    let asks = Cadence::ALL.iter().any(|cadence| cadence.has_short_months(first));
    let short_months = vec![
        Choice::new(ShortMonth::Skip.name(), tr("series-short-skip")),
        Choice::new(ShortMonth::Last.name(), tr("series-short-last")),
    ];
    let short_month = asks.then(|| {
        sheet
            .field("short_month", "series-short-month")
            .needed()
            .help("help-series-short")
            .radios(short_months)
    });
    let ends = vec![Choice::new("after", tr("series-ends-after")), Choice::new("on", tr("series-ends-on"))];
    let (min, max) = (MIN_DATES as i64, MAX_DATES as i64);
    view! {
        <form method="get" action=format!("{}/repeat", event_path(&event.slug))>
            {sheet.summary()}
            {sheet.field("cadence", "series-cadence").needed().select(cadences)}
            {short_month}
            {sheet.field("ends", "series-ends").needed().radios(ends)}
            <div class="ends-after">{sheet.field("count", "series-count").depends().range(min, max).input("number")}</div>
            <div class="ends-on">{sheet.field("until", "series-until").depends().input("date")}</div>
            {sheet.field("times", "series-times").help("help-series-times").max(40).input("text")}
            <div class="row">
                <button class="button plain">{tr("series-preview")}</button>
            </div>
        </form>
    }
    .into_any()
}

fn preview(
    visit: &Visit,
    event: &Event,
    form: &SeriesForm,
    rule: &SeriesRule,
    audience: &[(Zone, u32)],
) -> AnyView {
    let all = rule.starts(event.details.starts).into_iter().map(|starts| {
        let details = EventDetails { starts, ..event.details.clone() };
        details.instants()
    });
    let dates: Vec<_> = all.collect();
    let starts: Vec<_> = dates.iter().map(|(starts, ..)| *starts).collect();
    let shares = (!rule.times.is_empty()).then(|| local_hours::shares(audience, &starts, event.starts_at));
    let horizon = store().now() + chrono::Duration::days(DAYS_AHEAD);
    let mut now = 0_u32;
    let lines = dates.iter().map(|(starts, ends, flag)| {
        now += u32::from(*starts <= horizon);
        let clock = match flag {
            ClockFlag::Exact => None,
            ClockFlag::Gap { .. } => Some(tr("series-clock-gap")),
            ClockFlag::Fold => Some(tr("series-clock-fold")),
        };
        let time = domain::events::EventTime { starts: *starts, ends: *ends, ..event.time() };
        view! {
            <li>
                {event_time(visit, time, Shape::DateTimeYear)}
                {clock.map(|text| view! { <p class="help">{text}</p> })}
            </li>
        }
        .into_any()
    });
    let lines = lines.collect::<Vec<_>>();
    let total = u32::try_from(dates.len()).unwrap_or(u32::MAX);
    let now = now.clamp(1, total);
    let later = (now < total).then(|| {
        let counts = [("now", i18n::number(now)), ("later", i18n::number(total - now))];
        view! { <p class="help">{tr_with("series-ahead", &counts)}</p> }
    });
    let state = match event.status {
        EventStatus::Draft => "series-state-draft",
        EventStatus::Published | EventStatus::Cancelled => "series-state-published",
    };
    let hidden = [
        ("slug", event.slug.to_string()),
        ("first", event.details.starts.date().to_string()),
        ("cadence", form.cadence.clone()),
        ("short_month", form.short_month.clone()),
        ("ends", form.ends.clone()),
        ("count", form.count.clone()),
        ("until", form.until.clone()),
        ("times", form.times.clone()),
    ]
    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
    .into_iter()
    .collect_view();
    view! {
        <section class="part" aria-labelledby="dates">
            <h2 id="dates">{tr("series-dates")}</h2>
            <p>{rule_text(rule)}</p>
            <ol class="series-dates">{lines}</ol>
            {later}
            {shares}
            <p class="help">{tr(state)}</p>
            <form method="post" action="/api/series/repeat">
                {hidden}
                <div class="row">
                    <button class="button">{tr_with("series-create", &[("count", i18n::number(total.saturating_sub(1)))])}</button>
                    <a class="button plain" href=event_path(&event.slug)>{tr("form-back")}</a>
                </div>
            </form>
        </section>
    }
    .into_any()
}
