//! Reports (F3): a member reports a record, an admin decides with a reason, the decision can be appealed once,
//! and the decision on the appeal is final. The people affected are emailed at each step. Nobody learns who
//! reported.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, CommentId, DemandId, Instant, KudosId, MemberId, Problem, Refusal, ReportId, SessionQuestionId,
    Slug,
    emails::{self, Email},
    policy::{
        NoRelation, permit,
        reports::{DecideReports, ReportContent},
    },
    reports::{Case, Decision, ReportKind, ReportState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    admin::{PAGE, Subject, may, resolve},
    audit, comments, demands,
    entities::{comment, demand, event, group, kudos, member, report, session_question},
    events, groups,
    kudos::set_hidden,
    members::{self, load, recipient},
    outbox, secrets, sessions,
    write::{Tx, verb},
};

/// The most open reports of one member.
const MAX_OPEN: u64 = 20;

/// A reported record and the member responsible for it.
struct Reported {
    id: Uuid,
    about: Option<MemberId>,
}

/// Finds the record that a report names by its key: a slug for events and groups, an id for members and kudos.
async fn find(tx: &Tx, actor: &Actor, kind: ReportKind, key: &str) -> Result<Reported, StoreError> {
    let id = || key.parse::<Uuid>().map_err(|_| StoreError::NotFound);
    let slug = || Slug::parse(key).ok_or(StoreError::NotFound);
    Ok(match kind {
        ReportKind::Member => {
            let row = load(tx.db(), MemberId(id()?)).await?;
            Reported { id: row.id, about: Some(MemberId(row.id)) }
        }
        ReportKind::Kudos => {
            let find = kudos::Entity::find_by_id(id()?).filter(crate::kudos::audience(actor));
            let row = find.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
            // Kudos that an earlier report has hidden until its decision can be reported too.
            if row.retracted_at.is_some() || (row.hidden_at.is_some() && !waits(tx, row.id).await?) {
                return Err(StoreError::NotFound);
            }
            Reported { id: row.id, about: Some(MemberId(row.from_id)) }
        }
        ReportKind::Comment => {
            let id = id()?;
            Reported { id, about: comments::find_reported(tx, actor, id).await? }
        }
        ReportKind::Demand => {
            let id = id()?;
            Reported { id, about: demands::find_reported(tx, actor, id).await? }
        }
        ReportKind::Question => {
            let id = id()?;
            Reported { id, about: sessions::find_reported(tx, actor, id).await? }
        }
        ReportKind::Event => {
            let id = events::visible_id(tx.db(), actor, &slug()?).await?;
            let row = event::Entity::find_by_id(id).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
            Reported { id, about: row.host_id.map(MemberId) }
        }
        ReportKind::Group => {
            let row = groups::seen(tx.db(), actor, &slug()?).await?.ok_or(StoreError::NotFound)?;
            Reported { id: row.id, about: None }
        }
    })
}

/// Whether a report of this record waits for a decision.
async fn waits(tx: &Tx, record: Uuid) -> Result<bool, StoreError> {
    let open = report::Entity::find()
        .filter(report::Column::RecordId.eq(record))
        .filter(report::Column::State.eq(ReportState::Open.name()));
    Ok(open.count(tx.db()).await? > 0)
}

