//! The island of the board: rooms side by side, five minutes a row (D4). Sessions are dragged, or chosen with Enter and moved
//! with the arrow keys. Each move is saved at once, with the revision that this editor saw. Without a script, or on a phone,
//! the forms of the sessions do the same.

use domain::board::{Board, BoardSession, Conflict, GRID, MAX_MINUTES, SessionId, Slot};
use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};

use super::texts::{ConflictTexts, filled};

/// The part of a day that the grid shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridDay {
    /// When the first row begins, UTC.
    pub starts: domain::Instant,
    /// The wall time of the first row, in minutes after midnight.
    pub first_minute: u32,
    /// Number of rows.
    pub rows: u32,
}

/// The texts of the grid, with placeholders in braces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridTexts {
    /// Sentences about conflicts.
    pub conflicts: ConflictTexts,
    /// `{room}`, from `{from}` to `{until}`.
    pub slot: String,
    /// A session without a room and a start.
    pub pool: String,
    /// `{title}` is chosen, and how to move it.
    pub chosen: String,
    /// `{title}` is saved at `{slot}`.
    pub saved: String,
    /// Nothing was moved.
    pub cancelled: String,
    /// The move could not be saved.
    pub failed: String,
    /// The button that undoes the last move.
    pub undo: String,
    /// How to use the grid.
    pub help: String,
    /// Somebody else moved `{title}`: `{theirs}` and `{mine}`.
    pub both: String,
    /// The button that keeps the other version.
    pub keep_theirs: String,
    /// The button that saves the own version.
    pub use_mine: String,
    /// The accessible name of the grid.
    pub label: String,
}

/// Where a session is, or where an editor wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    session: SessionId,
    slot: Option<Slot>,
    minutes: u32,
}

impl Place {
    fn of(session: &BoardSession) -> Self {
        Self { session: session.id, slot: session.slot, minutes: session.minutes }
    }

    fn apply(&self, board: &mut Board) {
        if let Some(session) = board.sessions.iter_mut().find(|session| session.id == self.session) {
            session.slot = self.slot;
            session.minutes = self.minutes;
        }
    }
}

/// A session that is dragged: where the pointer went down, and the size of a cell in pixels.
#[derive(Clone, Copy, Debug)]
struct Drag {
    from: (i32, i32),
    cell: (f64, f64),
    column: i32,
    row: i32,
    has_moved: bool,
}

/// The state of the grid.
#[derive(Clone, Copy)]
struct Grid {
    slug: StoredValue<String>,
    day: StoredValue<GridDay>,
    texts: StoredValue<GridTexts>,
    version: RwSignal<i32>,
    board: RwSignal<Board>,
    /// The session that is chosen or dragged, where it would go.
    held: RwSignal<Option<Place>>,
    drag: StoredValue<Option<Drag>>,
    undo: RwSignal<Vec<Place>>,
    /// Own versions that are not saved because somebody else moved the session.
    both: RwSignal<Option<Place>>,
    live: RwSignal<String>,
    /// Moves that wait to be saved, one after another.
    waiting: StoredValue<Vec<Place>>,
    is_saving: StoredValue<bool>,
}

impl Grid {
    /// The board with the chosen session where it would go.
    fn shown(self) -> Board {
        let mut board = self.board.get();
        if let Some(held) = self.held.get() {
            held.apply(&mut board);
        }
        board
    }

    fn rows(self) -> i32 {
        self.day.with_value(|day| i32::try_from(day.rows).unwrap_or(0))
    }

    fn row(self, slot: Slot) -> i32 {
        let minutes = self.day.with_value(|day| slot.minutes_after(day.starts));
        i32::try_from(minutes.div_euclid(GRID.into())).unwrap_or(0)
    }

    fn clock(self, row: i32) -> String {
        let first = self.day.with_value(|day| day.first_minute);
        let step = i32::try_from(GRID).unwrap_or(5);
        let minute = (i32::try_from(first).unwrap_or(0) + row * step).rem_euclid(24 * 60);
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }

    /// Whether a session belongs into the grid: it is in the pool, or it starts in the part of the day that is shown.
    fn is_here(self, session: &BoardSession) -> bool {
        session.slot.is_none_or(|slot| (0..self.rows()).contains(&self.row(slot)))
    }

    fn column(self, board: &Board, session: &BoardSession) -> i32 {
        let room = session.slot.and_then(|slot| board.rooms.iter().position(|room| room.id == slot.room));
        i32::try_from(room.unwrap_or(board.rooms.len())).unwrap_or(0)
    }

