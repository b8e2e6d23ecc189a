//! `/admin/outbox`: emails by delivery status, with the problem and what to do about it (C6). The page of one
//! email is a plain route of the server, because it renders the email.

use domain::members::shown_address;
use leptos::prelude::*;
use store::outbox::{
    self,
    admin::{DeliveryStatus, OutboxRow, StatusCount},
};

use super::{button, frame, page_links, page_number};
use crate::{
    context::{Visit, count, store, tr, tr_with, visit},
    i18n,
    ui::{Badge, Column, Crumbs, Dialog, Empty, Pager, Reader, Shape, Tab, Table, Tabs, Tone, load},
};

/// The outbox page: the emails with one status.
#[component]
pub fn OutboxPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let status_counts = outbox::admin::status_counts(&store, &visit.actor).await?;
        let status = visit
            .query("status")
            .and_then(|name| DeliveryStatus::of(&name))
            .unwrap_or_else(|| first_used(&status_counts));
        let kind = visit
            .query("kind")
            .filter(|kind| status_counts.iter().any(|status_count| status_count.kind == *kind));
        let page = page_number(&visit);
        let (rows, more) = outbox::admin::rows(&store, &visit.actor, status, kind.as_deref(), page).await?;
        let list = if rows.is_empty() {
            view! { <Empty title=tr("outbox-none") text=tr("outbox-none-text") /> }.into_any()
        } else {
            table(&visit, status, rows)
        };
        let (before, after) = page_links(&visit, page, more);
        let body = view! {
            <p class="lead">{tr("outbox-text")}</p>
            {statuses(&status_counts, status)}
            {kinds(&status_counts, status, kind.as_deref())}
            {kind.map(|kind| bulk_actions(status, kind, &status_counts))}
            {list}
            <Pager before after />
        };
        Ok(frame(&visit, tr("admin-outbox"), body.into_any()))
    })
}

/// The first status that has emails.
fn first_used(status_counts: &[StatusCount]) -> DeliveryStatus {
    let has_emails =
        |status: &DeliveryStatus| status_counts.iter().any(|status_count| status_count.status == *status);
    DeliveryStatus::ALL.into_iter().find(has_emails).unwrap_or(DeliveryStatus::Pending)
}

fn count_with(status_counts: &[StatusCount], status: DeliveryStatus) -> u64 {
    status_counts
        .iter()
        .filter(|status_count| status_count.status == status)
        .map(|status_count| status_count.count)
        .sum()
}

fn statuses(status_counts: &[StatusCount], current: DeliveryStatus) -> AnyView {
    // A status without emails is left out, so a healthy outbox has one or two tabs.
    let used = DeliveryStatus::ALL
        .into_iter()
        .filter(|status| *status == current || count_with(status_counts, *status) > 0);
    let tabs = used.map(|status| {
        let count = count(count_with(status_counts, status));
        let text = format!("{} {count}", tr(&format!("outbox-{}", status.name())));
        let href = format!("/admin/outbox?status={}", status.name());
        Tab { href, text: text.into_any(), current: status == current }
    });
    view! { <Tabs label=tr("outbox-statuses") tabs=tabs.collect() /> }.into_any()
}

/// The label of an email kind. A kind without a translation keeps its own name.
#[must_use]
pub fn kind_label(kind: &str) -> String {
    let key = format!("email-kind-{}", kind.replace('_', "-"));
    if i18n::has(&key) { tr(&key) } else { kind.to_owned() }
}

