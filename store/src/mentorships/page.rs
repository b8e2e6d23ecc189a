//! The page of a mentorship, for one of the two. It reads everything that the two share, and nothing that only the
//! other one may read.

use chrono::NaiveDate;
use domain::{
    Actor, Instant, MeetingId, MentorshipId, Slug, Zone,
    mentoring::{LocalWeek, MentorshipState, SignUpRole, SignUpState},
    mentorships::{
        Agreement, FeedbackText, Goal, Meeting, MeetingState, NextStep, Outcome, PairFacts, PersonWeek,
        common_times, other_side,
    },
    policy::{mentorships::SeeMentorship, permit},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};

use super::{
    check_ins::waiting,
    notes::{Note, notes},
    pair::{Pair, outcome_of, seen, term_of},
    rows::{goals, meetings},
};
use crate::{
    Store, StoreError,
    entities::{
        mentoring_guide, mentoring_round, mentoring_sign_up, mentorship_agreement, mentorship_feedback,
        profile,
    },
    mentoring::Participant,
};

/// A meeting on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRow {
    /// Its id.
    pub id: MeetingId,
    /// What it is.
    pub meeting: Meeting,
    /// Where it is.
    pub place: String,
}

/// A mentorship as one of the two sees it.
#[derive(Clone, Debug)]
pub struct MentorshipPage {
    /// Its id.
    pub id: MentorshipId,
    /// The reader's side.
    pub side: SignUpRole,
    /// The other one. `None` after they were erased.
    pub partner: Option<Participant>,
    /// The other one's email address.
    pub address: Option<String>,
    /// The zones of the reader and of the other one.
    pub zones: (Zone, Zone),
    /// Name of the programme, and the slug of its page.
    pub programme: (Slug, String),
    /// Its state.
    pub state: MentorshipState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The last day of its term.
    pub ends_on: NaiveDate,
    /// Whether the last two weeks of the term have begun.
    pub is_finishing: bool,
    /// Who asked to extend it.
    pub extension_asked_by: Option<SignUpRole>,
    /// Whether it was extended.
    pub was_extended: bool,
    /// What is next for the reader.
    pub next: NextStep,
    /// The mentee's goal from the sign-up. Empty without one.
    pub first_goal: String,
    /// The agreement, with whether the mentee and the mentor agreed, and its version.
    pub agreement: Option<(Agreement, bool, bool, i32)>,
    /// The goals.
    pub goals: Vec<Goal>,
    /// The meetings, the latest first.
    pub meetings: Vec<MeetingRow>,
    /// The shared notes, and the reader's own.
    pub notes: Vec<Note>,
    /// Whether the reader has given feedback.
    pub has_given_feedback: bool,
    /// Whether feedback was released.
    pub is_released: bool,
    /// The other one's feedback, after it was released.
    pub feedback: Option<FeedbackText>,
    /// The guide of the programme for first meetings.
    pub guide: String,
    /// The time at which the page was read.
    pub now: Instant,
}

