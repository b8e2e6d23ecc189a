//! Makes the guids of sessions unique, because importing a changed file updates sessions by guid.

use std::collections::HashMap;

use domain::schedule::{ScheduleDay, ScheduleSession};

use super::{notes::Notes, quote};

/// Adds start and room to the guids of sessions that share one. The earliest session keeps the guid, so that
/// nothing changes for it if a later version of the file repeats it.
pub(super) fn make_unique(days: &mut [ScheduleDay], at: usize, notes: &mut Notes) {
    let mut first: HashMap<String, (String, String)> = HashMap::new();
    let mut repeated: HashMap<String, usize> = HashMap::new();
    for session in days.iter().flat_map(|day| &day.sessions) {
        *repeated.entry(session.guid.clone()).or_default() += 1;
        let earliest = first.entry(session.guid.clone()).or_insert_with(|| order(session));
        *earliest = order(session).min(earliest.clone());
    }
    repeated.retain(|_, count| *count > 1);
    let mut taken: HashMap<String, usize> = HashMap::new();
    for day in days {
        day.sessions.retain_mut(|session| {
            let Some(count) = repeated.get(&session.guid) else { return true };
            if !taken.contains_key(&session.guid) && first.get(&session.guid) == Some(&order(session)) {
                let message = format!(
                    "{count} sessions have the guid {}, one is {}. Start and room were used to tell them apart",
                    quote(&session.guid),
                    quote(session.title.trim())
                );
                notes.add(at, message);
                taken.insert(session.guid.clone(), 1);
                return true;
            }
            let (start, room) = order(session);
            let unique = format!("{} {start} {room}", session.guid);
            let same = taken.entry(unique.clone()).or_default();
            *same += 1;
            session.guid = if *same == 1 { unique } else { format!("{unique} {same}") };
            true
        });
    }
}

fn order(session: &ScheduleSession) -> (String, String) {
    (session.starts_at.format("%Y-%m-%dT%H:%MZ").to_string(), session.room.clone())
}
