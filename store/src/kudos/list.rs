//! Lists of kudos: the wall with its filters, the latest ones, and one by its id.

use domain::{
    Actor, KudosId, Slug,
    members::{Part, Viewer},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationTrait as _, Select,
    sea_query::{Expr, ExprTrait as _, SelectStatement, UnionType},
};

use super::{
    rows::{Kudos, complete},
    visibility::{received, seen_by, shown_giver, shown_recipient},
};
use crate::{
    Store, StoreError,
    entities::{
        discipline, event, group, group_member, kudos, kudos_giver, kudos_praised_value, kudos_recipient,
        kudos_value, member_discipline, profile, team,
    },
    groups,
    members::shows,
};

/// Number of cards on one page of the wall.
const PAGE: u64 = 24;

/// Filters for the wall. Kudos must match all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// They praise this value.
    pub value: Option<Slug>,
    /// A recipient has this discipline.
    pub discipline: Option<Slug>,
    /// A recipient is in this group. For members only, as who is in a group is.
    pub group: Option<Slug>,
    /// They are to or from this person.
    pub person: Option<Slug>,
    /// They are to this person.
    pub to: Option<Slug>,
    /// They are from this person, or this person added their thanks.
    pub from: Option<Slug>,
    /// This team got them.
    pub team: Option<Slug>,
    /// They are about this event.
    pub event: Option<Slug>,
}

/// A page of the wall.
#[derive(Clone, Debug)]
pub struct Page {
    /// The cards, newest first.
    pub kudos: Vec<Kudos>,
    /// The id to continue after, if there are older ones.
    pub next: Option<KudosId>,
}

/// Whether kudos from or to the actor are hidden, because a report is open or an admin decided to hide them.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn is_on_hold(store: &Store, actor: &Actor, id: KudosId) -> Result<bool, StoreError> {
    let Some(me) = actor.member() else { return Ok(false) };
    let own =
        Condition::any().add(kudos::Column::FromId.eq(me.0)).add(kudos::Column::Id.in_subquery(received(me)));
    let row = kudos::Entity::find_by_id(id.0)
        .filter(own)
        .filter(kudos::Column::HiddenAt.is_not_null())
        .filter(kudos::Column::RetractedAt.is_null())
        .one(store.db())
        .await?;
    Ok(row.is_some())
}

/// A page of the wall, newest first, from the card after `after` on. However many kudos there are, it reads those of
/// one page. An unknown id gives the first page.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    after: Option<KudosId>,
) -> Result<Page, StoreError> {
    let after = match after {
        Some(after) => kudos::Entity::find_by_id(after.0).one(store.db()).await?,
        None => None,
    };
    // As one comparison of two columns, it says where to begin in the index. PostgreSQL does not use an OR for that.
    let older = after.map(|after| {
        let columns = [kudos::Column::GivenAt, kudos::Column::Id].map(|it| Expr::col((kudos::Entity, it)));
        Expr::tuple(columns).lt(Expr::tuple([Expr::value(after.given_at), Expr::value(after.id)]))
    });
    let mut rows = newest_first(matching(actor, filter))
        .filter(Condition::all().add_option(older))
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| KudosId(row.id));
    Ok(Page { kudos: complete(store.db(), actor, rows).await?, next })
}

/// The latest kudos, newest first.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn latest(store: &Store, actor: &Actor, max: u64) -> Result<Vec<Kudos>, StoreError> {
    latest_of(store, actor, &Filter::default(), max).await
}

/// The latest kudos that match a filter, newest first.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn latest_of(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    max: u64,
) -> Result<Vec<Kudos>, StoreError> {
    let rows = newest_first(matching(actor, filter)).limit(max).all(store.db()).await?;
    complete(store.db(), actor, rows).await
}

/// One kudos by its id.
///
/// # Errors
/// `NotFound` when the reader may not see it.
pub async fn get(store: &Store, actor: &Actor, id: KudosId) -> Result<Kudos, StoreError> {
    get_in(store.db(), actor, id).await
}

/// Like [`get`], inside a verb.
pub(super) async fn get_in(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: KudosId,
) -> Result<Kudos, StoreError> {
    let row = kudos::Entity::find_by_id(id.0).filter(seen_by(actor)).one(db).await?;
    let rows = vec![row.ok_or(StoreError::NotFound)?];
    complete(db, actor, rows).await?.pop().ok_or(StoreError::NotFound)
}

pub(super) fn newest_first(find: Select<kudos::Entity>) -> Select<kudos::Entity> {
    find.order_by_desc(kudos::Column::GivenAt).order_by_desc(kudos::Column::Id)
}

