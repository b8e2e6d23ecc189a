//! Kudos as cards.

use domain::{KudosId, kudos::KudosVisibility, reports::ReportKind};
use leptos::prelude::*;
use markup::{markdown, published::line};
use store::kudos::{Kudos, Person, ReactionCount};

use super::reaction_icon::ReactionIcon;
use crate::{
    context::{Visit, count, tr, tr_with},
    i18n,
    members::card::{member_path, picture_path_of},
    reports::pages::Report,
    ui::{Avatar, DisciplineMark, Markdown, Reader, Shape, Size},
};

/// Texts up to this length are set in larger type.
const SHORT: usize = 140;
/// The most discipline marks behind a name.
const MAX_MARKS: usize = 3;

/// The most names of people who added their thanks.
const MAX_ADDED: usize = 4;

/// The path of the page of some kudos.
#[must_use]
pub fn kudos_path(id: KudosId) -> String {
    format!("/kudos/{id}")
}

/// A list of kudos, in the given order.
#[must_use]
pub fn kudos_list(visit: &Visit, kudos: Vec<Kudos>) -> AnyView {
    let items = kudos.into_iter().map(|kudos| kudos_item(visit, &kudos));
    view! { <ul class="kudos" role="list">{items.collect_view()}</ul> }.into_any()
}

/// A card as an item of a list. Its id lets a live wall replace it.
#[must_use]
pub fn kudos_item(visit: &Visit, kudos: &Kudos) -> AnyView {
    view! { <li id=format!("kudos-{}", kudos.id) data-at=kudos.given_at.timestamp_millis().to_string()>{card(visit, kudos)}</li> }.into_any()
}

/// The HTML of a card as an item of a list, for the stream.
#[must_use]
pub fn item_html(visit: &Visit, kudos: &Kudos) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(visit.clone());
        kudos_item(visit, kudos).to_html()
    })
}

/// One card. The recipients come first, because they are the news.
#[must_use]
pub fn card(visit: &Visit, kudos: &Kudos) -> AnyView {
    let reader = Reader::of(visit, visit.zone);
    let report = (!kudos.mine).then(|| view! { <Report kind=ReportKind::Kudos id=kudos.id.to_string() /> });
    let about = kudos.event.as_ref().map(|event| {
        let to = format!("/events/{}", event.slug);
        let session = kudos.session.as_ref().map(|session| {
            let to = format!("{to}/sessions/{}", session.id);
            view! { <a href=to>{line(&session.title)}</a> " · " }
        });
        view! { <p class="help">{tr("kudos-about-event")} " " {session} <a href=to>{event.title.clone()}</a></p> }
    });
    let edited = kudos.edited_at.map(|_| view! { " · " {tr("kudos-edited")} });
    let page = kudos_path(kudos.id);
    let is_list = !visit.path_and_query.starts_with(&page);
    // A visitor can't comment, so without comments there is nothing to open.
    let comment = (is_list && (visit.member.is_some() || kudos.comments > 0)).then(|| {
        let text = match kudos.comments {
            0 => tr("kudos-comment"),
            count => tr_with("kudos-comments", &[("count", i18n::number(count))]),
        };
        view! { <a class="quiet" href=format!("{page}#comments")>{text}</a> }
    });
    let short = markdown::text(&kudos.text).chars().count() <= SHORT;
    view! {
        <article class="kudos-card" class:short=short>
            {recipients(visit, kudos)}
            <blockquote><Markdown text=kudos.text.clone() /></blockquote>
            {about}
            {values(kudos)}
            <footer>
                <p class="from">
                    {giver(visit, kudos)} " · "
                    <a href=page>{reader.time(kudos.given_at, Shape::ShortDate)}</a> {edited}
                </p>
                <div class="row below">{reactions(visit, kudos)} <span class="row links">{comment} {report}</span></div>
            </footer>
        </article>
    }
    .into_any()
}

/// The recipients with their pictures. People whose names the reader may not see are counted.
fn recipients(visit: &Visit, kudos: &Kudos) -> AnyView {
    let people = kudos.to.iter().map(|person| {
        let marks = person.disciplines.iter().take(MAX_MARKS).map(|discipline| {
            view! { <DisciplineMark mark=discipline.mark /><span class="sr-only">{discipline.name.clone()}</span> }
        });
        view! {
            <span class="kudos-person">
                <Avatar
                    name=person.name.clone()
                    size=Size::Small
                    picture=picture_path_of(&person.slug, person.picture.as_deref())
                />
                {name(visit, person)}
                {marks.collect_view()}
            </span>
        }
    });
    let people = people.collect_view();
    let team = kudos.to_team.then(|| match &kudos.team {
        Some(team) => {
            let to = format!("/teams/{}", team.slug);
            view! { <span class="kudos-person"><a href=to><bdi>{team.name.clone()}</bdi></a></span> }
                .into_any()
        }
        None => view! { <span class="kudos-person">{tr("kudos-a-team")}</span> }.into_any(),
    });
    let others = (kudos.to_others > 0).then(|| {
        let key = if kudos.to.is_empty() { "kudos-members" } else { "kudos-more" };
        view! { <span class="kudos-person">{tr_with(key, &[("count", i18n::number(kudos.to_others))])}</span> }
    });
    view! { <p class="to">{people} {team} {others}</p> }.into_any()
}

