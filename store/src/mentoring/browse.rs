//! The list of people on the other side that a member chooses from, each with reasons (M4).

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, Slug,
    members::{Named, Viewer, VisibleProfile},
    mentoring::{Calendar, SignUp, SignUpRole, SignUpState},
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, RelationTrait as _,
    sea_query::{Expr, ExprTrait as _, Func, Query},
};
use uuid::Uuid;

use super::sign_ups::{SignUpForm, complete_all};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{member, mentoring_sign_up, mentoring_sign_up_topic, topic},
    members::{findable, shown},
    search,
};

/// People on one page of the list.
const PAGE: u64 = 20;

/// What the list is narrowed down to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of a profile. Empty for everybody.
    pub words: String,
    /// A topic of their sign-up.
    pub topic: Option<Slug>,
}

/// A person on the other side with the reasons to choose them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The person.
    pub person: VisibleProfile,
    /// Their topics: those that a mentor teaches, or that a mentee asks for.
    pub topics: Vec<Named>,
    /// Number of topics that both sign-ups have.
    pub shared_topics: u32,
    /// Half-hours a week that both have, at the worst difference of their clocks during the round.
    pub shared_half_hours: u32,
    /// Whether they share a language.
    pub shares_language: bool,
    /// A mentor's places.
    pub places: i32,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct People {
    /// Those with the most topics in common first, then by name.
    pub people: Vec<Candidate>,
    /// Whether there is a next page.
    pub more: bool,
}

/// The people on the other side of a round whose sign-ups were sent. Goals, hours and preferences of theirs are not
/// part of it.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn people(
    store: &Store,
    actor: &Actor,
    form: &SignUpForm,
    filter: &Filter,
    page: u32,
) -> Result<People, StoreError> {
    use mentoring_sign_up::Column;
    let mine = &form.sign_up;
    let other_side = match mine.role {
        SignUpRole::Mentee => SignUpRole::Mentor,
        SignUpRole::Mentor => SignUpRole::Mentee,
    };
    let me = actor.member().map_or_else(Uuid::nil, |me| me.0);
    let slugs: Vec<&str> = mine.topics.iter().map(|chosen| chosen.topic.slug.as_str()).collect();
    let shared = Query::select()
        .expr(Expr::val(1).count())
        .from(mentoring_sign_up_topic::Entity)
        .inner_join(
            topic::Entity,
            Expr::col((topic::Entity, topic::Column::Id))
                .equals((mentoring_sign_up_topic::Entity, mentoring_sign_up_topic::Column::TopicId)),
        )
        .and_where(
            Expr::col((mentoring_sign_up_topic::Entity, mentoring_sign_up_topic::Column::SignUpId))
                .equals((mentoring_sign_up::Entity, Column::Id)),
        )
        .and_where(Expr::col((topic::Entity, topic::Column::Slug)).is_in(slugs))
        .take();
    let words = search::matching_members(store.engine(), Viewer::of_others(actor), &filter.words)
        .map(|found| Column::MemberId.in_subquery(found));
    let with_topic = filter.topic.as_ref().map(|slug| {
        let having = mentoring_sign_up_topic::Entity::find()
            .select_only()
            .column(mentoring_sign_up_topic::Column::SignUpId)
            .join(JoinType::InnerJoin, mentoring_sign_up_topic::Relation::Topic.def())
            .filter(topic::Column::Slug.eq(slug.as_str()));
        Column::Id.in_subquery(having.into_query())
    });
    let mut rows = mentoring_sign_up::Entity::find()
        .join(JoinType::InnerJoin, mentoring_sign_up::Relation::Member.def())
        .filter(Column::RoundId.eq(mine.round.0))
        .filter(Column::Role.eq(other_side.name()))
        .filter(Column::State.eq(SignUpState::Submitted.name()))
        .filter(Column::MemberId.ne(me))
        .filter(findable(Column::MemberId, Viewer::of_others(actor)))
        .filter(hidden_from(actor, Expr::col((mentoring_sign_up::Entity, Column::MemberId))))
        .filter(sea_orm::Condition::all().add_option(words).add_option(with_topic))
        .order_by_desc(Expr::SubQuery(None, Box::new(shared.into())))
        .order_by_asc(Expr::expr(Func::lower(Expr::col((member::Entity, member::Column::Name)))))
        .order_by_asc(Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let ids: Vec<Uuid> = rows.iter().map(|row| row.member_id).collect();
    let mut profiles: HashMap<Uuid, VisibleProfile> =
        shown(store.db(), actor, &ids).await?.into_iter().map(|person| (person.member.0, person)).collect();
    let theirs = complete_all(store.db(), rows).await?;
    let overlap = Overlap::new(form, &theirs);
    let candidate = |(member, other): (Uuid, SignUp)| {
        let is_shared = |slug: &Slug| mine.topics.iter().any(|own| own.topic.slug == *slug);
        let topics: Vec<Named> = other.topics.iter().map(|chosen| chosen.topic.clone()).collect();
        Some(Candidate {
            shared_topics: topics.iter().filter(|topic| is_shared(&topic.slug)).count() as u32,
            shared_half_hours: overlap.half_hours(mine, &other),
            shares_language: other.languages.iter().any(|language| mine.languages.contains(language)),
            places: other.places,
            topics,
            person: profiles.remove(&member)?,
        })
    };
    Ok(People { people: ids.into_iter().zip(theirs).filter_map(candidate).collect(), more })
}

/// Hours in common, as the run counts them.
struct Overlap(Calendar);

impl Overlap {
    fn new(form: &SignUpForm, others: &[SignUp]) -> Self {
        let details = &form.round.card.details;
        let mut zones: HashSet<_> = others.iter().map(|other| other.zone).collect();
        zones.insert(form.sign_up.zone);
        Self(Calendar::new(details.starts_on, details.ends_on, zones))
    }

    fn half_hours(&self, one: &SignUp, other: &SignUp) -> u32 {
        let week = |sign_up: &SignUp| Some((self.0.clock(sign_up.zone)?, sign_up.week));
        match (week(one), week(other)) {
            (Some(one), Some(other)) => self.0.overlap(one, other),
            _ => 0,
        }
    }
}
