//! Teams, which form a tree.

use std::collections::HashMap;

use domain::{
    Actor, Problem, Refusal, Slug,
    members::{Named, Part, Viewer},
    policy::{NoRelation, Permit, permit, teams::ManageTeams},
    teams::{MAX_DEPTH, TeamDetails},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{profile, team},
    members::{self, Directory},
    search, secrets, settings,
    write::{DUPLICATE_WINDOW, Tx, create_key, maker_of, verb},
};

/// A team in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRow {
    /// Slug of the team's page.
    pub slug: Slug,
    /// The team's name, 1 to 80 characters.
    pub name: String,
    /// What the team does. May be empty.
    pub purpose: String,
    /// The number of teams above it.
    pub depth: usize,
    /// Number of members that the reader sees in it.
    pub people: u32,
}

/// The contents of a team's page.
#[derive(Clone, Debug)]
pub struct TeamPage {
    /// The team's slug and name.
    pub team: Named,
    /// What the team does. May be empty.
    pub purpose: String,
    /// The teams above it, starting at the top.
    pub above: Vec<Named>,
    /// The teams directly below it.
    pub below: Vec<TeamRow>,
    /// A page of its members, as the reader sees them.
    pub people: Directory,
    /// Whether the reader may edit it.
    pub may_edit: bool,
}

/// All teams with their number of members, each followed by the teams below it.
///
/// # Errors
/// `Refused` when not signed in, because the structure of the organisation is for members only.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<TeamRow>, StoreError> {
    signed_in(actor)?;
    let rows = load_all(store).await?;
    let people = sizes(store, actor).await?;
    let mut tree = Vec::with_capacity(rows.len());
    append_below(&rows, &people, None, 0, &mut tree)?;
    Ok(tree)
}

fn signed_in(actor: &Actor) -> Result<(), Refusal> {
    if matches!(actor, Actor::Anonymous) { Err(Refusal::SignInFirst) } else { Ok(()) }
}

async fn load_all(store: &Store) -> Result<Vec<team::Model>, StoreError> {
    let find = team::Entity::find().order_by_asc(team::Column::Name).order_by_asc(team::Column::Id);
    Ok(find.all(store.db()).await?)
}

async fn sizes(store: &Store, actor: &Actor) -> Result<HashMap<Uuid, u32>, StoreError> {
    let viewer = Viewer::of_others(actor);
    let rows: Vec<(Option<Uuid>, i64)> = profile::Entity::find()
        .select_only()
        .column(profile::Column::TeamId)
        .column_as(profile::Column::MemberId.count(), "people")
        .filter(profile::Column::TeamId.is_not_null())
        .filter(members::shows(Part::Team, viewer))
        .filter(members::findable(profile::Column::MemberId, viewer))
        .group_by(profile::Column::TeamId)
        .into_tuple()
        .all(store.db())
        .await?;
    let counted =
        rows.into_iter().filter_map(|(team, n)| Some((team?, u32::try_from(n).unwrap_or(u32::MAX))));
    Ok(counted.collect())
}

fn append_below(
    rows: &[team::Model],
    people: &HashMap<Uuid, u32>,
    parent: Option<Uuid>,
    depth: usize,
    tree: &mut Vec<TeamRow>,
) -> Result<(), StoreError> {
    // The rules allow no circle. If the database contains one anyway, this ends it.
    if depth > rows.len() {
        return Ok(());
    }
    for row in rows.iter().filter(|row| row.parent_id == parent) {
        tree.push(row_of(row, people, depth)?);
        append_below(rows, people, Some(row.id), depth + 1, tree)?;
    }
    Ok(())
}

fn row_of(row: &team::Model, people: &HashMap<Uuid, u32>, depth: usize) -> Result<TeamRow, StoreError> {
    Ok(TeamRow {
        slug: named(row)?.slug,
        name: row.name.clone(),
        purpose: row.purpose.clone(),
        depth,
        people: people.get(&row.id).copied().unwrap_or(0),
    })
}

fn named(row: &team::Model) -> Result<Named, StoreError> {
    let slug = Slug::parse(&row.slug)
        .ok_or_else(|| StoreError::Corrupt(format!("team {}: unreadable slug", row.id)))?;
    Ok(Named { slug, name: row.name.clone() })
}

/// The page of a team.
///
/// # Errors
/// `Refused` when not signed in. `NotFound` when there is no such team.
pub async fn page(store: &Store, actor: &Actor, slug: &Slug, page: u32) -> Result<TeamPage, StoreError> {
    signed_in(actor)?;
    let rows = load_all(store).await?;
    let team = rows.iter().find(|row| row.slug == slug.as_str()).ok_or(StoreError::NotFound)?;
    let people = sizes(store, actor).await?;
    let mut above = Vec::new();
    let mut current = team.parent_id;
    while let Some(row) =
        current.and_then(|id| rows.iter().find(|row| row.id == id)).filter(|_| above.len() < MAX_DEPTH)
    {
        above.insert(0, named(row)?);
        current = row.parent_id;
    }
    let below = rows.iter().filter(|row| row.parent_id == Some(team.id));
    let below = below.map(|row| row_of(row, &people, 0)).collect::<Result<_, _>>()?;
    let filter = members::Filter { team: Some(slug.clone()), ..members::Filter::default() };
    Ok(TeamPage {
        people: members::directory(store, actor, &filter, page).await?,
        team: named(team)?,
        purpose: team.purpose.clone(),
        above,
        below,
        may_edit: permit(actor, ManageTeams, NoRelation).is_ok(),
    })
}

