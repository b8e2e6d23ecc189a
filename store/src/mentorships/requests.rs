//! Direct requests to a mentor, outside of matching (M25). They count against the mentor's places in the round in which
//! the mentor offers them. An offer to teach somebody is a request with the roles exchanged (M32).

use chrono::Duration;
use domain::{
    Actor, Instant, MemberId, MentorRequestId, MentorshipId, Refusal, Slug,
    emails::{self, Email},
    members::Viewer,
    mentoring::{MentorshipState, ProposalState, RoundState, SignUpRole, SignUpState},
    mentorships::{
        ANSWER_REQUEST_TIME, MAX_OPEN_REQUESTS, MAX_REQUESTS_A_DAY, MentorRequest, RequestKind, RequestState,
    },
    policy::{
        NoRelation, Own,
        mentorships::{AnswerRequest, RequestMentor},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _, SelectStatement},
};

use super::{offers::round_for, pair::corrupt};
use crate::{
    Store, StoreError, audit,
    blocks::between,
    entities::{
        mentor_request, mentoring_programme, mentoring_proposal, mentoring_round, mentoring_sign_up,
        mentorship, profile,
    },
    jobs::{self, Due, Job, Next},
    members,
    mentoring::{
        Participant, check_not_excluded, check_not_paused,
        proposals::{mentorship_of, running_on},
        visibility::rounds_seen_by,
    },
    outbox,
    secrets::new_id,
    write::{Tx, create_key, verb},
};

/// The kind of job that ends requests that nobody answered.
pub const MENTOR_REQUESTS: &str = "mentor_request";

/// A mentor whom the reader can ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedMentor {
    /// Who they are.
    pub person: Participant,
    /// Name of the programme.
    pub programme: String,
    /// Free places.
    pub free: u64,
}

/// A direct request, as one of the two sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestPage {
    /// Its id.
    pub id: MentorRequestId,
    /// Whether somebody asks for a mentor, or offers to be one.
    pub kind: RequestKind,
    /// Whether the reader is the one who answers.
    pub is_recipient: bool,
    /// The other one.
    pub partner: Participant,
    /// What the mentee would like to learn, or could learn.
    pub sentence: String,
    /// Its state.
    pub state: RequestState,
    /// When and where the office hours are.
    pub note: String,
    /// Until when it can be answered.
    pub expires_at: Instant,
    /// The mentorship of an accepted request.
    pub mentorship: Option<MentorshipId>,
}

async fn participant(db: &impl ConnectionTrait, id: MemberId) -> Result<Participant, StoreError> {
    let row = profile::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let name = members::load(db, id).await?.shown_name();
    Ok(Participant { slug: Slug::parse(&row.slug).ok_or(StoreError::NotFound)?, name })
}

/// Rounds in which nobody can be asked.
pub(super) const NOT_RUNNING: [RoundState; 3] =
    [RoundState::Draft, RoundState::Finished, RoundState::Cancelled];

/// The places of a mentor's sign-up that neither a mentorship nor a proposal that waits for an answer takes.
async fn free_places(
    db: &impl ConnectionTrait,
    sign_up: &mentoring_sign_up::Model,
) -> Result<u64, StoreError> {
    let mentor = MemberId(sign_up.member_id);
    let running = running_on(db, mentorship::Column::MentorId, mentor, sign_up.round_id).await?;
    let proposed = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::MentorId.eq(sign_up.id))
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
        .count(db)
        .await?;
    Ok(u64::try_from(sign_up.places).unwrap_or(0).saturating_sub(running + proposed))
}

/// The sign-ups of mentors who are not paused.
fn offering_sign_ups(now: Instant) -> Select<mentoring_sign_up::Entity> {
    mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::Role.eq(SignUpRole::Mentor.name()))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .filter(
            Condition::any()
                .add(mentoring_sign_up::Column::PausedUntil.is_null())
                .add(mentoring_sign_up::Column::PausedUntil.lt(now.date_naive())),
        )
}

