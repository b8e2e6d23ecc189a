//! The page with the queue: the reader's own questions, the one they answer, and those that wait.

use domain::{
    Actor, Instant, QuestionId,
    members::Named,
    policy::{
        permit,
        questions::{PickQuestion, QuestionRelation},
    },
    questions::QuestionState,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, sea_query::Expr,
};

use super::rows::{named, state_of, taught};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{mentor_question, topic},
    members,
};

/// The most questions of one kind on the page.
const MAX_SHOWN: u64 = 50;

/// A question in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionCard {
    /// Its id, which is also in the path of its page.
    pub id: QuestionId,
    /// Its topic.
    pub topic: Named,
    /// The text.
    pub text: String,
    /// Where it is.
    pub state: QuestionState,
    /// When it was asked.
    pub posted_at: Instant,
    /// The name of its author, where the reader may see it.
    pub asker: Option<String>,
}

/// What the page with the queue shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    /// The reader's own questions, the newest first.
    pub mine: Vec<QuestionCard>,
    /// The question that the reader answers.
    pub picked: Vec<QuestionCard>,
    /// Whether the reader can pick questions.
    pub can_pick: bool,
    /// Those that wait about topics that the reader teaches, the oldest first.
    pub of_my_topics: Vec<QuestionCard>,
    /// The others that wait, the oldest first.
    pub others: Vec<QuestionCard>,
}

/// The reader's own questions, and for mentors those that wait.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn questions(store: &Store, actor: &Actor) -> Result<Questions, StoreError> {
    let db = store.db();
    let me = actor.member().ok_or(domain::Refusal::SignInFirst)?;
    let mine = mentor_question::Entity::find()
        .filter(mentor_question::Column::AskerId.eq(me.0))
        .order_by_desc(mentor_question::Column::PostedAt)
        .order_by_desc(mentor_question::Column::Id);
    let picked = mentor_question::Entity::find()
        .filter(mentor_question::Column::MentorId.eq(me.0))
        .filter(mentor_question::Column::State.eq(QuestionState::Picked.name()))
        .filter(hidden_from(actor, Expr::col(mentor_question::Column::AskerId)));
    let mut page = Questions {
        mine: cards(db, actor, mine).await?,
        picked: cards(db, actor, picked).await?,
        ..Questions::default()
    };
    let topics = taught(db, me).await?;
    page.can_pick = !topics.is_empty() && permit(actor, PickQuestion, QuestionRelation::Teacher).is_ok();
    if page.can_pick {
        let about = mentor_question::Column::TopicId;
        page.of_my_topics = cards(db, actor, waiting(actor).filter(about.is_in(topics.clone()))).await?;
        page.others = cards(db, actor, waiting(actor).filter(about.is_not_in(topics))).await?;
    }
    Ok(page)
}

/// Those that wait, without the reader's own, those of people with a block between them and the reader, and those of
/// suspended members.
fn waiting(actor: &Actor) -> Select<mentor_question::Entity> {
    let asker = || Expr::col(mentor_question::Column::AskerId);
    mentor_question::Entity::find()
        .filter(mentor_question::Column::State.eq(QuestionState::Waiting.name()))
        .filter(
            Condition::all()
                .add_option(actor.member().map(|me| mentor_question::Column::AskerId.ne(me.0)))
                .add(mentor_question::Column::AskerId.not_in_subquery(members::suspended()))
                .add(hidden_from(actor, asker())),
        )
        .order_by_asc(mentor_question::Column::PostedAt)
        .order_by_asc(mentor_question::Column::Id)
}

async fn cards(
    db: &impl ConnectionTrait,
    actor: &Actor,
    questions: Select<mentor_question::Entity>,
) -> Result<Vec<QuestionCard>, StoreError> {
    let rows = questions.find_also_related(topic::Entity).limit(MAX_SHOWN).all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = members::names(db, actor, rows.iter().map(|(row, _)| row.asker_id)).await?;
    let card = |(row, topic): (mentor_question::Model, Option<topic::Model>)| {
        Ok(QuestionCard {
            id: QuestionId(row.id),
            topic: named(topic.ok_or(StoreError::NotFound)?)?,
            state: state_of(&row)?,
            text: row.text,
            posted_at: row.posted_at,
            asker: names.get(&row.asker_id).cloned(),
        })
    };
    rows.into_iter().map(card).collect()
}
