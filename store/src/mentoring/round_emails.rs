//! Emails of coordinators to people of a round, by what they have not done yet (M29). Each is held for a few minutes, in
//! which it can be cancelled. A coordinator learns how many people get it. This file selects nothing that a pair
//! writes.

use std::collections::HashSet;

use domain::{
    Actor, Instant, MemberId, Refusal, RoundEmailId, Slug,
    emails::{self, Email, Mailing},
    mentoring::{
        MentorshipState, ProposalState, ROUND_EMAIL_DELAY, ROUND_EMAIL_EVERY, RoundAudience, RoundEmailState,
    },
    mentorships::{MeetingState, SILENT_AFTER},
    policy::{mentoring::CoordinateRound, permit},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait as _},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    rounds::lock_round,
    visibility::{relation, seen_round},
};
use crate::{
    Store, StoreError, audit,
    blocks::hidden,
    entities::{
        member, mentoring_programme, mentoring_proposal, mentoring_round, mentoring_round_email,
        mentoring_sign_up, mentorship, mentorship_meeting,
    },
    jobs::{self, Due, Job, Next},
    members, outbox,
    secrets::new_id,
    write::{Tx, create_key, verb},
};

/// The kind of job that sends an email to people of a round.
pub const ROUND_EMAIL: &str = "round_email";
/// The most emails that are listed.
const MAX_LISTED: u64 = 20;

/// An email to people of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundEmailRow {
    /// Its id, for the form that cancels it.
    pub id: RoundEmailId,
    /// Who gets it.
    pub audience: RoundAudience,
    /// The text.
    pub text: String,
    /// Whether it waits, was sent or was cancelled.
    pub state: RoundEmailState,
    /// When it is sent.
    pub due_at: Instant,
    /// How many people it is for.
    pub people: u32,
}

/// What the page of these emails shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundEmails {
    /// Name of the round.
    pub round: String,
    /// How many people are in each audience.
    pub counts: Vec<(RoundAudience, u64)>,
    /// The latest emails, the newest first.
    pub emails: Vec<RoundEmailRow>,
}

/// The people of an audience, without suspended members.
fn people(round: Uuid, audience: RoundAudience, now: Instant) -> Select<member::Entity> {
    let is_in = match audience {
        RoundAudience::Invited => has_not_answered(round),
        RoundAudience::NoMeeting => in_pair(of_round(round).filter(met(None).not())),
        RoundAudience::Silent => {
            in_pair(of_round(round).filter(met(None)).filter(met(Some(now - SILENT_AFTER)).not()))
        }
    };
    member::Entity::find().filter(is_in).filter(member::Column::Id.not_in_subquery(members::suspended()))
}

/// A pending proposal waits for the answer of the member.
fn has_not_answered(round: Uuid) -> Condition {
    let waits_for = |sign_up: mentoring_proposal::Column, answer: mentoring_proposal::Column| {
        mentoring_proposal::Entity::find()
            .select_only()
            .column(sign_up)
            .filter(mentoring_proposal::Column::RoundId.eq(round))
            .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
            .filter(answer.is_null())
            .into_query()
    };
    let mentee = waits_for(mentoring_proposal::Column::MenteeId, mentoring_proposal::Column::MenteeAnswer);
    let mentor = waits_for(mentoring_proposal::Column::MentorId, mentoring_proposal::Column::MentorAnswer);
    let sign_up = mentoring_sign_up::Column::Id;
    let of = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::MemberId)
        .filter(Condition::any().add(sign_up.in_subquery(mentee)).add(sign_up.in_subquery(mentor)));
    Condition::all().add(member::Column::Id.in_subquery(of.into_query()))
}

/// The active pairs of a round.
fn of_round(round: Uuid) -> Select<mentorship::Entity> {
    mentorship::Entity::find()
        .filter(mentorship::Column::RoundId.eq(round))
        .filter(mentorship::Column::State.eq(MentorshipState::Active.name()))
}

/// Whether a pair has a held or planned meeting, which started after `since`. With `NOT IN`, PostgreSQL would compare each
/// pair with all meetings once they are too many for its memory.
fn met(since: Option<Instant>) -> Expr {
    let of_pair = Expr::col((mentorship_meeting::Entity, mentorship_meeting::Column::MentorshipId))
        .equals((mentorship::Entity, mentorship::Column::Id));
    let meetings = mentorship_meeting::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(of_pair)
        .filter(mentorship_meeting::Column::State.eq(MeetingState::Agreed.name()))
        .apply_if(since, |find, since| find.filter(mentorship_meeting::Column::StartsAt.gt(since)));
    Expr::exists(meetings.into_query())
}

