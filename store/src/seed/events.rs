//! The demo's events, relative to today: some to come, one full with a waitlist, one about to be
//! full, one cancelled, one draft.

use chrono::Duration;
use domain::{Instant, Zone, events::EventForm};

/// One of the demo's events.
pub(super) struct Sample {
    pub(super) host: &'static str,
    pub(super) title: &'static str,
    kind: &'static str,
    summary: &'static str,
    description: &'static str,
    place: &'static str,
    join_url: &'static str,
    /// Days from today, in the event's zone.
    days: i64,
    time: &'static str,
    zone: &'static str,
    minutes: &'static str,
    capacity: &'static str,
    guests_most: &'static str,
    /// How many of the people answer, in their order.
    pub(super) answers: usize,
    /// The reason, when it is cancelled.
    pub(super) cancelled: &'static str,
    pub(super) draft: bool,
}

impl Sample {
    /// The form that its host would have filled.
    pub(super) fn form(&self, now: Instant) -> EventForm {
        let zone: Zone = self.zone.parse().unwrap_or(Zone::UTC);
        let date = (zone.wall(now) + Duration::days(self.days)).date();
        EventForm {
            title: self.title.into(),
            kind: self.kind.into(),
            summary: self.summary.into(),
            description: self.description.into(),
            place: self.place.into(),
            join_url: self.join_url.into(),
            date: date.format("%Y-%m-%d").to_string(),
            time: self.time.into(),
            zone: self.zone.into(),
            minutes: self.minutes.into(),
            capacity: self.capacity.into(),
            guests_most: self.guests_most.into(),
            ..EventForm::default()
        }
    }
}

const PLAIN: Sample = Sample {
    host: "grace",
    title: "",
    kind: "talk",
    summary: "",
    description: "",
    place: "",
    join_url: "",
    days: 0,
    time: "18:00",
    zone: "Europe/Stockholm",
    minutes: "90",
    capacity: "",
    guests_most: "0",
    answers: 0,
    cancelled: "",
    draft: false,
};

pub(super) const SAMPLES: &[Sample] = &[
    Sample {
        title: "Threat modelling with a pencil",
        kind: "workshop",
        summary: "Bring one diagram of something you run. Leave with its five likeliest bad days.",
        description: "We draw data flows on paper, mark where trust changes hands, and ask of each line \
                      what could go wrong there.\n\nNo tool, no slides. Developers, testers and people \
                      from operations see different holes in the same drawing, so come mixed: if your \
                      team can spare two of you, send two that rarely talk.\n\nBring a diagram that fits \
                      one page. It may be wrong; that is half the fun.",
        place: "Studio 3, Götgatan 14, Stockholm",
        days: 3,
        capacity: "8",
        guests_most: "2",
        answers: 7,
        ..PLAIN
    },
    Sample {
        title: "Pipeline clinic: why is this build slow?",
        kind: "office_hours",
        summary: "One build log on the big screen, six people with opinions.",
        description: "Send nothing ahead. We open the log of whoever comes first, find where the minutes \
                      go, and try one change live.\n\nLast month a team went from 31 minutes to 12 by \
                      moving two lines.",
        join_url: "https://meet.example.org/pipeline-clinic",
        host: "ravi",
        days: 5,
        time: "17:30",
        zone: "Asia/Kolkata",
        minutes: "60",
        capacity: "6",
        answers: 11,
        ..PLAIN
    },
    Sample {
        title: "What our SBOMs told us, and what they did not",
        summary: "A year of software bills of materials in forty services.",
        description: "Forty services, one year, three incidents in which the bill of materials was the \
                      first thing somebody opened. Twice it helped. We look at the third time.\n\nFor \
                      everybody who was told to produce one and wonders who reads it.",
        place: "Library, Floor 2, 8 Shad Thames, London",
        join_url: "https://meet.example.org/sbom",
        host: "ada",
        days: 9,
        zone: "Europe/London",
        capacity: "60",
        answers: 14,
        ..PLAIN
    },
    Sample {
        title: "Security review: the new sign-in of the shop",
        kind: "security_review",
        summary: "The shop team shows its design before it writes the code. Ask hard questions kindly.",
        description: "Forty minutes of design, fifty of questions. Notes go back to the team the same \
                      day.\n\nGood to read beforehand: how your own team resets a password.",
        join_url: "https://meet.example.org/review-shop",
        host: "ravi",
        days: 12,
        time: "14:00",
        zone: "Europe/Berlin",
        capacity: "20",
        answers: 9,
        ..PLAIN
    },
    Sample {
        title: "Chaos afternoon: unplug it and watch",
        kind: "demo",
        summary: "We take one node away every ten minutes and see who notices.",
        description: "A copy of the ordering system, a traffic generator and a list of plugs. Testers \
                      choose what breaks, operations say what they see, developers guess why.",
        place: "Lab 1, Karl-Marx-Allee 34, Berlin",
        days: 16,
        time: "15:00",
        zone: "Europe/Berlin",
        minutes: "120",
        capacity: "12",
        answers: 15,
        ..PLAIN
    },
    Sample {
        title: "Guild supper",
        kind: "social",
        summary: "No talks. Long table, soup, people from seven disciplines.",
        description: "Bring somebody who has never been. Vegetarian by default; tell the kitchen what \
                      else you need when you arrive.",
        place: "Kvarnen, Tjärhovsgatan 4, Stockholm",
        days: 20,
        time: "19:00",
        minutes: "180",
        guests_most: "3",
        answers: 10,
        ..PLAIN
    },
    Sample {
        title: "Release trains that leave on time",
        summary: "What one big programme changed so that a late team no longer stops the others.",
        description: "A talk about promises between teams, feature flags that are removed again, and a \
                      board with eleven columns that became four.",
        place: "Auditorium, Praça do Comércio 12, Lisbon",
        join_url: "https://meet.example.org/trains",
        days: 27,
        zone: "Europe/Lisbon",
        capacity: "120",
        answers: 12,
        cancelled: "The speaker is ill. We look for a new date in January.",
        ..PLAIN
    },
    Sample {
        title: "Writing runbooks that somebody reads at three in the morning",
        kind: "workshop",
        summary: "Take one runbook, halve it, try it on a stranger.",
        description: "Everybody brings a runbook of their own. We swap, follow them to the letter, and \
                      note each place where we stop.",
        join_url: "https://meet.example.org/runbooks",
        host: "ravi",
        days: 34,
        time: "11:00",
        zone: "Asia/Kolkata",
        capacity: "16",
        answers: 4,
        ..PLAIN
    },
    Sample {
        title: "Accessibility for people who own pipelines",
        summary: "Checks that belong in every build, and those that never will.",
        description: "Still looking for a room.",
        place: "To be said",
        days: 41,
        draft: true,
        ..PLAIN
    },
];
