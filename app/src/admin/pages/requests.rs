//! `/admin/requests`: requests for an invitation, to approve or decline.

use leptos::prelude::*;
use store::admin::{self, InvitationRequest};

use super::{button, frame, page_links, page_number};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    i18n,
    ui::{Empty, Pager, Reader, Shape, load},
};

/// The page of open requests.
#[component]
pub fn RequestsPage() -> impl IntoView {
    load(async {
        let (store, visit) = (store(), visit());
        let page = page_number(&visit);
        let (rows, more) = admin::requests(&store, &visit.actor, page).await?;
        let list = if rows.is_empty() {
            view! { <Empty title=tr("admin-no-requests") text=tr("admin-no-requests-text") /> }.into_any()
        } else {
            let rows = rows.into_iter().map(|request| row(&visit, request));
            view! { <ul class="rows" role="list">{rows.collect_view()}</ul> }.into_any()
        };
        let (before, after) = page_links(&visit, page, more);
        let body = view! {
            <p class="lead">{tr("admin-requests-text")}</p>
            {list}
            <Pager before after />
        };
        Ok(frame(&visit, tr("admin-requests"), body.into_any()))
    })
}

fn row(visit: &Visit, request: InvitationRequest) -> AnyView {
    let requested_at = Reader::of(visit, visit.zone).time(request.requested_at, Shape::DateTime);
    let id = request.id.to_string();
    let approve = button(
        "/api/admin/request_approve",
        vec![("request", id.clone())],
        "button small",
        tr("admin-request-approve"),
    );
    let message = tr_with("admin-request-message", &[("name", i18n::quote(request.name.clone()))]);
    view! {
        <li>
            <div>
                <strong>{request.name}</strong> " · " {request.address}
                <p class="plain-text">{request.reason}</p>
                <p class="help">{requested_at}</p>
            </div>
            <div class="row">
                {approve}
                <details>
                    <summary>{tr("admin-request-decline")}</summary>
                    <form method="post" action="/api/admin/request_decline">
                        <input type="hidden" name="request" value=id />
                        <label>
                            {message}
                            <input type="text" name="message" maxlength="500" />
                        </label>
                        <button class="button small plain">{tr("admin-request-decline")}</button>
                    </form>
                </details>
            </div>
        </li>
    }
    .into_any()
}
