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

/// The one member with that name or page whom the actor can find. `typed` may be the name, the whole address of the page, or
/// its last part. The name counts first, so nobody who chose a page like another member's name is taken for them. Members
/// who hide their name and members in a block with the actor aren't found.
///
/// # Errors
/// `Invalid` with a problem of `field` when there is no such member, or more than one.
pub(crate) async fn by_page_or_name(
    tx: &Tx,
    actor: &Actor,
    typed: &str,
    field: &str,
) -> Result<MemberId, StoreError> {
    let wrong = |why| StoreError::Invalid(vec![Problem { field: field.to_owned(), why }]);
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(wrong(Refusal::Missing));
    }
    match named(tx, actor, typed).await?.as_slice() {
        [one] => return Ok(MemberId(one.id)),
        [] => {}
        _ => return Err(wrong(Refusal::SeveralCalled)),
    }
    let page = typed.trim_end_matches('/').rsplit('/').next().and_then(Slug::parse);
    let page = page.ok_or_else(|| wrong(Refusal::NobodyCalled))?;
    let found = profile::Entity::find()
        .filter(profile::Column::Slug.eq(page.as_str()))
        .filter(findable(profile::Column::MemberId, Viewer::of_others(actor)))
        .filter(hidden_from(actor, Expr::col(profile::Column::MemberId)))
        .one(tx.db())
        .await?;
    Ok(MemberId(found.ok_or_else(|| wrong(Refusal::NobodyCalled))?.member_id))
}

/// At most two members with that name whom the actor can find. Upper and lower case count only where several would match.
async fn named(tx: &Tx, actor: &Actor, name: &str) -> Result<Vec<member::Model>, StoreError> {
    let findable = member::Entity::find()
        .filter(findable(member::Column::Id, Viewer::of_others(actor)))
        .filter(hidden_from(actor, Expr::col((member::Entity, member::Column::Id))))
        .limit(2);
    let exact = findable.clone().filter(member::Column::Name.eq(name)).all(tx.db()).await?;
    if !exact.is_empty() {
        return Ok(exact);
    }
    let in_lower_case = Expr::expr(Func::lower(Expr::col(member::Column::Name))).eq(name.to_lowercase());
    Ok(findable.filter(in_lower_case).all(tx.db()).await?)
}
