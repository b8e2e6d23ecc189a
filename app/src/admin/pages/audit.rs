//! `/admin/audit`: the audit log, in readable sentences.

use chrono::{NaiveDate, NaiveTime};
use domain::{Instant, Zone, changes::Change, checks::Checks, community::CommunityText, forms::Fields};
use leptos::prelude::*;
use store::admin::{self, LogActor, LogEntry, LogFilter, Subject};

use super::{frame, jobs, page_links, page_number, texts::text_path};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    i18n::{self, format},
    ui::{Empty, Pager, Reader, Shape, Sheet, load},
};

/// The audit log page.
#[component]
pub fn AuditPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let filter = parse_filter(&visit);
        let page = page_number(&visit);
        let (entries, more) = admin::log(&store, &visit.actor, &filter, page).await?;
        let actions = admin::actions(&store, &visit.actor).await?;
        let body = if entries.is_empty() {
            view! { <Empty title=tr("audit-none") text=tr("audit-none-text") /> }.into_any()
        } else {
            days(&visit, entries)
        };
        let (before, after) = page_links(&visit, page, more);
        let filters = filters(&visit, &filter, actions);
        let body = view! { <p class="lead">{tr("audit-text")}</p> {filters} {body} <Pager before after /> };
        Ok(frame(&visit, tr("admin-audit"), body.into_any()))
    })
}

/// Parses the filter from the address.
fn parse_filter(visit: &Visit) -> LogFilter {
    let param = |name: &str| visit.query(name).filter(|text| !text.is_empty());
    let day = |name: &str| param(name).and_then(|text| Checks::default().date(name, &text));
    LogFilter {
        actor: param("who").unwrap_or_default().chars().take(100).collect(),
        action: param("action").map(|action| action.chars().take(60).collect()),
        record: param("record").and_then(|record| record.parse().ok()),
        from: day("from").map(|day| start_of(day, visit.zone)),
        // The last day is included.
        until: day("until").and_then(|day| day.succ_opt()).map(|day| start_of(day, visit.zone)),
    }
}

fn start_of(day: NaiveDate, zone: Zone) -> Instant {
    zone.resolve(day.and_time(NaiveTime::MIN)).at
}

/// The label of an audit action. An action without a translation is shown as it is stored.
fn action_label(action: &str) -> String {
    let key = format!("audit-{}", action.replace(['.', '_'], "-"));
    if i18n::has(&key) { tr(&key) } else { action.to_owned() }
}

