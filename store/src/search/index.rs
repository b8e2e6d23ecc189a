//! The search documents: kept up to date by verbs, and rebuilt from the rows when needed.

use domain::{
    members::{Audience, Viewer, VisibleProfile},
    schedule::ScheduleSession,
    search::HitKind,
};
use markup::published;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{
    terms::folded,
    words::{self, DocumentWords},
};
use crate::{
    Store, StoreError,
    entities::{agenda_session, demand, event, group, kudos, member, search_document},
    jobs::{self, Job, NewJob, Next},
    members as people,
    schedule::scheduled,
    write::{Tx, verb},
};

/// The most bytes of a text that are indexed.
const MAX_BODY: usize = 20_000;
/// The most characters of a text that are shown as a title.
const MAX_TITLE: usize = 70;
/// Number of rows in one statement.
const BATCH_SIZE: usize = 200;

/// A search document: one record as one audience may see it.
struct Document {
    subject: Uuid,
    audience: Audience,
    slug: String,
    title: String,
    body: String,
}

/// Replaces the documents of some records. Records without a new document can no longer be found.
async fn put(tx: &Tx, kind: HitKind, subjects: &[Uuid], documents: Vec<Document>) -> Result<(), StoreError> {
    for subjects in subjects.chunks(BATCH_SIZE) {
        search_document::Entity::delete_many()
            .filter(search_document::Column::Kind.eq(kind.name()))
            .filter(search_document::Column::SubjectId.is_in(subjects.iter().copied()))
            .exec(tx.db())
            .await?;
    }
    let (mut rows, mut indexed) = (Vec::new(), Vec::new());
    for document in documents {
        let (subject, audience) = (document.subject, document.audience.name().to_owned());
        let (title, body) = (folded(&document.title), folded(&document.body));
        indexed.push(DocumentWords { subject, audience, words: words::of_document(&title, &body) });
        rows.push(row(kind, document));
    }
    for rows in rows.chunks(BATCH_SIZE) {
        search_document::Entity::insert_many(rows.to_vec()).exec_without_returning(tx.db()).await?;
    }
    words::replace(tx, subjects, &indexed).await
}

fn row(kind: HitKind, mut document: Document) -> search_document::ActiveModel {
    let mut end = document.body.len().min(MAX_BODY);
    while !document.body.is_char_boundary(end) {
        end -= 1;
    }
    document.body.truncate(end);
    search_document::ActiveModel {
        number: NotSet,
        kind: Set(kind.name().to_owned()),
        subject_id: Set(document.subject),
        audience: Set(document.audience.name().to_owned()),
        slug: Set(document.slug),
        title_words: Set(folded(&document.title)),
        body_words: Set(folded(&document.body)),
        title: Set(document.title),
        body: Set(document.body),
    }
}

/// Joins texts with one line for each, so that a snippet, which is taken from one line, never mixes two texts.
/// Markup must already be converted to text by [`markup`], as it is for pages.
fn lines<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let texts: Vec<String> = texts.into_iter().map(words).filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}

/// Updates the documents of members: one for strangers and one for members, each with only the parts that this
/// audience may see. Documents of members without a profile are deleted.
pub(crate) async fn members(tx: &Tx, ids: &[Uuid]) -> Result<(), StoreError> {
    let profiles = people::profiles_of(tx.db(), ids.iter().copied()).await?;
    let mut documents = Vec::with_capacity(2 * profiles.len());
    for profile in profiles.into_values() {
        for (viewer, audience) in
            [(Viewer::Stranger, Audience::Everyone), (Viewer::Member, Audience::Members)]
        {
            let shown = profile.clone().shown_to(viewer, false);
            documents.extend(shown.map(|shown| of_member(audience, shown)));
        }
    }
    put(tx, HitKind::Member, ids, documents).await
}

fn of_member(audience: Audience, shown: VisibleProfile) -> Document {
    let disciplines: Vec<&str> =
        shown.disciplines.iter().map(|discipline| discipline.name.as_str()).collect();
    let named: Vec<&str> = shown
        .team
        .iter()
        .map(|team| team.name.as_str())
        .chain(shown.topics.iter().map(|(topic, _)| topic.name.as_str()))
        .chain(shown.languages.iter().map(|language| language.name()))
        .collect();
    let (disciplines, named) = (disciplines.join(", "), named.join(", "));
    let bio = markup::markdown::text(&shown.bio);
    let body = lines([shown.headline.as_str(), &bio, &disciplines, &named]);
    Document { subject: shown.member.0, audience, slug: shown.slug.to_string(), title: shown.name, body }
}

