//! Members as admins see them: roles, suspensions, and members who are leaving or cannot be emailed.

use chrono::Duration;
use domain::{
    Actor, Instant, MemberId, Refusal, Role,
    emails::{self, Email},
    members::Address,
    policy::{Permit, admin::ManageMembers},
    rights,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::rights::{PAGE, may};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{event, group, group_member, member, rsvp, sign_in_session, suspension},
    events::{self, each_word_in, release},
    kudos::refresh_cards_of,
    members::{self, leaving, recipient},
    outbox, settings,
    suppressions::bounced,
    write::{Tx, verb},
};

/// The status of an account, as a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    /// Not suspended. Includes members who are leaving or unreachable.
    Active,
    /// Suspended by an admin.
    Suspended,
    /// Has asked for their account to be deleted.
    Leaving,
    /// Emails to the member bounce.
    Unreachable,
}

impl AccountStatus {
    /// All statuses, in the order of the filter.
    pub const ALL: [Self; 4] = [Self::Active, Self::Suspended, Self::Leaving, Self::Unreachable];

    /// The name in URLs and in Fluent keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Leaving => "leaving",
            Self::Unreachable => "unreachable",
        }
    }
}

/// Filters for the list of members. A member must match all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Words in the name or address, or a complete address.
    pub words: String,
    /// Members with this role only.
    pub role: Option<Role>,
    /// The status of the account.
    pub status: Option<AccountStatus>,
}

/// A member in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The member's id, used in URLs of the admin area.
    pub id: MemberId,
    /// The name on their profile. May be empty.
    pub name: String,
    /// The email address. `None` when they have none.
    pub address: Option<String>,
    /// The role. [`Role::Suspended`] while they are suspended.
    pub role: Role,
    /// When the account was created.
    pub joined_at: Instant,
    /// When the account will be deleted, if the member asked for it.
    pub leaving: Option<Instant>,
    /// Since when emails to the member bounce.
    pub bounced: Option<Instant>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    address: Option<String>,
    role: String,
    joined_at: Instant,
    leaving: Option<Instant>,
    bounced: Option<Instant>,
}

impl Row {
    fn into_person(self) -> Result<PersonRow, StoreError> {
        Ok(PersonRow {
            id: MemberId(self.id),
            role: self
                .role
                .parse()
                .map_err(|()| StoreError::Corrupt(format!("member {}: unknown role", self.id)))?,
            name: self.name,
            address: self.address,
            joined_at: self.joined_at,
            leaving: self.leaving,
            bounced: self.bounced,
        })
    }
}

/// The members with these ids, by name.
pub(super) async fn rows_of(
    db: &impl ConnectionTrait,
    ids: &[MemberId],
) -> Result<Vec<PersonRow>, StoreError> {
    let found: Vec<Row> = rows()
        .filter(member::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .into_model()
        .all(db)
        .await?;
    found.into_iter().map(Row::into_person).collect()
}

fn rows() -> sea_orm::Select<member::Entity> {
    member::Entity::find()
        .select_only()
        .columns([
            member::Column::Id,
            member::Column::Name,
            member::Column::Address,
            member::Column::Role,
            member::Column::JoinedAt,
        ])
        .expr_as(Expr::SubQuery(None, Box::new(leaving().into())), "leaving")
        .expr_as(Expr::SubQuery(None, Box::new(bounced().into())), "bounced")
}

/// A page of the members that match a filter, by name, and whether there is a next page. One query.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn people(
    store: &Store,
    actor: &Actor,
    filter: &PeopleFilter,
    page: u32,
) -> Result<(Vec<PersonRow>, bool), StoreError> {
    let _permit = may(actor, ManageMembers)?;
    let text = |column| Expr::col((member::Entity, column));
    // Addresses are stored in a normalised form, so a complete address is normalised before it is compared.
    let words = Address::parse(&filter.words).map_or_else(|| filter.words.clone(), |address| address.key());
    let mut find =
        rows().filter(each_word_in(&words, &[text(member::Column::Name), text(member::Column::AddressKey)]));
    if let Some(role) = filter.role {
        find = find.filter(member::Column::Role.eq(role.name()));
    }
    let suspended = Role::Suspended.name();
    find = match filter.status {
        None => find,
        Some(AccountStatus::Active) => find.filter(member::Column::Role.ne(suspended)),
        Some(AccountStatus::Suspended) => find.filter(member::Column::Role.eq(suspended)),
        Some(AccountStatus::Leaving) => find.filter(Expr::exists(leaving())),
        Some(AccountStatus::Unreachable) => find.filter(Expr::exists(bounced())),
    };
    let mut found: Vec<Row> = find
        .order_by_asc(member::Column::Name)
        .order_by_asc(member::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .into_model()
        .all(store.db())
        .await?;
    let more = found.len() as u64 > PAGE;
    found.truncate(PAGE as usize);
    Ok((found.into_iter().map(Row::into_person).collect::<Result<_, _>>()?, more))
}

/// The most newcomers that are listed.
const MAX_NEWCOMERS: u64 = 5;
/// For how long a member is a newcomer, in days.
pub const NEWCOMER_DAYS: i64 = 7;

/// The latest members who joined within [`NEWCOMER_DAYS`], the last one first, at most five.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn newcomers(store: &Store, actor: &Actor) -> Result<Vec<PersonRow>, StoreError> {
    let _permit = may(actor, ManageMembers)?;
    let found: Vec<Row> = rows()
        .filter(member::Column::JoinedAt.gt(store.now() - Duration::days(NEWCOMER_DAYS)))
        .order_by_desc(member::Column::JoinedAt)
        .order_by_desc(member::Column::Id)
        .limit(MAX_NEWCOMERS)
        .into_model()
        .all(store.db())
        .await?;
    found.into_iter().map(Row::into_person).collect()
}

