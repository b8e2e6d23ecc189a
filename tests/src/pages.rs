//! Renders pages as the server does, without a socket.

use app::{context::Visit, flash::Flash};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::IntoResponse,
};
use domain::{Actor, Locale};
use leptos::prelude::*;
use store::events::{Filter, Span, list};

use crate::Guild;

/// A rendered page.
pub struct Page {
    /// The status of the response.
    pub status: StatusCode,
    /// The whole document.
    pub html: String,
}

impl Guild {
    /// The request context of a page for one of the demo's people. `None` is a visitor who is not signed in.
    pub async fn visit(&self, key: Option<&str>, path_and_query: &str, locale: Locale) -> Visit {
        let (mut actor, mut member, mut notices) = (Actor::Anonymous, None, Default::default());
        if let Some(key) = key {
            let browser = store::sign_in::Browser { token: "", device: "Firefox on Linux" };
            let opened = store::sign_in::as_demo(&self.store, key, browser).await.unwrap();
            let signed_in =
                store::members::sign_in_session(&self.store, &opened.token).await.unwrap().unwrap();
            (actor, member, notices) = (signed_in.actor, Some(signed_in.member), signed_in.notices);
        }
        let zone = member.as_ref().map_or(domain::Zone::UTC, |member| member.zone);
        let settings = store::settings::load(&self.store).await.unwrap();
        Visit {
            actor,
            member,
            notices,
            locale,
            zone,
            community: settings.community,
            invite_only: settings.sign_up == store::settings::SignUp::Invite,
            demo: true,
            mailbox: true,
            browser: store::sign_in::new_token(),
            path_and_query: path_and_query.to_owned(),
            assets: "/a/test".to_owned(),
            ..Visit::anonymous()
        }
    }

    /// Renders the page of a visit.
    pub async fn page(&self, visit: &Visit) -> Page {
        self.page_with_flash(visit, "").await
    }

    /// Renders the page of a visit whose browser has this flash cookie.
    pub async fn page_with_flash(&self, visit: &Visit, flash: &str) -> Page {
        // Starts Leptos' executor. Later calls do nothing.
        let _routes = leptos_axum::generate_route_list(app::App);
        let options = LeptosOptions::builder().output_name("guildhall").site_pkg_dir("a/test").build();
        let (store, visit) = (self.store.clone(), visit.clone());
        let cookie = format!("{}={flash}", app::flash::COOKIE);
        let request = Request::get(visit.path_and_query.clone())
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap();
        let contexts = move || {
            provide_context(visit.clone());
            provide_context(store.clone());
        };
        let render =
            leptos_axum::render_app_async_with_context(contexts, move || app::shell(options.clone()));
        let response = render(request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        // The server removes the empty comments of the renderer.
        Page { status, html: String::from_utf8(body.to_vec()).unwrap().replace("<!>", "") }
    }
}

/// The response to a posted form or script request.
pub struct Answer {
    /// The status of the response.
    pub status: StatusCode,
    /// The target of the redirect. Empty without one.
    pub location: String,
    /// The message that the next page shows.
    pub flash: Option<Flash>,
    /// The text of the response.
    pub body: String,
}

impl Guild {
    /// Posts fields to a server function: as a form when `accept` is `text/html`, otherwise as a script.
    pub async fn post(&self, visit: &Visit, path: &str, fields: &[(&str, &str)], accept: &str) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, text)| {
                format!("{name}={}", text.bytes().map(|b| format!("%{b:02X}")).collect::<String>())
            })
            .collect();
        let request = Request::post(path)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, "https://evil.example/")
            .body(Body::from(body.join("&")))
            .unwrap();
        let (store, visit) = (self.store.clone(), visit.clone());
        let contexts = move || {
            provide_context(visit.clone());
            provide_context(store.clone());
        };
        let response = leptos_axum::handle_server_fns_with_context(contexts, request).await.into_response();
        let header =
            |name| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, location) = (response.status(), header(header::LOCATION));
        let flash = app::flash::find(header(header::SET_COOKIE).split(';').next().unwrap());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, location, flash, body: String::from_utf8(body.to_vec()).unwrap() }
    }
}

