//! The island of the form of a learning request: requests that look alike, shown while typing.

use leptos::prelude::*;

use super::api::SimilarDemand;
#[cfg(feature = "hydrate")]
use super::api::similar;

/// Open requests that look like what is typed into the field with the id `f-title`. The list is empty until
/// something looks alike.
#[island]
pub fn SimilarDemands(
    /// The translated heading of the list.
    title: String,
    /// The translated sentence that says what to do.
    text: String,
) -> impl IntoView {
    let (found, set_found) = signal(Vec::<SimilarDemand>::new());
    #[cfg(feature = "hydrate")]
    listen(set_found);
    #[cfg(not(feature = "hydrate"))]
    let _ = set_found;
    let list = move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            let items = found.into_iter().map(|demand| {
                view! { <li><a href=demand.path>{demand.title}</a> " · " {demand.wanted}</li> }
            });
            view! {
                <p><strong>{title.clone()}</strong> " " {text.clone()}</p>
                <ul>{items.collect_view()}</ul>
            }
        })
    };
    view! { <div class="demands-alike" role="status">{list}</div> }
}

/// Asks for similar requests when nothing was typed for a moment.
#[cfg(feature = "hydrate")]
fn listen(set_found: WriteSignal<Vec<SimilarDemand>>) {
    use leptos::wasm_bindgen::JsCast as _;
    use std::{cell::Cell, rc::Rc, time::Duration};

    let typed = Rc::new(Cell::new(0_u32));
    let handle = window_event_listener_untyped("input", move |event| {
        let field =
            event.target().and_then(|target| target.dyn_into::<leptos::web_sys::HtmlInputElement>().ok());
        let Some(field) = field.filter(|field| field.id() == "f-title") else { return };
        let (number, typed) = (typed.get() + 1, typed.clone());
        typed.set(number);
        set_timeout(
            move || {
                if typed.get() != number {
                    return;
                }
                leptos::task::spawn_local(async move {
                    // After a failed request the last list stays.
                    if let Ok(demands) = similar(field.value()).await
                        && typed.get() == number
                    {
                        set_found.set(demands);
                    }
                });
            },
            Duration::from_millis(400),
        );
    });
    on_cleanup(move || handle.remove());
}