/// The ids of the members whom the actor can ask to be a mentor: those for whom [`offered`] finds an offer, apart from
/// blocks and hidden profiles, which lists of people ask for anyway.
pub(crate) fn offering(actor: &Actor, now: Instant) -> SelectStatement {
    let rounds = mentoring_round::Entity::find()
        .select_only()
        .column(mentoring_round::Column::Id)
        .filter(mentoring_round::Column::State.is_not_in(NOT_RUNNING.map(RoundState::name)))
        .filter(rounds_seen_by(actor));
    let of_sign_up = |column| Expr::col((mentoring_sign_up::Entity, column));
    let running = mentorship::Entity::find()
        .select_only()
        .expr(mentorship::Column::Id.count())
        .filter(
            Expr::col((mentorship::Entity, mentorship::Column::MentorId))
                .eq(of_sign_up(mentoring_sign_up::Column::MemberId)),
        )
        .filter(
            Expr::col((mentorship::Entity, mentorship::Column::RoundId))
                .eq(of_sign_up(mentoring_sign_up::Column::RoundId)),
        )
        .filter(mentorship::Column::State.ne(MentorshipState::Ended.name()));
    let proposed = mentoring_proposal::Entity::find()
        .select_only()
        .expr(mentoring_proposal::Column::Id.count())
        .filter(
            Expr::col((mentoring_proposal::Entity, mentoring_proposal::Column::MentorId))
                .eq(of_sign_up(mentoring_sign_up::Column::Id)),
        )
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()));
    let number = |query: SelectStatement| Expr::SubQuery(None, Box::new(query.into()));
    let taken = number(running.into_query()).add(number(proposed.into_query()));
    offering_sign_ups(now)
        .select_only()
        .column(mentoring_sign_up::Column::MemberId)
        .filter(mentoring_sign_up::Column::RoundId.in_subquery(rounds.into_query()))
        .filter(of_sign_up(mentoring_sign_up::Column::Places).gt(taken))
        .into_query()
}

/// The newest offer of a mentor that the actor sees: the sign-up, its round, and the free places.
async fn offer(
    db: &impl ConnectionTrait,
    actor: &Actor,
    mentor: MemberId,
    now: Instant,
) -> Result<Option<(mentoring_sign_up::Model, mentoring_round::Model, u64)>, StoreError> {
    let sign_ups = offering_sign_ups(now)
        .filter(mentoring_sign_up::Column::MemberId.eq(mentor.0))
        .order_by_desc(mentoring_sign_up::Column::Id)
        .all(db)
        .await?;
    for sign_up in sign_ups {
        let round = mentoring_round::Entity::find_by_id(sign_up.round_id)
            .filter(mentoring_round::Column::State.is_not_in(NOT_RUNNING.map(RoundState::name)))
            .filter(rounds_seen_by(actor))
            .one(db)
            .await?;
        let Some(round) = round else { continue };
        let free = free_places(db, &sign_up).await?;
        if free > 0 {
            return Ok(Some((sign_up, round, free)));
        }
    }
    Ok(None)
}

/// The member with this page, if the actor may find them and there is no block between the two.
async fn mentor_at(
    db: &impl ConnectionTrait,
    actor: &Actor,
    me: MemberId,
    slug: &Slug,
) -> Result<MemberId, StoreError> {
    let row = profile::Entity::find()
        .filter(profile::Column::Slug.eq(slug.as_str()))
        .filter(members::findable(profile::Column::MemberId, Viewer::of_others(actor)))
        .one(db)
        .await?;
    let mentor = MemberId(row.ok_or(StoreError::NotFound)?.member_id);
    if mentor == me || between(db, me, mentor).await? {
        return Err(StoreError::NotFound);
    }
    Ok(mentor)
}

/// The mentor with this page, if they have a free place in a programme that the reader sees. `None` otherwise.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn offered(store: &Store, actor: &Actor, slug: &Slug) -> Result<Option<OfferedMentor>, StoreError> {
    let db = store.db();
    let Some(me) = actor.member() else { return Ok(None) };
    if permit(actor, RequestMentor, NoRelation).is_err() {
        return Ok(None);
    }
    let mentor = match mentor_at(db, actor, me, slug).await {
        Ok(mentor) => mentor,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some((_, round, free)) = offer(db, actor, mentor, store.now()).await? else { return Ok(None) };
    let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(db).await?;
    let programme = programme.ok_or(StoreError::NotFound)?.name;
    Ok(Some(OfferedMentor { person: participant(db, mentor).await?, programme, free }))
}

