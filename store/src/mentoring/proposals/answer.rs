//! Answering a proposal. The mentor's sign-up is the lock behind which places are counted (M11).

use domain::{
    Actor, MemberId, MentorshipId, ProposalId, Refusal,
    emails::{self, Email, EndedBecause},
    mentoring::{Answer, MentorshipState, ProposalAnswers, ProposalState, SignUpRole, SignUpState},
    mentorships::NUDGE_AFTER,
    policy::{Own, Permit, mentoring::AnswerProposal, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::settle::{Both, both, come_first, end, set_missed, tell_ended, withdraw};
use crate::{
    Store, StoreError, audit,
    blocks::between,
    entities::{member, mentoring_proposal, mentoring_round, mentoring_sign_up, mentorship},
    members,
    mentoring::check_not_paused,
    outbox,
    secrets::new_id,
    write::{Tx, verb},
};

/// The shortest term, for pairs that begin when their round is nearly over.
const MIN_TERM: chrono::Duration = chrono::Duration::weeks(4);

/// What an answer led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The other one has not answered yet.
    Waiting,
    /// Both accepted, and the mentorship has begun.
    Started,
    /// It was declined.
    Declined,
    /// Both accepted, but the mentor's last place or the mentee was taken in the meantime.
    TooLate,
}

/// Answers a proposal. Giving the same answer again changes nothing.
///
/// # Errors
/// `NotFound` when the proposal is to somebody else. `Refused` when it is over.
pub async fn answer(
    store: &Store,
    actor: &Actor,
    id: ProposalId,
    answer: Answer,
) -> Result<Answered, StoreError> {
    verb!(store, |tx, actor, &id, &answer| { answer_in(tx, actor, id, None, answer).await })
}

/// Answers a proposal with the link in an email, for the person on that side.
///
/// # Errors
/// `NotFound` without such a proposal. `Refused` when it is over.
pub async fn answer_by_link(
    store: &Store,
    id: ProposalId,
    side: SignUpRole,
    answer: Answer,
) -> Result<Answered, StoreError> {
    verb!(store, |tx, &id, &side, &answer| {
        let actor = holder(tx.db(), id, side).await?;
        answer_in(tx, &actor, id, Some(side), answer).await
    })
}

/// The person on one side of a proposal, as an actor without a session.
pub(super) async fn holder(
    db: &impl ConnectionTrait,
    id: ProposalId,
    side: SignUpRole,
) -> Result<Actor, StoreError> {
    let row = mentoring_proposal::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let sign_up = match side {
        SignUpRole::Mentee => row.mentee_id,
        SignUpRole::Mentor => row.mentor_id,
    };
    let found = mentoring_sign_up::Entity::find_by_id(sign_up)
        .find_also_related(member::Entity)
        .one(db)
        .await?
        .and_then(|(_, member)| member);
    members::as_actor(found.ok_or(StoreError::NotFound)?)
}

async fn answer_in(
    tx: &Tx,
    actor: &Actor,
    id: ProposalId,
    side: Option<SignUpRole>,
    answer: Answer,
) -> Result<Answered, StoreError> {
    let permit = permit(actor, AnswerProposal, Own)?;
    let row = locked(tx, id).await?;
    let both = both(tx.db(), &row).await?;
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    let side = side.or_else(|| side_of(&both, me)).ok_or(StoreError::NotFound)?;
    if both.of(side).member_id() != me {
        return Err(StoreError::NotFound);
    }
    // A block ends everything between two people.
    if between(tx.db(), both.mentee.member_id(), both.mentor.member_id()).await? {
        return Err(StoreError::NotFound);
    }
    // Who has left the round can't begin a mentorship in it.
    let is_there = |side| both.of(side).sign_up.state == SignUpState::Submitted.name();
    if !SignUpRole::ALL.iter().all(|side| is_there(*side)) {
        return Err(Refusal::ProposalOver.into());
    }
    let before = answers(&row)?;
    if answer == Answer::Accept && before.of(side) != Some(Answer::Accept) {
        let round = mentoring_round::Entity::find_by_id(row.round_id).one(tx.db()).await?;
        let programme = round.ok_or(StoreError::NotFound)?.programme_id;
        check_not_paused(tx.db(), programme, &[both.mentee.member_id(), both.mentor.member_id()]).await?;
    }
    let after = before.answer(side, answer, is_free(tx, &row, &both).await?, tx.now())?;
    if after != before {
        save(tx, &permit, &row, &both, side, after).await?;
    }
    Ok(match after.state {
        ProposalState::Accepted => Answered::Started,
        ProposalState::Declined => Answered::Declined,
        ProposalState::Withdrawn => Answered::TooLate,
        ProposalState::Pending | ProposalState::Expired => Answered::Waiting,
    })
}

/// The proposal, behind the locks of both sign-ups: the mentor's, because its places are counted, and then the
/// mentee's. Publishing, blocking and leaving do not take them. So whoever changes a proposal says that it has
/// to be pending.
pub(super) async fn locked(tx: &Tx, id: ProposalId) -> Result<mentoring_proposal::Model, StoreError> {
    let find = || mentoring_proposal::Entity::find_by_id(id.0).one(tx.db());
    let row = find().await?.ok_or(StoreError::NotFound)?;
    for sign_up in [row.mentor_id, row.mentee_id] {
        mentoring_sign_up::Entity::find_by_id(sign_up).lock_exclusive().one(tx.db()).await?;
    }
    tx.read_clock();
    // Read again, because waiting for the lock took time.
    find().await?.ok_or(StoreError::NotFound)
}

/// The side of a member in a proposal.
pub(super) fn side_of(both: &Both, me: MemberId) -> Option<SignUpRole> {
    SignUpRole::ALL.iter().copied().find(|side| both.of(*side).member_id() == me)
}

/// The answers of a row.
pub(super) fn answers(row: &mentoring_proposal::Model) -> Result<ProposalAnswers, StoreError> {
    let corrupt = || StoreError::Corrupt(format!("proposal {}: unreadable", row.id));
    let read = |answer: &Option<String>| answer.as_ref().map(|name| name.parse().map_err(|()| corrupt()));
    Ok(ProposalAnswers {
        state: row.state.parse().map_err(|()| corrupt())?,
        mentee: read(&row.mentee_answer).transpose()?,
        mentor: read(&row.mentor_answer).transpose()?,
        proposed_at: row.proposed_at,
        expires_at: row.expires_at,
    })
}

/// The mentorships of a member in a round that have not ended, on one side. Those of direct requests count too.
pub(crate) async fn running_on(
    db: &impl ConnectionTrait,
    column: mentorship::Column,
    member: MemberId,
    round: Uuid,
) -> Result<u64, StoreError> {
    let count = mentorship::Entity::find()
        .filter(column.eq(member.0))
        .filter(mentorship::Column::RoundId.eq(round))
        .filter(mentorship::Column::State.ne(MentorshipState::Ended.name()))
        .count(db);
    Ok(count.await?)
}

/// The free places of the mentor, counted from the mentorships behind the lock.
async fn free_places(tx: &Tx, both: &Both) -> Result<u64, StoreError> {
    let sign_up = &both.mentor.sign_up;
    let taken =
        running_on(tx.db(), mentorship::Column::MentorId, both.mentor.member_id(), sign_up.round_id).await?;
    Ok(u64::try_from(both.mentor.sign_up.places).unwrap_or(0).saturating_sub(taken))
}

/// Whether the mentor has a free place, and the mentee no mentor.
async fn is_free(tx: &Tx, row: &mentoring_proposal::Model, both: &Both) -> Result<bool, StoreError> {
    let mentee = both.mentee.member_id();
    let has_mentor = running_on(tx.db(), mentorship::Column::MenteeId, mentee, row.round_id).await? > 0;
    Ok(!has_mentor && free_places(tx, both).await? > 0)
}

/// Saves an answer with everything that follows from it.
async fn save(
    tx: &Tx,
    permit: &Permit<AnswerProposal>,
    row: &mentoring_proposal::Model,
    both: &Both,
    side: SignUpRole,
    after: ProposalAnswers,
) -> Result<(), StoreError> {
    use mentoring_proposal::Column;
    let (answer, answered_at) = match side {
        SignUpRole::Mentee => (Column::MenteeAnswer, Column::MenteeAnsweredAt),
        SignUpRole::Mentor => (Column::MentorAnswer, Column::MentorAnsweredAt),
    };
    let answered = mentoring_proposal::Entity::update_many()
        .col_expr(answer, Expr::value(after.of(side).map(Answer::name)))
        .col_expr(answered_at, Expr::value(tx.now()))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(ProposalState::Pending.name()))
        .exec(tx.db())
        .await?;
    // A block, or a new draft, took it back a moment before.
    if answered.rows_affected == 0 {
        return Err(Refusal::ProposalOver.into());
    }
    set_missed(tx, both.of(side).sign_up.id, 0).await?;
    match after.state {
        ProposalState::Pending | ProposalState::Expired => {}
        ProposalState::Accepted => begin(tx, permit, row, both).await?,
        ProposalState::Declined => {
            end(tx, row, ProposalState::Declined).await?;
            come_first(tx, row.mentee_id).await?;
            tell_ended(tx, both, super::settle::other(side), EndedBecause::NotWanted).await?;
        }
        ProposalState::Withdrawn => {
            end(tx, row, ProposalState::Withdrawn).await?;
            come_first(tx, row.mentee_id).await?;
            // The one who answers reads it on the page.
            tell_ended(tx, both, super::settle::other(side), EndedBecause::Full).await?;
        }
    }
    let action = match after.of(side) {
        Some(Answer::Decline) => "mentoring.decline",
        Some(Answer::Accept) | None => "mentoring.accept",
    };
    audit::record(tx, permit, action, row.id).await
}

