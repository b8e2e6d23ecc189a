//! Topics, stages and disciplines of events and their sessions, from the lists that admins edit.

use std::collections::HashMap;

use domain::{
    Actor, Problem, Refusal, Slug,
    events::Subjects,
    members::{Discipline, Named},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{rows::lock, visibility::edit_permit};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, discipline, event_subject, stage, topic},
    members::discipline_from_row,
    secrets::new_id,
    write::Tx,
};

/// A list that describes what an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectList {
    /// Disciplines that the event is mainly for.
    Disciplines,
    /// Topics that the event covers.
    Topics,
    /// Stages of the work that the event covers.
    Stages,
}

impl SubjectList {
    fn name(self) -> &'static str {
        match self {
            Self::Disciplines => "discipline",
            Self::Topics => "topic",
            Self::Stages => "stage",
        }
    }
}

/// All values of the column `list`.
pub(crate) fn subject_lists() -> Vec<&'static str> {
    [SubjectList::Disciplines, SubjectList::Topics, SubjectList::Stages].map(SubjectList::name).to_vec()
}

/// Topics, stages and disciplines of an event or a session, each in the order that admins set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Disciplines it is mainly for. Empty means everyone.
    pub disciplines: Vec<Discipline>,
    /// Topics it covers, if set.
    pub topics: Vec<Named>,
    /// Stages of the work it covers.
    pub stages: Vec<Named>,
}

/// IDs of the events that have an entry of a list, or have a session with it.
pub(super) fn about(list: SubjectList, slug: &Slug) -> SelectStatement {
    event_subject::Entity::find()
        .select_only()
        .column(event_subject::Column::EventId)
        .filter(event_subject::Column::List.eq(list.name()))
        .filter(event_subject::Column::Slug.eq(slug.as_str()))
        .into_query()
}

/// The subjects of an event's sessions by session ID. The event's own subjects are under `None`. Takes four
/// queries, or one when there are none.
pub(crate) async fn about_each(
    db: &impl ConnectionTrait,
    event: Uuid,
) -> Result<HashMap<Option<Uuid>, About>, StoreError> {
    let rows = event_subject::Entity::find().filter(event_subject::Column::EventId.eq(event)).all(db).await?;
    let mut subjects: HashMap<Option<Uuid>, About> = HashMap::new();
    if rows.is_empty() {
        return Ok(subjects);
    }
    let sessions_with = |list: SubjectList, slug: &str| {
        let rows = rows.iter().filter(|row| row.list == list.name() && row.slug == slug);
        rows.map(|row| row.session_id).collect::<Vec<_>>()
    };
    for row in discipline::Entity::find().order_by_asc(discipline::Column::Position).all(db).await? {
        let sessions = sessions_with(SubjectList::Disciplines, &row.slug);
        let discipline = discipline_from_row(row)?;
        for session in sessions {
            subjects.entry(session).or_default().disciplines.push(discipline.clone());
        }
    }
    for row in topic::Entity::find().order_by_asc(topic::Column::Position).all(db).await? {
        for session in sessions_with(SubjectList::Topics, &row.slug) {
            subjects.entry(session).or_default().topics.push(named(&row.slug, &row.name)?);
        }
    }
    for row in stage::Entity::find().order_by_asc(stage::Column::Position).all(db).await? {
        for session in sessions_with(SubjectList::Stages, &row.slug) {
            subjects.entry(session).or_default().stages.push(named(&row.slug, &row.name)?);
        }
    }
    Ok(subjects)
}

fn named(slug: &str, name: &str) -> Result<Named, StoreError> {
    let slug = Slug::parse(slug).ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {slug}")))?;
    Ok(Named { slug, name: name.to_owned() })
}

/// Sets the subjects of an event or of one of its sessions. Replaces those set before.
///
/// # Errors
/// `Invalid` when an entry isn't in its list, `Refused` when the actor may not edit the event, `NotFound` for
/// hidden and absent events and for sessions of another event.
pub async fn set_subjects(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Option<Uuid>,
    subjects: Subjects,
) -> Result<(), StoreError> {
    let args = (*actor, slug.clone(), session, subjects);
    store
        .write(args, |tx, (actor, slug, session, subjects)| {
            Box::pin(set_in(tx, actor, slug, *session, subjects))
        })
        .await
}

async fn set_in(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    session: Option<Uuid>,
    subjects: &Subjects,
) -> Result<(), StoreError> {
    let (event, row) = lock(tx, actor, slug).await?;
    let permit = edit_permit(tx, actor, &event).await?;
    if let Some(session) = session {
        let found = agenda_session::Entity::find_by_id(session)
            .filter(agenda_session::Column::EventId.eq(row.id))
            .one(tx.db())
            .await?;
        found.ok_or(StoreError::NotFound)?;
    }
    event_subject::Entity::delete_many()
        .filter(event_subject::Column::EventId.eq(row.id))
        .filter(match session {
            Some(session) => event_subject::Column::SessionId.eq(session),
            None => event_subject::Column::SessionId.is_null(),
        })
        .exec(tx.db())
        .await?;
    for (list, field, slugs) in [
        (SubjectList::Disciplines, "disciplines", &subjects.disciplines),
        (SubjectList::Topics, "topics", &subjects.topics),
        (SubjectList::Stages, "stages", &subjects.stages),
    ] {
        for slug in slugs {
            let subject = event_subject::ActiveModel {
                id: Set(new_id()),
                event_id: Set(row.id),
                session_id: Set(session),
                list: Set(list.name().to_owned()),
                slug: Set(slug.to_string()),
            };
            subject.insert(tx.db()).await?;
        }
        if count_known(tx, list, slugs).await? < slugs.len() {
            return Err(StoreError::Invalid(vec![Problem { field: field.into(), why: Refusal::BadChoice }]));
        }
    }
    audit::record(tx, &permit, "event.subjects", row.id).await
}

/// How many of these slugs are in a list.
async fn count_known(tx: &Tx, list: SubjectList, slugs: &[Slug]) -> Result<usize, StoreError> {
    let slugs = || slugs.iter().map(Slug::as_str);
    Ok(match list {
        SubjectList::Disciplines => discipline::Entity::find()
            .filter(discipline::Column::Slug.is_in(slugs()))
            .all(tx.db())
            .await?
            .len(),
        SubjectList::Topics => {
            topic::Entity::find().filter(topic::Column::Slug.is_in(slugs())).all(tx.db()).await?.len()
        }
        SubjectList::Stages => {
            stage::Entity::find().filter(stage::Column::Slug.is_in(slugs())).all(tx.db()).await?.len()
        }
    })
}
