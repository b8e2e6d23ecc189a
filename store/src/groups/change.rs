//! Creating, editing, archiving and reopening groups.

use domain::{
    Actor, Problem, Refusal, Slug,
    groups::{GroupDetails, GroupRole, Visibility},
    policy::{
        NoRelation, Permit,
        groups::{CreateGroup, EditGroup},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    membership::add_member,
    outsiders::{check_no_outsiders, upcoming},
    read::{details_of, vacancies},
    visibility::lock,
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{discipline, event, group, group_invitation, group_request, group_want},
    events, search, secrets,
    write::{DUPLICATE_WINDOW, Tx, create_key, maker_of, verb},
};

/// Creates a group with the actor as organiser. A taken slug gets a suffix. The same `key`, or the same name by
/// the same member within a minute, returns the existing group.
///
/// # Errors
/// `Refused` when the actor may not create groups, `Invalid` when a discipline doesn't exist.
pub async fn create(
    store: &Store,
    actor: &Actor,
    details: GroupDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, details, key| {
        let permit = permit(actor, CreateGroup, NoRelation)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let recent_duplicate = Condition::all()
                .add(group::Column::CreateKey.starts_with(maker_of(key)))
                .add(group::Column::Name.eq(&details.name))
                .add(group::Column::CreatedAt.gt(tx.now() - DUPLICATE_WINDOW));
            let matches = Condition::any().add(group::Column::CreateKey.eq(key)).add(recent_duplicate);
            let existing = group::Entity::find().filter(matches).one(tx.db()).await?;
            if let Some(existing) = existing {
                return Slug::parse(&existing.slug)
                    .ok_or_else(|| StoreError::Corrupt("unreadable slug".into()));
            }
        }
        // Private groups get a random suffix, so that a taken slug reveals nothing. The operator may choose a plain
        // slug all the same.
        let hidden = details.visibility == Visibility::Private && *actor != Actor::Operator;
        let mut slug =
            if hidden { details.slug.with_suffix(&secrets::suffix()) } else { details.slug.clone() };
        while group::Entity::find().filter(group::Column::Slug.eq(slug.as_str())).count(tx.db()).await? > 0 {
            slug = details.slug.with_suffix(&secrets::suffix());
        }
        let id = insert(tx, &permit, details, &slug, key).await?;
        if let Some(me) = actor.member() {
            add_member(tx, &permit.step(), id, me, GroupRole::Organiser).await?;
        }
        Ok(slug)
    })
}

/// Inserts a new group.
async fn insert(
    tx: &Tx,
    permit: &Permit<CreateGroup>,
    details: &GroupDetails,
    slug: &Slug,
    key: Option<String>,
) -> Result<Uuid, StoreError> {
    let mut row = group::ActiveModel {
        id: Set(secrets::new_id()),
        slug: Set(slug.to_string()),
        created_at: Set(tx.now()),
        version: Set(1),
        archived_at: Set(None),
        create_key: Set(key),
        ..Default::default()
    };
    set_details(&mut row, details);
    let group = row.insert(tx.db()).await?;
    search::group(tx, &group).await?;
    set_wants(tx, group.id, details).await?;
    audit::record(tx, permit, "group.create", group.id).await?;
    Ok(group.id)
}

fn set_details(row: &mut group::ActiveModel, details: &GroupDetails) {
    row.name = Set(details.name.clone());
    row.kind = Set(details.kind.name().to_owned());
    row.purpose = Set(details.purpose.clone());
    row.description = Set(details.description.clone());
    row.visibility = Set(details.visibility.name().to_owned());
    row.joining = Set(details.joining.name().to_owned());
    row.goal = Set(details.charter.goal.clone());
    row.out_of_scope = Set(details.charter.out_of_scope.clone());
    row.ends_on = Set(details.charter.ends_on);
}

