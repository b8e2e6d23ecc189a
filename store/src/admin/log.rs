//! The audit log as admins read it. The log contains ids only. Names are looked up as they are now, and erased
//! members have none.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, Instant, MemberId, changes::Change, policy::admin::ReadAudit, proposals::SubmissionState,
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    rights::{PAGE, may},
    subjects::{Subject, resolve},
};
use crate::{
    Store, StoreError,
    entities::{audit, audit_change, call, call_reviewer, member, submission},
    events::each_word_in,
};

/// Filters for the audit log. An entry must match all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Words in the name or address of the member who acted.
    pub actor: String,
    /// The exact action, such as `member.suspend`.
    pub action: Option<String>,
    /// The id of a record that the entry concerns.
    pub record: Option<Uuid>,
    /// The earliest time, inclusive.
    pub from: Option<Instant>,
    /// The latest time, exclusive.
    pub until: Option<Instant>,
}

/// The member or program behind an entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogActor {
    /// A member and their name, which may be empty.
    Member(MemberId, String),
    /// A member who has been erased.
    Gone,
    /// The server or its operator.
    Portal,
    /// A speaker whose proposal is reviewed without names (D2).
    Hidden,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// When the action was committed.
    pub at: Instant,
    /// The member or program that did it.
    pub actor: LogActor,
    /// The action, such as `member.suspend`.
    pub action: String,
    /// The id of the record. It can be used as a filter.
    pub record: Option<Uuid>,
    /// The record, if it still exists.
    pub subject: Option<Subject>,
    /// The fields that changed, sorted by name.
    pub changes: Vec<Change>,
    /// Another record that the entry concerns, if it still exists.
    pub about: Option<Subject>,
}

/// A page of the entries that match a filter, newest first, and whether there is a next page.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn log(
    store: &Store,
    actor: &Actor,
    filter: &LogFilter,
    page: u32,
) -> Result<(Vec<LogEntry>, bool), StoreError> {
    let _permit = may(actor, ReadAudit)?;
    let mut find = audit::Entity::find();
    if !filter.actor.trim().is_empty() {
        let text = |column| Expr::col((member::Entity, column));
        let texts = [text(member::Column::Name), text(member::Column::AddressKey)];
        let members = member::Entity::find()
            .select_only()
            .column(member::Column::Id)
            .filter(each_word_in(&filter.actor, &texts))
            .into_query();
        // A filter would tell what the list hides.
        find = find
            .filter(audit::Column::MemberId.in_subquery(members))
            .filter(Condition::all().add(of_anonymous_speaker(actor)).not());
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
    let subjects = resolve(store.db(), ids).await?;
    let hidden: HashSet<Uuid> = audit::Entity::find()
        .select_only()
        .column(audit::Column::Id)
        .filter(audit::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .filter(of_anonymous_speaker(actor))
        .into_tuple()
        .all(store.db())
        .await?
        .into_iter()
        .collect();
    let line = |row: audit::Model| {
        let changes = changes.remove(&row.id).unwrap_or_default();
        // The subject is shown already, so it is not repeated here.
        let about =
            changes.iter().find_map(|change| change.about_id).filter(|id| Some(*id) != row.subject_id);
        LogEntry {
            actor: match row.member_id {
                Some(_) if hidden.contains(&row.id) => LogActor::Hidden,
                None => LogActor::Portal,
                Some(id) => subjects
                    .get(&id)
                    .map_or(LogActor::Gone, |member| LogActor::Member(MemberId(id), member.name.clone())),
            },
            subject: row
                .subject_id
                .and_then(|id| subjects.get(&id).cloned())
                .or_else(|| unnamed(&row.action)),
            about: about.and_then(|id| subjects.get(&id).cloned()),
            changes: changes.into_iter().map(change).collect(),
            at: row.at,
            action: row.action,
            record: row.subject_id,
        }
    };
    Ok((rows.into_iter().map(line).collect(), more))
}

/// What speakers do with their proposals.
const SPEAKER_ACTIONS: [&str; 12] = [
    "proposal.write",
    "proposal.edit",
    "proposal.submit",
    "proposal.withdraw",
    "proposal.confirm",
    "proposal.decline",
    "proposal.send_to",
    "proposal.answer",
    "proposal.join",
    "proposal.leave",
    "proposal.invite_speaker",
    "proposal.remove_speaker",
];

/// The condition for entries whose actor is a speaker of a proposal for an anonymous call: as long as it is not decided, and
/// later too for admins who review the call (D2).
fn of_anonymous_speaker(actor: &Actor) -> Condition {
    let undecided = [SubmissionState::Draft, SubmissionState::Submitted, SubmissionState::InfoNeeded];
    let reviewed = call_reviewer::Entity::find()
        .select_only()
        .column(call_reviewer::Column::CallId)
        .filter(call_reviewer::Column::MemberId.eq(actor.member().map_or_else(Uuid::nil, |me| me.0)))
        .into_query();
    let is_hidden = Condition::any()
        .add(submission::Column::State.is_in(undecided.map(SubmissionState::name)))
        .add(submission::Column::CallId.in_subquery(reviewed));
    let submissions = submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .inner_join(call::Entity)
        .filter(call::Column::IsAnonymous.eq(true))
        .filter(is_hidden)
        .into_query();
    Condition::all()
        .add(audit::Column::Action.is_in(SPEAKER_ACTIONS))
        .add(audit::Column::SubjectId.in_subquery(submissions))
}

/// The condition for entries about a record, or with it as the other record.
fn concerning(record: Uuid) -> Condition {
    let about = audit_change::Entity::find()
        .select_only()
        .column(audit_change::Column::AuditId)
        .filter(audit_change::Column::AboutId.eq(record))
        .into_query();
    Condition::any().add(audit::Column::SubjectId.eq(record)).add(audit::Column::Id.in_subquery(about))
}

/// The changed fields of some entries, by entry.
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

/// The subject of entries whose record cannot be looked up: sessions are deleted when they end, and the
/// settings are a single row.
fn unnamed(action: &str) -> Option<Subject> {
    let subject =
        |kind, page: Option<&str>| Subject { kind, name: String::new(), page: page.map(str::to_owned) };
    match action.split_once('.')? {
        ("sign_in_session", "start") => Some(subject("session", None)),
        ("settings", _) => Some(subject("settings", Some("/admin/settings"))),
        _ => None,
    }
}

/// The actions that occur in the log, sorted, for the filter.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn actions(store: &Store, actor: &Actor) -> Result<Vec<String>, StoreError> {
    let _permit = may(actor, ReadAudit)?;
    Ok(audit::Entity::find()
        .select_only()
        .column(audit::Column::Action)
        .distinct()
        .order_by_asc(audit::Column::Action)
        .into_tuple()
        .all(store.db())
        .await?)
}