fn kinds(status_counts: &[StatusCount], status: DeliveryStatus, current: Option<&str>) -> AnyView {
    let here: Vec<&StatusCount> =
        status_counts.iter().filter(|status_count| status_count.status == status).collect();
    if here.is_empty() {
        return ().into_any();
    }
    let items = here.into_iter().map(|status_count| {
        let chosen = current == Some(status_count.kind.as_str());
        let all = format!("/admin/outbox?status={}", status.name());
        let to = if chosen { all } else { format!("{all}&kind={}", status_count.kind) };
        let class = if chosen { "badge brass" } else { "badge" };
        let text = format!("{} {}", kind_label(&status_count.kind), count(status_count.count));
        view! { <li><a class=class href=to aria-current=chosen.then_some("true")>{text}</a></li> }
    });
    view! { <ul class="row filter-chips" role="list" aria-label=tr("outbox-kinds")>{items.collect_view()}</ul> }
        .into_any()
}

/// Actions for all emails with this status and kind.
fn bulk_actions(status: DeliveryStatus, kind: String, status_counts: &[StatusCount]) -> AnyView {
    let count = status_counts
        .iter()
        .filter(|status_count| status_count.status == status && status_count.kind == kind)
        .map(|status_count| status_count.count);
    let count = i64::try_from(count.sum::<u64>()).unwrap_or(i64::MAX);
    let args = [("count", i18n::number(count))];
    let fields = || vec![("status", status.name().to_owned()), ("kind", kind.clone())];
    let retry = status.can_retry().then(|| {
        button("/api/admin/emails_retry", fields(), "button plain", tr_with("outbox-retry-all", &args))
    });
    let cancel = status.can_cancel().then(|| {
        let form = cancel_form(fields());
        view! {
            <Dialog id="cancel-all" title=tr("outbox-cancel-title") open=tr_with("outbox-cancel-all", &args)>
                {form}
            </Dialog>
        }
    });
    view! { <div class="row">{retry} {cancel}</div> }.into_any()
}

