//! Which emails members want and how (C8, C9). Used in one place: [`crate::outbox::post`].

use domain::{
    Actor, GroupId, MemberId, Problem, Refusal,
    emails::{Delivery, Email, EmailCategory, EmailPreference, EmailPreferences, GroupFacts},
    notifications::NotificationPreference,
    policy::{Own, members::EditProfile, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    entities::{email_preference, group, group_member, muted_notification},
    groups, members,
    secrets::new_id,
    write::{Tx, verb},
};

/// How an email reaches its recipient. Recipients without an account have no preferences and get it now.
pub(crate) async fn delivery(
    tx: &Tx,
    member: Option<MemberId>,
    email: &Email,
) -> Result<Delivery, StoreError> {
    let (Some(member), true) = (member, email.category().is_optional()) else { return Ok(Delivery::Now) };
    let group = email.mailing().and_then(|mailing| Some(mailing.group.as_ref()?.id));
    Ok(preferences(tx.db(), member).await?.delivery(email.category(), group))
}

/// Whether a member wants a notification of this category (C14). Those that are not optional are always written.
pub(crate) async fn wants_notification(
    tx: &Tx,
    member: MemberId,
    category: EmailCategory,
) -> Result<bool, StoreError> {
    if !category.is_optional() {
        return Ok(true);
    }
    let key = (member.0, category.name().to_owned());
    Ok(muted_notification::Entity::find_by_id(key).one(tx.db()).await?.is_none())
}

/// The preferences of a member.
pub(crate) async fn preferences(
    db: &impl ConnectionTrait,
    member: MemberId,
) -> Result<EmailPreferences, StoreError> {
    let rows = email_preference::Entity::find()
        .filter(email_preference::Column::MemberId.eq(member.0))
        .all(db)
        .await?;
    // Rows of a category that no longer exists are ignored.
    let preference = |row: email_preference::Model| {
        Some((row.category.parse().ok()?, row.group_id.map(GroupId), row.delivery.parse().ok()?))
    };
    Ok(EmailPreferences::new(rows.into_iter().filter_map(preference).collect()))
}

/// Everything that the page of a member's email preferences shows.
#[derive(Clone, Debug)]
pub struct OwnPreferences {
    /// Delivery per category and group, where the member chose one.
    pub preferences: EmailPreferences,
    /// Their groups and other groups with a preference, by name.
    pub groups: Vec<GroupFacts>,
    /// The categories of which they want no notifications.
    pub muted: Vec<EmailCategory>,
}

/// The actor's own email preferences.
///
/// # Errors
/// `Refused` when the actor isn't signed in or is suspended.
pub async fn mine(store: &Store, actor: &Actor) -> Result<OwnPreferences, StoreError> {
    let _permit = permit(actor, EditProfile, Own)?;
    let member = actor.member().ok_or(StoreError::NotFound)?;
    let muted = muted_notification::Entity::find()
        .filter(muted_notification::Column::MemberId.eq(member.0))
        .all(store.db())
        .await?;
    Ok(OwnPreferences {
        preferences: preferences(store.db(), member).await?,
        groups: own_groups(store.db(), actor, member).await?,
        // Rows of a category that no longer exists are ignored.
        muted: muted.iter().filter_map(|row| row.category.parse().ok()).collect(),
    })
}

/// The member's groups and other groups with a preference, if they may still see them.
async fn own_groups(
    db: &impl ConnectionTrait,
    actor: &Actor,
    member: MemberId,
) -> Result<Vec<GroupFacts>, StoreError> {
    let joined = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.eq(member.0))
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let chosen = email_preference::Entity::find()
        .select_only()
        .column(email_preference::Column::GroupId)
        .filter(email_preference::Column::MemberId.eq(member.0))
        .filter(email_preference::Column::GroupId.is_not_null())
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let rows = group::Entity::find()
        .filter(group::Column::Id.is_in(joined.into_iter().chain(chosen)))
        .filter(groups::seen_by(actor))
        .order_by_asc(group::Column::Name)
        .order_by_asc(group::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(groups::facts).collect()
}

/// What an email says about a group. `None` when there is no group. Only for emails to members of the group.
pub(crate) async fn group_of(
    db: &impl ConnectionTrait,
    id: Option<Uuid>,
) -> Result<Option<GroupFacts>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    group::Entity::find_by_id(id).one(db).await?.as_ref().map(groups::facts).transpose()
}

/// Saves some of the actor's own preferences. Others stay as they are.
///
/// # Errors
/// `Refused` when the actor isn't signed in or is suspended, `Invalid` when a choice names a group that isn't
/// listed for them.
pub async fn save(store: &Store, actor: &Actor, choices: Vec<EmailPreference>) -> Result<(), StoreError> {
    save_all(store, actor, choices, Vec::new()).await
}