/// Reports a record. Kudos are hidden until the decision (K7). `key` is its slug or id on the page. The reporter gets an email that confirms the report.
///
/// # Errors
/// `Refused` when not signed in, for the actor's own record, with `ReportedAlready` when the actor's report of
/// the same record is still open, and beyond 20 open reports. `NotFound` when the record is hidden or does not
/// exist.
pub async fn report(
    store: &Store,
    actor: &Actor,
    kind: ReportKind,
    key: &str,
    text: &str,
) -> Result<ReportId, StoreError> {
    verb!(store, |tx, actor, &kind, key, text| {
        let permit = permit(actor, ReportContent, NoRelation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        // Locks the member's row, so that two reports at once cannot exceed the limit.
        let row = member::Entity::find_by_id(me.0)
            .lock_exclusive()
            .one(tx.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        let reported = find(tx, actor, kind, key).await?;
        if reported.about == Some(me) {
            return Err(Refusal::Oneself.into());
        }
        let open = || {
            report::Entity::find()
                .filter(report::Column::ReporterId.eq(me.0))
                .filter(report::Column::State.is_in([ReportState::Open.name(), ReportState::Appealed.name()]))
        };
        if open().filter(report::Column::RecordId.eq(reported.id)).count(tx.db()).await? > 0 {
            return Err(Refusal::ReportedAlready.into());
        }
        if open().count(tx.db()).await? >= MAX_OPEN {
            return Err(Refusal::SlowDown { seconds: 3600 }.into());
        }
        let before = report::Entity::find()
            .filter(report::Column::ReporterId.eq(me.0))
            .filter(report::Column::RecordId.eq(reported.id));
        let reported_before = before.count(tx.db()).await? > 0;
        let id = secrets::new_id();
        let new = report::ActiveModel {
            id: Set(id),
            kind: Set(kind.name().to_owned()),
            record_id: Set(reported.id),
            message: Set(text.to_owned()),
            reporter_id: Set(Some(me.0)),
            about_id: Set(reported.about.map(|about| about.0)),
            state: Set(ReportState::Open.name().to_owned()),
            reported_at: Set(tx.now()),
            decision: Set(String::new()),
            reason: Set(String::new()),
            decided_by_id: Set(None),
            decided_at: Set(None),
            appeal: Set(String::new()),
            appealed_by_id: Set(None),
            appealed_at: Set(None),
            closed_at: Set(None),
        };
        new.insert(tx.db()).await?;
        if let Some(to) = recipient(&row) {
            outbox::post(tx, Some(me), &to, &Email::from(emails::ReportReceived { words: text.to_owned() }))
                .await?;
        }
        audit::record(tx, &permit, "report.open", id).await?;
        // A second report by the same member hides nothing, or one member could hide a record for ever.
        match kind {
            ReportKind::Kudos if !reported_before => {
                set_hidden(tx, &permit.step(), KudosId(reported.id), true).await?;
            }
            ReportKind::Comment if !reported_before => {
                comments::set_hidden(tx, &permit.step(), CommentId(reported.id), true).await?;
            }
            ReportKind::Demand if !reported_before => {
                demands::set_hidden(tx, &permit.step(), DemandId(reported.id), true).await?;
            }
            ReportKind::Question if !reported_before => {
                sessions::set_hidden(tx, &permit.step(), SessionQuestionId(reported.id), true).await?;
            }
            _ => {}
        }
        Ok(ReportId(id))
    })
}

/// A report, as an affected member or an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The report's id, used to decide or appeal it.
    pub id: ReportId,
    /// The kind of the reported record.
    pub kind: ReportKind,
    /// The reported record, if it still exists.
    pub subject: Option<Subject>,
    /// The reporter's text. Empty for the member whom the report is about.
    pub message: String,
    /// Whether it is open, decided, appealed or closed.
    pub state: ReportState,
    /// When it was reported.
    pub reported_at: Instant,
    /// The latest decision. `None` while the report is open.
    pub decision: Option<Decision>,
    /// The reason for the decision.
    pub reason: String,
    /// When the decision was made.
    pub decided_at: Option<Instant>,
    /// The text of the appeal.
    pub appeal: String,
    /// Whether the reader may appeal.
    pub may_appeal: bool,
    /// Whether the report is about the reader, rather than by the reader.
    pub about_me: bool,
    /// The reporter. For admins only.
    pub reporter: Option<Subject>,
    /// The member whom the report is about. For admins only.
    pub about: Option<Subject>,
    /// The names of those who got the reported kudos. For the admin who decides.
    pub recipients: Vec<String>,
}

fn case(row: &report::Model) -> Result<Case, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("report {}: unknown {what}", row.id));
    Ok(Case {
        kind: row.kind.parse().map_err(|()| corrupt("kind"))?,
        state: row.state.parse().map_err(|()| corrupt("state"))?,
        reporter: row.reporter_id.map(MemberId),
        about: row.about_id.map(MemberId),
        decision: row.decision.parse().ok(),
        appealed_at: row.appealed_at,
    })
}

