//! Making a draft event for a learning request.

use chrono::NaiveDateTime;
use domain::{
    Actor, DemandId, Refusal, Slug, Zone,
    demands::DemandPlace,
    events::{AttendeeList, EventDetails, EventKind, Seating},
    policy::{demands::ScheduleDemand, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};

use super::rows::{check_open, locked};
use crate::{
    Store, StoreError, audit,
    entities::{demand, event},
    events,
    write::verb,
};

/// What a draft event starts with. Its host changes all of it on the form of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftEvent {
    /// The group that hosts it. `None` for an event without a group.
    pub group: Option<Slug>,
    /// When it starts, on the clock of `zone`.
    pub starts: NaiveDateTime,
    /// The time zone of the host.
    pub zone: Zone,
    /// What stands for the place until there is one.
    pub place: String,
}

/// Length of a draft event, in minutes.
const MINUTES: u32 = 60;

/// Makes a draft event with the title and the text of the request, hosted by the actor. Returns its slug. Again it returns
/// the slug of the same event.
///
/// # Errors
/// `Refused` for others than the speaker and the organisers whom they asked, and for members who can't create events in
/// the group. `Invalid` for a group that the actor does not see.
pub async fn make_event(
    store: &Store,
    actor: &Actor,
    id: DemandId,
    draft: DraftEvent,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, &id, draft| {
        let (row, claim, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, ScheduleDemand, relation)?;
        check_open(&row)?;
        if let Some(existing) = row.event_id {
            let existing = event::Entity::find().filter(event::Column::Id.eq(existing));
            let existing = existing.filter(events::seen_by(actor)).one(tx.db()).await?;
            let slug = existing.and_then(|event| Slug::parse(&event.slug));
            return slug.ok_or_else(|| Refusal::DemandOver.into());
        }
        let note = claim.map_or_else(String::new, |claim| claim.note);
        let texts = [row.text.as_str(), note.as_str()];
        let description: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        let in_city = row.place == DemandPlace::City.name();
        let details = EventDetails {
            title: row.title.clone(),
            kind: EventKind::Talk,
            summary: String::new(),
            description: description.join("\n\n"),
            group: draft.group.clone(),
            place: if in_city { row.city.clone() } else { draft.place.clone() },
            join_url: None,
            starts: draft.starts,
            zone: draft.zone,
            minutes: MINUTES,
            capacity: None,
            guests_max: 0,
            opens: None,
            closes: None,
            attendee_list: AttendeeList::Attendees,
            seating: Seating::default(),
        };
        let slug = events::create_in(tx, actor, &details, "").await?;
        let made = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str()));
        let made = made.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        let change =
            demand::ActiveModel { id: Set(row.id), event_id: Set(Some(made.id)), ..Default::default() };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "demand.make_event", row.id).await?;
        Ok(slug)
    })
}
