//! Inviting members who teach a topic to become mentors in a round.

use domain::{
    Actor, MemberId, Refusal, Slug,
    emails::{self, Email, Mailing},
    members::{Level, Part, Viewer},
    mentoring::{SignUpRole, SignUpWindow},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use super::{rounds::lock_round, rows::window};
use crate::{
    Store, StoreError, audit,
    blocks::hidden_from,
    entities::{
        group_member, member, member_topic, mentoring_invitation, mentoring_programme, mentoring_sign_up,
        profile, topic,
    },
    members::{self, findable, shows},
    outbox,
    write::{Tx, verb},
};

/// The most members who are invited with one click.
const MAX_INVITED: u64 = 50;

/// Invites members whose profile says that they teach a topic, and who are not mentors in the round yet. Nobody is
/// invited to a round twice. Returns how many were invited. Members who turned such emails off count too, because
/// the coordinator must not learn who did.
///
/// # Errors
/// `Refused` when the actor does not coordinate the round or it takes no sign-ups, `Invalid` for an unknown topic.
pub async fn invite(store: &Store, actor: &Actor, slug: &Slug, topic: &Slug) -> Result<u32, StoreError> {
    verb!(store, |tx, actor, slug, topic| {
        let (round, permit) = lock_round(tx, actor, slug).await?;
        if window(&round, tx.now())? != SignUpWindow::Open {
            return Err(Refusal::MentoringNotOpen.into());
        }
        let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(tx.db()).await?;
        let programme = programme.ok_or(StoreError::NotFound)?;
        let topic = topic::Entity::find().filter(topic::Column::Slug.eq(topic.as_str())).one(tx.db()).await?;
        let topic = topic.ok_or(StoreError::NotFound)?;
        let people = teachers(tx, actor, round.id, &programme, topic.id).await?;
        for person in &people {
            let row = mentoring_invitation::ActiveModel {
                round_id: Set(round.id),
                member_id: Set(person.id),
                by_id: Set(permit.by().map(|by| by.0)),
                invited_at: Set(tx.now()),
            };
            mentoring_invitation::Entity::insert(row).exec_without_returning(tx.db()).await?;
            let Some(to) = members::recipient(person) else { continue };
            let id = MemberId(person.id);
            let email = Email::from(emails::MentorWanted {
                programme: programme.name.clone(),
                round: super::rows::slug(&round.slug, round.id)?,
                topic: topic.name.clone(),
                closes_at: round.sign_up_closes_at,
                mailing: Mailing { member: id, group: None },
            });
            outbox::post(tx, Some(id), &to, &email).await?;
        }
        audit::record(tx, &permit, "mentoring.invite", round.id).await?;
        Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
    })
}

/// Members who show that they teach the topic, may sign up, and were neither invited nor signed up as mentors.
async fn teachers(
    tx: &Tx,
    actor: &Actor,
    round: Uuid,
    programme: &mentoring_programme::Model,
    topic: Uuid,
) -> Result<Vec<member::Model>, StoreError> {
    let teaching = member_topic::Entity::find()
        .select_only()
        .column(member_topic::Column::MemberId)
        .filter(member_topic::Column::TopicId.eq(topic))
        .filter(member_topic::Column::Level.eq(Level::Teaching.name()))
        .into_query();
    let visible = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .filter(shows(Part::Topics, Viewer::Member))
        .into_query();
    let known: [SelectStatement; 2] = [
        mentoring_invitation::Entity::find()
            .select_only()
            .column(mentoring_invitation::Column::MemberId)
            .filter(mentoring_invitation::Column::RoundId.eq(round))
            .into_query(),
        mentoring_sign_up::Entity::find()
            .select_only()
            .column(mentoring_sign_up::Column::MemberId)
            .filter(mentoring_sign_up::Column::RoundId.eq(round))
            .filter(mentoring_sign_up::Column::Role.eq(SignUpRole::Mentor.name()))
            .into_query(),
    ];
    let in_group = programme.group_id.map(|group| {
        let members = group_member::Entity::find()
            .select_only()
            .column(group_member::Column::MemberId)
            .filter(group_member::Column::GroupId.eq(group));
        member::Column::Id.in_subquery(members.into_query())
    });
    let [invited, signed_up] = known;
    let people = member::Entity::find()
        .filter(member::Column::Id.in_subquery(teaching))
        .filter(member::Column::Id.in_subquery(visible))
        .filter(findable(member::Column::Id, Viewer::Member))
        .filter(member::Column::Id.not_in_subquery(invited))
        .filter(member::Column::Id.not_in_subquery(signed_up))
        .filter(hidden_from(actor, Expr::col((member::Entity, member::Column::Id))))
        .filter(sea_orm::Condition::all().add_option(in_group))
        .order_by_asc(member::Column::Id)
        .limit(MAX_INVITED)
        .all(tx.db())
        .await?;
    Ok(people)
}
