//! What a bare id is: the records behind the ids of the audit log and of reports, a query for each kind.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    RelationTrait as _,
};
use uuid::Uuid;

use crate::{
    Fault,
    entities::{event, group, invitation, kudos, letter, member, rsvp},
};

/// A record by what people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What it is: `member`, `event`, `group`, `thanks`, `seat`, `letter`, `invitation`,
    /// `session`.
    pub kind: &'static str,
    /// Its name, or its first words; may be empty.
    pub name: String,
    /// Its page, if it has one.
    pub page: Option<String>,
}

/// The records behind some ids; what is gone is not there.
pub(crate) async fn resolve(
    db: &impl ConnectionTrait,
    mut ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Subject>, Fault> {
    ids.sort_unstable();
    ids.dedup();
    let mut found = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let members: Vec<(Uuid, String)> = member::Entity::find()
        .select_only()
        .columns([member::Column::Id, member::Column::Name])
        .filter(member::Column::Id.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    for (id, name) in members {
        found.insert(id, Subject { kind: "member", name, page: Some(format!("/admin/members/{id}")) });
    }
    let events: Vec<(Uuid, String, String)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Id, event::Column::Slug, event::Column::Title])
        .filter(event::Column::Id.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    for (id, slug, name) in events {
        found.insert(id, Subject { kind: "event", name, page: Some(format!("/events/{slug}")) });
    }
    let seats: Vec<(Uuid, String, String)> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::Id)
        .columns([event::Column::Slug, event::Column::Title])
        .join(JoinType::InnerJoin, rsvp::Relation::Event.def())
        .filter(rsvp::Column::Id.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    for (id, slug, name) in seats {
        found.insert(id, Subject { kind: "seat", name, page: Some(format!("/events/{slug}")) });
    }
    let groups: Vec<(Uuid, String)> = group::Entity::find()
        .select_only()
        .columns([group::Column::Id, group::Column::Name])
        .filter(group::Column::Id.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    found.extend(groups.into_iter().map(|(id, name)| (id, Subject { kind: "group", name, page: None })));
    let thanks: Vec<(Uuid, String)> = kudos::Entity::find()
        .select_only()
        .columns([kudos::Column::Id, kudos::Column::Text])
        .filter(kudos::Column::Id.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    found.extend(thanks.into_iter().map(|(id, name)| (id, Subject { kind: "thanks", name, page: None })));
    let invitations: Vec<(Uuid, String)> = invitation::Entity::find()
        .select_only()
        .columns([invitation::Column::Id, invitation::Column::Address])
        .filter(invitation::Column::Id.is_in(ids.clone()))
        .into_tuple()
        .all(db)
        .await?;
    let page = || Some("/admin/invitations".to_owned());
    found.extend(
        invitations.into_iter().map(|(id, name)| (id, Subject { kind: "invitation", name, page: page() })),
    );
    let letters: Vec<(Uuid, String)> = letter::Entity::find()
        .select_only()
        .columns([letter::Column::Id, letter::Column::Address])
        .filter(letter::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    for (id, name) in letters {
        found.insert(id, Subject { kind: "letter", name, page: Some(format!("/admin/outbox/{id}")) });
    }
    Ok(found)
}