/// The member is one of the two people of these pairs. After one was erased, the id of their side is missing.
fn in_pair(pairs: Select<mentorship::Entity>) -> Condition {
    let side = |side: mentorship::Column| {
        let ids = pairs.clone().select_only().column(side).filter(side.is_not_null());
        member::Column::Id.in_subquery(ids.into_query())
    };
    Condition::any().add(side(mentorship::Column::MenteeId)).add(side(mentorship::Column::MentorId))
}

/// The audiences of a round and the emails to them, for a coordinator.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. `Refused` for everybody but coordinators.
pub async fn round_emails(store: &Store, actor: &Actor, slug: &Slug) -> Result<RoundEmails, StoreError> {
    let db = store.db();
    let (round, programme) = seen_round(db, actor, slug).await?;
    let _permit = permit(actor, CoordinateRound, relation(db, actor, programme.id).await?)?;
    let mut counts = Vec::with_capacity(RoundAudience::ALL.len());
    for audience in RoundAudience::ALL {
        counts.push((*audience, people(round.id, *audience, store.now()).count(db).await?));
    }
    let rows = mentoring_round_email::Entity::find()
        .filter(mentoring_round_email::Column::RoundId.eq(round.id))
        .order_by_desc(mentoring_round_email::Column::DueAt)
        .limit(MAX_LISTED)
        .all(db)
        .await?;
    let emails = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok(RoundEmails { round: round.name, counts, emails })
}

fn read(row: mentoring_round_email::Model) -> Result<RoundEmailRow, StoreError> {
    let corrupt = |()| StoreError::Corrupt(format!("round email {}: unreadable", row.id));
    Ok(RoundEmailRow {
        id: RoundEmailId(row.id),
        audience: row.audience.parse().map_err(corrupt)?,
        state: row.state.parse().map_err(corrupt)?,
        text: row.text,
        due_at: row.due_at,
        people: u32::try_from(row.people).unwrap_or(0),
    })
}

/// Writes to an audience. The email is held for five minutes. The same `key` writes once.
///
/// # Errors
/// `Refused` for everybody but coordinators, for an empty audience, and for an audience that got an email in the last
/// day.
pub async fn write_to_round(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    audience: RoundAudience,
    text: &str,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &audience, text, key| {
        let (round, permit) = lock_round(tx, actor, slug).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same = mentoring_round_email::Entity::find()
                .filter(mentoring_round_email::Column::CreateKey.eq(key));
            if same.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        let recent = mentoring_round_email::Entity::find()
            .filter(mentoring_round_email::Column::RoundId.eq(round.id))
            .filter(mentoring_round_email::Column::Audience.eq(audience.name()))
            .filter(mentoring_round_email::Column::State.ne(RoundEmailState::Cancelled.name()))
            .filter(mentoring_round_email::Column::DueAt.gt(tx.now() - ROUND_EMAIL_EVERY))
            .count(tx.db())
            .await?;
        if recent > 0 {
            return Err(Refusal::RoundEmailToday.into());
        }
        let count = people(round.id, audience, tx.now()).count(tx.db()).await?;
        if count == 0 {
            return Err(Refusal::NobodyToEmail.into());
        }
        let id = new_id();
        let row = mentoring_round_email::ActiveModel {
            id: Set(id),
            round_id: Set(round.id),
            by_id: Set(permit.by().map(|by| by.0)),
            audience: Set(audience.name().to_owned()),
            text: Set(text.clone()),
            state: Set(RoundEmailState::Held.name().to_owned()),
            due_at: Set(tx.now() + ROUND_EMAIL_DELAY),
            people: Set(i32::try_from(count).unwrap_or(i32::MAX)),
            create_key: Set(key),
        };
        row.insert(tx.db()).await?;
        audit::record(tx, &permit, "mentoring.email_round", id).await
    })
}

/// Cancels an email that is held. Cancelling it again changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent emails. `Refused` for everybody but coordinators, and when it was sent.
pub async fn cancel_round_email(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RoundEmailId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id| {
        let (round, permit) = lock_round(tx, actor, slug).await?;
        let row = mentoring_round_email::Entity::find_by_id(id.0)
            .filter(mentoring_round_email::Column::RoundId.eq(round.id))
            .one(tx.db())
            .await?;
        match read(row.ok_or(StoreError::NotFound)?)?.state {
            RoundEmailState::Cancelled => return Ok(()),
            RoundEmailState::Sent => return Err(Refusal::RoundEmailSent.into()),
            RoundEmailState::Held => {}
        }
        set_state(tx, id.0, RoundEmailState::Cancelled).await?;
        audit::record(tx, &permit, "mentoring.cancel_round_email", id.0).await
    })
}

