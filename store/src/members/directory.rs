//! The directory of members. A filter only matches what the reader may see: hidden parts of a profile never
//! affect the results.

use domain::{
    Actor, MemberId, Slug,
    events::{AttendeeList, RsvpState},
    members::{Language, Part, Region, Viewer, VisibleProfile},
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationTrait as _, Select,
    sea_query::{Expr, Func, SelectStatement},
};
use uuid::Uuid;

use super::{
    facets::{in_group, in_region},
    profiles::shown,
    visibility::{findable, shows},
};
use crate::{
    Store, StoreError,
    blocks::hidden_from,
    entities::{
        discipline, event, member, member_discipline, member_language, member_topic, profile, rsvp, team,
        topic,
    },
    events::seen_by,
    mentorships, search,
};

/// Number of members on one page.
const PAGE: u64 = 24;

/// Something that a member has in common with the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shares {
    /// They belong to the same team.
    Team,
    /// Both list at least one topic.
    Topic,
    /// Both attend or attended the same event.
    Event,
}

/// Filters for the directory. A member must match all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words to find in the profile.
    pub words: String,
    /// A discipline on the profile.
    pub discipline: Option<Slug>,
    /// A topic on the profile.
    pub topic: Option<Slug>,
    /// The team they belong to.
    pub team: Option<Slug>,
    /// A language that they speak.
    pub language: Option<Language>,
    /// A group that they belong to and that the reader sees.
    pub group: Option<Slug>,
    /// Where their time zone is.
    pub region: Option<Region>,
    /// Only members whom the reader can ask to be a mentor.
    pub mentors: bool,
    /// Something in common with the reader.
    pub shares: Option<Shares>,
}

/// A page of the directory.
#[derive(Clone, Debug)]
pub struct Directory {
    /// Members by name, as the reader sees them.
    pub people: Vec<VisibleProfile>,
    /// The number of members on all pages.
    pub total: u32,
    /// Whether there is a next page.
    pub more: bool,
}

/// A page of the members that a reader may find, by name. The number of queries does not depend on the number
/// of members.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn directory(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    page: u32,
) -> Result<Directory, StoreError> {
    let find = matching(store, actor, filter);
    let total = u32::try_from(find.clone().count(store.db()).await?).unwrap_or(u32::MAX);
    let mut ids: Vec<Uuid> = find
        .select_only()
        .column(profile::Column::MemberId)
        .order_by_asc(Expr::expr(Func::lower(Expr::col((member::Entity, member::Column::Name)))))
        .order_by_asc(profile::Column::MemberId)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .into_tuple()
        .all(store.db())
        .await?;
    let more = ids.len() as u64 > PAGE;
    ids.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok(Directory { people: shown(store.db(), actor, &ids).await?, total, more })
}

pub(super) fn matching(store: &Store, actor: &Actor, filter: &Filter) -> Select<profile::Entity> {
    let viewer = Viewer::of_others(actor);
    let shown_and_in = |part, by: SelectStatement| {
        Condition::all().add(shows(part, viewer)).add(profile::Column::MemberId.in_subquery(by))
    };
    let words = search::matching_members(store.engine(), viewer, &filter.words)
        .map(|found| profile::Column::MemberId.in_subquery(found));
    let in_team = |slug: &Slug| {
        let team = team::Entity::find().select_only().column(team::Column::Id);
        let team = team.filter(team::Column::Slug.eq(slug.as_str())).into_query();
        Condition::all().add(shows(Part::Team, viewer)).add(profile::Column::TeamId.in_subquery(team))
    };
    profile::Entity::find()
        .join(JoinType::InnerJoin, profile::Relation::Member.def())
        .filter(findable(profile::Column::MemberId, viewer))
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))))
        .filter(
            Condition::all()
                .add_option(words)
                .add_option(
                    filter
                        .discipline
                        .as_ref()
                        .map(|slug| shown_and_in(Part::Disciplines, with_discipline(slug))),
                )
                .add_option(filter.topic.as_ref().map(|slug| shown_and_in(Part::Topics, with_topic(slug))))
                .add_option(
                    filter.language.map(|language| shown_and_in(Part::Languages, with_language(language))),
                )
                .add_option(filter.team.as_ref().map(in_team))
                .add_option(
                    filter
                        .group
                        .as_ref()
                        .map(|slug| profile::Column::MemberId.in_subquery(in_group(actor, slug))),
                )
                .add_option(
                    filter
                        .region
                        .map(|region| Condition::all().add(shows(Part::Zone, viewer)).add(in_region(region))),
                )
                .add_option(filter.mentors.then(|| {
                    profile::Column::MemberId.in_subquery(mentorships::offering(actor, store.now()))
                }))
                .add_option(filter.shares.map(|shares| sharing_with_reader(actor, viewer, shares))),
        )
}