/// Begins the mentorship. Both get each other's contact details (M10).
async fn begin(
    tx: &Tx,
    _permit: &Permit<AnswerProposal>,
    row: &mentoring_proposal::Model,
    both: &Both,
) -> Result<(), StoreError> {
    end(tx, row, ProposalState::Accepted).await?;
    let round = mentoring_round::Entity::find_by_id(row.round_id).one(tx.db()).await?;
    let round = round.ok_or(StoreError::NotFound)?;
    let people = (both.mentee.member_id(), both.mentor.member_id());
    let mentorship = mentorship_of(tx, &round, Some(row.id), people).await?;
    let first =
        mentoring_sign_up::ActiveModel { id: Set(row.mentee_id), is_first: Set(false), ..Default::default() };
    first.update(tx.db()).await?;
    for side in SignUpRole::ALL {
        let (person, partner) = (both.of(*side), both.partner_of(*side));
        let Some(to) = person.recipient() else { continue };
        let email = Email::from(emails::MentorshipStarted {
            mentorship,
            programme: both.programme.clone(),
            partner: partner.name(),
            address: partner.member.address.clone().unwrap_or_default(),
            is_mentee: *side == SignUpRole::Mentee,
        });
        outbox::post(tx, Some(person.member_id()), &to, &email).await?;
    }
    if free_places(tx, both).await? == 0 {
        close(tx, row).await?;
    }
    Ok(())
}