/// A name. Members can open the page behind it. Visitors cannot open all of them, so they get no links.
fn name(visit: &Visit, person: &Person) -> AnyView {
    let name = view! { <bdi>{person.name.clone()}</bdi> };
    match visit.member {
        Some(_) => view! { <a href=member_path(&person.slug)>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

fn giver(visit: &Visit, kudos: &Kudos) -> AnyView {
    let first = match &kudos.from {
        Some(person) => view! { {tr("kudos-from")} " " {name(visit, person)} }.into_any(),
        None => tr("kudos-from-somebody").into_any(),
    };
    let named = kudos.added.iter().take(MAX_ADDED).map(|person| view! { ", " {name(visit, person)} });
    let named = named.collect_view();
    let more = u32::try_from(kudos.added.len().saturating_sub(MAX_ADDED)).unwrap_or(u32::MAX);
    let more = more.saturating_add(kudos.added_others);
    let more = (more > 0).then(|| view! { " " {tr_with("kudos-more", &[("count", i18n::number(more))])} });
    view! { {first} {named} {more} }.into_any()
}

/// The values, which lead to the wall with the kudos that praise them. Also who can see the card, if not everyone.
fn values(kudos: &Kudos) -> AnyView {
    let items = kudos.values.iter().map(|value| {
        let to = format!("/kudos?value={}", value.slug);
        view! { <li><a class="badge brass" href=to>{value.name.clone()}</a></li> }
    });
    let audience = (kudos.visibility != KudosVisibility::Public).then(|| {
        let key = format!("kudos-visibility-{}", kudos.visibility.name());
        view! { <li><span class="badge">{tr(&key)}</span></li> }
    });
    let hidden = kudos.hidden_by_me.filter(|hidden| *hidden).map(|_| {
        view! { <li><span class="badge">{tr("kudos-badge-hidden")}</span></li> }
    });
    view! {
        <ul class="row values" role="list" aria-label=tr("kudos-for")>
            {items.collect_view()} {audience} {hidden}
        </ul>
    }
    .into_any()
}

/// The reactions that somebody gave, and a folded list of the others. Visitors see the counts.
fn reactions(visit: &Visit, kudos: &Kudos) -> AnyView {
    let (given, other): (Vec<ReactionCount>, Vec<ReactionCount>) =
        kudos.reactions.iter().copied().partition(|reaction| reaction.count > 0);
    if visit.member.is_none() {
        let items = given.into_iter().map(|reaction| {
            view! { <li class="reaction">{face(reaction)}</li> }
        });
        return view! { <ul class="row reactions" role="list">{items.collect_view()}</ul> }.into_any();
    }
    let given = given.into_iter().map(reaction_button).collect_view();
    let more = (!other.is_empty()).then(|| {
        let other = other.into_iter().map(reaction_button).collect_view();
        view! {
            <details>
                <summary class="reaction" aria-label=tr("kudos-react") title=tr("kudos-react")>
                    <span aria-hidden="true">"☺+"</span>
                </summary>
                {other}
            </details>
        }
    });
    view! {
        <form method="post" action="/api/kudos/react" class="row reactions">
            <input type="hidden" name="id" value=kudos.id.to_string() />
            <input type="hidden" name="back" value=visit.path_and_query.clone() />
            {given} {more}
        </form>
    }
    .into_any()
}

/// The picture of a reaction, its name for screen readers, and the count.
fn face(reaction: ReactionCount) -> AnyView {
    let name = tr(&format!("reaction-{}", reaction.kind.name().replace('_', "-")));
    let number = (reaction.count > 0).then(|| count(u64::from(reaction.count)));
    view! {
        <ReactionIcon reaction=reaction.kind />
        <span class="sr-only">{name}</span>
        {number}
    }
    .into_any()
}

/// A button that sends the state that is wanted, so that pressing it twice does no harm.
fn reaction_button(reaction: ReactionCount) -> AnyView {
    let wanted = if reaction.mine { "off" } else { "on" };
    let name = tr(&format!("reaction-{}", reaction.kind.name().replace('_', "-")));
    view! {
        <button
            class="reaction"
            name="reaction"
            value=format!("{}:{wanted}", reaction.kind.name())
            aria-pressed=reaction.mine.to_string()
            title=name
        >
            {face(reaction)}
        </button>
    }
    .into_any()
}