fn with_discipline(slug: &Slug) -> SelectStatement {
    member_discipline::Entity::find()
        .select_only()
        .column(member_discipline::Column::MemberId)
        .join(JoinType::InnerJoin, member_discipline::Relation::Discipline.def())
        .filter(discipline::Column::Slug.eq(slug.as_str()))
        .into_query()
}

fn with_topic(slug: &Slug) -> SelectStatement {
    member_topic::Entity::find()
        .select_only()
        .column(member_topic::Column::MemberId)
        .join(JoinType::InnerJoin, member_topic::Relation::Topic.def())
        .filter(topic::Column::Slug.eq(slug.as_str()))
        .into_query()
}

fn with_language(language: Language) -> SelectStatement {
    member_language::Entity::find()
        .select_only()
        .column(member_language::Column::MemberId)
        .filter(member_language::Column::Tag.eq(language.tag()))
        .into_query()
}

/// The members who have something in common with the reader, without the reader.
fn sharing_with_reader(actor: &Actor, viewer: Viewer, shares: Shares) -> Condition {
    // The nil id matches nothing, so an anonymous reader has nothing in common with anybody.
    let me = actor.member().map_or_else(Uuid::nil, |me| me.0);
    let (part, common) = match shares {
        Shares::Team => {
            let my_team = profile::Entity::find().select_only().column(profile::Column::TeamId);
            let my_team = my_team.filter(profile::Column::MemberId.eq(me)).into_query();
            (Part::Team, profile::Column::TeamId.in_subquery(my_team))
        }
        Shares::Topic => {
            let my_topics = member_topic::Entity::find().select_only().column(member_topic::Column::TopicId);
            let my_topics = my_topics.filter(member_topic::Column::MemberId.eq(me)).into_query();
            let members = member_topic::Entity::find().select_only().column(member_topic::Column::MemberId);
            let members = members.filter(member_topic::Column::TopicId.in_subquery(my_topics)).into_query();
            (Part::Topics, profile::Column::MemberId.in_subquery(members))
        }
        Shares::Event => {
            let attendees = going()
                .column(rsvp::Column::MemberId)
                .filter(rsvp::Column::Hidden.eq(false))
                .filter(rsvp::Column::EventId.in_subquery(listed_events_of(actor)))
                .into_query();
            (Part::Events, profile::Column::MemberId.in_subquery(attendees))
        }
    };
    Condition::all().add(profile::Column::MemberId.ne(me)).add(shows(part, viewer)).add(common)
}

fn going() -> Select<rsvp::Entity> {
    rsvp::Entity::find().select_only().filter(rsvp::Column::State.eq(RsvpState::Going.name()))
}

/// The events that the actor attends or attended, and may still see.
pub(super) fn seen_events_of(actor: &Actor) -> SelectStatement {
    // An anonymous visitor attends nothing.
    let me = actor.member().map_or_else(Uuid::nil, |me| me.0);
    let visible = event::Entity::find().select_only().column(event::Column::Id).filter(seen_by(actor));
    let attended = going().column(rsvp::Column::EventId).filter(rsvp::Column::MemberId.eq(me));
    attended.filter(rsvp::Column::EventId.in_subquery(visible.into_query())).into_query()
}

/// Those of them whose list of attendees the actor sees.
fn listed_events_of(actor: &Actor) -> SelectStatement {
    event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(seen_by(actor))
        .filter(event::Column::Id.in_subquery(seen_events_of(actor)))
        .filter(lists_attendees_to(actor))
        .into_query()
}

/// The events that a member attends or attended, as far as a signed-in reader sees the member on the list of attendees.
/// Members see all of their own.
pub(super) fn attended_by(member: MemberId, actor: &Actor) -> Condition {
    let attended = going().column(rsvp::Column::EventId).filter(rsvp::Column::MemberId.eq(member.0));
    if actor.member() == Some(member) {
        return Condition::all().add(event::Column::Id.in_subquery(attended.into_query()));
    }
    let open = attended.filter(rsvp::Column::Hidden.eq(false));
    Condition::all().add(event::Column::Id.in_subquery(open.into_query())).add(lists_attendees_to(actor))
}

/// The events whose list of attendees a signed-in reader sees.
fn lists_attendees_to(actor: &Actor) -> Condition {
    let list = event::Column::AttendeeList;
    let to_attendees = Condition::all()
        .add(list.eq(AttendeeList::Attendees.name()))
        .add(event::Column::Id.in_subquery(seen_events_of(actor)));
    Condition::any().add(list.eq(AttendeeList::Members.name())).add(to_attendees)
}
