//! `/unsubscribe/{token}`, a plain route: the page behind the link in a mail that can be muted (C8).

use domain::emails::{Delivery, EmailCategory};
use leptos::prelude::*;

use crate::{context::Visit, emails::preferences::category_words, i18n, layout::plain_page};

/// What the page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsubscribe {
    /// What the mails are about.
    pub category: EmailCategory,
    /// The group that they come from, if it is about one.
    pub group: Option<String>,
    /// Whether they come no longer.
    pub ended: bool,
    /// How they came before, to bring them back so.
    pub was: Delivery,
}

/// The page: one button that ends such mails, or that brings them back. Its form goes to the page's own
/// path, so that the link is written nowhere.
#[must_use]
pub fn unsubscribe_page(visit: &Visit, page: &Unsubscribe) -> String {
    let text = |key: &str| i18n::text(visit.locale, key);
    let title = text("unsubscribe-title");
    let (page, visit_of_words) = (page.clone(), visit.clone());
    let view = move || {
        let text = |key: &str| visit_of_words.tr(key);
        let what = match &page.group {
            Some(group) => visit_of_words.tr_with(
                "unsubscribe-of",
                &[
                    ("what", i18n::quote(category_words(page.category))),
                    ("group", i18n::quote(group.clone())),
                ],
            ),
            None => category_words(page.category),
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
                <p class="lead" role="status">{visit_of_words.tr_with(lead, &what)}</p>
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

/// The page that stops emails about invitations to an address that belongs to nobody here, or allows them again.
#[must_use]
pub fn no_invitations_page(visit: &Visit, ended: bool) -> String {
    let title = i18n::text(visit.locale, "unsubscribe-invitations-title");
    let of_words = visit.clone();
    let view = move || {
        let community = ("community", i18n::quote(of_words.community.clone()));
        let (lead, field, button, class) = if ended {
            ("unsubscribe-invitations-done", "back", "unsubscribe-invitations-undo", "button plain")
        } else {
            ("unsubscribe-invitations-ask", "page", "unsubscribe-invitations-button", "button")
        };
        view! {
            <div class="page narrow">
                <h1>{of_words.tr("unsubscribe-invitations-title")}</h1>
                <p class="lead" role="status">{of_words.tr_with(lead, &[community])}</p>
                <form method="post">
                    <input type="hidden" name=field value="yes" />
                    <button class=class>{of_words.tr(button)}</button>
                </form>
            </div>
        }
    };
    plain_page(visit, &title, view)
}
