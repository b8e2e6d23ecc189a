//! Forms that no browser sends: malformed ones get status 422 on every route, and none causes a server error.

use app::routes::{
    Access, COVER, GROUP_COVER, KUDOS_API, LOGO, Method, ONE_CLICK, PICTURE, ROUTES, Route, SIGN_UP_FILE,
    SLIDES,
};

use store::Engine;
use tests::{
    Guild, guild_test,
    portal::{Browser, Portal},
};

const PAGE: &str = "text/html";
const JSON: &str = "application/json";

/// Invalid UTF-8, NUL and repeated fields.
const MALFORMED: [&str; 5] = ["slug=%FF", "slug=a%00b", "slug%00=a", "slug=a&slug=b", "x=1&key=a&key=a"];
/// Well-formed forms that no function expects.
const NONSENSE: [&str; 4] =
    ["", "slug[a][b]=1&slug=c", "guests=many&version=-1&id=x&slug=none", "topics[]=a&topics[x]=b"];

/// Every route that takes a small form.
fn forms() -> impl Iterator<Item = &'static Route> {
    // Files come in forms of another type.
    let others = [ONE_CLICK, PICTURE, COVER, GROUP_COVER, LOGO, SIGN_UP_FILE, SLIDES, KUDOS_API];
    let small = move |route: &&Route| route.method == Method::Post && !others.contains(&route.path);
    ROUTES.iter().filter(small).filter(|route| route.access != Access::Debug)
}

fn path(route: &Route) -> String {
    ["{secret}", "{token}", "{slug}", "{id}"]
        .iter()
        .fold(route.path.to_owned(), |path, name| path.replace(name, "x"))
}

async fn administrator(portal: &Portal) -> Browser {
    let browser = portal.browser();
    assert_eq!(browser.post("/sign-in/demo", &[("key", "ada")]).await.status, 303);
    browser
}

async fn status(browser: &Browser, portal: &Portal, path: &str, accept: &str, body: &str) -> u16 {
    let origin = portal.address();
    let headers = [("origin", origin.as_str()), ("accept", accept)];
    browser.send(reqwest::Method::POST, path, &headers, Some(body.to_owned())).await.status
}

#[guild_test]
async fn a_malformed_form_is_422_on_every_route(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let ada = administrator(&portal).await;
    let mut tried = 0;
    for route in forms() {
        let read_by_scripts = MALFORMED.map(|body| (body, JSON));
        for (body, accept) in read_by_scripts.into_iter().chain([(MALFORMED[3], PAGE)]) {
            let status_code = status(&ada, &portal, &path(route), accept, body).await;
            // Routes with a usage limit refuse before they read the form.
            assert!(matches!(status_code, 422 | 429), "{status_code}: {} {body} {accept}", route.path);
            tried += usize::from(status_code == 422);
        }
    }
    assert!(tried > 400, "{tried}");
    for query in ["/events?q=%00", "/search?q=a%2500", "/sign-in?next=%00"] {
        assert_eq!(ada.get(query).await.status, 422, "{query}");
    }
    assert_eq!(ada.get("/events/%00").await.status, 404);
    portal.stop().await;
}

/// Without the guard, a form that a function cannot read still gets a client error, not a server error.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_causes_a_server_error() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal_without(&[("demo", "true")], |guards| guards.form = false).await;
    let mut ada = administrator(&portal).await;
    for route in forms() {
        for body in NONSENSE.iter().chain(&["slug=a&slug=b", "slug=%FF"]) {
            for accept in [JSON, PAGE] {
                let status_code = status(&ada, &portal, &path(route), accept, body).await;
                assert!(status_code < 500, "{status_code}: {} {body} {accept}", route.path);
                if status_code == 401 {
                    ada = administrator(&portal).await;
                }
            }
        }
    }
    portal.stop().await;
}

/// The negative control of the first test: without the guard, a NUL gets as far as the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_guard_a_malformed_form_is_read() {
    let g = Guild::new(Engine::Sqlite).await;
    g.demo().await;
    let portal = g.portal_without(&[("demo", "true")], |guards| guards.form = false).await;
    let ada = administrator(&portal).await;
    assert_eq!(status(&ada, &portal, "/api/events/rsvp", JSON, "slug=a%00b&guests=0").await, 404);
    portal.stop().await;
}
