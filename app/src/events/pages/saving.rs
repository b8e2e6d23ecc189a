//! The button that saves a session for the reader's own agenda (D11), and the warning about sessions that overlap.

use std::collections::{BTreeSet, HashMap};

use domain::{
    Slug,
    agenda::{SessionSpan, clashes},
};
use leptos::prelude::*;
use markup::published::line;
use store::schedule::AgendaDay;
use uuid::Uuid;

use super::{event_path, session_path};
use crate::{
    call::sign_in_path,
    context::{Visit, tr, tr_with},
    i18n,
};

/// The id of the form that all buttons of a page submit.
const FORM: &str = "save-session";

/// Path of the reader's own agenda at an event.
#[must_use]
pub fn my_agenda_path(slug: &Slug) -> String {
    format!("{}/agenda/mine", event_path(slug))
}

/// The page that a form returns to: `session`, `mine`, or the number of a day of the agenda.
#[must_use]
pub fn path_after(slug: &Slug, session: Option<Uuid>, back: &str) -> String {
    match (back, session, back.parse::<u32>()) {
        ("session", Some(session), _) => session_path(slug, session),
        (_, Some(session), Ok(day)) => format!("{}?day={day}#{}", event_path(slug), anchor(session)),
        _ => my_agenda_path(slug),
    }
}

/// The id of a session's element in a list.
#[must_use]
pub fn anchor(session: Uuid) -> String {
    format!("session-{session}")
}

/// What a list of sessions knows about its reader.
pub struct Saving {
    /// The sessions that the reader saved. `None` for visitors, who see no buttons.
    saved: Option<BTreeSet<Uuid>>,
    /// The titles of saved sessions that overlap with a saved session.
    overlaps: HashMap<Uuid, Vec<String>>,
}

impl Saving {
    /// The buttons of a reader who saved these sessions of an agenda.
    #[must_use]
    pub fn new(visit: &Visit, days: &[AgendaDay], saved: &BTreeSet<Uuid>) -> Self {
        let items = || days.iter().flat_map(|day| &day.sessions).filter(|item| saved.contains(&item.id));
        let spans: Vec<SessionSpan> = items().map(|item| SessionSpan::of(item.id, &item.session)).collect();
        let titles: HashMap<Uuid, String> =
            items().map(|item| (item.id, line(&item.session.title))).collect();
        let mut overlaps: HashMap<Uuid, Vec<String>> = HashMap::new();
        for (first, second) in clashes(&spans) {
            for (one, other) in [(first, second), (second, first)] {
                overlaps.entry(one).or_default().extend(titles.get(&other).cloned());
            }
        }
        Self { saved: visit.member.is_some().then(|| saved.clone()), overlaps }
    }

    /// The form that the buttons submit. `back` says where it returns to.
    #[must_use]
    pub fn form(&self, slug: &Slug, back: &str) -> Option<AnyView> {
        self.saved.is_some().then(|| form(slug, back))
    }

    /// The button of a session, and the titles of sessions that overlap with it.
    #[must_use]
    pub fn controls(&self, id: Uuid, title: &str) -> Option<AnyView> {
        let saved = self.saved.as_ref()?;
        let overlaps = self.overlaps.get(&id).map(|titles| {
            titles
                .iter()
                .take(3)
                .map(|title| view! { <p class="overlap">{overlap(title)}</p> })
                .collect_view()
        });
        Some(view! { {button(id, title, saved.contains(&id))} {overlaps} }.into_any())
    }
}

fn form(slug: &Slug, back: &str) -> AnyView {
    view! {
        <form id=FORM method="post" action="/api/agenda/save">
            <input type="hidden" name="slug" value=slug.to_string() />
            <input type="hidden" name="back" value=back.to_owned() />
        </form>
    }
    .into_any()
}

fn button(id: Uuid, title: &str, is_saved: bool) -> AnyView {
    let title = [("title", i18n::quote(title.to_owned()))];
    let (name, class, text, label) = match is_saved {
        false => ("save", "button small plain save", tr("agenda-save"), tr_with("agenda-save-label", &title)),
        true => ("remove", "button small save", tr("agenda-saved"), tr_with("agenda-saved-label", &title)),
    };
    view! { <button class=class form=FORM name=name value=id.to_string() aria-label=label>{text}</button> }
        .into_any()
}

fn overlap(title: &str) -> String {
    tr_with("agenda-overlaps", &[("title", i18n::quote(title.to_owned()))])
}

/// The button on the page of a session, with the reader's saved sessions that overlap. Visitors can sign in.
#[must_use]
pub fn on_session_page(visit: &Visit, page: &store::schedule::SessionPage) -> AnyView {
    let (slug, id) = (&page.event.slug, page.item.id);
    if visit.member.is_none() {
        let to = sign_in_path(&session_path(slug, id));
        return view! { <p><a href=to>{tr("agenda-sign-in")}</a></p> }.into_any();
    }
    let overlaps = page.clashes.iter().map(|(other, title)| {
        view! { <li><a href=session_path(slug, *other)>{overlap(title)}</a></li> }
    });
    let overlaps = (!page.clashes.is_empty())
        .then(|| view! { <ul class="notice" role="list">{overlaps.collect_view()}</ul> });
    view! {
        {form(slug, "session")}
        <p class="row">
            {button(id, &line(&page.item.session.title), page.is_saved)}
            <a href=my_agenda_path(slug)>{tr("agenda-mine")}</a>
        </p>
        {overlaps}
    }
    .into_any()
}

/// Above an agenda: the way to the reader's own one. Visitors can sign in for it.
#[must_use]
pub fn way_to_mine(visit: &Visit, slug: &Slug, saved: usize) -> AnyView {
    if visit.member.is_none() {
        let to = sign_in_path(&format!("{}#agenda", event_path(slug)));
        return view! { <p><a href=to>{tr("agenda-sign-in")}</a></p> }.into_any();
    }
    let n = i18n::number(i64::try_from(saved).unwrap_or(i64::MAX));
    view! {
        <p class="row">
            <a class="button small plain" href=my_agenda_path(slug)>{tr("agenda-mine")}</a>
            <span class="help">{tr_with("agenda-mine-count", &[("n", n)])}</span>
        </p>
    }
    .into_any()
}