/// Updates an event's document. Whether it can be found depends on the event's status at query time.
pub(crate) async fn event(tx: &Tx, row: &event::Model) -> Result<(), StoreError> {
    put(tx, HitKind::Event, &[row.id], vec![of_event(row)]).await
}

/// Deletes the documents of an event and its sessions, which are about to be deleted.
pub(crate) async fn without_event(tx: &Tx, event: Uuid) -> Result<(), StoreError> {
    let find = agenda_session::Entity::find().filter(agenda_session::Column::EventId.eq(event));
    let sessions: Vec<Uuid> = find.all(tx.db()).await?.iter().map(|row| row.id).collect();
    put(tx, HitKind::Session, &sessions, Vec::new()).await?;
    put(tx, HitKind::Event, &[event], Vec::new()).await
}

fn of_event(row: &event::Model) -> Document {
    Document {
        subject: row.id,
        audience: Audience::Everyone,
        slug: row.slug.clone(),
        title: row.title.clone(),
        body: lines([row.summary.as_str(), row.place.as_str(), &markup::markdown::text(&row.description)]),
    }
}

/// Updates a group's document.
pub(crate) async fn group(tx: &Tx, row: &group::Model) -> Result<(), StoreError> {
    put(tx, HitKind::Group, &[row.id], vec![of_group(row)]).await
}

fn of_group(row: &group::Model) -> Document {
    Document {
        subject: row.id,
        audience: Audience::Everyone,
        slug: row.slug.clone(),
        title: row.name.clone(),
        body: lines([row.purpose.as_str()]),
    }
}

/// Updates the documents of an event's sessions. `gone` are sessions that were removed.
pub(crate) async fn sessions(tx: &Tx, event: Uuid, gone: &[Uuid]) -> Result<(), StoreError> {
    let slug = event::Entity::find_by_id(event).one(tx.db()).await?.ok_or(StoreError::NotFound)?.slug;
    let find =
        agenda_session::Entity::find().filter(agenda_session::Column::EventId.eq(event)).filter(scheduled());
    let rows = find.all(tx.db()).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).chain(gone.iter().copied()).collect();
    let documents = rows.iter().map(|row| of_session(row, &slug)).collect::<Result<_, StoreError>>()?;
    put(tx, HitKind::Session, &ids, documents).await
}

fn of_session(row: &agenda_session::Model, event: &str) -> Result<Document, StoreError> {
    let session: ScheduleSession = serde_json::from_str(&row.content)?;
    let speakers: Vec<String> =
        session.speakers.iter().map(|speaker| published::line(&speaker.name)).collect();
    let body = [
        published::line(&session.subtitle),
        speakers.join(", "),
        published::line(&session.track),
        published::text(&session.summary),
        published::text(&session.description),
    ];
    Ok(Document {
        subject: row.id,
        audience: Audience::Everyone,
        slug: event.to_owned(),
        title: published::line(&session.title),
        body: lines(body.iter().map(String::as_str)),
    })
}

/// Adds the documents of new kudos. There are no old ones to look for and delete.
pub(crate) async fn new_kudos(tx: &Tx, rows: &[kudos::Model]) -> Result<(), StoreError> {
    put(tx, HitKind::Kudos, &[], rows.iter().map(of_kudos).collect()).await
}

/// Updates the documents of kudos. They contain no names, because each reader sees other ones. Whether a reader may see
/// the kudos is decided at query time.
pub(crate) async fn kudos(tx: &Tx, rows: &[kudos::Model]) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    put(tx, HitKind::Kudos, &ids, rows.iter().map(of_kudos).collect()).await
}

/// Deletes the documents of kudos that are erased.
pub(crate) async fn without_kudos(tx: &Tx, ids: &[Uuid]) -> Result<(), StoreError> {
    put(tx, HitKind::Kudos, ids, Vec::new()).await
}

