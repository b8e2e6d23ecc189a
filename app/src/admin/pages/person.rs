//! `/admin/members/{id}`: one member's account and rights.

use domain::{MemberId, Role, forms::Fields, members::shown_address};
use leptos::prelude::*;
use store::admin::{self, PersonPage as Person};

use super::{button, frame_below, id_from_path, members::badges};
use crate::{
    context::{Visit, count, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Reader, Shape, Sheet, load},
};

/// A member for admins: account, role and suspension. The member's content is not shown here.
#[component]
pub fn PersonPage() -> impl IntoView {
    let id = id_from_path();
    load(async move {
        let (store, visit, id) = (store(), visit(), id?);
        let person = admin::person(&store, &visit.actor, MemberId(id)).await?;
        let (sheet, _) = refilled(&visit, &format!("admin/suspend/{id}"), Fields::new()).await?;
        let (address, _) = refilled(&visit, &format!("admin/address/{id}"), Fields::new()).await?;
        let name =
            if person.person.name.is_empty() { tr("admin-nameless") } else { person.person.name.clone() };
        let above = vec![("/admin/members".to_owned(), tr("admin-members"))];
        Ok::<_, AppError>(frame_below(&visit, above, name, body(&visit, person, &sheet, &address)))
    })
}

fn body(visit: &Visit, page: Person, sheet: &Sheet, typed_address: &Sheet) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let row = &page.person;
    let id = row.id.to_string();
    let address = row.address.as_deref().map_or_else(|| tr("admin-no-address"), shown_address);
    let groups = if page.groups.is_empty() { tr("admin-no-groups") } else { page.groups.join(", ") };
    let leaving = row.leaving.map(|at| {
        view! { <dt>{tr("standing-leaving")}</dt><dd>{reader.time(at, Shape::DateTimeYear)}</dd> }
    });
    let bounced = row.bounced.map(|at| {
        view! { <dt>{tr("standing-unreachable")}</dt><dd>{reader.time(at, Shape::DateTimeYear)}</dd> }
    });
    let audit = format!("/admin/audit?record={id}");
    let rights = match (&page.suspension, page.oneself, row.role) {
        (_, true, _) => view! { <p class="help">{tr("admin-own-rights")}</p> }.into_any(),
        (suspension, _, Role::Suspended) => {
            let why = suspension.as_ref().map(|suspension| {
                let since = reader.time(suspension.since, Shape::DateTimeYear);
                view! { <p>{tr("admin-suspended-since")} " " {since}</p><blockquote><p class="plain-text">{suspension.reason.clone()}</p></blockquote> }
            });
            let lift = button(
                "/api/admin/lift_suspension",
                vec![("member", id.clone())],
                "button",
                tr("admin-lift"),
            );
            view! { <section class="part"><h2>{tr("role-suspended")}</h2>{why}{lift}</section> }.into_any()
        }
        _ => view! { {role_form(visit, &id, row.role)} {suspend_form(&id, page.seats, sheet)} }.into_any(),
    };
    view! {
        <p class="row">{badges(row)}</p>
        <dl class="facts">
            <dt>{tr("admin-address")}</dt><dd>{address}</dd>
            <dt>{tr("admin-joined")}</dt><dd>{reader.time(row.joined_at, Shape::DateTimeYear)}</dd>
            <dt>{tr("admin-sessions")}</dt><dd>{count(page.sessions)}</dd>
            <dt>{tr("admin-seats")}</dt><dd>{count(page.seats)}</dd>
            <dt>{tr("admin-groups")}</dt><dd>{groups}</dd>
            {leaving}
            {bounced}
        </dl>
        <p><a href=audit>{tr("admin-member-history")}</a></p>
        {address_form(&id, typed_address)}
        {rights}
    }
    .into_any()
}

fn address_form(id: &str, sheet: &Sheet) -> AnyView {
    view! {
        <section class="part">
            <h2>{tr("address-title")}</h2>
            <form method="post" action="/api/admin/address">
                <input type="hidden" name="member" value=id.to_owned() />
                {sheet.summary()}
                {sheet.field("address", "admin-new-address").help("admin-new-address-help").needed().max(254).input("email")}
                <button class="button">{tr("address-send")}</button>
            </form>
        </section>
    }
    .into_any()
}

fn role_form(visit: &Visit, id: &str, role: Role) -> AnyView {
    let fields = Fields::from([("role".to_owned(), role.name().to_owned())]);
    let sheet = Sheet::filled(fields, visit.locale);
    let roles = [Role::Member, Role::Organiser, Role::Administrator];
    let roles = roles.map(|role| (role.name().to_owned(), tr(&format!("role-{}", role.name()))));
    view! {
        <section class="part">
            <h2>{tr("admin-role")}</h2>
            <form method="post" action="/api/admin/role">
                <input type="hidden" name="member" value=id.to_owned() />
                {sheet.field("role", "admin-role").help("admin-role-help").needed().select(roles.into())}
                <button class="button">{tr("form-save")}</button>
            </form>
        </section>
    }
    .into_any()
}

fn suspend_form(id: &str, seats: u64, sheet: &Sheet) -> AnyView {
    let seats = i64::try_from(seats).unwrap_or(i64::MAX);
    let effect = tr_with("admin-suspend-text", &[("seats", i18n::number(seats))]);
    view! {
        <section class="part">
            <h2>{tr("admin-suspend")}</h2>
            <p>{effect}</p>
            <form method="post" action="/api/admin/suspend">
                <input type="hidden" name="member" value=id.to_owned() />
                {sheet.summary()}
                {sheet.field("reason", "field-reason").help("admin-reason-help").needed().max(1000).area(3)}
                <button class="button danger">{tr("admin-suspend")}</button>
            </form>
        </section>
    }
    .into_any()
}
