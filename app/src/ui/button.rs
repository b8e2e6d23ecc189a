//! Buttons of forms, and links that look like them.

use leptos::prelude::*;

/// How prominent a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The main action. At most one on a page.
    #[default]
    Main,
    /// Any other action.
    Plain,
    /// An action that is hard to undo.
    Danger,
    /// Looks like plain text, for actions that are rarely needed.
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

/// The button that submits its form.
#[component]
pub fn Button(
    /// How prominent it is.
    #[prop(optional)]
    look: Look,
    /// The small variant, for rows and lists.
    #[prop(optional)]
    small: bool,
    /// Disables the button. Text next to it should say why.
    #[prop(optional)]
    disabled: bool,
    /// The label.
    children: Children,
) -> impl IntoView {
    view! { <button class=look.class(small) disabled=disabled>{children()}</button> }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// The link's target.
    #[prop(into)]
    href: String,
    /// How prominent it is.
    #[prop(optional)]
    look: Look,
    /// The small variant, for rows and lists.
    #[prop(optional)]
    small: bool,
    /// The label.
    children: Children,
) -> impl IntoView {
    view! { <a class=look.class(small) href=href>{children()}</a> }
}
