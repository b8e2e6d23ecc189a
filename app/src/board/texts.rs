//! The sentences about conflicts (D5). Pages and the island share them: pages fill them in on the server, and the island in
//! the browser while a session is dragged.

use domain::board::{Board, Conflict, ConflictKind};
use serde::{Deserialize, Serialize};

/// Sentences with placeholders in braces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictTexts {
    /// `{title}` and `{other}` are in `{room}` at the same time.
    pub room: String,
    /// `{person}` speaks in `{title}` and `{other}`.
    pub person: String,
    /// `{person}` speaks at `{event}` during `{title}`.
    pub elsewhere: String,
    /// `{person}` can't be there for `{title}`.
    pub unavailable: String,
    /// `{minutes}` minutes between `{title}` and `{other}`.
    pub buffer: String,
    /// `{sign_ups}` saved `{title}`, `{capacity}` fit into `{room}`.
    pub capacity: String,
}

impl ConflictTexts {
    /// The sentence about a conflict.
    #[must_use]
    pub fn sentence(&self, board: &Board, conflict: &Conflict) -> String {
        let session = board.sessions.iter().find(|session| session.id == conflict.session);
        let slot = session.and_then(|session| session.slot);
        let room = slot.and_then(|slot| board.rooms.iter().find(|room| room.id == slot.room));
        let room = room.map_or("", |room| room.name.as_str());
        let fill = |text: &str, parts: &[(&str, &str)]| {
            let all = [("{title}", board.title(conflict.session)), ("{room}", room)];
            filled(text, all.iter().chain(parts))
        };
        match &conflict.kind {
            ConflictKind::Room { other } => fill(&self.room, &[("{other}", board.title(*other))]),
            ConflictKind::Person { person, other } => {
                fill(&self.person, &[("{other}", board.title(*other)), ("{person}", board.person(*person))])
            }
            ConflictKind::Elsewhere { person, event } => {
                fill(&self.elsewhere, &[("{event}", event), ("{person}", board.person(*person))])
            }
            ConflictKind::Unavailable { person } => {
                fill(&self.unavailable, &[("{person}", board.person(*person))])
            }
            ConflictKind::Buffer { other, minutes } => {
                fill(&self.buffer, &[("{other}", board.title(*other)), ("{minutes}", &minutes.to_string())])
            }
            ConflictKind::Capacity { capacity, sign_ups } => fill(
                &self.capacity,
                &[("{capacity}", &capacity.to_string()), ("{sign_ups}", &sign_ups.to_string())],
            ),
        }
    }
}

/// A text with its placeholders filled in, each once and from left to right. A title with braces in it is not filled in
/// again.
#[must_use]
pub fn filled<'a>(text: &str, parts: impl Iterator<Item = &'a (&'a str, &'a str)> + Clone) -> String {
    let (mut done, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        done.push_str(before);
        match parts.clone().find(|(name, _)| from.starts_with(name)) {
            Some((name, value)) => {
                done.push_str(value);
                rest = &from[name.len()..];
            }
            None => {
                done.push('{');
                rest = &from[1..];
            }
        }
    }
    done.push_str(rest);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_once() {
        let parts = [("{title}", "The {other} one"), ("{other}", "Passkeys")];
        assert_eq!(
            filled("“{title}” and “{other}” {x}", parts.iter()),
            "“The {other} one” and “Passkeys” {x}"
        );
    }
}
