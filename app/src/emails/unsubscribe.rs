//! `/unsubscribe/{token}`, a plain route: the page behind the unsubscribe link in an email (C8).

use domain::emails::{Delivery, EmailCategory};
use leptos::prelude::*;

use crate::{context::Visit, emails::preferences::category_label, i18n, layout::plain_page};

/// The subscription that the page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsubscribe {
    /// The category of emails.
    pub category: EmailCategory,
    /// The name of the group, if only emails from one group are affected.
    pub group: Option<String>,
    /// Whether the reader has unsubscribed.
    pub ended: bool,
    /// The delivery before unsubscribing, which the undo button restores.
    pub was: Delivery,
}

/// The page: one button that unsubscribes, or undoes that. Its form posts to the page's own path, so that the
/// token isn't written into the HTML.
#[must_use]
pub fn unsubscribe_page(visit: &Visit, page: &Unsubscribe) -> String {
    let text = |key: &str| i18n::text(visit.locale, key);
    let title = text("unsubscribe-title");
    let (page, owned_visit) = (page.clone(), visit.clone());
    let view = move || {
        let text = |key: &str| owned_visit.tr(key);
        let what = match &page.group {
            Some(group) => owned_visit.tr_with(
                "unsubscribe-of",
                &[
                    ("what", i18n::quote(category_label(page.category))),
                    ("group", i18n::quote(group.clone())),
                ],
            ),
            None => category_label(page.category),
        };
        let what = [("what", i18n::quote(what))];
        let (lead, field, value, button, class) = if page.ended {
            ("unsubscribe-done", "back", page.was.name(), "unsubscribe-undo", "button plain")
        } else {
            ("unsubscribe-ask", "page", "yes", "unsubscribe-button", "button")
        };
        view! {
            <div class="page narrow">
                <h1>{text("unsubscribe-title")}</h1>
                <p class="lead" role="status">{owned_visit.tr_with(lead, &what)}</p>
                <form method="post">
                    <input type="hidden" name=field value=value />
                    <button class=class>{text(button)}</button>
                </form>
                <p class="help">{text("unsubscribe-still")}</p>
                <p><a href="/profile/emails">{text("unsubscribe-choose")}</a></p>
            </div>
        }
    };
    plain_page(visit, &title, view)
}

/// The page that stops or resumes invitation emails to an address that has no account here.
#[must_use]
pub fn no_invitations_page(visit: &Visit, ended: bool) -> String {
    let title = i18n::text(visit.locale, "unsubscribe-invitations-title");
    let owned_visit = visit.clone();
    let view = move || {
        let community = ("community", i18n::quote(owned_visit.community.clone()));
        let (lead, field, button, class) = if ended {
            ("unsubscribe-invitations-done", "back", "unsubscribe-invitations-undo", "button plain")
        } else {
            ("unsubscribe-invitations-ask", "page", "unsubscribe-invitations-button", "button")
        };
        view! {
            <div class="page narrow">
                <h1>{owned_visit.tr("unsubscribe-invitations-title")}</h1>
                <p class="lead" role="status">{owned_visit.tr_with(lead, &[community])}</p>
                <form method="post">
                    <input type="hidden" name=field value="yes" />
                    <button class=class>{owned_visit.tr(button)}</button>
                </form>
            </div>
        }
    };
    plain_page(visit, &title, view)
}
