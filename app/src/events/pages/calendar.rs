//! A month or a week of events as a calendar. On a phone, a list of the days with events.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};
use domain::{
    Locale, Zone,
    events::{EventStatus, RsvpState},
};
use leptos::prelude::*;
use store::events::{EventCard, Span};

use super::{
    card::first_zone,
    event_path,
    query::{EventsQuery, EventsView},
};
use crate::{
    context::{Visit, locale, tr},
    i18n::format,
    ui::{Shape, start_time},
};

/// The range of days that a calendar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarRange {
    first: NaiveDate,
    last: NaiveDate,
    /// The day in the address, or today.
    around: NaiveDate,
    view: EventsView,
}

impl CalendarRange {
    /// The whole weeks around the day's month, or the day's week. Weeks start on Monday.
    #[must_use]
    pub fn around(view: EventsView, around: NaiveDate) -> Self {
        let (first, last) = match view {
            EventsView::Week => (around, around),
            EventsView::Month | EventsView::Upcoming | EventsView::Past => {
                let first = around.with_day(1).unwrap_or(around);
                let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
                (first, last.unwrap_or(around))
            }
        };
        let days_before = u64::from(first.weekday().num_days_from_monday());
        let days_after = 6 - u64::from(last.weekday().num_days_from_monday());
        Self {
            first: first.checked_sub_days(Days::new(days_before)).unwrap_or(first),
            last: last.checked_add_days(Days::new(days_after)).unwrap_or(last),
            around,
            view,
        }
    }

    /// The time span to query. It has an extra day on both sides, because events are shown in their own zones.
    #[must_use]
    pub fn span(self) -> Span {
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
        let day = chrono::Duration::days(1);
        Span::Between(midnight(self.first) - day, midnight(self.last) + day + day)
    }

    fn all(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |date| *date <= self.last)
    }

    fn outside(self, date: NaiveDate) -> bool {
        self.view == EventsView::Month && date.month() != self.around.month()
    }

    /// A day in the next or the previous month or week.
    fn neighbour(self, forward: bool) -> Option<NaiveDate> {
        match (self.view, forward) {
            (EventsView::Week, true) => self.around.checked_add_days(Days::new(7)),
            (EventsView::Week, false) => self.around.checked_sub_days(Days::new(7)),
            (_, true) => self.around.with_day(1)?.checked_add_months(Months::new(1)),
            (_, false) => self.around.with_day(1)?.checked_sub_months(Months::new(1)),
        }
    }

    fn title(self, locale: Locale) -> String {
        match self.view {
            EventsView::Week => format::dates(locale, self.first, self.last),
            EventsView::Month | EventsView::Upcoming | EventsView::Past => {
                format::date(locale, self.around, Shape::MonthYear)
            }
        }
    }
}

/// Today in the reader's zone; in UTC for visitors.
#[must_use]
pub fn today(visit: &Visit, now: domain::Instant) -> NaiveDate {
    let zone = if visit.member.is_some() { visit.zone } else { Zone::UTC };
    zone.wall(now).date()
}

/// The calendar, with links to the previous and the next month or week.
#[must_use]
pub fn calendar(
    visit: &Visit,
    query: &EventsQuery,
    days: CalendarRange,
    today: NaiveDate,
    events: &[EventCard],
) -> AnyView {
    let week = if days.view == EventsView::Week { "days week" } else { "days" };
    let heads = days
        .all()
        .take(7)
        .map(|date| view! { <span>{format::date(visit.locale, date, Shape::Weekday)}</span> });
    let shown = |event: &EventCard| days.all().any(|date| on_which_day(visit, event) == date);
    let is_empty = !events.iter().any(shown);
    let cells = days.all().map(|date| day(visit, days, date, today, events)).collect_view();
    view! {
        <section class="calendar" aria-labelledby="calendar-title">
            {head(query, days)}
            <div class="weekdays" aria-hidden="true">{heads.collect_view()}</div>
            <ol class=week role="list">{cells}</ol>
            {is_empty.then(|| view! { <p class="help">{tr("events-none-in-period")}</p> })}
        </section>
    }
    .into_any()
}

