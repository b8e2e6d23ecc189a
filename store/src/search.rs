//! Search over members, groups, events, sessions, kudos and learning requests, with the same results on both engines.
//!
//! Verbs keep `search_documents` up to date in the transaction that changes a record, through `put` in
//! `search/index.rs`. Words are folded in Rust before they are stored, so both engines find the same. Whether a
//! reader may see a hit is decided at query time from the current rows (`seen_by`). Documents for one kind of
//! reader never contain what that kind may not see.

mod index;
mod similar;
mod snippet;
mod terms;
mod words;

pub(crate) use index::{SEARCH_INDEX, run_rebuild};
pub use index::{missing, rebuild, rebuild_if_empty};
pub use snippet::Piece;
pub(crate) use words::forget_words_of;

pub(crate) use index::{
    demand, event, group, kudos, members, new_kudos, sessions, without_demand, without_event, without_kudos,
};
pub(crate) use similar::similar;

use std::collections::HashMap;

use domain::{
    Actor, Instant, Slug,
    events::{EventTime, Venue},
    members::{Audience, Viewer, VisibleProfile},
    search::HitKind,
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect,
    QueryTrait as _, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use uuid::Uuid;

use crate::{
    Engine, Store, StoreError,
    blocks::hidden_from,
    demands,
    entities::{agenda_session, demand as demand_row, event, group, kudos as kudos_row, search_document},
    events, groups, members as people,
};
use terms::Terms;

/// The most words of a query that are corrected. Each costs several queries.
const MAX_CORRECTED: usize = 3;
/// Number of hits on one page.
const PAGE: u64 = 20;

/// One result of a search.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The kind of record.
    pub kind: HitKind,
    /// Slug of its page. For a session, the slug of its event. For kudos, their id.
    pub slug: Slug,
    /// The session's id. `None` for all other kinds.
    pub session: Option<Uuid>,
    /// The title, with the search words marked.
    pub title: Vec<Piece>,
    /// The text around the first search word, if it is in the text and not only in the title.
    pub snippet: Vec<Piece>,
    /// The time of an event, or of the session's event.
    pub time: Option<EventTime>,
    /// Whether the event has ended.
    pub over: bool,
    /// The member as the reader sees them. `None` for all other kinds.
    pub person: Option<VisibleProfile>,
}

/// A page of search results.
#[derive(Clone, Debug, Default)]
pub struct SearchResults {
    /// Number of hits of each kind, in the order of [`HitKind::ALL`].
    pub counts: [u64; HitKind::ALL.len()],
    /// The hits on this page, best first.
    pub hits: Vec<Hit>,
    /// Whether there is a next page.
    pub more: bool,
    /// The words that were searched for instead, because nothing contains the ones that were typed.
    pub corrected: Option<String>,
}

impl SearchResults {
    /// Number of hits of one kind, or of all kinds.
    #[must_use]
    pub fn count(&self, kind: Option<HitKind>) -> u64 {
        let of = |kind: &HitKind| self.counts.get(*kind as usize).copied().unwrap_or(0);
        kind.map_or_else(|| HitKind::ALL.iter().map(of).sum(), |kind| of(&kind))
    }
}

/// Searches everything that the reader may see. A hit has to contain every word, and the last word may be the
/// beginning of one. Accents and case do not matter. The number of queries does not depend on the number of
/// hits.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn search(
    store: &Store,
    actor: &Actor,
    words: &str,
    kind: Option<HitKind>,
    page: u32,
) -> Result<SearchResults, StoreError> {
    let Some(terms) = Terms::of(words) else { return Ok(SearchResults::default()) };
    let find = matching(store.engine(), &terms).filter(seen_by(actor));
    let mut results = SearchResults::default();
    let counts: Vec<(String, i64)> = find
        .clone()
        .select_only()
        .column(search_document::Column::Kind)
        .column_as(search_document::Column::Number.count(), "found")
        .group_by(search_document::Column::Kind)
        .into_tuple()
        .all(store.db())
        .await?;
    for (kind, count) in counts {
        if let Ok(kind) = kind.parse::<HitKind>() {
            results.counts[kind as usize] = u64::try_from(count).unwrap_or(0);
        }
    }
    let of_kind = kind.map(|kind| search_document::Column::Kind.eq(kind.name()));
    let mut rows = best_first(find, store.engine(), &terms)
        .filter(Condition::all().add_option(of_kind))
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    results.more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    results.hits = hits(store, actor, &terms, rows).await?;
    Ok(results)
}

