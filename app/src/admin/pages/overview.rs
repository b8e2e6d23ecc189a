//! `/admin`: what needs an admin's attention.

use leptos::prelude::*;
use store::{
    admin::{self, PeopleFilter},
    jobs::JobState,
    outbox::{
        self,
        admin::{DeliveryStatus, StatusCount},
    },
    reports, runner,
};

use super::{check_admin, frame};
use crate::{
    context::{store, tr, tr_with, visit},
    i18n,
    ui::{Empty, load},
};

/// The overview page of the admin area.
#[component]
pub fn OverviewPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        check_admin(&visit)?;
        let open = reports::waiting(&store, &visit.actor).await?;
        let status_counts = outbox::admin::status_counts(&store, &visit.actor).await?;
        let unreachable =
            PeopleFilter { status: Some(admin::AccountStatus::Unreachable), ..PeopleFilter::default() };
        let (unreachable, more) = admin::people(&store, &visit.actor, &unreachable, 0).await?;
        let unreachable = unreachable.len() as u64 + u64::from(more);
        let requests = admin::requests_waiting(&store, &visit.actor).await?;
        let jobs = runner::admin::counts(&store, &visit.actor).await?;
        let failed_jobs = jobs.get(&JobState::Failed).copied().unwrap_or(0);
        let items: [(u64, &str, &str); 7] = [
            (open, "admin-attention-reports", "/admin/reports"),
            (requests, "admin-attention-requests", "/admin/requests"),
            (
                count_with(&status_counts, DeliveryStatus::Failed),
                "admin-attention-failed",
                "/admin/outbox?status=failed",
            ),
            (
                count_with(&status_counts, DeliveryStatus::Unknown),
                "admin-attention-unknown",
                "/admin/outbox?status=unknown",
            ),
            (
                count_with(&status_counts, DeliveryStatus::Held),
                "admin-attention-held",
                "/admin/outbox?status=held",
            ),
            (failed_jobs, "admin-attention-jobs", "/admin/jobs?state=failed"),
            (unreachable, "admin-attention-unreachable", "/admin/members?standing=unreachable"),
        ];
        let rows: Vec<AnyView> = items
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, key, to)| {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                let text = tr_with(key, &[("count", i18n::number(count))]);
                view! { <li><a href=to>{text}</a></li> }.into_any()
            })
            .collect();
        let body = if rows.is_empty() {
            view! { <Empty title=tr("admin-nothing") text=tr("admin-nothing-text") /> }.into_any()
        } else {
            view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
        };
        Ok(frame(&visit, tr("admin-overview"), body))
    })
}

fn count_with(status_counts: &[StatusCount], status: DeliveryStatus) -> u64 {
    status_counts
        .iter()
        .filter(|status_count| status_count.status == status)
        .map(|status_count| status_count.count)
        .sum()
}
