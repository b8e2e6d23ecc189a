//! The bell in the header.

use domain::notifications::MAX_SHOWN;
use leptos::prelude::*;

use crate::{
    context::{Visit, tr, tr_with},
    i18n::{format, number},
};

/// The link to the member's notifications, with the number of unread ones. Without members it renders nothing.
#[must_use]
pub fn bell(visit: &Visit) -> Option<AnyView> {
    visit.member.as_ref()?;
    let unread = visit.notices.unread;
    let label = match unread {
        0 => tr("notifications-title"),
        _ if unread > MAX_SHOWN => {
            tr_with("notifications-bell-many", &[("count", number(unread_shown(unread)))])
        }
        _ => tr_with("notifications-bell", &[("count", number(unread_shown(unread)))]),
    };
    let badge = (unread > 0).then(|| {
        let text = format::number(visit.locale, unread_shown(unread));
        let text = if unread > MAX_SHOWN { format!("{text}+") } else { text };
        view! { <span class="bell-count" aria-hidden="true">{text}</span> }
    });
    let here = (visit.path() == "/notifications").then_some("page");
    let view = view! {
        <a class="bell" href="/notifications" aria-label=label aria-current=here>
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <path
                    d="M10 2.75a4.75 4.75 0 0 0-4.75 4.75c0 4-1.75 5.25-1.75 6.25h13c0-1-1.75-2.25-1.75-6.25A4.75 4.75 0 0 0 10 2.75zM8 16.5a2 2 0 0 0 4 0"
                    fill="none"
                    stroke="currentColor"
                    stroke-width="1.5"
                    stroke-linecap="round"
                    stroke-linejoin="round"
                />
            </svg>
            {badge}
        </a>
    };
    Some(view.into_any())
}

fn unread_shown(unread: u64) -> i64 {
    i64::try_from(unread.min(MAX_SHOWN)).unwrap_or(i64::MAX)
}