    /// The row of a session. Sessions of the pool are below each other.
    fn shown_row(self, board: &Board, session: &BoardSession) -> i32 {
        match session.slot {
            Some(slot) => self.row(slot),
            None => {
                let before = board.sessions.iter().take_while(|other| other.id != session.id);
                let above = before.filter(|other| other.slot.is_none()).count();
                i32::try_from(above).unwrap_or(0) * POOL_ROWS
            }
        }
    }

    fn slot_text(self, board: &Board, place: &Place) -> String {
        let Some(slot) = place.slot else { return self.texts.with_value(|texts| texts.pool.clone()) };
        let room = board.rooms.iter().find(|room| room.id == slot.room).map_or("", |room| &room.name);
        let (from, length) = (self.row(slot), i32::try_from(place.minutes / GRID).unwrap_or(0));
        let parts =
            [("{room}", room), ("{from}", &self.clock(from)), ("{until}", &self.clock(from + length))];
        self.texts.with_value(|texts| filled(&texts.slot, parts.iter()))
    }

    /// The sentences about the conflicts of a session, at most three.
    fn conflict_text(self, board: &Board, place: &Place) -> String {
        let conflicts = board.conflicts();
        let own = conflicts.iter().filter(|conflict| conflict.concerns(place.session)).take(3);
        let sentences =
            own.map(|conflict| self.texts.with_value(|texts| texts.conflicts.sentence(board, conflict)));
        sentences.collect::<Vec<_>>().join(" ")
    }

    /// Says where the chosen session would go, and its conflicts there.
    fn announce(self) {
        let Some(held) = self.held.get_untracked() else { return };
        let mut board = self.board.get_untracked();
        held.apply(&mut board);
        self.live.set(format!("{} {}", self.slot_text(&board, &held), self.conflict_text(&board, &held)));
    }

    fn place(self, id: SessionId) -> Option<Place> {
        self.board.with_untracked(|board| board.sessions.iter().find(|one| one.id == id).map(Place::of))
    }

    fn choose(self, id: SessionId) {
        let Some(place) = self.place(id) else { return };
        let board = self.board.get_untracked();
        let chosen =
            self.texts.with_value(|texts| filled(&texts.chosen, [("{title}", board.title(id))].iter()));
        self.live.set(format!("{chosen} {}", self.slot_text(&board, &place)));
        self.held.set(Some(place));
    }

    fn cancel(self) {
        self.drag.set_value(None);
        if self.held.get_untracked().is_some() {
            self.held.set(None);
            self.live.set(self.texts.with_value(|texts| texts.cancelled.clone()));
        }
    }

    /// Moves the chosen session by some columns and rows. The column behind the last room is the pool.
    fn step(self, columns: i32, rows: i32) {
        let board = self.board.get_untracked();
        let Some(held) = self.held.get_untracked() else { return };
        let session = BoardSession {
            id: held.session,
            title: String::new(),
            minutes: held.minutes,
            slot: held.slot,
            people: Vec::new(),
            sign_ups: 0,
            revision: 0,
        };
        let row = held.slot.map_or(0, |slot| self.row(slot)) + rows;
        self.put(&board, &held, self.column(&board, &session) + columns, row);
    }

    fn put(self, board: &Board, held: &Place, column: i32, row: i32) {
        let last = i32::try_from(board.rooms.len()).unwrap_or(0);
        let room = usize::try_from(column.clamp(0, last)).ok().and_then(|column| board.rooms.get(column));
        let row = row.clamp(0, (self.rows() - 1).max(0));
        let slot = room.map(|room| {
            let starts = self.day.with_value(|day| day.starts);
            Slot::at(room.id, starts, i64::from(row) * i64::from(GRID))
        });
        let place = Place { slot, ..held.clone() };
        if place != *held {
            self.held.set(Some(place));
            self.announce();
        }
    }

    fn stretch(self, longer: bool) {
        let Some(held) = self.held.get_untracked() else { return };
        let minutes = if longer { held.minutes + GRID } else { held.minutes.saturating_sub(GRID) };
        self.held.set(Some(Place { minutes: minutes.clamp(GRID, MAX_MINUTES), ..held }));
        self.announce();
    }

    /// Saves the chosen session where it is shown.
    fn drop(self) {
        if let Some(held) = self.held.get_untracked() {
            self.save(held, true);
            self.held.set(None);
        }
    }

