//! Offering to teach it, giving that back, and asking a group to host it, which may decline.

use domain::{
    Actor, DemandId, MemberId, Refusal, Slug,
    demands::{DemandState, MAX_CLAIMS},
    emails::{DemandEvent, DemandNews, Email, Mailing},
    policy::{
        demands::{ClaimDemand, DeclineDemand, ReleaseDemand, ScheduleDemand},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::rows::{check_open, locked, news, tell};
use crate::{
    Store, StoreError, audit,
    entities::{demand, demand_claim, event, group},
    groups, members,
    write::{Tx, verb},
};

/// Offers to teach it. The author is told. The speaker can change their note by offering again.
///
/// # Errors
/// `Refused(DemandClaimed)` when another speaker offered, `Refused(TooManyClaims)` with five open offers, and `Refused`
/// for the author. `NotFound` for hidden and absent ones.
pub async fn claim(store: &Store, actor: &Actor, id: DemandId, note: &str) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, note| {
        let me = actor.member().ok_or(Refusal::SignInFirst)?;
        // The member's row is the lock behind which open offers are counted.
        members::lock(tx, me).await?;
        let (row, claim, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, ClaimDemand, relation)?;
        check_open(&row)?;
        match claim {
            Some(claim) if claim.member_id == me.0 => {
                let change = demand_claim::ActiveModel {
                    demand_id: Set(row.id),
                    note: Set(note.to_owned()),
                    ..Default::default()
                };
                change.update(tx.db()).await?;
                return Ok(());
            }
            Some(_) => return Err(Refusal::DemandClaimed.into()),
            None => {}
        }
        refuse_many(tx, me).await?;
        let new = demand_claim::ActiveModel {
            demand_id: Set(row.id),
            member_id: Set(me.0),
            note: Set(note.to_owned()),
            group_id: Set(None),
            claimed_at: Set(tx.now()),
            declined_group_id: Set(None),
            declined_by_id: Set(None),
            declined_note: Set(String::new()),
        };
        new.insert(tx.db()).await?;
        if let Some(asker) = row.asker_id {
            tell(tx, &row, asker, me.0, DemandEvent::Claimed).await?;
        }
        audit::record(tx, &permit, "demand.claim", row.id).await
    })
}

async fn refuse_many(tx: &Tx, me: MemberId) -> Result<(), StoreError> {
    let open = demand::Entity::find()
        .select_only()
        .column(demand::Column::Id)
        .filter(demand::Column::State.eq(DemandState::Open.name()))
        .into_query();
    let claims = demand_claim::Entity::find()
        .filter(demand_claim::Column::MemberId.eq(me.0))
        .filter(demand_claim::Column::DemandId.in_subquery(open))
        .count(tx.db())
        .await?;
    if claims >= MAX_CLAIMS {
        let max = i64::try_from(MAX_CLAIMS).unwrap_or(i64::MAX);
        return Err(Refusal::TooManyClaims { max }.into());
    }
    Ok(())
}

/// Puts it back on the board without a speaker. The author or the speaker is told, whoever did not do it. A draft event
/// that was made for it stays with its host, and is not linked any more.
///
/// # Errors
/// `Refused` when it became an event, and for others than the speaker, the author and moderators. `NotFound` for hidden
/// and absent ones.
pub async fn release(store: &Store, actor: &Actor, id: DemandId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let (row, claim, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, ReleaseDemand, relation)?;
        check_open(&row)?;
        let Some(claim) = claim else { return Ok(()) };
        remove_claim(tx, row.id).await?;
        if permit.by() == Some(MemberId(claim.member_id)) {
            if let Some(asker) = row.asker_id {
                tell(tx, &row, asker, claim.member_id, DemandEvent::Released).await?;
            }
        } else {
            tell(tx, &row, claim.member_id, claim.member_id, DemandEvent::TakenBack).await?;
        }
        audit::record(tx, &permit, "demand.release", row.id).await
    })
}