async fn set_wants(tx: &Tx, group: Uuid, details: &GroupDetails) -> Result<(), StoreError> {
    group_want::Entity::delete_many().filter(group_want::Column::GroupId.eq(group)).exec(tx.db()).await?;
    for want in &details.charter.wants {
        let discipline =
            discipline::Entity::find().filter(discipline::Column::Slug.eq(want.discipline.as_str()));
        let Some(discipline) = discipline.one(tx.db()).await? else {
            return Err(StoreError::Invalid(vec![Problem {
                field: "wants".into(),
                why: Refusal::BadChoice,
            }]));
        };
        let row = group_want::ActiveModel {
            group_id: Set(group),
            discipline_id: Set(discipline.id),
            wanted: Set(i32::try_from(want.count).unwrap_or(i32::MAX)),
        };
        row.insert(tx.db()).await?;
    }
    Ok(())
}

/// Changes a group's details. The slug stays.
///
/// # Errors
/// `Refused(ChangedMeanwhile)` with the current version when `version` is outdated.
/// `Refused(OutsidersHaveSeats)` when the group would become private while people outside it have seats.
/// `NotFound` for hidden and absent groups.
pub async fn edit(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    details: GroupDetails,
    version: u32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, details, &version| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, EditGroup, group.relation())?;
        if u32::try_from(group.row.version).ok() != Some(version) {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(group.row.version) }.into());
        }
        if details.visibility == Visibility::Private && group.row.visibility != Visibility::Private.name() {
            // Locking the events keeps outsiders from taking a seat until this is decided.
            let upcoming = upcoming(group.row.id, tx.now());
            event::Entity::find()
                .filter(event::Column::Id.in_subquery(upcoming.clone()))
                .order_by_asc(event::Column::Id)
                .lock_exclusive()
                .all(tx.db())
                .await?;
            check_no_outsiders(tx, group.row.id, upcoming).await?;
            events::end_private_cohosting(tx, group.row.id).await?;
        }
        let mut row = group::ActiveModel {
            id: Set(group.row.id),
            version: Set(group.row.version + 1),
            ..Default::default()
        };
        set_details(&mut row, details);
        let before = details_of(&group.row, &vacancies(tx.db(), group.row.id).await?)?;
        let after = GroupDetails { slug: before.slug.clone(), ..details.clone() };
        let form = |details: &GroupDetails| serde_json::to_value(details.to_form(0));
        let changes = Changes::between(form(&before)?, form(&after)?);
        search::group(tx, &row.update(tx.db()).await?).await?;
        set_wants(tx, group.row.id, details).await?;
        audit::record_changes(tx, &permit, "group.edit", group.row.id, changes).await
    })
}

/// Archives a group: nobody can join and it has no new events. Its pages stay readable. Archiving again changes
/// nothing.
///
/// # Errors
/// `Refused(GroupHasEvents)` when it has upcoming published events, `NotFound` for hidden and absent groups.
pub async fn archive(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, EditGroup, group.relation())?;
        if group.row.archived_at.is_some() {
            return Ok(());
        }
        let id = group.row.id;
        let upcoming_events = event::Entity::find()
            .filter(event::Column::Id.in_subquery(upcoming(id, tx.now())))
            .filter(event::Column::Status.eq(domain::events::EventStatus::Published.name()))
            .count(tx.db())
            .await?;
        if upcoming_events > 0 {
            return Err(Refusal::GroupHasEvents.into());
        }
        group_request::Entity::delete_many()
            .filter(group_request::Column::GroupId.eq(id))
            .exec(tx.db())
            .await?;
        group_invitation::Entity::delete_many()
            .filter(group_invitation::Column::GroupId.eq(id))
            .exec(tx.db())
            .await?;
        events::end_all_cohosting(tx, id).await?;
        let row = group::ActiveModel { id: Set(id), archived_at: Set(Some(tx.now())), ..Default::default() };
        row.update(tx.db()).await?;
        audit::record(tx, &permit, "group.archive", id).await
    })
}

/// Reopens an archived group.
///
/// # Errors
/// `Refused` when the actor may not edit the group, `NotFound` for hidden and absent groups.
pub async fn reopen(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let group = lock(tx, actor, slug).await?;
        let permit = permit(actor, EditGroup, group.relation())?;
        let row = group::ActiveModel { id: Set(group.row.id), archived_at: Set(None), ..Default::default() };
        row.update(tx.db()).await?;
        audit::record(tx, &permit, "group.reopen", group.row.id).await
    })
}