fn filters(visit: &Visit, filter: &LogFilter, actions: Vec<String>) -> AnyView {
    let param = |name: &str| visit.query(name).unwrap_or_default();
    let fields: Fields = [
        ("who", filter.actor.clone()),
        ("action", filter.action.clone().unwrap_or_default()),
        ("from", param("from")),
        ("until", param("until")),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into();
    let sheet = Sheet::filled(fields, visit.locale);
    let mut choices: Vec<(String, String)> =
        actions.into_iter().map(|action| (action.clone(), action_label(&action))).collect();
    choices.sort_by(|a, b| a.1.cmp(&b.1));
    choices.insert(0, (String::new(), tr("admin-any")));
    let record = filter.record;
    view! {
        {record.is_some().then(|| view! {
            <p class="help">{tr("audit-one-record")} " " <a href="/admin/audit">{tr("audit-all")}</a></p>
        })}
        <details class="disclosure" open=*filter != LogFilter::default()>
            <summary>{tr("events-filter")}</summary>
            <form class="filters" action="/admin/audit">
                {record.map(|record| view! { <input type="hidden" name="record" value=record.to_string() /> })}
                <div class="field grow">{sheet.field("who", "audit-who").max(100).input("search")}</div>
                {sheet.field("action", "audit-action").select(choices)}
                {sheet.field("from", "audit-from").input("date")}
                {sheet.field("until", "audit-until").input("date")}
                <button class="button small">{tr("admin-show")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// The entries, one list for each day in the reader's time zone.
fn days(visit: &Visit, entries: Vec<LogEntry>) -> AnyView {
    let mut days: Vec<(NaiveDate, Vec<AnyView>)> = Vec::new();
    for entry in entries {
        let day = visit.zone.wall(entry.at).date();
        let item = item(visit, entry);
        match days.last_mut() {
            Some((last, items)) if *last == day => items.push(item),
            _ => days.push((day, vec![item])),
        }
    }
    let day = |(day, items): (NaiveDate, Vec<AnyView>)| {
        let id = format!("day-{day}");
        let heading = id.clone();
        let title = format::date(visit.locale, day, Shape::FullDate);
        view! {
            <section class="part" aria-labelledby=heading>
                <h2 id=id><time datetime=day.to_string()>{title}</time></h2>
                <ul class="rows" role="list">{items}</ul>
            </section>
        }
    };
    days.into_iter().map(day).collect_view().into_any()
}

/// One entry: what was done to which record, by whom and when, and what changed.
fn item(visit: &Visit, entry: LogEntry) -> AnyView {
    let versions = text_link(&entry);
    let actor = match entry.actor {
        LogActor::Portal => tr("audit-portal").into_any(),
        LogActor::Hidden => tr("audit-hidden-speaker").into_any(),
        LogActor::Gone => tr("audit-deleted-member").into_any(),
        LogActor::Member(id, name) => {
            let name = if name.is_empty() { tr("admin-nameless") } else { name };
            view! { <a href=format!("/admin/members/{id}")><bdi>{name}</bdi></a> }.into_any()
        }
    };
    let record = match (entry.subject, entry.record.filter(|id| !id.is_nil())) {
        (Some(subject), id) => {
            let all = id.map(|id| {
                let to = format!("/admin/audit?record={id}");
                view! { " · " <a href=to>{tr("audit-history")}</a> }
            });
            Some(view! { {subject_view(&subject)}{all} }.into_any())
        }
        (None, Some(_)) if is_looked_up(&entry.action) => Some(tr("audit-deleted-record").into_any()),
        (None, _) => None,
    };
    let time = Reader::of(visit, visit.zone).time(entry.at, Shape::Time);
    view! {
        <li>
            <div>
                <p><strong>{action_label(&entry.action)}</strong> " " {record}</p>
                {changes_view(entry.about.as_ref(), &entry.changes)}
                {versions}
                <p class="help">{time} " · " {actor}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Whether the log looks up the records of an action. It doesn't for mentoring and for what members keep to themselves.
fn is_looked_up(action: &str) -> bool {
    let kind = action.split('.').next().unwrap_or_default();
    kind == "rsvp" || Subject::KINDS.contains(&kind)
}

/// A link to both versions of a text of the community, which are too long for the log.
fn text_link(entry: &LogEntry) -> Option<AnyView> {
    let change = entry.changes.first().filter(|_| entry.action == "settings.text")?;
    let to = format!("{}?version={}", text_path(CommunityText::of(&change.field)?), change.after.as_ref()?);
    Some(view! { <p><a href=to>{tr("audit-text-versions")}</a></p> }.into_any())
}

/// The changes of an entry: the second record it concerns, and each field before and after.
fn changes_view(about: Option<&Subject>, changes: &[Change]) -> Option<AnyView> {
    let about = about.map(|subject| view! { <li>{subject_view(subject)}</li> });
    // Changes without values only name the second record, which is already shown.
    let shown =
        changes.iter().filter(|change| about.is_none() || change.before.is_some() || change.after.is_some());
    let facts = shown.map(|change| view! { <li>{change_text(change)}</li> }).collect_view();
    if about.is_none() && changes.is_empty() {
        return None;
    }
    Some(view! { <ul role="list">{about}{facts}</ul> }.into_any())
}

fn change_text(change: &Change) -> String {
    let key = format!("audit-field-{}", change.field.replace('_', "-"));
    let field = if i18n::has(&key) { tr(&key) } else { change.field.replace('_', " ") };
    let value = |value: &String| i18n::quote(value_text(&change.field, value));
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

/// A value as people read it. Choices are stored by name, with underscores.
fn value_text(field: &str, value: &str) -> String {
    let choices = ["role", "visibility", "joining", "kind", "attendee_list", "promotion", "sign_up"];
    if choices.contains(&field) { value.replace('_', " ") } else { value.to_owned() }
}

/// A record: its kind and name, linked to its page if it has one.
#[must_use]
pub(crate) fn subject_view(subject: &Subject) -> AnyView {
    let kind = tr(&format!("subject-{}", subject.kind));
    let linked = |text: AnyView| match subject.page.clone() {
        Some(page) => view! { <a href=page><bdi>{text}</bdi></a> }.into_any(),
        None => text,
    };
    match (subject.name.as_str(), subject.kind) {
        // A member's name can be missing. Sign-in sessions and reports have no name at all.
        ("", "member") => {
            view! { <span class="help">{kind}</span> " " {linked(tr("admin-nameless").into_any())} }
                .into_any()
        }
        ("", _) => linked(kind.into_any()),
        (name, "job") => {
            let name = jobs::kind_label(name).into_any();
            view! { <span class="help">{kind}</span> " " {linked(name)} }.into_any()
        }
        (name, _) => view! { <span class="help">{kind}</span> " " {linked(shortened(name))} }.into_any(),
    }
}

/// The first 60 characters of a text.
pub(crate) fn shortened(text: &str) -> AnyView {
    let short: String = text.chars().take(60).collect();
    let more = (short.len() < text.len()).then_some("…");
    view! { <span>{short}</span>{more} }.into_any()
}