/// A mentorship, for one of the two.
///
/// # Errors
/// `NotFound` for everybody else, and `Refused` for visitors.
pub async fn page(store: &Store, actor: &Actor, id: MentorshipId) -> Result<MentorshipPage, StoreError> {
    let (db, now) = (store.db(), store.now());
    let (pair, relation) = seen(db, actor, id).await?;
    let _permit = permit(actor, SeeMentorship, relation)?;
    let facts = facts(db, &pair, now).await?;
    let agreement = mentorship_agreement::Entity::find_by_id(id.0).one(db).await?;
    let other = other_side(pair.side);
    let feedback = match (pair.row.feedback_released_at, pair.member(other)) {
        (Some(_), Some(partner)) => {
            mentorship_feedback::Entity::find_by_id((id.0, partner.0)).one(db).await?
        }
        _ => None,
    };
    let meetings = meetings(db, id.0).await?.into_iter().map(|(row, meeting)| MeetingRow {
        id: MeetingId(row.id),
        meeting: as_seen_by(pair.side, meeting),
        place: row.place,
    });
    let guide = mentoring_guide::Entity::find_by_id(pair.row.programme_id).one(db).await?;
    Ok(MentorshipPage {
        id,
        side: pair.side,
        partner: participant(db, &pair, other).await?,
        address: pair.of(other).and_then(|row| row.address.clone()),
        zones: (zone(&pair, pair.side), zone(&pair, other)),
        programme: (
            Slug::parse(&pair.programme.slug).ok_or(StoreError::NotFound)?,
            pair.programme.name.clone(),
        ),
        state: pair.state()?,
        outcome: outcome_of(&pair.row),
        ends_on: pair.row.ends_on,
        is_finishing: facts.is_finishing,
        extension_asked_by: pair.row.extension_asked_by.as_ref().and_then(|name| name.parse().ok()),
        was_extended: pair.row.extended_at.is_some(),
        next: NextStep::of(&facts),
        first_goal: first_goal(db, &pair).await?,
        agreement: agreement.and_then(|row| {
            let agreed = (row.mentee_agreed_at.is_some(), row.mentor_agreed_at.is_some());
            let version = row.version;
            Some((read_agreement(row)?, agreed.0, agreed.1, version))
        }),
        goals: goals(db, id.0).await?,
        meetings: meetings.collect(),
        notes: notes(db, &pair).await?,
        has_given_feedback: facts.has_given_feedback,
        is_released: facts.is_released,
        feedback: feedback.map(|row| FeedbackText { helped: row.helped, better: row.better }),
        guide: guide.map(|row| row.text).unwrap_or_default(),
        now,
    })
}

/// A meeting as one side sees it. Only the one who says that the other did not come reads it.
fn as_seen_by(side: SignUpRole, meeting: Meeting) -> Meeting {
    match meeting.missed_by == Some(side) {
        true => Meeting { state: MeetingState::Agreed, missed_by: None, ..meeting },
        false => meeting,
    }
}

fn read_agreement(row: mentorship_agreement::Model) -> Option<Agreement> {
    Some(Agreement {
        cadence: row.cadence.parse().ok()?,
        channel: row.channel,
        confidentiality: row.confidentiality,
        ending: row.ending,
    })
}

fn zone(pair: &Pair, side: SignUpRole) -> Zone {
    pair.of(side).and_then(|row| row.zone.parse().ok()).unwrap_or(Zone::UTC)
}

async fn participant(
    db: &impl ConnectionTrait,
    pair: &Pair,
    side: SignUpRole,
) -> Result<Option<Participant>, StoreError> {
    let Some(member) = pair.member(side) else { return Ok(None) };
    let profile = profile::Entity::find_by_id(member.0).one(db).await?;
    let slug = profile.and_then(|row| Slug::parse(&row.slug));
    Ok(slug.map(|slug| Participant { slug, name: pair.name(side) }))
}

/// The sign-up of one of the two in the round of the mentorship.
async fn sign_up(
    db: &impl ConnectionTrait,
    pair: &Pair,
    side: SignUpRole,
) -> Result<Option<mentoring_sign_up::Model>, StoreError> {
    let (Some(round), Some(member)) = (pair.row.round_id, pair.member(side)) else { return Ok(None) };
    let row = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::MemberId.eq(member.0))
        .filter(mentoring_sign_up::Column::Role.eq(side.name()))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Draft.name()))
        .one(db)
        .await?;
    Ok(row)
}

/// The goal that the mentee wrote for the round of this mentorship.
async fn first_goal(db: &impl ConnectionTrait, pair: &Pair) -> Result<String, StoreError> {
    let is_of_round = pair.row.proposal_id.is_some();
    let row = if is_of_round { sign_up(db, pair, SignUpRole::Mentee).await? } else { None };
    Ok(row.map(|row| row.goal).unwrap_or_default())
}

