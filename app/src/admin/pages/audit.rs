//! `/admin/audit`: who did what to which record, in words.

use chrono::{NaiveDate, NaiveTime};
use domain::{Instant, Zone, changes::Change, checks::Checks, forms::Fields};
use leptos::prelude::*;
use store::admin::{self, LogActor, LogEntry, LogFilter, Subject};

use super::{frame, page_number, turned};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    i18n,
    ui::{Column, Empty, Pager, Reader, Shape, Sheet, Table, load},
};

/// The audit log.
#[component]
pub fn AuditPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let filter = read(&visit);
        let page = page_number(&visit);
        let (lines, more) = admin::log(&store, &visit.actor, &filter, page).await?;
        let actions = admin::actions(&store, &visit.actor).await?;
        let body = if lines.is_empty() {
            view! { <Empty title=tr("audit-none") text=tr("audit-none-text") /> }.into_any()
        } else {
            table(&visit, lines)
        };
        let (before, after) = turned(&visit, page, more);
        let filters = filters(&visit, &filter, actions);
        let body = view! { <p class="lead">{tr("audit-text")}</p> {filters} {body} <Pager before after /> };
        Ok(frame(&visit, tr("admin-audit"), body.into_any()))
    })
}

/// What the address asks for.
fn read(visit: &Visit) -> LogFilter {
    let said = |name: &str| visit.query(name).filter(|text| !text.is_empty());
    let day = |name: &str| said(name).and_then(|text| Checks::default().date(name, &text));
    LogFilter {
        actor: said("who").unwrap_or_default().chars().take(100).collect(),
        action: said("action").map(|action| action.chars().take(60).collect()),
        record: said("record").and_then(|record| record.parse().ok()),
        from: day("from").map(|day| begins(day, visit.zone)),
        // The day that is named counts too.
        until: day("until").and_then(|day| day.succ_opt()).map(|day| begins(day, visit.zone)),
    }
}

fn begins(day: NaiveDate, zone: Zone) -> Instant {
    zone.resolve(day.and_time(NaiveTime::MIN)).at
}

/// What was done, in words; what no sentence is known for stands as it is.
fn action_words(action: &str) -> String {
    let key = format!("audit-{}", action.replace(['.', '_'], "-"));
    if i18n::has(&key) { tr(&key) } else { action.to_owned() }
}

