//! `/search`: what was found, all together or one kind at a time.

use chrono::Datelike as _;
use domain::search::HitKind;
use leptos::prelude::*;
use store::search::{Hit, Piece, SearchResults, search};

use crate::{
    context::{Visit, count, store, tr, tr_with, visit},
    events::pages::{event_path, session_path},
    i18n,
    members::{
        card::{member_path, picture_path},
        wanted::{page_of, words_of},
    },
    ui::{Avatar, ButtonLink, Empty, Look, Marks, Pager, Shape, Tab, Tabs, Title, event_time, load},
};

/// What the words of the query find.
#[component]
pub fn SearchPage() -> impl IntoView {
    load(async {
        let visit = visit();
        let (words, page) = (words_of(&visit), page_of(&visit));
        let kind = visit.query("kind").and_then(|kind| kind.parse::<HitKind>().ok());
        let found = search(&store(), &visit.actor, &words, kind, page).await?;
        let body = if words.is_empty() {
            view! { <Empty title=tr("search-nothing-asked") text=tr("search-nothing-asked-text") /> }
                .into_any()
        } else if found.hits.is_empty() {
            nothing(&visit, &words, kind, &found)
        } else {
            let turned = |page| address(&words, kind, page);
            let before = page.checked_sub(1).map(turned);
            let after = found.more.then(|| turned(page + 1));
            let hits = found.hits.iter().map(|hit| row(&visit, hit)).collect_view();
            view! { <ol class="hits" role="list">{hits}</ol> <Pager before after /> }.into_any()
        };
        let title = match words.as_str() {
            "" => tr("search-title"),
            _ => tr_with("search-title-for", &[("words", i18n::quote(&words))]),
        };
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <h1>{title}</h1>
                {form(&words, kind)}
                {(!words.is_empty()).then(|| tabs(&words, kind, &found))}
                {body}
            </div>
        })
    })
}

fn address(words: &str, kind: Option<HitKind>, page: u32) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", words);
    if let Some(kind) = kind {
        query.append_pair("kind", kind.name());
    }
    if page > 0 {
        query.append_pair("page", &(page + 1).to_string());
    }
    format!("/search?{}", query.finish())
}

/// Also on the page itself: the header's is behind the menu on a phone.
fn form(words: &str, kind: Option<HitKind>) -> impl IntoView + use<> {
    view! {
        <form class="filters" action="/search">
            <div class="field grow">
                <label for="f-q">{tr("field-q")}</label>
                <input id="f-q" type="search" name="q" value=words.to_owned() maxlength="100" autofocus=words.is_empty() />
            </div>
            {kind.map(|kind| view! { <input type="hidden" name="kind" value=kind.name() /> })}
            <button class="button small">{tr("search-go")}</button>
        </form>
    }
}

fn kind_words(kind: Option<HitKind>) -> String {
    tr(match kind {
        None => "search-all",
        Some(HitKind::Member) => "search-members",
        Some(HitKind::Group) => "search-groups",
        Some(HitKind::Event) => "search-events",
        Some(HitKind::Session) => "search-sessions",
    })
}

fn tabs(words: &str, kind: Option<HitKind>, found: &SearchResults) -> impl IntoView + use<> {
    let all = std::iter::once(None).chain(HitKind::ALL.iter().copied().map(Some));
    let tabs = all
        .map(|of| {
            let text = view! { {kind_words(of)} " " <span class="count">{count(found.count(of))}</span> };
            Tab { href: address(words, of, 0), text: text.into_any(), current: of == kind }
        })
        .collect();
    view! { <Tabs label=tr("search-kinds") tabs /> }
}

fn nothing(visit: &Visit, words: &str, kind: Option<HitKind>, found: &SearchResults) -> AnyView {
    let elsewhere = (found.count(None) > 0 && kind.is_some()).then(|| {
        view! { <ButtonLink href=address(words, None, 0) look=Look::Plain>{tr("search-everything")}</ButtonLink> }
    });
    // Strangers do not find whom only members may see.
    let text = if visit.member.is_some() { "search-none-text" } else { "search-none-stranger" };
    view! { <Empty title=tr("search-none") text=tr(text)>{elsewhere}</Empty> }.into_any()
}

fn row(visit: &Visit, hit: &Hit) -> AnyView {
    let to = match (hit.kind, hit.session) {
        (HitKind::Member, _) => member_path(&hit.slug),
        (HitKind::Group, _) => format!("/groups/{}", hit.slug),
        (HitKind::Event | HitKind::Session, None) => event_path(&hit.slug),
        (HitKind::Event | HitKind::Session, Some(session)) => session_path(&hit.slug, session),
    };
    let about = tr(match hit.kind {
        HitKind::Member => "search-member",
        HitKind::Group => "search-group",
        HitKind::Event => "search-event",
        HitKind::Session => "search-session",
    });
    let over = hit.over.then(|| view! { " · " {tr("search-over")} });
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
                <p class="eyebrow">{about} {over}</p>
                <h2><a href=to>{pieces(&hit.title)}</a></h2>
                {when}
                {marks}
                {(!hit.snippet.is_empty()).then(|| view! { <p>{pieces(&hit.snippet)}</p> })}
            </div>
        </li>
    }
    .into_any()
}

/// Text with its hits marked; the view escapes both.
fn pieces(pieces: &[Piece]) -> AnyView {
    let views = pieces.iter().map(|piece| {
        let text = piece.text.clone();
        if piece.hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    });
    views.collect_view().into_any()
}
