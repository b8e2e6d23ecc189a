//! Members who co-host an event (F9): their names on the event's page, the question to people who are invited, and the
//! list for hosts.

use domain::{Slug, forms::Fields};
use leptos::prelude::*;
use store::{
    StoreError,
    events::{self, CohostPeople, CohostPerson},
};

use crate::{
    context::{Visit, store, tr},
    error::AppError,
    members::card::member_link,
    refill::refilled,
    ui::{Badge, Tone},
};

/// The key that the form for an invitation is saved under.
#[must_use]
pub fn person_draft(slug: &str) -> String {
    format!("events/cohost/{slug}")
}

/// The co-hosts as links, for the line with the host.
#[must_use]
pub fn cohost_names(cohosts: &CohostPeople) -> Option<AnyView> {
    let accepted: Vec<_> = cohosts.people.iter().filter(|person| person.is_accepted).collect();
    if accepted.is_empty() {
        return None;
    }
    let names = accepted.into_iter().enumerate().map(|(at, person)| {
        let comma = (at > 0).then_some(", ");
        view! { {comma} {member_link(person.page.as_ref(), &person.name)} }
    });
    Some(view! { <span>{tr("event-cohosts")} " " {names.collect_view()}</span> }.into_any())
}

/// Asks an invited reader whether they co-host the event, and lets a co-host stop.
#[must_use]
pub fn cohost_question(slug: &Slug, cohosts: &CohostPeople) -> Option<AnyView> {
    let is_accepted = cohosts.own_answer?;
    let body = match is_accepted {
        true => view! {
            <p>{tr("cohost-you")}</p>
            <button class="button small plain" name="answer" value="no">{tr("cohost-stop")}</button>
        }
        .into_any(),
        false => view! {
            <p>{tr("cohost-asked")}</p>
            <button class="button small" name="answer" value="yes">{tr("cohost-accept-person")}</button>
            <button class="button small plain" name="answer" value="no">{tr("cohost-decline-person")}</button>
        }
        .into_any(),
    };
    Some(
        view! {
            <form class="notice row" method="post" action="/api/events/answer_cohosting">
                <input type="hidden" name="slug" value=slug.to_string() />
                {body}
            </form>
        }
        .into_any(),
    )
}

/// The people who co-host the event, with the form to invite somebody. Co-hosts themselves see the list only.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub async fn people_section(visit: &Visit, slug: &Slug) -> Result<AnyView, AppError> {
    let (store, actor) = (store(), &visit.actor);
    let (cohosts, may_manage) = match events::cohosts_to_manage(&store, actor, slug).await {
        Ok(cohosts) => (cohosts, true),
        Err(StoreError::Refused(_)) => (events::cohost_people(&store, actor, slug).await?, false),
        Err(error) => return Err(error.into()),
    };
    let rows: Vec<_> =
        cohosts.people.iter().map(|person| view! { <li>{row(slug, person, may_manage)}</li> }).collect();
    let list = match rows.is_empty() {
        true => view! { <p class="help">{tr("cohost-people-none")}</p> }.into_any(),
        false => view! { <ul class="rows" role="list">{rows}</ul> }.into_any(),
    };
    let form = match may_manage {
        true => Some(invite_form(visit, slug).await?),
        false => None,
    };
    Ok(view! {
        <section class="part">
            <h2>{tr("cohost-people")}</h2>
            <p>{tr("cohost-people-text")}</p>
            {list}
            {form}
        </section>
    }
    .into_any())
}

async fn invite_form(visit: &Visit, slug: &Slug) -> Result<AnyView, AppError> {
    let (sheet, _) = refilled(visit, &person_draft(slug.as_str()), Fields::new()).await?;
    let sheet = sheet.with_label("person", "cohost-person");
    Ok(view! {
        <form method="post" action="/api/events/invite_cohost">
            <input type="hidden" name="slug" value=slug.to_string() />
            {sheet.summary()}
            {sheet.field("person", "cohost-person").help("help-cohost-person").needed().max(200).complete("off").input("text")}
            <button class="button">{tr("cohost-invite-person")}</button>
        </form>
    }
    .into_any())
}

fn row(slug: &Slug, person: &CohostPerson, may_manage: bool) -> AnyView {
    let invited = (!person.is_accepted).then(|| {
        let text = tr("cohost-invited");
        view! { <Badge tone=Tone::Draft>{text}</Badge> }
    });
    let end = if person.is_accepted { "cohost-remove" } else { "cohost-withdraw" };
    let remove = may_manage.then(|| {
        view! {
            <form method="post" action="/api/events/remove_cohost">
                <input type="hidden" name="slug" value=slug.to_string() />
                <input type="hidden" name="member" value=person.member.to_string() />
                <button class="button plain small">{tr(end)}</button>
            </form>
        }
    });
    view! {
        <div class="row"><strong>{member_link(person.page.as_ref(), &person.name)}</strong> {invited}</div>
        {remove}
    }
    .into_any()
}
