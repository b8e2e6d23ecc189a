//! Check-ins: short questions to each of the two, answered on the page or by the link in the email (M15, M18). A bad
//! answer is shown to the coordinators, never to the partner.

use domain::{
    Actor, CheckInId, MemberId, Refusal, Slug,
    emails::{self, Email},
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{CheckInKind, Pulse, other_side},
    policy::{Own, Permit, mentoring::AnswerProposal, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _,
};

use super::pair::{Pair, corrupt, lock, pair_of};
use crate::{
    Store, StoreError,
    entities::{member, mentoring_coordinator, mentorship, mentorship_check},
    members, outbox,
    secrets::new_id,
    write::{Tx, verb},
};

/// How long the link in the email works.
const LINK_WORKS: chrono::Duration = chrono::Duration::days(30);

/// A check-in as the one it asks sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedCheckIn {
    /// Its id.
    pub id: CheckInId,
    /// What it asks.
    pub kind: CheckInKind,
    /// Name of the other one.
    pub partner: String,
    /// Whether it was answered. The answer itself is not for whoever holds the link.
    pub is_answered: bool,
    /// Whether it can be answered: the mentorship has not ended, and the question is not too old.
    pub is_open: bool,
}

/// The latest check-in that waits for the reader.
pub(super) async fn waiting(
    db: &impl ConnectionTrait,
    pair: &Pair,
) -> Result<Option<(CheckInId, CheckInKind)>, StoreError> {
    let Some(me) = pair.member(pair.side) else { return Ok(None) };
    let row = mentorship_check::Entity::find()
        .filter(mentorship_check::Column::MentorshipId.eq(pair.row.id))
        .filter(mentorship_check::Column::MemberId.eq(me.0))
        .filter(mentorship_check::Column::Answer.is_null())
        .order_by_desc(mentorship_check::Column::SentAt)
        .one(db)
        .await?;
    Ok(row.and_then(|row| Some((CheckInId(row.id), row.kind.parse().ok()?))))
}

/// A check-in, for the holder of the link in an email.
///
/// # Errors
/// `NotFound` without such a check-in.
pub async fn check_in_by_link(store: &Store, id: CheckInId) -> Result<AskedCheckIn, StoreError> {
    let db = store.db();
    let row = mentorship_check::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let mentorship = mentorship::Entity::find_by_id(row.mentorship_id).one(db).await?;
    let mentorship = mentorship.ok_or(StoreError::NotFound)?;
    let (pair, _) = pair_of(db, MemberId(row.member_id), mentorship).await?;
    Ok(AskedCheckIn {
        id,
        kind: row.kind.parse().map_err(|()| corrupt(row.id, "kind"))?,
        partner: pair.partner(),
        is_answered: row.answer.is_some(),
        is_open: pair.state()? != MentorshipState::Ended && store.now() < row.sent_at + LINK_WORKS,
    })
}

/// Answers a check-in. The same answer again changes nothing.
///
/// # Errors
/// `NotFound` when it asks somebody else. `Refused(CheckInOver)` after the end, or with another answer.
pub async fn answer_check_in(
    store: &Store,
    actor: &Actor,
    id: CheckInId,
    answer: Pulse,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &answer| { answer_in(tx, actor, id, answer).await })
}

/// Answers a check-in with the link in an email.
///
/// # Errors
/// Like [`answer_check_in`], and `Refused(CheckInOver)` 30 days after the email.
pub async fn answer_check_in_by_link(store: &Store, id: CheckInId, answer: Pulse) -> Result<(), StoreError> {
    verb!(store, |tx, &id, &answer| {
        let row = mentorship_check::Entity::find_by_id(id.0).one(tx.db()).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        if tx.now() >= row.sent_at + LINK_WORKS {
            return Err(Refusal::CheckInOver.into());
        }
        let actor = members::as_actor(members::load(tx.db(), MemberId(row.member_id)).await?)?;
        answer_in(tx, &actor, id, answer).await
    })
}