/// Asks a mentor directly. The same `key` asks once.
///
/// # Errors
/// `NotFound` without such a member, `Refused` without a free place, with three open requests, with an open request
/// to this mentor, and for people who were excluded.
pub async fn request_mentor(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    sentence: &str,
    key: &str,
) -> Result<MentorRequestId, StoreError> {
    verb!(store, |tx, actor, slug, sentence, key| {
        let me = permit(actor, RequestMentor, NoRelation)?.by().ok_or(Refusal::NotAllowed)?;
        let mentor = mentor_at(tx.db(), actor, me, slug).await?;
        send(tx, actor, RequestKind::Ask, mentor, sentence, key).await
    })
}

/// Sends a request or an offer to a member whom the actor may find, and with whom there is no block.
pub(super) async fn send(
    tx: &Tx,
    actor: &Actor,
    kind: RequestKind,
    to: MemberId,
    sentence: &str,
    key: &str,
) -> Result<MentorRequestId, StoreError> {
    let permit = permit(actor, RequestMentor, NoRelation)?;
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    // The member's row is the lock behind which open requests are counted.
    let sender = members::lock(tx, me).await?;
    let key = create_key(actor, key);
    if let Some(key) = &key {
        let same = mentor_request::Entity::find().filter(mentor_request::Column::CreateKey.eq(key));
        if let Some(same) = same.one(tx.db()).await? {
            return Ok(MentorRequestId(same.id));
        }
    }
    let round = match kind {
        RequestKind::Ask => {
            let (_, round, _) = offer(tx.db(), actor, to, tx.now()).await?.ok_or(Refusal::MentorFull)?;
            check_not_excluded(tx.db(), round.programme_id, me).await?;
            check_not_paused(tx.db(), round.programme_id, &[me, to]).await?;
            round
        }
        RequestKind::Offer => round_for(tx, actor, me, to).await?,
    };
    let open = || {
        mentor_request::Entity::find()
            .filter(mentor_request::Column::FromId.eq(me.0))
            .filter(mentor_request::Column::State.eq(RequestState::Pending.name()))
    };
    let (mentee, mentor) = sides(kind, me, to);
    if open().filter(mentor_request::Column::ToId.eq(to.0)).count(tx.db()).await? > 0
        || work_together(tx.db(), mentee, mentor).await?
    {
        return Err(Refusal::MentorRequestExists.into());
    }
    if open().count(tx.db()).await? >= MAX_OPEN_REQUESTS {
        let max = i64::try_from(MAX_OPEN_REQUESTS).unwrap_or(i64::MAX);
        return Err(Refusal::TooManyMentorRequests { max }.into());
    }
    // Whoever withdraws and asks again and again runs into this limit.
    let lately = mentor_request::Entity::find()
        .filter(mentor_request::Column::FromId.eq(me.0))
        .filter(mentor_request::Column::RequestedAt.gt(tx.now() - Duration::days(1)));
    if lately.count(tx.db()).await? >= MAX_REQUESTS_A_DAY {
        return Err(Refusal::SlowDown { seconds: 86_400 }.into());
    }
    let (id, expires_at) = (new_id(), tx.now() + ANSWER_REQUEST_TIME);
    let row = mentor_request::ActiveModel {
        id: Set(id),
        round_id: Set(round.id),
        kind: Set(kind.name().to_owned()),
        from_id: Set(me.0),
        to_id: Set(to.0),
        sentence: Set(sentence.to_owned()),
        state: Set(RequestState::Pending.name().to_owned()),
        note: Set(String::new()),
        requested_at: Set(tx.now()),
        expires_at: Set(expires_at),
        settled_at: Set(None),
        create_key: Set(key),
    };
    row.insert(tx.db()).await?;
    let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(tx.db()).await?;
    let email = Email::from(emails::MentorRequested {
        request: MentorRequestId(id),
        partner: sender.shown_name(),
        programme: programme.map(|row| row.name).unwrap_or_default(),
        until: expires_at,
        is_offer: kind == RequestKind::Offer,
    });
    members::post_news(tx, to.0, &email).await?;
    let action = match kind {
        RequestKind::Ask => "mentoring.request",
        RequestKind::Offer => "mentoring.offer",
    };
    audit::record(tx, &permit, action, id).await?;
    Ok(MentorRequestId(id))
}

