//! The seat count of an event as text: "12 of 20 seats taken · 3 on the waitlist". `assets/seats.js` keeps it up to date while
//! the page is open.

use domain::events::Event;
use leptos::prelude::*;

use crate::{
    context::{Visit, count as formatted, tr_with},
    events::api::SeatCount,
    i18n,
};

/// The sentences, with `{going}`, `{capacity}`, `{over}` and `{waiting}` for the numbers.
struct SeatTexts {
    taken: String,
    /// Appended when the event is over its capacity (A4).
    over: String,
    /// Appended when there is a waitlist.
    waiting: String,
}

impl SeatTexts {
    /// The sentences of an event. Its capacity chooses between "seat" and "seats".
    fn of(capacity: Option<u32>) -> Self {
        let placeholder = |name: &str| i18n::quote(format!("{{{name}}}"));
        let going = ("going", placeholder("going"));
        let taken = match capacity {
            Some(capacity) => {
                let seats = ("seats", i18n::number(capacity));
                tr_with("seats-limited", &[going, ("capacity", placeholder("capacity")), seats])
            }
            None => tr_with("seats-unlimited", &[going]),
        };
        Self {
            taken,
            over: tr_with("seats-over", &[("over", placeholder("over"))]),
            waiting: tr_with("seats-waiting", &[("waiting", placeholder("waiting"))]),
        }
    }

    fn text(&self, count: SeatCount) -> String {
        let number = |number: u32| formatted(u64::from(number));
        let capacity = count.capacity.map(number).unwrap_or_default();
        let mut text = self.taken.replace("{capacity}", &capacity).replace("{going}", &number(count.going));
        let over = count.capacity.map_or(0, |capacity| count.going.saturating_sub(capacity));
        for (template, name, of) in
            [(&self.over, "{over}", over), (&self.waiting, "{waiting}", count.waiting)]
        {
            if of > 0 {
                text = format!("{text} · {}", template.replace(name, &number(of)));
            }
        }
        text
    }
}

/// The count as text.
#[must_use]
pub fn text(count: SeatCount) -> String {
    SeatTexts::of(count.capacity).text(count)
}

/// The count as text that stays up to date.
#[must_use]
pub fn live(visit: &Visit, event: &Event, count: SeatCount) -> AnyView {
    let texts = SeatTexts::of(count.capacity);
    let text = texts.text(count);
    let slug = event.slug.to_string();
    view! {
        <span data-seats=slug data-taken=texts.taken data-over=texts.over data-waiting=texts.waiting>{text}</span>
        <script src=format!("{}/seats.js", visit.assets) async></script>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_becomes_text() {
        let text = |capacity, waiting| {
            let taken = match capacity {
                Some(_) => "{going} of {capacity} taken",
                None => "{going} going",
            };
            let texts = SeatTexts {
                taken: taken.into(),
                over: "over capacity by {over}".into(),
                waiting: "{waiting} on the waitlist".into(),
            };
            texts.text(SeatCount { capacity, going: 12, waiting })
        };
        let owner = Owner::new();
        owner.with(|| {
            provide_context(Visit::anonymous());
            assert_eq!(text(Some(20), 3), "12 of 20 taken · 3 on the waitlist");
            assert_eq!(text(None, 0), "12 going");
            assert_eq!(text(Some(10), 3), "12 of 10 taken · over capacity by 2 · 3 on the waitlist");
        });
    }
}
