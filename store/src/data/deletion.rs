//! Requests to delete an account, cancelling them, and deleting accounts that are due (F1).

use domain::{
    Actor, Instant, MemberId, Refusal, Role,
    emails::{self, Email},
    groups::GroupRole,
    members::Address,
    policy::data::ManageOwnData,
    rights::DELETION_DELAY,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, OnConflict, Query},
};
use uuid::Uuid;

use super::{
    erase::erase,
    quotes::{ERASED_QUOTES, erase_quotes},
};
use crate::{
    Store, StoreError,
    admin::administrators,
    audit,
    entities::{deletion, group, group_member, member},
    jobs::{self, Due, Job, NewJob, Next},
    members::{load, own, recipient},
    outbox, settings,
    write::{Tx, verb},
};

/// The state of the actor's request to be deleted, and what prevents it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// When the account will be deleted, if the member asked for it.
    pub at: Option<Instant>,
    /// The groups that have no other organiser. They have to be handed over first.
    pub sole_organiser_of: Vec<String>,
}

/// Whether the actor's account will be deleted, and what prevents it.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn planned(store: &Store, actor: &Actor) -> Result<Planned, StoreError> {
    let (id, _permit) = own(actor, ManageOwnData)?;
    let row = deletion::Entity::find_by_id(id.0).one(store.db()).await?;
    Ok(Planned { at: row.map(|row| row.due_at), sole_organiser_of: sole_organiser_of(store.db(), id).await? })
}

/// The groups where this member is the only organiser. Members who are leaving or suspended do not count.
async fn sole_organiser_of(db: &impl ConnectionTrait, id: MemberId) -> Result<Vec<String>, StoreError> {
    let others = Alias::new("others");
    let leaving = Query::select().column(deletion::Column::MemberId).from(deletion::Entity).take();
    let suspended = Query::select()
        .column(member::Column::Id)
        .from(member::Entity)
        .and_where(member::Column::Role.eq(Role::Suspended.name()))
        .take();
    let other_organiser = Query::select()
        .expr(Expr::value(1))
        .from_as(group_member::Entity, others.clone())
        .and_where(
            Expr::col((others.clone(), group_member::Column::GroupId))
                .equals((group_member::Entity, group_member::Column::GroupId)),
        )
        .and_where(Expr::col((others.clone(), group_member::Column::Role)).eq(GroupRole::Organiser.name()))
        .and_where(Expr::col((others.clone(), group_member::Column::MemberId)).ne(id.0))
        .and_where(Expr::col((others.clone(), group_member::Column::MemberId)).not_in_subquery(leaving))
        .and_where(Expr::col((others, group_member::Column::MemberId)).not_in_subquery(suspended))
        .take();
    Ok(group_member::Entity::find()
        .select_only()
        .column(group::Column::Name)
        .join(sea_orm::JoinType::InnerJoin, group_member::Relation::Group.def())
        .filter(group_member::Column::MemberId.eq(id.0))
        .filter(group_member::Column::Role.eq(GroupRole::Organiser.name()))
        .filter(Expr::exists(other_organiser).not())
        .order_by_asc(group::Column::Name)
        .into_tuple()
        .all(db)
        .await?)
}

/// Refuses to delete the last admin.
async fn may_be_deleted(tx: &Tx, row: &member::Model) -> Result<(), Refusal> {
    let last = async {
        Ok::<_, StoreError>(row.role == Role::Administrator.name() && administrators(tx.db()).await? <= 1)
    };
    match last.await {
        Ok(false) => Ok(()),
        // If the admins cannot be counted, the deletion has to wait.
        Ok(true) | Err(_) => Err(Refusal::LastAdministrator),
    }
}

/// Asks for the account to be deleted in seven days. Asking again changes nothing. Until then everything stays
/// as it is.
///
/// # Errors
/// `Refused` when not signed in, for the last admin, and with `HandOverFirst` for the only organiser of a
/// group.
pub async fn request_deletion(store: &Store, actor: &Actor) -> Result<Instant, StoreError> {
    verb!(store, |tx, actor| {
        let (id, permit) = own(actor, ManageOwnData)?;
        settings::lock(tx).await?;
        if let Some(row) = deletion::Entity::find_by_id(id.0).one(tx.db()).await? {
            return Ok(row.due_at);
        }
        let row = load(tx.db(), id).await?;
        may_be_deleted(tx, &row).await?;
        let groups = sole_organiser_of(tx.db(), id).await?.len();
        if groups > 0 {
            return Err(Refusal::HandOverFirst { groups: i64::try_from(groups).unwrap_or(i64::MAX) }.into());
        }
        let at = tx.now() + DELETION_DELAY;
        let request =
            deletion::ActiveModel { member_id: Set(id.0), requested_at: Set(tx.now()), due_at: Set(at) };
        let ignore_existing = OnConflict::column(deletion::Column::MemberId).do_nothing().to_owned();
        deletion::Entity::insert(request)
            .on_conflict(ignore_existing)
            .exec_without_returning(tx.db())
            .await?;
        if let Some(to) = recipient(&row) {
            outbox::post(tx, Some(id), &to, &Email::from(emails::DeletionPlanned { at })).await?;
        }
        audit::record(tx, &permit, "member.deletion", id.0).await?;
        Ok(at)
    })
}

