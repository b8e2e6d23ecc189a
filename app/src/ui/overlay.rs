//! Popovers and dialogs. They use native elements, so they need no script.

use leptos::prelude::*;

use crate::context::tr;

/// A short explanation behind a small button.
#[component]
pub fn Popover(
    /// The element id, unique on the page.
    id: &'static str,
    /// The accessible name of the button.
    label: String,
    /// The explanation.
    children: Children,
) -> impl IntoView {
    view! {
        <button class="hint" type="button" popovertarget=id aria-label=label>"?"</button>
        <div class="popover" id=id popover>{children()}</div>
    }
}

/// A dialog. Escape, a click outside it and its close button close it.
#[component]
pub fn Dialog(
    /// The element id, unique on the page.
    id: &'static str,
    /// The heading.
    title: String,
    /// The label of the button that opens it.
    open: String,
    /// The content.
    children: Children,
) -> impl IntoView {
    let name = format!("{id}-title");
    view! {
        <button class="button plain" type="button" popovertarget=id>{open}</button>
        <dialog id=id popover aria-labelledby=name.clone()>
            <h2 id=name.clone()>{title}</h2>
            {children()}
            <button class="quiet" type="button" popovertarget=id popovertargetaction="hide">{tr("dialog-close")}</button>
        </dialog>
    }
}
