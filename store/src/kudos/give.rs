//! Giving kudos (K1 to K4).

use domain::{
    Actor, KudosId, MemberId, Problem, Refusal, Slug,
    kudos::{KudosDetails, may_give, text_key},
    members::Viewer,
    policy::{NoRelation, Permit, kudos::GiveKudos, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    feed::{EntryKind, push},
    limits::check_limits,
    notify::notify,
};
use crate::{
    Store, StoreError, audit,
    blocks::between,
    entities::{agenda_session, kudos, kudos_praised_value, kudos_recipient, kudos_value, profile, team},
    events,
    members::{self, findable},
    search, secrets,
    write::{Tx, create_key},
};

/// Gives kudos. `key` makes the form idempotent: sent twice, it gives them once.
///
/// # Errors
/// `Refused` when the actor may not give kudos, gives them to themselves, or has reached a limit. `Invalid` when a
/// recipient, team, value, event or session is not offered to the actor. A member with a block looks like an absent one.
pub async fn give(
    store: &Store,
    actor: &Actor,
    details: KudosDetails,
    key: &str,
) -> Result<KudosId, StoreError> {
    let args = (*actor, details, key.to_owned());
    let given =
        store.write(args, |tx, (actor, details, key)| Box::pin(give_in(tx, actor, details, key))).await?;
    Ok(given.id)
}

/// What came of giving kudos with a key.
pub(crate) struct Given {
    pub(crate) id: KudosId,
    /// Whether they were given now, and not by an earlier request with the same key.
    pub(crate) is_new: bool,
    /// Whether they have the text of this request.
    pub(crate) has_same_text: bool,
}

pub(crate) async fn give_in(
    tx: &Tx,
    actor: &Actor,
    details: &KudosDetails,
    key: &str,
) -> Result<Given, StoreError> {
    let permit = permit(actor, GiveKudos, NoRelation)?;
    // Kudos need a giver, and the operator is not a member.
    let from = permit.by().ok_or(Refusal::NotAllowed)?;
    // The giver's row is the lock, so that two forms at once cannot exceed a limit.
    members::lock(tx, from).await?;
    let key = create_key(actor, key);
    if let Some(key) = &key {
        let known = kudos::Entity::find().filter(kudos::Column::CreateKey.eq(key)).one(tx.db()).await?;
        if let Some(known) = known {
            let has_same_text = known.text_key == key_of(&details.text);
            return Ok(Given { id: KudosId(known.id), is_new: false, has_same_text });
        }
    }
    let to = recipients(tx, from, &details.to).await?;
    let team = match &details.team {
        Some(slug) => Some(team_id(tx, slug).await?),
        None => None,
    };
    let event = match &details.event {
        Some(slug) => Some(events::visible_id(tx.db(), actor, slug).await.map_err(|error| match error {
            StoreError::NotFound => invalid("event", Refusal::BadChoice),
            other => other,
        })?),
        None => None,
    };
    let session = match (event, details.session) {
        (Some(event), Some(session)) => Some(session_id(tx, event, session).await?),
        _ => None,
    };
    let values = value_ids(tx, &details.values).await?;
    check_limits(tx, from, &to, team).await?;
    let text_key = key_of(&details.text);
    check_text(tx, from, &text_key, None).await?;
    let row = kudos::Model {
        id: secrets::new_id(),
        from_id: from.0,
        text: details.text.clone(),
        text_key,
        visibility: details.visibility.name().to_owned(),
        team_id: team,
        event_id: event,
        session_id: session,
        given_at: tx.now(),
        edited_at: None,
        retracted_at: None,
        hidden_at: None,
        posted_at: None,
        create_key: key,
    };
    let id = insert(tx, &permit, row, &to, values).await?;
    Ok(Given { id, is_new: true, has_same_text: true })
}

pub(super) fn invalid(field: &str, why: Refusal) -> StoreError {
    StoreError::Invalid(vec![Problem { field: field.to_owned(), why }])
}

/// The members with these slugs, if the giver may find each of them.
async fn recipients(tx: &Tx, from: MemberId, slugs: &[Slug]) -> Result<Vec<MemberId>, StoreError> {
    let mut found = Vec::with_capacity(slugs.len());
    for slug in slugs {
        // Giving to oneself has an answer of its own, whether or not others may find the giver.
        let may_find = Condition::any()
            .add(profile::Column::MemberId.eq(from.0))
            .add(findable(profile::Column::MemberId, Viewer::Member));
        let id: Option<Uuid> = profile::Entity::find()
            .select_only()
            .column(profile::Column::MemberId)
            .filter(profile::Column::Slug.eq(slug.as_str()))
            .filter(may_find)
            .into_tuple()
            .one(tx.db())
            .await?;
        let id = id.ok_or_else(|| invalid("to", Refusal::NobodyCalled))?;
        may_give(from, MemberId(id))?;
        if between(tx.db(), from, MemberId(id)).await? {
            return Err(invalid("to", Refusal::NobodyCalled));
        }
        found.push(MemberId(id));
    }
    Ok(found)
}

async fn team_id(tx: &Tx, slug: &Slug) -> Result<Uuid, StoreError> {
    let team = team::Entity::find().filter(team::Column::Slug.eq(slug.as_str())).one(tx.db()).await?;
    team.map(|team| team.id).ok_or_else(|| invalid("team", Refusal::BadChoice))
}

/// The session, if it belongs to the event, which the giver can see.
async fn session_id(tx: &Tx, event: Uuid, session: Uuid) -> Result<Uuid, StoreError> {
    let row = agenda_session::Entity::find_by_id(session).one(tx.db()).await?;
    let row = row
        .filter(|row| row.event_id == event && row.starts_at.is_some())
        .ok_or_else(|| invalid("session", Refusal::BadChoice))?;
    Ok(row.id)
}

/// The ids of values that are offered.
pub(super) async fn value_ids(tx: &Tx, slugs: &[Slug]) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<Uuid> = kudos_value::Entity::find()
        .select_only()
        .column(kudos_value::Column::Id)
        .filter(kudos_value::Column::Slug.is_in(slugs.iter().map(Slug::as_str)))
        .filter(kudos_value::Column::RetiredAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    if ids.len() == slugs.len() { Ok(ids) } else { Err(invalid("values", Refusal::BadChoice)) }
}

/// The stored key of a text: a hash, so that long texts have short keys.
pub(super) fn key_of(text: &str) -> String {
    secrets::content_name(text_key(text).as_bytes())
}

/// Refuses a text that the giver used before, but for the kudos `of` that are being edited.
pub(super) async fn check_text(
    tx: &Tx,
    from: MemberId,
    key: &str,
    of: Option<KudosId>,
) -> Result<(), StoreError> {
    let same = kudos::Entity::find()
        .filter(kudos::Column::FromId.eq(from.0))
        .filter(kudos::Column::TextKey.eq(key))
        .filter(kudos::Column::RetractedAt.is_null())
        .filter(kudos::Column::Id.ne(of.map_or_else(Uuid::nil, |of| of.0)));
    if same.count(tx.db()).await? > 0 { Err(Refusal::KudosSameText.into()) } else { Ok(()) }
}

/// Inserts the kudos. The permit proves that the giver may give them.
async fn insert(
    tx: &Tx,
    permit: &Permit<GiveKudos>,
    row: kudos::Model,
    to: &[MemberId],
    values: Vec<Uuid>,
) -> Result<KudosId, StoreError> {
    kudos::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx.db())
        .await?;
    let id = row.id;
    let recipients = to.iter().map(|member| kudos_recipient::ActiveModel {
        kudos_id: Set(id),
        member_id: Set(member.0),
        hidden_at: Set(None),
    });
    if !to.is_empty() {
        kudos_recipient::Entity::insert_many(recipients).exec_without_returning(tx.db()).await?;
    }
    insert_values(tx, id, values).await?;
    audit::record(tx, permit, "kudos.give", id).await?;
    search::new_kudos(tx, std::slice::from_ref(&row)).await?;
    notify(tx, &row, to).await?;
    push(tx, KudosId(id), EntryKind::New).await?;
    Ok(KudosId(id))
}

pub(super) async fn insert_values(tx: &Tx, kudos: Uuid, values: Vec<Uuid>) -> Result<(), StoreError> {
    let row = |value| kudos_praised_value::ActiveModel { kudos_id: Set(kudos), value_id: Set(value) };
    kudos_praised_value::Entity::insert_many(values.into_iter().map(row))
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