    fn save(self, wanted: Place, can_undo: bool) {
        if self.place(wanted.session).as_ref() == Some(&wanted) {
            self.live.set(self.texts.with_value(|texts| texts.cancelled.clone()));
            return;
        }
        let before = self.place(wanted.session);
        self.board.update(|board| wanted.apply(board));
        if let Some(before) = before.filter(|_| can_undo) {
            self.undo.update(|undo| undo.push(before));
        }
        self.waiting.update_value(|waiting| waiting.push(wanted));
        if !self.is_saving.get_value() {
            self.is_saving.set_value(true);
            leptos::task::spawn_local(self.save_all());
        }
    }

    async fn save_all(self) {
        while let Some(wanted) = self.next() {
            self.save_one(wanted).await;
        }
        self.is_saving.set_value(false);
    }

    fn next(self) -> Option<Place> {
        let mut next = None;
        self.waiting.update_value(|waiting| next = (!waiting.is_empty()).then(|| waiting.remove(0)));
        next
    }

    async fn save_one(self, wanted: Place) {
        use crate::error::AppError;
        use domain::Refusal;

        let revision = self.board.with_untracked(|board| {
            board.sessions.iter().find(|one| one.id == wanted.session).map_or(0, |one| one.revision)
        });
        let (room, starts) = match wanted.slot {
            Some(slot) => (slot.room.to_string(), slot.starts_at.to_rfc3339()),
            None => (String::new(), String::new()),
        };
        let slug = self.slug.get_value();
        let session = wanted.session.to_string();
        let saved = super::api::move_session(slug, session, revision, room, starts, wanted.minutes).await;
        if let Ok(revision) = saved {
            self.board.update(|board| {
                if let Some(session) = board.sessions.iter_mut().find(|one| one.id == wanted.session) {
                    session.revision = revision;
                }
            });
            let board = self.board.get_untracked();
            let parts =
                [("{title}", board.title(wanted.session)), ("{slot}", &self.slot_text(&board, &wanted))];
            let text = self.texts.with_value(|texts| filled(&texts.saved, parts.iter()));
            self.live.set(format!("{text} {}", self.conflict_text(&board, &wanted)));
            return;
        }
        // What comes next was planned from here.
        self.undo.set(Vec::new());
        self.waiting.update_value(Vec::clear);
        self.load(-1).await;
        match saved {
            Err(AppError::Refused(Refusal::ChangedMeanwhile { .. })) => self.both.set(Some(wanted)),
            _ => self.live.set(self.texts.with_value(|texts| texts.failed.clone())),
        }
    }

    /// Loads the board if it is another one than `seen`.
    async fn load(self, seen: i32) {
        if let Ok(Some((version, board))) = super::api::state(self.slug.get_value(), seen).await {
            self.version.set(version);
            self.board.set(board);
        }
    }

    fn undo_last(self) {
        let mut last = None;
        self.undo.update(|undo| last = undo.pop());
        if let Some(last) = last {
            self.held.set(None);
            self.save(last, false);
        }
    }
}

/// How many rows of the grid a session of the pool takes.
const POOL_ROWS: i32 = 6;

/// The grid. Nothing without a script.
#[island]
pub fn BoardGrid(
    /// Slug of the event.
    slug: String,
    /// The number of the last change of the draft.
    version: i32,
    /// The draft.
    board: Board,
    /// The part of the day that is shown.
    day: GridDay,
    /// The translated texts.
    texts: GridTexts,
) -> impl IntoView {
    let label = texts.label.clone();
    let (help, undo_text) = (texts.help.clone(), texts.undo.clone());
    let grid = Grid {
        slug: StoredValue::new(slug),
        day: StoredValue::new(day),
        texts: StoredValue::new(texts),
        version: RwSignal::new(version),
        board: RwSignal::new(board),
        held: RwSignal::new(None),
        drag: StoredValue::new(None),
        undo: RwSignal::new(Vec::new()),
        both: RwSignal::new(None),
        live: RwSignal::new(String::new()),
        waiting: StoredValue::new(Vec::new()),
        is_saving: StoredValue::new(false),
    };
    let (ready, set_ready) = signal(false);
    // The policy for content forbids style attributes, so the grid is built in the browser only.
    Effect::new(move |_| set_ready.set(true));
    #[cfg(feature = "hydrate")]
    poll(grid);
    let shown = Memo::new(move |_| grid.shown());
    let conflicts = Memo::new(move |_| shown.with(Board::conflicts));
    view! {
        <div class="board-island">
            {move || {
                ready.get().then(|| {
                    view! {
                        <p class="help">{help.clone()}</p>
                        <p class="board-live" role="status" aria-live="polite">{move || grid.live.get()}</p>
                        {move || both(grid)}
                        <p>
                            <button
                                type="button"
                                class="button small plain"
                                disabled=move || grid.undo.with(Vec::is_empty)
                                on:click=move |_| grid.undo_last()
                            >
                                {undo_text.clone()}
                            </button>
                        </p>
                        <div class="board-scroll" role="group" aria-label=label.clone()>
                            <div
                                class="board-grid"
                                style:grid-template-columns=move || {
                                    let rooms = shown.with(|board| board.rooms.len());
                                    format!("4rem repeat({}, minmax(8rem, 1fr))", rooms + 1)
                                }
                            >
                                {move || heads(grid, shown)}
                                <For
                                    each=move || shown.with(|board| {
                                        let here = board.sessions.iter().filter(|session| grid.is_here(session));
                                        here.map(|session| session.id).collect::<Vec<_>>()
                                    })
                                    key=|id| *id
                                    children=move |id| card(grid, shown, conflicts, id)
                                />
                            </div>
                        </div>
                    }
                })
            }}
        </div>
    }
}