fn head(query: &EventsQuery, days: CalendarRange) -> AnyView {
    let turn = |forward: bool, key: &str, rel: &'static str| {
        let to = query.in_view(days.view, days.neighbour(forward)).address();
        view! { <a class="button plain small" rel=rel href=to>{tr(key)}</a> }
    };
    let now = query.in_view(days.view, None).address();
    view! {
        <nav class="calendar-head" aria-label=tr("events-navigation")>
            <h2 id="calendar-title">{days.title(locale())}</h2>
            {turn(false, "events-earlier", "prev")}
            <a class="button plain small" href=now>{tr("events-today")}</a>
            {turn(true, "events-later", "next")}
        </nav>
    }
    .into_any()
}

fn day(
    visit: &Visit,
    days: CalendarRange,
    date: NaiveDate,
    today: NaiveDate,
    events: &[EventCard],
) -> AnyView {
    let here = events.iter().filter(|event| on_which_day(visit, event) == date);
    let items: Vec<_> = here.map(|event| item(visit, event)).collect();
    let mut class = String::from("day");
    for (name, is_set) in
        [("blank", items.is_empty()), ("outside", days.outside(date)), ("today", date == today)]
    {
        if is_set {
            class = format!("{class} {name}");
        }
    }
    let name = view! {
        <time datetime=date.to_string()>
            <span class="short" aria-hidden="true">{date.day()}</span>
            <span class="long">{format::date(visit.locale, date, Shape::LongDate)}</span>
        </time>
    };
    if items.is_empty() {
        return view! { <li class=class><p class="date">{name}</p></li> }.into_any();
    }
    view! { <li class=class><h3 class="date">{name}</h3><ul role="list">{items}</ul></li> }.into_any()
}

/// The Fluent key of the badge for the reader's RSVP, if it needs one.
pub(super) fn badge_of(mine: RsvpState) -> Option<&'static str> {
    match mine {
        RsvpState::Going => Some("event-badge-going"),
        RsvpState::Offered => Some("event-badge-offered"),
        RsvpState::Waiting => Some("event-badge-waiting"),
        RsvpState::Pending => Some("event-badge-pending"),
        RsvpState::Left | RsvpState::Declined => None,
    }
}

/// The day on which the event starts, on the clock that the reader sees first.
fn on_which_day(visit: &Visit, event: &EventCard) -> NaiveDate {
    first_zone(visit, event).wall(event.starts_at).date()
}

fn item(visit: &Visit, event: &EventCard) -> AnyView {
    let class = match (event.status, event.my_rsvp) {
        (EventStatus::Cancelled, _) => Some("cancelled"),
        (_, Some(RsvpState::Left | RsvpState::Declined) | None) => None,
        (EventStatus::Draft | EventStatus::Published, Some(_)) => Some("mine"),
    };
    // Screen readers need the status as text, because it is only shown by colour and strikethrough.
    let status = match (event.status, event.my_rsvp) {
        (EventStatus::Cancelled, _) => Some("event-badge-cancelled"),
        (EventStatus::Draft, _) => Some("event-badge-draft"),
        (EventStatus::Published, Some(mine)) => badge_of(mine),
        (EventStatus::Published, None) => None,
    };
    let status = status.map(|key| view! { <span class="sr-only">{tr(key)}</span> });
    view! {
        <li class=class>
            {start_time(visit, event.time())}
            <a href=event_path(&event.slug)>{event.title.clone()}</a>
            " "
            {status}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_whole_weeks_from_monday() {
        let days = CalendarRange::around(EventsView::Month, date("2026-11-22"));
        assert_eq!((days.first, days.last), (date("2026-10-26"), date("2026-12-06")));
        assert_eq!(days.all().count() % 7, 0);
        assert_eq!(days.title(Locale::En), "November 2026");
        assert_eq!(days.neighbour(true), Some(date("2026-12-01")));
        assert!(days.outside(date("2026-12-01")) && !days.outside(date("2026-11-30")));
    }

    #[test]
    fn a_week_is_named_by_its_ends() {
        let days = CalendarRange::around(EventsView::Week, date("2026-11-22"));
        assert_eq!((days.first, days.last), (date("2026-11-16"), date("2026-11-22")));
        assert_eq!(days.title(Locale::En), "16 November – 22 November 2026");
        assert_eq!(
            CalendarRange::around(EventsView::Week, date("2026-12-01")).title(Locale::En),
            "30 November – 6 December 2026"
        );
        // The first and last dates that the calendar accepts.
        for end in ["2000-01-01", "2099-12-31"] {
            assert_eq!(CalendarRange::around(EventsView::Month, date(end)).all().count() % 7, 0);
        }
    }
}
