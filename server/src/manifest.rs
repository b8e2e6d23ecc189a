//! `GET /manifest.webmanifest`: lets phones add the portal to the home screen.

use app::context::Visit;
use axum::{
    Extension,
    response::{IntoResponse, Response},
};
use http::header;
use serde_json::json;

pub(crate) async fn manifest(Extension(visit): Extension<Visit>) -> Response {
    let icon = |name: &str, purpose: &str| {
        json!({
            "src": format!("{}/{name}", visit.assets),
            "sizes": "any",
            "type": "image/svg+xml",
            "purpose": purpose,
        })
    };
    let manifest = json!({
        "id": "/",
        "name": visit.community,
        "short_name": visit.community,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": visit.locale.tag(),
        "background_color": "#fdfcf9",
        "theme_color": "#1c2333",
        "icons": [icon("icon.svg", "any"), icon("icon-maskable.svg", "maskable")],
    });
    let headers = [
        (header::CONTENT_TYPE, "application/manifest+json"),
        // The community's name can change. The addresses of icons change with their content.
        (header::CACHE_CONTROL, "private, max-age=3600"),
    ];
    (headers, manifest.to_string()).into_response()
}
