//! `/admin/invitations`: invite people by email, and see all invitations.

use domain::{forms::Fields, invitations::InvitationState, members::shown_address};
use leptos::prelude::*;
use store::admin::{self, Invitation};

use super::{button, frame, page_links, page_number};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    i18n,
    refill::refilled,
    ui::{Badge, Column, Empty, Pager, Reader, Shape, Table, Tone, load},
};

/// The invitations page.
#[component]
pub fn InvitationsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let page = page_number(&visit);
        let (rows, more) = admin::invitations(&store, &visit.actor, page).await?;
        let (sheet, _) = refilled(&visit, "admin/invite", Fields::new()).await?;
        let list = if rows.is_empty() {
            view! { <Empty title=tr("admin-no-invitations") text=tr("admin-no-invitations-text") /> }
                .into_any()
        } else {
            table(&visit, rows)
        };
        let (before, after) = page_links(&visit, page, more);
        let body = view! {
            <p class="lead">{tr("admin-invite-text")}</p>
            <form method="post" action="/api/admin/invite">
                {sheet.summary()}
                {sheet.field("addresses", "field-addresses").help("help-addresses").needed().area(4)}
                {sheet.field("note", "field-note").help("help-note").max(500).area(2)}
                <button class="button">{tr("admin-invite")}</button>
            </form>
            {list}
            <Pager before after />
        };
        Ok(frame(&visit, tr("admin-invitations"), body.into_any()))
    })
}

fn table(visit: &Visit, rows: Vec<Invitation>) -> AnyView {
    let columns = ["admin-address", "admin-state", "admin-invited", "admin-until", "admin-actions"];
    let columns = columns.map(|key| Column::text(tr(key))).into();
    let reader = Reader::of(visit, visit.zone);
    let rows = rows
        .into_iter()
        .map(|row| {
            let tone = match row.state {
                InvitationState::Open => Tone::Brass,
                InvitationState::Claimed => Tone::Good,
                InvitationState::Revoked | InvitationState::Expired => Tone::Quiet,
            };
            let by = row.by.map(|by| tr_with("admin-by", &[("name", i18n::quote(by))]));
            let id = row.id.to_string();
            let again = row.may_resend.then(|| {
                button(
                    "/api/admin/resend_invitation",
                    vec![("invitation", id.clone())],
                    "button small plain",
                    tr("admin-resend"),
                )
            });
            let back = (row.state == InvitationState::Open).then(|| {
                button(
                    "/api/admin/revoke_invitation",
                    vec![("invitation", id.clone())],
                    "button small plain",
                    tr("admin-revoke"),
                )
            });
            vec![
                shown_address(&row.address).into_any(),
                view! { <Badge tone>{tr(&format!("invitation-{}", row.state.name()))}</Badge> }.into_any(),
                view! { {reader.time(row.sent_at, Shape::DateTime)} " " {by} }.into_any(),
                reader.time(row.expires_at, Shape::ShortDate),
                view! { <div class="row">{again} {back}</div> }.into_any(),
            ]
        })
        .collect();
    view! { <Table caption=tr("admin-invitations-caption") columns rows /> }.into_any()
}
