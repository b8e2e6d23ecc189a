//! Tests that the route table and the router contain the same routes.

use std::collections::BTreeSet;

use app::routes::{self, Access, Method, ROUTES};

use crate::portal::Portal;

#[test]
fn every_page_and_function_is_in_the_table() {
    for path in server::pages::paths() {
        assert!(routes::find(Method::Get, &path).is_some(), "{path} is a page, but not in ROUTES");
    }
    for (method, path) in server::pages::functions() {
        assert_eq!(method, http::Method::POST, "{path} would change something by a link");
        assert!(routes::find(Method::Post, path).is_some(), "{path} is a server function, but not in ROUTES");
    }
}

#[test]
fn every_server_function_in_the_table_exists() {
    let functions: BTreeSet<_> = server::pages::functions().map(|(_, path)| path).collect();
    // Programs with a token post JSON, which no server function reads.
    let of_pages = |route: &&routes::Route| route.path.starts_with("/api/") && route.access != Access::Token;
    for route in ROUTES.iter().filter(of_pages) {
        assert!(functions.contains(route.path), "{route:?} leads nowhere");
    }
}

/// A request with the wrong method shows whether a path has a route: the status is 405, not 404.
#[tokio::test]
async fn every_route_in_the_table_exists() {
    let portal = Portal::without(&[("DEMO", "true")], |guards| guards.limit = false).await;
    for at in ROUTES.iter().filter(|at| cfg!(debug_assertions) || at.access != Access::Debug) {
        let path = sample(at.path);
        let both =
            routes::find(Method::Get, at.path).is_some() && routes::find(Method::Post, at.path).is_some();
        let (other, own) = match at.method {
            Method::Get => (portal.post(&path, &[], "a=b").await, portal.get(&path).await),
            Method::Post => (portal.get(&path).await, portal.post(&path, &[], "a=b").await),
        };
        assert_ne!(own.status, 405, "{at:?}");
        if !both {
            assert_eq!(other.status, 405, "{at:?} has no route");
        } else if at.access == Access::Everyone {
            // A wrong token gives 404. The route exists, because the status isn't 405.
            let nothing = own.status == 404 && !at.path.contains('{');
            assert!(own.status != 500 && !nothing, "{at:?}: {}", own.status);
        }
    }
    assert_eq!(portal.post("/nowhere", &[], "a=b").await.status, 404);
}

fn sample(path: &str) -> String {
    let filled = path.split('/').map(|part| if part.starts_with('{') { "absent" } else { part });
    filled.collect::<Vec<_>>().join("/")
}
