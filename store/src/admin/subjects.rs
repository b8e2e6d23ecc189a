//! Finds the records behind the ids in the audit log and in reports, with one query for each kind.

use std::collections::HashMap;

use domain::{comments::TargetKind, kudos::KudosVisibility, lists::List};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait, JoinType, QueryFilter as _, QuerySelect as _,
    RelationTrait as _,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{
        agenda_session, announcement, comment, demand, discipline, email, event, group, identity, invitation,
        invitation_request, job, kudos, kudos_value, member, report, rsvp, session_question, stage, team,
        topic,
    },
};

/// A record with the name that people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The kind of record, used in Fluent keys as `subject-…`.
    pub kind: &'static str,
    /// Its name, title or text. May be empty.
    pub name: String,
    /// The path of its page, if it has one.
    pub page: Option<String>,
}

impl Subject {
    /// All values of `kind`. Each needs a Fluent message.
    pub const KINDS: [&str; 19] = [
        "member",
        "event",
        "seat",
        "announcement",
        "group",
        "team",
        "kudos",
        "comment",
        "demand",
        "question",
        "invitation",
        "request",
        "email",
        "job",
        "report",
        "identity",
        "entry",
        "session",
        "settings",
    ];
}

/// An id, a name, and a text that the page's path is made from.
type Texts = (Uuid, String, String);

