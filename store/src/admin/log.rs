//! The audit log as administrators read it. The log itself holds ids only; names are looked up as they are
//! now, and who is gone has none.

use std::collections::HashMap;

use domain::{Actor, Instant, MemberId, changes::Change, policy::Action};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{PAGE, Subject, may, resolve};
use crate::{
    Store, StoreError,
    entities::{audit, audit_change, member},
    events::words_over,
};

/// Which lines to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Words of the name or the address of who did it.
    pub actor: String,
    /// What was done.
    pub action: Option<String>,
    /// To which record.
    pub record: Option<Uuid>,
    /// Not before.
    pub from: Option<Instant>,
    /// Before.
    pub until: Option<Instant>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A member, by their name; may be empty.
    Member(MemberId, String),
    /// Somebody who is gone.
    Gone,
    /// The portal itself, or its operator.
    Portal,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: Who,
    /// What, as `member.suspend`.
    pub action: String,
    /// The record's id, to look for everything that was done to it.
    pub record: Option<Uuid>,
    /// The record, if it is still there.
    pub subject: Option<Subject>,
    /// What changed, by the name of the field.
    pub changes: Vec<Change>,
    /// The other record that it concerns, if it is still there.
    pub about: Option<Subject>,
}

/// The lines that a filter leaves, the last first, and whether there are more.
///
/// # Errors
/// `Refused` when the actor is no administrator.
pub async fn log(
    store: &Store,
    actor: &Actor,
    filter: &LogFilter,
    page: u32,
) -> Result<(Vec<Line>, bool), StoreError> {
    let _permit = may(actor, Action::ReadAudit)?;
    let mut find = audit::Entity::find();
    if !filter.actor.trim().is_empty() {
        let text = |column| Expr::col((member::Entity, column));
        let texts = [text(member::Column::Name), text(member::Column::AddressKey)];
        let members = member::Entity::find()
            .select_only()
            .column(member::Column::Id)
            .filter(words_over(&filter.actor, &texts))
            .into_query();
        find = find.filter(audit::Column::MemberId.in_subquery(members));
    }
    find = find
        .apply_if(filter.action.as_ref(), |find, action| find.filter(audit::Column::Action.eq(action)))
        .apply_if(filter.record, |find, record| find.filter(concerning(record)))
        .apply_if(filter.from, |find, from| find.filter(audit::Column::At.gte(from)))
        .apply_if(filter.until, |find, until| find.filter(audit::Column::At.lt(until)));
    let mut rows = find
        .order_by_desc(audit::Column::At)
        .order_by_desc(audit::Column::Id)
        .offset(u64::from(page) * PAGE)
        .limit(PAGE + 1)
        .all(store.db())
        .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let mut changes = changes(store, rows.iter().map(|row| row.id)).await?;
    let about = changes.values().flatten().map(|row| row.about_id);
    let ids = rows.iter().flat_map(|row| [row.member_id, row.subject_id]).chain(about).flatten().collect();
    let known = resolve(store.db(), ids).await?;
    let line = |row: audit::Model| {
        let changes = changes.remove(&row.id).unwrap_or_default();
        // What the entry is about already says it once.
        let about =
            changes.iter().find_map(|change| change.about_id).filter(|id| Some(*id) != row.subject_id);
        Line {
            actor: match row.member_id {
                None => Who::Portal,
                Some(id) => {
                    known.get(&id).map_or(Who::Gone, |member| Who::Member(MemberId(id), member.name.clone()))
                }
            },
            subject: row.subject_id.and_then(|id| known.get(&id).cloned()).or_else(|| unnamed(&row.action)),
            about: about.and_then(|id| known.get(&id).cloned()),
            changes: changes.into_iter().map(change).collect(),
            at: row.at,
            action: row.action,
            record: row.subject_id,
        }
    };
    Ok((rows.into_iter().map(line).collect(), more))
}

/// The entries that are about a record, or name it as the other one they concern.
fn concerning(record: Uuid) -> Condition {
    let about = audit_change::Entity::find()
        .select_only()
        .column(audit_change::Column::AuditId)
        .filter(audit_change::Column::AboutId.eq(record))
        .into_query();
    Condition::any().add(audit::Column::SubjectId.eq(record)).add(audit::Column::Id.in_subquery(about))
}

/// What the changed fields of some entries are, by entry.
async fn changes(
    store: &Store,
    entries: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<audit_change::Model>>, StoreError> {
    let rows = audit_change::Entity::find()
        .filter(audit_change::Column::AuditId.is_in(entries))
        .order_by_asc(audit_change::Column::Field)
        .all(store.db())
        .await?;
    let mut of: HashMap<Uuid, Vec<audit_change::Model>> = HashMap::new();
    for row in rows {
        of.entry(row.audit_id).or_default().push(row);
    }
    Ok(of)
}

fn change(row: audit_change::Model) -> Change {
    Change { field: row.field, before: row.old_value, after: row.new_value }
}

/// What has no row of its own to be named by: sessions go when they end, and there is one row of settings.
fn unnamed(action: &str) -> Option<Subject> {
    let subject =
        |kind, page: Option<&str>| Subject { kind, name: String::new(), page: page.map(str::to_owned) };
    match action.split_once('.')? {
        ("session", "start") => Some(subject("session", None)),
        ("settings", _) => Some(subject("settings", Some("/admin/settings"))),
        _ => None,
    }
}

/// Everything that stands in the log, each once: what one may look for.
///
/// # Errors
/// `Refused` when the actor is no administrator.
pub async fn actions(store: &Store, actor: &Actor) -> Result<Vec<String>, StoreError> {
    let _permit = may(actor, Action::ReadAudit)?;
    Ok(audit::Entity::find()
        .select_only()
        .column(audit::Column::Action)
        .distinct()
        .order_by_asc(audit::Column::Action)
        .into_tuple()
        .all(store.db())
        .await?)
}
