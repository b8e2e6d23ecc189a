//! The people behind sign-ups, with their names and addresses.

use std::collections::HashMap;

use domain::{MemberId, Slug, emails::Recipient};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{member, mentoring_sign_up, profile},
    members,
};

/// Longer lists of ids are split into several queries.
const BATCH: usize = 500;

/// Somebody who signed up. People who sign up show their name to the coordinators and to the people they are
/// proposed to, whatever their profile hides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Slug of their page.
    pub slug: Slug,
    /// Their name.
    pub name: String,
}

/// A sign-up with its member.
pub(super) struct SignedUp {
    pub(super) sign_up: mentoring_sign_up::Model,
    pub(super) member: member::Model,
}

impl SignedUp {
    pub(super) fn member_id(&self) -> MemberId {
        MemberId(self.member.id)
    }

    /// Where emails to them go. `None` without an address.
    pub(super) fn recipient(&self) -> Option<Recipient> {
        members::recipient(&self.member)
    }

    pub(super) fn name(&self) -> String {
        self.member.clone().shown_name()
    }
}

/// These sign-ups with their members, by id.
pub(super) async fn signed_up(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, SignedUp>, StoreError> {
    let mut ids: Vec<Uuid> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut all = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(BATCH) {
        let rows = mentoring_sign_up::Entity::find()
            .filter(mentoring_sign_up::Column::Id.is_in(ids.iter().copied()))
            .find_also_related(member::Entity)
            .all(db)
            .await?;
        for (sign_up, member) in rows {
            if let Some(member) = member {
                all.insert(sign_up.id, SignedUp { sign_up, member });
            }
        }
    }
    Ok(all)
}

/// The sign-ups as participants, by id.
pub(super) async fn participants(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Participant>, StoreError> {
    let people = signed_up(db, ids).await?;
    let members: Vec<Uuid> = people.values().map(|it| it.member.id).collect();
    let mut slugs = HashMap::with_capacity(members.len());
    for ids in members.chunks(BATCH) {
        let rows = profile::Entity::find()
            .filter(profile::Column::MemberId.is_in(ids.iter().copied()))
            .all(db)
            .await?;
        slugs.extend(rows.into_iter().map(|row| (row.member_id, row.slug)));
    }
    people
        .into_iter()
        .map(|(id, it)| {
            let slug = slugs.get(&it.member.id).and_then(|slug| Slug::parse(slug));
            let slug = slug.ok_or_else(|| StoreError::Corrupt(format!("sign-up {id}: no profile")))?;
            Ok((id, Participant { slug, name: it.name() }))
        })
        .collect()
}
