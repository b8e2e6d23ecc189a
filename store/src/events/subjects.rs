//! What events are about: entries of the lists that administrators edit.

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

use super::{rows::lock, sight::edit_permit};
use crate::{
    Fault, Store, audit,
    entities::{discipline, event_subject, stage, topic},
    members::discipline_from_row,
    write::Tx,
};

/// One of the lists that say what an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectList {
    /// Whom it is for above all.
    Disciplines,
    /// What it treats.
    Topics,
    /// Where in the work that is.
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

/// What an event is about, with names, each list in the community's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Whom it is for above all; none for everybody.
    pub disciplines: Vec<Discipline>,
    /// What it treats.
    pub topics: Vec<Named>,
    /// Where in the work that is.
    pub stages: Vec<Named>,
}

/// The ids of the events that are about an entry of a list.
pub(super) fn about(list: SubjectList, slug: &Slug) -> SelectStatement {
    event_subject::Entity::find()
        .select_only()
        .column(event_subject::Column::EventId)
        .filter(event_subject::Column::List.eq(list.name()))
        .filter(event_subject::Column::Slug.eq(slug.as_str()))
        .into_query()
}

fn chosen(event: Uuid, list: SubjectList) -> SelectStatement {
    event_subject::Entity::find()
        .select_only()
        .column(event_subject::Column::Slug)
        .filter(event_subject::Column::EventId.eq(event))
        .filter(event_subject::Column::List.eq(list.name()))
        .into_query()
}

/// What an event is about: three queries.
pub(super) async fn about_event(db: &impl ConnectionTrait, event: Uuid) -> Result<About, Fault> {
    let disciplines = discipline::Entity::find()
        .filter(discipline::Column::Slug.in_subquery(chosen(event, SubjectList::Disciplines)))
        .order_by_asc(discipline::Column::Position)
        .all(db)
        .await?;
    let topics = topic::Entity::find()
        .filter(topic::Column::Slug.in_subquery(chosen(event, SubjectList::Topics)))
        .order_by_asc(topic::Column::Position)
        .all(db)
        .await?;
    let stages = stage::Entity::find()
        .filter(stage::Column::Slug.in_subquery(chosen(event, SubjectList::Stages)))
        .order_by_asc(stage::Column::Position)
        .all(db)
        .await?;
    let named = |slug: &str, name: String| {
        let slug = Slug::parse(slug).ok_or_else(|| Fault::Broken(format!("unreadable slug {slug}")))?;
        Ok(Named { slug, name })
    };
    Ok(About {
        disciplines: disciplines.into_iter().map(discipline_from_row).collect::<Result<_, _>>()?,
        topics: topics.into_iter().map(|row| named(&row.slug, row.name)).collect::<Result<_, Fault>>()?,
        stages: stages.into_iter().map(|row| named(&row.slug, row.name)).collect::<Result<_, Fault>>()?,
    })
}

/// Says what an event is about. Saying it twice is saying it once.
///
/// # Errors
/// `Invalid` when there is no such entry, `Refused` when the actor may not edit the event, `NotFound` for
/// hidden and absent events.
pub async fn set_subjects(store: &Store, who: &Actor, slug: &Slug, subjects: Subjects) -> Result<(), Fault> {
    let args = (*who, slug.clone(), subjects);
    store.write(args, |tx, (who, slug, subjects)| Box::pin(set_in(tx, who, slug, subjects))).await
}

async fn set_in(tx: &Tx, who: &Actor, slug: &Slug, subjects: &Subjects) -> Result<(), Fault> {
    let (event, row) = lock(tx, who, slug).await?;
    let permit = edit_permit(tx, who, &event).await?;
    event_subject::Entity::delete_many()
        .filter(event_subject::Column::EventId.eq(row.id))
        .exec(tx.db())
        .await?;
    for (list, field, slugs) in [
        (SubjectList::Disciplines, "disciplines", &subjects.disciplines),
        (SubjectList::Topics, "topics", &subjects.topics),
        (SubjectList::Stages, "stages", &subjects.stages),
    ] {
        for slug in slugs {
            let subject = event_subject::ActiveModel {
                event_id: Set(row.id),
                list: Set(list.name().to_owned()),
                slug: Set(slug.to_string()),
            };
            subject.insert(tx.db()).await?;
        }
        if known(tx, list, slugs).await? < slugs.len() {
            return Err(Fault::Invalid(vec![Problem { field: field.into(), why: Refusal::BadChoice }]));
        }
    }
    audit::note(tx, &permit, "event.subjects", row.id).await
}

/// How many of these a list has.
async fn known(tx: &Tx, list: SubjectList, slugs: &[Slug]) -> Result<usize, Fault> {
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
