//! Identifiers in exported files. The schemas of the format demand UUIDs, numbers and short names of few letters,
//! while older files have other texts.

use std::collections::{HashMap, HashSet};

use domain::schedule::{Schedule, ScheduleSession};
use uuid::Uuid;

/// Whether a text is a UUID in the form that the schemas demand.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && Uuid::parse_str(text).is_ok()
}

/// The number of each session, by GUID: the publisher's where it is a number that no other session has, else one
/// above all others.
pub(super) fn numbers(schedule: &Schedule) -> HashMap<&str, u64> {
    let sessions = || schedule.days.iter().flat_map(|day| &day.sessions);
    let own = |session: &ScheduleSession| session.code.parse::<u64>().ok().filter(|number| *number > 0);
    let mut next = sessions().filter_map(own).max().unwrap_or(0).saturating_add(1);
    let mut taken = HashSet::new();
    let mut numbers = HashMap::new();
    for session in sessions() {
        let number = own(session).filter(|number| taken.insert(*number)).unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        numbers.insert(session.guid.as_str(), number);
    }
    numbers
}

/// The acronym in the letters that the schemas allow: at least four small letters, digits or underscores. Hyphens
/// become underscores, because the schema of the JSON format allows them only at the start.
pub(super) fn acronym(text: &str) -> String {
    let mut acronym: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '_' })
        .collect();
    while acronym.len() < 4 {
        acronym.push('_');
    }
    acronym
}

/// A duration as hours and minutes, with days if it is longer than 99 hours.
pub(super) fn duration(minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    if hours < 100 {
        format!("{hours:02}:{rest:02}")
    } else {
        format!("{}:{:02}:{rest:02}", hours / 24, hours % 24)
    }
}

/// Whether a text is an http or https address.
pub(super) fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d9_acronyms_and_durations_fit_the_schemas() {
        assert_eq!(acronym("31C3"), "31c3");
        assert_eq!(acronym("C++"), "c___");
        assert_eq!(acronym("rust-days 26"), "rust_days_26");
        assert_eq!((duration(45), duration(6000)), ("00:45".to_owned(), "4:04:00".to_owned()));
    }
}