/// Creates a team. Its slug gets a suffix if it is taken.
///
/// # Errors
/// `Refused` when the actor may not create teams. `Invalid` when there is no such parent or the tree would be
/// too deep.
pub async fn create(
    store: &Store,
    actor: &Actor,
    details: TeamDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, details, key| {
        let permit = permit(actor, ManageTeams, NoRelation)?;
        settings::lock(tx).await?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let resubmitted = Condition::all()
                .add(team::Column::CreateKey.starts_with(maker_of(key)))
                .add(team::Column::Name.eq(&details.name))
                .add(team::Column::CreatedAt.gt(tx.now() - DUPLICATE_WINDOW));
            let known = Condition::any().add(team::Column::CreateKey.eq(key)).add(resubmitted);
            if let Some(known) = team::Entity::find().filter(known).one(tx.db()).await? {
                return Slug::parse(&known.slug).ok_or_else(|| StoreError::Corrupt("unreadable slug".into()));
            }
        }
        let parent = parent(tx, details, None).await?;
        insert(tx, &permit, details, parent, key).await
    })
}

async fn insert(
    tx: &Tx,
    permit: &Permit<ManageTeams>,
    details: &TeamDetails,
    parent: Option<Uuid>,
    key: Option<String>,
) -> Result<Slug, StoreError> {
    let wanted = match Slug::of_title(&details.name, "team") {
        // `/teams/new` is a page of its own.
        slug if slug.as_str() == "new" => slug.with_suffix("team"),
        slug => slug,
    };
    let mut slug = wanted.clone();
    while team::Entity::find().filter(team::Column::Slug.eq(slug.as_str())).count(tx.db()).await? > 0 {
        slug = wanted.with_suffix(&secrets::suffix());
    }
    let row = team::ActiveModel {
        id: Set(secrets::new_id()),
        slug: Set(slug.to_string()),
        name: Set(details.name.clone()),
        parent_id: Set(parent),
        purpose: Set(details.purpose.clone()),
        created_at: Set(tx.now()),
        create_key: Set(key),
    };
    let row = row.insert(tx.db()).await?;
    audit::record(tx, permit, "team.create", row.id).await?;
    Ok(slug)
}

/// Changes a team. Its slug stays the same.
///
/// # Errors
/// `Refused` when the actor may not edit teams. `NotFound` when there is no such team. `Invalid` when there is
/// no such parent, the parent is below the team, or the tree would be too deep.
pub async fn edit(store: &Store, actor: &Actor, slug: &Slug, details: TeamDetails) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, details| {
        let permit = permit(actor, ManageTeams, NoRelation)?;
        // Changes to the tree happen one after another, so that two at once cannot create a circle.
        settings::lock(tx).await?;
        let query = team::Entity::find().filter(team::Column::Slug.eq(slug.as_str()));
        let row = query.lock_exclusive().one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        let parent = parent(tx, details, Some(row.id)).await?;
        let was_below = match row.parent_id {
            Some(id) => team::Entity::find_by_id(id).one(tx.db()).await?.map(|team| team.slug),
            None => None,
        };
        let below = details.parent.as_ref().map_or("", Slug::as_str);
        let facts = Changes::default()
            .and("name", &row.name, &details.name)
            .and("parent", was_below.as_deref().unwrap_or_default(), below)
            .and("purpose", &row.purpose, &details.purpose);
        let change = team::ActiveModel {
            id: Set(row.id),
            name: Set(details.name.clone()),
            parent_id: Set(parent),
            purpose: Set(details.purpose.clone()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        if row.name != details.name {
            search::members(tx, &people_of(tx, row.id).await?).await?;
        }
        audit::record_changes(tx, &permit, "team.edit", row.id, facts).await
    })
}

async fn people_of(tx: &Tx, team: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let find = profile::Entity::find().select_only().column(profile::Column::MemberId);
    Ok(find.filter(profile::Column::TeamId.eq(team)).into_tuple().all(tx.db()).await?)
}

/// Number of levels from this team down, counted up to `max`.
fn height(rows: &[team::Model], of: Uuid, max: usize) -> usize {
    if max == 0 {
        return 0;
    }
    let below = rows.iter().filter(|row| row.parent_id == Some(of));
    1 + below.map(|row| height(rows, row.id, max - 1)).max().unwrap_or(0)
}

/// The requested parent. It must exist, must not be the team itself or below it, and must leave room for the
/// levels below the team.
async fn parent(tx: &Tx, details: &TeamDetails, team: Option<Uuid>) -> Result<Option<Uuid>, StoreError> {
    let Some(slug) = &details.parent else { return Ok(None) };
    let invalid = |why| StoreError::Invalid(vec![Problem { field: "parent".into(), why }]);
    let rows = team::Entity::find().all(tx.db()).await?;
    let parent = rows.iter().find(|row| row.slug == slug.as_str());
    let parent = parent.ok_or_else(|| invalid(Refusal::BadChoice))?;
    let mut levels = team.map_or(1, |team| height(&rows, team, MAX_DEPTH + 1));
    let mut current = Some(parent);
    while let Some(row) = current {
        if Some(row.id) == team {
            return Err(invalid(Refusal::TeamInItself));
        }
        levels += 1;
        if levels > MAX_DEPTH {
            return Err(invalid(Refusal::TeamsTooDeep { max: MAX_DEPTH as i64 }));
        }
        current = row.parent_id.and_then(|id| rows.iter().find(|row| row.id == id));
    }
    Ok(Some(parent.id))
}
