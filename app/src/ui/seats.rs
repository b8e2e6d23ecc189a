//! A picture of an event's seats: free, taken, the reader's own, and the waitlist.

use leptos::prelude::*;

/// Dots in a row.
const ROW: u32 = 10;
/// Larger events get a bar instead of dots.
const MAX_DOTS: u32 = 60;
/// Dots for the waitlist, at most.
const MAX_WAITING_DOTS: u32 = 10;

/// The figures of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// The number of seats.
    pub capacity: u32,
    /// Taken seats, including the reader's.
    pub going: u32,
    /// Seats requested on the waitlist.
    pub waiting: u32,
    /// The reader's seats, including guests.
    pub mine: u32,
}

/// The picture, as dots or as a bar.
#[component]
pub fn SeatPicture(
    /// The figures to draw.
    seats: Seats,
    /// The accessible name, which says the same as the picture.
    label: String,
) -> impl IntoView {
    if seats.capacity.max(seats.going) > MAX_DOTS { bar(seats, label) } else { dots(seats, label) }
}

fn dots(seats: Seats, label: String) -> AnyView {
    let shown = seats.capacity.max(seats.going);
    let rows = shown.div_ceil(ROW).max(1);
    let waiting = seats.waiting.min(MAX_WAITING_DOTS);
    let height = rows * 20 + if waiting > 0 { 30 } else { 0 };
    let seat = |n: u32| {
        let class = match n {
            n if n >= seats.capacity => "seat over",
            n if n < seats.mine.min(seats.going) => "seat mine",
            n if n < seats.going => "seat taken",
            _ => "seat free",
        };
        view! { <rect class=class x=(n % ROW) * 20 + 2 y=(n / ROW) * 20 + 2 width="15" height="15" rx="5" /> }
    };
    let queue = (0..waiting).map(|n| {
        view! { <circle class="seat waiting" cx=n * 20 + 10 cy=rows * 20 + 20 r="5" /> }
    });
    view! {
        <svg class="seats" role="img" aria-label=label viewBox=format!("0 0 200 {height}") width="200" height=height>
            {(0..shown).map(seat).collect_view()}
            {(waiting > 0).then(|| view! {
                <line class="seat-divider" x1="2" x2="198" y1=rows * 20 + 6 y2=rows * 20 + 6 />
            })}
            {queue.collect_view()}
        </svg>
    }
    .into_any()
}

/// A bar of 200 units: taken seats, and the reader's share of them.
fn bar(seats: Seats, label: String) -> AnyView {
    let all = seats.capacity.max(seats.going).max(1);
    let length = |part: u32| u64::from(part) * 200 / u64::from(all);
    let mine = if seats.mine == 0 { 0 } else { length(seats.mine).max(3) };
    view! {
        <svg class="seats bar" role="img" aria-label=label viewBox="0 0 200 16" width="200" height="16">
            <rect class="seat free" x="1" y="1" width="198" height="14" rx="5" />
            <rect class="seat taken" x="1" y="1" width=length(seats.going).saturating_sub(2) height="14" rx="5" />
            <rect class="seat mine" x="1" y="1" width=mine height="14" rx="5" />
        </svg>
    }
    .into_any()
}