/// The mentee and the mentor of a request from one member to another.
fn sides(kind: RequestKind, from: MemberId, to: MemberId) -> (MemberId, MemberId) {
    match kind {
        RequestKind::Ask => (from, to),
        RequestKind::Offer => (to, from),
    }
}

fn kind_of(row: &mentor_request::Model) -> Result<RequestKind, StoreError> {
    row.kind.parse().map_err(|()| corrupt(row.id, "kind"))
}

async fn work_together(
    db: &impl ConnectionTrait,
    mentee: MemberId,
    mentor: MemberId,
) -> Result<bool, StoreError> {
    let count = mentorship::Entity::find()
        .filter(mentorship::Column::MenteeId.eq(mentee.0))
        .filter(mentorship::Column::MentorId.eq(mentor.0))
        .filter(mentorship::Column::State.ne(MentorshipState::Ended.name()))
        .count(db)
        .await?;
    Ok(count > 0)
}

fn facts(row: &mentor_request::Model) -> Result<MentorRequest, StoreError> {
    let state = row.state.parse().map_err(|()| corrupt(row.id, "state"))?;
    Ok(MentorRequest { state, expires_at: row.expires_at })
}

/// A direct request, for the two.
///
/// # Errors
/// `NotFound` for everybody else, and after a block between the two.
pub async fn request(store: &Store, actor: &Actor, id: MentorRequestId) -> Result<RequestPage, StoreError> {
    let db = store.db();
    let me = permit(actor, AnswerRequest, Own)?.by().ok_or(Refusal::NotAllowed)?;
    let row = mentor_request::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let other = other_of(&row, me).ok_or(StoreError::NotFound)?;
    if between(db, me, other).await? {
        return Err(StoreError::NotFound);
    }
    let (facts, kind) = (facts(&row)?, kind_of(&row)?);
    let (mentee, mentor) = sides(kind, MemberId(row.from_id), MemberId(row.to_id));
    let mentorship = match facts.state {
        RequestState::Accepted => {
            mentorship::Entity::find()
                .filter(mentorship::Column::MenteeId.eq(mentee.0))
                .filter(mentorship::Column::MentorId.eq(mentor.0))
                .filter(mentorship::Column::RoundId.eq(row.round_id))
                .order_by_desc(mentorship::Column::Id)
                .one(db)
                .await?
        }
        _ => None,
    };
    Ok(RequestPage {
        id,
        kind,
        is_recipient: row.to_id == me.0,
        partner: participant(db, other).await?,
        sentence: row.sentence,
        state: facts.state,
        note: row.note,
        expires_at: row.expires_at,
        mentorship: mentorship.map(|row| MentorshipId(row.id)),
    })
}

fn other_of(row: &mentor_request::Model, me: MemberId) -> Option<MemberId> {
    match me.0 {
        id if id == row.from_id => Some(MemberId(row.to_id)),
        id if id == row.to_id => Some(MemberId(row.from_id)),
        _ => None,
    }
}

/// The pending requests and offers to the reader, each with the name of its sender. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn requests_to_answer(
    store: &Store,
    actor: &Actor,
) -> Result<Vec<(MentorRequestId, RequestKind, String)>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let rows = mentor_request::Entity::find()
        .filter(mentor_request::Column::ToId.eq(me.0))
        .filter(mentor_request::Column::State.eq(RequestState::Pending.name()))
        .filter(mentor_request::Column::ExpiresAt.gt(store.now()))
        .order_by_asc(mentor_request::Column::ExpiresAt)
        .limit(10)
        .all(store.db())
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        if !between(store.db(), me, MemberId(row.from_id)).await? {
            let name = members::load(store.db(), MemberId(row.from_id)).await?.shown_name();
            found.push((MentorRequestId(row.id), kind_of(&row)?, name));
        }
    }
    Ok(found)
}

