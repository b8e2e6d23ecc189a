//! The one island of the event page: how many seats are taken, kept up to date while somebody looks.

use leptos::prelude::*;

use super::api::SeatCount;

/// The sentences of the island. `{going}`, `{capacity}`, `{over}` and `{waiting}` are filled in by the browser.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SeatWords {
    /// With a limit.
    pub limited: String,
    /// Behind that, when more seats are taken than there are (A4).
    pub over: String,
    /// Without a limit.
    pub unlimited: String,
    /// Behind either, when somebody waits.
    pub waiting: String,
}

impl SeatWords {
    /// The sentence of a count.
    #[must_use]
    pub fn say(&self, count: SeatCount) -> String {
        let taken = match count.capacity {
            Some(capacity) => self.limited.replace("{capacity}", &written(capacity)),
            None => self.unlimited.clone(),
        };
        let mut said = taken.replace("{going}", &written(count.going));
        let over = count.capacity.map_or(0, |capacity| count.going.saturating_sub(capacity));
        for (words, name, number) in
            [(&self.over, "{over}", over), (&self.waiting, "{waiting}", count.waiting)]
        {
            if number > 0 {
                said = format!("{said} · {}", words.replace(name, &written(number)));
            }
        }
        said
    }
}

/// A number as the language of the page writes it.
#[cfg(feature = "ssr")]
fn written(number: u32) -> String {
    crate::context::count(u64::from(number))
}

/// The same in the browser, which has its own tables.
#[cfg(not(feature = "ssr"))]
fn written(number: u32) -> String {
    let lang = document().document_element().and_then(|page| page.get_attribute("lang"));
    let number = leptos::web_sys::js_sys::Number::from(number);
    String::from(number.to_locale_string(lang.as_deref().unwrap_or("en")))
}

/// The seat count as a sentence: "12 of 20 seats taken · 3 on the waitlist". It is fetched again every 20 seconds while
/// the tab is visible.
#[island]
pub fn SeatsLive(
    /// Of which event.
    slug: String,
    /// As the page was rendered.
    first: SeatCount,
    /// The sentences.
    words: SeatWords,
) -> impl IntoView {
    let (count, set_count) = signal(first);
    #[cfg(feature = "hydrate")]
    ask_again(slug, set_count);
    #[cfg(not(feature = "hydrate"))]
    let _ = (slug, set_count);
    view! { <span class="seats-live">{move || words.say(count.get())}</span> }
}

#[cfg(feature = "hydrate")]
fn ask_again(slug: String, set_count: WriteSignal<SeatCount>) {
    let ask = move || {
        if document().hidden() {
            return;
        }
        let slug = slug.clone();
        leptos::task::spawn_local(async move {
            // A failed question leaves the last answer: the next one comes in 20 seconds.
            if let Ok(count) = super::api::seats(slug).await {
                set_count.set(count);
            }
        });
    };
    if let Ok(timer) = set_interval_with_handle(ask, std::time::Duration::from_secs(20)) {
        on_cleanup(move || timer.clear());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_said() {
        let words = SeatWords {
            limited: "{going} of {capacity} taken".into(),
            over: "over capacity by {over}".into(),
            unlimited: "{going} going".into(),
            waiting: "{waiting} on the waitlist".into(),
        };
        let say = |capacity, waiting| words.say(SeatCount { capacity, going: 12, waiting });
        assert_eq!(say(Some(20), 3), "12 of 20 taken · 3 on the waitlist");
        assert_eq!(say(None, 0), "12 going");
        assert_eq!(say(Some(10), 3), "12 of 10 taken · over capacity by 2 · 3 on the waitlist");
    }
}
