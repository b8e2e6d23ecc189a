//! Buttons of forms, and links that look like them.

use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// What one most likely came for; one of them on a page.
    #[default]
    Main,
    /// Everything else.
    Plain,
    /// What cannot be taken back easily.
    Danger,
    /// Barely there: the way out.
    Quiet,
}

impl Look {
    fn class(self, small: bool) -> &'static str {
        match (self, small) {
            (Self::Main, false) => "button",
            (Self::Main, true) => "button small",
            (Self::Plain, false) => "button plain",
            (Self::Plain, true) => "button plain small",
            (Self::Danger, false) => "button danger",
            (Self::Danger, true) => "button danger small",
            (Self::Quiet, _) => "quiet",
        }
    }
}

/// The button that sends its form.
#[component]
pub fn Button(
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// Beside other things.
    #[prop(optional)]
    small: bool,
    /// It does nothing now; the text beside it says why.
    #[prop(optional)]
    disabled: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! { <button class=look.class(small) disabled=disabled>{children()}</button> }
}

/// A link that leads to what one may want to do.
#[component]
pub fn ButtonLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// Beside other things.
    #[prop(optional)]
    small: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! { <a class=look.class(small) href=href>{children()}</a> }
}
