//! Emails and notifications to the people who get kudos (K10).

use domain::{
    Actor, KudosId, MemberId, Role,
    emails::{Email, KudosReceived, Mailing},
    kudos::KudosVisibility,
};
use markup::markdown;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::{list::get_in, rows::Kudos, visibility::seen_by};
use crate::{
    StoreError, blocks,
    entities::{kudos, kudos_giver, member, profile, team},
    members, outbox,
    write::Tx,
};

/// The most members of a team who get an email about kudos to their team.
const MAX_TEAM_EMAILS: u64 = 100;

/// Emails the recipients and the members of the team. A person who is in both gets one email.
pub(super) async fn notify(tx: &Tx, row: &kudos::Model, to: &[MemberId]) -> Result<(), StoreError> {
    for id in to {
        send(tx, row, members::load(tx.db(), *id).await?, None, MemberId(row.from_id)).await?;
    }
    let Some(team_id) = row.team_id else { return Ok(()) };
    let Some(team) = team::Entity::find_by_id(team_id).one(tx.db()).await? else { return Ok(()) };
    let blocked = blocks::hidden(tx.db(), MemberId(row.from_id)).await?;
    let known = to.iter().chain(&blocked).map(|id| id.0).chain([row.from_id]);
    let of_team = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(profile::Column::TeamId.eq(team_id));
    let people = member::Entity::find()
        .filter(member::Column::Id.in_subquery(of_team.into_query()))
        .filter(member::Column::Id.is_not_in(known))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .order_by_asc(member::Column::Id)
        .limit(MAX_TEAM_EMAILS)
        .all(tx.db())
        .await?;
    for person in people {
        send(tx, row, person, Some(&team.name), MemberId(row.from_id)).await?;
    }
    Ok(())
}

/// Emails the recipients that somebody added their thanks. A recipient may not see the card any more, for example
/// because of a block with its giver. They get no email, because it has the giver's text.
pub(super) async fn notify_added(
    tx: &Tx,
    row: &kudos::Model,
    from: MemberId,
    to: &[MemberId],
) -> Result<(), StoreError> {
    for id in to {
        let person = members::load(tx.db(), *id).await?;
        let reader = members::as_actor(person.clone())?;
        let seen = kudos::Entity::find_by_id(row.id).filter(seen_by(&reader)).one(tx.db()).await?;
        if seen.is_some() {
            send(tx, row, person, None, from).await?;
        }
    }
    Ok(())
}

async fn send(
    tx: &Tx,
    row: &kudos::Model,
    person: member::Model,
    team: Option<&str>,
    from: MemberId,
) -> Result<(), StoreError> {
    let (id, to) = (MemberId(person.id), members::recipient(&person));
    let Some(to) = to else { return Ok(()) };
    let reader = members::as_actor(person)?;
    let giver = members::names(tx.db(), &reader, [from.0]).await?.remove(&from.0);
    let email = KudosReceived {
        kudos: KudosId(row.id),
        from: giver,
        team: team.map(str::to_owned),
        added_by: (from.0 != row.from_id).then_some(from),
        text: (row.visibility != KudosVisibility::Private.name()).then(|| markdown::text(&row.text)),
        mailing: Mailing { member: id, group: None },
    };
    outbox::post(tx, Some(id), &to, &Email::from(email)).await
}

/// An email that waits for a digest, with what the reader may see now. `None` when they see the kudos no more.
pub(crate) async fn refreshed(
    tx: &Tx,
    reader: &Actor,
    email: KudosReceived,
) -> Result<Option<KudosReceived>, StoreError> {
    match get_in(tx.db(), reader, email.kudos).await {
        Ok(Kudos { from, text, visibility, .. }) => {
            let from = match email.added_by {
                Some(member) => match added_name(tx, reader, email.kudos, member).await? {
                    Some(name) => name,
                    None => return Ok(None),
                },
                None => from.map(|giver| giver.name),
            };
            let text = (visibility != KudosVisibility::Private).then(|| markdown::text(&text));
            Ok(Some(KudosReceived { from, text, ..email }))
        }
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The name of somebody who added their thanks, if the reader may see it. `None` when they took them back.
async fn added_name(
    tx: &Tx,
    reader: &Actor,
    id: KudosId,
    member: MemberId,
) -> Result<Option<Option<String>>, StoreError> {
    if kudos_giver::Entity::find_by_id((id.0, member.0)).one(tx.db()).await?.is_none() {
        return Ok(None);
    }
    let giver = members::shown_briefly(tx.db(), reader, &[member.0]).await?.pop();
    Ok(Some(giver.map(|giver| giver.name)))
}
