//! Name badges of an event, for its hosts: who comes and in which role, with what each person shows to members.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    Actor, Slug,
    events::{Event, RsvpState},
    members::VisibleProfile,
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use super::{people::managed, rows::edit_permit};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, event_cohost, rsvp, session_speaker, speaker, speaker_link},
    members,
    write::verb,
};

/// The most people with a seat, and the most speakers, in a list of badges. The page says so where there are more.
pub const MAX_BADGES: u64 = 10_000;

/// What somebody is at an event. The first one counts for a person with several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BadgeRole {
    /// Hosts or co-hosts the event.
    Host,
    /// Speaks in a session of the agenda.
    Speaker,
    /// Has a seat.
    Attendee,
    /// Comes with somebody who has a seat.
    Guest,
}

impl BadgeRole {
    /// Its name in Fluent keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Speaker => "speaker",
            Self::Attendee => "attendee",
            Self::Guest => "guest",
        }
    }
}

/// What a name badge says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Badge {
    /// What they are at the event.
    pub role: BadgeRole,
    /// Their name, or that of the person whose guest they are. Empty for members who hide their name.
    pub name: String,
    /// Their pronouns, if members see them. May be empty.
    pub pronouns: String,
    /// Their headline, if members see it. May be empty.
    pub headline: String,
}

/// The badges of everybody who comes to an event, by role and name. Only what a person shows to members is in them. The
/// audit log records who took them.
///
/// # Errors
/// `Refused` when the actor may not edit the event, `NotFound` for hidden and absent events.
pub async fn badges(store: &Store, actor: &Actor, slug: &Slug) -> Result<Vec<Badge>, StoreError> {
    let event = managed(store.db(), actor, slug).await?;
    let badges = gather(store.db(), &event).await?;
    verb!(store, |tx, actor, slug| {
        let event = managed(tx.db(), actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        audit::record(tx, &permit, "event.export_badges", event.id.0).await
    })?;
    Ok(badges)
}

async fn gather(db: &impl ConnectionTrait, event: &Event) -> Result<Vec<Badge>, StoreError> {
    let seats: Vec<(Uuid, i32)> = rsvp::Entity::find()
        .select_only()
        .columns([rsvp::Column::MemberId])
        .column(rsvp::Column::Guests)
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(rsvp::Column::State.eq(RsvpState::Going.name()))
        .order_by_asc(rsvp::Column::SeatSeq)
        .limit(MAX_BADGES)
        .into_tuple()
        .all(db)
        .await?;
    let mut roles: BTreeMap<Uuid, BadgeRole> =
        seats.iter().map(|(member, _)| (*member, BadgeRole::Attendee)).collect();
    let mut badges = Vec::new();
    for (name, member) in speakers(db, event).await? {
        match member {
            Some(member) => {
                roles.insert(member, BadgeRole::Speaker);
            }
            None => badges.push(Badge {
                role: BadgeRole::Speaker,
                name: markup::published::line(&name),
                pronouns: String::new(),
                headline: String::new(),
            }),
        }
    }
    for host in hosts(db, event).await? {
        roles.insert(host, BadgeRole::Host);
    }
    let ids: Vec<Uuid> = roles.keys().copied().collect();
    let mut shown: HashMap<Uuid, VisibleProfile> = members::shown_to_members(db, &ids).await?;
    let mut names: HashMap<Uuid, String> = HashMap::new();
    for (member, role) in roles {
        let profile = shown.remove(&member);
        let (name, pronouns, headline) =
            profile.map(|shown| (shown.name, shown.pronouns, shown.headline)).unwrap_or_default();
        names.insert(member, name.clone());
        badges.push(Badge { role, name, pronouns, headline });
    }
    for (member, guests) in seats {
        let name = names.get(&member).cloned().unwrap_or_default();
        let guest = Badge { role: BadgeRole::Guest, name, pronouns: String::new(), headline: String::new() };
        badges.extend(std::iter::repeat_n(guest, usize::try_from(guests).unwrap_or(0)));
    }
    badges.sort();
    Ok(badges)
}

/// The speakers of the released agenda, each with the member who they confirmed to be.
async fn speakers(
    db: &impl ConnectionTrait,
    event: &Event,
) -> Result<BTreeSet<(String, Option<Uuid>)>, StoreError> {
    let sessions = agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::Id)
        .filter(agenda_session::Column::EventId.eq(event.id.0))
        .filter(agenda_session::Column::StartsAt.is_not_null())
        .into_query();
    let speaks = session_speaker::Entity::find()
        .select_only()
        .column(session_speaker::Column::SpeakerId)
        .filter(session_speaker::Column::SessionId.in_subquery(sessions))
        .into_query();
    let rows: Vec<(Uuid, String)> = speaker::Entity::find()
        .select_only()
        .columns([speaker::Column::Id])
        .column(speaker::Column::Name)
        .filter(speaker::Column::Id.in_subquery(speaks))
        .order_by_asc(speaker::Column::Id)
        .limit(MAX_BADGES)
        .into_tuple()
        .all(db)
        .await?;
    let links: Vec<(Uuid, Uuid)> = speaker_link::Entity::find()
        .select_only()
        .columns([speaker_link::Column::SpeakerId, speaker_link::Column::MemberId])
        .filter(speaker_link::Column::SpeakerId.is_in(rows.iter().map(|(id, _)| *id)))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()))
        .into_tuple()
        .all(db)
        .await?;
    let links: HashMap<Uuid, Uuid> = links.into_iter().collect();
    Ok(rows.into_iter().map(|(id, name)| (name, links.get(&id).copied())).collect())
}

/// The host and the people who accepted to co-host. Nobody hosts a workshop but the hosts of its event.
async fn hosts(db: &impl ConnectionTrait, event: &Event) -> Result<Vec<Uuid>, StoreError> {
    let mut hosts: Vec<Uuid> = event_cohost::Entity::find()
        .select_only()
        .column(event_cohost::Column::MemberId)
        .filter(event_cohost::Column::EventId.eq(event.id.0))
        .filter(event_cohost::Column::AcceptedAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    hosts.extend(event.host.map(|host| host.0));
    Ok(hosts)
}