/// Begins a mentorship in a round: of an accepted proposal, or of a direct request to the mentor. It lasts as long as
/// the round, and four weeks at least.
pub(crate) async fn mentorship_of(
    tx: &Tx,
    round: &mentoring_round::Model,
    proposal: Option<Uuid>,
    (mentee, mentor): (MemberId, MemberId),
) -> Result<MentorshipId, StoreError> {
    let id = new_id();
    let mentorship = mentorship::ActiveModel {
        id: Set(id),
        programme_id: Set(round.programme_id),
        round_id: Set(Some(round.id)),
        proposal_id: Set(proposal),
        mentee_id: Set(Some(mentee.0)),
        mentor_id: Set(Some(mentor.0)),
        state: Set(MentorshipState::Active.name().to_owned()),
        started_at: Set(tx.now()),
        ends_on: Set(round.ends_on.max(tx.now().date_naive() + MIN_TERM)),
        // Its job looks at it on the day of the first nudge.
        due_at: Set(Some(tx.now() + NUDGE_AFTER)),
        ..Default::default()
    };
    mentorship.insert(tx.db()).await?;
    Ok(MentorshipId(id))
}

/// Takes back the other pending proposals of a mentor who has no place left.
async fn close(tx: &Tx, taken: &mentoring_proposal::Model) -> Result<(), StoreError> {
    let others = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::MentorId.eq(taken.mentor_id))
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
        .filter(mentoring_proposal::Column::Id.ne(taken.id))
        .order_by_asc(mentoring_proposal::Column::Id)
        .all(tx.db())
        .await?;
    for row in others {
        withdraw(tx, &row, EndedBecause::Full).await?;
    }
    Ok(())
}