/// The request behind the locks of the mentee, for whom measures and requests are counted, and of the mentor's sign-up,
/// for which places are counted as for proposals.
async fn locked(tx: &Tx, id: MentorRequestId) -> Result<mentor_request::Model, StoreError> {
    let find = || mentor_request::Entity::find_by_id(id.0).one(tx.db());
    let row = find().await?.ok_or(StoreError::NotFound)?;
    members::lock(tx, MemberId(row.from_id)).await?;
    mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(row.round_id))
        .filter(mentoring_sign_up::Column::MemberId.eq(row.to_id))
        .filter(mentoring_sign_up::Column::Role.eq(SignUpRole::Mentor.name()))
        .lock_exclusive()
        .one(tx.db())
        .await?;
    tx.read_clock();
    find().await?.ok_or(StoreError::NotFound)
}

/// The mentor accepts, declines or invites to office hours, or the mentee withdraws. The same answer again changes
/// nothing. `note` says when and where the office hours are.
///
/// # Errors
/// `NotFound` for everybody else. `Refused` when it is over, or no place is free.
pub async fn settle_request(
    store: &Store,
    actor: &Actor,
    id: MentorRequestId,
    to: RequestState,
    note: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &to, note| {
        let permit = permit(actor, AnswerRequest, Own)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let row = locked(tx, id).await?;
        let (sender, recipient) = (MemberId(row.from_id), MemberId(row.to_id));
        let may = match to {
            RequestState::Accepted | RequestState::Declined => me == recipient,
            RequestState::OfficeHours => me == recipient && kind_of(&row)? == RequestKind::Ask,
            RequestState::Withdrawn => me == sender,
            RequestState::Pending | RequestState::Expired => false,
        };
        if !may || between(tx.db(), sender, recipient).await? {
            return Err(StoreError::NotFound);
        }
        let before = facts(&row)?;
        if before.settle(to, tx.now())? == before {
            return Ok(());
        }
        // A block, which does not wait for the locks, may have ended it a moment before.
        if !save(tx, &row, to, note).await? {
            return Err(Refusal::MentorRequestOver.into());
        }
        if to == RequestState::Accepted {
            begin(tx, &row).await?;
        }
        if to != RequestState::Withdrawn {
            tell(tx, &row, to).await?;
        }
        audit::record(tx, &permit, "mentoring.settle_request", id.0).await
    })
}

/// Begins the mentorship, if both may take part, and after a request if the mentor still offers a free place.
async fn begin(tx: &Tx, row: &mentor_request::Model) -> Result<(), StoreError> {
    let (kind, sender, recipient) = (kind_of(row)?, MemberId(row.from_id), MemberId(row.to_id));
    let (mentee, mentor) = sides(kind, sender, recipient);
    let sign_up = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(row.round_id))
        .filter(mentoring_sign_up::Column::MemberId.eq(mentor.0))
        .filter(mentoring_sign_up::Column::Role.eq(SignUpRole::Mentor.name()))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .one(tx.db())
        .await?;
    let round = mentoring_round::Entity::find_by_id(row.round_id)
        .filter(mentoring_round::Column::State.is_not_in(NOT_RUNNING.map(RoundState::name)))
        .one(tx.db())
        .await?;
    let round = round.ok_or(Refusal::MentorRequestOver)?;
    if kind == RequestKind::Ask && sign_up.is_none() {
        return Err(Refusal::MentorRequestOver.into());
    }
    check_not_excluded(tx.db(), round.programme_id, recipient).await?;
    // The recipient does not learn that the sender is excluded.
    match check_not_excluded(tx.db(), round.programme_id, sender).await {
        Err(StoreError::Refused(_)) => return Err(Refusal::PausedInProgramme.into()),
        checked => checked?,
    }
    check_not_paused(tx.db(), round.programme_id, &[mentee, mentor]).await?;
    if work_together(tx.db(), mentee, mentor).await? {
        return Err(Refusal::MentorRequestExists.into());
    }
    // Somebody who offers to teach need not have signed up as a mentor, and chose to take one more mentee.
    if kind == RequestKind::Ask
        && let Some(sign_up) = sign_up
        && free_places(tx.db(), &sign_up).await? == 0
    {
        return Err(Refusal::MentorFull.into());
    }
    mentorship_of(tx, &round, None, (mentee, mentor)).await?;
    Ok(())
}

