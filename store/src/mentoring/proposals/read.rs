//! A proposal as its two people see it, and the list of proposals to answer.

use domain::{
    Actor, Instant, ProposalId, Refusal, Slug, Zone,
    members::Audience,
    mentoring::{Answer, MenteeParts, ProposalState, ShownParts, SignUpRole},
    policy::{Own, mentoring::AnswerProposal, permit},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    answer::{answers, holder, side_of},
    settle::{Both, both},
    topics::topics_of,
};
use crate::{
    Store, StoreError,
    blocks::between,
    entities::{mentoring_proposal, mentoring_round, mentoring_sign_up, profile},
    mentoring::{people::Participant, run::parts},
};

/// The parts of the score, as one side sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    /// The mentee also sees the part of their own wish.
    ForMentee(MenteeParts),
    /// The mentor sees what everybody may see.
    ForMentor(ShownParts),
}

/// How to reach the other one. Only after both accepted (M10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Their email address.
    pub address: String,
}

/// A proposal as one of its people sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalPage {
    /// Id of the proposal, which is also in the path of its page.
    pub id: ProposalId,
    /// The reader's side.
    pub side: SignUpRole,
    /// Name of the programme.
    pub programme: String,
    /// Name of the round.
    pub round: String,
    /// The first and the last day of the round.
    pub days: (chrono::NaiveDate, chrono::NaiveDate),
    /// Where it is.
    pub state: ProposalState,
    /// The reader's answer.
    pub mine: Option<Answer>,
    /// When it expires.
    pub expires_at: Instant,
    /// The other one.
    pub partner: Participant,
    /// One line about what the other one does. Empty if they show it to nobody.
    pub headline: String,
    /// The other one's time zone.
    pub zone: Zone,
    /// The mentee's goal. The proposed mentor reads it, and the mentee.
    pub goal: String,
    /// The mentee's topics, each with whether the mentor teaches it.
    pub topics: Vec<(String, bool)>,
    /// The parts of the score.
    pub parts: Parts,
    /// The most points that these parts can have.
    pub max_points: u16,
    /// Whole hours a week that both have time.
    pub hours: u32,
    /// How to reach the other one, after both accepted.
    pub contact: Option<Contact>,
}

/// A proposal that waits for the reader's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalToDo {
    /// Id of the proposal.
    pub id: ProposalId,
    /// The reader's side.
    pub side: SignUpRole,
    /// Name of the other one.
    pub partner: String,
    /// When it expires.
    pub expires_at: Instant,
}

/// A proposal, for one of its two people.
///
/// # Errors
/// `NotFound` for everybody else, and `Refused` for visitors.
pub async fn page(store: &Store, actor: &Actor, id: ProposalId) -> Result<ProposalPage, StoreError> {
    let _permit = permit(actor, AnswerProposal, Own)?;
    read(store.db(), actor, id, None).await
}

/// A proposal, for the holder of the link in an email.
///
/// # Errors
/// `NotFound` without such a proposal.
pub async fn by_link(store: &Store, id: ProposalId, side: SignUpRole) -> Result<ProposalPage, StoreError> {
    let actor = holder(store.db(), id, side).await?;
    let _permit = permit(&actor, AnswerProposal, Own)?;
    read(store.db(), &actor, id, Some(side)).await
}

async fn read(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: ProposalId,
    side: Option<SignUpRole>,
) -> Result<ProposalPage, StoreError> {
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let row = mentoring_proposal::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let both = both(db, &row).await?;
    let side = side.or_else(|| side_of(&both, me)).ok_or(StoreError::NotFound)?;
    if between(db, both.mentee.member_id(), both.mentor.member_id()).await? {
        return Err(StoreError::NotFound);
    }
    let round =
        mentoring_round::Entity::find_by_id(row.round_id).one(db).await?.ok_or(StoreError::NotFound)?;
    shown(db, row, &both, round, side).await
}

async fn shown(
    db: &impl ConnectionTrait,
    row: mentoring_proposal::Model,
    both: &Both,
    round: mentoring_round::Model,
    side: SignUpRole,
) -> Result<ProposalPage, StoreError> {
    let answers = answers(&row)?;
    let partner = both.partner_of(side);
    let profile = profile::Entity::find_by_id(partner.member.id).one(db).await?;
    let slug = profile.as_ref().and_then(|profile| Slug::parse(&profile.slug));
    // Only the name is shown against the settings of the profile.
    let is_headline_shown =
        profile.as_ref().is_some_and(|profile| profile.headline_audience != Audience::Me.name());
    let headline = if is_headline_shown { partner.member.headline.clone() } else { String::new() };
    let parts = parts([row.topics_part, row.answers_part, row.hours_part, row.other_part, row.own_wish_part]);
    let weights = both.weights;
    let is_accepted = answers.state == ProposalState::Accepted;
    let is_open = matches!(answers.state, ProposalState::Pending | ProposalState::Accepted);
    // After a proposal was declined or has expired, its mentor can no longer read the goal.
    let may_read_goal = side == SignUpRole::Mentee || is_open;
    Ok(ProposalPage {
        id: ProposalId(row.id),
        side,
        programme: both.programme.clone(),
        round: round.name,
        days: (round.starts_on, round.ends_on),
        state: answers.state,
        mine: answers.of(side),
        expires_at: answers.expires_at,
        partner: Participant { slug: slug.ok_or(StoreError::NotFound)?, name: partner.name() },
        headline,
        zone: partner.sign_up.zone.parse().unwrap_or(Zone::UTC),
        goal: if may_read_goal { both.mentee.sign_up.goal.clone() } else { String::new() },
        topics: topics_of(db, row.mentee_id, row.mentor_id).await?,
        parts: match side {
            SignUpRole::Mentee => Parts::ForMentee(parts),
            SignUpRole::Mentor => Parts::ForMentor(parts.shown()),
        },
        max_points: match side {
            SignUpRole::Mentee => weights.max_for_mentee(),
            SignUpRole::Mentor => weights.max_shown(),
        },
        hours: u32::try_from(row.overlap_hours).unwrap_or(0),
        contact: is_accepted.then(|| Contact { address: partner.member.address.clone().unwrap_or_default() }),
    })
}

/// The pending proposals that wait for the reader's answer, the most urgent first. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn to_do(store: &Store, actor: &Actor) -> Result<Vec<ProposalToDo>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let db = store.db();
    let mine = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::Id)
        .filter(mentoring_sign_up::Column::MemberId.eq(me.0));
    let mine: Vec<Uuid> = mine.into_tuple().all(db).await?;
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let waits = sea_orm::Condition::any()
        .add(
            sea_orm::Condition::all()
                .add(mentoring_proposal::Column::MenteeId.is_in(mine.iter().copied()))
                .add(mentoring_proposal::Column::MenteeAnswer.is_null()),
        )
        .add(
            sea_orm::Condition::all()
                .add(mentoring_proposal::Column::MentorId.is_in(mine))
                .add(mentoring_proposal::Column::MentorAnswer.is_null()),
        );
    let rows = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
        .filter(mentoring_proposal::Column::ExpiresAt.gt(store.now()))
        .filter(waits)
        .order_by_asc(mentoring_proposal::Column::ExpiresAt)
        .order_by_asc(mentoring_proposal::Column::Id)
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let both = both(db, &row).await?;
        let Some(side) = side_of(&both, me) else { continue };
        if between(db, both.mentee.member_id(), both.mentor.member_id()).await? {
            continue;
        }
        let partner = both.partner_of(side).name();
        found.push(ProposalToDo { id: ProposalId(row.id), side, partner, expires_at: row.expires_at });
    }
    Ok(found)
}
