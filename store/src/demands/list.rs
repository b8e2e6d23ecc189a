//! The board of learning requests.

use std::{fmt, str::FromStr};

use domain::{Actor, Refusal, Slug, demands::DemandState};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use super::{
    cards::{DemandCard, cards},
    visibility::seen_by,
};
use crate::{
    Store, StoreError,
    entities::{demand, demand_claim, demand_supporter, group, topic},
};

/// Number of requests on one page.
const PAGE: u64 = 20;

/// Which requests to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DemandView {
    /// Those on the board.
    #[default]
    Open,
    /// Those that became an event.
    Scheduled,
    /// Those that the reader wrote, wants too or offered to teach, whatever became of them.
    Own,
}

/// How to sort them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DemandOrder {
    /// Those that most members want first.
    #[default]
    Popular,
    /// The newest first.
    Newest,
}

/// Which requests to list, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemandFilter {
    /// Which part of the board.
    pub view: DemandView,
    /// In which order.
    pub order: DemandOrder,
    /// Only those for this group.
    pub group: Option<Slug>,
    /// Only those about this topic.
    pub topic: Option<Slug>,
    /// Only those after this one.
    pub after: Option<Position>,
}

/// Where a page ends: the last request and how many members wanted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    supporters: i32,
    id: Uuid,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.supporters, self.id)
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (supporters, id) = text.split_once('.').ok_or(())?;
        Ok(Self { supporters: supporters.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

/// A page of the board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    /// The requests on this page.
    pub cards: Vec<DemandCard>,
    /// Where the next page begins, if there is one.
    pub next: Option<Position>,
}

/// A page of learning requests that the reader sees. The number of queries does not depend on their number.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn demands(store: &Store, actor: &Actor, filter: &DemandFilter) -> Result<Demands, StoreError> {
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    let view = match filter.view {
        DemandView::Open => Condition::all().add(demand::Column::State.eq(DemandState::Open.name())),
        DemandView::Scheduled => {
            Condition::all().add(demand::Column::State.eq(DemandState::Scheduled.name()))
        }
        DemandView::Own => concerning(me.0),
    };
    let group = filter.group.as_ref().map(|slug| {
        let ids = group::Entity::find().select_only().column(group::Column::Id);
        demand::Column::GroupId.in_subquery(ids.filter(group::Column::Slug.eq(slug.as_str())).into_query())
    });
    let topic = filter.topic.as_ref().map(|slug| {
        let ids = topic::Entity::find().select_only().column(topic::Column::Id);
        demand::Column::TopicId.in_subquery(ids.filter(topic::Column::Slug.eq(slug.as_str())).into_query())
    });
    let mut find = demand::Entity::find()
        .filter(seen_by(actor))
        .filter(view)
        .filter(Condition::all().add_option(group).add_option(topic));
    // Ids rise with time.
    if filter.order == DemandOrder::Popular {
        find = find.order_by_desc(demand::Column::Supporters);
    }
    if let Some(after) = filter.after {
        find = find.filter(match filter.order {
            DemandOrder::Newest => Condition::all().add(demand::Column::Id.lt(after.id)),
            DemandOrder::Popular => {
                Condition::any().add(demand::Column::Supporters.lt(after.supporters)).add(
                    Condition::all()
                        .add(demand::Column::Supporters.eq(after.supporters))
                        .add(demand::Column::Id.lt(after.id)),
                )
            }
        });
    }
    let mut rows = find.order_by_desc(demand::Column::Id).limit(PAGE + 1).all(store.db()).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let last = rows.last().map(|row| Position { supporters: row.supporters, id: row.id });
    Ok(Demands { cards: cards(store.db(), actor, rows).await?, next: last.filter(|_| more) })
}

/// The requests that a member wrote, wants too or offered to teach.
fn concerning(me: Uuid) -> Condition {
    let supported = demand_supporter::Entity::find()
        .select_only()
        .column(demand_supporter::Column::DemandId)
        .filter(demand_supporter::Column::MemberId.eq(me))
        .into_query();
    let claimed = demand_claim::Entity::find()
        .select_only()
        .column(demand_claim::Column::DemandId)
        .filter(demand_claim::Column::MemberId.eq(me))
        .into_query();
    Condition::any()
        .add(demand::Column::AskerId.eq(me))
        .add(demand::Column::Id.in_subquery(supported))
        .add(demand::Column::Id.in_subquery(claimed))
}
