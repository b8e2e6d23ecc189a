//! What coordinators do about people who break the rules: warn, pause, exclude, and decide appeals (M20). Every step is
//! in the audit log.

use domain::{
    Actor, Instant, MeasureId, MemberId, Refusal, Slug,
    emails::{self, Email, PairEvent},
    mentoring::MentorshipState,
    mentorships::{ChangedBy, MeasureKind, PairChange, other_side},
    policy::{
        Own, Permit,
        mentorships::{AppealMeasure, TakeMeasures},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    finish::news,
    leave::{end, of_member, running, save_step, side_in},
    pair::{corrupt, state_of, whole},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{member, mentoring_measure, mentoring_programme, mentorship, profile},
    members,
    mentoring::{
        Participant, people_of,
        visibility::{relation, seen_programme},
        withdraw_all,
    },
    outbox,
    secrets::new_id,
    speed_rounds,
    write::{Tx, verb},
};

/// A measure, as its person or a coordinator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its id.
    pub id: MeasureId,
    /// Name of the programme, and the slug of its page.
    pub programme: (Slug, String),
    /// The person.
    pub person: Participant,
    /// What it is.
    pub kind: MeasureKind,
    /// The coordinator's reason.
    pub reason: String,
    /// When it was taken.
    pub taken_at: Instant,
    /// The person's appeal.
    pub appeal: Option<String>,
    /// Whether it was lifted.
    pub is_lifted: bool,
    /// Whether the appeal was decided, or it was lifted.
    pub is_decided: bool,
    /// Whether the reader is the person.
    pub is_own: bool,
}

/// The person of a programme with this page: they signed up there, or have a mentorship there.
async fn person(
    db: &impl ConnectionTrait,
    programme: Uuid,
    slug: &Slug,
) -> Result<member::Model, StoreError> {
    let profile = profile::Entity::find().filter(profile::Column::Slug.eq(slug.as_str())).one(db).await?;
    let id = profile.ok_or(StoreError::NotFound)?.member_id;
    let in_pair = mentorship::Entity::find()
        .filter(mentorship::Column::ProgrammeId.eq(programme))
        .filter(
            sea_orm::Condition::any()
                .add(mentorship::Column::MenteeId.eq(id))
                .add(mentorship::Column::MentorId.eq(id)),
        )
        .one(db)
        .await?;
    if in_pair.is_none() && !people_of(db, programme).await?.contains(&id) {
        return Err(StoreError::NotFound);
    }
    members::load(db, MemberId(id)).await
}

/// The name of a person of a programme, for the form that takes a measure.
///
/// # Errors
/// `NotFound` for people who take no part. `Refused` for everybody but coordinators.
pub async fn person_of(
    store: &Store,
    actor: &Actor,
    programme: &Slug,
    slug: &Slug,
) -> Result<(String, String), StoreError> {
    let db = store.db();
    let programme = seen_programme(db, actor, programme).await?;
    let _permit = permit(actor, TakeMeasures, relation(db, actor, programme.id).await?)?;
    Ok((programme.name.clone(), person(db, programme.id, slug).await?.shown_name()))
}

/// Warns, pauses or excludes a person of a programme. They are told why, and can appeal. Pausing or excluding somebody
/// again changes nothing until the first measure is lifted.
///
/// # Errors
/// `NotFound` for people who take no part. `Refused` for everybody but coordinators, and for a coordinator about
/// themselves and their own mentors and mentees.
pub async fn take_measure(
    store: &Store,
    actor: &Actor,
    programme: &Slug,
    slug: &Slug,
    kind: MeasureKind,
    reason: &str,
) -> Result<MeasureId, StoreError> {
    verb!(store, |tx, actor, programme, slug, &kind, reason| {
        let programme = seen_programme(tx.db(), actor, programme).await?;
        let permit = permit(actor, TakeMeasures, relation(tx.db(), actor, programme.id).await?)?;
        let person = person(tx.db(), programme.id, slug).await?;
        let member = MemberId(person.id);
        refuse_own_pair(tx, &permit, programme.id, member).await?;
        // The member's row is the lock behind which a second click finds the first one's measure.
        members::lock(tx, member).await?;
        tx.read_clock();
        let same = mentoring_measure::Entity::find()
            .filter(mentoring_measure::Column::ProgrammeId.eq(programme.id))
            .filter(mentoring_measure::Column::MemberId.eq(member.0))
            .filter(mentoring_measure::Column::Kind.eq(kind.name()))
            .filter(mentoring_measure::Column::LiftedAt.is_null());
        // There can be several warnings, each with its own reason.
        let same = match kind {
            MeasureKind::Warn => same.filter(mentoring_measure::Column::Reason.eq(reason)),
            MeasureKind::Pause | MeasureKind::Exclude => same,
        };
        if let Some(same) = same.one(tx.db()).await? {
            return Ok(MeasureId(same.id));
        }
        let id = new_id();
        let row = mentoring_measure::ActiveModel {
            id: Set(id),
            programme_id: Set(programme.id),
            member_id: Set(member.0),
            kind: Set(kind.name().to_owned()),
            reason: Set(reason.clone()),
            by_id: Set(permit.by().map(|by| by.0)),
            taken_at: Set(tx.now()),
            appeal: Set(None),
            appealed_at: Set(None),
            decided_at: Set(None),
            decided_by_id: Set(None),
            lifted_at: Set(None),
        };
        row.insert(tx.db()).await?;
        apply(tx, &permit, programme.id, member, kind).await?;
        tell(tx, &programme.name, &person, id, (kind, reason, None)).await?;
        let about = Changes::default().and("kind", "", kind.name()).about("member", member.0);
        audit::record_changes(tx, &permit, "mentoring.measure", id, about).await?;
        Ok(MeasureId(id))
    })
}

