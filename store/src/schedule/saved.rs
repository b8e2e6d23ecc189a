//! The sessions that members saved for their own agenda (D11). Only the member reads which ones. Organisers see how many
//! members saved a session, and only where that is more than the room holds (D5).

use chrono::Duration;
use domain::{
    Actor, EventId, MemberId, Refusal, Slug,
    agenda::{SessionSpan, clashes},
    board::MAX_MINUTES,
    events::Event,
    policy::{Own, permit, seats::SaveSession},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{OnConflict, SelectStatement},
};
use uuid::Uuid;

use super::agenda::{AgendaDay, agenda, saved_among, scheduled};
use crate::{
    Store, StoreError,
    entities::{agenda_session, saved_session},
    events,
    write::verb,
};

/// The agenda of a member at one event.
#[derive(Clone, Debug)]
pub struct MyAgenda {
    /// The event, without the link to join.
    pub event: Event,
    /// The sessions that the member saved, by day.
    pub days: Vec<AgendaDay>,
    /// The pairs of saved sessions that overlap, in the order of their starts.
    pub clashes: Vec<(Uuid, Uuid)>,
    /// Whether the event has an agenda to save sessions from.
    pub has_agenda: bool,
}

/// Saves a session for the actor's own agenda, or removes it if it is not `wanted`. Doing it again changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent events, and for sessions without a slot. `Refused` for visitors and suspended members.
pub async fn save_session(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    wanted: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &wanted| {
        let me = permit(actor, SaveSession, Own)?.by().ok_or(Refusal::NotAllowed)?;
        if !wanted {
            saved_session::Entity::delete_by_id((session, me.0)).exec(tx.db()).await?;
            return Ok(());
        }
        let (event, _) = events::seen(tx.db(), actor, slug).await?;
        // The lock keeps an import from removing the session before it is saved.
        agenda_session::Entity::find_by_id(session)
            .filter(agenda_session::Column::EventId.eq(event.id.0))
            .filter(scheduled())
            .lock_shared()
            .one(tx.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        let row = saved_session::ActiveModel {
            session_id: Set(session),
            member_id: Set(me.0),
            saved_at: Set(tx.now()),
        };
        let keep = OnConflict::columns([saved_session::Column::SessionId, saved_session::Column::MemberId])
            .do_nothing()
            .to_owned();
        saved_session::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.db()).await?;
        Ok(())
    })
}

/// The ids of the sessions that a member saved, of all events.
pub(super) fn saved_by(member: MemberId) -> SelectStatement {
    saved_session::Entity::find()
        .select_only()
        .column(saved_session::Column::SessionId)
        .filter(saved_session::Column::MemberId.eq(member.0))
        .into_query()
}

/// The sessions that the actor saved at an event.
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for visitors.
pub async fn my_agenda(store: &Store, actor: &Actor, slug: &Slug) -> Result<MyAgenda, StoreError> {
    let db = store.db();
    actor.member().ok_or(Refusal::SignInFirst)?;
    let (event, _) = events::seen(db, actor, slug).await?;
    let mut days = agenda(db, event.id, events::about_each(db, event.id.0).await?).await?;
    let has_agenda = !days.is_empty();
    let saved = saved_among(db, actor, &days).await?;
    for day in &mut days {
        day.sessions.retain(|item| saved.contains(&item.id));
    }
    days.retain(|day| !day.sessions.is_empty());
    let spans: Vec<SessionSpan> = days
        .iter()
        .flat_map(|day| &day.sessions)
        .map(|item| SessionSpan::of(item.id, &item.session))
        .collect();
    Ok(MyAgenda { clashes: clashes(&spans), event, days, has_agenda })
}

/// Whether the actor saved a session of an event, and the titles of their other saved sessions that overlap with it.
pub(super) async fn saved_with_clashes(
    db: &impl ConnectionTrait,
    actor: &Actor,
    event: EventId,
    session: SessionSpan,
) -> Result<(bool, Vec<(Uuid, String)>), StoreError> {
    let Some(me) = actor.member() else { return Ok((false, Vec::new())) };
    // No session is longer than this.
    let from = session.starts_at - Duration::minutes(MAX_MINUTES.into());
    let rows = agenda_session::Entity::find()
        .filter(agenda_session::Column::Id.in_subquery(saved_by(me)))
        .filter(agenda_session::Column::EventId.eq(event.0))
        .filter(agenda_session::Column::StartsAt.between(from, session.ends_at))
        .order_by_asc(agenda_session::Column::StartsAt)
        .order_by_asc(agenda_session::Column::Id)
        .all(db)
        .await?;
    let is_saved = rows.iter().any(|row| row.id == session.id);
    let other = |row: agenda_session::Model| {
        let starts_at = row.starts_at?;
        let ends_at = starts_at + Duration::minutes(row.minutes.into());
        let span = SessionSpan { id: row.id, starts_at, ends_at };
        let is_other = row.id != session.id && !clashes(&[span, session]).is_empty();
        is_other.then_some((row.id, row.title))
    };
    Ok((is_saved, rows.into_iter().filter_map(other).collect()))
}
