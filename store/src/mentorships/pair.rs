//! The one door to a mentorship: its two people, and nobody else.

use domain::{
    Actor, MemberId, MentorshipId,
    emails::{Email, Recipient},
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{Outcome, Term, other_side},
    policy::mentorships::PairRelation,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::{
    StoreError,
    blocks::between,
    entities::{member, mentoring_programme, mentorship},
    members, outbox,
    write::Tx,
};

/// A mentorship with its two people, as one of them sees it.
pub(super) struct Pair {
    pub(super) row: mentorship::Model,
    /// The side of the actor.
    pub(super) side: SignUpRole,
    pub(super) mentee: Option<member::Model>,
    pub(super) mentor: Option<member::Model>,
    pub(super) programme: mentoring_programme::Model,
}

impl Pair {
    pub(super) fn id(&self) -> MentorshipId {
        MentorshipId(self.row.id)
    }

    pub(super) fn state(&self) -> Result<MentorshipState, StoreError> {
        state_of(&self.row)
    }

    pub(super) fn of(&self, side: SignUpRole) -> Option<&member::Model> {
        match side {
            SignUpRole::Mentee => self.mentee.as_ref(),
            SignUpRole::Mentor => self.mentor.as_ref(),
        }
    }

    /// The member on a side. `None` after they were erased.
    pub(super) fn member(&self, side: SignUpRole) -> Option<MemberId> {
        self.of(side).map(|row| MemberId(row.id))
    }

    /// The name of the member on a side. Empty after they were erased.
    pub(super) fn name(&self, side: SignUpRole) -> String {
        self.of(side).map(|row| row.clone().shown_name()).unwrap_or_default()
    }

    /// The name of the other one.
    pub(super) fn partner(&self) -> String {
        self.name(other_side(self.side))
    }

    pub(super) fn recipient(&self, side: SignUpRole) -> Option<Recipient> {
        self.of(side).and_then(members::recipient)
    }

    /// Posts an email to one of the two. Nothing happens when they have no address.
    pub(super) async fn post(&self, tx: &Tx, to: SignUpRole, email: &Email) -> Result<(), StoreError> {
        let Some(recipient) = self.recipient(to) else { return Ok(()) };
        outbox::post(tx, self.member(to), &recipient, email).await
    }
}

/// The state of a row.
pub(super) fn state_of(row: &mentorship::Model) -> Result<MentorshipState, StoreError> {
    row.state.parse().map_err(|()| corrupt(row.id, "state"))
}

/// How the mentorship of a row ended.
pub(super) fn outcome_of(row: &mentorship::Model) -> Option<Outcome> {
    row.outcome.as_ref().and_then(|name| name.parse().ok())
}

/// The term of a row.
pub(super) fn term_of(row: &mentorship::Model) -> Term {
    Term { started_at: row.started_at, ends_on: row.ends_on }
}

pub(super) fn corrupt(id: Uuid, what: &str) -> StoreError {
    StoreError::Corrupt(format!("mentorship {id}: unreadable {what}"))
}

/// The pair with the side of this member. `NotFound` for everybody else, and after a block between the two.
pub(super) async fn pair_of(
    db: &impl ConnectionTrait,
    me: MemberId,
    row: mentorship::Model,
) -> Result<(Pair, PairRelation), StoreError> {
    let side = match (row.mentee_id, row.mentor_id) {
        (Some(id), _) if id == me.0 => SignUpRole::Mentee,
        (_, Some(id)) if id == me.0 => SignUpRole::Mentor,
        _ => return Err(StoreError::NotFound),
    };
    if let (Some(mentee), Some(mentor)) = (row.mentee_id, row.mentor_id)
        && between(db, MemberId(mentee), MemberId(mentor)).await?
    {
        return Err(StoreError::NotFound);
    }
    Ok((whole(db, row, side).await?, PairRelation::OneOfTwo))
}

/// The pair as one side sees it, whatever is between the two.
pub(super) async fn whole(
    db: &impl ConnectionTrait,
    row: mentorship::Model,
    side: SignUpRole,
) -> Result<Pair, StoreError> {
    let ids = [row.mentee_id, row.mentor_id].into_iter().flatten();
    let people = member::Entity::find().filter(member::Column::Id.is_in(ids)).all(db).await?;
    let find = |id: Option<Uuid>| people.iter().find(|person| Some(person.id) == id).cloned();
    let (mentee, mentor) = (find(row.mentee_id), find(row.mentor_id));
    let programme = mentoring_programme::Entity::find_by_id(row.programme_id).one(db).await?;
    let programme = programme.ok_or(StoreError::NotFound)?;
    Ok(Pair { row, side, mentee, mentor, programme })
}

/// A mentorship of the actor, to read.
pub(super) async fn seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: MentorshipId,
) -> Result<(Pair, PairRelation), StoreError> {
    let me = actor.member().ok_or(domain::Refusal::SignInFirst)?;
    let row = mentorship::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    pair_of(db, me, row).await
}

/// A mentorship of the actor behind its lock. Everything that changes a mentorship takes this lock.
pub(super) async fn locked(
    tx: &Tx,
    actor: &Actor,
    id: MentorshipId,
) -> Result<(Pair, PairRelation), StoreError> {
    let me = actor.member().ok_or(domain::Refusal::SignInFirst)?;
    let row = lock(tx, id.0).await?.ok_or(StoreError::NotFound)?;
    pair_of(tx.db(), me, row).await
}

/// The row of a mentorship, locked.
pub(super) async fn lock(tx: &Tx, id: Uuid) -> Result<Option<mentorship::Model>, StoreError> {
    let row = mentorship::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    Ok(row)
}