/// Cancels the request to delete the account.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn cancel_deletion(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    verb!(store, |tx, actor| {
        let (id, permit) = own(actor, ManageOwnData)?;
        let cancelled = deletion::Entity::delete_by_id(id.0).exec(tx.db()).await?;
        if cancelled.rows_affected == 0 {
            return Ok(());
        }
        audit::record(tx, &permit, "member.cancel_deletion", id.0).await
    })
}

/// Deletes an account at once. For the operator at the command line.
///
/// # Errors
/// `NotFound` when no member has that address. `Refused` for the last admin, and for the only organiser of a
/// group.
pub async fn delete_now(store: &Store, address: &Address) -> Result<(), StoreError> {
    store
        .write(address.key(), |tx, key| {
            Box::pin(async move {
                settings::lock(tx).await?;
                let query = member::Entity::find().filter(member::Column::AddressKey.eq(key));
                let row = query.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
                may_be_deleted(tx, &row).await?;
                let groups = sole_organiser_of(tx.db(), MemberId(row.id)).await?.len();
                if groups > 0 {
                    let groups = i64::try_from(groups).unwrap_or(i64::MAX);
                    return Err(Refusal::HandOverFirst { groups }.into());
                }
                erase(tx, row).await
            })
        })
        .await?;
    erase_quotes(store).await?;
    store.scrub().await
}

/// The kind of job that deletes one account.
pub(crate) const DELETION: &str = "deletion";
/// The kind of job that removes deleted data from the database file.
pub(crate) const SCRUB: &str = "scrub";

/// The accounts whose deletion is due.
pub(crate) async fn due_deletions(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = deletion::Entity::find()
        .select_only()
        .column(deletion::Column::MemberId)
        .filter(deletion::Column::DueAt.lte(now))
        .filter(deletion::Column::MemberId.not_in_subquery(jobs::taken(DELETION)))
        .order_by_asc(deletion::Column::DueAt)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = deletion::Entity::find()
        .filter(deletion::Column::DueAt.gt(now))
        .order_by_asc(deletion::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.map(|row| row.due_at) })
}

/// Deletes one account, and queues one job that cleans the database file after several deletions.
pub(crate) async fn run_deletion(store: Store, job: Job) -> Result<Next, StoreError> {
    let member = job.subject()?;
    verb!(store, |tx, &member| { delete_due(tx, member).await })?;
    Ok(Next::Done)
}

/// Removes deleted data from the database file.
pub(crate) async fn run_scrub(store: Store, _job: Job) -> Result<Next, StoreError> {
    store.scrub().await?;
    Ok(Next::Done)
}

async fn delete_due(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    settings::lock(tx).await?;
    // The member may have cancelled, or another process may have been faster.
    let request = deletion::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    let Some(request) = request.filter(|request| request.due_at <= tx.now()) else { return Ok(()) };
    let row = load(tx.db(), MemberId(request.member_id)).await?;
    let last_administrator = may_be_deleted(tx, &row).await.is_err();
    let groups = sole_organiser_of(tx.db(), MemberId(row.id)).await?;
    if last_administrator || !groups.is_empty() {
        return postpone(tx, &row, &request, groups).await;
    }
    jobs::enqueue(tx, NewJob::single(ERASED_QUOTES, tx.now())).await?;
    jobs::enqueue(tx, NewJob::single(SCRUB, tx.now())).await?;
    erase(tx, row).await
}

/// Postpones a deletion by a day, because the member is now the last admin or the only organiser of a group.
/// The member is emailed the first time only.
async fn postpone(
    tx: &Tx,
    row: &member::Model,
    request: &deletion::Model,
    groups: Vec<String>,
) -> Result<(), StoreError> {
    let tomorrow = deletion::ActiveModel {
        member_id: Set(row.id),
        due_at: Set(tx.now() + chrono::Duration::days(1)),
        ..Default::default()
    };
    sea_orm::ActiveModelTrait::update(tomorrow, tx.db()).await?;
    let first = request.due_at <= request.requested_at + DELETION_DELAY;
    match recipient(row) {
        Some(to) if first => {
            outbox::post(tx, Some(MemberId(row.id)), &to, &Email::from(emails::DeletionWaits { groups }))
                .await
        }
        _ => Ok(()),
    }
}
