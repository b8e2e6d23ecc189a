//! `/events/{slug}/board/rooms`: the rooms of an agenda, and the break between two sessions in one.

use domain::{
    board::{BoardRoom, MAX_BUFFER, RoomForm},
    forms::Fields,
};
use leptos::prelude::*;
use store::schedule::{self, BoardPage as Loaded};

use super::paths::{board_path, crumbs};
use crate::{
    context::{locale, store, tr, tr_with, visit},
    events::pages::slug_from_path,
    i18n,
    mentoring::paths::fields_of,
    refill::refilled,
    ui::{Crumbs, Sheet, Title, load},
};

/// The key of the draft of a new room.
#[must_use]
pub fn room_draft(slug: &str) -> String {
    format!("board/{slug}/rooms")
}

/// The page.
#[component]
pub fn BoardRoomsPage() -> impl IntoView {
    let slug = slug_from_path();
    load(async move {
        let visit = visit();
        let loaded = schedule::board(&store(), &visit.actor, &slug?).await?;
        let slug = loaded.event.slug.to_string();
        let (sheet, _) = refilled(&visit, &room_draft(&slug), fields_of(&RoomForm::default())).await?;
        let sheet = sheet.with_label("name", "board-room-name").with_label("capacity", "board-room-seats");
        let screens = schedule::screen_numbers(&store(), &visit.actor, &loaded.event.slug).await?;
        let rooms = loaded.board.rooms.iter().enumerate();
        let rooms = rooms.map(|(at, room)| {
            let screen = screens.as_ref().and_then(|screens| screens.get(&room.id));
            room_item(&loaded, at, room, screen.copied())
        });
        let screens_help = match screens {
            Some(_) => tr("board-screen-help"),
            None => tr("board-screen-private"),
        };
        let rooms = rooms.collect_view();
        Ok(view! {
            <Title text=tr("board-rooms") />
            <div class="page narrow">
                <Crumbs above=crumbs(&loaded.event, true) />
                <h1>{tr("board-rooms")}</h1>
                <p class="lead">{tr("board-rooms-lead")}</p>
                <ul class="rows" role="list">{rooms}</ul>
                {(!loaded.board.rooms.is_empty()).then(|| view! { <p class="help">{screens_help}</p> })}
                <section aria-labelledby="add-room">
                    <h2 id="add-room">{tr("board-add-room")}</h2>
                    <form method="post" action="/api/board/add_room">
                        <input type="hidden" name="slug" value=slug.clone() />
                        {sheet.summary()}
                        {sheet.field("name", "board-room-name").needed().max(80).input("text")}
                        {sheet.field("capacity", "board-room-seats").help("help-board-room-seats").range(1, 100_000).input("number")}
                        <div class="row">
                            <button class="button">{tr("board-add-room")}</button>
                            <a class="button plain" href=board_path(&slug)>{tr("form-back")}</a>
                        </div>
                    </form>
                </section>
                {buffer(&loaded)}
            </div>
        })
    })
}

/// A room with its form, which is folded away.
fn room_item(loaded: &Loaded, at: usize, room: &BoardRoom, screen: Option<i32>) -> AnyView {
    let slug = loaded.event.slug.to_string();
    let sessions = loaded.board.sessions.iter().filter_map(|session| session.slot);
    let count = sessions.filter(|slot| slot.room == room.id).count();
    let count = i18n::number(i64::try_from(count).unwrap_or(i64::MAX));
    let (name_id, seats_id) = (format!("name-{at}"), format!("seats-{at}"));
    let capacity = room.capacity.map(|capacity| capacity.to_string());
    let hidden = || {
        view! {
            <input type="hidden" name="slug" value=slug.clone() />
            <input type="hidden" name="room" value=room.id.to_string() />
        }
    };
    let screen = screen.map(|number| {
        let to = format!("{}/rooms/{}/screen", board_path(&slug), room.id);
        view! {
            <p><a href=to target="_blank" rel="noopener">{tr("board-screen")}</a></p>
            <form method="post" action="/api/board/end_screens">
                {hidden()}
                <input type="hidden" name="number" value=number.to_string() />
                <button class="button small quiet">{tr("board-screen-end")}</button>
            </form>
        }
    });
    view! {
        <li>
            <details class="disclosure">
                <summary>
                    <strong><bdi>{room.name.clone()}</bdi></strong>
                    " "
                    <span class="help">{tr_with("board-room-sessions", &[("n", count)])}</span>
                </summary>
                <form method="post" action="/api/board/edit_room">
                    {hidden()}
                    <div class="field">
                        <label for=name_id.clone()>{tr("board-room-name")}</label>
                        <input id=name_id name="name" type="text" value=room.name.clone() maxlength="80" required />
                    </div>
                    <div class="field">
                        <label for=seats_id.clone()>{tr("board-room-seats")}</label>
                        <input id=seats_id name="capacity" type="number" value=capacity min="1" max="100000" />
                    </div>
                    <button class="button small plain">{tr("form-save")}</button>
                </form>
                {screen}
                <form method="post" action="/api/board/remove_room">
                    {hidden()}
                    <button class="button small quiet">{tr("board-remove-room")}</button>
                </form>
            </details>
        </li>
    }
    .into_any()
}

fn buffer(loaded: &Loaded) -> AnyView {
    let fields = Fields::from([("minutes".to_owned(), loaded.board.buffer.to_string())]);
    let sheet = Sheet::filled(fields, locale());
    view! {
        <section aria-labelledby="buffer">
            <h2 id="buffer">{tr("board-buffer")}</h2>
            <form method="post" action="/api/board/buffer">
                <input type="hidden" name="slug" value=loaded.event.slug.to_string() />
                {sheet.field("minutes", "board-buffer-minutes").help("help-board-buffer").needed().range(0, MAX_BUFFER.into()).input("number")}
                <button class="button small plain">{tr("form-save")}</button>
            </form>
        </section>
    }
    .into_any()
}