/// A report as `reader` may see it. `None` means an admin.
fn shown(
    row: report::Model,
    reader: Option<MemberId>,
    subjects: &HashMap<Uuid, Subject>,
) -> Result<Report, StoreError> {
    let case = case(&row)?;
    let subject = |id: Option<Uuid>| id.and_then(|id| subjects.get(&id).cloned());
    let about_me = reader.is_some() && case.reporter != reader;
    Ok(Report {
        id: ReportId(row.id),
        kind: case.kind,
        subject: subject(Some(row.record_id)),
        state: case.state,
        decision: case.decision,
        may_appeal: reader.is_some_and(|reader| case.may_appeal(reader).is_ok()),
        about_me,
        reporter: subject(row.reporter_id).filter(|_| reader.is_none()),
        about: subject(row.about_id).filter(|_| reader.is_none()),
        // The text could reveal who wrote it.
        message: if about_me { String::new() } else { row.message },
        appeal: if reader.is_none() || row.appealed_by_id == reader.map(|reader| reader.0) {
            row.appeal
        } else {
            String::new()
        },
        reason: row.reason,
        reported_at: row.reported_at,
        decided_at: row.decided_at,
        recipients: Vec::new(),
    })
}

/// The actor's reports, and the decisions about the actor, newest first.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn own(store: &Store, actor: &Actor) -> Result<Vec<Report>, StoreError> {
    let permit = permit(actor, ReportContent, NoRelation)?;
    let Some(me) = permit.by() else { return Ok(Vec::new()) };
    let decided = Condition::all()
        .add(report::Column::AboutId.eq(me.0))
        .add(report::Column::State.ne(ReportState::Open.name()))
        // Leaves out reports that led to no action, unless the actor has appealed.
        .add(
            Condition::any()
                .add(report::Column::Decision.is_in([Decision::Warning.name(), Decision::Hidden.name()]))
                .add(report::Column::AppealedById.eq(me.0)),
        );
    let rows = report::Entity::find()
        .filter(Condition::any().add(report::Column::ReporterId.eq(me.0)).add(decided))
        .order_by_desc(report::Column::ReportedAt)
        .limit(PAGE)
        .all(store.db())
        .await?;
    let subjects =
        visible_subjects(store.db(), actor, rows.iter().map(|row| row.record_id).collect()).await?;
    rows.into_iter().map(|row| shown(row, Some(me), &subjects)).collect()
}

/// The records behind some ids, as the reader sees them now. Records that have become hidden or private since
/// the report are left out. Kudos that the reader gave are kept even when hidden.
async fn visible_subjects(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Subject>, StoreError> {
    let mut subjects = resolve(db, ids.clone()).await?;
    if may(actor, DecideReports).is_ok() || subjects.is_empty() {
        return Ok(subjects);
    }
    let mut seen: HashSet<Uuid> = members::names(db, actor, ids.clone()).await?.into_keys().collect();
    let events = event::Entity::find().select_only().column(event::Column::Id);
    let events = events.filter(event::Column::Id.is_in(ids.clone())).filter(events::seen_by(actor));
    seen.extend(events.into_tuple::<Uuid>().all(db).await?);
    let groups = group::Entity::find().select_only().column(group::Column::Id);
    let groups = groups.filter(group::Column::Id.is_in(ids.clone())).filter(groups::seen_by(actor));
    seen.extend(groups.into_tuple::<Uuid>().all(db).await?);
    let shown = Condition::any()
        .add(crate::kudos::seen_by(actor))
        .add_option(actor.member().map(|me| kudos::Column::FromId.eq(me.0)));
    let kudos = kudos::Entity::find().select_only().column(kudos::Column::Id);
    let kudos = kudos.filter(kudos::Column::Id.is_in(ids.clone())).filter(shown);
    seen.extend(kudos.into_tuple::<Uuid>().all(db).await?);
    seen.extend(comments::readable(db, actor, &ids).await?);
    seen.extend(demands::readable(db, actor, &ids).await?);
    seen.extend(sessions::readable(db, actor, &ids).await?);
    subjects.retain(|id, _| seen.contains(id));
    Ok(subjects)
}

/// The reports for admins, and whether there is a next page. Without a state, the open and appealed reports,
/// oldest first. With a state, newest first.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn queue(
    store: &Store,
    actor: &Actor,
    state: Option<ReportState>,
    page: u32,
) -> Result<(Vec<Report>, bool), StoreError> {
    let _permit = may(actor, DecideReports)?;
    let waiting = [ReportState::Open.name(), ReportState::Appealed.name()];
    let find = report::Entity::find();
    let mut rows = match state {
        None => find.filter(report::Column::State.is_in(waiting)).order_by_asc(report::Column::ReportedAt),
        Some(state) => {
            find.filter(report::Column::State.eq(state.name())).order_by_desc(report::Column::ReportedAt)
        }
    }
    .offset(u64::from(page) * PAGE)
    .limit(PAGE + 1)
    .all(store.db())
    .await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(PAGE as usize);
    let ids =
        rows.iter().flat_map(|row| [Some(row.record_id), row.reporter_id, row.about_id]).flatten().collect();
    let subjects = resolve(store.db(), ids).await?;
    Ok((rows.into_iter().map(|row| shown(row, None, &subjects)).collect::<Result<_, _>>()?, more))
}

