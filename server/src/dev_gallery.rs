//! The gallery: every component, error page and email with sample data, for developers of the portal.
//!
//! It exists in debug builds and on this machine only. Its captions are for developers, so they aren't in the
//! catalogue. `cargo xtask gallery` takes screenshots of it.

mod emails;
mod errors;
pub mod samples;

use app::{
    context::Visit,
    error::AppError,
    gallery,
    layout::plain_page,
    routes::{Method, ROUTES},
};
use axum::{Extension, Router, extract::Path, response::Html, routing::get};
use domain::Slug;
use leptos::prelude::*;

use crate::{errors::Fail, state::State};

/// The routes of the gallery.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/dev/gallery", get(overview))
        .route("/dev/gallery/routes", get(route_list))
        .route("/dev/gallery/errors/{status}", get(errors::show))
        .route("/dev/gallery/emails", get(emails::list))
        .route("/dev/gallery/emails/{kind}", get(emails::show))
        .route("/dev/gallery/{section}", get(section))
}

/// A page of the gallery. `parts` runs in a context that has the visit.
fn page(visit: &Visit, title: &str, parts: impl FnOnce() -> AnyView) -> Html<String> {
    let owner = Owner::new();
    Html(owner.with(|| {
        provide_context(visit.clone());
        let body = view! {
            <div class="page">
                <h1>{title.to_owned()}</h1>
                {parts()}
            </div>
        };
        plain_page(visit, title, body)
    }))
}

/// The first page: links, then all components.
async fn overview(Extension(visit): Extension<Visit>) -> Html<String> {
    page(&visit, "Gallery", || {
        let statuses = errors::STATUSES.map(|status| {
            view! { <li><a href=format!("/dev/gallery/errors/{status}")>{status}</a></li> }
        });
        let sections = gallery::components(&visit).into_iter().map(|(name, view)| {
            let to = address(name);
            view! { <section class="part"><h2><a href=to>{name}</a></h2>{view}</section> }
        });
        view! {
            <p>"All components with sample data. There is also a list of all "<a href="/dev/gallery/routes">"routes"</a>"."</p>
            <p><a href="/dev/gallery/emails">"Emails"</a></p>
            <p>"Error pages:"</p>
            <ul class="row">{statuses.collect_view()}</ul>
            {sections.collect_view()}
        }
        .into_any()
    })
}

/// One section of the gallery, for a screenshot of its own.
async fn section(
    Extension(visit): Extension<Visit>,
    Path(section): Path<String>,
) -> Result<Html<String>, Fail> {
    let owner = Owner::new();
    let section_view = owner.with(|| {
        provide_context(visit.clone());
        gallery::components(&visit)
            .into_iter()
            .find(|(name, _)| address(name).ends_with(&format!("/{section}")))
    });
    let (name, view) = section_view.ok_or(AppError::NotFound)?;
    // On the first page, the section's name is the heading between the page title and the parts. Here it is the
    // page title, so another heading keeps the levels in order.
    let states = || view! { <section><h2 class="sr-only">"States"</h2>{view}</section> }.into_any();
    Ok(page(&visit, name, states))
}

fn address(name: &str) -> String {
    format!("/dev/gallery/{}", Slug::of_title(name, "section"))
}

/// All GET routes, one per line. The screenshot script compares its list of pages with this.
async fn route_list() -> String {
    let readable = ROUTES.iter().filter(|route| route.method == Method::Get);
    readable.map(|route| format!("{} {:?}\n", route.path, route.access)).collect()
}
