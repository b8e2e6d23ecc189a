//! A call for proposals: what it asks for, and until when (D3).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::{Instant, Problems, Refusal, Slug, Zone, checks::Checks, proposals::SubmissionState};

/// How long after the deadline a draft can still be sent if it was started before.
pub const GRACE: Duration = Duration::minutes(15);
/// The time zone of "anywhere on earth": a day is over when it is over everywhere, 12 hours behind UTC.
pub const ANYWHERE_ON_EARTH: &str = "Etc/GMT+12";
/// The most kinds of sessions that a call offers.
pub const MAX_KINDS: usize = 10;
/// The most submissions to one call, drafts included.
pub const MAX_SUBMISSIONS: u64 = 2_000;
const MAX_MINUTES: u32 = 8 * 60;
/// Words in the paths of calls that name other pages.
const TAKEN: [&str; 2] = ["new", "mine"];

/// Whether a deadline in this zone is "anywhere on earth".
#[must_use]
pub fn is_anywhere_on_earth(zone: Zone) -> bool {
    zone.name() == ANYWHERE_ON_EARTH
}

/// A kind of session that a call offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionKind {
    /// Its name, for example "Talk".
    pub name: String,
    /// Its length in minutes.
    pub minutes: u32,
}

/// A call that was read from its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallDetails {
    /// The title.
    pub title: String,
    /// What the organisers are looking for, in Markdown.
    pub text: String,
    /// The kinds of sessions. At least one.
    pub kinds: Vec<SessionKind>,
    /// The zone of the deadline.
    pub zone: Zone,
    /// When it closes. `None` if it stays open.
    pub closes_at: Option<Instant>,
    /// Whether reviewers don't see who proposes.
    pub is_anonymous: bool,
}

impl CallDetails {
    /// The name of a new call in URLs.
    #[must_use]
    pub fn slug(&self) -> Slug {
        let slug = Slug::of_title(&self.title, "call");
        if TAKEN.contains(&slug.as_str()) { slug.with_suffix("call") } else { slug }
    }

    /// The form that these details come from.
    #[must_use]
    pub fn to_form(&self) -> CallForm {
        let lines = self.kinds.iter().map(|kind| format!("{}, {}", kind.name, kind.minutes));
        let wall = self.closes_at.map(|at| self.zone.wall(at));
        let anywhere = is_anywhere_on_earth(self.zone);
        let check = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
        CallForm {
            title: self.title.clone(),
            text: self.text.clone(),
            kinds: lines.collect::<Vec<_>>().join("\n"),
            closes: wall.map(|wall| wall.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default(),
            zone: if anywhere { Zone::UTC.name().to_owned() } else { self.zone.name().to_owned() },
            anywhere: check(anywhere),
            anonymous: check(self.is_anonymous),
        }
    }
}

/// The form of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallForm {
    /// See [`CallDetails::title`].
    pub title: String,
    /// See [`CallDetails::text`].
    pub text: String,
    /// One kind on each line: its name, a comma, and its minutes.
    pub kinds: String,
    /// The deadline on the clock of the zone. Empty for none.
    pub closes: String,
    /// The IANA name of the zone.
    pub zone: String,
    /// `yes` if the deadline is "anywhere on earth", whatever the zone.
    pub anywhere: String,
    /// `yes` if reviewers don't see who proposes.
    pub anonymous: String,
}

impl CallForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every problem, with its field.
    pub fn check(&self) -> Result<CallDetails, Problems> {
        let mut checks = Checks::default();
        let title = checks.line("title", &self.title, 1, 120);
        let text = checks.text("text", &self.text, 1, 10_000);
        let kinds = kinds(&mut checks, &self.kinds);
        let zone = if self.anywhere == "yes" { ANYWHERE_ON_EARTH } else { &self.zone };
        let zone = checks.zone("zone", zone);
        let closes = checks.local_time("closes", &self.closes);
        let details = zone.map(|zone| CallDetails {
            title,
            text,
            kinds,
            zone,
            closes_at: closes.map(|wall| zone.resolve(wall).at),
            is_anonymous: self.anonymous == "yes",
        });
        checks.finish(details)
    }
}

fn kinds(checks: &mut Checks, typed: &str) -> Vec<SessionKind> {
    let mut kinds: Vec<SessionKind> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let read = line.rsplit_once(',').and_then(|(name, minutes)| {
            let name = crate::text::line(name);
            let minutes = minutes.trim().parse().ok()?;
            let fits = (1..=60).contains(&name.chars().count()) && (1..=MAX_MINUTES).contains(&minutes);
            fits.then_some(SessionKind { name, minutes })
        });
        match read.filter(|kind| !kinds.iter().any(|other| other.name == kind.name)) {
            Some(kind) => kinds.push(kind),
            None => {
                checks.problem("kinds", Refusal::BadSessionKinds);
                return kinds;
            }
        }
    }
    if kinds.is_empty() {
        checks.problem("kinds", Refusal::Missing);
    } else if kinds.len() > MAX_KINDS {
        checks.problem("kinds", Refusal::BadSessionKinds);
    }
    kinds
}

