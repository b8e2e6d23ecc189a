//! `/groups/{slug}/members`: requests, invitations and roles, for the group's organisers.

use domain::groups::GroupRole;
use leptos::prelude::*;
use store::{
    events::{self, CohostedEvent},
    groups::{self, GroupInbox, GroupPage as Loaded, GroupPerson},
};

use super::{
    group::{crumbs, person},
    group_path, role_label, slug_from_path,
};
use crate::{
    context::{Visit, store, tr, tr_with, visit},
    error::AppError,
    events::pages::event_path,
    i18n,
    refill::refilled,
    ui::{Avatar, Pager, Reader, Shape, Sheet, Title, event_time, load},
};

/// The members page of a group's organisers.
#[component]
pub fn GroupMembersPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let loaded = groups::page(&store, &visit.actor, &slug).await?;
        if !loaded.may_manage {
            return Err(AppError::Forbidden);
        }
        let inbox = groups::inbox(&store, &visit.actor, &slug).await?;
        let shared = events::cohosted_events(&store, &visit.actor, &slug).await?;
        let page: u32 = visit.query("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 500) - 1;
        let (people, more) = groups::people(&store, &visit.actor, &slug, page).await?;
        let (sheet, _) = refilled(&visit, &format!("groups/invite/{slug}"), Default::default()).await?;
        let path = format!("{}/members", group_path(&slug));
        let before = page.checked_sub(1).map(|before| format!("{path}?page={}", before + 1));
        let after = more.then(|| format!("{path}?page={}", page + 2));
        let rows = people.into_iter().map(|person| view! { <li>{member_view(&visit, &loaded, person)}</li> });
        let rows = rows.collect_view();
        Ok(view! {
            <Title text=tr("group-manage-members") />
            <div class="page narrow">
                {crumbs(&loaded)}
                <h1>{tr("group-manage-members")}</h1>
                {requests(&visit, &loaded, &inbox)}
                {cohosting(&visit, &loaded, shared)}
                {invite(&visit, &loaded, &sheet, inbox)}
                <section class="part" aria-labelledby="people">
                    <h2 id="people">{tr("group-people")}</h2>
                    <ul class="rows" role="list">{rows}</ul>
                    <Pager before after />
                </section>
            </div>
        })
    })
}

