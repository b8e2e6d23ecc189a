//! The admin pages. All of them share one frame with the navigation.

pub mod audit;
pub mod invitations;
pub mod jobs;
pub mod kudos;
pub mod lists;
pub mod members;
pub mod outbox;
pub mod overview;
pub mod person;
pub mod reports;
pub mod requests;
pub mod selected;
pub mod settings;
pub mod texts;

use domain::policy::{NoRelation, admin::ManageSettings, permit};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

pub use self::{
    audit::AuditPage,
    invitations::InvitationsPage,
    jobs::JobsPage,
    kudos::KudosReviewPage,
    lists::{ListPage, ListsPage},
    members::MembersPage,
    outbox::OutboxPage,
    overview::OverviewPage,
    person::PersonPage,
    reports::{ReportPage, ReportsPage},
    requests::RequestsPage,
    selected::SelectedPage,
    settings::SettingsPage,
    texts::TextPage,
};
use crate::{
    context::{Visit, tr},
    error::AppError,
    ui::{Crumbs, Tab, Tabs, Title},
};

/// The admin navigation: path, and Fluent key of the label.
const SECTIONS: [(&str, &str); 11] = [
    ("/admin", "admin-overview"),
    ("/admin/members", "admin-members"),
    ("/admin/invitations", "admin-invitations"),
    ("/admin/requests", "admin-requests"),
    ("/admin/reports", "admin-reports"),
    ("/admin/kudos", "admin-kudos"),
    ("/admin/outbox", "admin-outbox"),
    ("/admin/jobs", "admin-jobs"),
    ("/admin/lists", "admin-lists"),
    ("/admin/settings", "admin-settings"),
    ("/admin/audit", "admin-audit"),
];

/// The highest page number. It bounds the numbers that a hand-written address can ask for.
const MAX_PAGES: u32 = 1000;

/// Whether the reader is an admin. The store checks the permission again.
///
/// # Errors
/// `SignIn` for visitors, `Forbidden` for other members.
pub fn check_admin(visit: &Visit) -> Result<(), AppError> {
    let _permit = permit(&visit.actor, ManageSettings, NoRelation)?;
    Ok(())
}

/// The frame of an admin page, with the navigation above it.
#[must_use]
pub fn frame(visit: &Visit, title: String, body: AnyView) -> AnyView {
    frame_below(visit, Vec::new(), title, body)
}

/// The frame of a page below another admin page, which `above` links to.
#[must_use]
pub(super) fn frame_below(
    visit: &Visit,
    above: Vec<(String, String)>,
    title: String,
    body: AnyView,
) -> AnyView {
    let at = visit.path();
    let current = |to: &str| {
        at == to || to != "/admin" && at.strip_prefix(to).is_some_and(|rest| rest.starts_with('/'))
    };
    let tabs =
        SECTIONS.map(|(to, key)| Tab { href: to.to_owned(), text: tr(key).into_any(), current: current(to) });
    // Eleven tabs fill half of a phone's screen, so a phone shows a closed list instead. CSS shows one of them.
    let links = SECTIONS.map(|(to, key)| {
        view! { <a href=to aria-current=current(to).then_some("page")>{tr(key)}</a> }
    });
    let here = SECTIONS.iter().find(|(to, _)| current(to)).map(|(_, key)| tr(key));
    view! {
        <Title text=title.clone() />
        <div class="page">
            <nav class="sections" aria-label=tr("admin-places")>
                <details>
                    <summary>{tr("site-admin")} {here.map(|here| view! { ": " <strong>{here}</strong> })}</summary>
                    <div>{links.into_iter().collect_view()}</div>
                </details>
            </nav>
            <Tabs label=tr("admin-places") tabs=tabs.into() />
            {(!above.is_empty()).then(|| view! { <Crumbs above=above /> })}
            <h1>{title}</h1>
            {body}
        </div>
    }
    .into_any()
}

/// The page number in the address, from 0.
#[must_use]
pub fn page_number(visit: &Visit) -> u32 {
    visit.query("page").and_then(|page| page.parse().ok()).unwrap_or(0).min(MAX_PAGES)
}

/// The addresses of the previous and the next page, with the same filters.
#[must_use]
pub fn page_links(visit: &Visit, page: u32, more: bool) -> (Option<String>, Option<String>) {
    let query = visit.path_and_query.split_once('?').map_or("", |(_, query)| query);
    let others: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, text)| name != "page" && !text.is_empty())
        .map(|(name, text)| (name.into_owned(), text.into_owned()))
        .collect();
    let address = |page: u32| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&others);
        if page > 0 {
            query.append_pair("page", &page.to_string());
        }
        format!("{}?{}", visit.path(), query.finish())
    };
    (page.checked_sub(1).map(address), (more && page < MAX_PAGES).then(|| address(page + 1)))
}

/// The id in this page's path.
fn id_from_path() -> Result<uuid::Uuid, AppError> {
    let text = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    text.parse().map_err(|_| AppError::NotFound)
}

/// A form with one button and hidden fields.
fn button(
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    class: &'static str,
    text: String,
) -> AnyView {
    let hidden =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    view! {
        <form method="post" action=action>
            {hidden.collect_view()}
            <button class=class>{text}</button>
        </form>
    }
    .into_any()
}