/// The names of the rooms and the hours.
fn heads(grid: Grid, shown: Memo<Board>) -> AnyView {
    let rooms: Vec<String> = shown.with(|board| board.rooms.iter().map(|room| room.name.clone()).collect());
    let pool = grid.texts.with_value(|texts| texts.pool.clone());
    let names = rooms.into_iter().chain(std::iter::once(pool)).enumerate().map(|(at, name)| {
        view! { <div class="board-head" style:grid-column=(at + 2).to_string()>{name}</div> }
    });
    let hours = (0..grid.rows()).step_by(12).map(|row| {
        let area = format!("{} / 1 / span 12 / -1", row + 2);
        view! { <div class="board-hour" style:grid-area=area>{grid.clock(row)}</div> }
    });
    view! { {names.collect_view()} {hours.collect_view()} }.into_any()
}

/// A session of the grid.
fn card(grid: Grid, shown: Memo<Board>, conflicts: Memo<Vec<Conflict>>, id: SessionId) -> AnyView {
    let session =
        Memo::new(move |_| shown.with(|board| board.sessions.iter().find(|one| one.id == id).cloned()));
    let area = move || {
        let Some(session) = session.get() else { return String::new() };
        shown.with(|board| {
            let row = grid.shown_row(board, &session) + 2;
            let length = match session.slot {
                Some(_) => i32::try_from(session.minutes / GRID).unwrap_or(1).max(1),
                None => POOL_ROWS,
            };
            format!("{row} / {} / span {length} / span 1", grid.column(board, &session) + 2)
        })
    };
    let title = move || session.get().map(|session| session.title).unwrap_or_default();
    let people = move || {
        let people = session.get().map(|session| session.people).unwrap_or_default();
        shown.with(|board| people.iter().map(|id| board.person(*id)).collect::<Vec<_>>().join(", "))
    };
    let time = move || {
        let place = session.get().map(|session| Place::of(&session));
        shown.with(|board| place.map(|place| grid.slot_text(board, &place)).unwrap_or_default())
    };
    let worst =
        move || conflicts.with(|all| all.iter().find(|one| one.concerns(id)).map(|one| one.kind.blocks()));
    let is_held = move || grid.held.with(|held| held.as_ref().is_some_and(|held| held.session == id));
    let problems = move || {
        let place = session.get().map(|session| Place::of(&session));
        shown.with(|board| place.map(|place| grid.conflict_text(board, &place)).unwrap_or_default())
    };
    view! {
        <button
            type="button"
            class="board-card"
            class:blocked=move || worst() == Some(true)
            class:warned=move || worst() == Some(false)
            class:held=is_held
            style:grid-area=area
            aria-pressed=move || is_held().to_string()
            aria-label=move || format!("{}. {}. {}. {}", title(), people(), time(), problems())
            title=problems
            on:keydown=move |event| key(grid, id, &event)
            on:pointerdown=move |event| grab(grid, shown, id, &event)
            on:pointermove=move |event| drag(grid, id, &event)
            on:pointerup=move |event| release(grid, id, &event)
            on:pointercancel=move |_| grid.cancel()
        >
            <strong>{title}</strong>
            <span>{time}</span>
            <span>{people}</span>
        </button>
    }
    .into_any()
}

