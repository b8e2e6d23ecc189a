//! `/admin/members/selected`: the members that an admin selected, and what happens to them. Nothing changes before the
//! admin confirms it here.

use domain::{
    MemberId,
    forms::Fields,
    members::shown_address,
    rights::{BulkAction, LeftOut},
};
use leptos::prelude::*;
use store::admin::{self, PersonRow};

use super::{frame_below, members::badges};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    i18n,
    refill::refilled,
    ui::{Empty, Sheet, load},
};

/// The path of this page.
pub(crate) const SELECTED: &str = "/admin/members/selected";
/// The draft with the selection. It is kept for an hour.
pub(crate) const SELECTION: &str = "admin/members/selected";

/// Asks for confirmation.
#[component]
pub fn SelectedPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let (sheet, _) = refilled(&visit, SELECTION, Fields::new()).await?;
        let action = BulkAction::of(&sheet.value("action")).unwrap_or(BulkAction::SignInEmail);
        let ids = sheet.value("members");
        let ids: Vec<_> = ids.split_whitespace().filter_map(|id| id.parse().ok()).map(MemberId).collect();
        let people = admin::selected(&store(), &visit.actor, &ids, action).await?;
        let (changed, left_out): (Vec<_>, Vec<_>) = people.into_iter().partition(|(_, why)| why.is_none());
        let body = view! {
            {form(action, &sheet, changed)}
            {unchanged(left_out)}
        };
        let above = vec![("/admin/members".to_owned(), tr("admin-members"))];
        let title = tr(&format!("bulk-{}", action.name()));
        Ok::<_, AppError>(frame_below(&visit, above, title, body.into_any()))
    })
}

fn form(action: BulkAction, sheet: &Sheet, people: Vec<(PersonRow, Option<LeftOut>)>) -> AnyView {
    if people.is_empty() {
        return view! { <Empty title=tr("bulk-nobody") text=tr("bulk-nobody-text") /> }.into_any();
    }
    let ids = people.iter().map(|(row, _)| row.id.to_string()).collect::<Vec<_>>().join(" ");
    let count = i18n::number(people.len() as u32);
    let lead = tr_with(&format!("bulk-{}-text", action.name()), &[("count", count)]);
    let is_suspension = action == BulkAction::Suspend;
    let reason = is_suspension
        .then(|| sheet.field("reason", "field-reason").help("admin-reason-help").needed().max(1000).area(3));
    let class = if matches!(action, BulkAction::Suspend | BulkAction::RemoveRole) {
        "button danger"
    } else {
        "button"
    };
    view! {
        <p class="lead">{lead}</p>
        {list(people)}
        <form class="narrow" method="post" action="/api/admin/change_members">
            <input type="hidden" name="members" value=ids />
            <input type="hidden" name="action" value=action.name() />
            {sheet.summary()}
            {reason}
            <p class="row">
                <button class=class>{tr(&format!("bulk-{}", action.name()))}</button>
                <a href="/admin/members">{tr("bulk-back")}</a>
            </p>
        </form>
    }
    .into_any()
}

fn unchanged(people: Vec<(PersonRow, Option<LeftOut>)>) -> Option<AnyView> {
    (!people.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="unchanged">
                <h2 id="unchanged">{tr("bulk-unchanged")}</h2>
                {list(people)}
            </section>
        }
        .into_any()
    })
}

fn list(people: Vec<(PersonRow, Option<LeftOut>)>) -> AnyView {
    let rows = people.into_iter().map(|(row, why)| {
        let name = if row.name.is_empty() { tr("admin-nameless") } else { row.name.clone() };
        let address = row.address.as_deref().map_or_else(|| tr("admin-no-address"), shown_address);
        let why = why.map(|why| view! { <p class="help">{tr(&format!("bulk-left-{}", why.name()))}</p> });
        view! {
            <li>
                <div><a href=format!("/admin/members/{}", row.id)><bdi>{name}</bdi></a> <p class="help">{address}</p> {why}</div>
                <span class="row">{badges(&row)}</span>
            </li>
        }
    });
    view! { <ul class="rows" role="list">{rows.collect_view()}</ul> }.into_any()
}

/// The form around the list of members, below which an action is chosen.
#[must_use]
pub(super) fn select_form(visit: &Visit) -> AnyView {
    let actions = BulkAction::ALL.iter().map(|action| {
        view! { <option value=action.name()>{tr(&format!("bulk-{}", action.name()))}</option> }
    });
    // Without a script, a link selects everybody.
    let all = visit.query("select").as_deref() == Some("all");
    let query = visit.path_and_query.split_once('?').map_or("", |(_, query)| query);
    let others = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "select");
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(others);
    if !all {
        query.append_pair("select", "all");
    }
    let to = format!("/admin/members?{}", query.finish());
    view! {
        <form id=FORM class="filters" method="post" action="/api/admin/select_members">
            <div class="field">
                <label for="f-action">{tr("bulk-action")}</label>
                <select id="f-action" name="action">{actions.collect_view()}</select>
            </div>
            <button class="button small">{tr("bulk-continue")}</button>
            <a href=to>{tr(if all { "bulk-select-none" } else { "bulk-select-all" })}</a>
        </form>
    }
    .into_any()
}

/// The id of the form that the boxes belong to.
const FORM: &str = "select";

/// The box that selects a member.
#[must_use]
pub(super) fn select_box(row: &PersonRow, name: &str, all: bool) -> AnyView {
    let label = tr_with("bulk-select", &[("name", i18n::quote(name))]);
    view! { <input type="checkbox" form=FORM name="members[]" value=row.id.to_string() aria-label=label checked=all /> }
        .into_any()
}
