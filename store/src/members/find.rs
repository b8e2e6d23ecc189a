//! Finds a member by what somebody typed into a form.

use domain::{Actor, MemberId, Problem, Refusal, members::Viewer};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Func},
};

use super::visibility::findable;
use crate::{StoreError, blocks::hidden_from, entities::member, write::Tx};

/// The one member with that name whom the actor can find. Members who hide their name and members in a block with the
/// actor aren't found.
///
/// # Errors
/// `Invalid` with a problem of `field` when there is no such member, or more than one.
pub(crate) async fn named(tx: &Tx, actor: &Actor, name: &str, field: &str) -> Result<MemberId, StoreError> {
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
