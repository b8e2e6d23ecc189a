//! Pages as the server renders them, without a socket in between.

use app::context::Visit;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use domain::{Actor, Locale};
use leptos::prelude::*;

use crate::Guild;

/// A rendered page.
pub struct Page {
    /// What it answered.
    pub status: StatusCode,
    /// The whole document.
    pub html: String,
}

impl Guild {
    /// The visit of somebody to a page; `key` names one of the demo's people, `None` is nobody.
    pub async fn visit(&self, key: Option<&str>, path_and_query: &str, locale: Locale) -> Visit {
        let (mut actor, mut member) = (Actor::Anonymous, None);
        if let Some(key) = key {
            let browser = store::sign_in::Browser { token: "", device: "Firefox on Linux" };
            let opened = store::sign_in::as_demo(&self.store, key, browser).await.unwrap();
            let signed_in = store::members::session(&self.store, &opened.token).await.unwrap().unwrap();
            (actor, member) = (signed_in.actor, Some(signed_in.member));
        }
        let zone = member.as_ref().map_or(domain::Zone::UTC, |member| member.zone);
        let community = store::settings::load(&self.store).await.unwrap().community;
        Visit {
            actor,
            member,
            locale,
            zone,
            community,
            demo: true,
            browser: store::sign_in::new_token(),
            path_and_query: path_and_query.to_owned(),
            assets: "/a/test".to_owned(),
            ..Visit::of_nobody()
        }
    }

    /// The page of a visit.
    pub async fn page(&self, visit: &Visit) -> Page {
        // Starts the executor of views, once.
        let _routes = leptos_axum::generate_route_list(app::App);
        let options = LeptosOptions::builder().output_name("guildhall").site_pkg_dir("a/test").build();
        let (store, visit) = (self.store.clone(), visit.clone());
        let request = Request::get(visit.path_and_query.clone()).body(Body::empty()).unwrap();
        let contexts = move || {
            provide_context(visit.clone());
            provide_context(store.clone());
        };
        let render =
            leptos_axum::render_app_async_with_context(contexts, move || app::shell(options.clone()));
        let response = render(request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Page { status, html: String::from_utf8(body.to_vec()).unwrap() }
    }
}
