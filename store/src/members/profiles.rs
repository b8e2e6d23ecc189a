//! Loads complete profiles, several at once.

use std::collections::HashMap;

use domain::{
    Actor, MemberId, Slug,
    members::{Audience, Language, Level, Named, Part, Profile, Viewer, Visibility, VisibleProfile, WebLink},
    policy::{
        members::{MemberRelation, SeeManager},
        permit,
    },
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    disciplines::disciplines_of,
    visibility::{findable, shown_name, shows},
};
use crate::{
    StoreError,
    blocks::hidden_from,
    entities::{member, member_language, member_link, member_picture, member_topic, profile, team, topic},
};

/// Longer lists of ids are split into several queries.
const BATCH_SIZE: usize = 500;

/// A profile's row with columns from related tables.
#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    profile: profile::Model,
    name: String,
    distinct_name: Option<String>,
    headline: String,
    zone: String,
    picture: Option<String>,
    team_slug: Option<String>,
    team_name: Option<String>,
}

fn visibility(row: &profile::Model) -> Visibility {
    let stored = |part| match part {
        Part::Name => &row.name_audience,
        Part::Headline => &row.headline_audience,
        Part::Pronouns => &row.pronouns_audience,
        Part::Bio => &row.bio_audience,
        Part::Picture => &row.picture_audience,
        Part::Team => &row.team_audience,
        Part::Seniority => &row.seniority_audience,
        Part::Disciplines => &row.disciplines_audience,
        Part::Topics => &row.topics_audience,
        Part::Languages => &row.languages_audience,
        Part::Zone => &row.zone_audience,
        Part::Links => &row.links_audience,
        Part::Events => &row.events_audience,
    };
    let mut see = Visibility::default();
    for part in Part::ALL {
        // An unreadable audience hides the part from everyone else.
        see.set(*part, stored(*part).parse().unwrap_or(Audience::Me));
    }
    see
}

/// The complete profiles of several members. Seven queries for each batch of [`BATCH_SIZE`].
pub(crate) async fn profiles_of(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Profile>, StoreError> {
    let ids: Vec<Uuid> = members.into_iter().collect();
    load(db, &ids, Detail::Full).await
}

/// How much of a profile is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Everything.
    Full,
    /// What lists show. Topics, languages, links and the manager stay empty. Two queries instead of seven.
    Brief,
}

async fn load(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    detail: Detail,
) -> Result<HashMap<Uuid, Profile>, StoreError> {
    let mut all = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(BATCH_SIZE) {
        load_batch(db, ids, detail, &mut all).await?;
    }
    Ok(all)
}

async fn load_batch(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    detail: Detail,
    all: &mut HashMap<Uuid, Profile>,
) -> Result<(), StoreError> {
    let picture = profile::Entity::belongs_to(member_picture::Entity)
        .from(profile::Column::MemberId)
        .to(member_picture::Column::MemberId)
        .into();
    let rows = profile::Entity::find()
        .column_as(member::Column::Name, "name")
        .column_as(member::Column::DistinctName, "distinct_name")
        .column_as(member::Column::Headline, "headline")
        .column_as(member::Column::Zone, "zone")
        .column_as(member_picture::Column::Hash, "picture")
        .column_as(team::Column::Slug, "team_slug")
        .column_as(team::Column::Name, "team_name")
        .join(JoinType::InnerJoin, profile::Relation::Member.def())
        .join(JoinType::LeftJoin, profile::Relation::Team.def())
        .join(JoinType::LeftJoin, picture)
        .filter(profile::Column::MemberId.is_in(ids.iter().copied()))
        .into_model::<Row>()
        .all(db)
        .await?;
    let mut disciplines = disciplines_of(db, ids.iter().copied()).await?;
    let (mut topics, mut languages, mut links, mut managers) = Default::default();
    if detail == Detail::Full {
        topics = topics_of(db, ids).await?;
        languages = languages_of(db, ids).await?;
        links = links_of(db, ids).await?;
        managers = names_of(db, rows.iter().filter_map(|row| row.profile.manager_id)).await?;
    }
    for row in rows {
        let id = row.profile.member_id;
        let corrupt = |what: &str| StoreError::Corrupt(format!("profile {id}: unreadable {what}"));
        let see = visibility(&row.profile);
        let manager = row.profile.manager_id.and_then(|manager| managers.get(&manager).cloned());
        let profile = Profile {
            member: MemberId(id),
            slug: Slug::parse(&row.profile.slug).ok_or_else(|| corrupt("slug"))?,
            name: row.name,
            distinct_name: row.distinct_name,
            pronouns: row.profile.pronouns,
            headline: row.headline,
            bio: row.profile.bio,
            picture: row.picture,
            team: named(row.team_slug.as_deref(), row.team_name),
            manager,
            seniority: row.profile.seniority.and_then(|name| name.parse().ok()),
            disciplines: disciplines.remove(&id).unwrap_or_default(),
            topics: topics.remove(&id).unwrap_or_default(),
            languages: languages.remove(&id).unwrap_or_default(),
            zone: row.zone.parse().map_err(|()| corrupt("zone"))?,
            links: links.remove(&id).unwrap_or_default(),
            see,
        };
        all.insert(id, profile);
    }
    Ok(())
}

