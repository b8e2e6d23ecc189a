//! The gallery: every component, error page and letter with sample data, for who works on the portal.
//!
//! Only in debug builds, and only on this machine. Captions are for developers and in no catalogue.
//! `cargo xtask gallery` takes its pictures.

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

/// Its routes.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/dev/gallery", get(sheet))
        .route("/dev/gallery/routes", get(route_list))
        .route("/dev/gallery/errors/{status}", get(errors::show))
        .route("/dev/gallery/emails", get(emails::list))
        .route("/dev/gallery/emails/{kind}", get(emails::show))
        .route("/dev/gallery/{section}", get(section))
}

/// A page whose parts are made where they find the visit.
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

/// Everything: links, then the components themselves.
async fn sheet(Extension(visit): Extension<Visit>) -> Html<String> {
    page(&visit, "Gallery", || {
        let statuses = errors::STATUSES.map(|status| {
            view! { <li><a href=format!("/dev/gallery/errors/{status}")>{status}</a></li> }
        });
        let sections = gallery::components(&visit).into_iter().map(|(name, view)| {
            let to = address(name);
            view! { <section class="part"><h2><a href=to>{name}</a></h2>{view}</section> }
        });
        view! {
            <p>"All components with sample data. There is also a list of all "<a href="/dev/gallery/doors">"routes"</a>"."</p>
            <p><a href="/dev/gallery/emails">"Emails"</a></p>
            <p>"Error pages:"</p>
            <ul class="row">{statuses.collect_view()}</ul>
            {sections.collect_view()}
        }
        .into_any()
    })
}

/// One section, for a picture of its own.
async fn section(
    Extension(visit): Extension<Visit>,
    Path(section): Path<String>,
) -> Result<Html<String>, Fail> {
    let owner = Owner::new();
    let found = owner.with(|| {
        provide_context(visit.clone());
        gallery::components(&visit)
            .into_iter()
            .find(|(name, _)| address(name).ends_with(&format!("/{section}")))
    });
    let (name, view) = found.ok_or(AppError::NotFound)?;
    // On the whole sheet the section's name is a heading between the page's and those of its parts.
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
