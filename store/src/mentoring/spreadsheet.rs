//! Sign-ups as CSV: an export without wishes and blocks, and an import that is checked as a whole first.

use std::collections::{HashMap, HashSet};

use chrono::NaiveTime;
use domain::{
    Actor, MemberId, Refusal, Slug, Zone,
    members::{Address, Viewer},
    mentoring::{
        EXPORT_COLUMNS, ImportRow, PreferenceKind, Question, SignUp, SignUpChange, SignUpChanger, SignUpRole,
        SignUpState, read_row, safe_cell, write_hours,
    },
    policy::{Permit, mentoring::CoordinateRound, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    review::tell,
    rounds::lock_round,
    rows::{questions, window},
    sign_ups::{changed, complete, complete_all, insert, write_about, write_hours as save_hours},
    visibility::{relation, seen_round},
};
use crate::{
    Store, StoreError, audit,
    entities::{member, mentoring_preference, mentoring_round, mentoring_sign_up, profile, topic},
    members::findable,
    secrets,
    write::{Tx, verb},
};

/// The most rows of an import.
const MAX_ROWS: usize = 2_000;
/// The most columns of an import.
const MAX_COLUMNS: usize = 64;
/// The most problems in a report.
const MAX_PROBLEMS: usize = 100;

/// A problem of an import: the line in the file, the column, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The line in the file. The header is line 1.
    pub line: u32,
    /// The name of the column.
    pub column: String,
    /// The reason.
    pub why: Refusal,
}

/// What an import would do, or did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Mentees in it.
    pub mentees: u32,
    /// Mentors in it.
    pub mentors: u32,
    /// Rows that become drafts, because something is missing or the person has not agreed yet.
    pub drafts: u32,
    /// What must be corrected. An import with problems imports nothing.
    pub problems: Vec<RowProblem>,
}

/// A row with the records that it names.
struct Resolved {
    row: ImportRow,
    member: MemberId,
    zone: Zone,
    answers: Vec<(Uuid, Uuid)>,
    people: Vec<(PreferenceKind, Vec<Uuid>)>,
}