fn of_kudos(row: &kudos::Model) -> Document {
    let text = lines([markup::markdown::text(&row.text).as_str()]);
    let mut title: String = text.chars().take(MAX_TITLE).collect();
    if title.len() < text.len() {
        // Whole words only.
        title.truncate(title.rfind(' ').unwrap_or(title.len()));
        title.push('…');
    }
    Document { subject: row.id, audience: Audience::Everyone, slug: row.id.to_string(), title, body: text }
}

/// Updates the document of a learning request. Whether a reader may see it is decided at query time.
pub(crate) async fn demand(tx: &Tx, row: &demand::Model) -> Result<(), StoreError> {
    put(tx, HitKind::Demand, &[row.id], vec![of_demand(row)]).await
}

/// Deletes the document of a learning request that is erased.
pub(crate) async fn without_demand(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    put(tx, HitKind::Demand, &[id], Vec::new()).await
}

fn of_demand(row: &demand::Model) -> Document {
    Document {
        subject: row.id,
        audience: Audience::Members,
        slug: row.id.to_string(),
        title: row.title.clone(),
        body: lines([row.text.as_str(), row.city.as_str()]),
    }
}

/// The kind of job that writes all documents again.
pub(crate) const SEARCH_INDEX: &str = "search_index";

/// Queues the job that writes all documents again from the rows.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn rebuild(store: &Store) -> Result<(), StoreError> {
    verb!(store, |tx| { jobs::enqueue(tx, NewJob::single(SEARCH_INDEX, tx.now())).await })
}

/// Queues a rebuild if there are no documents. Needed once, after the migration that added them.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn rebuild_if_empty(store: &Store) -> Result<(), StoreError> {
    let has_documents = search_document::Entity::find().limit(1).count(store.db()).await? > 0;
    let members = member::Entity::find().limit(1).count(store.db()).await? > 0;
    if has_documents || !members { Ok(()) } else { rebuild(store).await }
}

/// How far a rebuild has come: the kind of record, and the last record of this kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Position {
    kind: String,
    after: Uuid,
    done: u64,
}

/// The kinds in the order in which a rebuild writes them. The sessions of an event follow the event.
const REBUILT: [HitKind; 5] =
    [HitKind::Member, HitKind::Group, HitKind::Event, HitKind::Kudos, HitKind::Demand];

/// Writes the next batch of documents.
pub(crate) async fn run_rebuild(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| { rebuild_batch(tx, job).await })
}

async fn rebuild_batch(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let position = serde_json::from_value::<Option<Position>>(job.payload.clone())?;
    let start = |kind: HitKind, done| Position { kind: kind.name().to_owned(), after: Uuid::nil(), done };
    let mut position = position.unwrap_or_else(|| start(HitKind::Member, 0));
    let at = REBUILT.iter().position(|kind| kind.name() == position.kind).unwrap_or_default();
    let written = match REBUILT[at] {
        HitKind::Member => rebuild_members(tx, position.after).await?,
        HitKind::Group => rebuild_groups(tx, position.after).await?,
        HitKind::Event | HitKind::Session => rebuild_events(tx, position.after).await?,
        HitKind::Kudos => rebuild_kudos(tx, position.after).await?,
        HitKind::Demand => rebuild_demands(tx, position.after).await?,
    };
    position.done += written.len() as u64;
    let full = written.len() as u64 == jobs::BATCH;
    let next = match (written.last(), REBUILT.get(at + 1)) {
        (Some(last), _) if full => Position { after: *last, ..position },
        (_, Some(kind)) => start(*kind, position.done),
        (_, None) => {
            // The next rebuild begins with the first record.
            jobs::checkpoint(tx, job, &Value::Null, position.done, None).await?;
            return Ok(Next::Done);
        }
    };
    jobs::checkpoint(tx, job, &serde_json::to_value(&next)?, next.done, None).await?;
    Ok(Next::More)
}

/// Writes the documents of the members after this one. Returns their ids.
async fn rebuild_members(tx: &Tx, after: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<Uuid> = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::Id.gt(after))
        .order_by_asc(member::Column::Id)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(tx.db())
        .await?;
    members(tx, &ids).await?;
    Ok(ids)
}

