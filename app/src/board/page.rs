//! `/events/{slug}/board`: the draft of an agenda, one day at a time, with its pool and its conflicts.

use chrono::NaiveDate;
use domain::board::{BoardRoom, BoardSession, Conflict};
use leptos::prelude::*;
use store::schedule::{self, BoardPage as Loaded};

use super::{
    island::BoardGrid,
    paths::{
        board_path, board_session_path, conflict_badge, conflict_list, crumbs, grid_day, grid_texts,
        releases_path, stylesheet, zone_note,
    },
};
use crate::{
    context::{locale, store, tr, tr_with, visit},
    events::pages::slug_from_path,
    i18n::{self, format},
    ui::{ButtonLink, Crumbs, Empty, Look, Shape, Tab, Tabs, Title, load},
};

/// The page.
#[component]
pub fn AgendaBoardPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        stylesheet();
        let visit = visit();
        let loaded = schedule::board(&store(), &visit.actor, &slug?).await?;
        let wanted: Option<NaiveDate> = visit.query("day").and_then(|day| day.parse().ok());
        let first = loaded.days.first().copied().unwrap_or_default();
        let day = wanted.filter(|day| loaded.days.contains(day)).unwrap_or(first);
        let path = board_path(loaded.event.slug.as_str());
        Ok(view! {
            <Title text=tr("board-title") />
            <div class="page board-page">
                <Crumbs above=crumbs(&loaded.event, false) />
                <h1>{tr("board-title")}</h1>
                <p class="lead">{tr("board-lead")}</p>
                {state(&loaded)}
                <p class="row">
                    <a class="button small plain" href=format!("{path}/new")>{tr("board-add-session")}</a>
                    <a class="button small plain" href=format!("{path}/rooms")>{tr("board-rooms")}</a>
                    <a class="button small plain" href=releases_path(loaded.event.slug.as_str())>{tr("board-releases")}</a>
                </p>
                {conflicts(&loaded)}
                {tabs(&loaded, day)}
                {zone_note(&loaded.event)}
                {grid(&loaded, day)}
                {day_list(&loaded, day)}
                {pool(&loaded)}
            </div>
        })
    })
}

/// What everybody sees now, and the way to the next release.
fn state(loaded: &Loaded) -> AnyView {
    let changes = i18n::number(i64::try_from(loaded.changes).unwrap_or(i64::MAX));
    let text = match (loaded.release, loaded.changes) {
        (None, 0) => tr("board-state-empty"),
        (None, _) => tr_with("board-state-first", &[("n", changes)]),
        (Some(release), 0) => tr_with("board-state-same", &[("release", i18n::number(release))]),
        (Some(release), _) => {
            tr_with("board-state-changed", &[("release", i18n::number(release)), ("n", changes)])
        }
    };
    let to = format!("{}/release", board_path(loaded.event.slug.as_str()));
    let release =
        (loaded.changes > 0).then(|| view! { <ButtonLink href=to>{tr("board-release-go")}</ButtonLink> });
    view! { <div class="board-state"><p>{text}</p> {release}</div> }.into_any()
}

fn conflicts(loaded: &Loaded) -> Option<AnyView> {
    let all: Vec<&Conflict> = loaded.conflicts.iter().collect();
    let list = conflict_list(&loaded.event.slug, &loaded.board, &all, &loaded.known)?;
    let n = i18n::number(i64::try_from(all.len()).unwrap_or(i64::MAX));
    Some(
        view! {
            <section aria-labelledby="conflicts">
                <h2 id="conflicts">{tr_with("board-conflicts", &[("n", n)])}</h2>
                {list}
            </section>
        }
        .into_any(),
    )
}

fn tabs(loaded: &Loaded, chosen: NaiveDate) -> Option<AnyView> {
    let path = board_path(loaded.event.slug.as_str());
    (loaded.days.len() > 1).then(|| {
        let tab = |day: &NaiveDate| Tab {
            href: format!("{path}?day={day}"),
            text: format::date(locale(), *day, Shape::Date).into_any(),
            current: *day == chosen,
        };
        let tabs = loaded.days.iter().map(tab).collect();
        view! { <Tabs label=tr("agenda-days") tabs /> }.into_any()
    })
}

