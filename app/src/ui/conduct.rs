//! The link to the code of conduct, for pages where people join.

use leptos::prelude::*;

use crate::context::Visit;

/// Says that members agree to the code of conduct, if there is one.
#[must_use]
pub fn conduct_note(visit: &Visit) -> Option<AnyView> {
    visit.has_conduct.then(|| {
        let (before, link) = (visit.tr("conduct-agree"), visit.tr("conduct-title"));
        view! { <p class="help">{before} " " <a href="/conduct">{link}</a></p> }.into_any()
    })
}