/// Refuses coordinators who would decide about themselves, or about somebody they have had a mentorship with in the
/// programme.
async fn refuse_own_pair(
    tx: &Tx,
    permit: &Permit<TakeMeasures>,
    programme: Uuid,
    person: MemberId,
) -> Result<(), StoreError> {
    let Some(by) = permit.by() else { return Ok(()) };
    let together = mentorship::Entity::find()
        .filter(mentorship::Column::ProgrammeId.eq(programme))
        .filter(of_member(by))
        .filter(of_member(person));
    if by == person || together.count(tx.db()).await? > 0 {
        return Err(Refusal::MeasureOwnPair.into());
    }
    Ok(())
}

/// Carries a measure out in the person's mentorships of the programme.
async fn apply(
    tx: &Tx,
    _: &Permit<TakeMeasures>,
    programme: Uuid,
    member: MemberId,
    kind: MeasureKind,
) -> Result<(), StoreError> {
    if kind == MeasureKind::Warn {
        return Ok(());
    }
    // First, so that a request or a proposal that is answered meanwhile either fails or has begun.
    if kind == MeasureKind::Exclude {
        withdraw_all(tx, programme, member).await?;
        speed_rounds::withdraw_all(tx, programme, member).await?;
    }
    for row in running(tx, member).await?.into_iter().filter(|row| row.programme_id == programme) {
        let partner = other_side(side_in(&row, member));
        match kind {
            MeasureKind::Exclude => {
                end(tx, row, ChangedBy::Coordinator, domain::mentoring::SignUpRole::ALL).await?;
            }
            MeasureKind::Pause if state_of(&row)? == MentorshipState::Active => {
                let step = MentorshipState::Active.step(PairChange::Pause, ChangedBy::Coordinator)?;
                save_step(tx, &row, step).await?;
                let pair = whole(tx.db(), row, partner).await?;
                news(tx, &pair, partner, PairEvent::Paused).await?;
            }
            MeasureKind::Pause | MeasureKind::Warn => {}
        }
    }
    Ok(())
}

async fn tell(
    tx: &Tx,
    programme: &str,
    person: &member::Model,
    id: Uuid,
    (kind, reason, lifted): (MeasureKind, &str, Option<bool>),
) -> Result<(), StoreError> {
    let Some(to) = members::recipient(person) else { return Ok(()) };
    let email = Email::from(emails::MeasureTaken {
        measure: MeasureId(id),
        programme: programme.to_owned(),
        measure_kind: kind,
        reason: reason.to_owned(),
        lifted,
    });
    outbox::post(tx, Some(MemberId(person.id)), &to, &email).await
}

/// A measure, for the person and for the coordinators.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn measure(store: &Store, actor: &Actor, id: MeasureId) -> Result<Measure, StoreError> {
    let db = store.db();
    let row = mentoring_measure::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let is_own = row.member_id == me.0;
    if is_own {
        let _permit = permit(actor, AppealMeasure, Own)?;
    } else {
        let related = relation(db, actor, row.programme_id).await?;
        let _permit = permit(actor, TakeMeasures, related).map_err(|_| StoreError::NotFound)?;
    }
    read(db, row, is_own).await
}

