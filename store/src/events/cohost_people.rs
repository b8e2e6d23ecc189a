//! Members who co-host an event (F9). They run this event, and get no rights in its group.

use chrono::Duration;
use domain::{
    Actor, MemberId, Problem, Refusal, Slug,
    emails::{self, Email},
    events::{Event, EventStatus},
    policy::{
        events::{AnswerCohosting, ManageCohosts},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::{
    cohosting::manage_permit,
    notify::facts_for_all,
    read::seen,
    rows::{lock, relation},
    visibility::seen_by,
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{event, event_cohost, member},
    members,
    write::{Tx, verb},
};

/// The most co-hosts of an event, invited ones included.
const MAX_COHOSTS: u64 = 10;

/// For how long a member who declined is not invited to the same event again.
const AFTER_DECLINE: Duration = Duration::days(30);

/// A member who co-hosts an event, or is invited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohostPerson {
    /// The member.
    pub member: MemberId,
    /// Their name. May be empty.
    pub name: String,
    /// Their page, if the reader may open it.
    pub page: Option<Slug>,
    /// Whether they accepted.
    pub is_accepted: bool,
}

/// The members who co-host an event, as a reader sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CohostPeople {
    /// The co-hosts in the order of their invitations.
    pub people: Vec<CohostPerson>,
    /// Whether the reader accepted to co-host. `None` when nobody asked them.
    pub own_answer: Option<bool>,
}

/// The members who co-host an event that the reader sees, in one query. It lists those who accepted and whose pages the
/// reader may open.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn cohost_people(store: &Store, actor: &Actor, slug: &Slug) -> Result<CohostPeople, StoreError> {
    let rows = rows_of(store, actor, slug).await?;
    let mut found = people_of(store, actor, rows).await?;
    found.people.retain(|person| person.is_accepted && person.page.is_some());
    Ok(found)
}

/// The co-hosts and the people who were invited, for those who decide about them.
///
/// # Errors
/// `Refused` for everybody else, `NotFound` for hidden and absent events.
pub async fn cohosts_to_manage(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<CohostPeople, StoreError> {
    let (event, _) = seen(store.db(), actor, slug).await?;
    let _permit = permit(actor, ManageCohosts, relation(store.db(), actor, &event).await?)?;
    let rows = rows_of(store, actor, slug).await?;
    people_of(store, actor, rows).await
}

/// An event that the reader is invited to co-host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohostToDo {
    /// The event.
    pub slug: Slug,
    /// Its title.
    pub title: String,
}

/// The upcoming events that the actor is invited to co-host, the next one first: at most ten. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn cohost_invitations(store: &Store, actor: &Actor) -> Result<Vec<CohostToDo>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let invited = event_cohost::Entity::find()
        .select_only()
        .column(event_cohost::Column::EventId)
        .filter(event_cohost::Column::MemberId.eq(me.0))
        .filter(event_cohost::Column::AcceptedAt.is_null())
        .filter(event_cohost::Column::DeclinedAt.is_null())
        .into_query();
    let rows: Vec<(String, String)> = event::Entity::find()
        .select_only()
        .column(event::Column::Slug)
        .column(event::Column::Title)
        .filter(event::Column::Id.in_subquery(invited))
        .filter(event::Column::Status.ne(EventStatus::Cancelled.name()))
        .filter(event::Column::EndsAt.gt(store.now()))
        .filter(seen_by(actor))
        .order_by_asc(event::Column::StartsAt)
        .limit(MAX_COHOSTS)
        .into_tuple()
        .all(store.db())
        .await?;
    let to_do = |(slug, title): (String, String)| {
        let slug =
            Slug::parse(&slug).ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {slug}")))?;
        Ok(CohostToDo { slug, title })
    };
    rows.into_iter().map(to_do).collect()
}

type CohostRow = (event_cohost::Model, Option<member::Model>);

async fn rows_of(store: &Store, actor: &Actor, slug: &Slug) -> Result<Vec<CohostRow>, StoreError> {
    let event = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(seen_by(actor))
        .into_query();
    Ok(event_cohost::Entity::find()
        .filter(event_cohost::Column::EventId.in_subquery(event))
        .filter(event_cohost::Column::DeclinedAt.is_null())
        .find_also_related(member::Entity)
        .order_by_asc(event_cohost::Column::InvitedAt)
        .order_by_asc(event_cohost::Column::MemberId)
        .all(store.db())
        .await?)
}

async fn people_of(store: &Store, actor: &Actor, rows: Vec<CohostRow>) -> Result<CohostPeople, StoreError> {
    if rows.is_empty() {
        return Ok(CohostPeople::default());
    }
    let me = actor.member();
    let own = rows.iter().find(|(row, _)| me == Some(MemberId(row.member_id)));
    let own_answer = own.map(|(row, _)| row.accepted_at.is_some());
    let pages = members::page_slugs(store.db(), actor, rows.iter().map(|(row, _)| row.member_id)).await?;
    let people = rows.into_iter().map(|(row, member)| CohostPerson {
        member: MemberId(row.member_id),
        name: member.map(member::Model::shown_name).unwrap_or_default(),
        page: pages.get(&row.member_id).cloned(),
        is_accepted: row.accepted_at.is_some(),
    });
    Ok(CohostPeople { people: people.collect(), own_answer })
}

