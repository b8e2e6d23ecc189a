//! The members whom most others thanked lately (K12). There is no such list unless an admin switches it on, and only
//! members who want to be on it are.

use chrono::Duration;
use domain::{
    Actor, MemberId, Role,
    kudos::{BOARD_DAYS, BOARD_PEOPLE, KudosVisibility},
    policy::{Own, members::EditProfile, permit},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, JoinType, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, RelationTrait as _, Select,
    sea_query::{Alias, Expr, ExprTrait as _, Order, Query, UnionType},
};
use uuid::Uuid;

use super::rows::Person;
use crate::{
    Store, StoreError, audit,
    entities::{kudos, kudos_giver, kudos_recipient, member},
    members::shown_briefly,
    settings,
    write::verb,
};

/// The members whom most others thanked in the last 90 days, by name and without numbers. `None` where there is no list:
/// for visitors, when no admin has switched it on, and while fewer than five members want to be on it.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn board(store: &Store, actor: &Actor) -> Result<Option<Vec<Person>>, StoreError> {
    if actor.member().is_none() || !settings::load(store).await?.kudos_board {
        return Ok(None);
    }
    let willing = member::Entity::find()
        .filter(member::Column::OnKudosBoard.eq(true))
        .filter(member::Column::Role.ne(Role::Suspended.name()));
    if willing.clone().count(store.db()).await? < BOARD_PEOPLE {
        return Ok(None);
    }
    let willing = willing.select_only().column(member::Column::Id).into_query();
    let (person, giver, givers) = (Alias::new("person"), Alias::new("giver"), Alias::new("givers"));
    let received = || -> Select<kudos_recipient::Entity> {
        kudos_recipient::Entity::find()
            .select_only()
            .column_as(kudos_recipient::Column::MemberId, "person")
            .join(JoinType::InnerJoin, kudos_recipient::Relation::Kudos.def())
            .filter(kudos::Column::GivenAt.gt(store.now() - Duration::days(BOARD_DAYS)))
            .filter(
                kudos::Column::Visibility
                    .is_in([KudosVisibility::Public.name(), KudosVisibility::Members.name()]),
            )
            .filter(kudos::Column::RetractedAt.is_null())
            .filter(kudos::Column::HiddenAt.is_null())
            .filter(kudos_recipient::Column::HiddenAt.is_null())
            .filter(kudos_recipient::Column::MemberId.in_subquery(willing.clone()))
    };
    // Each giver once for each person, also if they gave kudos to them ten times.
    let mut pairs = received().column_as(kudos::Column::FromId, "giver").into_query();
    let added = received()
        .column_as(kudos_giver::Column::MemberId, "giver")
        .join(JoinType::InnerJoin, kudos_giver::Relation::Kudos.def().rev())
        .into_query();
    pairs.union(UnionType::Distinct, added);
    let mut most = Query::select();
    most.column(person.clone())
        .expr_as(Expr::col(giver).count(), givers.clone())
        .from_subquery(pairs, Alias::new("pairs"))
        .group_by_col(person.clone())
        .order_by(givers, Order::Desc)
        .order_by(person, Order::Asc)
        .limit(BOARD_PEOPLE);
    let rows = store.db().query_all(&most).await?;
    let ids = rows.iter().map(|row| row.try_get::<Uuid>("", "person")).collect::<Result<Vec<_>, _>>()?;
    let mut people: Vec<Person> =
        shown_briefly(store.db(), actor, &ids).await?.into_iter().map(Person::from).collect();
    // By name, so that the order says nothing about how often somebody was thanked.
    people.sort_by(|one, other| (&one.name, &one.slug).cmp(&(&other.name, &other.slug)));
    Ok(Some(people))
}

/// Whether a member wants to be on the list. `None` when there is no list in this community.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn on_board(store: &Store, actor: &Actor) -> Result<Option<bool>, StoreError> {
    let Some(me) = actor.member() else { return Ok(None) };
    if !settings::load(store).await?.kudos_board {
        return Ok(None);
    }
    Ok(member::Entity::find_by_id(me.0).one(store.db()).await?.map(|row| row.on_kudos_board))
}

/// Adds the actor to the list or takes them off it. Doing it again changes nothing.
///
/// # Errors
/// `Refused` when the actor is not an active member.
pub async fn join_board(store: &Store, actor: &Actor, wanted: bool) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &wanted| {
        let permit = permit(actor, EditProfile, Own)?;
        let me: MemberId = permit.by().ok_or(StoreError::NotFound)?;
        let change = member::Entity::update_many()
            .set(member::ActiveModel { on_kudos_board: Set(wanted), ..Default::default() })
            .filter(member::Column::Id.eq(me.0))
            .filter(member::Column::OnKudosBoard.ne(wanted));
        if change.exec(tx.db()).await?.rows_affected == 0 {
            return Ok(());
        }
        audit::record(tx, &permit, if wanted { "kudos.join_board" } else { "kudos.leave_board" }, me.0).await
    })
}