async fn set_state(tx: &Tx, id: Uuid, state: RoundEmailState) -> Result<(), StoreError> {
    let change = mentoring_round_email::ActiveModel {
        id: Set(id),
        state: Set(state.name().to_owned()),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// The held emails whose time has come.
pub(crate) async fn due_round_emails(store: Store) -> Result<Due, StoreError> {
    let held = || {
        mentoring_round_email::Entity::find()
            .filter(mentoring_round_email::Column::State.eq(RoundEmailState::Held.name()))
            .order_by_asc(mentoring_round_email::Column::DueAt)
    };
    let subjects = held()
        .select_only()
        .column(mentoring_round_email::Column::Id)
        .filter(mentoring_round_email::Column::DueAt.lte(store.now()))
        .filter(mentoring_round_email::Column::Id.not_in_subquery(jobs::taken(ROUND_EMAIL)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = held().filter(mentoring_round_email::Column::DueAt.gt(store.now())).one(store.db()).await?;
    Ok(Due { subjects, next: next.map(|row| row.due_at) })
}

/// How far an email has come. People who have answered or met by then no longer get it.
#[derive(Debug, Serialize, Deserialize)]
struct Position {
    total: u64,
    done: u64,
    after: Uuid,
}

/// Sends the next batch of an email to people of a round.
pub(crate) async fn run_round_email(store: Store, job: Job) -> Result<Next, StoreError> {
    store.write(job, |tx, job| Box::pin(send(tx, job))).await
}

async fn send(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let Some(row) = mentoring_round_email::Entity::find_by_id(job.subject()?).one(tx.db()).await? else {
        return Ok(Next::Done);
    };
    // The lock of the round, behind which a coordinator cancels it.
    let round = mentoring_round::Entity::find_by_id(row.round_id).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let round = round.ok_or(StoreError::NotFound)?;
    let row = mentoring_round_email::Entity::find_by_id(row.id).one(tx.db()).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let known = read(row.clone())?;
    let mut position = match serde_json::from_value::<Option<Position>>(job.payload.clone())? {
        Some(position) => position,
        None if known.state != RoundEmailState::Held => return Ok(Next::Done),
        None => {
            set_state(tx, row.id, RoundEmailState::Sent).await?;
            Position { total: 0, done: 0, after: Uuid::nil() }
        }
    };
    let everybody = people(round.id, known.audience, tx.now());
    if position.done == 0 {
        position.total = everybody.clone().count(tx.db()).await?;
    }
    let next = everybody
        .filter(member::Column::Id.gt(position.after))
        .order_by_asc(member::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    // Members in a block with the author get no email but are counted, so that the count doesn't reveal the block (F3).
    let hidden = match row.by_id {
        Some(by) => hidden(tx.db(), MemberId(by)).await?,
        None => HashSet::new(),
    };
    let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(tx.db()).await?;
    let programme = programme.ok_or(StoreError::NotFound)?.name;
    let from = match row.by_id {
        Some(by) => members::load(tx.db(), MemberId(by)).await?.shown_name(),
        None => String::new(),
    };
    let round = Slug::parse(&round.slug).ok_or(StoreError::NotFound)?;
    let is_end = (next.len() as u64) < jobs::BATCH;
    for member in next {
        position = Position { done: position.done + 1, after: member.id, ..position };
        if !hidden.contains(&MemberId(member.id)) {
            post(tx, &member, &round, &programme, &from, &row.text).await?;
        }
    }
    let (done, total) = (position.done, position.total);
    jobs::checkpoint(tx, job, &serde_json::to_value(&position)?, done, Some(total)).await?;
    Ok(if is_end { Next::Done } else { Next::More })
}

/// Posts it to one person, unless a coordinator wrote to them in the last day.
async fn post(
    tx: &Tx,
    member: &member::Model,
    round: &Slug,
    programme: &str,
    from: &str,
    text: &str,
) -> Result<(), StoreError> {
    let Some(to) = members::recipient(member) else { return Ok(()) };
    let member = MemberId(member.id);
    let email = Email::from(emails::RoundEmail {
        mailing: Mailing { member, group: None },
        round: round.clone(),
        programme: programme.to_owned(),
        from: from.to_owned(),
        message: text.to_owned(),
    });
    if outbox::notified(tx, member, &email, ROUND_EMAIL_EVERY).await? > 0 {
        return Ok(());
    }
    outbox::post(tx, Some(member), &to, &email).await
}
