//! The island of the event page: the seat count, kept up to date while the page is open.

use leptos::prelude::*;

use super::api::SeatCount;

/// The texts of the island. The browser fills in `{going}`, `{capacity}`, `{over}` and `{waiting}`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SeatTexts {
    /// The count of an event with limited seats.
    pub limited: String,
    /// Appended when the event is over its capacity (A4).
    pub over: String,
    /// The count of an event without a limit.
    pub unlimited: String,
    /// Appended when there is a waitlist.
    pub waiting: String,
}

impl SeatTexts {
    /// The text for a count.
    #[must_use]
    pub fn text(&self, count: SeatCount) -> String {
        let taken = match count.capacity {
            Some(capacity) => self.limited.replace("{capacity}", &formatted(capacity)),
            None => self.unlimited.clone(),
        };
        let mut text = taken.replace("{going}", &formatted(count.going));
        let over = count.capacity.map_or(0, |capacity| count.going.saturating_sub(capacity));
        for (template, name, number) in
            [(&self.over, "{over}", over), (&self.waiting, "{waiting}", count.waiting)]
        {
            if number > 0 {
                text = format!("{text} · {}", template.replace(name, &formatted(number)));
            }
        }
        text
    }
}

/// A number as the page's language writes it.
#[cfg(feature = "ssr")]
fn formatted(number: u32) -> String {
    crate::context::count(u64::from(number))
}

/// A number as the page's language writes it. The browser brings its own formatter, so the module stays small.
#[cfg(not(feature = "ssr"))]
fn formatted(number: u32) -> String {
    let lang = document().document_element().and_then(|page| page.get_attribute("lang"));
    let number = leptos::web_sys::js_sys::Number::from(number);
    String::from(number.to_locale_string(lang.as_deref().unwrap_or("en")))
}

/// The seat count as text: "12 of 20 seats taken · 3 on the waitlist". It is fetched again every 20 seconds
/// while the tab is visible.
#[island]
pub fn SeatsLive(
    /// Slug of the event.
    slug: String,
    /// The count when the page was rendered.
    first: SeatCount,
    /// The translated texts.
    texts: SeatTexts,
) -> impl IntoView {
    let (count, set_count) = signal(first);
    #[cfg(feature = "hydrate")]
    poll(slug, set_count);
    #[cfg(not(feature = "hydrate"))]
    let _ = (slug, set_count);
    view! { <span class="seats-live">{move || texts.text(count.get())}</span> }
}

#[cfg(feature = "hydrate")]
fn poll(slug: String, set_count: WriteSignal<SeatCount>) {
    let fetch = move || {
        if document().hidden() {
            return;
        }
        let slug = slug.clone();
        leptos::task::spawn_local(async move {
            // After a failed request the last count stays. The next request follows in 20 seconds.
            if let Ok(count) = super::api::seats(slug).await {
                set_count.set(count);
            }
        });
    };
    if let Ok(timer) = set_interval_with_handle(fetch, std::time::Duration::from_secs(20)) {
        on_cleanup(move || timer.clear());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_becomes_text() {
        let texts = SeatTexts {
            limited: "{going} of {capacity} taken".into(),
            over: "over capacity by {over}".into(),
            unlimited: "{going} going".into(),
            waiting: "{waiting} on the waitlist".into(),
        };
        let text = |capacity, waiting| texts.text(SeatCount { capacity, going: 12, waiting });
        assert_eq!(text(Some(20), 3), "12 of 20 taken · 3 on the waitlist");
        assert_eq!(text(None, 0), "12 going");
        assert_eq!(text(Some(10), 3), "12 of 10 taken · over capacity by 2 · 3 on the waitlist");
    }
}