/// Like [`search`]. When nothing is found, each word without hits is replaced by the most similar word that the reader may
/// find.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn search_or_correct(
    store: &Store,
    actor: &Actor,
    words: &str,
    kind: Option<HitKind>,
    page: u32,
) -> Result<SearchResults, StoreError> {
    let exact = search(store, actor, words, kind, page).await?;
    if exact.count(None) > 0 {
        return Ok(exact);
    }
    let Some(corrected) = corrected(store, actor, words).await? else { return Ok(exact) };
    let results = search(store, actor, &corrected, kind, page).await?;
    if results.count(None) == 0 {
        return Ok(exact);
    }
    Ok(SearchResults { corrected: Some(corrected), ..results })
}

/// The words with the mistyped ones replaced. `None` when none was.
async fn corrected(store: &Store, actor: &Actor, words: &str) -> Result<Option<String>, StoreError> {
    let Some(terms) = Terms::of(words) else { return Ok(None) };
    let (mut corrected, mut wrong, mut changed) = (Vec::new(), 0, false);
    for term in terms.each() {
        let found = matching(store.engine(), &term.1).filter(seen_by(actor)).one(store.db()).await?;
        wrong += usize::from(found.is_none());
        if wrong > MAX_CORRECTED {
            return Ok(None);
        }
        let better = match found {
            Some(_) => None,
            None => words::nearest(store, seen_by(actor), &term.0).await?,
        };
        changed |= better.is_some();
        corrected.push(better.unwrap_or(term.0));
    }
    Ok(changed.then(|| corrected.join(" ")))
}

async fn hits(
    store: &Store,
    actor: &Actor,
    terms: &Terms,
    rows: Vec<search_document::Model>,
) -> Result<Vec<Hit>, StoreError> {
    let of = |kinds: &[HitKind]| -> Vec<&search_document::Model> {
        rows.iter().filter(|row| kinds.iter().any(|kind| row.kind == kind.name())).collect()
    };
    let ids: Vec<Uuid> = of(&[HitKind::Member]).iter().map(|row| row.subject_id).collect();
    let shown = if ids.is_empty() { Vec::new() } else { people::shown(store.db(), actor, &ids).await? };
    let mut shown: HashMap<Uuid, VisibleProfile> =
        shown.into_iter().map(|profile| (profile.member.0, profile)).collect();
    let slugs: Vec<&str> =
        of(&[HitKind::Event, HitKind::Session]).iter().map(|row| row.slug.as_str()).collect();
    let times = times_of(store, slugs).await?;
    let mut hits = Vec::with_capacity(rows.len());
    for row in &rows {
        let corrupt =
            |what: &str| StoreError::Corrupt(format!("search document {}: unreadable {what}", row.number));
        let kind: HitKind = row.kind.parse().map_err(|()| corrupt("kind"))?;
        let person = shown.remove(&row.subject_id);
        if kind == HitKind::Member && person.is_none() {
            continue;
        }
        hits.push(Hit {
            kind,
            slug: Slug::parse(&row.slug).ok_or_else(|| corrupt("slug"))?,
            session: (kind == HitKind::Session).then_some(row.subject_id),
            title: snippet::marked(&row.title, terms),
            snippet: snippet::around(&row.body, terms),
            time: times.get(&row.slug).copied(),
            over: times.get(&row.slug).is_some_and(|time| time.ends <= store.now()),
            person,
        });
    }
    Ok(hits)
}

async fn times_of(store: &Store, slugs: Vec<&str>) -> Result<HashMap<String, EventTime>, StoreError> {
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, Instant, Instant, String, String, Option<String>)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Slug, event::Column::StartsAt, event::Column::EndsAt, event::Column::Zone])
        .columns([event::Column::Place, event::Column::JoinUrl])
        .filter(event::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(store.db())
        .await?;
    let times = rows.into_iter().map(|(slug, starts, ends, zone, place, link)| {
        let venue = Venue::of(&place, link.is_some());
        Some((slug, EventTime { venue, zone: zone.parse().ok()?, starts, ends }))
    });
    Ok(times.flatten().collect())
}

