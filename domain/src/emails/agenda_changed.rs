//! A new release of an agenda moved sessions in which the recipient speaks, or which they saved (D6).

use super::prelude::*;

/// The most sessions that an email lists.
const MAX_LISTED: usize = 20;

/// A new release of an agenda moved sessions in which the recipient speaks, or which they saved (D6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaChanged {
    /// The event.
    pub event: Slug,
    /// Its title.
    pub title: String,
    /// The sessions, by start.
    pub sessions: Vec<MovedSession>,
}

/// A session whose slot changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedSession {
    /// The session.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Where it was. `None` for a session that is new in the agenda.
    pub before: Option<SessionSlot>,
    /// Where it is. `None` for a session that is no longer in the agenda.
    pub after: Option<SessionSlot>,
}

/// When and where a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionSlot {
    /// The name of the room.
    pub room: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// Its length in minutes.
    pub minutes: u32,
}

impl Kind for AgendaChanged {
    fn category(&self) -> EmailCategory {
        EmailCategory::Changes
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        let count = i64::try_from(self.sessions.len()).unwrap_or(i64::MAX);
        let more = self.sessions.len().saturating_sub(MAX_LISTED);
        Content::new("email-agenda-subject", "email-agenda-heading")
            .typed("event", &self.title, MAX_TITLE)
            .number("count", count)
            .number("more", i64::try_from(more).unwrap_or(i64::MAX))
            .preview(&["email-agenda-lead"])
            .say("email-agenda-lead")
            .part(Part::Sessions(self.sessions.iter().take(MAX_LISTED).cloned().collect()))
            .say_if(more > 0, "email-agenda-more")
            .button("email-agenda-button", Target::Path(self.path()))
            .why("email-why-agenda")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        let slot = |room: &str, hours: i64| SessionSlot {
            room: sample.text(room),
            starts_at: meeting.starts_at + Duration::hours(hours),
            minutes: 45,
        };
        let session = |title: &str, before, after| MovedSession {
            id: meeting.uid.0,
            title: sample.text(title),
            before,
            after,
        };
        Self {
            event: Slug::of_title("Guild day", "event"),
            title: sample.text("Guild day"),
            sessions: vec![
                session("Threat models that survive", Some(slot("Room 1", 0)), Some(slot("Room 2", 2))),
                session("Passkeys in practice", None, Some(slot("Room 1", 3))),
                session("Lightning talks", Some(slot("Room 1", 4)), None),
            ],
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let all = Self::sample(sample);
        let one = Self { sessions: all.sessions.iter().take(1).cloned().collect(), ..all.clone() };
        let many = all.sessions.iter().cycle().take(MAX_LISTED + 2).cloned().collect();
        vec![("one", one), ("many", Self { sessions: many, ..all })]
    }
}

impl AgendaChanged {
    fn path(&self) -> String {
        format!("events/{}", self.event)
    }
}
