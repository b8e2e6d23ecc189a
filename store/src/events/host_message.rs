//! Messages from hosts to single people of an event (C15).

use domain::{
    Actor, Instant, MemberId, Refusal, RsvpId, Slug,
    emails::{self, Email, Mailing},
    events::{Event, HostMessage, MAX_MESSAGES, MESSAGE_WINDOW},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    host::find_rsvp,
    notify::facts,
    people::{AttendeeRsvp, managed},
    rows::{edit_permit, lock_any, rsvp_from_row},
};
use crate::{
    Store, StoreError, audit, blocks,
    entities::{event_message, member, rsvp},
    members, outbox,
    secrets::new_id,
    write::{Tx, create_key, verb},
};

/// The event and the person that a host writes to.
#[derive(Clone, Debug)]
pub struct MessageTo {
    /// The event.
    pub event: Event,
    /// The person and their RSVP.
    pub person: AttendeeRsvp,
    /// The host's own address, which they can share. `None` when they have none.
    pub own_address: Option<String>,
}

/// The event and the person that a host is about to write to.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events and RSVPs.
pub async fn message_to(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
) -> Result<MessageTo, StoreError> {
    let db = store.db();
    let event = managed(db, actor, slug).await?;
    let row = rsvp::Entity::find_by_id(id.0)
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .find_also_related(member::Entity)
        .one(db)
        .await?;
    let Some((row, Some(member))) = row else { return Err(StoreError::NotFound) };
    let pages = members::page_slugs(db, actor, [row.member_id]).await?;
    let page = pages.get(&row.member_id).cloned();
    let own_address = match actor.member() {
        Some(me) => members::load(db, me).await?.address,
        None => None,
    };
    let person = AttendeeRsvp {
        name: member.shown_name(),
        page,
        is_no_show: row.no_show_at.is_some(),
        answers: Vec::new(),
        rsvp: rsvp_from_row(row)?,
        position: None,
    };
    Ok(MessageTo { event, person, own_address })
}

/// Sends a host's message to one person of an event. The same `key` sends it once. Nobody is told about a block
/// between the two: then nothing is sent (F3).
///
/// # Errors
/// `SlowDown` beyond [`MAX_MESSAGES`], `Refused` when the actor may not edit the event, `NotFound` for hidden and
/// absent events and RSVPs.
pub async fn send_message(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    message: HostMessage,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id, message, key| {
        let (event, _) = lock_any(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let Some(author) = permit.by() else { return Err(Refusal::SignInFirst.into()) };
        let rsvp = find_rsvp(tx, &event, id).await?;
        // Locked, so that two messages at once are both counted.
        let host = members::lock(tx, author).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let sent = event_message::Entity::find().filter(event_message::Column::CreateKey.eq(key));
            if sent.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        check_limit(tx, author).await?;
        let row = event_message::ActiveModel {
            id: Set(new_id()),
            event_id: Set(event.id.0),
            by_id: Set(Some(author.0)),
            to_id: Set(rsvp.member.0),
            create_key: Set(key),
            created_at: Set(tx.now()),
        };
        row.insert(tx.db()).await?;
        audit::record(tx, &permit, "event.message", event.id.0).await?;
        if blocks::between(tx.db(), author, rsvp.member).await? {
            return Ok(());
        }
        let recipient = members::load(tx.db(), rsvp.member).await?;
        let Some(to) = members::recipient(&recipient) else { return Ok(()) };
        let email = Email::from(emails::HostMessage {
            mailing: Mailing { member: rsvp.member, group: None },
            event: facts(&event, &rsvp),
            author,
            reply_to: host.address.clone().filter(|_| message.shares_address),
            from: host.shown_name(),
            message: message.text.clone(),
        });
        outbox::post(tx, Some(rsvp.member), &to, &email).await
    })
}

/// Refuses when the member has sent the maximum number of messages.
async fn check_limit(tx: &Tx, author: MemberId) -> Result<(), StoreError> {
    let recent: Vec<Instant> = event_message::Entity::find()
        .select_only()
        .column(event_message::Column::CreatedAt)
        .filter(event_message::Column::ById.eq(author.0))
        .filter(event_message::Column::CreatedAt.gt(tx.now() - MESSAGE_WINDOW))
        .order_by_desc(event_message::Column::CreatedAt)
        .limit(MAX_MESSAGES)
        .into_tuple()
        .all(tx.db())
        .await?;
    match recent.last().filter(|_| recent.len() as u64 == MAX_MESSAGES) {
        Some(oldest) => {
            let seconds = (*oldest + MESSAGE_WINDOW - tx.now()).num_seconds().max(1);
            Err(Refusal::SlowDown { seconds }.into())
        }
        None => Ok(()),
    }
}
