//! What members want to get by mail, and how (C8, C9). Asked in one place: [`crate::outbox::post`].

use domain::{
    Actor, GroupId, MemberId, Problem, Refusal,
    emails::{Delivery, Email, EmailCategory, EmailPreference, EmailPreferences, GroupFacts},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    entities::{email_preference, group, group_member},
    groups, members,
    write::Tx,
};

/// How a letter is to reach its recipient. Who has no account has chosen nothing.
pub(crate) async fn delivery(
    tx: &Tx,
    member: Option<MemberId>,
    email: &Email,
) -> Result<Delivery, StoreError> {
    let (Some(member), true) = (member, email.category().is_optional()) else { return Ok(Delivery::Now) };
    let group = email.mailing().and_then(|mailing| Some(mailing.group.as_ref()?.id));
    Ok(preferences(tx.db(), member).await?.delivery(email.category(), group))
}

/// What a member has chosen.
pub(crate) async fn preferences(
    db: &impl ConnectionTrait,
    member: MemberId,
) -> Result<EmailPreferences, StoreError> {
    let rows = email_preference::Entity::find()
        .filter(email_preference::Column::MemberId.eq(member.0))
        .all(db)
        .await?;
    let group = |id: Uuid| (!id.is_nil()).then_some(GroupId(id));
    // A topic that is no more is nobody's wish.
    let read = |row: email_preference::Model| {
        Some((row.category.parse().ok()?, group(row.group_id), row.delivery.parse().ok()?))
    };
    Ok(EmailPreferences::new(rows.into_iter().filter_map(read).collect()))
}

/// Everything the page of a member's mails shows.
#[derive(Clone, Debug)]
pub struct Mine {
    /// What they have chosen.
    pub preferences: EmailPreferences,
    /// Their groups, and those they have chosen something for, by name.
    pub groups: Vec<GroupFacts>,
}

/// What the actor has chosen.
///
/// # Errors
/// `Refused` when nobody is signed in or the member is suspended.
pub async fn mine(store: &Store, actor: &Actor) -> Result<Mine, StoreError> {
    let _permit = permit(actor, Action::EditProfile, Relation::Own)?;
    let member = actor.member().ok_or(StoreError::NotFound)?;
    Ok(Mine {
        preferences: preferences(store.db(), member).await?,
        groups: groups(store.db(), actor, member).await?,
    })
}

/// The member's groups and those that they have chosen something for, as far as they may still see them.
async fn groups(
    db: &impl ConnectionTrait,
    actor: &Actor,
    member: MemberId,
) -> Result<Vec<GroupFacts>, StoreError> {
    let belongs = group_member::Entity::find()
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
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let rows = group::Entity::find()
        .filter(group::Column::Id.is_in(belongs.into_iter().chain(chosen)))
        .filter(groups::seen_by(actor))
        .order_by_asc(group::Column::Name)
        .order_by_asc(group::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(groups::facts).collect()
}

/// What an email says of the group with an id, if there is one. Only for emails to its members.
pub(crate) async fn group_of(
    db: &impl ConnectionTrait,
    id: Option<Uuid>,
) -> Result<Option<GroupFacts>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    group::Entity::find_by_id(id).one(db).await?.as_ref().map(groups::facts).transpose()
}

/// Saves choices of the actor's own; those that are not named stay as they are.
///
/// # Errors
/// `Refused` when nobody is signed in or the member is suspended, `Invalid` when a choice names a group
/// that is none of theirs.
pub async fn save(store: &Store, actor: &Actor, choices: Vec<EmailPreference>) -> Result<(), StoreError> {
    store.write((*actor, choices), |tx, (actor, choices)| Box::pin(save_in(tx, actor, choices))).await
}

async fn save_in(tx: &Tx, actor: &Actor, choices: &[EmailPreference]) -> Result<(), StoreError> {
    let permit = permit(actor, Action::EditProfile, Relation::Own)?;
    let member = actor.member().ok_or(StoreError::NotFound)?;
    // The member's row is the lock of two forms saved at once.
    members::lock(tx, member).await?;
    let known = groups(tx.db(), actor, member).await?;
    for preference in choices {
        let group = match &preference.group {
            None => None,
            Some(slug) => match known.iter().find(|group| group.slug == *slug) {
                Some(group) => Some(group.id),
                None => {
                    let problem = Problem { field: "choices".into(), why: Refusal::BadChoice };
                    return Err(StoreError::Invalid(vec![problem]));
                }
            },
        };
        choose(tx, member, preference.category, group, preference.delivery).await?;
    }
    audit::record(tx, &permit, "member.email_preferences", member.0).await
}

/// Writes a choice down; none takes back what was chosen.
async fn choose(
    tx: &Tx,
    member: MemberId,
    category: EmailCategory,
    group: Option<GroupId>,
    delivery: Option<Delivery>,
) -> Result<(), StoreError> {
    let key = (member.0, category.name().to_owned(), group.map_or(Uuid::nil(), |group| group.0));
    email_preference::Entity::delete_by_id(key.clone()).exec(tx.db()).await?;
    if let Some(delivery) = delivery {
        let row = email_preference::ActiveModel {
            member_id: Set(key.0),
            category: Set(key.1),
            group_id: Set(key.2),
            delivery: Set(delivery.name().to_owned()),
        };
        row.insert(tx.db()).await?;
    }
    Ok(())
}

/// What a link out of a mail is about: of which group mails come, and how they come now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// What the group is called, if it is about one.
    pub group: Option<String>,
    /// How its mails come now.
    pub delivery: Delivery,
}

/// What a link out of a mail is about. For who holds the signed link; they need not be signed in.
///
/// # Errors
/// `NotFound` when the member is gone, and for absent and hidden groups alike.
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

/// A group as a member may see it now. An old link must not show the present name of a private group to
/// someone who left it.
async fn visible_group(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: GroupId,
) -> Result<group::Model, StoreError> {
    let found = group::Entity::find_by_id(id.0).filter(groups::seen_by(actor)).one(db).await?;
    found.ok_or(StoreError::NotFound)
}

/// Sets how mails come that a signed link is about, and answers with how they came before. Needs no
/// session: the link is the proof, and it is for this alone (C8).
///
/// # Errors
/// `NotFound` when the member is gone, and for absent and hidden groups alike; `Invalid` when such mails cannot come so.
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