/// Saves an answer, if the request is still pending. Returns whether it was.
async fn save(
    tx: &Tx,
    row: &mentor_request::Model,
    to: RequestState,
    note: &str,
) -> Result<bool, StoreError> {
    let note = if to == RequestState::OfficeHours { note } else { "" };
    let saved = mentor_request::Entity::update_many()
        .col_expr(mentor_request::Column::State, Expr::value(to.name()))
        .col_expr(mentor_request::Column::Note, Expr::value(note))
        .col_expr(mentor_request::Column::SettledAt, Expr::value(tx.now()))
        .filter(mentor_request::Column::Id.eq(row.id))
        .filter(mentor_request::Column::State.eq(RequestState::Pending.name()))
        .exec(tx.db())
        .await?;
    Ok(saved.rows_affected > 0)
}

/// Ends the pending requests between two members, because one blocked the other. Nobody is told.
pub(crate) async fn withdraw_between(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    let from_to = |from: MemberId, to: MemberId| {
        Condition::all()
            .add(mentor_request::Column::FromId.eq(from.0))
            .add(mentor_request::Column::ToId.eq(to.0))
    };
    mentor_request::Entity::update_many()
        .col_expr(mentor_request::Column::State, Expr::value(RequestState::Withdrawn.name()))
        .col_expr(mentor_request::Column::SettledAt, Expr::value(tx.now()))
        .filter(mentor_request::Column::State.eq(RequestState::Pending.name()))
        .filter(Condition::any().add(from_to(one, other)).add(from_to(other, one)))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Tells the sender about the answer.
async fn tell(tx: &Tx, row: &mentor_request::Model, answer: RequestState) -> Result<(), StoreError> {
    let sender = members::load(tx.db(), MemberId(row.from_id)).await?;
    let Some(to) = members::recipient(&sender) else { return Ok(()) };
    let partner = members::load(tx.db(), MemberId(row.to_id)).await?.shown_name();
    let (request, is_offer) = (MentorRequestId(row.id), kind_of(row)? == RequestKind::Offer);
    let email = Email::from(emails::MentorRequestAnswered { request, partner, answer, is_offer });
    outbox::post(tx, Some(MemberId(sender.id)), &to, &email).await
}

/// The requests that nobody answered in time.
pub(crate) async fn due_requests(store: Store) -> Result<Due, StoreError> {
    let pending = || {
        mentor_request::Entity::find()
            .filter(mentor_request::Column::State.eq(RequestState::Pending.name()))
            .order_by_asc(mentor_request::Column::ExpiresAt)
    };
    let subjects = pending()
        .select_only()
        .column(mentor_request::Column::Id)
        .filter(mentor_request::Column::ExpiresAt.lte(store.now()))
        .filter(mentor_request::Column::Id.not_in_subquery(jobs::taken(MENTOR_REQUESTS)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = pending().filter(mentor_request::Column::ExpiresAt.gt(store.now())).one(store.db()).await?;
    Ok(Due { subjects, next: next.map(|row| row.expires_at) })
}

/// Ends a request that nobody answered in time.
pub(crate) async fn run_request(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = MentorRequestId(job.subject()?);
    store.write(id, |tx, id| Box::pin(expire(tx, *id))).await?;
    Ok(Next::Done)
}

async fn expire(tx: &Tx, id: MentorRequestId) -> Result<(), StoreError> {
    let row = match locked(tx, id).await {
        Ok(row) => row,
        // One of the two was erased.
        Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    if facts(&row)?.state != RequestState::Pending || row.expires_at > tx.now() {
        return Ok(());
    }
    if !save(tx, &row, RequestState::Expired, "").await? {
        return Ok(());
    }
    tell(tx, &row, RequestState::Expired).await
}