/// The form that cancels emails. The reader types a word to confirm.
#[must_use]
pub fn cancel_form(fields: Vec<(&'static str, String)>) -> AnyView {
    let hidden =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let label = tr_with("confirm-text", &[("word", i18n::quote(tr("confirm-cancel")))]);
    view! {
        <form method="post" action="/api/admin/emails_cancel">
            {hidden.collect_view()}
            <p>{tr("outbox-cancel-text")}</p>
            <label class="field">{label} <input type="text" name="confirm" autocomplete="off" required /></label>
            <button class="button danger">{tr("outbox-cancel")}</button>
        </form>
    }
    .into_any()
}

/// The problem of an email in plain words. `None` if there was none.
#[must_use]
pub fn cause_text(cause: &str) -> Option<String> {
    let known = [
        ("the mail server refused the recipient", "cause-recipient"),
        ("the mail server refused our sender", "cause-sender"),
        ("the mail server refused", "cause-refused"),
        ("the mail server offers no STARTTLS", "cause-tls"),
        ("the mail server offers no sign-in", "cause-password"),
        ("the mail server did not accept our username", "cause-password"),
        ("STARTTLS", "cause-tls"),
        ("TLS", "cause-tls"),
        ("the mail server did not", "cause-slow"),
        ("the mail server sent no greeting", "cause-slow"),
        ("the mail server was too slow", "cause-slow"),
        ("no answer to", "cause-slow"),
        ("the connection", "cause-cut"),
        ("the server was stopped", "cause-stopped"),
        ("expired", "cause-expired"),
        ("restored from a backup", "cause-restored"),
        ("put on hold", "cause-hold"),
        ("the recipient's address", "cause-address"),
        ("its content", "cause-broken"),
        ("a template", "cause-broken"),
        ("the message", "cause-broken"),
    ];
    if cause.is_empty() {
        return None;
    }
    let key =
        known.iter().find(|(begins, _)| cause.starts_with(begins)).map_or("cause-other", |(_, key)| key);
    Some(tr(key))
}

fn table(visit: &Visit, status: DeliveryStatus, rows: Vec<OutboxRow>) -> AnyView {
    // Nothing went wrong with an email that was sent or that an administrator cancelled.
    let explains = !matches!(status, DeliveryStatus::Sent | DeliveryStatus::Cancelled);
    let columns = ["outbox-email", "outbox-to", "outbox-when"].into_iter();
    let columns = columns.chain(explains.then_some("outbox-problem"));
    let columns = columns.map(|key| Column::text(tr(key))).collect();
    let reader = Reader::of(visit, visit.zone);
    let rows = rows
        .into_iter()
        .map(|row| {
            let to = format!("/admin/outbox/{}", row.id);
            let name = if row.name.is_empty() { shown_address(&row.address) } else { row.name.clone() };
            let when = row.settled_at.unwrap_or(row.posted_at);
            let tries = (row.attempts > 0).then(|| {
                let args = [("count", i18n::number(row.attempts))];
                view! { <Badge tone=Tone::Quiet>{tr_with("outbox-tries", &args)}</Badge> }
            });
            let why = explains
                .then(|| view! { <span class="row">{cause_text(&row.cause)} {tries}</span> }.into_any());
            let cells = [
                view! { <a href=to>{kind_label(&row.kind)}</a> }.into_any(),
                name.into_any(),
                reader.time(when, Shape::DateTime),
            ];
            cells.into_iter().chain(why).collect()
        })
        .collect();
    view! { <Table caption=tr("outbox-caption") columns rows /> }.into_any()
}

/// The page of one email, around the email that the server renders.
#[must_use]
pub fn email_frame(visit: &Visit, row: &OutboxRow, content: AnyView) -> AnyView {
    let above = vec![("/admin/outbox".to_owned(), tr("admin-outbox"))];
    view! {
        <div class="page">
            <Crumbs above />
            <h1>{kind_label(&row.kind)}</h1>
            {facts_view(visit, row)}
            {content}
        </div>
    }
    .into_any()
}

/// Facts about an email, above its content: recipient, status, problem and actions.
fn facts_view(visit: &Visit, row: &OutboxRow) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let tone = match row.status {
        DeliveryStatus::Sent => Tone::Good,
        DeliveryStatus::Failed | DeliveryStatus::Unknown => Tone::Bad,
        DeliveryStatus::Held => Tone::Draft,
        _ => Tone::Quiet,
    };
    let state = tr(&format!("outbox-{}", row.status.name()));
    let id = || vec![("email", row.id.to_string())];
    let why = cause_text(&row.cause).map(|text| {
        view! {
            <dt>{tr("outbox-problem")}</dt>
            <dd>{text}<br /><span class="help">{row.cause.clone()}</span></dd>
        }
    });
    let due = (row.status == DeliveryStatus::Pending).then(|| {
        view! { <dt>{tr("outbox-due")}</dt><dd>{reader.time(row.due_at, Shape::DateTimeYear)}</dd> }
    });
    let settled = row.settled_at.map(|at| {
        view! { <dt>{tr("outbox-completed")}</dt><dd>{reader.time(at, Shape::DateTimeYear)}</dd> }
    });
    let retry = row.can_retry.then(|| button("/api/admin/emails_retry", id(), "button", tr("outbox-retry")));
    let cancel = row.status.can_cancel().then(|| {
        let form = cancel_form(id());
        view! {
            <Dialog id="cancel-one" title=tr("outbox-cancel-title") open=tr("outbox-cancel")>
                {form}
            </Dialog>
        }
    });
    let address = shown_address(&row.address);
    let to = if row.name.is_empty() { address } else { format!("{} <{address}>", row.name) };
    view! {
        <dl class="facts">
            <dt>{tr("outbox-to")}</dt><dd>{to}</dd>
            <dt>{tr("admin-state")}</dt><dd><Badge tone>{state}</Badge></dd>
            <dt>{tr("outbox-created")}</dt><dd>{reader.time(row.posted_at, Shape::DateTimeYear)}</dd>
            {due}
            {settled}
            {why}
        </dl>
        <div class="row">{retry} {cancel}</div>
    }
    .into_any()
}