async fn read(
    db: &impl ConnectionTrait,
    row: mentoring_measure::Model,
    is_own: bool,
) -> Result<Measure, StoreError> {
    let programme = mentoring_programme::Entity::find_by_id(row.programme_id).one(db).await?;
    let programme = programme.ok_or(StoreError::NotFound)?;
    let person = members::load(db, MemberId(row.member_id)).await?;
    let profile = profile::Entity::find_by_id(row.member_id).one(db).await?.ok_or(StoreError::NotFound)?;
    Ok(Measure {
        id: MeasureId(row.id),
        programme: (Slug::parse(&programme.slug).ok_or(StoreError::NotFound)?, programme.name),
        person: Participant {
            slug: Slug::parse(&profile.slug).ok_or(StoreError::NotFound)?,
            name: person.shown_name(),
        },
        kind: row.kind.parse().map_err(|()| corrupt(row.id, "kind"))?,
        reason: row.reason,
        taken_at: row.taken_at,
        appeal: row.appeal,
        is_lifted: row.lifted_at.is_some(),
        is_decided: row.decided_at.is_some(),
        is_own,
    })
}

/// The measures of a programme for one of its coordinators: those with an appeal to decide first.
///
/// # Errors
/// `NotFound` for hidden and absent programmes. `Refused` for everybody but coordinators.
pub async fn measures(store: &Store, actor: &Actor, slug: &Slug) -> Result<Vec<Measure>, StoreError> {
    let db = store.db();
    let programme = seen_programme(db, actor, slug).await?;
    let permit = permit(actor, TakeMeasures, relation(db, actor, programme.id).await?)?;
    let rows = mentoring_measure::Entity::find()
        .filter(mentoring_measure::Column::ProgrammeId.eq(programme.id))
        .order_by_desc(mentoring_measure::Column::TakenAt)
        .limit(100)
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let is_own = permit.by() == Some(MemberId(row.member_id));
        found.push(read(db, row, is_own).await?);
    }
    found.sort_by_key(|measure| measure.appeal.is_none() || measure.is_decided);
    Ok(found)
}

/// Appeals against a measure, once.
///
/// # Errors
/// `NotFound` for everybody but the person. `Refused(MeasureOver)` when it was lifted, or there is an appeal.
pub async fn appeal(store: &Store, actor: &Actor, id: MeasureId, text: &str) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, text| {
        let permit = permit(actor, AppealMeasure, Own)?;
        let row = lock(tx, id).await?;
        if permit.by() != Some(MemberId(row.member_id)) {
            return Err(StoreError::NotFound);
        }
        if row.appeal.as_deref() == Some(text.as_str()) {
            return Ok(());
        }
        if row.appeal.is_some() || row.decided_at.is_some() {
            return Err(Refusal::MeasureOver.into());
        }
        let change = mentoring_measure::ActiveModel {
            id: Set(id.0),
            appeal: Set(Some(text.clone())),
            appealed_at: Set(Some(tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "mentoring.appeal", id.0).await
    })
}

async fn lock(tx: &Tx, id: MeasureId) -> Result<mentoring_measure::Model, StoreError> {
    let row = mentoring_measure::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    row.ok_or(StoreError::NotFound)
}

/// Lifts a measure, or decides that it stays. After a lifted pause, the pair resumes when it likes. A coordinator can't
/// decide about themselves and their own mentors and mentees.
///
/// # Errors
/// `NotFound` for everybody but coordinators. `Refused(MeasureOver)` when it was lifted, and for keeping a measure
/// without an appeal.
pub async fn decide_measure(
    store: &Store,
    actor: &Actor,
    id: MeasureId,
    lifts: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &lifts| {
        let row = lock(tx, id).await?;
        let related = relation(tx.db(), actor, row.programme_id).await?;
        let permit = permit(actor, TakeMeasures, related).map_err(|_| StoreError::NotFound)?;
        refuse_own_pair(tx, &permit, row.programme_id, MemberId(row.member_id)).await?;
        match (row.lifted_at.is_some(), row.decided_at.is_some()) {
            (true, _) if lifts => return Ok(()),
            (true, _) => return Err(Refusal::MeasureOver.into()),
            (false, true) if !lifts => return Ok(()),
            // A measure that stayed after an appeal can be lifted later. Without an appeal, there is nothing to keep.
            (false, true) => {}
            (false, false) if !lifts && row.appeal.is_none() => return Err(Refusal::MeasureOver.into()),
            (false, false) => {}
        }
        let change = mentoring_measure::ActiveModel {
            id: Set(id.0),
            decided_at: Set(Some(tx.now())),
            decided_by_id: Set(permit.by().map(|by| by.0)),
            lifted_at: Set(lifts.then(|| tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        let known = read(tx.db(), row.clone(), false).await?;
        let person = members::load(tx.db(), MemberId(row.member_id)).await?;
        tell(tx, &known.programme.1, &person, id.0, (known.kind, "", Some(lifts))).await?;
        let decision = if lifts { "lifted" } else { "stays" };
        let about = Changes::default().and("decision", "", decision).about("member", row.member_id);
        audit::record_changes(tx, &permit, "mentoring.decide_measure", id.0, about).await
    })
}