/// Keys on a session: Enter chooses and saves, the arrows move, plus and minus change the length, Escape cancels.
fn key(grid: Grid, id: SessionId, event: &ev::KeyboardEvent) {
    let is_held = grid.held.with_untracked(|held| held.as_ref().is_some_and(|held| held.session == id));
    let key = event.key();
    match (key.as_str(), is_held) {
        ("Enter" | " ", false) => grid.choose(id),
        ("Enter" | " ", true) => grid.drop(),
        ("Escape", true) => grid.cancel(),
        ("ArrowUp", true) => grid.step(0, -1),
        ("ArrowDown", true) => grid.step(0, 1),
        ("ArrowLeft", true) => grid.step(-1, 0),
        ("ArrowRight", true) => grid.step(1, 0),
        ("+" | "=", true) => grid.stretch(true),
        ("-", true) => grid.stretch(false),
        _ => return,
    }
    event.prevent_default();
}

fn grab(grid: Grid, shown: Memo<Board>, id: SessionId, event: &ev::PointerEvent) {
    if event.button() != 0 {
        return;
    }
    let card: leptos::web_sys::HtmlElement = event_target(event);
    let board = shown.get_untracked();
    let Some(session) = board.sessions.iter().find(|one| one.id == id) else { return };
    let rows =
        if session.slot.is_some() { (session.minutes / GRID).max(1) } else { POOL_ROWS.unsigned_abs() };
    // Without the capture, the pointer would leave the session as soon as it is faster than the page.
    drop(card.set_pointer_capture(event.pointer_id()));
    grid.drag.set_value(Some(Drag {
        from: (event.client_x(), event.client_y()),
        cell: (f64::from(card.offset_width()), f64::from(card.offset_height()) / f64::from(rows)),
        column: grid.column(&board, session),
        row: grid.shown_row(&board, session),
        has_moved: false,
    }));
}

fn drag(grid: Grid, id: SessionId, event: &ev::PointerEvent) {
    let Some(drag) = grid.drag.get_value() else { return };
    let (x, y) = (event.client_x() - drag.from.0, event.client_y() - drag.from.1);
    // A hand that only clicks trembles a little.
    if !drag.has_moved && x.abs() < 4 && y.abs() < 4 {
        return;
    }
    if !drag.has_moved {
        grid.drag.set_value(Some(Drag { has_moved: true, ..drag }));
        grid.held.set(grid.place(id));
    }
    let Some(held) = grid.held.get_untracked() else { return };
    let cells = |pixels: i32, size: f64| (f64::from(pixels) / size.max(1.0)).round() as i32;
    let board = grid.board.get_untracked();
    grid.put(&board, &held, drag.column + cells(x, drag.cell.0), drag.row + cells(y, drag.cell.1));
}

fn release(grid: Grid, id: SessionId, event: &ev::PointerEvent) {
    let Some(drag) = grid.drag.get_value() else { return };
    grid.drag.set_value(None);
    let is_held = grid.held.with_untracked(|held| held.as_ref().is_some_and(|held| held.session == id));
    // A click on the chosen session saves it, as Enter does.
    if drag.has_moved || is_held {
        grid.drop();
    } else {
        grid.choose(id);
    }
    event.prevent_default();
}

/// Both versions of a session that somebody else moved, and the choice between them.
fn both(grid: Grid) -> Option<AnyView> {
    let mine = grid.both.get()?;
    let board = grid.board.get();
    let session = board.sessions.iter().find(|one| one.id == mine.session)?;
    let (theirs, own) = (grid.slot_text(&board, &Place::of(session)), grid.slot_text(&board, &mine));
    let parts = [("{title}", session.title.as_str()), ("{theirs}", &theirs), ("{mine}", &own)];
    let text = grid.texts.with_value(|texts| filled(&texts.both, parts.iter()));
    let (keep, replace) = grid.texts.with_value(|texts| (texts.keep_theirs.clone(), texts.use_mine.clone()));
    Some(
        view! {
            <div class="notice bad" role="alert">
                <p>{text}</p>
                <p class="row">
                    <button type="button" class="button small plain" on:click=move |_| grid.both.set(None)>{keep}</button>
                    <button
                        type="button"
                        class="button small"
                        on:click=move |_| {
                            grid.both.set(None);
                            grid.save(mine.clone(), true);
                        }
                    >
                        {replace}
                    </button>
                </p>
            </div>
        }
        .into_any(),
    )
}

/// Asks for the changes of other editors every ten seconds, while nothing is moved here.
#[cfg(feature = "hydrate")]
fn poll(grid: Grid) {
    let ask = move || {
        let is_busy = grid.held.get_untracked().is_some() || grid.is_saving.get_value();
        if !is_busy && !document().hidden() {
            leptos::task::spawn_local(async move { grid.load(grid.version.get_untracked()).await });
        }
    };
    if let Ok(timer) = set_interval_with_handle(ask, std::time::Duration::from_secs(10)) {
        on_cleanup(move || timer.clear());
    }
}
