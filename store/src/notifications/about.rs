//! What notifications are about, as their reader may see it now. Each feature's own condition decides.

use std::collections::HashMap;

use domain::{
    Actor, Instant, KudosId, Slug,
    notifications::{Record, comment_of_path},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use crate::{
    StoreError, comments,
    entities::{event, group, group_invitation, kudos, member},
    events, groups,
    kudos::seen_by,
    members::shown_briefly,
};

/// The person and the record behind a notification.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    pub(super) by: Option<String>,
    pub(super) title: Option<String>,
}

/// The records and comments that a reader may see, of those that some notifications name.
pub(super) struct Known {
    titles: HashMap<String, String>,
    /// The giver of each kudos.
    givers: HashMap<Uuid, Uuid>,
    /// The author of each comment. `None` when the account is gone.
    authors: HashMap<Uuid, Option<Uuid>>,
    names: HashMap<Uuid, String>,
}

impl Known {
    pub(super) async fn load<'a>(
        db: &impl ConnectionTrait,
        actor: &Actor,
        now: Instant,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, StoreError> {
        let paths: Vec<&str> = paths.into_iter().collect();
        let records = records(paths.iter().copied());
        let mut titles = event_titles(db, actor, &records).await?;
        titles.extend(group_names(db, actor, now, &records).await?);
        let comments: Vec<Uuid> =
            paths.iter().filter_map(|path| comment_of_path(path)).map(|id| id.0).collect();
        let authors = match comments.is_empty() {
            true => HashMap::new(),
            false => comments::authors(db, actor, &comments).await?,
        };
        let givers = givers(db, actor, &records).await?;
        let mut people: Vec<Uuid> =
            givers.values().copied().chain(authors.values().filter_map(|author| *author)).collect();
        people.sort_unstable();
        people.dedup();
        let names = match people.is_empty() {
            true => HashMap::new(),
            false => {
                let shown = shown_briefly(db, actor, &people).await?;
                shown.into_iter().map(|person| (person.member.0, person.name)).collect()
            }
        };
        Ok(Self { titles, givers, authors, names })
    }

    /// What a notification with this path is about. `None` when its reader may no longer see that.
    pub(super) fn about(&self, path: &str) -> Option<About> {
        let record = Record::of_path(path);
        let (title, giver) = match &record {
            Record::Event(_) | Record::Group(_) | Record::Invitation(_) => {
                (Some(self.titles.get(&key(&record))?.clone()), None)
            }
            Record::Kudos(id) => (None, Some(*self.givers.get(&id.0)?)),
            Record::Page => (None, None),
        };
        let by = match comment_of_path(path) {
            Some(id) => *self.authors.get(&id.0)?,
            None => giver,
        };
        Some(About { by: by.and_then(|id| self.names.get(&id).cloned()), title })
    }
}

/// The key of a title. An invitation shows a group to people who may not see the group yet.
fn key(record: &Record) -> String {
    match record {
        Record::Event(slug) => format!("events/{slug}"),
        Record::Group(slug) => format!("groups/{slug}"),
        Record::Invitation(slug) => format!("invitations/{slug}"),
        Record::Kudos(_) | Record::Page => String::new(),
    }
}

async fn event_titles(
    db: &impl ConnectionTrait,
    actor: &Actor,
    records: &[Record],
) -> Result<HashMap<String, String>, StoreError> {
    let slugs: Vec<&str> = records
        .iter()
        .filter_map(|record| match record {
            Record::Event(slug) => Some(slug.as_str()),
            _ => None,
        })
        .collect();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Slug, event::Column::Title])
        .filter(event::Column::Slug.is_in(slugs))
        .filter(events::seen_by(actor))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(slug, title)| (format!("events/{slug}"), title)).collect())
}

async fn group_names(
    db: &impl ConnectionTrait,
    actor: &Actor,
    now: Instant,
    records: &[Record],
) -> Result<HashMap<String, String>, StoreError> {
    let (mut named, mut invited): (Vec<&Slug>, Vec<&Slug>) = (Vec::new(), Vec::new());
    for record in records {
        match record {
            Record::Group(slug) => named.push(slug),
            Record::Invitation(slug) => invited.push(slug),
            _ => {}
        }
    }
    let mut names = HashMap::new();
    let me = actor.member().map(|me| me.0);
    let address = member::Entity::find()
        .select_only()
        .column(member::Column::AddressKey)
        .filter(member::Column::Id.eq(me))
        .filter(member::Column::AddressKey.is_not_null())
        .into_query();
    let to_reader = Condition::any()
        .add(group_invitation::Column::MemberId.eq(me))
        .add(group_invitation::Column::AddressKey.in_subquery(address));
    let open = group_invitation::Entity::find()
        .select_only()
        .column(group_invitation::Column::GroupId)
        .filter(to_reader)
        .filter(group_invitation::Column::ExpiresAt.gt(now))
        .into_query();
    let invitation = Condition::any().add(groups::seen_by(actor)).add(group::Column::Id.in_subquery(open));
    for (slugs, condition, prefix) in
        [(named, groups::seen_by(actor), "groups"), (invited, invitation, "invitations")]
    {
        if slugs.is_empty() {
            continue;
        }
        let rows: Vec<(String, String)> = group::Entity::find()
            .select_only()
            .columns([group::Column::Slug, group::Column::Name])
            .filter(group::Column::Slug.is_in(slugs.into_iter().map(Slug::as_str)))
            .filter(condition)
            .into_tuple()
            .all(db)
            .await?;
        names.extend(rows.into_iter().map(|(slug, name)| (format!("{prefix}/{slug}"), name)));
    }
    Ok(names)
}

/// The giver of each kudos that the reader sees.
async fn givers(
    db: &impl ConnectionTrait,
    actor: &Actor,
    records: &[Record],
) -> Result<HashMap<Uuid, Uuid>, StoreError> {
    let ids: Vec<Uuid> = records
        .iter()
        .filter_map(|record| match record {
            Record::Kudos(KudosId(id)) => Some(*id),
            _ => None,
        })
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Uuid)> = kudos::Entity::find()
        .select_only()
        .columns([kudos::Column::Id, kudos::Column::FromId])
        .filter(kudos::Column::Id.is_in(ids))
        .filter(seen_by(actor))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The records that some paths name, without duplicates.
fn records<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for record in paths.map(Record::of_path) {
        if !records.contains(&record) {
            records.push(record);
        }
    }
    records
}
