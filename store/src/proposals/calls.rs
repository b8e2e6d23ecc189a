//! Calls: opening and changing them, and reading them.

use domain::{
    Actor, Instant, Problem, Refusal, Slug, Zone,
    policy::{
        Permit, permit,
        proposals::{CallRelation, RunCall},
    },
    proposals::CallDetails,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    mine::{SubmissionCard, cards},
    review::is_reviewer,
    rows::{
        call_relation, details_of, goes_on, locked_call, proposals_of, runs_event, runs_group, seen_by,
        seen_call, slug_of, window, zone_of,
    },
};
use crate::{
    Store, StoreError, audit,
    entities::{call, event, group, submission},
    events, groups, secrets,
    write::{Tx, create_key, verb},
};

/// The most calls of one list.
const MAX_LISTED: u64 = 50;

/// What a call is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallPlace {
    /// An event. Confirmed proposals become its sessions.
    Event(Slug),
    /// A group, whose call is rolling: confirmed proposals wait for an event.
    Group(Slug),
}

/// A call in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallCard {
    /// Its name in URLs.
    pub slug: Slug,
    /// The title.
    pub title: String,
    /// What it is for.
    pub place: CallPlace,
    /// The title of the event, or the name of the group.
    pub place_name: String,
    /// The zone of the deadline.
    pub zone: Zone,
    /// When it closes. `None` while it stays open.
    pub closes_at: Option<Instant>,
    /// Whether it takes proposals now.
    pub is_open: bool,
    /// Whether reviewers don't see who proposes.
    pub is_anonymous: bool,
}

/// The page of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPage {
    /// What lists show.
    pub card: CallCard,
    /// What it asks for.
    pub details: CallDetails,
    /// Whether the reader runs it.
    pub may_run: bool,
    /// Whether the reader reviews it.
    pub reviews: bool,
    /// The reader's own submissions to it.
    pub mine: Vec<SubmissionCard>,
}

/// Opens a call. The same `key` opens one.
///
/// # Errors
/// `NotFound` for an event or group that the actor does not see, `Refused` unless they run it.
pub async fn open(
    store: &Store,
    actor: &Actor,
    place: &CallPlace,
    details: CallDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, place, details, key| {
        let (event_id, group_id) = place_ids(tx.db(), actor, place).await?;
        let organises = match (event_id, group_id) {
            (Some(id), _) => runs_event(tx.db(), actor, id).await?,
            (None, Some(id)) => runs_group(tx.db(), actor, id).await?,
            (None, None) => false,
        };
        let relation = if organises { CallRelation::Organises } else { CallRelation::Other };
        let permit = permit(actor, RunCall, relation)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = call::Entity::find().filter(call::Column::CreateKey.eq(key)).one(tx.db()).await?;
            if let Some(same) = same {
                return slug_of(&same.slug);
            }
        }
        refuse_past(details, tx.now())?;
        // A call that not everybody sees may not reveal its title through a taken slug.
        let mut slug = details.slug();
        while call::Entity::find().filter(call::Column::Slug.eq(slug.as_str())).count(tx.db()).await? > 0 {
            slug = details.slug().with_suffix(&secrets::suffix());
        }
        let id = secrets::new_id();
        let mut row = call::ActiveModel {
            id: Set(id),
            slug: Set(slug.to_string()),
            event_id: Set(event_id),
            group_id: Set(group_id),
            opened_by_id: Set(permit.by().map(|by| by.0)),
            opened_at: Set(tx.now()),
            create_key: Set(key),
            ..Default::default()
        };
        set_details(&mut row, details, &permit)?;
        row.insert(tx.db()).await?;
        audit::record(tx, &permit, "call.open", id).await?;
        Ok(slug)
    })
}

/// Whether the actor may open a call for this event or group.
///
/// # Errors
/// `NotFound` for an event or group that the actor does not see, `Refused` unless they run it.
pub async fn is_place(store: &Store, actor: &Actor, place: &CallPlace) -> Result<String, StoreError> {
    let db = store.db();
    let (name, organises) = match place {
        CallPlace::Event(slug) => {
            let (event, may_edit) = events::seen(db, actor, slug).await?;
            (event.details.title, may_edit)
        }
        CallPlace::Group(slug) => {
            let row = groups::seen(db, actor, slug).await?.ok_or(StoreError::NotFound)?;
            let organises = runs_group(db, actor, row.id).await?;
            (row.name, organises)
        }
    };
    let _permit =
        permit(actor, RunCall, if organises { CallRelation::Organises } else { CallRelation::Other })?;
    Ok(name)
}

async fn place_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    place: &CallPlace,
) -> Result<(Option<Uuid>, Option<Uuid>), StoreError> {
    Ok(match place {
        CallPlace::Event(slug) => (Some(events::visible_id(db, actor, slug).await?), None),
        CallPlace::Group(slug) => {
            let row = groups::seen(db, actor, slug).await?.ok_or(StoreError::NotFound)?;
            if row.archived_at.is_some() {
                return Err(Refusal::GroupClosed.into());
            }
            (None, Some(row.id))
        }
    })
}

fn refuse_past(details: &CallDetails, now: Instant) -> Result<(), StoreError> {
    match details.closes_at {
        Some(closes) if closes <= now => {
            let why = Refusal::InThePast;
            Err(StoreError::Invalid(vec![Problem { field: "closes".into(), why }]))
        }
        _ => Ok(()),
    }
}

