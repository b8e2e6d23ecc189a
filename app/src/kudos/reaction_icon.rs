//! The icons of reactions. They are drawn, because not every computer and television has a font with emoji.

use domain::kudos::Reaction;
use leptos::prelude::*;

/// An icon of 16 by 16 units, without text. The name of the reaction must be next to it.
#[component]
pub fn ReactionIcon(
    /// The reaction to draw.
    reaction: Reaction,
) -> impl IntoView {
    let shape = match reaction {
        // A raised thumb.
        Reaction::Applause => {
            "M1 7h3v7.5H1zM5.2 7 8.3 1c1.3 0 2.2.9 2.2 2.1v2.7h3.2c.9 0 1.6.9 1.4 1.8l-1.3 5.4c-.2.9-.9 1.5-1.8 1.5H5.2z"
        }
        Reaction::Heart => "M8 14.6 2 8.5A3.8 3.8 0 0 1 7.4 3l.6.6.6-.6A3.8 3.8 0 0 1 14 8.5z",
        // A party popper.
        Reaction::Celebrate => {
            "M1.2 14.8 5 5.2 10.8 11zM8.2 1h1.7v3.4H8.2zM13 2.3l1.2 1.2-2.4 2.4-1.2-1.2zM11.6 6.6H15v1.7h-3.4z"
        }
        // A light bulb.
        Reaction::Insight => {
            "M8 .8a4.9 4.9 0 0 0-2.5 9.1v1.2h5V9.9A4.9 4.9 0 0 0 8 .8zM5.5 12h5v1.4h-5zM6.4 14.1h3.2v1.2H6.4z"
        }
        // A dumbbell.
        Reaction::Strength => {
            "M.6 6h1.6v4H.6zM2.8 4.2H5v7.6H2.8zM5.6 7.1h4.8v1.8H5.6zM11 4.2h2.2v7.6H11zM13.8 6h1.6v4h-1.6z"
        }
        // A raised hand.
        Reaction::HelpedMe => {
            "M6 2.6h1.5v5h.7V1.2h1.5v6.4h.7V2.2h1.5v6h.7V4.4h1.5v6c0 3-1.8 4.8-4.4 4.8-2 0-3.2-.9-4.2-2.6L2.4 8.6l1.4-1L6 9.9z"
        }
    };
    view! {
        <svg class="reaction-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=shape />
        </svg>
    }
}