/// Whether a call takes submissions at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmissionWindow {
    /// When the call closes. `None` if it stays open.
    pub closes_at: Option<Instant>,
    /// The time by the store's clock.
    pub now: Instant,
}

impl SubmissionWindow {
    /// Whether the deadline has not passed.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.closes_at.is_none_or(|closes| self.now < closes)
    }

    /// Checks that a proposal can be started now.
    ///
    /// # Errors
    /// `CallClosed` after the deadline.
    pub fn check_start(self) -> Result<(), Refusal> {
        if self.is_open() { Ok(()) } else { Err(Refusal::CallClosed) }
    }

    /// Checks that the speaker can change or send a submission now (D3). A draft that was started before the deadline
    /// gets 15 minutes more. An answer to a question is possible at any time.
    ///
    /// # Errors
    /// `CallClosed` after the deadline, `SubmissionOver` after the decision.
    pub fn check_edit(self, state: SubmissionState, started_at: Instant) -> Result<(), Refusal> {
        match state {
            SubmissionState::InfoNeeded => Ok(()),
            SubmissionState::Draft if self.is_in_grace(started_at) => Ok(()),
            SubmissionState::Draft | SubmissionState::Submitted | SubmissionState::Withdrawn => {
                self.check_start()
            }
            SubmissionState::Accepted
            | SubmissionState::Confirmed
            | SubmissionState::Declined
            | SubmissionState::Rejected => Err(Refusal::SubmissionOver),
        }
    }

    fn is_in_grace(self, started_at: Instant) -> bool {
        self.closes_at.is_some_and(|closes| started_at < closes && self.now < closes + GRACE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn form() -> CallForm {
        CallForm {
            title: "Guild day".into(),
            text: "Tell us what broke.".into(),
            kinds: "Talk, 30\nLightning talk, 5".into(),
            closes: "2027-03-01T23:59".into(),
            zone: "Europe/London".into(),
            anywhere: String::new(),
            anonymous: "yes".into(),
        }
    }

    #[test]
    fn d3_a_deadline_is_in_the_zone_of_the_call_or_anywhere_on_earth() {
        assert_eq!(form().check().unwrap().closes_at, Some(at("2027-03-01T23:59:00Z")));
        let anywhere = CallForm { anywhere: "yes".into(), ..form() }.check().unwrap();
        assert_eq!(anywhere.closes_at, Some(at("2027-03-02T11:59:00Z")));
        assert!(is_anywhere_on_earth(anywhere.zone));
        assert_eq!(anywhere.to_form().check().unwrap(), anywhere, "the form keeps it");
        assert_eq!(form().check().unwrap().to_form(), form());
    }

    #[test]
    fn d3_a_draft_that_was_started_in_time_gets_fifteen_minutes_of_grace() {
        use SubmissionState::{Accepted, Draft, InfoNeeded, Submitted, Withdrawn};
        let closes_at = Some(at("2027-03-01T12:00:00Z"));
        let window = |now: &str| SubmissionWindow { closes_at, now: at(now) };
        let (early, late) = (at("2027-03-01T11:59:59Z"), at("2027-03-01T12:00:00Z"));
        let (grace, over) = (window("2027-03-01T12:14:59Z"), window("2027-03-01T12:15:00Z"));
        assert_eq!(grace.check_edit(Draft, early), Ok(()));
        assert_eq!(grace.check_edit(Draft, late), Err(Refusal::CallClosed), "it was started too late");
        assert_eq!(over.check_edit(Draft, early), Err(Refusal::CallClosed));
        assert_eq!(grace.check_start(), Err(Refusal::CallClosed));
        for state in [Submitted, Withdrawn] {
            assert_eq!(grace.check_edit(state, early), Err(Refusal::CallClosed));
            assert_eq!(window("2027-03-01T11:59:59Z").check_edit(state, early), Ok(()));
        }
        assert_eq!(over.check_edit(InfoNeeded, early), Ok(()));
        assert_eq!(window("2027-03-01T11:00:00Z").check_edit(Accepted, early), Err(Refusal::SubmissionOver));
        let rolling = SubmissionWindow { closes_at: None, now: late };
        assert_eq!(rolling.check_start(), Ok(()));
    }

    #[test]
    fn kinds_are_read_line_by_line() {
        let kinds =
            |text: &str| CallForm { kinds: text.into(), ..form() }.check().map(|call| call.kinds.len());
        assert_eq!(kinds("Talk, 30\n\nWorkshop, with laptops, 90"), Ok(2));
        for bad in ["", "Talk", "Talk, soon", "Talk, 0", "Talk, 30\nTalk, 45", ", 30"] {
            let problems = kinds(bad).unwrap_err();
            assert_eq!(problems[0].field, "kinds", "{bad}");
        }
    }
}
