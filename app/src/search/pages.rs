//! `/search`: results of all kinds together, or of one kind.

use chrono::Datelike as _;
use domain::search::HitKind;
use leptos::prelude::*;
use store::search::{Hit, Piece, SearchResults, search, search_or_correct};

use crate::{
    context::{Visit, count, store, tr, tr_with, visit},
    demands::card::BOARD,
    events::pages::{event_path, session_path},
    i18n,
    members::{
        card::{member_path, picture_path},
        directory_query::{page_of, text_of},
    },
    ui::{Avatar, ButtonLink, Empty, Look, Marks, Pager, Shape, Tab, Tabs, Title, event_time, load},
};

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let (text, page) = (text_of(&visit), page_of(&visit));
        let kind = visit.query("kind").and_then(|kind| kind.parse::<HitKind>().ok());
        let exact = visit.query("exact").is_some();
        let results = match exact {
            true => search(&store(), &visit.actor, &text, kind, page).await?,
            false => search_or_correct(&store(), &visit.actor, &text, kind, page).await?,
        };
        let correction = results.corrected.as_ref().map(|corrected| correction(&text, corrected, kind));
        let body = if text.is_empty() {
            view! { <Empty title=tr("search-nothing-asked") text=tr("search-nothing-asked-text") /> }
                .into_any()
        } else if results.hits.is_empty() {
            no_results(&visit, &text, kind, &results)
        } else {
            let page_path = |page| address(&text, kind, page);
            let before = page.checked_sub(1).map(page_path);
            let after = results.more.then(|| page_path(page + 1));
            let hits = results.hits.iter().map(|hit| row(&visit, hit)).collect_view();
            view! { <ol class="hits" role="list">{hits}</ol> <Pager before after /> }.into_any()
        };
        let title = match text.as_str() {
            "" => tr("search-title"),
            _ => tr_with("search-title-for", &[("words", i18n::quote(&text))]),
        };
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <h1>{title}</h1>
                {form(&text, kind)}
                {correction}
                {(!text.is_empty()).then(|| tabs(&text, kind, &results))}
                {body}
            </div>
        })
    })
}

/// Says what was searched for instead, with a link to what was typed.
fn correction(typed: &str, corrected: &str, kind: Option<HitKind>) -> AnyView {
    let exact = format!("{}&exact=1", address(typed, kind, 0));
    view! {
        <p class="notice" role="status">
            {tr_with("search-corrected", &[("words", i18n::quote(corrected.to_owned()))])} " "
            <a href=exact>{tr_with("search-exactly", &[("words", i18n::quote(typed.to_owned()))])}</a>
        </p>
    }
    .into_any()
}

fn address(text: &str, kind: Option<HitKind>, page: u32) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", text);
    if let Some(kind) = kind {
        query.append_pair("kind", kind.name());
    }
    if page > 0 {
        query.append_pair("page", &(page + 1).to_string());
    }
    format!("/search?{}", query.finish())
}

/// The page has its own search form, because on a phone the one in the header is inside the menu.
fn form(text: &str, kind: Option<HitKind>) -> impl IntoView + use<> {
    view! {
        <form class="filters" action="/search">
            <div class="field grow">
                <label for="f-q">{tr("field-q")}</label>
                <input id="f-q" type="search" name="q" value=text.to_owned() maxlength="100" autofocus=text.is_empty() />
            </div>
            {kind.map(|kind| view! { <input type="hidden" name="kind" value=kind.name() /> })}
            <button class="button small">{tr("search-go")}</button>
        </form>
    }
}

fn kind_label(kind: Option<HitKind>) -> String {
    tr(match kind {
        None => "search-all",
        Some(HitKind::Member) => "search-members",
        Some(HitKind::Group) => "search-groups",
        Some(HitKind::Event) => "search-events",
        Some(HitKind::Session) => "search-sessions",
        Some(HitKind::Kudos) => "search-all-kudos",
        Some(HitKind::Demand) => "search-demands",
    })
}

fn tabs(text: &str, kind: Option<HitKind>, results: &SearchResults) -> impl IntoView + use<> {
    let all = std::iter::once(None).chain(HitKind::ALL.iter().copied().map(Some));
    let tabs = all
        .map(|of| {
            let label = view! { {kind_label(of)} " " <span class="count">{count(results.count(of))}</span> };
            Tab { href: address(text, of, 0), text: label.into_any(), current: of == kind }
        })
        .collect();
    view! { <Tabs label=tr("search-kinds") tabs /> }
}

fn no_results(visit: &Visit, text: &str, kind: Option<HitKind>, results: &SearchResults) -> AnyView {
    let elsewhere = (results.count(None) > 0 && kind.is_some()).then(|| {
        view! { <ButtonLink href=address(text, None, 0) look=Look::Plain>{tr("search-everything")}</ButtonLink> }
    });
    // Visitors can't find members, so the text suggests signing in.
    let text = if visit.member.is_some() { "search-none-text" } else { "search-none-stranger" };
    view! { <Empty title=tr("search-none") text=tr(text)>{elsewhere}</Empty> }.into_any()
}

fn row(visit: &Visit, hit: &Hit) -> AnyView {
    let to = match (hit.kind, hit.session) {
        (HitKind::Member, _) => member_path(&hit.slug),
        (HitKind::Group, _) => format!("/groups/{}", hit.slug),
        (HitKind::Kudos, _) => format!("/kudos/{}", hit.slug),
        (HitKind::Demand, _) => format!("{BOARD}/{}", hit.slug),
        (HitKind::Event | HitKind::Session, None) => event_path(&hit.slug),
        (HitKind::Event | HitKind::Session, Some(session)) => session_path(&hit.slug, session),
    };
    let about = tr(match hit.kind {
        HitKind::Member => "search-member",
        HitKind::Group => "search-group",
        HitKind::Event => "search-event",
        HitKind::Session => "search-session",
        HitKind::Kudos => "search-kudos",
        HitKind::Demand => "search-demand",
    });
    let is_past = hit.over.then(|| view! { " · " {tr("search-over")} });
    let when = hit.time.map(|time| {
        let year = |at| time.zone.wall(at).year();
        let this_year = year(time.starts) == year(store().now());
        event_time(visit, time, if this_year { Shape::DateTime } else { Shape::DateTimeYear })
    });
    let avatar = hit.person.as_ref().map(|person| {
        view! { <Avatar name=person.name.clone() picture=picture_path(person) /> }
    });
    let marks = hit.person.as_ref().map(|person| view! { <Marks disciplines=person.disciplines.clone() /> });
    view! {
        <li>
            {avatar}
            <div>
                <p class="eyebrow">{about} {is_past}</p>
                <h2><a href=to>{pieces(&hit.title)}</a></h2>
                {when}
                {marks}
                {(!hit.snippet.is_empty()).then(|| view! { <p>{pieces(&hit.snippet)}</p> })}
            </div>
        </li>
    }
    .into_any()
}

/// Text with its matches marked. The view escapes both.
fn pieces(pieces: &[Piece]) -> AnyView {
    let views = pieces.iter().map(|piece| {
        let text = piece.text.clone();
        if piece.hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    });
    views.collect_view().into_any()
}