fn requests(visit: &Visit, loaded: &Loaded, inbox: &GroupInbox) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let rows = inbox.requests.iter().map(|request| {
        view! {
            <li>
                <div class="row">
                    <Avatar name=request.name.clone() />
                    <div>
                        <strong><bdi>{request.name.clone()}</bdi></strong>
                        <p class="help">{request.headline.clone()} " " {reader.time(request.requested_at, Shape::DateTimeYear)}</p>
                        {(!request.message.is_empty()).then(|| view! { <p class="plain-text">{request.message.clone()}</p> })}
                    </div>
                </div>
                <form class="row" method="post" action="/api/groups/decide_request">
                    <input type="hidden" name="slug" value=loaded.card.slug.to_string() />
                    <input type="hidden" name="member" value=request.member.to_string() />
                    <input type="text" name="message" maxlength="500" aria-label=tr("group-answer-message") placeholder=tr("group-answer-message") />
                    <button class="button small" name="answer" value="yes">{tr("group-approve")}</button>
                    <button class="button plain small" name="answer" value="no">{tr("group-decline-request")}</button>
                </form>
            </li>
        }
    });
    let rows = rows.collect_view();
    let body = if inbox.requests.is_empty() {
        view! { <p class="help">{tr("group-no-requests")}</p> }.into_any()
    } else {
        view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="part" aria-labelledby="requests">
            <h2 id="requests">{tr("group-requests")}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Events of other groups that this one co-hosts, or was invited to co-host.
fn cohosting(visit: &Visit, loaded: &Loaded, shared: Vec<CohostedEvent>) -> Option<AnyView> {
    if shared.is_empty() {
        return None;
    }
    let rows = shared.into_iter().map(|event| {
        let yes = (!event.accepted).then(|| {
            view! { <button class="button small" name="answer" value="yes">{tr("cohost-accept")}</button> }
        });
        let no = if event.accepted { "cohost-stop" } else { "group-decline-request" };
        view! {
            <li>
                <div>
                    <strong><a href=event_path(&event.slug)>{event.title}</a></strong>
                    {event_time(visit, event.time, Shape::DateTimeYear)}
                </div>
                <form class="row" method="post" action="/api/groups/answer_cohosting">
                    <input type="hidden" name="group" value=loaded.card.slug.to_string() />
                    <input type="hidden" name="slug" value=event.slug.to_string() />
                    {yes}
                    <button class="button plain small" name="answer" value="no">{tr(no)}</button>
                </form>
            </li>
        }
    });
    Some(
        view! {
            <section class="part" aria-labelledby="cohosting">
                <h2 id="cohosting">{tr("cohost-events")}</h2>
                <ul class="rows" role="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

fn invite(visit: &Visit, loaded: &Loaded, sheet: &Sheet, inbox: GroupInbox) -> AnyView {
    if loaded.card.archived {
        return ().into_any();
    }
    let reader = Reader::of(visit, visit.zone);
    let waiting = inbox.invitations.into_iter().map(|invitation| {
        let to = invitation.to.unwrap_or_else(|| tr("hidden-name"));
        view! {
            <li>
                <div>
                    <strong>{to}</strong>
                    <p class="help">{reader.time(invitation.invited_at, Shape::DateTimeYear)}</p>
                </div>
                <form method="post" action="/api/groups/revoke_invitation">
                    <input type="hidden" name="slug" value=loaded.card.slug.to_string() />
                    <input type="hidden" name="invitation" value=invitation.id.to_string() />
                    <button class="button plain small">{tr("group-withdraw-invitation")}</button>
                </form>
            </li>
        }
    });
    let waiting = waiting.collect_view();
    view! {
        <section class="part" aria-labelledby="invite">
            <h2 id="invite">{tr("group-invite")}</h2>
            <form method="post" action="/api/groups/invite">
                <input type="hidden" name="slug" value=loaded.card.slug.to_string() />
                {sheet.summary()}
                {sheet.field("invitee", "field-invitee").help("help-invitee").needed().max(254).input("text")}
                <button class="button">{tr("group-invite-send")}</button>
            </form>
            <ul class="rows" role="list">{waiting}</ul>
        </section>
    }
    .into_any()
}

/// A group member, with the actions for them.
fn member_view(visit: &Visit, loaded: &Loaded, member: GroupPerson) -> AnyView {
    let is_oneself = visit.actor.member() == Some(member.id);
    let (id, role) = (member.id, member.role);
    let hidden = move || {
        view! {
            <input type="hidden" name="slug" value=loaded.card.slug.to_string() />
            <input type="hidden" name="member" value=id.to_string() />
        }
    };
    let roles = (loaded.may_edit).then(|| {
        let options = GroupRole::ALL.iter().map(|other| {
            view! { <option value=other.name() selected=*other == role>{role_label(*other)}</option> }
        });
        view! {
            <form class="row" method="post" action="/api/groups/role">
                {hidden()}
                <select name="role" aria-label=tr("group-role")>{options.collect_view()}</select>
                <button class="button plain small">{tr("group-role-set")}</button>
            </form>
        }
    });
    let remove = (!is_oneself && (loaded.may_edit || role == GroupRole::Member)).then(|| {
        view! {
            <form method="post" action="/api/groups/remove">
                {hidden()}
                <button class="button plain small">{tr("group-remove")}</button>
            </form>
        }
    });
    let name = if member.name.is_empty() { tr("group-no-name") } else { member.name.clone() };
    let menu = (roles.is_some() || remove.is_some()).then(|| {
        let label = tr_with("group-member-menu", &[("name", i18n::quote(name))]);
        view! {
            <details class="disclosure">
                <summary aria-label=label>{tr("group-member-manage")}</summary>
                <div class="row">{roles} {remove}</div>
            </details>
        }
    });
    view! { <div class="row">{person(member)}</div> {menu} }.into_any()
}
