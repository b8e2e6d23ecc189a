//! What coordinators see of the pairs of their programme: pulses, missed meetings and long silences (M18). This file
//! selects no goal, note, message, agreement or feedback, and no coordinator sees a pair that they are part of.

use std::collections::HashMap;

use domain::{
    Actor, Instant, MentorshipId, Slug,
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{CheckInKind, MeetingState, Outcome, Pulse, SILENT_AFTER},
    policy::{mentorships::SeePairs, permit},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    pair::{outcome_of, state_of},
    rows::meeting,
};
use crate::{
    Store, StoreError,
    entities::{member, mentorship, mentorship_check, mentorship_meeting, profile},
    mentoring::{
        Participant,
        visibility::{relation, seen_programme},
    },
};

/// The most pairs on the page.
const MAX_SHOWN: u64 = 500;

/// A pair as a coordinator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRow {
    /// The mentorship.
    pub id: MentorshipId,
    /// The mentee. `None` after they were erased.
    pub mentee: Option<Participant>,
    /// The mentor. `None` after they were erased.
    pub mentor: Option<Participant>,
    /// Its state.
    pub state: MentorshipState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When both accepted.
    pub started_at: Instant,
    /// The answers to check-ins: what was asked, whom, and the answer.
    pub pulses: Vec<(CheckInKind, SignUpRole, Option<Pulse>)>,
    /// Meetings that were held.
    pub held: u32,
    /// Meetings to which one of the two did not come.
    pub missed: u32,
    /// Meetings that were cancelled less than three hours before.
    pub late: u32,
    /// Whether no meeting started in the last three weeks, and none is planned.
    pub is_silent: bool,
}

impl PairRow {
    /// Whether somebody answered that it is not working, or two meetings were missed (M18).
    #[must_use]
    pub fn needs_help(&self) -> bool {
        let is_bad = |(kind, _, answer): &(CheckInKind, SignUpRole, Option<Pulse>)| {
            *kind != CheckInKind::Connected && *answer == Some(Pulse::Bad)
        };
        self.state != MentorshipState::Ended && (self.pulses.iter().any(is_bad) || self.missed >= 2)
    }
}

/// The pairs of a programme for one of its coordinators: its name, and those that need help first.
///
/// # Errors
/// `NotFound` for hidden and absent programmes. `Refused` for everybody but coordinators.
pub async fn pairs(store: &Store, actor: &Actor, slug: &Slug) -> Result<(String, Vec<PairRow>), StoreError> {
    let db = store.db();
    let programme = seen_programme(db, actor, slug).await?;
    let permit = permit(actor, SeePairs, relation(db, actor, programme.id).await?)?;
    let me = permit.by().map(|me| me.0);
    let rows = mentorship::Entity::find()
        .filter(mentorship::Column::ProgrammeId.eq(programme.id))
        .order_by_desc(mentorship::Column::StartedAt)
        .order_by_desc(mentorship::Column::Id)
        .limit(MAX_SHOWN)
        .all(db)
        .await?;
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|row| me.is_none() || ![row.mentee_id, row.mentor_id].contains(&me))
        .collect();
    let people = people(db, &rows).await?;
    let mut checks = by_mentorship(checks(db, &rows).await?, |row| row.mentorship_id);
    let mut meetings = by_mentorship(meetings(db, &rows).await?, |row| row.mentorship_id);
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let checks = checks.remove(&row.id).unwrap_or_default();
        let meetings = meetings.remove(&row.id).unwrap_or_default();
        shown.push(one(&row, &people, checks, meetings, store.now())?);
    }
    shown.sort_by_key(|row| (!row.needs_help(), row.state == MentorshipState::Ended, !row.is_silent));
    Ok((programme.name, shown))
}

fn by_mentorship<T>(rows: Vec<T>, of: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut all: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        all.entry(of(&row)).or_default().push(row);
    }
    all
}

async fn people(
    db: &impl ConnectionTrait,
    rows: &[mentorship::Model],
) -> Result<HashMap<Uuid, Participant>, StoreError> {
    let ids: Vec<Uuid> = rows.iter().flat_map(|row| [row.mentee_id, row.mentor_id]).flatten().collect();
    let members = member::Entity::find().filter(member::Column::Id.is_in(ids.clone())).all(db).await?;
    let profiles = profile::Entity::find().filter(profile::Column::MemberId.is_in(ids)).all(db).await?;
    let slugs: HashMap<Uuid, String> = profiles.into_iter().map(|row| (row.member_id, row.slug)).collect();
    let person = |row: member::Model| {
        let slug = slugs.get(&row.id).and_then(|slug| Slug::parse(slug))?;
        Some((row.id, Participant { slug, name: row.shown_name() }))
    };
    Ok(members.into_iter().filter_map(person).collect())
}

async fn checks(
    db: &impl ConnectionTrait,
    rows: &[mentorship::Model],
) -> Result<Vec<mentorship_check::Model>, StoreError> {
    let found = mentorship_check::Entity::find()
        .filter(mentorship_check::Column::MentorshipId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(mentorship_check::Column::SentAt)
        .all(db);
    Ok(found.await?)
}

async fn meetings(
    db: &impl ConnectionTrait,
    rows: &[mentorship::Model],
) -> Result<Vec<mentorship_meeting::Model>, StoreError> {
    let found = mentorship_meeting::Entity::find()
        .filter(mentorship_meeting::Column::MentorshipId.is_in(rows.iter().map(|row| row.id)))
        .all(db);
    Ok(found.await?)
}

fn one(
    row: &mentorship::Model,
    people: &HashMap<Uuid, Participant>,
    checks: Vec<mentorship_check::Model>,
    meetings: Vec<mentorship_meeting::Model>,
    now: Instant,
) -> Result<PairRow, StoreError> {
    let meetings = meetings.iter().map(meeting).collect::<Result<Vec<_>, _>>()?;
    let count = |of: &dyn Fn(&domain::mentorships::Meeting) -> bool| {
        u32::try_from(meetings.iter().filter(|meeting| of(meeting)).count()).unwrap_or(u32::MAX)
    };
    let side = |member: Uuid| match row.mentee_id == Some(member) {
        true => SignUpRole::Mentee,
        false => SignUpRole::Mentor,
    };
    let pulses = checks.iter().filter_map(|check| {
        let answer = check.answer.as_ref().and_then(|name| name.parse().ok());
        Some((check.kind.parse().ok()?, side(check.member_id), answer))
    });
    let agreed = meetings.iter().filter(|meeting| meeting.state == MeetingState::Agreed);
    let last = agreed.filter_map(|meeting| meeting.starts_at).max().unwrap_or(row.started_at);
    let state = state_of(row)?;
    let person = |id: Option<Uuid>| id.and_then(|id| people.get(&id).cloned());
    Ok(PairRow {
        id: MentorshipId(row.id),
        mentee: person(row.mentee_id),
        mentor: person(row.mentor_id),
        state,
        outcome: outcome_of(row),
        started_at: row.started_at,
        pulses: pulses.collect(),
        held: count(&|meeting| meeting.is_held(now)),
        missed: count(&|meeting| meeting.state == MeetingState::Missed),
        late: count(&|meeting| meeting.is_late),
        is_silent: state == MentorshipState::Active && last + SILENT_AFTER <= now,
    })
}