/// The records behind some ids. Records that no longer exist are left out.
pub(crate) async fn resolve(
    db: &impl ConnectionTrait,
    mut ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Subject>, StoreError> {
    ids.sort_unstable();
    ids.dedup();
    let mut subjects = HashMap::new();
    if ids.is_empty() {
        return Ok(subjects);
    }
    let mut add = |kind, rows: Vec<Texts>, page: fn(Uuid, &str) -> Option<String>| {
        for (id, name, key) in rows {
            subjects.insert(id, Subject { kind, page: page(id, &key), name });
        }
    };
    let members = [member::Column::Id, member::Column::Name, member::Column::Name];
    add("member", texts::<member::Entity>(db, members, &ids).await?, |id, _| {
        Some(format!("/admin/members/{id}"))
    });
    let events = [event::Column::Id, event::Column::Title, event::Column::Slug];
    add("event", texts::<event::Entity>(db, events, &ids).await?, event_page);
    add("seat", seats(db, &ids).await?, event_page);
    add("announcement", announcements(db, &ids).await?, |_, slug| Some(format!("/events/{slug}/emails")));
    let groups = [group::Column::Id, group::Column::Name, group::Column::Slug];
    add("group", texts::<group::Entity>(db, groups, &ids).await?, |_, slug| Some(format!("/groups/{slug}")));
    let teams = [team::Column::Id, team::Column::Name, team::Column::Slug];
    add("team", texts::<team::Entity>(db, teams, &ids).await?, |_, slug| Some(format!("/teams/{slug}")));
    add("kudos", kudos_texts(db, &ids).await?, |id, _| Some(format!("/kudos/{id}")));
    add("comment", comment_texts(db, &ids).await?, |_, page| {
        Some(page.to_owned()).filter(|page| !page.is_empty())
    });
    add("demand", demand_texts(db, &ids).await?, |id, _| Some(format!("/demands/{id}")));
    add("question", question_texts(db, &ids).await?, |_, page| {
        Some(page.to_owned()).filter(|page| !page.is_empty())
    });
    let invitations = [invitation::Column::Id, invitation::Column::Address, invitation::Column::Address];
    add("invitation", texts::<invitation::Entity>(db, invitations, &ids).await?, |_, _| {
        Some("/admin/invitations".to_owned())
    });
    let requests = [
        invitation_request::Column::Id,
        invitation_request::Column::Address,
        invitation_request::Column::Address,
    ];
    add("request", texts::<invitation_request::Entity>(db, requests, &ids).await?, |_, _| {
        Some("/admin/requests".to_owned())
    });
    let emails = [email::Column::Id, email::Column::Address, email::Column::Address];
    add("email", texts::<email::Entity>(db, emails, &ids).await?, |id, _| {
        Some(format!("/admin/outbox/{id}"))
    });
    let jobs = [job::Column::Id, job::Column::Kind, job::Column::Kind];
    add("job", texts::<job::Entity>(db, jobs, &ids).await?, |_, _| Some("/admin/jobs".to_owned()));
    let reports = [report::Column::Id, report::Column::Kind, report::Column::Kind];
    let reports = texts::<report::Entity>(db, reports, &ids).await?;
    let unnamed = |(id, _, key): Texts| (id, String::new(), key);
    add("report", reports.into_iter().map(unnamed).collect(), |id, _| Some(format!("/admin/reports/{id}")));
    let identities = [identity::Column::Id, identity::Column::Label, identity::Column::Label];
    let identities = texts::<identity::Entity>(db, identities, &ids).await?;
    add("identity", identities.into_iter().map(unnamed).collect(), |_, _| None);
    for (list, rows) in entries(db, &ids).await? {
        for (id, name, _) in rows {
            let page = Some(format!("/admin/lists/{}", list.name()));
            subjects.insert(id, Subject { kind: "entry", name, page });
        }
    }
    Ok(subjects)
}

fn event_page(_: Uuid, slug: &str) -> Option<String> {
    Some(format!("/events/{slug}"))
}

/// The ids of some records of one table, each with two of its texts.
async fn texts<E: EntityTrait>(
    db: &impl ConnectionTrait,
    [id, name, key]: [E::Column; 3],
    ids: &[Uuid],
) -> Result<Vec<Texts>, StoreError> {
    let find = E::find().select_only().columns([id, name, key]);
    Ok(find.filter(id.is_in(ids.iter().copied())).into_tuple().all(db).await?)
}

/// Kudos with their text. Admins read kudos that are not for all members only if somebody reported them.
async fn kudos_texts(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Texts>, StoreError> {
    let kudos: Vec<(Uuid, String, String)> = kudos::Entity::find()
        .select_only()
        .columns([kudos::Column::Id, kudos::Column::Text, kudos::Column::Visibility])
        .filter(kudos::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    if kudos.is_empty() {
        return Ok(Vec::new());
    }
    let reported = reported(db, kudos.iter().map(|(id, ..)| *id).collect()).await?;
    let open = [KudosVisibility::Public.name(), KudosVisibility::Members.name()];
    let shown = |(id, text, visibility): (Uuid, String, String)| {
        let readable = open.contains(&visibility.as_str()) || reported.contains(&id);
        (id, if readable { text } else { String::new() }, String::new())
    };
    Ok(kudos.into_iter().map(shown).collect())
}

/// Comments with their text, which admins read only if somebody reported them. The key is the page of their record.
async fn comment_texts(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Texts>, StoreError> {
    let rows = comment::Entity::find().filter(comment::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let reported = reported(db, rows.iter().map(|row| row.id).collect()).await?;
    let targets: Vec<Uuid> = rows.iter().map(|row| row.target_id).collect();
    let events = [event::Column::Id, event::Column::Title, event::Column::Slug];
    let groups = [group::Column::Id, group::Column::Name, group::Column::Slug];
    let pages = texts::<event::Entity>(db, events, &targets).await?.into_iter();
    let pages = pages.map(|(id, _, slug)| (id, format!("/events/{slug}")));
    let of_groups = texts::<group::Entity>(db, groups, &targets).await?.into_iter();
    let of_groups = of_groups.map(|(id, _, slug)| (id, format!("/groups/{slug}")));
    let pages: HashMap<Uuid, String> = pages.chain(of_groups).collect();
    let page = |row: &comment::Model| match row.kind.parse() {
        Ok(TargetKind::Kudos) => format!("/kudos/{}", row.target_id),
        Ok(TargetKind::Event | TargetKind::Group) => pages.get(&row.target_id).cloned().unwrap_or_default(),
        Err(()) => String::new(),
    };
    let shown = |row: comment::Model| {
        let page = page(&row);
        let text = if reported.contains(&row.id) { row.text } else { String::new() };
        (row.id, text, page)
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Learning requests by their title. Admins also read the text if somebody reported them.
async fn demand_texts(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Texts>, StoreError> {
    let columns = [demand::Column::Id, demand::Column::Title, demand::Column::Text];
    let rows = texts::<demand::Entity>(db, columns, ids).await?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let reported = reported(db, rows.iter().map(|(id, ..)| *id).collect()).await?;
    let shown = |(id, title, text): Texts| match text.is_empty() || !reported.contains(&id) {
        true => (id, title, String::new()),
        false => (id, format!("{title}: {text}"), String::new()),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Questions to speakers, whose text admins read if somebody reported them. The key is the page of their session.
async fn question_texts(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Texts>, StoreError> {
    let columns =
        [session_question::Column::Id, session_question::Column::Text, session_question::Column::Text];
    let rows = texts::<session_question::Entity>(db, columns, ids).await?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let of_session = session_question::Entity::belongs_to(agenda_session::Entity)
        .from(session_question::Column::SessionId)
        .to(agenda_session::Column::Id)
        .into();
    let of_event = agenda_session::Entity::belongs_to(event::Entity)
        .from(agenda_session::Column::EventId)
        .to(event::Column::Id)
        .into();
    let pages: Vec<(Uuid, Uuid, String)> = session_question::Entity::find()
        .select_only()
        .columns([session_question::Column::Id, session_question::Column::SessionId])
        .column(event::Column::Slug)
        .join(JoinType::InnerJoin, of_session)
        .join(JoinType::InnerJoin, of_event)
        .filter(session_question::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let page = |id: Uuid| pages.iter().find(|(found, ..)| *found == id);
    let page = |id| page(id).map(|(_, session, slug)| format!("/events/{slug}/sessions/{session}"));
    let reported = reported(db, rows.iter().map(|(id, ..)| *id).collect()).await?;
    let shown = |(id, text, _): Texts| {
        let text = if reported.contains(&id) { text } else { String::new() };
        (id, text, page(id).unwrap_or_default())
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Those of some records that somebody reported.
async fn reported(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<Uuid>, StoreError> {
    let reports = report::Entity::find()
        .select_only()
        .column(report::Column::RecordId)
        .filter(report::Column::RecordId.is_in(ids));
    Ok(reports.into_tuple().all(db).await?)
}

/// RSVPs, named after their events.
async fn seats(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Texts>, StoreError> {
    Ok(rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::Id)
        .columns([event::Column::Title, event::Column::Slug])
        .join(JoinType::InnerJoin, rsvp::Relation::Event.def())
        .filter(rsvp::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Announcements by their subject. News about an event has no subject, and is named after the event.
async fn announcements(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Texts>, StoreError> {
    let of_event = announcement::Entity::belongs_to(event::Entity)
        .from(announcement::Column::EventId)
        .to(event::Column::Id)
        .into();
    let rows: Vec<(Uuid, String, String, String)> = announcement::Entity::find()
        .select_only()
        .columns([announcement::Column::Id, announcement::Column::Subject])
        .columns([event::Column::Title, event::Column::Slug])
        .join(JoinType::InnerJoin, of_event)
        .filter(announcement::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let name = |subject: String, title: String| if subject.is_empty() { title } else { subject };
    Ok(rows.into_iter().map(|(id, subject, title, slug)| (id, name(subject, title), slug)).collect())
}

/// Entries of the lists that admins edit.
async fn entries(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<[(List, Vec<Texts>); 4], StoreError> {
    let disciplines = [discipline::Column::Id, discipline::Column::Name, discipline::Column::Slug];
    let stages = [stage::Column::Id, stage::Column::Name, stage::Column::Slug];
    let topics = [topic::Column::Id, topic::Column::Name, topic::Column::Slug];
    let values = [kudos_value::Column::Id, kudos_value::Column::Name, kudos_value::Column::Slug];
    Ok([
        (List::Disciplines, texts::<discipline::Entity>(db, disciplines, ids).await?),
        (List::Stages, texts::<stage::Entity>(db, stages, ids).await?),
        (List::Topics, texts::<topic::Entity>(db, topics, ids).await?),
        (List::Values, texts::<kudos_value::Entity>(db, values, ids).await?),
    ])
}