/// The kudos that a reader sees and that match a filter.
pub(super) fn matching(actor: &Actor, filter: &Filter) -> Select<kudos::Entity> {
    let viewer = Viewer::of_others(actor);
    let mut find = kudos::Entity::find().filter(seen_by(actor));
    if let Some(slug) = &filter.value {
        // A community has few values, so the newest kudos soon contain a page of each. With IN, SQLite would first
        // collect all kudos that praise the value.
        let praised = kudos_praised_value::Entity::find()
            .select_only()
            .expr(Expr::value(1))
            .join(JoinType::InnerJoin, kudos_praised_value::Relation::Value.def())
            .filter(
                Expr::col((kudos_praised_value::Entity, kudos_praised_value::Column::KudosId))
                    .eq(Expr::col((kudos::Entity, kudos::Column::Id))),
            )
            .filter(kudos_value::Column::Slug.eq(slug.as_str()));
        find = find.filter(Expr::exists(praised.into_query()));
    }
    if let Some(slug) = &filter.discipline {
        let with_discipline = member_discipline::Entity::find()
            .select_only()
            .column(member_discipline::Column::MemberId)
            .join(JoinType::InnerJoin, member_discipline::Relation::Discipline.def())
            .filter(discipline::Column::Slug.eq(slug.as_str()));
        let visible = profile::Entity::find()
            .select_only()
            .column(profile::Column::MemberId)
            .filter(shows(Part::Disciplines, viewer))
            .filter(profile::Column::MemberId.in_subquery(with_discipline.into_query()));
        find = find.filter(to_one_of(actor, visible.into_query()));
    }
    if let Some(slug) = &filter.group {
        let members = group_member::Entity::find()
            .select_only()
            .column(group_member::Column::MemberId)
            .join(JoinType::InnerJoin, group_member::Relation::Group.def())
            .filter(group::Column::Slug.eq(slug.as_str()))
            .filter(groups::seen_by(actor))
            // Visitors do not see who is in a group, so the filter finds nothing for them.
            .filter(Expr::value(actor.member().is_some()));
        find = find.filter(to_one_of(actor, members.into_query()));
    }
    if let Some(slug) = &filter.person {
        find = find.filter(from(actor, slug).add(to_one_of(actor, person(actor, slug))));
        let mut of_person = given_by(actor, slug);
        of_person.union(UnionType::All, received_by(actor, slug));
        find = find.filter(kudos::Column::Id.in_subquery(of_person));
    }
    if let Some(slug) = &filter.from {
        find = find.filter(from(actor, slug));
        find = find.filter(kudos::Column::Id.in_subquery(given_by(actor, slug)));
    }
    if let Some(slug) = &filter.to {
        find = find.filter(to_one_of(actor, person(actor, slug)));
        find = find.filter(kudos::Column::Id.in_subquery(received_by(actor, slug)));
    }
    if let Some(slug) = filter.team.as_ref() {
        let ids = team::Entity::find().select_only().column(team::Column::Id);
        let ids = ids
            .filter(team::Column::Slug.eq(slug.as_str()))
            // Visitors do not see which team got kudos, so the filter finds nothing for them.
            .filter(Expr::value(actor.member().is_some()));
        find = find.filter(kudos::Column::TeamId.in_subquery(ids.into_query()));
    }
    if let Some(slug) = filter.event.as_ref() {
        let ids = event::Entity::find().select_only().column(event::Column::Id);
        let ids = ids.filter(event::Column::Slug.eq(slug.as_str())).filter(crate::events::seen_by(actor));
        find = find.filter(kudos::Column::EventId.in_subquery(ids.into_query()));
    }
    find
}

/// Kudos from the member with this slug, or with their thanks.
fn from(actor: &Actor, slug: &Slug) -> Condition {
    let added = kudos_giver::Entity::find()
        .select_only()
        .column(kudos_giver::Column::KudosId)
        .filter(kudos_giver::Column::MemberId.in_subquery(person(actor, slug)))
        .filter(shown_giver(actor));
    Condition::any()
        .add(kudos::Column::FromId.in_subquery(person(actor, slug)))
        .add(kudos::Column::Id.in_subquery(added.into_query()))
}

/// All kudos from the member with this slug, or with their thanks. The filter [`from`] leaves out those where the reader
/// does not see it. With this subquery, the database begins with the few kudos of one person, and not with all kudos.
fn given_by(actor: &Actor, slug: &Slug) -> SelectStatement {
    let added = kudos_giver::Entity::find()
        .select_only()
        .column(kudos_giver::Column::KudosId)
        .filter(kudos_giver::Column::MemberId.in_subquery(person(actor, slug)))
        .into_query();
    let mut given = kudos::Entity::find()
        .select_only()
        .column(kudos::Column::Id)
        .filter(kudos::Column::FromId.in_subquery(person(actor, slug)))
        .into_query();
    given.union(UnionType::All, added);
    given
}

/// All kudos to the member with this slug, for the same reason.
fn received_by(actor: &Actor, slug: &Slug) -> SelectStatement {
    kudos_recipient::Entity::find()
        .select_only()
        .column(kudos_recipient::Column::KudosId)
        .filter(kudos_recipient::Column::MemberId.in_subquery(person(actor, slug)))
        .into_query()
}

/// The member with this slug, if the reader may see their name, as a subquery.
fn person(actor: &Actor, slug: &Slug) -> SelectStatement {
    let seen = Condition::any()
        .add(shows(Part::Name, Viewer::of_others(actor)))
        .add_option(actor.member().map(|me| profile::Column::MemberId.eq(me.0)));
    let person = profile::Entity::find().select_only().column(profile::Column::MemberId);
    person.filter(profile::Column::Slug.eq(slug.as_str())).filter(seen).into_query()
}

/// Kudos with a recipient among these members, whom the reader sees on the card.
fn to_one_of(actor: &Actor, members: SelectStatement) -> Condition {
    let recipient = kudos_recipient::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(
            Expr::col((kudos_recipient::Entity, kudos_recipient::Column::KudosId))
                .eq(Expr::col((kudos::Entity, kudos::Column::Id))),
        )
        .filter(kudos_recipient::Column::MemberId.in_subquery(members))
        .filter(shown_recipient(actor));
    Condition::all().add(Expr::exists(recipient.into_query()))
}