fn named(slug: Option<&str>, name: Option<String>) -> Option<Named> {
    Some(Named { slug: Slug::parse(slug?)?, name: name? })
}

async fn topics_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<(Named, Level)>>, StoreError> {
    let rows = member_topic::Entity::find()
        .filter(member_topic::Column::MemberId.is_in(ids.iter().copied()))
        .find_also_related(topic::Entity)
        .order_by_asc(topic::Column::Position)
        .order_by_asc(topic::Column::Slug)
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<(Named, Level)>> = HashMap::new();
    for (row, topic) in rows {
        let known = topic.and_then(|topic| named(Some(&topic.slug), Some(topic.name)));
        if let (Some(topic), Ok(level)) = (known, row.level.parse()) {
            of.entry(row.member_id).or_default().push((topic, level));
        }
    }
    Ok(of)
}

async fn languages_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Language>>, StoreError> {
    let rows = member_language::Entity::find()
        .filter(member_language::Column::MemberId.is_in(ids.iter().copied()))
        .order_by_asc(member_language::Column::Tag)
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<Language>> = HashMap::new();
    for row in rows {
        if let Ok(language) = row.tag.parse() {
            of.entry(row.member_id).or_default().push(language);
        }
    }
    Ok(of)
}

async fn links_of(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<WebLink>>, StoreError> {
    let rows = member_link::Entity::find()
        .filter(member_link::Column::MemberId.is_in(ids.iter().copied()))
        .order_by_asc(member_link::Column::Id)
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<WebLink>> = HashMap::new();
    for row in rows {
        let link = WebLink { id: row.id, url: row.url, verified_at: row.verified_at };
        of.entry(row.member_id).or_default().push(link);
    }
    Ok(of)
}

/// Names and pages of members, without checking who may see them.
async fn names_of(
    db: &impl ConnectionTrait,
    members: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Named>, StoreError> {
    let ids: Vec<Uuid> = members.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String, String)> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .column(profile::Column::Slug)
        .expr_as(shown_name(), "name")
        .join(JoinType::InnerJoin, profile::Relation::Member.def())
        .filter(profile::Column::MemberId.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, slug, name)| Some((id, named(Some(&slug), Some(name))?))).collect())
}

/// The names of some members, where the reader may see them. One query, for callers that need nothing else.
pub(crate) async fn names(
    db: &impl ConnectionTrait,
    actor: &Actor,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, StoreError> {
    let seen = Condition::any()
        .add(shows(Part::Name, Viewer::of_others(actor)))
        .add_option(actor.member().map(|me| profile::Column::MemberId.eq(me.0)));
    let rows: Vec<(Uuid, String)> = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .expr_as(shown_name(), "name")
        .join(JoinType::InnerJoin, profile::Relation::Member.def())
        .filter(profile::Column::MemberId.is_in(members))
        .filter(member::Column::Name.ne(""))
        .filter(seen)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The slugs of some members' pages, where the reader may open them. One query, for lists whose names become links.
pub(crate) async fn page_slugs(
    db: &impl ConnectionTrait,
    actor: &Actor,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Slug>, StoreError> {
    let rows: Vec<(Uuid, String)> = profile::Entity::find()
        .select_only()
        .columns([profile::Column::MemberId, profile::Column::Slug])
        .filter(profile::Column::MemberId.is_in(members))
        .filter(findable(profile::Column::MemberId, Viewer::of_others(actor)))
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, slug)| Some((id, Slug::parse(&slug)?))).collect())
}

/// Several members as a reader sees them, in the order of `ids`. Members that the reader may not see are left
/// out.
pub(crate) async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<VisibleProfile>, StoreError> {
    let mut profiles = profiles_of(db, ids.iter().copied()).await?;
    Ok(ids.iter().filter_map(|id| shown_to(actor, profiles.remove(id)?)).collect())
}

/// Like [`shown`], for lists: topics, languages, links and the manager are empty.
pub(crate) async fn shown_briefly(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<VisibleProfile>, StoreError> {
    let mut profiles = load(db, ids, Detail::Brief).await?;
    Ok(ids.iter().filter_map(|id| shown_to(actor, profiles.remove(id)?)).collect())
}

/// What members see of these people, whoever reads it: topics, languages, links and the manager are empty. People who hide
/// their name are left out.
pub(crate) async fn shown_to_members(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, VisibleProfile>, StoreError> {
    let mut shown = HashMap::with_capacity(ids.len());
    for some in ids.chunks(1_000) {
        let profiles = load(db, some, Detail::Brief).await?.into_iter();
        shown.extend(
            profiles.filter_map(|(id, profile)| Some((id, profile.shown_to(Viewer::Member, false)?))),
        );
    }
    Ok(shown)
}

/// One profile as a reader sees it. `None` when they may not see it at all.
pub(crate) fn shown_to(actor: &Actor, profile: Profile) -> Option<VisibleProfile> {
    let viewer = Viewer::of(actor, profile.member);
    let relation = if viewer == Viewer::Own { MemberRelation::Own } else { MemberRelation::Other };
    let manager_too = permit(actor, SeeManager, relation).is_ok();
    profile.shown_to(viewer, manager_too)
}
