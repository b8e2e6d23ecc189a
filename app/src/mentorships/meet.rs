//! `/mentoring/mentorships/{id}/meet`: choose up to three times that suit both. `?meeting=` moves a meeting. Times are
//! boxes, grouped by day, on the clocks of both people.

use chrono::NaiveDate;
use domain::{Instant, mentoring::MentorshipState, mentorships::MINUTES};
use leptos::prelude::*;
use store::mentorships::{self, MentorshipPage as Pair};

use super::{
    page::partner,
    paths::{below, draft_name, mentorship_from_path, mentorship_path},
};
use crate::{
    context::{Visit, locale, store, tr, tr_with, visit},
    error::AppError,
    i18n::{self, format},
    mentoring::sheet::stylesheet,
    refill::refilled,
    ui::{Crumbs, Empty, Reader, Shape, Sheet, Title, load},
};

/// The page.
#[component]
pub fn MeetPage() -> impl IntoView {
    let id = mentorship_from_path();
    load(async move {
        let visit = visit();
        if visit.member.is_none() {
            return Err(AppError::SignIn);
        }
        let id = id?;
        let pair = mentorships::page(&store(), &visit.actor, id).await?;
        if pair.state != MentorshipState::Active {
            return Err(AppError::NotFound);
        }
        let moved = visit.query("meeting").filter(|text| !text.is_empty());
        let moved = match moved {
            None => None,
            Some(text) => {
                let row = pair.meetings.iter().find(|row| row.id.to_string() == text);
                Some(row.cloned().ok_or(AppError::NotFound)?)
            }
        };
        let asked: Option<u16> = visit.query("minutes").and_then(|text| text.parse().ok());
        let minutes = match &moved {
            Some(row) => row.meeting.minutes,
            None => asked.filter(|minutes| MINUTES.contains(minutes)).unwrap_or(60),
        };
        let mut minutes = minutes;
        let mut times = mentorships::common_times_of(&store(), &visit.actor, id, minutes).await?;
        // Two people may share half an hour a day only.
        if times.is_empty() && moved.is_none() && asked.is_none() {
            minutes = MINUTES[0];
            times = mentorships::common_times_of(&store(), &visit.actor, id, minutes).await?;
        }
        let place =
            pair.agreement.as_ref().map(|(agreement, ..)| agreement.channel.clone()).unwrap_or_default();
        let (sheet, _) =
            refilled(&visit, &draft_name(&id.to_string(), "meet"), [("place".to_owned(), place)].into())
                .await?;
        stylesheet();
        let title = tr(if moved.is_some() { "meet-move-title" } else { "meet-title" });
        let lengths = moved.is_none().then(|| lengths(&pair, minutes));
        let place = moved
            .is_none()
            .then(|| sheet.field("place", "meet-place").help("help-meet-place").max(200).input("text"));
        let meeting = moved.as_ref().map(|row| row.id.to_string()).unwrap_or_default();
        let body = if times.is_empty() {
            view! { <Empty title=tr("meet-no-times") text=tr("meet-no-times-text") /> }.into_any()
        } else {
            view! {
                <form method="post" action="/api/mentorships/propose">
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    <input type="hidden" name="meeting" value=meeting />
                    <input type="hidden" name="minutes" value=minutes.to_string() />
                    {sheet.clone().with_label("times", "meet-times").with_label("place", "meet-place").with_label("minutes", "meet-length").summary()}
                    {boxes(&visit, &pair, &sheet, &times)}
                    {place}
                    <div class="row">
                        <button class="button">{tr("meet-send")}</button>
                        <a class="button plain" href=mentorship_path(id)>{tr("form-back")}</a>
                    </div>
                </form>
            }
            .into_any()
        };
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=vec![("/mentoring".to_owned(), tr("mentoring-title")), (mentorship_path(id), partner(&pair))] />
                <h1>{title}</h1>
                <p class="lead">{tr_with("meet-lead", &[("partner", i18n::quote(partner(&pair)))])}</p>
                {lengths}
                {body}
            </div>
        })
    })
}

/// Links to the other lengths.
fn lengths(pair: &Pair, now: u16) -> AnyView {
    let links = MINUTES.map(|minutes| {
        let text = tr_with("meeting-minutes", &[("minutes", i18n::number(i64::from(minutes)))]);
        let to = format!("{}?minutes={minutes}", below(pair.id, "meet"));
        let current = (minutes == now).then_some("page");
        view! { <li><a href=to aria-current=current>{text}</a></li> }
    });
    view! {
        <nav aria-label=tr("meet-length")>
            <ul class="mentorship-lengths" role="list">{links.into_iter().collect_view()}</ul>
        </nav>
    }
    .into_any()
}

fn boxes(visit: &Visit, pair: &Pair, sheet: &Sheet, times: &[Instant]) -> AnyView {
    let zone = Reader::of(visit, pair.zones.0).zone();
    let chosen: Vec<Instant> =
        sheet.value("times").split_whitespace().filter_map(|text| text.parse().ok()).collect();
    let mut days: Vec<(NaiveDate, Vec<Instant>)> = Vec::new();
    for at in times {
        let day = zone.wall(*at).date();
        match days.last_mut() {
            Some((known, times)) if *known == day => times.push(*at),
            _ => days.push((day, vec![*at])),
        }
    }
    let first = times.first().copied();
    let days = days.into_iter().map(|(day, times)| {
        let boxes = times.into_iter().map(|at| {
            let id = (Some(at) == first).then_some("f-times");
            view! {
                <label>
                    <input id=id type="checkbox" name="times[]" value=at.to_rfc3339() checked=chosen.contains(&at) />
                    <span>{format::at(locale(), at, zone, Shape::Time)} " " {their_time(pair, at, zone)}</span>
                </label>
            }
        });
        view! {
            <li>
                <h2>{format::date(locale(), day, Shape::LongDate)}</h2>
                <div class="checks">{boxes.collect_view()}</div>
            </li>
        }
    });
    let zone_name = crate::ui::zone_label(zone, pair.now);
    let wrong = sheet.has_problem("times");
    view! {
        <fieldset class="field" class:wrong=wrong>
            <legend>{tr("meet-times")}</legend>
            {sheet.field("times", "meet-times").problem_line()}
            <p class="help">{tr_with("meet-times-zone", &[("zone", i18n::quote(zone_name))])}</p>
            <ol class="mentorship-days" role="list">{days.collect_view()}</ol>
        </fieldset>
    }
    .into_any()
}

/// The same time on the other one's clock, where it differs.
fn their_time(pair: &Pair, at: Instant, zone: domain::Zone) -> Option<AnyView> {
    let other = pair.zones.1;
    (other.offset(at) != zone.offset(at)).then(|| {
        let time = format::at(locale(), at, other, Shape::WeekdayTime);
        let args = [("time", i18n::quote(time)), ("partner", i18n::quote(partner(pair)))];
        view! { <span class="help">{tr_with("meeting-their-time", &args)}</span> }.into_any()
    })
}
