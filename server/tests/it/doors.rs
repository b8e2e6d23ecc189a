//! The POLICY table and the router name the same doors.

use std::collections::BTreeSet;

use domain::doors::{Access, POLICY, Verb, door};
use http::Method;

use crate::portal::Portal;

#[test]
fn every_page_and_function_is_in_the_table() {
    for path in server::pages::paths() {
        assert!(door(Verb::Get, &path).is_some(), "{path} is a page, but not in POLICY");
    }
    for (method, path) in server::pages::functions() {
        assert_eq!(method, Method::POST, "{path} would change something by a link");
        assert!(door(Verb::Post, path).is_some(), "{path} is a server function, but not in POLICY");
    }
}

#[test]
fn every_function_of_the_table_exists() {
    let functions: BTreeSet<_> = server::pages::functions().map(|(_, path)| path).collect();
    for door in POLICY.iter().filter(|door| door.path.starts_with("/api/")) {
        assert!(functions.contains(door.path), "{door:?} leads nowhere");
    }
}

/// Whether a path has a route shows in the answer to the method it has none for: 405, not 404.
#[tokio::test]
async fn every_door_of_the_table_leads_somewhere() {
    let portal = Portal::without(&[("DEMO", "true")], |guards| guards.limit = false).await;
    for at in POLICY.iter().filter(|at| cfg!(debug_assertions) || at.access != Access::Debug) {
        let path = sample(at.path);
        let both = door(Verb::Get, at.path).is_some() && door(Verb::Post, at.path).is_some();
        let (other, own) = match at.verb {
            Verb::Get => (portal.post(&path, &[], "a=b").await, portal.get(&path).await),
            Verb::Post => (portal.get(&path).await, portal.post(&path, &[], "a=b").await),
        };
        assert_ne!(own.status, 405, "{at:?}");
        if !both {
            assert_eq!(other.status, 405, "{at:?} has no route");
        } else if at.access == Access::Everyone {
            // A wrong token leads to nothing; that there is a route shows in the 405 that did not come.
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