/// Number of reports and appeals that wait for a decision.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn waiting(store: &Store, actor: &Actor) -> Result<u64, StoreError> {
    let _permit = may(actor, DecideReports)?;
    let states = [ReportState::Open.name(), ReportState::Appealed.name()];
    Ok(report::Entity::find().filter(report::Column::State.is_in(states)).count(store.db()).await?)
}

/// One report, for the admin who decides it.
///
/// # Errors
/// `Refused` when the actor is not an admin. `NotFound` when there is no such report.
pub async fn get(store: &Store, actor: &Actor, id: ReportId) -> Result<Report, StoreError> {
    let _permit = may(actor, DecideReports)?;
    let row = report::Entity::find_by_id(id.0).one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let ids = [Some(row.record_id), row.reporter_id, row.about_id].into_iter().flatten().collect();
    let subjects = resolve(store.db(), ids).await?;
    let recipients = member::Entity::find()
        .select_only()
        .column(member::Column::Name)
        .filter(member::Column::Id.in_subquery(crate::kudos::recipients_of(KudosId(row.record_id))))
        .order_by_asc(member::Column::Name)
        .into_tuple()
        .all(store.db())
        .await?;
    Ok(Report { recipients, ..shown(row, None, &subjects)? })
}

async fn locked(tx: &Tx, id: ReportId) -> Result<report::Model, StoreError> {
    report::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?.ok_or(StoreError::NotFound)
}