async fn answer_in(tx: &Tx, actor: &Actor, id: CheckInId, answer: Pulse) -> Result<(), StoreError> {
    let permit = permit(actor, AnswerProposal, Own)?;
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    let find = || mentorship_check::Entity::find_by_id(id.0).one(tx.db());
    let mentorship =
        find().await?.filter(|row| row.member_id == me.0).ok_or(StoreError::NotFound)?.mentorship_id;
    let row = lock(tx, mentorship).await?.ok_or(StoreError::NotFound)?;
    let (pair, _) = pair_of(tx.db(), me, row).await?;
    // Read again, because waiting for the lock took time.
    let row = find().await?.ok_or(StoreError::NotFound)?;
    let kind: CheckInKind = row.kind.parse().map_err(|()| corrupt(row.id, "kind"))?;
    if row.answer.as_deref() == Some(answer.name()) {
        return Ok(());
    }
    if row.answer.is_some() || pair.state()? == MentorshipState::Ended || !kind.answers().contains(&answer) {
        return Err(Refusal::CheckInOver.into());
    }
    save_answer(tx, &permit, &row, answer).await?;
    // Pairs that have not connected yet on day 10 are no alarm. Coordinators see the answer on their page.
    let is_alarm = answer == Pulse::Bad && kind != CheckInKind::Connected;
    if is_alarm { alert(tx, &pair, false).await } else { Ok(()) }
}

async fn save_answer(
    tx: &Tx,
    _: &Permit<AnswerProposal>,
    row: &mentorship_check::Model,
    answer: Pulse,
) -> Result<(), StoreError> {
    let change = mentorship_check::ActiveModel {
        id: Set(row.id),
        answer: Set(Some(answer.name().to_owned())),
        answered_at: Set(Some(tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// Asks both of the two.
pub(super) async fn ask(tx: &Tx, pair: &Pair, kind: CheckInKind) -> Result<(), StoreError> {
    for side in SignUpRole::ALL {
        let Some(member) = pair.member(*side) else { continue };
        let id = new_id();
        let row = mentorship_check::ActiveModel {
            id: Set(id),
            mentorship_id: Set(pair.row.id),
            member_id: Set(member.0),
            kind: Set(kind.name().to_owned()),
            sent_at: Set(tx.now()),
            answer: Set(None),
            answered_at: Set(None),
        };
        row.insert(tx.db()).await?;
        let email = Email::from(emails::CheckInAsked {
            check_in: CheckInId(id),
            asks: kind,
            partner: pair.name(other_side(*side)),
        });
        pair.post(tx, *side, &email).await?;
    }
    Ok(())
}

/// Tells the coordinators of the second missed meeting, once.
pub(super) async fn alert_of_missed(tx: &Tx, pair: &Pair, missed: usize) -> Result<(), StoreError> {
    if missed < 2 || pair.row.missed_told_at.is_some() {
        return Ok(());
    }
    let change = mentorship::ActiveModel {
        id: Set(pair.row.id),
        missed_told_at: Set(Some(tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    alert(tx, pair, true).await
}

/// Tells the coordinators that a pair may need help. The email repeats nothing that the two wrote. A coordinator who
/// is one of the two is left out, so that a partner never learns of an answer.
async fn alert(tx: &Tx, pair: &Pair, missed: bool) -> Result<(), StoreError> {
    let coordinators = mentoring_coordinator::Entity::find()
        .filter(mentoring_coordinator::Column::ProgrammeId.eq(pair.row.programme_id))
        .find_also_related(member::Entity)
        .all(tx.db())
        .await?;
    let email = Email::from(emails::PairAlert {
        programme: pair.programme.name.clone(),
        programme_slug: Slug::parse(&pair.programme.slug).ok_or(StoreError::NotFound)?,
        who: pair.name(SignUpRole::Mentee),
        partner: pair.name(SignUpRole::Mentor),
        missed,
    });
    let of_pair = [pair.row.mentee_id, pair.row.mentor_id];
    for (_, coordinator) in coordinators {
        let Some(coordinator) = coordinator.filter(|row| !of_pair.contains(&Some(row.id))) else { continue };
        let Some(to) = members::recipient(&coordinator) else { continue };
        outbox::post(tx, Some(MemberId(coordinator.id)), &to, &email).await?;
    }
    Ok(())
}