/// Whether the member could see the event if it were published. Drafts are hidden from people until they are invited.
async fn could_see(tx: &Tx, event: &Event, member: MemberId) -> Result<bool, StoreError> {
    let readers = member::Entity::find_by_id(member.0).filter(super::visibility::readers(event.id));
    Ok(readers.count(tx.db()).await? > 0)
}

/// Invites a member to co-host an event, by the name of their page or by their own name. They get an email and decide. Inviting them again changes nothing.
///
/// # Errors
/// `Invalid` for `person` when there is no such member, or when they can't see the events of its private group.
/// `Refused` for the host, for 30 days after the member declined, and beyond 10 co-hosts. `NotFound` for hidden and absent events.
pub async fn invite_cohost_person(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    person: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, person| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = manage_permit(tx, actor, &event).await?;
        let member = members::by_page_or_name(tx, actor, person, "person").await?;
        if event.host == Some(member) {
            return Err(Refusal::HostsAlready.into());
        }
        if !could_see(tx, &event, member).await? {
            let problem = Problem { field: "person".into(), why: Refusal::CannotSeeEvent };
            return Err(StoreError::Invalid(vec![problem]));
        }
        let known = event_cohost::Entity::find_by_id((row.id, member.0)).one(tx.db()).await?;
        match known.as_ref().map(|known| known.declined_at) {
            Some(None) => return Ok(()),
            Some(Some(at)) if tx.now() < at + AFTER_DECLINE => {
                return Err(Refusal::CohostDeclined { days: AFTER_DECLINE.num_days() }.into());
            }
            Some(Some(_)) | None => {}
        }
        let invited = event_cohost::Entity::find()
            .filter(event_cohost::Column::EventId.eq(row.id))
            .filter(event_cohost::Column::DeclinedAt.is_null());
        if invited.count(tx.db()).await? >= MAX_COHOSTS {
            return Err(Refusal::TooManyCohosts { max: MAX_COHOSTS.cast_signed() }.into());
        }
        let new = event_cohost::ActiveModel {
            event_id: Set(row.id),
            member_id: Set(member.0),
            invited_by_id: Set(permit.by().map(|by| by.0)),
            invited_at: Set(tx.now()),
            accepted_at: Set(None),
            declined_at: Set(None),
        };
        match known {
            Some(_) => new.update(tx.db()).await?,
            None => new.insert(tx.db()).await?,
        };
        let about = Changes::default().about("member", member.0);
        audit::record_changes(tx, &permit, "event.invite_person", row.id, about).await?;
        let from = match permit.by() {
            Some(by) => members::load(tx.db(), by).await?.shown_name(),
            None => String::new(),
        };
        let email = Email::from(emails::CohostInvited { event: facts_for_all(&event), from });
        members::post_news(tx, member.0, &email).await
    })
}

/// Accepts or declines an invitation to co-host. Declining also ends co-hosting that was accepted before.
///
/// # Errors
/// `NotFound` when nobody asked the actor, and for hidden and absent events.
pub async fn answer_cohost_invitation(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    accept: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &accept| {
        let (me, permit) = members::own(actor, AnswerCohosting)?;
        let (event, _) = lock(tx, actor, slug).await?;
        let row = event_cohost::Entity::find_by_id((event.id.0, me.0)).one(tx.db()).await?;
        let row = row.filter(|row| row.declined_at.is_none()).ok_or(StoreError::NotFound)?;
        match (accept, row.accepted_at) {
            (true, Some(_)) => return Ok(()),
            (true, None) => {
                let accepted = event_cohost::ActiveModel {
                    event_id: Set(row.event_id),
                    member_id: Set(row.member_id),
                    accepted_at: Set(Some(tx.now())),
                    ..Default::default()
                };
                accepted.update(tx.db()).await?;
            }
            (false, _) => {
                let declined = event_cohost::ActiveModel {
                    event_id: Set(row.event_id),
                    member_id: Set(row.member_id),
                    accepted_at: Set(None),
                    declined_at: Set(Some(tx.now())),
                    ..Default::default()
                };
                declined.update(tx.db()).await?;
            }
        }
        let action = if accept { "event.accept_cohost" } else { "event.decline_cohost" };
        audit::record(tx, &permit, action, event.id.0).await
    })
}

/// Removes a co-host, who gets an email if they can still see the event. Or withdraws an invitation. Removing nobody
/// changes nothing.
///
/// # Errors
/// `Refused` when the actor may not decide about co-hosts, `NotFound` for hidden and absent events.
pub async fn remove_cohost_person(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    member: MemberId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &member| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = manage_permit(tx, actor, &event).await?;
        let cohost = event_cohost::Entity::find_by_id((row.id, member.0)).one(tx.db()).await?;
        // A declined invitation stays, so that removing and inviting again does not repeat it.
        let Some(cohost) = cohost.filter(|cohost| cohost.declined_at.is_none()) else { return Ok(()) };
        let accepted = cohost.accepted_at.is_some();
        event_cohost::Entity::delete_by_id((row.id, member.0)).exec(tx.db()).await?;
        let about = Changes::default().about("member", member.0);
        audit::record_changes(tx, &permit, "event.remove_person", row.id, about).await?;
        // Nobody is told about a draft that they can't read any more, or about an invitation that was withdrawn.
        let is_told = accepted && event.status != EventStatus::Draft && could_see(tx, &event, member).await?;
        if !is_told {
            return Ok(());
        }
        let email = Email::from(emails::CohostRemoved { event: facts_for_all(&event) });
        members::post_news(tx, member.0, &email).await
    })
}
