//! `/admin/members`: all members with email address and role. Several can be selected and changed at once.

use domain::{Role, forms::Fields, members::shown_address};
use leptos::prelude::*;
use store::admin::{self, AccountStatus, PeopleFilter, PersonRow};

use super::{
    frame, page_links, page_number,
    selected::{select_box, select_form},
};
use crate::{
    context::{Visit, store, tr, visit},
    ui::{Badge, Column, Empty, Pager, Reader, Shape, Sheet, Table, Tone, load},
};

/// The members page, with search and filters for role and account status.
#[component]
pub fn MembersPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let filter = parse_filter(&visit);
        let page = page_number(&visit);
        let (people, more) = admin::people(&store, &visit.actor, &filter, page).await?;
        let body = if people.is_empty() {
            view! { <Empty title=tr("admin-no-match") text=tr("admin-no-match-text") /> }.into_any()
        } else {
            view! { {select_form(&visit)} {table(&visit, people)} }.into_any()
        };
        let (before, after) = page_links(&visit, page, more);
        let body = view! { {filters(&visit, &filter)} {body} <Pager before after /> }.into_any();
        Ok(frame(&visit, tr("admin-members"), body))
    })
}

/// Parses the filter from the address.
fn parse_filter(visit: &Visit) -> PeopleFilter {
    let param = |name: &str| visit.query(name).unwrap_or_default();
    PeopleFilter {
        words: param("q").chars().take(100).collect(),
        role: param("role").parse().ok(),
        status: AccountStatus::ALL.into_iter().find(|status| status.name() == param("standing")),
    }
}

fn filters(visit: &Visit, filter: &PeopleFilter) -> AnyView {
    let fields: Fields = [
        ("q", filter.words.clone()),
        ("role", filter.role.map(|role| role.name().to_owned()).unwrap_or_default()),
        ("standing", filter.status.map(|status| status.name().to_owned()).unwrap_or_default()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into();
    let sheet = Sheet::filled(fields, visit.locale);
    let any = (String::new(), tr("admin-any"));
    let roles = Role::ALL.iter().map(|role| (role.name().to_owned(), tr(&format!("role-{}", role.name()))));
    let roles = std::iter::once(any.clone()).chain(roles).collect();
    let statuses = AccountStatus::ALL
        .map(|status| (status.name().to_owned(), tr(&format!("standing-{}", status.name()))));
    let statuses = std::iter::once(any).chain(statuses).collect();
    view! {
        <form class="filters" action="/admin/members">
            <div class="field grow">{sheet.field("q", "admin-who").max(100).input("search")}</div>
            {sheet.field("role", "admin-role").select(roles)}
            {sheet.field("standing", "admin-standing").select(statuses)}
            <button class="button small">{tr("admin-show")}</button>
        </form>
    }
    .into_any()
}

fn table(visit: &Visit, people: Vec<PersonRow>) -> AnyView {
    let columns = ["admin-name", "admin-address", "admin-role", "admin-joined"];
    let columns = columns.map(|key| Column::text(tr(key))).into();
    let reader = Reader::of(visit, visit.zone);
    let all = visit.query("select").as_deref() == Some("all");
    let rows = people
        .into_iter()
        .map(|row| {
            let to = format!("/admin/members/{}", row.id);
            let name = if row.name.is_empty() { tr("admin-nameless") } else { row.name.clone() };
            let address = row.address.as_deref().map_or_else(|| tr("admin-no-address"), shown_address);
            vec![
                view! { <span class="row">{select_box(&row, &name, all)} <a href=to><bdi>{name}</bdi></a></span> }.into_any(),
                address.into_any(),
                view! { <span class="row">{badges(&row)}</span> }.into_any(),
                reader.time(row.joined_at, Shape::ShortDateYear),
            ]
        })
        .collect();
    view! { <Table caption=tr("admin-members-caption") columns rows /> }.into_any()
}

/// Badges for role and account status.
pub(super) fn badges(row: &PersonRow) -> AnyView {
    let tone = match row.role {
        Role::Suspended => Tone::Bad,
        Role::Administrator | Role::Organiser => Tone::Brass,
        Role::Member => Tone::Quiet,
    };
    let role = tr(&format!("role-{}", row.role.name()));
    let leaving = row.leaving.map(|_| view! { <Badge tone=Tone::Draft>{tr("standing-leaving")}</Badge> });
    let bounced = row.bounced.map(|_| view! { <Badge tone=Tone::Bad>{tr("standing-unreachable")}</Badge> });
    view! { <Badge tone>{role}</Badge> {leaving} {bounced} }.into_any()
}
