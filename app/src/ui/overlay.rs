//! What opens above a page, on the native elements: no script opens or closes them.

use leptos::prelude::*;

use crate::context::tr;

/// A word more about something, behind a small button.
#[component]
pub fn Popover(
    /// Names it on the page.
    id: &'static str,
    /// What the button is called.
    label: String,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <button class="hint" type="button" popovertarget=id aria-label=label>"?"</button>
        <div class="popover" id=id popover>{children()}</div>
    }
}

/// A question above the page. Escape, a press beside it and its own button close it.
#[component]
pub fn Dialog(
    /// Names it on the page.
    id: &'static str,
    /// What it asks.
    title: String,
    /// What the button that opens it says.
    open: String,
    /// Forms and words.
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
