//! Attendees (F2): a section of the event page, and `/events/{slug}/attendees`.

use domain::{Slug, events::AttendeeList};
use leptos::prelude::*;
use store::events::{self, Attendee, Attendees};

use super::{breadcrumbs, event_path, slug_from_path};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::{member_path, picture_path},
    ui::{Avatar, ButtonLink, Crumbs, Empty, Look, Marks, Pager, Size, Title, load},
};

/// Avatars shown on the event page.
const MAX_AVATARS: usize = 8;

/// The attendee list of an event.
#[component]
pub fn AttendeesPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let page: u32 = visit.query("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 500);
        let event = events::page(&store, &visit.actor, &slug).await?.event;
        let back = event_path(&slug);
        let attendees = events::attendees(&store, &visit.actor, &slug, page - 1).await?;
        if !attendees.may_see {
            return Err(if visit.member.is_none() { AppError::SignIn } else { AppError::Forbidden });
        }
        let path = format!("{}/attendees", event_path(&slug));
        let page_path = |page: u32| format!("{path}?page={page}");
        let before = (page > 1).then(|| page_path(page - 1));
        let after = attendees.more.then(|| page_path(page + 1));
        let body = if attendees.people.is_empty() {
            view! {
                <Empty title=tr("attendees-none") text=tr("attendees-none-text")>
                    <ButtonLink href=back look=Look::Plain>{tr("form-back")}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            let items = attendees.people.iter().cloned().map(item).collect_view();
            view! { <ul class="people" role="list">{items}</ul> <Pager before after /> }.into_any()
        };
        Ok(view! {
            <Title text=tr("attendees-title") />
            <div class="page narrow">
                <Crumbs above=breadcrumbs(&event) />
                <h1>{tr("attendees-title")}</h1>
                <p class="lead">{tr(visibility_key(attendees.list))}</p>
                {listing_form(&slug, &attendees)}
                {body}
            </div>
        })
    })
}

fn item(attendee: Attendee) -> AnyView {
    let (person, n) = (attendee.person, attendee.guests);
    let guests = (n > 0)
        .then(|| view! { <p class="help">{tr_with("attendees-guests", &[("guests", i18n::number(n))])}</p> });
    view! {
        <li>
            <Avatar name=person.name.clone() picture=picture_path(&person) />
            <div>
                <strong><a href=member_path(&person.slug)><bdi>{person.name}</bdi></a></strong>
                <Marks disciplines=person.disciplines />
                {(!person.headline.is_empty()).then(|| view! { <p class="help">{person.headline}</p> })}
                {guests}
            </div>
        </li>
    }
    .into_any()
}

fn visibility_key(list: AttendeeList) -> &'static str {
    match list {
        AttendeeList::Nobody => "attendees-visible-hosts",
        AttendeeList::Attendees => "attendees-visible-attendees",
        AttendeeList::Members => "attendees-visible-members",
    }
}

/// The section of the event page: some avatars and the number of attendees, if the reader may see them, and the
/// reader's own setting.
#[must_use]
pub fn attendees_section(slug: &Slug, attendees: &Attendees) -> Option<AnyView> {
    let choice = listing_form(slug, attendees);
    let summary = (attendees.may_see && attendees.shown > 0).then(|| {
        let faces = attendees.people.iter().take(MAX_AVATARS).map(|Attendee { person, .. }| {
            view! { <li><Avatar name=person.name.clone() size=Size::Small picture=picture_path(person) /></li> }
        });
        let number = |n: u64| i18n::number(i64::try_from(n).unwrap_or(i64::MAX));
        let key = if attendees.from_groups > 0 { "attendees-count-groups" } else { "attendees-count" };
        let text =
            tr_with(key, &[("count", number(attendees.shown)), ("groups", number(attendees.from_groups))]);
        view! {
            <ul class="faces" role="list" aria-hidden="true">{faces.collect_view()}</ul>
            <a href=format!("{}/attendees", event_path(slug))>{text}</a>
        }
        .into_any()
    });
    (choice.is_some() || summary.is_some()).then(|| {
        view! {
            <section class="part" aria-labelledby="attendees">
                <h2 id="attendees">{tr("attendees-title")}</h2>
                <div class="row">{summary}</div>
                {choice}
            </section>
        }
        .into_any()
    })
}

/// Lets readers with a seat hide from the attendee list. There is nothing to choose when only hosts see the
/// list.
fn listing_form(slug: &Slug, attendees: &Attendees) -> Option<AnyView> {
    let hidden = attendees.hidden.filter(|_| attendees.list != AttendeeList::Nobody)?;
    let (text, button, shown) = if hidden {
        ("attendees-hidden", "attendees-show-me", "yes")
    } else {
        ("attendees-shown", "attendees-hide-me", "no")
    };
    Some(
        view! {
            <form class="row" method="post" action="/api/events/set_listed">
                <input type="hidden" name="slug" value=slug.to_string() />
                <input type="hidden" name="shown" value=shown />
                <p class="help">{tr(text)}</p>
                <button class="button small plain">{tr(button)}</button>
            </form>
        }
        .into_any(),
    )
}