/// Decides a report, or decides an appeal for good. Hides kudos or shows them again, as decided. Emails the
/// reason to the reporter. Also emails it to the member whom the report is about, if the decision or the one
/// before it was against them.
///
/// # Errors
/// `Refused` when the actor is not an admin or the report is already decided. `NotFound` when there is no such
/// report.
pub async fn decide(
    store: &Store,
    actor: &Actor,
    id: ReportId,
    decision: Decision,
    reason: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &decision, reason| {
        let permit = may(actor, DecideReports)?;
        let row = locked(tx, id).await?;
        let case = case(&row)?;
        let state = case.decided(decision).map_err(|why| match why {
            Refusal::BadChoice => StoreError::Invalid(vec![Problem { field: "decision".into(), why }]),
            other => other.into(),
        })?;
        let previous = case.decision;
        let changed = report::ActiveModel {
            id: Set(row.id),
            state: Set(state.name().to_owned()),
            decision: Set(decision.name().to_owned()),
            reason: Set(reason.to_owned()),
            decided_by_id: Set(permit.by().map(|by| by.0)),
            decided_at: Set(Some(tx.now())),
            closed_at: Set((state == ReportState::Closed).then(|| tx.now())),
            ..Default::default()
        };
        changed.update(tx.db()).await?;
        let last = state == ReportState::Closed;
        let acted = |decision: Decision| decision != Decision::Nothing;
        if let Some(reporter) = case.reporter {
            let email = Email::from(emails::ReportDecided {
                acted: acted(decision),
                reason: reason.to_owned(),
                last,
            });
            notify(tx, reporter, &email).await?;
        }
        if let Some(about) = case.about.filter(|_| acted(decision) || previous.is_some_and(acted)) {
            let email = Email::from(emails::ReportedDecided {
                hidden: decision == Decision::Hidden,
                acted: acted(decision),
                reason: reason.to_owned(),
                last,
            });
            notify(tx, about, &email).await?;
        }
        audit::record(tx, &permit, "report.decide", row.id).await?;
        match case.kind {
            ReportKind::Kudos => {
                // Reports of the same kudos are decided one after another.
                kudos::Entity::find_by_id(row.record_id).lock_exclusive().one(tx.db()).await?;
                let hidden = stays_hidden(tx, &row, decision).await?;
                set_hidden(tx, &permit.step(), KudosId(row.record_id), hidden).await
            }
            ReportKind::Comment => {
                comment::Entity::find_by_id(row.record_id).lock_exclusive().one(tx.db()).await?;
                let hidden = stays_hidden(tx, &row, decision).await?;
                comments::set_hidden(tx, &permit.step(), CommentId(row.record_id), hidden).await
            }
            ReportKind::Demand => {
                demand::Entity::find_by_id(row.record_id).lock_exclusive().one(tx.db()).await?;
                let hidden = stays_hidden(tx, &row, decision).await?;
                demands::set_hidden(tx, &permit.step(), DemandId(row.record_id), hidden).await
            }
            ReportKind::Question => {
                session_question::Entity::find_by_id(row.record_id).lock_exclusive().one(tx.db()).await?;
                let hidden = stays_hidden(tx, &row, decision).await?;
                sessions::set_hidden(tx, &permit.step(), SessionQuestionId(row.record_id), hidden).await
            }
            ReportKind::Member | ReportKind::Event | ReportKind::Group => Ok(()),
        }
    })
}

/// Whether a record is hidden after this decision. It also stays hidden while another report has hidden it or waits for
/// its decision. The record is locked.
async fn stays_hidden(tx: &Tx, report: &report::Model, decision: Decision) -> Result<bool, StoreError> {
    let others = report::Entity::find()
        .filter(report::Column::RecordId.eq(report.record_id))
        .filter(report::Column::Id.ne(report.id))
        .filter(
            Condition::any()
                .add(report::Column::Decision.eq(Decision::Hidden.name()))
                .add(report::Column::State.eq(ReportState::Open.name())),
        );
    Ok(decision == Decision::Hidden || others.count(tx.db()).await? > 0)
}

async fn notify(tx: &Tx, member: MemberId, email: &Email) -> Result<(), StoreError> {
    match recipient(&load(tx.db(), member).await?) {
        Some(to) => outbox::post(tx, Some(member), &to, email).await,
        None => Ok(()),
    }
}

/// Appeals a decision. Each report can be appealed once.
///
/// # Errors
/// `Refused(NoAppeal)` when there is nothing to appeal, or the actor is not the one who may. `NotFound` when
/// the report does not affect the actor.
pub async fn appeal(store: &Store, actor: &Actor, id: ReportId, text: &str) -> Result<(), StoreError> {
    verb!(store, |tx, actor, id, text| {
        let permit = permit(actor, ReportContent, NoRelation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let row = locked(tx, *id).await?;
        let case = case(&row)?;
        if case.reporter != Some(me) && case.about != Some(me) {
            return Err(StoreError::NotFound);
        }
        case.may_appeal(me)?;
        let changed = report::ActiveModel {
            id: Set(row.id),
            state: Set(ReportState::Appealed.name().to_owned()),
            appeal: Set(text.clone()),
            appealed_by_id: Set(Some(me.0)),
            appealed_at: Set(Some(tx.now())),
            ..Default::default()
        };
        changed.update(tx.db()).await?;
        audit::record(tx, &permit, "report.appeal", row.id).await
    })
}
