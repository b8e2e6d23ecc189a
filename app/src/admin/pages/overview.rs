//! `/admin`: what needs an admin's attention.

use leptos::prelude::*;
use store::{
    admin::{self, Growth, PeopleFilter, PersonRow},
    jobs::JobState,
    outbox::{
        self,
        admin::{DeliveryStatus, StatusCount},
    },
    reports, runner,
};

use super::{check_admin, frame};
use crate::{
    context::{Visit, locale, store, tr, tr_with, visit},
    i18n::{self, format},
    ui::{Empty, Lines, Reader, Series, Shape, load},
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
        let newcomers = newcomers_view(&visit, admin::newcomers(&store, &visit.actor).await?);
        let growth = growth_view(&admin::growth(&store, &visit.actor).await?);
        let body = view! {
            <div>{body}</div>
            {newcomers}
            {growth}
        };
        Ok(frame(&visit, tr("admin-overview"), body.into_any()))
    })
}

/// The people who joined lately.
fn newcomers_view(visit: &Visit, newcomers: Vec<PersonRow>) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let rows: Vec<_> = newcomers
        .into_iter()
        .map(|person| {
            let name = if person.name.is_empty() { tr("admin-nameless") } else { person.name };
            view! {
                <li>
                    <a href=format!("/admin/members/{}", person.id)><bdi>{name}</bdi></a>
                    <span class="help">{tr("admin-joined")} " " {reader.time(person.joined_at, Shape::Date)}</span>
                </li>
            }
        })
        .collect();
    let days = [("days", i18n::number(admin::NEWCOMER_DAYS))];
    let list = match rows.is_empty() {
        true => view! { <p class="help">{tr_with("admin-newcomers-none", &days)}</p> }.into_any(),
        false => view! { <ul class="rows" role="list">{rows}</ul> }.into_any(),
    };
    view! {
        <section class="part" aria-labelledby="newcomers">
            <h2 id="newcomers">{tr("admin-newcomers")}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// The members, and small charts of the last weeks.
fn growth_view(growth: &Growth) -> AnyView {
    let categories: Vec<String> =
        growth.weeks.iter().map(|week| format::date(locale(), week.date_naive(), Shape::Date)).collect();
    let series = |key: &str, figures: &[u64]| Series {
        name: tr(key),
        figures: figures.iter().map(|figure| f64::from(u32::try_from(*figure).unwrap_or(u32::MAX))).collect(),
    };
    let charts = [
        ("admin-growth-joined", &growth.joined),
        ("admin-growth-events", &growth.events),
        ("admin-growth-seats", &growth.seats),
        ("admin-growth-kudos", &growth.kudos),
    ];
    let charts = charts.map(|(key, figures)| {
        view! { <Lines title=tr(key) categories=categories.clone() series=vec![series(key, figures)] /> }
    });
    let members = i18n::number(i64::try_from(growth.members).unwrap_or(i64::MAX));
    let weeks = i18n::number(i64::try_from(admin::WEEKS).unwrap_or(i64::MAX));
    view! {
        <section class="part" aria-labelledby="growth">
            <h2 id="growth">{tr("admin-growth")}</h2>
            <p>{tr_with("admin-growth-members", &[("members", members), ("weeks", weeks)])}</p>
            <div class="charts">{charts.into_iter().collect_view()}</div>
        </section>
    }
    .into_any()
}

fn count_with(status_counts: &[StatusCount], status: DeliveryStatus) -> u64 {
    status_counts
        .iter()
        .filter(|status_count| status_count.status == status)
        .map(|status_count| status_count.count)
        .sum()
}