/// Like [`save`], with choices of notifications (C14).
///
/// # Errors
/// The same.
pub async fn save_all(
    store: &Store,
    actor: &Actor,
    choices: Vec<EmailPreference>,
    notifications: Vec<NotificationPreference>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, choices, notifications| {
        let permit = permit(actor, EditProfile, Own)?;
        let member = actor.member().ok_or(StoreError::NotFound)?;
        // Locking the member serialises two forms that are saved at once.
        members::lock(tx, member).await?;
        let own_groups = own_groups(tx.db(), actor, member).await?;
        for preference in choices {
            let group = match &preference.group {
                None => None,
                Some(slug) => match own_groups.iter().find(|group| group.slug == *slug) {
                    Some(group) => Some(group.id),
                    None => {
                        let problem = Problem { field: "choices".into(), why: Refusal::BadChoice };
                        return Err(StoreError::Invalid(vec![problem]));
                    }
                },
            };
            choose(tx, member, preference.category, group, preference.delivery).await?;
        }
        for preference in notifications {
            mute(tx, member, *preference).await?;
        }
        audit::record(tx, &permit, "member.email_preferences", member.0).await
    })
}

/// Saves whether a member wants notifications of a category.
async fn mute(tx: &Tx, member: MemberId, preference: NotificationPreference) -> Result<(), StoreError> {
    let category = preference.category.name().to_owned();
    muted_notification::Entity::delete_by_id((member.0, category.clone())).exec(tx.db()).await?;
    if !preference.is_on {
        let row = muted_notification::ActiveModel { member_id: Set(member.0), category: Set(category) };
        muted_notification::Entity::insert(row).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Saves one preference. `None` deletes it, so that the default applies.
async fn choose(
    tx: &Tx,
    member: MemberId,
    category: EmailCategory,
    group: Option<GroupId>,
    delivery: Option<Delivery>,
) -> Result<(), StoreError> {
    let group = group.map(|group| group.0);
    email_preference::Entity::delete_many()
        .filter(email_preference::Column::MemberId.eq(member.0))
        .filter(email_preference::Column::Category.eq(category.name()))
        .filter(match group {
            Some(group) => email_preference::Column::GroupId.eq(group),
            None => email_preference::Column::GroupId.is_null(),
        })
        .exec(tx.db())
        .await?;
    if let Some(delivery) = delivery {
        let row = email_preference::ActiveModel {
            id: Set(new_id()),
            member_id: Set(member.0),
            category: Set(category.name().to_owned()),
            group_id: Set(group),
            delivery: Set(delivery.name().to_owned()),
        };
        row.insert(tx.db()).await?;
    }
    Ok(())
}

/// What an unsubscribe link is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Name of the group, if the link is about one.
    pub group: Option<String>,
    /// How these emails are delivered now.
    pub delivery: Delivery,
}

/// What an unsubscribe link is about. The signed link replaces signing in.
///
/// # Errors
/// `NotFound` when the member is deleted, and for hidden and absent groups.
pub async fn subscription(
    store: &Store,
    member: MemberId,
    group: Option<GroupId>,
    category: EmailCategory,
) -> Result<Subscription, StoreError> {
    let actor = members::as_actor(members::load(store.db(), member).await?)?;
    let group_name = match group {
        Some(group) => Some(visible_group(store.db(), &actor, group).await?.name),
        None => None,
    };
    let delivery = preferences(store.db(), member).await?.delivery(category, group);
    Ok(Subscription { group: group_name, delivery })
}

/// A group that a member may see now. An old link must not show the current name of a private group to someone
/// who left it.
async fn visible_group(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: GroupId,
) -> Result<group::Model, StoreError> {
    let found = group::Entity::find_by_id(id.0).filter(groups::seen_by(actor)).one(db).await?;
    found.ok_or(StoreError::NotFound)
}

/// Sets how the emails behind a signed link are delivered, and returns how they were before. The signed link
/// replaces signing in, for this setting only (C8).
///
/// # Errors
/// `NotFound` when the member is deleted, and for hidden and absent groups. `Invalid` when the category doesn't
/// allow this delivery.
pub async fn subscribe(
    store: &Store,
    member: MemberId,
    group: Option<GroupId>,
    category: EmailCategory,
    delivery: Delivery,
) -> Result<Delivery, StoreError> {
    store
        .write((member, group, category, delivery), |tx, args| {
            Box::pin(async move {
                let (member, group, category, delivery) = *args;
                if !category.is_optional() || !category.choices().contains(&delivery) {
                    let problem = Problem { field: "choices".into(), why: Refusal::BadChoice };
                    return Err(StoreError::Invalid(vec![problem]));
                }
                let actor = members::as_actor(members::lock(tx, member).await?)?;
                if let Some(group) = group {
                    visible_group(tx.db(), &actor, group).await?;
                }
                let before = preferences(tx.db(), member).await?.delivery(category, group);
                if before != delivery {
                    choose(tx, member, category, group, Some(delivery)).await?;
                    audit::record_by(tx, Some(member), "member.email_preferences", Some(member.0)).await?;
                }
                Ok(before)
            })
        })
        .await
}