/// One page of every kind that the demo has, as the demo key of its reader and its path.
pub async fn demo_pages(g: &Guild) -> Vec<(Option<&'static str>, String)> {
    let mut pages = Vec::new();
    for span in [Span::Coming, Span::Past] {
        let (events, _) =
            list(&g.store, &Actor::Operator, &Filter { span, ..Filter::default() }, 0).await.unwrap();
        for event in &events {
            for who in [None, Some("grace"), Some("mei")] {
                pages.push((who, format!("/events/{}", event.slug)));
            }
        }
        if let Some(event) = events.first() {
            for form in ["edit", "cancel", "emails", "attendees", "cohosts", "people", "people?show=waiting"]
            {
                pages.push((Some("ada"), format!("/events/{}/{form}", event.slug)));
            }
        }
    }
    for path in
        ["/groups", "/groups?which=closed", "/groups/on-call", "/groups/train-crew", "/groups/quiet-room"]
    {
        pages.extend([None, Some("grace"), Some("mei")].map(|who| (who, path.to_owned())));
    }
    for path in ["/groups/quiet-room/members", "/groups/quiet-room/edit", "/groups/quiet-room/leave"] {
        pages.push((Some("hemi"), path.to_owned()));
    }
    for path in ["/groups/new", "/groups/on-call/invitation", "/profile/calendar"] {
        pages.push((Some("grace"), path.to_owned()));
    }
    for path in ["/", "/events", "/events?when=past", "/events?when=month", "/events?when=week"] {
        pages.extend([None, Some("grace"), Some("mei")].map(|who| (who, path.to_owned())));
    }
    for path in [
        "/events/new",
        "/welcome",
        "/profile",
        "/profile/emails",
        "/notifications",
        "/profile/devices",
        "/nothing",
        "/setup",
    ] {
        pages.extend([None, Some("grace")].map(|who| (who, path.to_owned())));
    }
    for path in
        ["/members", "/members?topic=rust&q=a", "/members/ada-okonkwo", "/members/mei-tanaka", "/teams"]
    {
        pages.extend([None, Some("grace"), Some("mei")].map(|who| (who, path.to_owned())));
    }
    for path in
        ["/teams/payments", "/teams/payments/edit", "/teams/new", "/search", "/search?q=example0nothing"]
    {
        pages.extend([None, Some("grace")].map(|who| (who, path.to_owned())));
    }
    for path in ["/kudos", "/kudos/new", "/kudos?page=2"] {
        pages.extend([None, Some("grace")].map(|who| (who, path.to_owned())));
    }
    pages.extend([None, Some("grace"), Some("mei")].map(|who| (who, "/proposals".to_owned())));
    for path in ["/demands", "/demands/new"] {
        pages.extend([Some("grace"), Some("mei")].map(|who| (who, path.to_owned())));
    }
    let (programme, round) =
        ("/mentoring/programmes/devsecops-mentoring", "/mentoring/rounds/devsecops-mentoring-round-3");
    for path in [
        "/mentoring",
        "/mentoring/circles",
        "/mentoring/reverse",
        "/mentoring/speed-rounds",
        "/mentoring/questions",
        "/mentoring/questions/new",
        programme,
        round,
    ] {
        pages.extend([Some("grace"), Some("mei")].map(|who| (who, path.to_owned())));
    }
    for path in [
        "/mentoring/programmes/new".to_owned(),
        format!("{programme}/edit"),
        format!("{programme}/rounds/new"),
        format!("{round}/edit"),
        format!("{round}/sign-ups"),
        format!("{round}/import"),
    ] {
        pages.push((Some("grace"), path));
    }
    for step in
        ["mentee", "mentee/about", "mentee/hours", "mentee/people", "mentor", "mentor/about", "mentor/people"]
    {
        pages.push((Some("mei"), format!("{round}/sign-up/{step}")));
    }
    for path in ["/profile/data", "/reports", "/reports/new?kind=group&key=north"] {
        pages.push((Some("mei"), path.to_owned()));
    }
    let admin = [
        "",
        "/members",
        "/invitations",
        "/requests",
        "/settings",
        "/lists",
        "/audit",
        "/outbox",
        "/jobs",
        "/reports",
    ];
    pages.extend(admin.map(|path| (Some("ada"), format!("/admin{path}"))));
    pages.extend(
        store::admin::LISTS.iter().map(|list| (Some("ada"), format!("/admin/lists/{}", list.name()))),
    );
    pages.extend(["/sign-in", "/sign-in/code", "/request-invitation"].map(|path| (None, path.to_owned())));
    pages
}