/// The documents that contain every term.
fn matching(engine: Engine, terms: &Terms) -> Select<search_document::Entity> {
    let mut find = search_document::Entity::find();
    match engine {
        Engine::Sqlite => {
            // The plus sign keeps SQLite's planner from querying the index once for each document.
            let same = Expr::cust("search_documents.number = +search_index.rowid");
            QuerySelect::query(&mut find).join(JoinType::InnerJoin, "search_index", same);
            find.filter(Expr::cust_with_values("search_index MATCH ?", [terms.for_sqlite()]))
        }
        Engine::Postgres => find.filter(Expr::cust_with_values(
            "search_documents.words @@ to_tsquery('pg_catalog.simple', $1)",
            [terms.for_postgres()],
        )),
    }
}

/// Orders by relevance. Hits in the title count more than hits in the text.
fn best_first(
    find: Select<search_document::Entity>,
    engine: Engine,
    terms: &Terms,
) -> Select<search_document::Entity> {
    let find = match engine {
        Engine::Sqlite => find.order_by_asc(Expr::cust("bm25(search_index, 10.0, 1.0)")),
        Engine::Postgres => find.order_by_desc(Expr::cust_with_values(
            "ts_rank(search_documents.words, to_tsquery('pg_catalog.simple', $1))",
            [terms.for_postgres()],
        )),
    };
    find.order_by_asc(search_document::Column::Title).order_by_asc(search_document::Column::Number)
}

/// The audience whose documents are searched for this reader.
fn audience(viewer: Viewer) -> Audience {
    if viewer == Viewer::Stranger { Audience::Everyone } else { Audience::Members }
}

/// The condition for documents that the reader may see, checked against the current rows.
fn seen_by(actor: &Actor) -> Condition {
    HitKind::ALL.iter().fold(Condition::any(), |any, kind| any.add(of_kind(*kind, actor)))
}

/// The condition for documents of one kind that the reader may see.
fn of_kind(kind: HitKind, actor: &Actor) -> Condition {
    let viewer = Viewer::of_others(actor);
    let events = |of: Expr| one(event::Entity::find().filter(events::seen_by(actor)), event::Column::Id, of);
    let subject = Expr::col((search_document::Entity, search_document::Column::SubjectId));
    let is_seen = match kind {
        HitKind::Member => people::findable(search_document::Column::SubjectId, viewer),
        HitKind::Group => {
            one(group::Entity::find().filter(groups::seen_by(actor)), group::Column::Id, subject)
        }
        HitKind::Event => events(subject),
        HitKind::Session => {
            let event = Expr::col((agenda_session::Entity, agenda_session::Column::EventId));
            one(agenda_session::Entity::find().filter(events(event)), agenda_session::Column::Id, subject)
        }
        HitKind::Kudos => one(
            kudos_row::Entity::find().filter(crate::kudos::seen_by(actor)),
            kudos_row::Column::Id,
            subject,
        ),
        HitKind::Demand => {
            one(demand_row::Entity::find().filter(demands::seen_by(actor)), demand_row::Column::Id, subject)
        }
    };
    let documents = Condition::all().add(search_document::Column::Kind.eq(kind.name())).add(is_seen);
    match kind {
        HitKind::Member => documents
            .add(hidden_from(actor, Expr::col((search_document::Entity, search_document::Column::SubjectId))))
            .add(search_document::Column::Audience.eq(audience(viewer).name())),
        _ => documents,
    }
}

/// The condition that a query finds the record with this id. It looks up one record for each document. A subquery of all
/// ids would read every record for each search.
fn one<E: EntityTrait>(find: Select<E>, id: E::Column, is: Expr) -> Expr {
    let same = ExprTrait::eq(Expr::col(id.as_column_ref()), is);
    Expr::exists(find.select_only().expr(Expr::value(1)).filter(same).into_query())
}

/// The ids of the members whose documents for this kind of reader contain the words. `None` when the text
/// contains no words.
pub(crate) fn matching_members(engine: Engine, viewer: Viewer, words: &str) -> Option<SelectStatement> {
    let terms = Terms::of(words)?;
    let find = matching(engine, &terms)
        .select_only()
        .column(search_document::Column::SubjectId)
        .filter(search_document::Column::Kind.eq(HitKind::Member.name()))
        .filter(search_document::Column::Audience.eq(audience(viewer).name()));
    Some(find.into_query())
}
