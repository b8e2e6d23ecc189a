//! Finds a member by what somebody typed into a form.

use domain::{Actor, MemberId, Problem, Refusal, Slug, members::Viewer};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Func},
};

use super::visibility::findable;
use crate::{
    StoreError,
    blocks::hidden_from,
    entities::{member, profile},
    write::Tx,
};

/// The one member with that page or name whom the actor can find. `typed` may be the whole address of the page, its last
/// part, or the name.
///
/// # Errors
/// `Invalid` with a problem of `field` when there is no such member, or more than one.
pub(crate) async fn by_page_or_name(
    tx: &Tx,
    actor: &Actor,
    typed: &str,
    field: &str,
) -> Result<MemberId, StoreError> {
    let typed = typed.trim();
    let page = typed.trim_end_matches('/').rsplit('/').next().and_then(Slug::parse);
    if let Some(page) = page {
        let found = profile::Entity::find()
            .filter(profile::Column::Slug.eq(page.as_str()))
            .filter(profile::Column::MemberId.in_subquery(findable(Viewer::of_others(actor))))
            .filter(hidden_from(actor, Expr::col(profile::Column::MemberId)))
            .one(tx.db())
            .await?;
        if let Some(found) = found {
            return Ok(MemberId(found.member_id));
        }
    }
    named(tx, actor, typed, field).await
}

/// The one member with that name whom the actor can find. Members who hide their name and members in a block with the
/// actor aren't found.
///
/// # Errors
/// `Invalid` with a problem of `field` when there is no such member, or more than one.
async fn named(tx: &Tx, actor: &Actor, name: &str, field: &str) -> Result<MemberId, StoreError> {
    let wrong = |why| StoreError::Invalid(vec![Problem { field: field.to_owned(), why }]);
    if name.is_empty() {
        return Err(wrong(Refusal::Missing));
    }
    let findable = member::Entity::find()
        .filter(member::Column::Id.in_subquery(findable(Viewer::of_others(actor))))
        .filter(hidden_from(actor, Expr::col((member::Entity, member::Column::Id))))
        .limit(2);
    let exact = findable.clone().filter(member::Column::Name.eq(name)).all(tx.db()).await?;
    let matches = if exact.is_empty() {
        let in_lower_case = Expr::expr(Func::lower(Expr::col(member::Column::Name))).eq(name.to_lowercase());
        findable.filter(in_lower_case).all(tx.db()).await?
    } else {
        exact
    };
    match matches.as_slice() {
        [] => Err(wrong(Refusal::NobodyCalled)),
        [one] => Ok(MemberId(one.id)),
        _ => Err(wrong(Refusal::SeveralCalled)),
    }
}
