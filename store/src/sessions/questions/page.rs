//! The questions of a session, as a reader sees them.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, Instant, SessionQuestionId, Slug,
    policy::{
        permit,
        sessions::{AskInSession, ModerateSessionQuestions},
    },
    sessions::{QuestionsOpen, SessionQuestionState},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::{super::rows::relation_of, visibility::seen_by};
use crate::{
    Store, StoreError,
    entities::{session_question, session_question_vote, session_questions_open},
    members,
    schedule::SessionPage,
};

/// The most questions that a page shows of each state.
const MAX_SHOWN: u64 = 100;

/// A question to the speakers of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionQuestion {
    /// The id.
    pub id: SessionQuestionId,
    /// What the member wants to know.
    pub text: String,
    /// Whether it waits, was answered, or is hidden.
    pub state: SessionQuestionState,
    /// How many members want an answer, the author included.
    pub votes: u64,
    /// When it was asked.
    pub written_at: Instant,
    /// The author's name, where the reader may see it.
    pub asker: Option<String>,
    /// The author's page, where the reader may open it.
    pub page: Option<Slug>,
    /// Whether the reader asked it.
    pub is_own: bool,
    /// Whether the reader voted for it.
    pub is_voted: bool,
    /// Whether it is hidden because of a report. Only its author sees that.
    pub is_reported: bool,
}

/// The questions of a session and what the reader can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionsPage {
    /// Open questions by votes, then by age.
    pub open: Vec<SessionQuestion>,
    /// Answered questions by votes, then by age.
    pub answered: Vec<SessionQuestion>,
    /// Hidden questions. The reader's own ones, or all of them for speakers and organisers.
    pub hidden: Vec<SessionQuestion>,
    /// Whether members can ask and vote now.
    pub is_open: bool,
    /// When they can.
    pub opens: QuestionsOpen,
    /// Whether the reader can ask and vote.
    pub may_ask: bool,
    /// Whether the reader hides and answers questions.
    pub may_moderate: bool,
    /// Whether the reader may also decide for all sessions of the event.
    pub may_edit: bool,
}

/// The questions of a session that the reader sees.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn questions(
    store: &Store,
    actor: &Actor,
    page: &SessionPage,
) -> Result<QuestionsPage, StoreError> {
    let db = store.db();
    let relation = relation_of(page.may_edit, page.is_speaker());
    let may_moderate = permit(actor, ModerateSessionQuestions, relation).is_ok();
    let opens = opens(db, page.event.id.0, page.item.id).await?;
    let session = &page.item.session;
    let ends = session.starts_at + chrono::Duration::minutes(i64::from(session.minutes));
    let is_open = opens.is_open(session.starts_at, ends, store.now());
    let mut found = QuestionsPage {
        open: Vec::new(),
        answered: Vec::new(),
        hidden: Vec::new(),
        is_open,
        opens,
        may_ask: is_open && permit(actor, AskInSession, relation).is_ok(),
        may_moderate,
        may_edit: page.may_edit,
    };
    // Visitors don't see what members ask.
    if actor.member().is_none() {
        return Ok(found);
    }
    let mut rows = Vec::new();
    for state in SessionQuestionState::ALL {
        let of_state = session_question::Entity::find()
            .filter(session_question::Column::SessionId.eq(page.item.id))
            .filter(session_question::Column::State.eq(state.name()))
            .filter(seen_by(actor, may_moderate))
            .order_by_desc(session_question::Column::Votes)
            .order_by_asc(session_question::Column::Id)
            .limit(MAX_SHOWN);
        rows.extend(of_state.all(db).await?);
    }
    for question in shown(db, actor, rows).await? {
        match question.state {
            SessionQuestionState::Open => found.open.push(question),
            SessionQuestionState::Answered => found.answered.push(question),
            SessionQuestionState::Hidden => found.hidden.push(question),
        }
    }
    Ok(found)
}

async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<session_question::Model>,
) -> Result<Vec<SessionQuestion>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let me = actor.member().map(|me| me.0);
    let voted: HashSet<Uuid> = session_question_vote::Entity::find()
        .select_only()
        .column(session_question_vote::Column::QuestionId)
        .filter(session_question_vote::Column::QuestionId.is_in(rows.iter().map(|row| row.id)))
        .filter(session_question_vote::Column::MemberId.eq(me.unwrap_or_default()))
        .into_tuple::<Uuid>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let names = members::names(db, actor, rows.iter().map(|row| row.asker_id)).await?;
    let pages: HashMap<Uuid, Slug> =
        members::page_slugs(db, actor, rows.iter().map(|row| row.asker_id)).await?;
    let shown = |row: session_question::Model| {
        let corrupt = |()| StoreError::Corrupt(format!("session question {}: unreadable state", row.id));
        Ok(SessionQuestion {
            id: SessionQuestionId(row.id),
            state: row.state.parse().map_err(corrupt)?,
            votes: u64::try_from(row.votes).unwrap_or(0),
            written_at: row.written_at,
            asker: names.get(&row.asker_id).cloned(),
            page: pages.get(&row.asker_id).cloned(),
            is_own: me == Some(row.asker_id),
            is_voted: voted.contains(&row.id),
            is_reported: row.hidden_at.is_some(),
            text: row.text,
        })
    };
    rows.into_iter().map(shown).collect()
}

/// When members can ask in a session: as it says itself, or as its event says.
pub(super) async fn opens(
    db: &impl ConnectionTrait,
    event: Uuid,
    session: Uuid,
) -> Result<QuestionsOpen, StoreError> {
    let own_or_all = Condition::any()
        .add(session_questions_open::Column::SessionId.eq(session))
        .add(session_questions_open::Column::SessionId.is_null());
    let rows = session_questions_open::Entity::find()
        .filter(session_questions_open::Column::EventId.eq(event))
        .filter(own_or_all)
        .all(db)
        .await?;
    let row = rows.iter().max_by_key(|row| row.session_id.is_some());
    let corrupt = |()| StoreError::Corrupt(format!("event {event}: unreadable questions"));
    row.map_or(Ok(QuestionsOpen::Around), |row| row.open.parse().map_err(corrupt))
}
