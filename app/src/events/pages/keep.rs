//! Ways to keep an event: in a calendar of one's own, and as a link for somebody else.

use chrono::SecondsFormat;
use domain::{
    Instant,
    events::{EventStatus, EventTime},
};
use leptos::prelude::*;
use store::events::EventPage as Loaded;

use super::event_path;
use crate::{
    context::{Visit, tr},
    ui::address_with,
};

/// Links that add the event to a calendar, and a way to share its address. `None` for drafts, and for events that are over or
/// cancelled.
#[must_use]
pub fn links(visit: &Visit, loaded: &Loaded, now: Instant) -> Option<AnyView> {
    let event = &loaded.event;
    if event.status != EventStatus::Published || event.ends_at <= now {
        return None;
    }
    let path = event_path(&event.slug);
    let address = format!("{}{path}", visit.origin);
    let about = Entry {
        title: &event.details.title,
        summary: &event.details.summary,
        place: &event.details.place,
        address: &address,
        time: event.time(),
    };
    let outside =
        |url: String, name: &'static str| view! { <li><a href=url rel="noreferrer">{name}</a></li> };
    Some(
        view! {
            <details class="disclosure">
                <summary>{tr("event-keep")}</summary>
                <ul class="menu-list" role="list">
                    <li><a href=format!("{path}/event.ics") download="">{tr("event-keep-file")}</a></li>
                    {outside(about.google(), "Google Calendar")}
                    {outside(about.outlook(), "Outlook")}
                </ul>
            </details>
            // With a script, this opens the device's own sheet, or copies the address.
            <details class="disclosure" data-share="">
                <summary>{tr("event-share")}</summary>
                <div class="field">
                    <label for="event-address">{tr("event-address")}</label>
                    <input id="event-address" type="text" readonly="" value=address.clone() />
                </div>
                <p class="help" role="status" data-text=tr("event-share-copied")></p>
            </details>
            <script src=format!("{}/share.js", visit.assets) async></script>
        }
        .into_any(),
    )
}

/// What a calendar on another site is told. Never the address to join online.
struct Entry<'a> {
    title: &'a str,
    summary: &'a str,
    place: &'a str,
    address: &'a str,
    time: EventTime,
}

impl Entry<'_> {
    fn text(&self) -> String {
        [self.summary, self.address]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    /// Google reads both times in UTC, in the basic format of ISO 8601.
    fn google(&self) -> String {
        let time = |at: Instant| at.format("%Y%m%dT%H%M%SZ").to_string();
        address_with(
            "https://calendar.google.com/calendar/render",
            &[
                ("action", "TEMPLATE"),
                ("text", self.title),
                ("dates", &format!("{}/{}", time(self.time.starts), time(self.time.ends))),
                ("location", self.place),
                ("details", &self.text()),
            ],
        )
    }

    fn outlook(&self) -> String {
        let time = |at: Instant| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        address_with(
            "https://outlook.live.com/calendar/0/deeplink/compose",
            &[
                ("subject", self.title),
                ("startdt", &time(self.time.starts)),
                ("enddt", &time(self.time.ends)),
                ("location", self.place),
                ("body", &self.text()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use domain::events::Venue;

    use super::*;

    #[test]
    fn calendars_get_the_same_times_and_no_title_breaks_out() {
        let entry = Entry {
            title: "Q&A #1 = fun?",
            summary: "In short",
            place: "Höfn",
            address: "https://guild.example/events/qa",
            time: EventTime {
                venue: Venue::of("Höfn", false),
                zone: "Europe/Berlin".parse().unwrap(),
                starts: "2026-12-16T18:00:00Z".parse().unwrap(),
                ends: "2026-12-16T21:00:00Z".parse().unwrap(),
            },
        };
        let google = entry.google();
        assert!(
            google.starts_with("https://calendar.google.com/calendar/render?action=TEMPLATE&"),
            "{google}"
        );
        assert!(google.contains("&text=Q%26A%20%231%20%3D%20fun%3F&"), "{google}");
        assert!(google.contains("&dates=20261216T180000Z%2F20261216T210000Z&"), "{google}");
        let outlook = entry.outlook();
        assert!(outlook.contains("?subject=Q%26A%20%231%20%3D%20fun%3F&"), "{outlook}");
        assert!(
            outlook.contains("&startdt=2026-12-16T18%3A00%3A00Z&enddt=2026-12-16T21%3A00%3A00Z&"),
            "{outlook}"
        );
    }
}
