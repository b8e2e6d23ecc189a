//! Forms and pages without JavaScript: every post redirects to the page with the new state, no input is lost,
//! and the input stays text.

use app::{
    context::Visit,
    flash::{Flash, Undo},
};
use axum::http::StatusCode;
use domain::{
    Locale, Refusal, Slug,
    events::{EventForm, Mode, RsvpRequest},
};
use store::{Engine, events};
use tests::Guild;

const FORM: &str = "text/html,application/xhtml+xml";
const SCRIPT: &str = "application/json";
const HOSTILE: &str = "</title></textarea>\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

async fn guild() -> (Guild, Slug) {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let slug = g.event(Some(1)).await;
    (g, slug)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_redirects_to_the_new_state() {
    let (g, slug) = guild().await;
    let page = format!("/events/{slug}");
    let fields = [("slug", slug.as_str()), ("guests", "0")];
    for (key, flash) in [("mei", "flash-rsvp-going"), ("kofi", "flash-rsvp-waiting")] {
        let visit = g.visit(Some(key), &page, Locale::En).await;
        let answer = g.post(&visit, "/api/events/rsvp", &fields, FORM).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
        assert_eq!(answer.flash, Some(Flash::success(flash)));
    }
    let visit = g.visit(Some("kofi"), &page, Locale::En).await;
    assert!(g.page(&visit).await.html.contains("You’re next on the waitlist"));
    let answer = g.post(&visit, "/api/events/leave", &fields[..1], FORM).await;
    let undo = Undo::Leave(slug.to_string(), Mode::OnSite);
    let flash = Flash::Undoable { key: "flash-event-left".into(), count: 0, undo };
    assert_eq!((answer.location, answer.flash), (page, Some(flash)));
}

/// A12: people who undo leaving come online again if they were online before, even when the room has a free
/// seat.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn undoing_a_leave_keeps_the_choice_of_in_person_or_online() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let form = EventForm { join_url: "https://meet.example.org/x".into(), ..tests::event_form(Some(5)) };
    let (grace, mei) = (g.actor("grace").await, g.actor("mei").await);
    let slug = events::create(&g.store, &grace, form.check().unwrap(), "both").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    for mode in [Mode::Online, Mode::OnSite] {
        events::rsvp(&g.store, &mei, &slug, RsvpRequest { guests: 0, mode }).await.unwrap();
        let visit = g.visit(Some("mei"), &format!("/events/{slug}"), Locale::En).await;
        let answer = g.post(&visit, "/api/events/leave", &[("slug", slug.as_str())], FORM).await;
        let html = g.page_with_flash(&visit, &answer.flash.unwrap().encode()).await.html;
        let form = html.split_once("class=\"toast\"").unwrap().1.split_once("</form>").unwrap().0;
        assert!(form.contains(&format!("name=\"mode\" value=\"{}\"", mode.name())), "{form}");
        let again = [("slug", slug.as_str()), ("mode", mode.name())];
        g.post(&visit, "/api/events/rsvp", &again, FORM).await;
        assert_eq!(events::page(&g.store, &mei, &slug).await.unwrap().rsvp.unwrap().mode, mode);
        events::leave(&g.store, &mei, &slug).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_script_gets_a_status() {
    let (g, slug) = guild().await;
    let nobody = g.visit(None, "/", Locale::En).await;
    let mei = g.visit(Some("mei"), "/", Locale::En).await;
    let slug = slug.as_str();
    for (visit, path, fields, status) in [
        (&mei, "/api/events/rsvp", [("slug", slug), ("guests", "0")], StatusCode::OK),
        (&mei, "/api/events/rsvp", [("slug", slug), ("guests", "99")], StatusCode::CONFLICT),
        (&mei, "/api/events/rsvp", [("slug", slug), ("guests", "many")], StatusCode::UNPROCESSABLE_ENTITY),
        (&mei, "/api/events/rsvp", [("slug", "no-such-event"), ("guests", "0")], StatusCode::NOT_FOUND),
        (&mei, "/api/events/rsvp", [("slug", "../etc"), ("guests", "0")], StatusCode::NOT_FOUND),
        (&mei, "/api/events/publish", [("slug", slug), ("x", "y")], StatusCode::FORBIDDEN),
        (&nobody, "/api/events/rsvp", [("slug", slug), ("guests", "0")], StatusCode::UNAUTHORIZED),
        (&nobody, "/api/events/seats", [("slug", slug), ("x", "y")], StatusCode::OK),
    ] {
        let answer = g.post(visit, path, &fields, SCRIPT).await;
        assert_eq!(answer.status, status, "{path} {fields:?} {}", answer.body);
        assert_eq!(answer.location, "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_keeps_its_input() {
    let (g, _) = guild().await;
    let visit = g.visit(Some("grace"), "/events/new", Locale::En).await;
    let fields =
        [("title", ""), ("description", "Three paragraphs of work"), ("capacity", "-1"), ("key", "k")];
    let answer = g.post(&visit, "/api/events/create", &fields, FORM).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/events/new"));
    let html = g.page(&visit).await.html;
    for part in ["Three paragraphs of work", "Please fix", "#f-title", "value=\"-1\"", "aria-invalid"] {
        assert!(html.contains(part), "{part}");
    }
    let fresh = g.visit(Some("grace"), "/events/new?fresh=1", Locale::En).await;
    assert!(!g.page(&fresh).await.html.contains("Three paragraphs of work"));
}

/// In a community without events, the home page shows first steps to those who can take them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_community_has_first_steps() {
    let (g, _) = guild().await;
    let home = async |key| g.page(&g.visit(Some(key), "/", Locale::En).await).await.html;
    assert!(!home("ada").await.contains("To get started"));
    g.advance(chrono::Duration::days(4000));
    let steps = ["/groups/new", "/events/new", "/admin/invitations"].map(|to| format!("href=\"{to}\""));
    for (key, may) in [("ada", [true; 3]), ("grace", [true, true, false]), ("leila", [false; 3])] {
        let html = home(key).await;
        let main = html.split("<main").nth(1).unwrap();
        assert_eq!(steps.each_ref().map(|link| main.contains(link.as_str())), may, "{key}");
        assert_eq!(main.matches("No upcoming events").count(), 1, "{key}");
        assert!(!main.contains("Pick an event"), "{key}");
    }
}

/// A host who publishes an event of a private group is not told that everybody sees it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_private_groups_event_is_published_for_its_members() {
    let (g, _) = guild().await;
    let grace = g.actor("grace").await;
    let mut flash = Vec::new();
    for private in [false, true] {
        let mut details = tests::group_details(if private { "Inside" } else { "Outside" });
        if private {
            details.visibility = domain::groups::Visibility::Private;
        }
        let group = store::groups::create(&g.store, &grace, details, "").await.unwrap();
        let form = EventForm { group: group.to_string(), ..tests::event_form(None) };
        let slug = events::create(&g.store, &grace, form.check().unwrap(), group.as_str()).await.unwrap();
        let visit = g.visit(Some("grace"), "/", Locale::En).await;
        let answer = g.post(&visit, "/api/events/publish", &[("slug", slug.as_str())], FORM).await;
        flash.push(answer.flash);
    }
    let keys = ["flash-event-published", "flash-event-published-group"];
    assert_eq!(flash, keys.map(|key| Some(Flash::success(key))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflicting_change_is_shown_and_can_be_overwritten() {
    let (g, slug) = guild().await;
    let edit = format!("/events/{slug}/edit");
    let visit = g.visit(Some("grace"), &edit, Locale::En).await;
    let mut form = tests::event_form(Some(1));
    form.title = "Mine".into();
    let version_in = |html: &str| {
        html.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let conflict = Some(Flash::Refused(Refusal::ChangedMeanwhile { version: 2 }));
    for version in ["99", ""] {
        form.version = version.into();
        assert_eq!(save(&g, &visit, &slug, &form).await, (conflict.clone(), edit.clone()));
    }
    let html = g.page(&visit).await.html;
    assert!(html.contains("value=\"Mine\""));
    form.version = version_in(&html);

    // Another change after the writer read about the second one: opening the page again doesn't count as
    // reading it.
    let mut third = tests::event_form(Some(1));
    third.title = "Theirs".into();
    let ada = g.actor("ada").await;
    events::edit(&g.store, &ada, &slug, third.check().unwrap(), 2).await.unwrap();
    assert_eq!(version_in(&g.page(&visit).await.html), "2");
    let conflict = Some(Flash::Refused(Refusal::ChangedMeanwhile { version: 3 }));
    assert_eq!(save(&g, &visit, &slug, &form).await, (conflict, edit.clone()));

    form.version = version_in(&g.page(&visit).await.html);
    let (flash, _) = save(&g, &visit, &slug, &form).await;
    assert_eq!(flash, Some(Flash::Counted { key: "flash-event-saved".into(), count: 0 }));
}

/// Sends the form of an edit. Returns the message and the address of the next page.
async fn save(g: &Guild, visit: &Visit, slug: &Slug, form: &EventForm) -> (Option<Flash>, String) {
    let fields = app::events::pages::fields_of(form);
    let mut fields: Vec<_> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fields.push(("slug", slug.as_str()));
    let answer = g.post(visit, "/api/events/edit", &fields, FORM).await;
    (answer.flash, answer.location)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitors_sign_in_and_return_to_the_page() {
    let (g, slug) = guild().await;
    let nobody = g.visit(None, "/", Locale::En).await;
    let answer = g.post(&nobody, "/api/events/rsvp", &[("slug", slug.as_str())], FORM).await;
    assert_eq!(answer.location, format!("/sign-in?next=/events/{slug}"));
    for (path, status) in [
        ("/profile", StatusCode::UNAUTHORIZED),
        ("/events/new", StatusCode::UNAUTHORIZED),
        ("/events/none", StatusCode::NOT_FOUND),
        ("/nothing/here", StatusCode::NOT_FOUND),
    ] {
        let visit = g.visit(None, path, Locale::En).await;
        assert_eq!(g.page(&visit).await.status, status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_after_the_last_one_does_not_say_that_there_are_no_events() {
    let (g, _) = guild().await;
    let html = async |path| g.page(&g.visit(None, path, Locale::En).await).await.html;
    let behind = html("/events?page=400&kind=talk").await;
    assert!(behind.contains("No more events") && behind.contains("href=\"/events?kind=talk\""));
    assert!(!behind.contains("No upcoming events"));
    assert!(!html("/events?kind=talk").await.contains("No more events"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn input_is_never_markup() {
    let (g, _) = guild().await;
    let grace = g.actor("grace").await;
    let mut form = tests::event_form(Some(3));
    for field in [&mut form.title, &mut form.summary, &mut form.description, &mut form.place] {
        *field = HOSTILE.into();
    }
    let details = form.check().unwrap();
    let slug = events::create(&g.store, &grace, details, "hostile").await.unwrap();
    events::publish(&g.store, &grace, &slug).await.unwrap();
    events::cancel(&g.store, &grace, &slug, HOSTILE).await.unwrap();
    events::reinstate(&g.store, &grace, &slug).await.unwrap();
    let visit = g.visit(Some("grace"), "/events/new", Locale::En).await;
    g.post(&visit, "/api/members/profile", &[("name", HOSTILE), ("zone", "UTC"), ("locale", "en")], FORM)
        .await;
    g.post(
        &visit,
        "/api/events/create",
        &[("title", HOSTILE), ("description", HOSTILE), ("zone", HOSTILE)],
        FORM,
    )
    .await;
    let event = format!("/events/{slug}");
    for path in [
        "/",
        "/events",
        "/events/new",
        "/profile",
        &event,
        &format!("{event}/edit"),
        &format!("{event}/cancel"),
    ] {
        let html = g.page(&g.visit(Some("grace"), path, Locale::En).await).await.html;
        for marker in ["<script>alert", "<img src=x", "\"'><"] {
            assert!(!html.contains(marker), "{path} holds {marker}");
        }
        assert_eq!(html.matches("</title>").count(), 1, "{path}");
    }
}
