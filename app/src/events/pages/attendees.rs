//! Who comes (F2): a line on the event's page, and `/events/{slug}/attendees`.

use domain::{Slug, events::AttendeeList};
use leptos::prelude::*;
use store::events::{self, Attendee, Attendees};

use super::{above, event_path, slug_here};
use crate::{
    context::{store, tr, tr_with, visit},
    error::AppError,
    i18n,
    members::card::{member_path, picture_path},
    ui::{Avatar, ButtonLink, Crumbs, Empty, Look, Marks, Pager, Size, Title, load},
};

/// Faces beside the line on the event's page.
const FACES: usize = 8;

/// Everybody who comes.
#[component]
pub fn AttendeesPage() -> impl IntoView {
    let slug = slug_here();
    load(async move {
        let (store, visit, slug) = (store(), visit(), slug?);
        let page: u32 = visit.query("page").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, 500);
        let event = events::page(&store, &visit.actor, &slug).await?.event;
        let back = event_path(&slug);
        let found = events::attendees(&store, &visit.actor, &slug, page - 1).await?;
        if !found.may_see {
            return Err(if visit.member.is_none() { AppError::SignIn } else { AppError::Forbidden });
        }
        let path = format!("{}/attendees", event_path(&slug));
        let turned = |page: u32| format!("{path}?page={page}");
        let before = (page > 1).then(|| turned(page - 1));
        let after = found.more.then(|| turned(page + 1));
        let body = if found.people.is_empty() {
            view! {
                <Empty title=tr("attendees-none") text=tr("attendees-none-text")>
                    <ButtonLink href=back look=Look::Plain>{tr("form-back")}</ButtonLink>
                </Empty>
            }
            .into_any()
        } else {
            let items = found.people.iter().cloned().map(item).collect_view();
            view! { <ul class="people" role="list">{items}</ul> <Pager before after /> }.into_any()
        };
        Ok(view! {
            <Title text=tr("attendees-title") />
            <div class="page narrow">
                <Crumbs above=above(&event) />
                <h1>{tr("attendees-title")}</h1>
                <p class="lead">{tr(seen_by(found.list))}</p>
                {my_choice(&slug, &found)}
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

fn seen_by(list: AttendeeList) -> &'static str {
    match list {
        AttendeeList::Nobody => "attendees-visible-hosts",
        AttendeeList::Attendees => "attendees-visible-attendees",
        AttendeeList::Members => "attendees-visible-members",
    }
}

/// On the event's page: some faces and how many there are, for who may see them; and one's own choice.
#[must_use]
pub fn who_comes(slug: &Slug, found: &Attendees) -> Option<AnyView> {
    let choice = my_choice(slug, found);
    let line = (found.may_see && found.shown > 0).then(|| {
        let faces = found.people.iter().take(FACES).map(|Attendee { person, .. }| {
            view! { <li><Avatar name=person.name.clone() size=Size::Small picture=picture_path(person) /></li> }
        });
        let text = tr_with(
            "attendees-count",
            &[("count", i18n::number(i64::try_from(found.shown).unwrap_or(i64::MAX)))],
        );
        view! {
            <ul class="faces" role="list" aria-hidden="true">{faces.collect_view()}</ul>
            <a href=format!("{}/attendees", event_path(slug))>{text}</a>
        }
        .into_any()
    });
    (choice.is_some() || line.is_some()).then(|| {
        view! {
            <section aria-labelledby="who-comes">
                <h2 id="who-comes">{tr("attendees-title")}</h2>
                <div class="row">{line}</div>
                {choice}
            </section>
        }
        .into_any()
    })
}

/// Who has a seat may keep themself out of the list, where others than the hosts see one.
fn my_choice(slug: &Slug, found: &Attendees) -> Option<AnyView> {
    let hidden = found.hidden.filter(|_| found.list != AttendeeList::Nobody)?;
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