fn filters(visit: &Visit, filter: &LogFilter, actions: Vec<String>) -> AnyView {
    let said = |name: &str| visit.query(name).unwrap_or_default();
    let fields: Fields = [
        ("who", filter.actor.clone()),
        ("action", filter.action.clone().unwrap_or_default()),
        ("from", said("from")),
        ("until", said("until")),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into();
    let sheet = Sheet::filled(fields, visit.locale);
    let mut choices: Vec<(String, String)> =
        actions.into_iter().map(|action| (action.clone(), action_words(&action))).collect();
    choices.sort_by(|a, b| a.1.cmp(&b.1));
    choices.insert(0, (String::new(), tr("admin-any")));
    let record = filter.record.map(|record| {
        view! {
            <input type="hidden" name="record" value=record.to_string() />
            <p class="help">{tr("audit-one-record")} " " <a href="/admin/audit">{tr("audit-all")}</a></p>
        }
    });
    view! {
        <form class="filters" action="/admin/audit">
            {record}
            <div class="field grow">{sheet.field("who", "audit-who").max(100).input("search")}</div>
            {sheet.field("action", "audit-action").select(choices)}
            {sheet.field("from", "audit-from").input("date")}
            {sheet.field("until", "audit-until").input("date")}
            <button class="button small">{tr("admin-show")}</button>
        </form>
    }
    .into_any()
}

fn table(visit: &Visit, lines: Vec<LogEntry>) -> AnyView {
    let columns = ["audit-action", "audit-who", "audit-record", "audit-changes", "audit-when"];
    let columns = columns.map(|key| Column::of_words(tr(key))).into();
    let reader = Reader::of(visit, visit.zone);
    let rows = lines
        .into_iter()
        .map(|line| {
            let actor = match line.actor {
                LogActor::Portal => tr("audit-portal").into_any(),
                LogActor::Gone => tr("audit-deleted-member").into_any(),
                LogActor::Member(id, name) => {
                    let name = if name.is_empty() { tr("admin-nameless") } else { name };
                    view! { <a href=format!("/admin/members/{id}")><bdi>{name}</bdi></a> }.into_any()
                }
            };
            let record = match (line.subject, line.record.filter(|id| !id.is_nil())) {
                (Some(subject), id) => {
                    let all = id.map(|id| {
                        let to = format!("/admin/audit?record={id}");
                        view! { " · " <a href=to>{tr("audit-history")}</a> }
                    });
                    view! { {subject_view(&subject)}{all} }.into_any()
                }
                (None, Some(_)) => tr("audit-deleted-record").into_any(),
                (None, None) => "–".into_any(),
            };
            let changes = changes_view(line.about.as_ref(), &line.changes);
            vec![
                action_words(&line.action).into_any(),
                actor,
                record,
                changes,
                reader.time(line.at, Shape::DateTimeYear),
            ]
        })
        .collect();
    view! { <Table caption=tr("audit-caption") columns rows /> }.into_any()
}

/// What an entry changed: the other record it concerns, and each field before and after.
fn changes_view(about: Option<&Subject>, changes: &[Change]) -> AnyView {
    let about = about.map(|subject| view! { <li>{subject_view(subject)}</li> });
    // A fact without values only says what the other record is.
    let told = changes.iter().filter(|one| about.is_none() || one.before.is_some() || one.after.is_some());
    let facts = told.map(|one| view! { <li>{change_words(one)}</li> }).collect_view();
    if about.is_none() && changes.is_empty() {
        return "–".into_any();
    }
    view! { <ul role="list">{about}{facts}</ul> }.into_any()
}

fn change_words(change: &Change) -> String {
    let key = format!("audit-field-{}", change.field.replace('_', "-"));
    let field = if i18n::has(&key) { tr(&key) } else { change.field.replace('_', " ") };
    let value = |value: &String| i18n::quote(value_words(&change.field, value));
    let field = ("field", i18n::quote(field));
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            tr_with("audit-change", &[field, ("before", value(before)), ("after", value(after))])
        }
        (None, Some(after)) => tr_with("audit-change-set", &[field, ("after", value(after))]),
        (Some(before), None) => tr_with("audit-change-removed", &[field, ("before", value(before))]),
        (None, None) => tr_with("audit-change-only", &[field]),
    }
}

/// A value as people read it: a choice of a form is kept by its name.
fn value_words(field: &str, value: &str) -> String {
    let choices = ["role", "visibility", "joining", "kind", "attendee_list", "promotion", "sign_up"];
    if choices.contains(&field) { value.replace('_', " ") } else { value.to_owned() }
}

/// A record: what it is and what it is called, as a link where it has a page.
#[must_use]
pub(crate) fn subject_view(subject: &Subject) -> AnyView {
    let kind = tr(&format!("subject-{}", subject.kind));
    let linked = |text: AnyView| match subject.page.clone() {
        Some(page) => view! { <a href=page><bdi>{text}</bdi></a> }.into_any(),
        None => text,
    };
    match (subject.name.as_str(), subject.kind) {
        // Only a member has a name that may be missing: a session or a report has none at all.
        ("", "member") => {
            view! { <span class="help">{kind}</span> " " {linked(tr("admin-nameless").into_any())} }
                .into_any()
        }
        ("", _) => linked(kind.into_any()),
        (name, _) => view! { <span class="help">{kind}</span> " " {linked(shortened(name))} }.into_any(),
    }
}

/// The first words of a long text.
pub(crate) fn shortened(text: &str) -> AnyView {
    let short: String = text.chars().take(60).collect();
    let more = (short.len() < text.len()).then_some("…");
    view! { <span>{short}</span>{more} }.into_any()
}
