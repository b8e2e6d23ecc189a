//! The whole schedule of an event, for exports (D9).

use domain::{Actor, Slug, schedule::Schedule};
use sea_orm::EntityTrait as _;

use super::AgendaDay;
use crate::{Store, StoreError, entities::schedule as header, events};

/// The released schedule of an event as a reader may see it: what an imported file said, else what the event says,
/// with its sessions by day. Sessions without a slot are not part of it.
///
/// # Errors
/// `NotFound` for events that the reader may not see, and for events without sessions.
pub async fn whole(store: &Store, actor: &Actor, slug: &Slug) -> Result<Schedule, StoreError> {
    let page = events::page(store, actor, slug).await?;
    if page.agenda.is_empty() {
        return Err(StoreError::NotFound);
    }
    let header = header::Entity::find_by_id(page.event.id.0).one(store.db()).await?;
    let mut schedule = match header {
        Some(row) => serde_json::from_str(&row.content)?,
        None => Schedule {
            acronym: slug.as_str().to_owned(),
            title: page.event.details.title.clone(),
            version: page.event.version.to_string(),
            zone: page.event.zone(),
            about: domain::schedule::ScheduleAbout::default(),
            days: Vec::new(),
        },
    };
    for day in page.agenda {
        add_day(&mut schedule, day);
    }
    schedule.days.sort_by_key(|day| (day.date, day.index));
    Ok(schedule)
}

/// Adds the sessions of a day, and rooms that the file did not name.
fn add_day(schedule: &mut Schedule, agenda: AgendaDay) {
    let at = schedule.days.iter().position(|day| day.index == agenda.index).unwrap_or_else(|| {
        let day =
            domain::schedule::ScheduleDay { index: agenda.index, date: agenda.date, ..Default::default() };
        schedule.days.push(day);
        schedule.days.len() - 1
    });
    let Some(day) = schedule.days.get_mut(at) else { return };
    for item in agenda.sessions {
        if day.rooms.iter().all(|room| room.name != item.session.room) {
            let room =
                domain::schedule::ScheduleRoom { name: item.session.room.clone(), guid: String::new() };
            day.rooms.push(room);
        }
        day.sessions.push(item.session);
    }
}
