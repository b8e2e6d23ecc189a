//! The call for proposals of an event: the way to it for everybody, and for hosts the sessions that wait for a slot.

use domain::Instant;
use leptos::prelude::*;
use store::{
    events::EventPage as Loaded,
    proposals::{self, PoolSession},
};

use crate::{
    context::{Visit, store, tr, tr_with},
    error::AppError,
    i18n,
    proposals::{
        call_form::new_call_path,
        paths::{call_path, manage_path},
    },
    ui::{ButtonLink, Look},
};

/// The section. Nothing at an event without a call, except for its hosts.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
pub async fn proposals(visit: &Visit, loaded: &Loaded, now: Instant) -> Result<Option<AnyView>, AppError> {
    let event = &loaded.event;
    let call = proposals::call_of_event(&store(), &visit.actor, event.id).await?;
    let pool = match loaded.may_edit {
        true => proposals::pool(&store(), &visit.actor, &event.slug).await?,
        false => Vec::new(),
    };
    let is_over = now >= event.ends_at;
    let links = match &call {
        Some((slug, is_open)) => {
            let to = call_path(slug.as_str());
            let propose = is_open.then(|| {
                view! { <ButtonLink href=to.clone() look=Look::Plain>{tr("event-propose")}</ButtonLink> }
            });
            let manage = loaded.may_edit.then(|| {
                view! { <a class="button plain" href=manage_path(slug.as_str())>{tr("call-manage")}</a> }
            });
            let is_empty = propose.is_none() && manage.is_none();
            (!is_empty).then(|| view! { <p class="row">{propose} {manage}</p> }.into_any())
        }
        None if loaded.may_edit && !is_over => {
            let to = new_call_path(event.slug.as_str(), "");
            Some(view! { <p><a class="button small plain" href=to>{tr("call-new")}</a></p> }.into_any())
        }
        None => None,
    };
    Ok((links.is_some() || !pool.is_empty()).then(|| {
        view! {
            <section aria-labelledby="call">
                <h2 id="call">{tr("event-proposals")}</h2>
                {links}
                {pool_list(&pool)}
            </section>
        }
        .into_any()
    }))
}

fn pool_list(pool: &[PoolSession]) -> Option<AnyView> {
    (!pool.is_empty()).then(|| {
        let items = pool.iter().map(|session| {
            let minutes = tr_with("call-minutes", &[("minutes", i18n::number(session.minutes))]);
            view! {
                <li>
                    <strong><bdi>{session.title.clone()}</bdi></strong>
                    <span class="help"><bdi>{session.speakers.join(", ")}</bdi> " · " {minutes}</span>
                </li>
            }
        });
        view! {
            <h3>{tr("event-pool")}</h3>
            <p class="help">{tr("event-pool-text")}</p>
            <ul class="rows" role="list">{items.collect_view()}</ul>
        }
        .into_any()
    })
}
