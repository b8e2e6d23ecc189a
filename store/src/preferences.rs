//! What members want to get by mail, and how (C8, C9). Asked in one place: [`crate::outbox::post`].

use domain::{
    Actor, GroupId, MemberId, Problem, Refusal,
    letters::{Delivery, GroupFacts, Letter, Topic, Wish, Wishes},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    Fault, Store, audit,
    entities::{group, group_member, mail_preference},
    groups, members,
    write::Tx,
};

/// How a letter is to reach its recipient. Who has no account has chosen nothing.
pub(crate) async fn delivery(tx: &Tx, member: Option<MemberId>, letter: &Letter) -> Result<Delivery, Fault> {
    let (Some(member), true) = (member, letter.topic().is_optional()) else { return Ok(Delivery::Now) };
    let group = letter.mailing().and_then(|mailing| Some(mailing.group.as_ref()?.id));
    Ok(wishes(tx.db(), member).await?.delivery(letter.topic(), group))
}

/// What a member has chosen.
pub(crate) async fn wishes(db: &impl ConnectionTrait, member: MemberId) -> Result<Wishes, Fault> {
    let rows = mail_preference::Entity::find()
        .filter(mail_preference::Column::MemberId.eq(member.0))
        .all(db)
        .await?;
    let group = |id: Uuid| (!id.is_nil()).then_some(GroupId(id));
    // A topic that is no more is nobody's wish.
    let read = |row: mail_preference::Model| {
        Some((row.topic.parse().ok()?, group(row.group_id), row.delivery.parse().ok()?))
    };
    Ok(Wishes::new(rows.into_iter().filter_map(read).collect()))
}

/// Everything the page of a member's mails shows.
#[derive(Clone, Debug)]
pub struct Mine {
    /// What they have chosen.
    pub wishes: Wishes,
    /// Their groups, and those they have chosen something for, by name.
    pub groups: Vec<GroupFacts>,
}

/// What the actor has chosen.
///
/// # Errors
/// `Refused` when nobody is signed in or the member is suspended.
pub async fn mine(store: &Store, who: &Actor) -> Result<Mine, Fault> {
    let _permit = permit(who, Action::EditProfile, Relation::Own)?;
    let member = who.member().ok_or(Fault::NotFound)?;
    Ok(Mine { wishes: wishes(store.db(), member).await?, groups: groups(store.db(), who, member).await? })
}

/// The member's groups and those that they have chosen something for, as far as they may still see them.
async fn groups(db: &impl ConnectionTrait, who: &Actor, member: MemberId) -> Result<Vec<GroupFacts>, Fault> {
    let belongs = group_member::Entity::find()
        .select_only()
        .column(group_member::Column::GroupId)
        .filter(group_member::Column::MemberId.eq(member.0))
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let chosen = mail_preference::Entity::find()
        .select_only()
        .column(mail_preference::Column::GroupId)
        .filter(mail_preference::Column::MemberId.eq(member.0))
        .into_tuple::<Uuid>()
        .all(db)
        .await?;
    let rows = group::Entity::find()
        .filter(group::Column::Id.is_in(belongs.into_iter().chain(chosen)))
        .filter(groups::seen_by(who))
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
) -> Result<Option<GroupFacts>, Fault> {
    let Some(id) = id else { return Ok(None) };
    group::Entity::find_by_id(id).one(db).await?.as_ref().map(groups::facts).transpose()
}

/// Saves choices of the actor's own; those that are not named stay as they are.
///
/// # Errors
/// `Refused` when nobody is signed in or the member is suspended, `Invalid` when a choice names a group
/// that is none of theirs.
pub async fn save(store: &Store, who: &Actor, choices: Vec<Wish>) -> Result<(), Fault> {
    store.write((*who, choices), |tx, (who, choices)| Box::pin(save_in(tx, who, choices))).await
}

async fn save_in(tx: &Tx, who: &Actor, choices: &[Wish]) -> Result<(), Fault> {
    let permit = permit(who, Action::EditProfile, Relation::Own)?;
    let member = who.member().ok_or(Fault::NotFound)?;
    // The member's row is the lock of two forms saved at once.
    members::lock(tx, member).await?;
    let known = groups(tx.db(), who, member).await?;
    for wish in choices {
        let group = match &wish.group {
            None => None,
            Some(slug) => match known.iter().find(|group| group.slug == *slug) {
                Some(group) => Some(group.id),
                None => {
                    let problem = Problem { field: "choices".into(), why: Refusal::BadChoice };
                    return Err(Fault::Invalid(vec![problem]));
                }
            },
        };
        choose(tx, member, wish.topic, group, wish.delivery).await?;
    }
    audit::note(tx, &permit, "member.mail", member.0).await
}

/// Writes a choice down; none takes back what was chosen.
async fn choose(
    tx: &Tx,
    member: MemberId,
    topic: Topic,
    group: Option<GroupId>,
    delivery: Option<Delivery>,
) -> Result<(), Fault> {
    let key = (member.0, topic.name().to_owned(), group.map_or(Uuid::nil(), |group| group.0));
    mail_preference::Entity::delete_by_id(key.clone()).exec(tx.db()).await?;
    if let Some(delivery) = delivery {
        let row = mail_preference::ActiveModel {
            member_id: Set(key.0),
            topic: Set(key.1),
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
    topic: Topic,
) -> Result<Subscription, Fault> {
    let who = members::as_actor(members::load(store.db(), member).await?)?;
    let group_name = match group {
        Some(group) => Some(visible_group(store.db(), &who, group).await?.name),
        None => None,
    };
    let delivery = wishes(store.db(), member).await?.delivery(topic, group);
    Ok(Subscription { group: group_name, delivery })
}

/// A group as a member may see it now. An old link must not show the present name of a private group to
/// someone who left it.
async fn visible_group(db: &impl ConnectionTrait, who: &Actor, id: GroupId) -> Result<group::Model, Fault> {
    let found = group::Entity::find_by_id(id.0).filter(groups::seen_by(who)).one(db).await?;
    found.ok_or(Fault::NotFound)
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
    topic: Topic,
    delivery: Delivery,
) -> Result<Delivery, Fault> {
    store
        .write((member, group, topic, delivery), |tx, args| {
            Box::pin(async move {
                let (member, group, topic, delivery) = *args;
                if !topic.is_optional() || !topic.choices().contains(&delivery) {
                    let problem = Problem { field: "choices".into(), why: Refusal::BadChoice };
                    return Err(Fault::Invalid(vec![problem]));
                }
                let who = members::as_actor(members::lock(tx, member).await?)?;
                if let Some(group) = group {
                    visible_group(tx.db(), &who, group).await?;
                }
                let before = wishes(tx.db(), member).await?.delivery(topic, group);
                if before != delivery {
                    choose(tx, member, topic, group, Some(delivery)).await?;
                    audit::note_by(tx, Some(member), "member.mail", Some(member.0)).await?;
                }
                Ok(before)
            })
        })
        .await
}