/// A suspension that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// The reason, as the admin wrote it. Empty when the operator suspended the member.
    pub reason: String,
    /// When the member was suspended.
    pub since: Instant,
    /// The member's role before it, which they get back when it is lifted.
    pub role_before: Role,
}

/// A member's page in the admin area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonPage {
    /// The same facts as in the list of members.
    pub person: PersonRow,
    /// Number of devices that they are signed in on.
    pub sessions: u64,
    /// Number of RSVPs that count at events that have not ended.
    pub seats: u64,
    /// The names of their groups, sorted.
    pub groups: Vec<String>,
    /// The suspension, if they are suspended.
    pub suspension: Option<Suspension>,
    /// Whether it is the reader's own account.
    pub oneself: bool,
}

/// A member's page in the admin area.
///
/// # Errors
/// `Refused` when the actor is not an admin. `NotFound` when there is no such member.
pub async fn person(store: &Store, actor: &Actor, id: MemberId) -> Result<PersonPage, StoreError> {
    let _permit = may(actor, ManageMembers)?;
    let db = store.db();
    let row: Option<Row> = rows().filter(member::Column::Id.eq(id.0)).into_model().one(db).await?;
    let person = row.ok_or(StoreError::NotFound)?.into_person()?;
    let sessions = sign_in_session::Entity::find()
        .filter(sign_in_session::Column::MemberId.eq(id.0))
        .filter(sign_in_session::Column::ExpiresAt.gt(store.now()))
        .count(db)
        .await?;
    let seats = rsvp::Entity::find()
        .inner_join(event::Entity)
        .filter(rsvp::Column::MemberId.eq(id.0))
        .filter(events::takes_part())
        .filter(event::Column::EndsAt.gt(store.now()))
        .count(db)
        .await?;
    let groups: Vec<String> = group_member::Entity::find()
        .select_only()
        .column(group::Column::Name)
        .join(sea_orm::JoinType::InnerJoin, sea_orm::RelationTrait::def(&group_member::Relation::Group))
        .filter(group_member::Column::MemberId.eq(id.0))
        .order_by_asc(group::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    let suspension = suspension::Entity::find_by_id(id.0).one(db).await?.map(|row| Suspension {
        role_before: row.role_before.parse().unwrap_or(Role::Member),
        reason: row.reason,
        since: row.since,
    });
    Ok(PersonPage { oneself: actor.member() == Some(id), person, sessions, seats, groups, suspension })
}

/// The number of admins. The caller holds the lock on the settings when the number must not change.
pub(crate) async fn administrators(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    Ok(member::Entity::find().filter(member::Column::Role.eq(Role::Administrator.name())).count(db).await?)
}

/// Changes a member's role. Their sessions end, so that they sign in again with the new rights.
///
/// # Errors
/// `Refused` when the actor is not an admin, for the actor's own role, for the last admin, and for a suspended
/// member, whose suspension has to be lifted first. `NotFound` when there is no such member.
pub async fn set_role(store: &Store, actor: &Actor, id: MemberId, role: Role) -> Result<(), StoreError> {
    verb!(store, |tx, actor, id, role| {
        let permit = may(actor, ManageMembers)?;
        settings::lock(tx).await?;
        let row = members::load(tx.db(), *id).await?;
        if *role == Role::Suspended || row.role == Role::Suspended.name() {
            return Err(Refusal::BadChoice.into());
        }
        if row.role == role.name() {
            return Ok(());
        }
        change_role(tx, &permit, &row, *role, "member.role").await
    })
}

/// Saves a new role and ends the member's sessions. The caller holds the lock on the settings.
pub(crate) async fn change_role(
    tx: &Tx,
    permit: &Permit<ManageMembers>,
    row: &member::Model,
    role: Role,
    action: &'static str,
) -> Result<(), StoreError> {
    let from =
        row.role.parse().map_err(|()| StoreError::Corrupt(format!("member {}: unknown role", row.id)))?;
    let all = administrators(tx.db()).await?;
    rights::may_change_role(permit.by(), MemberId(row.id), from, role, all)?;
    let changed =
        member::ActiveModel { id: Set(row.id), role: Set(role.name().to_owned()), ..Default::default() };
    changed.update(tx.db()).await?;
    members::update_distinct_names(tx, &row.lookalike_key).await?;
    sign_in_session::Entity::delete_many()
        .filter(sign_in_session::Column::MemberId.eq(row.id))
        .exec(tx.db())
        .await?;
    let facts = Changes::default().and("role", &row.role, role.name()).about("member", row.id);
    audit::record_changes(tx, permit, action, row.id, facts).await
}

/// Suspends a member. Their sessions end, their seats at future events go to others, and they are emailed the
/// reason. They can still sign in, read pages, download their data, and reply to the email. Returns the number
/// of seats that were released.
///
/// # Errors
/// `Refused` when the actor is not an admin, for oneself, and for the last admin. `NotFound` when there is no
/// such member.
pub async fn suspend(store: &Store, actor: &Actor, id: MemberId, reason: &str) -> Result<u32, StoreError> {
    let args = (*actor, id, reason.to_owned());
    store.write(args, |tx, (actor, id, reason)| Box::pin(suspend_in(tx, actor, *id, reason))).await
}

/// Suspends a member inside a verb. Without a reason, which the command line does not have, the member is not
/// emailed.
pub(crate) async fn suspend_in(
    tx: &Tx,
    actor: &Actor,
    id: MemberId,
    reason: &str,
) -> Result<u32, StoreError> {
    let permit = may(actor, ManageMembers)?;
    settings::lock(tx).await?;
    let row = members::load(tx.db(), id).await?;
    if row.role == Role::Suspended.name() {
        return Ok(0);
    }
    change_role(tx, &permit, &row, Role::Suspended, "member.suspend").await?;
    let suspended = suspension::ActiveModel {
        member_id: Set(row.id),
        role_before: Set(row.role.clone()),
        reason: Set(reason.to_owned()),
        by_id: Set(permit.by().map(|by| by.0)),
        since: Set(tx.now()),
    };
    let replace = OnConflict::column(suspension::Column::MemberId)
        .update_columns([
            suspension::Column::RoleBefore,
            suspension::Column::Reason,
            suspension::Column::ById,
            suspension::Column::Since,
        ])
        .to_owned();
    suspension::Entity::insert(suspended).on_conflict(replace).exec_without_returning(tx.db()).await?;
    if let Some(to) = recipient(&row).filter(|_| !reason.is_empty()) {
        let email = Email::from(emails::Suspended { reason: reason.to_owned() });
        outbox::post(tx, Some(id), &to, &email).await?;
    }
    let released = release(tx, id, true).await?;
    refresh_cards_of(tx, id).await?;
    Ok(released)
}

/// Lifts a suspension. The member gets their former role, but not their seats.
///
/// # Errors
/// `Refused` when the actor is not an admin. `NotFound` when there is no such member.
pub async fn lift(store: &Store, actor: &Actor, id: MemberId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let permit = may(actor, ManageMembers)?;
        settings::lock(tx).await?;
        let row = members::load(tx.db(), id).await?;
        if row.role != Role::Suspended.name() {
            return Ok(());
        }
        let suspended = suspension::Entity::find_by_id(id.0).one(tx.db()).await?;
        let before = suspended.as_ref().and_then(|row| row.role_before.parse().ok()).unwrap_or(Role::Member);
        change_role(tx, &permit, &row, before, "member.lift_suspension").await?;
        suspension::Entity::delete_by_id(id.0).exec(tx.db()).await?;
        let was_notified = suspended.is_some_and(|row| !row.reason.is_empty());
        if let Some(to) = recipient(&row).filter(|_| was_notified) {
            outbox::post(tx, Some(id), &to, &Email::from(emails::SuspensionLifted)).await?;
        }
        refresh_cards_of(tx, id).await
    })
}
