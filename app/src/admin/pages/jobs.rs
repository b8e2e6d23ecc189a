//! `/admin/jobs`: background jobs by state, with the error of the last attempt and what to do about it.

use std::collections::HashMap;

use leptos::prelude::*;
use store::{
    jobs::JobState,
    runner::admin::{self, JobRow},
};

use super::{button, frame, page_links, page_number};
use crate::{
    context::{Visit, count, store, tr, tr_with, visit},
    i18n,
    ui::{Column, Empty, Pager, Reader, Shape, Tab, Table, Tabs, load},
};

/// The page of background jobs in one state.
#[component]
pub fn JobsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let counts = admin::counts(&store, &visit.actor).await?;
        let state =
            visit.query("state").and_then(|name| JobState::of(&name)).unwrap_or_else(|| first_used(&counts));
        let page = page_number(&visit);
        let (rows, more) = admin::rows(&store, &visit.actor, state, page).await?;
        let list = if rows.is_empty() {
            view! { <Empty title=tr("jobs-none") text=tr("jobs-none-text") /> }.into_any()
        } else {
            table(&visit, state, rows)
        };
        let (before, after) = page_links(&visit, page, more);
        let body = view! {
            <p class="lead">{tr("jobs-text")}</p>
            {states(&counts, state)}
            {list}
            <Pager before after />
        };
        Ok(frame(&visit, tr("admin-jobs"), body.into_any()))
    })
}

/// The first state that has jobs.
fn first_used(counts: &HashMap<JobState, u64>) -> JobState {
    JobState::ALL.into_iter().find(|state| counts.contains_key(state)).unwrap_or(JobState::Pending)
}

fn states(counts: &HashMap<JobState, u64>, current: JobState) -> AnyView {
    let tabs = JobState::ALL.map(|state| {
        let count = count(counts.get(&state).copied().unwrap_or(0));
        let text = format!("{} {count}", tr(&format!("job-state-{}", state.name())));
        let href = format!("/admin/jobs?state={}", state.name());
        Tab { href, text: text.into_any(), current: state == current }
    });
    view! { <Tabs label=tr("jobs-states") tabs=tabs.into() /> }.into_any()
}

/// The label of a kind of job. A kind without a translation keeps its own name.
#[must_use]
pub fn kind_label(kind: &str) -> String {
    let key = format!("job-kind-{}", kind.replace('_', "-"));
    if i18n::has(&key) { tr(&key) } else { kind.to_owned() }
}

fn table(visit: &Visit, state: JobState, rows: Vec<JobRow>) -> AnyView {
    let when = match state {
        JobState::Pending | JobState::Failed => "jobs-due",
        JobState::Running => "jobs-started",
        JobState::Done | JobState::Cancelled => "jobs-ended",
    };
    let has_actions = rows.iter().any(|row| row.can_retry || row.can_cancel);
    let columns = [
        Column::text(tr("jobs-job")),
        Column::text(tr(when)),
        Column::number(tr("jobs-attempts")),
        Column::text(tr("jobs-progress")),
        Column::text(tr("jobs-problem")),
    ];
    let actions = has_actions.then(|| Column::text(tr("admin-actions")));
    let columns = columns.into_iter().chain(actions).collect();
    let reader = Reader::of(visit, visit.zone);
    let rows = rows
        .into_iter()
        .map(|row| {
            let at = match state {
                JobState::Pending | JobState::Failed => row.due_at,
                JobState::Running => row.started_at,
                JobState::Done | JobState::Cancelled => row.finished_at,
            };
            let cells = [
                kind_label(&row.kind).into_any(),
                at.map_or_else(|| "–".into_any(), |at| reader.time(at, Shape::DateTime)),
                count(row.attempts.into()).into_any(),
                progress(&row).into_any(),
                if row.last_error.is_empty() { "–".to_owned() } else { row.last_error.clone() }.into_any(),
            ];
            cells.into_iter().chain(has_actions.then(|| buttons(&row))).collect()
        })
        .collect();
    view! { <Table caption=tr("jobs-caption") columns rows /> }.into_any()
}

/// How many records a job has finished.
fn progress(row: &JobRow) -> String {
    let Some(done) = row.done else { return "–".to_owned() };
    match row.total {
        Some(total) => {
            tr_with("jobs-done-of", &[("done", i18n::number(done)), ("total", i18n::number(total))])
        }
        None => tr_with("jobs-done", &[("done", i18n::number(done))]),
    }
}

fn buttons(row: &JobRow) -> AnyView {
    let fields = || vec![("job", row.id.to_string()), ("state", row.state.name().to_owned())];
    let again = if row.state == JobState::Failed { "jobs-retry" } else { "jobs-run-now" };
    let retry =
        row.can_retry.then(|| button("/api/admin/job_retry", fields(), "button small plain", tr(again)));
    let cancel = row
        .can_cancel
        .then(|| button("/api/admin/job_cancel", fields(), "button small plain", tr("jobs-cancel")));
    view! { <div class="row">{retry} {cancel}</div> }.into_any()
}