/// When the two have time, as far as they said so: in the sign-up for the round of the mentorship, or else in their
/// latest one in the programme. Somebody without hours can meet at any time of the other one.
pub(super) async fn weeks(db: &impl ConnectionTrait, pair: &Pair) -> Result<Vec<PersonWeek>, StoreError> {
    let mut found = Vec::with_capacity(2);
    for side in SignUpRole::ALL {
        let row = match sign_up(db, pair, *side).await? {
            Some(row) => Some(row),
            None => latest_sign_up(db, pair, *side).await?,
        };
        let Some(row) = row else { continue };
        let week: LocalWeek = row.availability.parse().unwrap_or_default();
        if !week.is_empty() {
            found.push(PersonWeek { zone: row.zone.parse().unwrap_or(Zone::UTC), week });
        }
    }
    Ok(found)
}

/// The latest sign-up of one of the two in any round of the programme, on either side.
async fn latest_sign_up(
    db: &impl ConnectionTrait,
    pair: &Pair,
    side: SignUpRole,
) -> Result<Option<mentoring_sign_up::Model>, StoreError> {
    let Some(member) = pair.member(side) else { return Ok(None) };
    let rounds = mentoring_round::Entity::find()
        .select_only()
        .column(mentoring_round::Column::Id)
        .filter(mentoring_round::Column::ProgrammeId.eq(pair.row.programme_id))
        .into_query();
    let row = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.in_subquery(rounds))
        .filter(mentoring_sign_up::Column::MemberId.eq(member.0))
        .filter(mentoring_sign_up::Column::State.ne(SignUpState::Draft.name()))
        .order_by_desc(mentoring_sign_up::Column::UpdatedAt)
        .order_by_desc(mentoring_sign_up::Column::Id)
        .one(db)
        .await?;
    Ok(row)
}

/// The times in the next weeks that suit both, for a meeting of this length. Without any hours there are none.
///
/// # Errors
/// `NotFound` for everybody but the two.
pub async fn common_times_of(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    minutes: u16,
) -> Result<Vec<Instant>, StoreError> {
    let (pair, relation) = seen(store.db(), actor, id).await?;
    let _permit = permit(actor, SeeMentorship, relation)?;
    Ok(common_times(&weeks(store.db(), &pair).await?, store.now(), minutes))
}

/// What decides the next step of the reader.
pub(super) async fn facts(
    db: &impl ConnectionTrait,
    pair: &Pair,
    now: Instant,
) -> Result<PairFacts, StoreError> {
    let me = pair.member(pair.side);
    let agreement = mentorship_agreement::Entity::find_by_id(pair.row.id).one(db).await?;
    let feedback = match me {
        Some(me) => mentorship_feedback::Entity::find_by_id((pair.row.id, me.0)).one(db).await?,
        None => None,
    };
    let meetings = meetings(db, pair.row.id).await?;
    let open: Vec<_> = meetings.iter().filter(|(_, meeting)| meeting.is_open(now)).collect();
    let asked = |by: SignUpRole| {
        let asked = open
            .iter()
            .find(|(_, meeting)| meeting.asked_by == by && meeting.times.iter().any(|time| *time > now));
        asked.map(|(row, _)| MeetingId(row.id))
    };
    let asked_by: Option<SignUpRole> =
        pair.row.extension_asked_by.as_ref().and_then(|name| name.parse().ok());
    Ok(PairFacts {
        state: Some(pair.state()?),
        outcome: outcome_of(&pair.row),
        check_in: waiting(db, pair).await?,
        to_answer: asked(other_side(pair.side)),
        to_wait_for: asked(pair.side),
        next_meeting: open.iter().filter_map(|(_, meeting)| meeting.starts_at).min(),
        is_finishing: term_of(&pair.row).is_finishing(now),
        agreement: agreement.map(|row| match pair.side {
            SignUpRole::Mentee => row.mentee_agreed_at.is_some(),
            SignUpRole::Mentor => row.mentor_agreed_at.is_some(),
        }),
        has_goal: !goals(db, pair.row.id).await?.is_empty(),
        extension_asked: asked_by == Some(other_side(pair.side)),
        has_given_feedback: feedback.is_some(),
        is_released: pair.row.feedback_released_at.is_some(),
    })
}