/// Removes the speaker of a request, and the link to their draft event.
pub(super) async fn remove_claim(tx: &Tx, demand: Uuid) -> Result<(), StoreError> {
    demand_claim::Entity::delete_by_id(demand).exec(tx.db()).await?;
    unlink_event(tx, demand).await
}

async fn unlink_event(tx: &Tx, demand: Uuid) -> Result<(), StoreError> {
    let change = demand::ActiveModel { id: Set(demand), event_id: Set(None), ..Default::default() };
    change.update(tx.db()).await?;
    Ok(())
}

/// Asks a group to host it. Its organisers are told, and one of them can make the draft event. Asking the same group again
/// changes nothing.
///
/// # Errors
/// `Refused` for others than the speaker, for an archived group, and for the group that declined last. `NotFound` for hidden
/// and absent requests and groups.
pub async fn ask_host(store: &Store, actor: &Actor, id: DemandId, group: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, group| {
        let (row, claim, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, ScheduleDemand, relation)?;
        check_open(&row)?;
        let claim = claim.filter(|claim| permit.by() == Some(MemberId(claim.member_id)));
        let claim = claim.ok_or(Refusal::NotAllowed)?;
        let group = groups::seen(tx.db(), actor, group).await?.ok_or(StoreError::NotFound)?;
        if group.archived_at.is_some() {
            return Err(Refusal::GroupClosed.into());
        }
        if claim.group_id == Some(group.id) {
            return Ok(());
        }
        if claim.declined_group_id == Some(group.id) {
            return Err(Refusal::DemandHostDeclined.into());
        }
        let change = demand_claim::ActiveModel {
            demand_id: Set(row.id),
            group_id: Set(Some(group.id)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        for organiser in groups::organisers_of(tx, group.id, MemberId(claim.member_id)).await? {
            let email = news(tx, &row, organiser.0, claim.member_id, DemandEvent::HostAsked).await?;
            members::post_news(tx, organiser.0, &email).await?;
        }
        audit::record(tx, &permit, "demand.ask_host", row.id).await
    })
}

/// Declines to host it. The speaker is told why, and can ask another group. A draft event that the group made for it stays
/// with its host, and is not linked any more. Declining again changes nothing.
///
/// # Errors
/// `Refused` for others than organisers of the group that was asked, and when it became an event. `NotFound` for hidden and
/// absent ones.
pub async fn decline_host(store: &Store, actor: &Actor, id: DemandId, why: &str) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, why| {
        let (row, claim, relation) = locked(tx, actor, id).await?;
        let me = actor.member().ok_or(Refusal::SignInFirst)?;
        let claim = claim.ok_or(Refusal::NotAllowed)?;
        let Some(group) = claim.group_id else {
            let is_same = claim.declined_by_id == Some(me.0);
            return if is_same { Ok(()) } else { Err(Refusal::NotAllowed.into()) };
        };
        let permit = permit(actor, DeclineDemand, relation)?;
        check_open(&row)?;
        let change = demand_claim::ActiveModel {
            demand_id: Set(row.id),
            group_id: Set(None),
            declined_group_id: Set(Some(group)),
            declined_by_id: Set(Some(me.0)),
            declined_note: Set(why.to_owned()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        // The speaker may have made a draft of their own.
        let made = event::Entity::find()
            .filter(event::Column::Id.eq(row.event_id.unwrap_or_default()))
            .filter(event::Column::GroupId.eq(group));
        if made.count(tx.db()).await? > 0 {
            unlink_event(tx, row.id).await?;
        }
        let name =
            group::Entity::find_by_id(group).one(tx.db()).await?.map_or_else(String::new, |row| row.name);
        let email = Email::from(DemandNews {
            mailing: Mailing { member: MemberId(claim.member_id), group: None },
            demand: id,
            title: row.title,
            partner: name,
            what: DemandEvent::HostDeclined,
            reason: Some((me, why.to_owned())),
        });
        members::post_news(tx, claim.member_id, &email).await?;
        audit::record(tx, &permit, "demand.decline_host", row.id).await
    })
}
