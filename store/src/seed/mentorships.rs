//! The demo's mentorships, one at each stage: new, with a meeting, paused, finishing and graduated. The first two are
//! accepted proposals. The rows of the others are inserted, because they began before the demo's rounds.

use chrono::Duration;
use domain::{
    Instant, MentorshipId,
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{Cadence, CheckInKind, MeetingPlan, MeetingState, Outcome, Pulse},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use uuid::Uuid;

use super::{People, actor_of};
use crate::{
    Store, StoreError,
    entities::{
        mentoring_guide, mentoring_programme, mentorship, mentorship_agreement, mentorship_check,
        mentorship_feedback, mentorship_goal, mentorship_meeting, mentorship_message, mentorship_note,
    },
    members, mentorships,
    secrets::new_id,
    write::Tx,
};

const GUIDE: &str = "Keep the first meeting light. Forty-five minutes are enough.\n\n\
    1. Say who you are outside your job title.\n\
    2. Mentee: what made you sign up, and what would be different in three months?\n\
    3. Mentor: what can you offer, and what not?\n\
    4. Write the agreement together: how often, where, and what stays between you.\n\
    5. Choose the next meeting before you hang up.\n\n\
    Questions that help: *What have you tried? What is the smallest next step? What do you need from me?*";

/// Makes the stages. `accepted` pairs exist already.
pub(super) async fn add_mentorships(store: &Store, actors: &People) -> Result<(), StoreError> {
    let member = |key: &str| actor_of(actors, key)?.member().ok_or(StoreError::NotFound).map(|id| id.0);
    let people = [
        (member("sofia")?, member("thandeka")?),
        (member("mei")?, member("grace")?),
        (member("kofi")?, member("ada")?),
    ];
    store.write(people, |tx, people| Box::pin(rows(tx, *people))).await?;
    plan_a_meeting(store).await
}

/// One of the accepted pairs has planned its first meeting, with the verbs that people use.
async fn plan_a_meeting(store: &Store) -> Result<(), StoreError> {
    let row = mentorship::Entity::find()
        .filter(mentorship::Column::ProposalId.is_not_null())
        .filter(mentorship::Column::State.eq(MentorshipState::Active.name()))
        .order_by_asc(mentorship::Column::Id)
        .one(store.db())
        .await?;
    let Some(row) = row else { return Ok(()) };
    let (Some(mentee), Some(mentor)) = (row.mentee_id, row.mentor_id) else { return Ok(()) };
    let mentee = members::as_actor(members::load(store.db(), domain::MemberId(mentee)).await?)?;
    let mentor = members::as_actor(members::load(store.db(), domain::MemberId(mentor)).await?)?;
    let id = MentorshipId(row.id);
    let times = mentorships::common_times_of(store, &mentee, id, 45).await?;
    let times: Vec<Instant> = times.into_iter().step_by(4).take(3).collect();
    let Some(first) = times.first().copied() else { return Ok(()) };
    let plan = MeetingPlan { times, minutes: 45, place: "https://meet.example.org/first".to_owned() };
    mentorships::propose_meeting(store, &mentee, id, plan, "").await?;
    let page = mentorships::page(store, &mentor, id).await?;
    let Some(meeting) = page.meetings.first() else { return Ok(()) };
    mentorships::accept_meeting(store, &mentor, id, meeting.id, first).await
}

async fn rows(tx: &Tx, [paused, finishing, graduated]: [(Uuid, Uuid); 3]) -> Result<(), StoreError> {
    let programme = mentoring_programme::Entity::find().one(tx.db()).await?;
    let programme = programme.ok_or(StoreError::NotFound)?.id;
    let guide = mentoring_guide::ActiveModel {
        programme_id: Set(programme),
        text: Set(GUIDE.to_owned()),
        updated_at: Set(tx.now()),
        version: Set(1),
    };
    guide.insert(tx.db()).await?;
    pair(tx, programme, paused, (40, 50), MentorshipState::Paused).await?;
    let id = pair(tx, programme, finishing, (80, 10), MentorshipState::Active).await?;
    work(tx, id, finishing).await?;
    talk(tx, id, finishing).await?;
    checks(tx, id, finishing).await?;
    mentorships::schedule(tx, id).await?;
    let id = pair(tx, programme, graduated, (95, -5), MentorshipState::Ended).await?;
    let feedback = mentorship_feedback::ActiveModel {
        mentorship_id: Set(id),
        author_id: Set(graduated.1),
        helped: Set("You came to each meeting with a question and left with a task.".to_owned()),
        better: Set("Ask earlier. You don’t have to solve it first.".to_owned()),
        given_at: Set(tx.now() - Duration::days(4)),
    };
    feedback.insert(tx.db()).await?;
    mentorships::schedule(tx, id).await
}

/// A mentorship that began and ends so many days ago and ahead.
async fn pair(
    tx: &Tx,
    programme: Uuid,
    (mentee, mentor): (Uuid, Uuid),
    (began, ends): (i64, i64),
    state: MentorshipState,
) -> Result<Uuid, StoreError> {
    let is_over = state == MentorshipState::Ended;
    let id = new_id();
    let row = mentorship::ActiveModel {
        id: Set(id),
        programme_id: Set(programme),
        round_id: Set(None),
        proposal_id: Set(None),
        mentee_id: Set(Some(mentee)),
        mentor_id: Set(Some(mentor)),
        state: Set(state.name().to_owned()),
        outcome: Set(is_over.then(|| Outcome::Finished.name().to_owned())),
        started_at: Set(tx.now() - Duration::days(began)),
        ends_on: Set((tx.now() + Duration::days(ends)).date_naive()),
        ended_at: Set(is_over.then(|| tx.now() + Duration::days(ends))),
        ..Default::default()
    };
    row.insert(tx.db()).await?;
    Ok(id)
}

/// The agreement, the goals and the meetings of a pair that has come far.
async fn work(tx: &Tx, id: Uuid, _: (Uuid, Uuid)) -> Result<(), StoreError> {
    let ago = |days: i64| tx.now() - Duration::days(days);
    let agreement = mentorship_agreement::ActiveModel {
        mentorship_id: Set(id),
        cadence: Set(Cadence::Fortnightly.name().to_owned()),
        channel: Set("https://meet.example.org/grace".to_owned()),
        confidentiality: Set("What we talk about stays between us.".to_owned()),
        ending: Set("When the platform team runs the review without us.".to_owned()),
        mentee_agreed_at: Set(Some(ago(76))),
        mentor_agreed_at: Set(Some(ago(75))),
        version: Set(1),
    };
    agreement.insert(tx.db()).await?;
    let goals = [
        ("Lead a threat model for the payments API", "We ship it without one.", 75),
        ("Write the abuse case before the test case", "", 100),
    ];
    for (title, why, progress) in goals {
        let goal = mentorship_goal::ActiveModel {
            id: Set(new_id()),
            mentorship_id: Set(id),
            title: Set(title.to_owned()),
            why: Set(why.to_owned()),
            evidence: Set("A review that the team signs.".to_owned()),
            due_on: Set(Some((tx.now() + Duration::days(7)).date_naive())),
            progress: Set(progress),
            created_at: Set(ago(70)),
            create_key: Set(None),
        };
        goal.insert(tx.db()).await?;
    }
    for days in [60, 31, 3] {
        let meeting = mentorship_meeting::ActiveModel {
            id: Set(new_id()),
            mentorship_id: Set(id),
            state: Set(MeetingState::Agreed.name().to_owned()),
            asked_by: Set(SignUpRole::Mentee.name().to_owned()),
            minutes: Set(60),
            place: Set("https://meet.example.org/grace".to_owned()),
            starts_at: Set(Some(ago(days))),
            sequence: Set(1),
            is_late: Set(false),
            proposed_at: Set(ago(days + 5)),
            settled_at: Set(Some(ago(days + 4))),
            ..Default::default()
        };
        meeting.insert(tx.db()).await?;
    }
    Ok(())
}

async fn talk(tx: &Tx, id: Uuid, (mentee, mentor): (Uuid, Uuid)) -> Result<(), StoreError> {
    let ago = |days: i64| tx.now() - Duration::days(days);
    let note = mentorship_note::ActiveModel {
        id: Set(new_id()),
        mentorship_id: Set(id),
        author_id: Set(mentor),
        is_shared: Set(true),
        text: Set("Next time: bring the data flow diagram, even if it is wrong.".to_owned()),
        written_at: Set(ago(31)),
        create_key: Set(None),
    };
    note.insert(tx.db()).await?;
    let messages = [
        (mentee, "The diagram is in the wiki now. It is wrong in two places.", 5),
        (mentor, "Good. Which two?", 4),
    ];
    for (author, text, days) in messages {
        let message = mentorship_message::ActiveModel {
            id: Set(new_id()),
            mentorship_id: Set(id),
            author_id: Set(author),
            text: Set(text.to_owned()),
            sent_at: Set(ago(days)),
            create_key: Set(None),
        };
        message.insert(tx.db()).await?;
    }
    Ok(())
}

/// The check-ins so far. The mentee has not answered the last one.
async fn checks(tx: &Tx, id: Uuid, (mentee, mentor): (Uuid, Uuid)) -> Result<(), StoreError> {
    let asked = [(CheckInKind::Quarter, 57), (CheckInKind::Half, 35), (CheckInKind::ThreeQuarters, 12)];
    for (kind, days) in asked {
        for member in [mentee, mentor] {
            let waits = kind == CheckInKind::ThreeQuarters && member == mentee;
            let answer = if kind == CheckInKind::Quarter { Pulse::Mixed } else { Pulse::Good };
            let check = mentorship_check::ActiveModel {
                id: Set(new_id()),
                mentorship_id: Set(id),
                member_id: Set(member),
                kind: Set(kind.name().to_owned()),
                sent_at: Set(tx.now() - Duration::days(days)),
                answer: Set((!waits).then(|| answer.name().to_owned())),
                answered_at: Set((!waits).then(|| tx.now() - Duration::days(days - 1))),
            };
            check.insert(tx.db()).await?;
        }
    }
    Ok(())
}

/// Stops the clocks of the demo's mentorships in tests, so that no reminder falls due in them.
pub(super) async fn stop_clocks(tx: &Tx) -> Result<(), StoreError> {
    mentorship::Entity::update_many()
        .col_expr(mentorship::Column::DueAt, sea_orm::sea_query::Expr::value(None::<Instant>))
        .exec(tx.db())
        .await?;
    Ok(())
}
