//! The forms of one session: `/events/{slug}/board/sessions/{id}` for its slot, and `/events/{slug}/board/new`.

use domain::{
    board::{Conflict, DetailsForm, MAX_MINUTES, MAX_TEXT, SessionForm, SlotForm},
    forms::Fields,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::schedule::{self, BoardSessionPage as Loaded};

use super::paths::{board_path, conflict_list, crumbs, slot_text, stylesheet, time_field, zone_note};
use crate::{
    context::{Visit, locale, store, tr, tr_with, visit},
    error::AppError,
    events::pages::slug_from_path,
    i18n::{self, format},
    mentoring::paths::fields_of,
    refill::refilled,
    ui::{Crumbs, Shape, Sheet, Title, load, time_of},
};

/// The key of the draft of a session's slot.
#[must_use]
pub fn slot_draft(slug: &str, session: &str) -> String {
    format!("board/{slug}/{session}")
}

/// The key of the draft of a session's title, text and speakers.
#[must_use]
pub fn details_draft(slug: &str, session: &str) -> String {
    format!("board/{slug}/{session}/details")
}

/// The key of the draft of a new session.
#[must_use]
pub fn new_draft(slug: &str) -> String {
    format!("board/{slug}/new")
}

/// The form of a session's slot.
#[component]
pub fn BoardSessionPage() -> impl IntoView {
    let slug = slug_from_path();
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    load(async move {
        stylesheet();
        let visit = visit();
        let id = id.parse().map_err(|_| AppError::NotFound)?;
        let loaded = schedule::board_session(&store(), &visit.actor, &slug?, id).await?;
        let title = loaded.session.title.clone();
        let form = form(&visit, &loaded).await?;
        let details = details_form(&visit, &loaded).await?;
        let conflicts: Vec<&Conflict> =
            loaded.page.conflicts.iter().filter(|conflict| conflict.concerns(id)).collect();
        let conflicts =
            conflict_list(&loaded.page.event.slug, &loaded.page.board, &conflicts, &loaded.page.known);
        let people: Vec<&str> = loaded.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
        let people = people.join(", ");
        Ok(view! {
            <Title text=title.clone() />
            <div class="page narrow">
                <Crumbs above=crumbs(&loaded.page.event, true) />
                <h1>{title}</h1>
                {(!people.is_empty()).then(|| view! { <p class="lead"><bdi>{people}</bdi></p> })}
                {facts(&visit, &loaded)}
                {conflicts}
                {form}
                {details}
                {availability(&loaded)}
                {remove(&loaded)}
            </div>
        })
    })
}

/// Where the draft and the released agenda have the session, and who moved it.
fn facts(visit: &Visit, loaded: &Loaded) -> AnyView {
    let (board, zone) = (&loaded.page.board, loaded.page.event.zone());
    let here = match loaded.session.slot {
        Some(slot) => slot_text(board, zone, slot, loaded.session.minutes),
        None => tr("board-in-pool"),
    };
    let released = match loaded.released {
        Some((slot, minutes)) => slot_text(board, zone, slot, minutes),
        None => tr("board-not-released"),
    };
    let change = loaded.change.as_ref().map(|change| {
        let who = match &change.by {
            Some(name) => tr_with("board-moved-by", &[("name", i18n::quote(name.clone()))]),
            None => tr("board-moved"),
        };
        view! { <dt>{tr("board-last-change")}</dt> <dd>{who} " · " {time_of(change.at, visit.zone, Shape::DateTime)}</dd> }
    });
    view! {
        <dl class="board-facts">
            <dt>{tr("board-draft")}</dt>
            <dd>{here}</dd>
            <dt>{tr("board-released")}</dt>
            <dd>{released}</dd>
            {change}
        </dl>
    }
    .into_any()
}

async fn form(visit: &Visit, loaded: &Loaded) -> Result<AnyView, AppError> {
    let (page, session) = (&loaded.page, &loaded.session);
    let slug = page.event.slug.to_string();
    let first = page.days.first().copied().unwrap_or_default();
    let now = SlotForm {
        day: session.slot.map_or(first, |slot| page.clock.day(slot.starts_at)).to_string(),
        time: match session.slot {
            Some(slot) => time_field(page.clock, slot),
            None => page.clock.time(page.event.starts_at).format("%H:%M").to_string(),
        },
        minutes: session.minutes.to_string(),
        room: session.slot.map(|slot| slot.room.to_string()).unwrap_or_default(),
    };
    let draft = slot_draft(&slug, &session.id.to_string());
    let (sheet, is_draft) = refilled(visit, &draft, fields_of(&now)).await?;
    // A refused form brings the newer revision with it, so that the next attempt replaces exactly that one.
    let seen = match sheet.value("version") {
        newer if !newer.is_empty() => newer,
        _ => session.revision.to_string(),
    };
    let is_conflict = is_draft && !sheet.value("version").is_empty();
    let both = is_conflict.then(|| {
        view! { <div class="notice bad" role="alert"><p>{tr("board-both")}</p></div> }
    });
    let sheet = labels(sheet);
    let days = page.days.iter().map(|day| (day.to_string(), format::date(locale(), *day, Shape::Date)));
    let pool = (String::new(), tr("board-pool-choice"));
    let rooms = page.board.rooms.iter().map(|room| (room.id.to_string(), room.name.clone()));
    let rooms: Vec<_> = std::iter::once(pool).chain(rooms).collect();
    Ok(view! {
        <section aria-labelledby="slot">
            <h2 id="slot">{tr("board-slot-title")}</h2>
            {both}
            {zone_note(&page.event)}
            <form method="post" action="/api/board/place">
                <input type="hidden" name="slug" value=slug.clone() />
                <input type="hidden" name="session" value=session.id.to_string() />
                <input type="hidden" name="version" value=seen />
                {sheet.summary()}
                {sheet.field("room", "board-field-room").help("help-board-room").needed().select(rooms)}
                {sheet.field("day", "board-field-day").needed().select(days.collect())}
                <div class="columns">
                    {sheet.field("time", "board-field-time").help("help-board-time").needed().input("time")}
                    {sheet.field("minutes", "board-field-minutes").needed().range(5, MAX_MINUTES.into()).keyboard("numeric").input("number")}
                </div>
                <div class="row">
                    <button class="button">{tr("board-place")}</button>
                    <a class="button plain" href=board_path(&slug)>{tr("form-back")}</a>
                </div>
            </form>
        </section>
    }
    .into_any())
}

/// The form of the title, the text and the speakers. Two organisers who change it at the same time see both versions.
async fn details_form(visit: &Visit, loaded: &Loaded) -> Result<AnyView, AppError> {
    let slug = loaded.page.event.slug.to_string();
    let details = &loaded.details;
    let now = DetailsForm {
        title: details.title.clone(),
        speakers: details.speakers.join("\n"),
        track: details.track.clone(),
        summary: details.summary.clone(),
        text: details.text.clone(),
    };
    let draft = details_draft(&slug, &loaded.session.id.to_string());
    let (sheet, is_draft) = refilled(visit, &draft, fields_of(&now)).await?;
    let seen = match sheet.value("version") {
        newer if !newer.is_empty() => newer,
        _ => loaded.details_version.to_string(),
    };
    let both = (is_draft && !sheet.value("version").is_empty()).then(|| {
        view! {
            <div class="notice bad" role="alert">
                <p>{tr("board-details-both")}</p>
                <dl>
                    <dt>{tr("field-title")}</dt>
                    <dd>{now.title.clone()}</dd>
                    <dt>{tr("board-field-speakers")}</dt>
                    <dd>{details.speakers.join(", ")}</dd>
                    <dt>{tr("board-field-text")}</dt>
                    <dd class="plain-text">{now.text.clone()}</dd>
                </dl>
            </div>
        }
    });
    // Only sessions from a file have two texts.
    let summary = (!now.summary.is_empty() || sheet.has_problem("summary"))
        .then(|| sheet.field("summary", "board-field-summary").max(MAX_TEXT).editor(3));
    let sheet = labels(sheet);
    let tracks = loaded.tracks.iter().map(|track| view! { <option value=track.clone() /> }).collect_view();
    Ok(view! {
        <section aria-labelledby="details">
            <h2 id="details">{tr("board-details-title")}</h2>
            <p class="help">{tr("board-details-lead")}</p>
            {both}
            <form method="post" action="/api/board/edit_session">
                <input type="hidden" name="slug" value=slug.clone() />
                <input type="hidden" name="session" value=loaded.session.id.to_string() />
                <input type="hidden" name="version" value=seen />
                {sheet.summary()}
                {sheet.field("title", "field-title").needed().max(200).input("text")}
                {sheet.field("speakers", "board-field-speakers").help("help-board-speakers-lines").max(5_000).area(3)}
                {sheet.field("track", "board-field-track").help("help-board-track").max(100).list("tracks").input("text")}
                <datalist id="tracks">{tracks}</datalist>
                {summary}
                {sheet.field("text", "board-field-text").help("help-board-text").max(MAX_TEXT).editor(6)}
                <button class="button plain">{tr("form-save")}</button>
            </form>
        </section>
    }
    .into_any())
}

fn labels(sheet: Sheet) -> Sheet {
    sheet
        .with_label("summary", "board-field-summary")
        .with_label("track", "board-field-track")
        .with_label("room", "board-field-room")
        .with_label("day", "board-field-day")
        .with_label("time", "board-field-time")
        .with_label("minutes", "board-field-minutes")
        .with_label("speakers", "board-field-speakers")
        .with_label("text", "board-field-text")
}

/// When each speaker can be there.
fn availability(loaded: &Loaded) -> Option<AnyView> {
    let event = &loaded.page.event;
    let wall = |at| event.zone().wall(at).format("%Y-%m-%dT%H:%M").to_string();
    let forms = loaded.speakers.iter().enumerate().map(|(at, speaker)| {
        let (id, name, span) = (speaker.id, &speaker.name, speaker.available);
        let (from, until) = (span.map(|(from, _)| wall(from)), span.map(|(_, until)| wall(until)));
        let (from_id, until_id) = (format!("from-{at}"), format!("until-{at}"));
        let shown = match span {
            Some((from, until)) => {
                let time = format::span(locale(), from, until, event.zone(), Shape::DateTime);
                tr_with("board-available-span", &[("time", i18n::quote(time))])
            }
            None => tr("board-available-always"),
        };
        view! {
            <li>
                <details class="disclosure">
                    <summary><bdi>{name.clone()}</bdi> " · " {shown}</summary>
                    <form method="post" action="/api/board/available">
                        <input type="hidden" name="slug" value=event.slug.to_string() />
                        <input type="hidden" name="session" value=loaded.session.id.to_string() />
                        <input type="hidden" name="speaker" value=id.to_string() />
                        <div class="columns">
                            <div class="field">
                                <label for=from_id.clone()>{tr("board-available-from")}</label>
                                <input id=from_id name="from" type="datetime-local" value=from />
                            </div>
                            <div class="field">
                                <label for=until_id.clone()>{tr("board-available-until")}</label>
                                <input id=until_id name="until" type="datetime-local" value=until />
                            </div>
                        </div>
                        <p class="help">{tr("help-board-available")}</p>
                        <button class="button small plain">{tr("form-save")}</button>
                    </form>
                </details>
            </li>
        }
    });
    (!loaded.speakers.is_empty()).then(|| {
        view! {
            <section aria-labelledby="available">
                <h2 id="available">{tr("board-available")}</h2>
                <ul class="rows" role="list">{forms.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn remove(loaded: &Loaded) -> Option<AnyView> {
    loaded.may_remove.then(|| {
        view! {
            <form method="post" action="/api/board/remove_session">
                <input type="hidden" name="slug" value=loaded.page.event.slug.to_string() />
                <input type="hidden" name="session" value=loaded.session.id.to_string() />
                <p class="help">{tr("board-remove-help")}</p>
                <button class="button small danger">{tr("board-remove-session")}</button>
            </form>
        }
        .into_any()
    })
}

/// The form of a new session.
#[component]
pub fn NewSessionPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let visit = visit();
        let loaded = schedule::board(&store(), &visit.actor, &slug?).await?;
        let slug = loaded.event.slug.to_string();
        let start = SessionForm { minutes: "30".to_owned(), ..SessionForm::default() };
        let fields: Fields = fields_of(&start);
        let (sheet, _) = refilled(&visit, &new_draft(&slug), fields).await?;
        let sheet = labels(sheet);
        Ok(view! {
            <Title text=tr("board-add-session") />
            <div class="page narrow">
                <Crumbs above=crumbs(&loaded.event, true) />
                <h1>{tr("board-add-session")}</h1>
                <p class="lead">{tr("board-add-session-lead")}</p>
                <form method="post" action="/api/board/add_session">
                    <input type="hidden" name="slug" value=slug.clone() />
                    <input type="hidden" name="key" value=store::sign_in::new_token() />
                    {sheet.summary()}
                    {sheet.field("title", "field-title").needed().max(200).input("text")}
                    {sheet.field("speakers", "board-field-speakers").help("help-board-speakers").max(1_000).input("text")}
                    {sheet.field("minutes", "board-field-minutes").needed().range(5, MAX_MINUTES.into()).keyboard("numeric").input("number")}
                    {sheet.field("text", "board-field-text").max(10_000).editor(6)}
                    <div class="row">
                        <button class="button">{tr("board-add-session")}</button>
                        <a class="button plain" href=board_path(&slug)>{tr("form-back")}</a>
                    </div>
                </form>
            </div>
        })
    })
}