/// The sign-ups of a round that were sent, as CSV. Wishes and blocks are private to their authors and left out.
///
/// # Errors
/// `Refused` for everybody who does not coordinate the round, `NotFound` when they don't see it.
pub async fn export(store: &Store, actor: &Actor, slug: &Slug) -> Result<String, StoreError> {
    let db = store.db();
    let (round, programme) = seen_round(db, actor, slug).await?;
    let permit = permit(actor, CoordinateRound, relation(db, actor, programme.id).await?)?;
    let by = permit.by();
    let recorded = store.write((by, round.id), |tx, (by, round)| {
        Box::pin(async move { audit::record_by(tx, *by, "mentoring.export", Some(*round)).await })
    });
    recorded.await?;
    let asked = questions(db, programme.id).await?;
    let rows = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round.id))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .find_also_related(member::Entity)
        .order_by_asc(mentoring_sign_up::Column::Role)
        .order_by_asc(member::Column::Name)
        .order_by_asc(mentoring_sign_up::Column::Id)
        .all(db)
        .await?;
    let (rows, authors): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.member_id).collect();
    let mut slugs: HashMap<Uuid, String> = HashMap::new();
    for batch in ids.chunks(500) {
        let found: Vec<(Uuid, String)> = profile::Entity::find()
            .select_only()
            .column(profile::Column::MemberId)
            .column(profile::Column::Slug)
            .filter(profile::Column::MemberId.is_in(batch.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        slugs.extend(found);
    }
    let mut sign_ups = Vec::with_capacity(rows.len());
    for batch in rows.chunks(500) {
        sign_ups.extend(complete_all(db, batch.to_vec()).await?);
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    let broken = |error: csv::Error| StoreError::Corrupt(error.to_string());
    csv.write_record(EXPORT_COLUMNS).map_err(broken)?;
    for ((sign_up, author), id) in sign_ups.iter().zip(authors).zip(ids) {
        let name = author.map(member::Model::shown_name).unwrap_or_default();
        let slug = slugs.get(&id).cloned().unwrap_or_default();
        csv.write_record(cells(sign_up, slug, name, &asked).map(|cell| safe_cell(&cell))).map_err(broken)?;
    }
    let bytes = csv.into_inner().map_err(|error| StoreError::Corrupt(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The cells of a sign-up, in the order of the columns.
fn cells(sign_up: &SignUp, slug: String, name: String, asked: &[Question]) -> [String; EXPORT_COLUMNS.len()] {
    let is_mentor = sign_up.role == SignUpRole::Mentor;
    let topics = sign_up.topics.iter().map(|chosen| match is_mentor {
        true => format!("{}:{}", chosen.topic.slug, chosen.confidence),
        false => chosen.topic.slug.to_string(),
    });
    let answer = |question: &Question| {
        let chosen = sign_up.answers.iter().find(|(id, _)| Some(*id) == question.id);
        let option = question.options.iter().find(|option| option.id == chosen.map(|(_, option)| *option));
        option.map(|option| option.text.clone()).unwrap_or_default()
    };
    let only_mentor = |text: String| if is_mentor { text } else { String::new() };
    [
        slug,
        name,
        sign_up.role.name().to_owned(),
        sign_up.state.name().to_owned(),
        topics.collect::<Vec<_>>().join("; "),
        sign_up.goal.clone(),
        only_mentor(sign_up.places.to_string()),
        only_mentor(sign_up.hours_a_month.to_string()),
        sign_up.paused_until.map(|day| day.to_string()).unwrap_or_default(),
        sign_up.languages.iter().map(|language| language.tag()).collect::<Vec<_>>().join("; "),
        sign_up.zone.name().to_owned(),
        write_hours(sign_up.week),
        asked.iter().map(answer).collect::<Vec<_>>().join("; "),
        sign_up.submitted_at.map(|at| at.to_rfc3339()).unwrap_or_default(),
    ]
}

/// Whether the actor may import sign-ups into a round now.
///
/// # Errors
/// `Refused` for everybody who does not coordinate the round or when it takes no sign-ups.
pub async fn may_import(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    let (round, programme) = seen_round(store.db(), actor, slug).await?;
    let _permit = permit(actor, CoordinateRound, relation(store.db(), actor, programme.id).await?)?;
    window(&round, store.now())?.check()?;
    Ok(())
}

/// What importing this text would do. Changes nothing.
///
/// # Errors
/// `Refused` for everybody who does not coordinate the round or when it takes no sign-ups.
pub async fn check_import(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    text: &str,
) -> Result<ImportReport, StoreError> {
    let db = store.db();
    let (round, programme) = seen_round(db, actor, slug).await?;
    let _permit = permit(actor, CoordinateRound, relation(db, actor, programme.id).await?)?;
    window(&round, store.now())?.check()?;
    Ok(resolve(db, &round, text).await?.1)
}

/// The digest of a text that was checked. It does not depend on how lines end, because browsers send forms with other ends
/// of lines than files have.
#[must_use]
pub fn import_digest(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    secrets::hex_hash(&lines.join("\n"))
}

/// Imports all rows of a text, or none if one has a problem. `checked` is the [`import_digest`] of the text whose report the
/// coordinator saw. Everybody in it gets an email with what we have about
/// them. Rows without a day of consent become drafts, which their authors send.
///
/// # Errors
/// `Refused(ImportChanged)` for a text that is not the one that was checked. `Refused(ImportHasProblems)` with the number of
/// problems. `Refused` for everybody who does not coordinate the
/// round or when it takes no sign-ups.
pub async fn import(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    text: &str,
    checked: &str,
) -> Result<ImportReport, StoreError> {
    verb!(store, |tx, actor, slug, text, checked| {
        let (round, permit) = lock_round(tx, actor, slug).await?;
        if import_digest(text) != *checked {
            return Err(Refusal::ImportChanged.into());
        }
        window(&round, tx.now())?.check()?;
        let (rows, mut report) = resolve(tx.db(), &round, text).await?;
        if !report.problems.is_empty() {
            let problems = i64::try_from(report.problems.len()).unwrap_or(i64::MAX);
            return Err(Refusal::ImportHasProblems { problems }.into());
        }
        let asked = questions(tx.db(), round.programme_id).await?;
        report.drafts = 0;
        for row in &rows {
            if !save(tx, &permit, &round, &asked, row).await? {
                report.drafts += 1;
            }
        }
        audit::record(tx, &permit, "mentoring.import", round.id).await?;
        Ok(report)
    })
}

/// Saves a row. Returns whether it takes part, and is not a draft.
async fn save(
    tx: &Tx,
    permit: &Permit<CoordinateRound>,
    round: &mentoring_round::Model,
    asked: &[Question],
    resolved: &Resolved,
) -> Result<bool, StoreError> {
    let row = insert(tx, &permit.step(), round.id, resolved.member, resolved.row.role).await?;
    let about = domain::mentoring::About { answers: resolved.answers.clone(), ..resolved.row.about.clone() };
    write_about(tx, &permit.step(), round, &row, &about).await?;
    save_hours(tx, &permit.step(), &row, resolved.row.hours(resolved.zone)).await?;
    for (kind, people) in &resolved.people {
        for (position, person) in (1..).zip(people) {
            let preference = mentoring_preference::ActiveModel {
                sign_up_id: Set(row.id),
                member_id: Set(*person),
                kind: Set(kind.name().to_owned()),
                position: Set(if *kind == PreferenceKind::Wish { position } else { 0 }),
            };
            mentoring_preference::Entity::insert(preference).exec_without_returning(tx.db()).await?;
        }
    }
    let saved =
        mentoring_sign_up::Entity::find_by_id(row.id).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    let is_complete = complete(tx.db(), saved.clone()).await?.missing(asked).is_empty();
    let consented = resolved.row.consented_on.filter(|_| is_complete);
    if let Some(day) = consented {
        let mut change = changed(tx, &saved);
        let to = SignUpState::Draft.after(SignUpChange::Submit, SignUpChanger::Coordinator)?;
        change.state = Set(to.name().to_owned());
        change.submitted_at = Set(Some(tx.now()));
        change.consented_at = Set(Some(day.and_time(NaiveTime::MIN).and_utc()));
        change.update(tx.db()).await?;
    }
    tell(tx, round, row.id).await?;
    Ok(consented.is_some())
}

/// Reads a text and looks up the records that it names.
async fn resolve(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
    text: &str,
) -> Result<(Vec<Resolved>, ImportReport), StoreError> {
    let mut report = ImportReport::default();
    let mut problems = Vec::new();
    let mut problem = |line: u32, column: &str, why: Refusal| {
        if problems.len() < MAX_PROBLEMS {
            problems.push(RowProblem { line, column: column.to_owned(), why });
        }
    };
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let Ok(header) = reader.headers().cloned() else {
        problem(1, "", Refusal::BadChoice);
        return Ok((Vec::new(), ImportReport { problems, ..report }));
    };
    if header.len() > MAX_COLUMNS {
        problem(1, "", Refusal::TooMany { max: MAX_COLUMNS as i64 });
        return Ok((Vec::new(), ImportReport { problems, ..report }));
    }
    let mut columns: HashMap<String, usize> = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        // Of two columns with one name, the first counts.
        columns.entry(name.trim().to_ascii_lowercase()).or_insert(at);
    }
    for needed in ["member", "role"] {
        if !columns.contains_key(needed) {
            problem(1, needed, Refusal::Missing);
        }
    }
    let mut rows: Vec<(u32, ImportRow)> = Vec::new();
    for (record, line) in reader.records().take(MAX_ROWS + 1).zip(2..) {
        let Ok(record) = record else {
            problem(line, "", Refusal::BadChoice);
            continue;
        };
        let cell = |column: &str| {
            let at = columns.get(column);
            at.and_then(|at| record.get(*at)).unwrap_or_default().to_owned()
        };
        match read_row(cell) {
            Ok(row) => rows.push((line, row)),
            Err(found) => found.into_iter().for_each(|(column, why)| problem(line, &column, why)),
        }
    }
    if rows.len() > MAX_ROWS {
        problem(1, "member", Refusal::TooMany { max: MAX_ROWS as i64 });
    }
    let asked = questions(db, round.programme_id).await?;
    let known = Known::load(db, round.id, &rows).await?;
    let mut seen: HashSet<(MemberId, SignUpRole)> = HashSet::new();
    let mut resolved = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        let Some((member, zone)) = known.member(&row.member) else {
            problem(line, "member", Refusal::NobodyCalled);
            continue;
        };
        if known.signed_up.contains(&(member.0, row.role.name().to_owned()))
            || !seen.insert((member, row.role))
        {
            problem(line, "member", Refusal::SignedUpAlready);
        }
        for (topic, _) in &row.about.topics {
            if !known.topics.contains(topic.as_str()) {
                problem(line, "topics", Refusal::BadChoice);
            }
        }
        let mut answers = Vec::new();
        for (text, question) in row.answers.iter().zip(&asked).filter(|(text, _)| !text.is_empty()) {
            let option = question.options.iter().find(|option| option.text.eq_ignore_ascii_case(text));
            match question.id.zip(option.and_then(|option| option.id)) {
                Some(answer) => answers.push(answer),
                None => problem(line, "answers", Refusal::BadChoice),
            }
        }
        let mut people = Vec::new();
        let mut named = HashSet::new();
        for (column, slugs) in &row.people {
            let kind = match *column {
                "wishes" => PreferenceKind::Wish,
                "would_like" => PreferenceKind::WouldLike,
                "rather_not" => PreferenceKind::RatherNot,
                _ => PreferenceKind::Never,
            };
            if slugs.is_empty() {
                continue;
            }
            if !PreferenceKind::of_role(row.role).contains(&kind) {
                problem(line, column, Refusal::BadChoice);
            }
            if slugs.len() > kind.max() {
                problem(
                    line,
                    column,
                    Refusal::TooMany { max: i64::try_from(kind.max()).unwrap_or(i64::MAX) },
                );
            }
            let mut ids = Vec::new();
            for slug in slugs {
                match known.people.get(slug.as_str()) {
                    Some(id) if *id == member.0 => problem(line, column, Refusal::Oneself),
                    Some(id) if named.insert(*id) => ids.push(*id),
                    Some(_) => problem(line, column, Refusal::AlreadyThere),
                    None => problem(line, column, Refusal::NobodyCalled),
                }
            }
            people.push((kind, ids));
        }
        match row.role {
            SignUpRole::Mentee => report.mentees += 1,
            SignUpRole::Mentor => report.mentors += 1,
        }
        if row.consented_on.is_none() {
            report.drafts += 1;
        }
        resolved.push(Resolved { member, zone, answers, people, row });
    }
    Ok((resolved, ImportReport { problems, ..report }))
}

/// The records that the rows of an import name.
struct Known {
    people: HashMap<String, Uuid>,
    addresses: HashMap<String, Uuid>,
    zones: HashMap<Uuid, Zone>,
    topics: HashSet<String>,
    signed_up: HashSet<(Uuid, String)>,
}

impl Known {
    async fn load(
        db: &impl ConnectionTrait,
        round: Uuid,
        rows: &[(u32, ImportRow)],
    ) -> Result<Self, StoreError> {
        let names = rows.iter().flat_map(|(_, row)| {
            let others = row.people.iter().flat_map(|(_, slugs)| slugs.iter().map(Slug::to_string));
            others.chain([row.member.to_ascii_lowercase()])
        });
        let names: Vec<String> = names.collect::<HashSet<_>>().into_iter().collect();
        let (mut people, mut addresses, mut zones) = (HashMap::new(), HashMap::new(), HashMap::new());
        for batch in names.chunks(500) {
            let found: Vec<(Uuid, String)> = profile::Entity::find()
                .select_only()
                .column(profile::Column::MemberId)
                .column(profile::Column::Slug)
                .filter(profile::Column::Slug.is_in(batch.iter().map(String::as_str)))
                .filter(findable(profile::Column::MemberId, Viewer::Member))
                .into_tuple()
                .all(db)
                .await?;
            people.extend(found.into_iter().map(|(id, slug)| (slug, id)));
            let keys = batch.iter().filter_map(|name| Address::parse(name)).map(|address| address.key());
            let found: Vec<(Uuid, String)> = member::Entity::find()
                .select_only()
                .column(member::Column::Id)
                .column(member::Column::AddressKey)
                .filter(member::Column::AddressKey.is_in(keys.collect::<Vec<String>>()))
                .filter(findable(member::Column::Id, Viewer::Member))
                .into_tuple()
                .all(db)
                .await?;
            addresses.extend(found.into_iter().map(|(id, key)| (key, id)));
        }
        let ids: Vec<Uuid> = people.values().chain(addresses.values()).copied().collect();
        for batch in ids.chunks(500) {
            let found: Vec<(Uuid, String)> = member::Entity::find()
                .select_only()
                .column(member::Column::Id)
                .column(member::Column::Zone)
                .filter(member::Column::Id.is_in(batch.iter().copied()))
                .into_tuple()
                .all(db)
                .await?;
            zones.extend(found.into_iter().map(|(id, zone)| (id, zone.parse().unwrap_or(Zone::UTC))));
        }
        let topics: Vec<String> =
            topic::Entity::find().select_only().column(topic::Column::Slug).into_tuple().all(db).await?;
        let signed_up: Vec<(Uuid, String)> = mentoring_sign_up::Entity::find()
            .select_only()
            .column(mentoring_sign_up::Column::MemberId)
            .column(mentoring_sign_up::Column::Role)
            .filter(mentoring_sign_up::Column::RoundId.eq(round))
            .into_tuple()
            .all(db)
            .await?;
        let signed_up = signed_up.into_iter().collect();
        Ok(Self { people, addresses, zones, topics: topics.into_iter().collect(), signed_up })
    }

    /// The member with this page or address, and their zone.
    fn member(&self, name: &str) -> Option<(MemberId, Zone)> {
        let name = name.to_ascii_lowercase();
        let by_address = || self.addresses.get(&Address::parse(&name)?.key());
        let id = self.people.get(&name).or_else(by_address)?;
        Some((MemberId(*id), self.zones.get(id).copied().unwrap_or(Zone::UTC)))
    }
}
