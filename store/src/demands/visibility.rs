//! Who sees which learning requests, as a condition over the table `demands`.

use domain::{
    Actor,
    demands::DemandState,
    policy::{
        demands::{DemandRelation, SeeDemand},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, SelectStatement},
};
use uuid::Uuid;

use crate::{
    blocks::hidden_from,
    entities::{demand, group},
    groups, members,
};

/// The learning requests that a reader sees now: their own, and those of others that are on the board or became an event.
/// A request for a private group is seen by those who see the group. A block hides the two members' requests from each
/// other. Visitors see none.
pub(crate) fn seen_by(actor: &Actor) -> Condition {
    let may = permit(actor, SeeDemand, DemandRelation::Other).is_ok();
    let own = actor.member().map(|me| demand::Column::AskerId.eq(me.0));
    // No request has the nil ID, so visitors see none.
    let none = demand::Column::Id.eq(Uuid::nil());
    Condition::any().add(none).add_option(own).add_option(may.then(|| of_others(actor)))
}

fn of_others(actor: &Actor) -> Condition {
    let author = || Expr::col((demand::Entity, demand::Column::AskerId));
    let shown_author = Condition::all()
        .add(hidden_from(actor, author()))
        .add(demand::Column::AskerId.not_in_subquery(members::suspended()));
    Condition::all()
        .add(demand::Column::State.is_in([DemandState::Open.name(), DemandState::Scheduled.name()]))
        .add(demand::Column::HiddenAt.is_null())
        .add(
            Condition::any()
                .add(demand::Column::GroupId.is_null())
                .add(demand::Column::GroupId.in_subquery(groups_seen_by(actor))),
        )
        .add(Condition::any().add(demand::Column::AskerId.is_null()).add(shown_author))
}

fn groups_seen_by(actor: &Actor) -> SelectStatement {
    group::Entity::find().select_only().column(group::Column::Id).filter(groups::seen_by(actor)).into_query()
}
