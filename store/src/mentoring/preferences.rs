//! Wishes, likes and people to avoid. They are read for their author and by the run, and nowhere else.

use domain::{
    Actor, MemberId, Problem, Refusal, Slug,
    members::{Viewer, VisibleProfile},
    mentoring::{PreferenceKind, SignUpRole},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use uuid::Uuid;

use super::sign_ups::{changed, signing_up, start};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{mentoring_preference, profile},
    members::{findable, shown_briefly},
    write::{Tx, verb},
};

/// A person that the author of a sign-up names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedPreference {
    /// What the author says about the person.
    pub kind: PreferenceKind,
    /// The person.
    pub person: VisibleProfile,
}

/// A change of what a sign-up says about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreferenceChange {
    /// Says this. A new wish goes to the end.
    Set(PreferenceKind),
    /// Says nothing any more.
    Clear,
    /// Moves a wish up by one.
    Up,
    /// Moves a wish down by one.
    Down,
}

/// The people that a sign-up names, as its author sees them: wishes in order, then the others by name.
pub(super) async fn stated(
    db: &impl ConnectionTrait,
    author: &Actor,
    sign_up: Uuid,
) -> Result<Vec<StatedPreference>, StoreError> {
    let rows = rows_of(db, sign_up).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.member_id).collect();
    let mut people = shown_briefly(db, author, &ids).await?;
    let mut named = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(at) = people.iter().position(|person| person.member.0 == row.member_id) else { continue };
        let kind = row.kind.parse().map_err(|()| super::rows::corrupt("preference", sign_up))?;
        named.push(StatedPreference { kind, person: people.swap_remove(at) });
    }
    Ok(named)
}

async fn rows_of(
    db: &impl ConnectionTrait,
    sign_up: Uuid,
) -> Result<Vec<mentoring_preference::Model>, StoreError> {
    let rows = mentoring_preference::Entity::find()
        .filter(mentoring_preference::Column::SignUpId.eq(sign_up))
        .order_by_asc(mentoring_preference::Column::Position)
        .order_by_asc(mentoring_preference::Column::MemberId)
        .all(db)
        .await?;
    Ok(rows)
}

/// Changes what the actor's sign-up says about a person, and starts the sign-up if needed (M4).
///
/// # Errors
/// `Refused` when it can't be changed now. `Invalid` when there is no such person, or there are too many.
pub async fn set_preference(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    role: SignUpRole,
    person: &Slug,
    change: PreferenceChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, role, person, change| {
        let signing_up = signing_up(tx, actor, slug, *role).await?;
        let row = start(tx, &signing_up, *role).await?;
        let person = find(tx, actor, person).await?;
        if person == signing_up.me {
            return Err(Refusal::Oneself.into());
        }
        changed(tx, &row).update(tx.db()).await?;
        write(tx, row.id, *role, person, *change).await
    })
}

/// The member with this page, if the actor may find them. People with a block between them look absent.
async fn find(tx: &Tx, actor: &Actor, person: &Slug) -> Result<MemberId, StoreError> {
    let row = profile::Entity::find()
        .filter(profile::Column::Slug.eq(person.as_str()))
        .filter(findable(profile::Column::MemberId, Viewer::of_others(actor)))
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))))
        .one(tx.db())
        .await?;
    row.map(|row| MemberId(row.member_id)).ok_or_else(|| invalid(Refusal::NobodyCalled))
}

fn invalid(why: Refusal) -> StoreError {
    StoreError::Invalid(vec![Problem { field: "person".to_owned(), why }])
}

/// Applies a change to the saved preferences. Wishes keep the ranks 1, 2, 3 without gaps.
async fn write(
    tx: &Tx,
    sign_up: Uuid,
    role: SignUpRole,
    person: MemberId,
    change: PreferenceChange,
) -> Result<(), StoreError> {
    let rows = rows_of(tx.db(), sign_up).await?;
    let is_wish = |row: &&mentoring_preference::Model| row.kind == PreferenceKind::Wish.name();
    let mut wishes: Vec<Uuid> = rows.iter().filter(is_wish).map(|row| row.member_id).collect();
    let at = wishes.iter().position(|wish| *wish == person.0);
    match change {
        PreferenceChange::Set(kind) if !PreferenceKind::of_role(role).contains(&kind) => {
            return Err(invalid(Refusal::BadChoice));
        }
        PreferenceChange::Set(kind) => {
            let others =
                rows.iter().filter(|row| row.kind == kind.name() && row.member_id != person.0).count();
            if others >= kind.max() {
                return Err(invalid(Refusal::TooMany { max: i64::try_from(kind.max()).unwrap_or(i64::MAX) }));
            }
            if kind == PreferenceKind::Wish && at.is_some() {
                return Ok(());
            }
            forget(tx, sign_up, person).await?;
            let row = mentoring_preference::ActiveModel {
                sign_up_id: Set(sign_up),
                member_id: Set(person.0),
                kind: Set(kind.name().to_owned()),
                position: Set(0),
            };
            mentoring_preference::Entity::insert(row).exec_without_returning(tx.db()).await?;
            wishes.retain(|wish| *wish != person.0);
            if kind == PreferenceKind::Wish {
                wishes.push(person.0);
            }
        }
        PreferenceChange::Clear => {
            forget(tx, sign_up, person).await?;
            wishes.retain(|wish| *wish != person.0);
        }
        PreferenceChange::Up => {
            if let Some(at) = at.filter(|at| *at > 0) {
                wishes.swap(at - 1, at);
            }
        }
        PreferenceChange::Down => {
            if let Some(at) = at.filter(|at| at + 1 < wishes.len()) {
                wishes.swap(at, at + 1);
            }
        }
    }
    for (position, wish) in (1..).zip(wishes) {
        mentoring_preference::Entity::update_many()
            .col_expr(mentoring_preference::Column::Position, Expr::value(position))
            .filter(mentoring_preference::Column::SignUpId.eq(sign_up))
            .filter(mentoring_preference::Column::MemberId.eq(wish))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

async fn forget(tx: &Tx, sign_up: Uuid, person: MemberId) -> Result<(), StoreError> {
    mentoring_preference::Entity::delete_many()
        .filter(mentoring_preference::Column::SignUpId.eq(sign_up))
        .filter(mentoring_preference::Column::MemberId.eq(person.0))
        .exec(tx.db())
        .await?;
    Ok(())
}