fn set_details(
    row: &mut call::ActiveModel,
    details: &CallDetails,
    _permit: &Permit<RunCall>,
) -> Result<(), StoreError> {
    row.title = Set(details.title.clone());
    row.text = Set(details.text.clone());
    row.kinds = Set(serde_json::to_string(&details.kinds)?);
    row.zone = Set(details.zone.name().to_owned());
    row.closes_at = Set(details.closes_at);
    row.is_anonymous = Set(details.is_anonymous);
    Ok(())
}

/// Changes a call. A new deadline may be in the past, which closes the call.
///
/// # Errors
/// `NotFound` for hidden and absent calls, `Refused` for everybody but its organisers.
pub async fn edit(store: &Store, actor: &Actor, slug: &Slug, details: CallDetails) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, details| {
        let row = locked_call(tx, actor, slug).await?;
        let permit = permit(actor, RunCall, call_relation(tx.db(), actor, &row).await?)?;
        if details_of(&row)? == *details {
            return Ok(());
        }
        if row.is_anonymous && !details.is_anonymous {
            refuse_names(tx, row.id).await?;
        }
        let mut change = call::ActiveModel { id: Set(row.id), ..Default::default() };
        set_details(&mut change, details, &permit)?;
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "call.edit", row.id).await
    })
}

/// Keeps a call anonymous once somebody relied on it (D2).
async fn refuse_names(tx: &Tx, call: Uuid) -> Result<(), StoreError> {
    let sent = submission::Entity::find()
        .filter(submission::Column::CallId.eq(call))
        .filter(submission::Column::SubmittedAt.is_not_null());
    if sent.count(tx.db()).await? == 0 {
        return Ok(());
    }
    Err(StoreError::Invalid(vec![Problem { field: "anonymous".into(), why: Refusal::AnonymityPromised }]))
}

/// The open calls that the reader sees. Those with a deadline come first, the nearest one at the top.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn open_calls(store: &Store, actor: &Actor) -> Result<Vec<CallCard>, StoreError> {
    let find = |condition| {
        call::Entity::find()
            .filter(seen_by(actor))
            .filter(goes_on(store.now()))
            .filter(condition)
            .order_by_asc(call::Column::ClosesAt)
            .order_by_desc(call::Column::OpenedAt)
            .order_by_asc(call::Column::Id)
            .limit(MAX_LISTED)
            .all(store.db())
    };
    let mut rows = find(call::Column::ClosesAt.gt(store.now())).await?;
    rows.extend(find(call::Column::ClosesAt.is_null()).await?);
    call_cards(store.db(), actor, rows, store.now()).await
}

/// The calls as cards. Those whose event or group the reader does not see are left out.
pub(super) async fn call_cards(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<call::Model>,
    now: Instant,
) -> Result<Vec<CallCard>, StoreError> {
    let event_ids: Vec<_> = rows.iter().filter_map(|row| row.event_id).collect();
    let group_ids: Vec<_> = rows.iter().filter_map(|row| row.group_id).collect();
    let events = match event_ids.is_empty() {
        true => Vec::new(),
        false => {
            let ids = event::Column::Id.is_in(event_ids);
            event::Entity::find().filter(ids).filter(events::seen_by(actor)).all(db).await?
        }
    };
    let groups = match group_ids.is_empty() {
        true => Vec::new(),
        false => {
            let ids = group::Column::Id.is_in(group_ids);
            group::Entity::find().filter(ids).filter(groups::seen_by(actor)).all(db).await?
        }
    };
    let mut cards = Vec::with_capacity(rows.len());
    for row in rows {
        let event = events.iter().find(|event| Some(event.id) == row.event_id);
        let group = groups.iter().find(|group| Some(group.id) == row.group_id);
        let (place, place_name) = match (event, group) {
            (Some(event), _) => (CallPlace::Event(slug_of(&event.slug)?), event.title.clone()),
            (None, Some(group)) => (CallPlace::Group(slug_of(&group.slug)?), group.name.clone()),
            (None, None) => continue,
        };
        cards.push(CallCard {
            slug: slug_of(&row.slug)?,
            zone: zone_of(&row)?,
            closes_at: row.closes_at,
            is_open: window(&row, now).is_open(),
            is_anonymous: row.is_anonymous,
            title: row.title,
            place,
            place_name,
        });
    }
    Ok(cards)
}

/// The page of a call.
///
/// # Errors
/// `NotFound` for hidden and absent calls.
pub async fn call(store: &Store, actor: &Actor, slug: &Slug) -> Result<CallPage, StoreError> {
    let db = store.db();
    let row = seen_call(db, actor, slug).await?;
    let relation = call_relation(db, actor, &row).await?;
    let mine = match actor.member() {
        Some(me) => {
            let find = submission::Entity::find()
                .filter(submission::Column::CallId.eq(row.id))
                .filter(proposals_of(me, false));
            cards(db, find).await?
        }
        None => Vec::new(),
    };
    let reviews = is_reviewer(db, actor, row.id).await?;
    let details = details_of(&row)?;
    let card = call_cards(db, actor, vec![row], store.now()).await?.pop().ok_or(StoreError::NotFound)?;
    Ok(CallPage { card, details, may_run: permit(actor, RunCall, relation).is_ok(), reviews, mine })
}

/// The newest call of an event that the reader sees, and whether it takes proposals now.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn call_of_event(
    store: &Store,
    actor: &Actor,
    event: domain::EventId,
) -> Result<Option<(Slug, bool)>, StoreError> {
    let row = call::Entity::find()
        .filter(Condition::all().add(call::Column::EventId.eq(event.0)).add(seen_by(actor)))
        .order_by_desc(call::Column::OpenedAt)
        .order_by_desc(call::Column::Id)
        .one(store.db())
        .await?;
    row.map(|row| Ok((slug_of(&row.slug)?, window(&row, store.now()).is_open()))).transpose()
}