/// Writes the documents of the groups after this one. Returns their ids.
async fn rebuild_groups(tx: &Tx, after: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let groups = group::Entity::find()
        .filter(group::Column::Id.gt(after))
        .order_by_asc(group::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    let ids: Vec<Uuid> = groups.iter().map(|row| row.id).collect();
    put(tx, HitKind::Group, &ids, groups.iter().map(of_group).collect()).await?;
    Ok(ids)
}

/// Writes the documents of the events after this one, and of their sessions. Returns the ids of the events.
async fn rebuild_events(tx: &Tx, after: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let events = event::Entity::find()
        .filter(event::Column::Id.gt(after))
        .order_by_asc(event::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    let ids: Vec<Uuid> = events.iter().map(|row| row.id).collect();
    put(tx, HitKind::Event, &ids, events.iter().map(of_event).collect()).await?;
    for event in &ids {
        sessions(tx, *event, &[]).await?;
    }
    Ok(ids)
}

/// Writes the documents of the kudos after these. Returns their ids.
async fn rebuild_kudos(tx: &Tx, after: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows = kudos::Entity::find()
        .filter(kudos::Column::Id.gt(after))
        .order_by_asc(kudos::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    kudos(tx, &rows).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Writes the documents of the learning requests after this one. Returns their ids.
async fn rebuild_demands(tx: &Tx, after: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let rows = demand::Entity::find()
        .filter(demand::Column::Id.gt(after))
        .order_by_asc(demand::Column::Id)
        .limit(jobs::BATCH)
        .all(tx.db())
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    put(tx, HitKind::Demand, &ids, rows.iter().map(of_demand).collect()).await?;
    Ok(ids)
}

/// Number of records that have no document although they should, or the other way round. 0 when all is well.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn missing(store: &Store) -> Result<u64, StoreError> {
    // EXISTS looks up one row in an index. PostgreSQL compares each pair of rows for NOT IN when there are many.
    let of_kind =
        |kind: HitKind| search_document::Entity::find().filter(search_document::Column::Kind.eq(kind.name()));
    let subject = || Expr::col((search_document::Entity, search_document::Column::SubjectId));
    let is_missing = |kind: HitKind, id: Expr| {
        let same = of_kind(kind).select_only().expr(Expr::val(1)).filter(subject().eq(id));
        Expr::not_exists(same.into_query())
    };
    let db = store.db();
    let unindexed = [
        event::Entity::find().filter(is_missing(HitKind::Event, column(event::Column::Id))).count(db).await?,
        group::Entity::find().filter(is_missing(HitKind::Group, column(group::Column::Id))).count(db).await?,
        agenda_session::Entity::find()
            .filter(scheduled())
            .filter(is_missing(HitKind::Session, column(agenda_session::Column::Id)))
            .count(db)
            .await?,
        kudos::Entity::find().filter(is_missing(HitKind::Kudos, column(kudos::Column::Id))).count(db).await?,
        demand::Entity::find()
            .filter(is_missing(HitKind::Demand, column(demand::Column::Id)))
            .count(db)
            .await?,
        member::Entity::find()
            .filter(people::findable(member::Column::Id, Viewer::Member))
            .filter(is_missing(HitKind::Member, column(member::Column::Id)))
            .count(db)
            .await?,
    ];
    let mut orphaned = 0;
    for (kind, there) in [
        (HitKind::Event, with_id(event::Column::Id, subject())),
        (HitKind::Group, with_id(group::Column::Id, subject())),
        (HitKind::Session, with_id(agenda_session::Column::Id, subject())),
        (HitKind::Member, with_id(member::Column::Id, subject())),
        (HitKind::Kudos, with_id(kudos::Column::Id, subject())),
        (HitKind::Demand, with_id(demand::Column::Id, subject())),
    ] {
        orphaned += of_kind(kind).filter(Expr::not_exists(there)).count(db).await?;
    }
    Ok(unindexed.into_iter().sum::<u64>() + orphaned)
}

/// A column with its table, which a subquery can compare with.
fn column(column: impl ColumnTrait) -> Expr {
    Expr::col(column.as_column_ref())
}

/// The row of a table with this id.
fn with_id<C: ColumnTrait>(id: C, is: Expr) -> SelectStatement {
    Query::select().expr(Expr::val(1)).from(id.entity_name()).and_where(column(id).eq(is)).take()
}