/// The grid, which works with a script only. It shows one day.
fn grid(loaded: &Loaded, day: NaiveDate) -> Option<AnyView> {
    (!loaded.board.rooms.is_empty()).then(|| {
        view! {
            <BoardGrid
                slug=loaded.event.slug.to_string()
                version=loaded.revision
                board=loaded.board.clone()
                day=grid_day(loaded, day)
                texts=grid_texts()
            />
        }
        .into_any()
    })
}

/// The sessions of a day, room by room.
fn day_list(loaded: &Loaded, day: NaiveDate) -> AnyView {
    let slug = loaded.event.slug.as_str();
    if loaded.board.rooms.is_empty() {
        let to = format!("{}/rooms", board_path(slug));
        return view! {
            <Empty title=tr("board-no-rooms") text=tr("board-no-rooms-text")>
                <ButtonLink href=to look=Look::Plain>{tr("board-add-room")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let in_room = |room: &BoardRoom| -> Vec<&BoardSession> {
        let is_here = |session: &&BoardSession| {
            session.slot.is_some_and(|slot| slot.room == room.id && loaded.clock.day(slot.starts_at) == day)
        };
        let mut sessions: Vec<_> = loaded.board.sessions.iter().filter(is_here).collect();
        sessions.sort_by_key(|session| session.slot.map(|slot| slot.starts_at));
        sessions
    };
    let rooms = loaded.board.rooms.iter().map(|room| {
        let items = in_room(room).into_iter().map(|session| item(loaded, session)).collect_view();
        let is_empty = in_room(room).is_empty();
        let capacity = room.capacity.map(|capacity| {
            view! { <span class="help">{tr_with("board-room-capacity", &[("n", i18n::number(capacity))])}</span> }
        });
        view! {
            <li>
                <h3>{room.name.clone()} " " {capacity}</h3>
                {match is_empty {
                    true => view! { <p class="help">{tr("board-room-empty")}</p> }.into_any(),
                    false => view! { <ul class="rows" role="list">{items}</ul> }.into_any(),
                }}
            </li>
        }
    });
    let date = format::date(locale(), day, Shape::FullDate);
    view! {
        <section aria-labelledby="day" class="board-day">
            <h2 id="day">{date}</h2>
            <ul class="board-rooms" role="list">{rooms.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// One session, with a link to its form.
fn item(loaded: &Loaded, session: &BoardSession) -> AnyView {
    let to = board_session_path(loaded.event.slug.as_str(), session.id);
    let people: Vec<&str> = session.people.iter().map(|person| loaded.board.person(*person)).collect();
    let time = session.slot.map(|slot| {
        let ends_at = session.ends_at().unwrap_or(slot.starts_at);
        format::span(locale(), slot.starts_at, ends_at, loaded.event.zone(), Shape::Time)
    });
    let minutes = tr_with("call-minutes", &[("minutes", i18n::number(session.minutes))]);
    let facts: Vec<String> =
        [time.unwrap_or(minutes), people.join(", ")].into_iter().filter(|fact| !fact.is_empty()).collect();
    let worst = loaded.conflicts.iter().find(|conflict| conflict.concerns(session.id));
    view! {
        <li>
            <a href=to><strong><bdi>{session.title.clone()}</bdi></strong></a>
            <span class="help"><bdi>{facts.join(" · ")}</bdi></span>
            {worst.map(|worst| conflict_badge(worst, &loaded.known))}
        </li>
    }
    .into_any()
}

/// The sessions without a slot.
fn pool(loaded: &Loaded) -> AnyView {
    let waiting = || loaded.board.sessions.iter().filter(|session| session.slot.is_none());
    let content = match waiting().next() {
        None => view! { <p class="help">{tr("board-pool-empty")}</p> }.into_any(),
        Some(_) => {
            let items = waiting().map(|session| item(loaded, session)).collect_view();
            view! { <p class="help">{tr("board-pool-text")}</p> <ul class="rows" role="list">{items}</ul> }
                .into_any()
        }
    };
    view! { <section aria-labelledby="pool"><h2 id="pool">{tr("board-pool")}</h2> {content}</section> }
        .into_any()
}
